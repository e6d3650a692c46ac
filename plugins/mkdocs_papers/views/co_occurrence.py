"""What goes together: the values that the papers of a group have besides the one they are grouped by."""

import heapq
import itertools
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from mkdocs_papers.views.view import NONE

MOST = 12
"""How many values are named at most."""


def most_frequent(
    counts: Mapping[str, int], values: Iterable[Sequence[str]], left_out: Collection[str]
) -> list[tuple[str, int]]:
    """The most frequent values of papers and their numbers, equal ones by first appearance.

    Args:
        values: the values of each paper, each once; only so many are looked at as it takes to tell which comes first.
    """
    wanted = {value: number for value, number in counts.items() if value not in left_out}
    least = min(heapq.nlargest(MOST, wanted.values()), default=0)
    most = {value: number for value, number in wanted.items() if number >= least}
    if len(most) <= MOST and len({*most.values()}) == len(most):
        return sorted(most.items(), key=lambda each: -each[1])  # no two are equal
    above = {value for value, number in most.items() if number > least}
    room = MOST - len(above)
    found: dict[str, int] = {}
    for value in itertools.chain.from_iterable(values):
        if value in above:
            above.discard(value)
        elif room and value not in found and wanted.get(value) == least:
            room -= 1
        else:
            continue
        found[value] = wanted[value]
        if not above and not room:
            break
    return sorted(found.items(), key=lambda each: -each[1])


def co_occurring(values: Sequence[Sequence[str]], itself: str = NONE) -> list[tuple[str, int]]:
    """The most frequent values of papers and their numbers, equal ones by first appearance.

    Args:
        values: the values of each paper of a group, each once.
        itself: a value to leave out: the group's own, where the papers are grouped by that very property.
    """
    return most_frequent(Counter(itertools.chain.from_iterable(values)), values, (itself, NONE))
