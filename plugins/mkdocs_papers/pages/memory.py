"""What making the pages of a library remembers for the next time.

After a save nearly everything is as it was, and the library hands over the very same values for it. So what was made
from the same values is not made again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from typing import Any, TypeVar

Value = TypeVar("Value")


class Memory:
    """Remembers values with what they were made from, for one configuration of one site."""

    def __init__(self, *, keeps_parts: bool = True) -> None:
        """Start with nothing.

        Args:
            keeps_parts: whether to remember what is only a part of other values: of use where these are made again.
        """
        self._known: dict[str, dict[Hashable, tuple[Any, Any]]] = {}
        self._parts: set[str] = set()
        self._keeps_parts = keeps_parts

    def __getstate__(self) -> dict[str, Any]:
        """What another process is to know: not the parts, which take more room than they save time."""
        whole = {kind: known for kind, known in self._known.items() if kind not in self._parts}
        return {**self.__dict__, "_known": whole, "_parts": set()}

    def recall_part(self, kind: str, name: Hashable, made_from: object, make: Callable[[], Value]) -> Value:
        """The value of that name, like `recall`; the values of this kind are only parts of others."""
        if not self._keeps_parts:
            return make()
        self._parts.add(kind)
        return self.recall(kind, name, made_from, make)

    def recall(self, kind: str, name: Hashable, made_from: object, make: Callable[[], Value]) -> Value:
        """The value of that name: the remembered one if it was made from the same, else a new one.

        Args:
            kind: what it is.
            name: which one of that kind.
            made_from: everything that ``make`` depends on and that can differ from one time to the next. Compared by
                equality, which is quick where the values are the very same.
            make: makes the value.
        """
        of_kind = self._known.setdefault(kind, {})
        known = of_kind.get(name)
        if known is None or known[0] != made_from:
            known = of_kind[name] = (made_from, make())
        value: Value = known[1]
        return value

    def store(self, kind: str) -> dict[Any, Any]:
        """A dictionary of that kind, which is there again the next time as it was left."""
        kept: dict[Any, Any] = self.recall(kind, "", None, dict)
        return kept

    def keep_only(self, kind: str, names: Collection[Hashable]) -> None:
        """Forget the values of that kind whose names are not among these."""
        of_kind = self._known.get(kind, {})
        if len(of_kind) > len(names):
            self._known[kind] = {name: known for name, known in of_kind.items() if name in names}
