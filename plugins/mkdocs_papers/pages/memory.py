"""What making the pages of a library remembers for the next time.

After a save nearly everything is as it was, and the library hands over the very same values for it. So what was made
from the same values is not made again; and where there are ten thousands of a kind, even to look whether they are the
same takes longer than a reader likes to wait. So each kind says which of its values it has made anew, and a kind that
is made from those looks at nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

Name = TypeVar("Name", bound=Hashable)
MadeFrom = TypeVar("MadeFrom")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Recalled(Generic[Name, Value]):
    """The values of a kind.

    Attributes:
        values: by name; where they are remembered, the very same mapping as the time before if all of it is as it was.
        renewed: the names whose values are not as they were the time before; where there was none, all.
    """

    values: Mapping[Name, Value]
    renewed: AbstractSet[Name]


@dataclass(slots=True)
class _Table:
    """What is known of a kind.

    Attributes:
        round: when all of it was last right.
        among: what decided what each value was made from.
        ground: what all of it was made from, beside what each value was.
        names: its names, in order.
        known: what each value was made from, and the value, in that order.
        values: the values alone.
    """

    round: int = -1
    among: object = None
    ground: object = None
    names: tuple[Any, ...] = ()
    known: dict[Any, tuple[Any, Any]] = field(default_factory=dict)
    values: dict[Any, Any] = field(default_factory=dict)


class Memory:
    """Remembers values with what they were made from, for one configuration of one site."""

    def __init__(self, *, keeps_parts: bool = True) -> None:
        """Start with nothing.

        Args:
            keeps_parts: whether to remember what is only a part of other values: of use where these are made again.
        """
        self._known: dict[str, dict[Hashable, tuple[Any, Any]]] = {}
        self._tables: dict[str, _Table] = {}
        self._lasts: dict[str, Any] = {}
        self._parts: set[str] = set()
        self._keeps_parts = keeps_parts
        self._round = 0
        self._compared: tuple[tuple[Any, ...], tuple[Any, ...], set[Any], set[Any]] | None = None

    def begin(self) -> None:
        """The pages are made once more."""
        self._round += 1

    def recall(
        self, kind: str, name: Hashable, made_from: object, make: Callable[[], Value], *, part: bool = False
    ) -> Value:
        """The value of that name: the remembered one if it was made from the same, else a new one.

        Args:
            kind: what it is.
            name: which one of that kind.
            made_from: everything that ``make`` depends on and that can differ from one time to the next. Compared by
                equality, which is quick where the values are the very same; of mappings in other order too.
            make: makes the value.
            part: whether it is only a part of other values, so that no other process need know it.
        """
        if part:
            if not self._keeps_parts:
                return make()
            self._parts.add(kind)
        of_kind = self._known.setdefault(kind, {})
        known = of_kind.get(name)
        if known is None or known[0] != made_from:
            known = of_kind[name] = (made_from, make())
        value: Value = known[1]
        return value

    def recall_each(  # noqa: PLR0913 - what a kind is made from has this many sides
        self,
        kind: str,
        names: Iterable[Name],
        made_from: Callable[[Name], MadeFrom],
        make: Callable[[Name, MadeFrom], Value],
        *,
        stale: AbstractSet[Name],
        among: object = None,
        ground: object = None,
        part: bool = False,
    ) -> Recalled[Name, Value]:
        """The values of all names of a kind, in order; those of other names are forgotten.

        Args:
            kind: what they are.
            names: each name once.
            made_from: gives everything that the value of a name depends on and that can differ from one time to the
                next; see `recall`.
            make: makes a value, from its name and that.
            stale: the names for which ``made_from`` may give something else than the time before, and any others. New
                names are looked at in any case, and so are all where the time before was left out.
            among: what ``made_from`` depends on besides; where it differs from the time before, all names are looked
                at.
            ground: what ``make`` depends on besides; where it differs, all values are made again.
            part: whether the values are only parts of others, so that no other process need know them.
        """
        names = tuple(names)
        table = self._tables.get(kind) or _Table()
        came, went = self._came_and_went(table.names, names)
        fresh: dict[Name, tuple[MadeFrom, Value]] = {}
        renewed: set[Name] = set()
        same_ground = table.ground == ground
        in_turn = same_ground and table.round == self._round - 1 and table.among == among
        if not in_turn:
            in_doubt: Iterable[Name] = names
        else:
            in_doubt = [*[name for name in stale if name in table.known and name not in went], *came]
        for name in in_doubt:
            now, found = made_from(name), table.known.get(name)
            if found is None or found[0] != now or not same_ground:
                value = make(name, now)
                if found is None or found[1] != value:
                    renewed.add(name)
                else:
                    value = found[1]
                fresh[name] = (now, value)
        if part and not self._keeps_parts:
            return Recalled({name: value for name, (_, value) in fresh.items()}, renewed)
        if part:
            self._parts.add(kind)
        table.known.update(fresh)
        if renewed or table.names != names:
            # Whoever has the mapping of the time before goes on to see what there was then.
            table.values = {**table.values, **{name: fresh[name][1] for name in renewed}}
        for name in went:
            del table.known[name]
        if table.names != names:
            table.values = dict(zip(names, map(table.values.__getitem__, names), strict=True))
        table.round, table.among, table.ground, table.names = self._round, among, ground, names
        self._tables[kind] = table
        return Recalled(table.values, renewed)

    def _came_and_went(self, before: tuple[Name, ...], now: tuple[Name, ...]) -> tuple[set[Name], set[Name]]:
        """The names that are new, and those that are no more; most kinds have the same names, and share the answer."""
        if self._compared is None or self._compared[0] is not before or self._compared[1] is not now:
            names, names_before = (set(), set()) if before == now else (set(now), set(before))
            self._compared = before, now, names - names_before, names_before - names
        return self._compared[2], self._compared[3]

    def last(self, kind: str, first: Value) -> Value:
        """What was kept under that name the time before.

        Args:
            kind: the name.
            first: what it is the first time.
        """
        before: Value = self._lasts.get(kind, first)
        return before

    def keep(self, kind: str, value: object, *, part: bool = False) -> None:
        """Keep a value for the next time; see `last`.

        Args:
            kind: the name.
            value: the value.
            part: whether it is of use for other values alone, so that no other process need know it.
        """
        if part:
            self._parts.add(kind)
        if self._keeps_parts or not part:
            self._lasts[kind] = value


def changed(before: Mapping[Name, object], now: Mapping[Name, object]) -> set[Name]:
    """The names whose values are not the very same as before; those that are gone are not among them."""
    return set() if now is before else {name for name, value in now.items() if before.get(name) is not value}


def differing(before: Mapping[Name, object], now: Mapping[Name, object]) -> AbstractSet[Name]:
    """The names for which two mappings say different things, those that only one of them has among them."""
    if now is before:
        return frozenset()
    return {name for name, value in now.items() if before.get(name) != value} | (before.keys() - now.keys())
