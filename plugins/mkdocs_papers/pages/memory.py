"""What making the pages of a library remembers for the next time.

After a save nearly everything is as it was, and the library hands over the very same values for it. So what was made
from the same values is not made again.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

Value = TypeVar("Value")


class Memory:
    """Remembers values with what they were made from, for one configuration of one site."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._known: dict[tuple[str, Hashable], tuple[Any, Any]] = {}

    def recall(self, kind: str, name: Hashable, made_from: object, make: Callable[[], Value]) -> Value:
        """The value of that name: the remembered one if it was made from the same, else a new one.

        Args:
            kind: what it is.
            name: which one of that kind.
            made_from: everything that ``make`` depends on and that can differ from one time to the next. Compared by
                equality, which is quick where the values are the very same.
            make: makes the value.
        """
        known = self._known.get((kind, name))
        if known is None or known[0] != made_from:
            known = self._known[kind, name] = (made_from, make())
        value: Value = known[1]
        return value
