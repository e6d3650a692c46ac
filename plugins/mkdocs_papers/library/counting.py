"""How often what papers hold is there, kept up as papers change."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TypeVar

Value = TypeVar("Value")


def gone_and_new(before: Mapping[str, Value], now: Mapping[str, Value]) -> tuple[list[Value], list[Value]]:
    """What is no more, or not the very same, as it was; and what is new, or not the very same, as it is."""
    if before is now:
        return [], []
    return (
        [value for name, value in before.items() if now.get(name) is not value],
        [value for name, value in now.items() if before.get(name) is not value],
    )


def alike(one: Iterable[object], other: Iterable[object]) -> int:
    """How many are the very same at the beginning of both."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] is pair[1], pairs))


def recounted(
    before: Mapping[str, int], gone: Iterable[Iterable[str]], new: Iterable[Iterable[str]]
) -> Mapping[str, int]:
    """How many papers have each value, after some papers have changed.

    Args:
        before: how many had each before.
        gone: the values of each paper that is no more, or not as it was, as it was.
        new: the values of each paper that is new, or not as it was, as it is.

    Returns:
        How many have each; ``before`` itself where nothing has changed.
    """
    changes = Counter(itertools.chain.from_iterable(new))
    changes.subtract(itertools.chain.from_iterable(gone))
    if not any(changes.values()):
        return before
    counts = {**before}
    for value, change in changes.items():
        counts[value] = counts.get(value, 0) + change
        if not counts[value]:
            del counts[value]
    return counts
