"""Queries over many names, kept up to date by looking at none but the names that have changed."""

import bisect
import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Concatenate, Generic, TypeVar

from mkdocs_papers.incremental.database import (
    Database,
    Failure,
    Name,
    NamesChanged,
    Node,
    Params,
    Query,
    Readable,
    TableNode,
    TableQuery,
    Value,
    same,
)

Member = TypeVar("Member")


class _EachNode(TableNode):
    """The node of an `Each`.

    Attributes:
        order: the names that the mapping has.
        mapping: their values; that of one that raised is its `Failure`.
        failed: the names of these.
    """

    __slots__ = ("failed", "mapping", "order")

    def __init__(self, query: Query[Any, Any], args: tuple[Any, ...]) -> None:
        super().__init__(query, args)
        self.order: tuple[Any, ...] = ()
        self.mapping: dict[Any, Any] = {}
        self.failed: set[Any] = set()
        self.touched = []


class Each(TableQuery[Params, Name, Value], Generic[Params, Name, Value]):
    """One query under each of many names, as a mapping."""

    node = _EachNode

    def __init__(
        self,
        element: Callable[..., Value],
        names: Callable[Concatenate[Database, Params], Iterable[Name]],
        *,
        arguments: int | None = None,
        transient: bool | None = None,
        is_in_order: bool = True,
    ) -> None:
        """Take both.

        Args:
            element: a query; its arguments are those of the mapping, and a name.
            names: gives the names; what it reads is recorded.
            arguments: how many of the mapping's arguments the element has; all of them where that is not said.
            transient: see `Query`; by default, whether the element is.
            is_in_order: whether the mapping is in the order of the names; else it is in none, which is kept up sooner.
        """
        self.element: Any = element
        if transient is None:
            transient = bool(getattr(element, "transient", False))
        super().__init__(names, f"each {element!r}", transient=transient)  # type: ignore[arg-type]
        self.names_in_order, self._arguments, self.is_in_order = names, arguments, is_in_order

    def plain(self, db: Database, *args: Any) -> Any:
        """The mapping from nothing."""
        own, names = args[: self._arguments], self.names_in_order(db, *args)  # type: ignore[call-arg]
        return {name: self.element(db, *own, name) for name in names}

    def update(self, db: Database, node: Any) -> Any:
        """The mapping with the elements that have changed, come or gone."""
        order = db.run(node, lambda db, *args: tuple(self.names_in_order(db, *args)))  # type: ignore[call-arg]
        if isinstance(order, Failure):
            return order, None
        before = node.mapping
        touched = {read.args[-1]: read for read in node.touched if read.query is self.element}
        names = NamesChanged(frozenset(), frozenset(), {})
        if order != node.order:
            names = db.names_changed(node.order, order)
            own = node.args[: self._arguments]
            came = {name: db.node(self.element, (*own, name)) for name in names.came}
            for element in came.values():
                db.link(node, element)
            db.unlink(node, self._elements(db, node, names.gone))
            touched = {name: element for name, element in touched.items() if name not in names.gone} | came
        values = {name: element.value for name, element in touched.items()}
        # What has gone is at the end then, if anywhere, and the others are in order.
        now = {**names.ordered, **before, **values} if self.is_in_order and names.ordered else {**before, **values}
        for name in names.gone:
            del now[name]
        changes = {name for name in touched if name not in before or before[name] is not now[name]} | names.gone
        node.touched = []
        if not changes and order == node.order and node.value is before:
            return before, None
        node.failed = (node.failed - changes) | {name for name in changes if isinstance(now.get(name), Failure)}
        node.order, node.mapping = order, now
        failed = next(iter(node.failed), None)
        if failed is not None:
            return now[failed], None
        return now, changes if node.value is before else None

    def reads(self, node: Any, db: Database) -> Iterable[Readable]:
        """All that a node of a database has read."""
        return (*node.reads, *self._elements(db, node, node.mapping))

    def _elements(self, db: Database, node: _EachNode, names: Iterable[Any]) -> list[Node]:
        """The nodes under some of the names."""
        own = node.args[: self._arguments]
        return [db.known(self.element, (*own, name)) for name in names]


class _DerivedNode(TableNode):
    """The node of an operator over a mapping: that mapping, which version of it that was, and what else was read."""

    __slots__ = ("given", "source", "source_version")

    def __init__(self, query: Query[Any, Any], args: tuple[Any, ...]) -> None:
        super().__init__(query, args)
        self.source: Mapping[Any, Any] = {}
        self.source_version, self.given = -1, None


class _Derived(TableQuery[Params, Name, Value], Generic[Params, Name, Value]):
    """An operator over a mapping that is kept up.

    Args of its source are its own, the last ones left out that the source does not have.
    """

    node = _DerivedNode

    def __init__(
        self,
        source: TableQuery[Any, Any, Any],
        word: str,
        arguments: int | None = None,
        given: Callable[..., Any] | None = None,
    ) -> None:
        super().__init__(source, f"{word} {source!r}")  # type: ignore[arg-type]
        self._source, self._arguments, self._given = source, arguments, given

    def _read(self, db: Database, *args: Any) -> tuple[Any, Any]:
        """What is given besides the mapping, and the mapping."""
        return self._given and self._given(db, *args), self._source(db, *args[: self._arguments])

    def _changes(self, db: Database, node: _DerivedNode) -> tuple[Any, Any, Any]:
        """The mapping as it was, as it is or a `Failure`, and the names that differ; None where all may."""
        found = db.run(node, self._read)
        if isinstance(found, Failure):
            node.source, node.source_version = {}, -1
            return {}, found, None
        given, now = found
        below: Any = db.node(self._source, node.args[: self._arguments])
        before, versions, same_given = node.source, below.version - node.source_version, given == node.given
        node.source, node.source_version, node.given = now, below.version, given
        if not same_given or versions > 1:
            return before, now, None
        return before, now, below.changes if versions else frozenset()

    def plain(self, db: Database, *args: Any) -> Any:
        """The mapping from nothing."""
        return self._whole(*self._read(db, *args), args)

    def update(self, db: Database, node: Any) -> Any:
        """The mapping with what has changed, come or gone; from nothing where that may be anything."""
        before, now, changed = self._changes(db, node)
        if isinstance(now, Failure):
            return now, None
        if changed is None or not isinstance(node.value, dict):
            return self._whole(node.given, now, node.args), None
        return self._kept_up(node, before, now, changed)

    def _whole(self, given: Any, values: Mapping[Any, Any], args: tuple[Any, ...]) -> dict[Any, Any]:
        raise NotImplementedError

    def _kept_up(
        self, node: _DerivedNode, before: Mapping[Any, Any], now: Mapping[Any, Any], changed: AbstractSet[Any]
    ) -> tuple[dict[Any, Any], AbstractSet[Any] | None]:
        """The mapping after some names have changed, and those of which it says something else; None where all may."""
        raise NotImplementedError


class Mapped(_Derived[Params, Name, Value], Generic[Params, Name, Value]):
    """A function of each value of a mapping, for what is too small to be a query under each name."""

    def __init__(
        self,
        source: TableQuery[..., Name, Any],
        function: Callable[..., Value | None],
        given: Callable[Concatenate[Database, Params], Any] | None = None,
        arguments: int | None = 0,
    ) -> None:
        """Take what is mapped.

        Args:
            source: the mapping.
            function: gives the value of a name; None leaves the name out. Its arguments are what ``given`` gives, where
                that is said, a value, and those of the mapping that is made.
            given: gives what else the values are made from; its reads are recorded, its arguments those of the mapping.
            arguments: how many of its arguments the source has; None for all of them.
        """
        super().__init__(source, "mapped", arguments, given)
        self._map, self.is_in_order = function, source.is_in_order

    def _each(self, given: Any, values: Mapping[Any, Any], names: Iterable[Any], args: Any) -> dict[Any, Any]:
        more = () if self._given is None else (given,)
        return {name: self._map(*more, values[name], *args) for name in names}

    def _whole(self, given: Any, values: Mapping[Any, Any], args: tuple[Any, ...]) -> dict[Any, Any]:
        return _without_none(self._each(given, values, values, args))

    def _kept_up(
        self, node: _DerivedNode, before: Mapping[Any, Any], now: Mapping[Any, Any], changed: AbstractSet[Any]
    ) -> tuple[dict[Any, Any], AbstractSet[Any] | None]:
        old: dict[Any, Any] = node.value
        new = self._each(node.given, now, changed & now.keys(), node.args)
        touched = {name for name in changed if not same(old.get(name), new.get(name))}
        same_names = not self.is_in_order or list(before) == list(now)
        if same_names and not touched:
            return old, None
        merged, some_came = {**old}, False
        for name in touched:
            if new.get(name) is None:
                del merged[name]
            else:
                some_came = some_came or name not in merged
                merged[name] = new[name]
        return merged if same_names and not (some_came and self.is_in_order) else _in_order(now, merged), touched


def _in_order(other: Mapping[Any, Any], mapping: dict[Any, Any]) -> dict[Any, Any]:
    """A mapping in the order of another, which has its names and may have more."""
    if len(mapping) < len(other) // _FEW:
        return {name: mapping[name] for name in other if name in mapping}
    # Copies, which take less than a loop.
    ordered = {**other, **mapping}
    return ordered if len(ordered) == len(mapping) else {name: ordered[name] for name in ordered if name in mapping}


def _without_none(mapping: dict[Any, Any]) -> dict[Any, Any]:
    return (
        {name: value for name, value in mapping.items() if value is not None} if None in mapping.values() else mapping
    )


class Groups(_Derived[Params, Member, tuple[Name, ...]], Generic[Params, Name, Member]):
    """Names by the values that a mapping has of each, the names in a group sorted.

    One group can be read, or the values, which are sorted; not all of them at once.
    """

    is_in_order = False

    def __init__(
        self,
        source: TableQuery[..., Name, Any],
        by: Callable[..., Iterable[Member]] = lambda _name, values, *_: values,
        arguments: int | None = None,
    ) -> None:
        """Take what is grouped.

        Args:
            source: the names, and a value of each.
            by: gives the groups of a name; its arguments are the name, its value, and those of the groups.
            arguments: how many of its arguments the source has; all of them where that is not said.
        """
        super().__init__(source, "groups of", arguments)
        self._by = by

    def _whole(self, _given: Any, values: Mapping[Any, Any], args: tuple[Any, ...]) -> dict[Any, Any]:
        groups: dict[Any, dict[Any, None]] = {}
        for name, value in values.items():
            for group in self._by(name, value, *args):
                groups.setdefault(group, {})[name] = None
        return {group: tuple(sorted(names)) for group, names in groups.items()}

    def _kept_up(
        self, node: _DerivedNode, before: Mapping[Any, Any], now: Mapping[Any, Any], changed: AbstractSet[Any]
    ) -> tuple[dict[Any, Any], AbstractSet[Any] | None]:
        left: dict[Any, set[Any]] = {}
        came: dict[Any, set[Any]] = {}
        for name in changed:
            old = set(self._by(name, before[name], *node.args)) if name in before else set()
            new = set(self._by(name, now[name], *node.args)) if name in now else set()
            for group in old - new:
                left.setdefault(group, set()).add(name)
            for group in new - old:
                came.setdefault(group, set()).add(name)
        touched = left.keys() | came.keys()
        if not touched:
            return node.value, None
        groups = {**node.value}
        for group in touched:
            names = list(groups.get(group, ()))
            for name in left.get(group, ()):
                del names[bisect.bisect_left(names, name)]
            for name in came.get(group, ()):
                bisect.insort(names, name)
            if names:
                groups[group] = tuple(names)
            else:
                del groups[group]
        return groups, touched


class Tally(_Derived[Params, Member, int], Generic[Params, Name, Member]):
    """How many names of a mapping have each value, in no order."""

    is_in_order = False

    def __init__(
        self, source: TableQuery[..., Name, Any], by: Callable[..., Iterable[Member]], arguments: int | None = None
    ) -> None:
        """Take what is counted.

        Args:
            source: the names, and a value of each.
            by: gives what is counted of a name, each once; its arguments are the value of the name, and those of the
                tally.
            arguments: how many of its arguments the source has; all of them where that is not said.
        """
        super().__init__(source, "tally of", arguments)
        self._by = by

    def _whole(self, _given: Any, values: Mapping[Any, Any], args: tuple[Any, ...]) -> dict[Any, Any]:
        return dict(Counter(itertools.chain.from_iterable([self._by(value, *args) for value in values.values()])))

    def _kept_up(
        self, node: _DerivedNode, before: Mapping[Any, Any], now: Mapping[Any, Any], changed: AbstractSet[Any]
    ) -> tuple[dict[Any, Any], AbstractSet[Any] | None]:
        differences = Counter[Any]()
        for name in changed:
            if name in before:
                differences.subtract(self._by(before[name], *node.args))
            if name in now:
                differences.update(self._by(now[name], *node.args))
        touched = {value for value, difference in differences.items() if difference}
        if not touched:
            return node.value, None
        counts = {**node.value}
        for value in touched:
            counts[value] = counts.get(value, 0) + differences[value]
            if not counts[value]:
                del counts[value]
        return counts, touched


_GAP = 2**40
"""What lies between the ranks of two names at first, so that others find room there."""


class Sorted(_Derived[Params, Name, int], Generic[Params, Name]):
    """Names in order, each with a rank: a number that says nothing but which of two names comes first.

    Where few names move, the ranks of the others stay as they are.
    """

    def __init__(
        self,
        source: TableQuery[Params, Name, Any],
        key: Callable[[Any, Name, Any], Any] = lambda _by, _name, value: value,
        by: Callable[Concatenate[Database, Params], Any] | None = None,
    ) -> None:
        """Take what sorts them.

        Args:
            source: the names, and a value of each.
            key: gives the sort key of a name from what ``by`` gives, the name and its value; no two are equal.
            by: gives what else the sort keys are made from; what it reads is recorded.
        """
        super().__init__(source, "sorted", given=by)
        self.transient = source.transient
        self._key = key

    def _keys(self, by: Any, values: Mapping[Any, Any]) -> Callable[[Any], Any]:
        return lambda name: self._key(by, name, values[name])

    def _whole(self, given: Any, values: Mapping[Any, Any], _args: tuple[Any, ...]) -> dict[Any, Any]:
        return _ranked(sorted(values, key=self._keys(given, values)))

    def _kept_up(
        self, node: _DerivedNode, before: Mapping[Any, Any], now: Mapping[Any, Any], changed: AbstractSet[Any]
    ) -> tuple[dict[Any, Any], AbstractSet[Any] | None]:
        ranks: dict[Any, int] = node.value
        if not ranks or len(changed) > len(now) // _FEW:
            return self._whole(node.given, now, node.args), None
        keys, old_keys = self._keys(node.given, now), self._keys(node.given, before)
        staying = changed & before.keys() & now.keys()
        moved = changed - {name for name in staying if old_keys(name) == keys(name)}
        return _moved(ranks, moved, now.keys(), keys) if moved else (ranks, None)


_FEW = 8
"""One in so many names may have changed, to be put in their new places one by one."""


class Around(_Derived[Params, Name, Any], Generic[Params, Name]):
    """What stands before and after each name, in the order of the values of a mapping; no two of these are equal."""

    is_in_order = False

    def __init__(
        self,
        source: TableQuery[..., Name, Any],
        value: Callable[[Sequence[Name], Sequence[Name]], Any] = lambda before, after: (
            before[-1] if before else None,
            after[0] if after else None,
        ),
        reach: int = 1,
        arguments: int | None = None,
    ) -> None:
        """Take what is in order.

        Args:
            source: the names, and a value of each.
            value: gives the value of a name from the names before and those after it; by default the nearest of both.
            reach: how many before and how many after each name these are at most.
            arguments: how many of its arguments the source has; all of them where that is not said.
        """
        super().__init__(source, "around", arguments)
        self._value, self._reach = value, reach

    def _whole(self, _given: Any, values: Mapping[Any, Any], _args: tuple[Any, ...]) -> dict[Any, Any]:
        names, reach = sorted(values, key=values.__getitem__), self._reach
        return {
            name: self._value(names[max(0, place - reach) : place], names[place + 1 : place + 1 + reach])
            for place, name in enumerate(names)
        }

    def _kept_up(
        self, node: _DerivedNode, _before: Mapping[Any, Any], now: Mapping[Any, Any], changed: AbstractSet[Any]
    ) -> tuple[dict[Any, Any], AbstractSet[Any] | None]:
        # Where one has moved, come or gone, all are made anew: what stands around the others is what it was.
        return (self._whole(node.given, now, node.args) if changed else node.value), None


def _moved(
    before: dict[Any, int], changed: AbstractSet[Any], names: AbstractSet[Any], key: Callable[[Any], Any]
) -> tuple[dict[Any, int], AbstractSet[Any] | None]:
    """Names with their ranks after some have changed, and those whose ranks may differ; None where all may.

    Args:
        before: the names with their ranks before.
        changed: those that have come, gone, or another sort key.
        names: the names that there are.
        key: gives their sort keys.
    """
    ordered = list(before)
    if len(changed) < _FEW:
        for name in changed & before.keys():
            ordered.remove(name)
    else:
        ordered = [name for name in before if name not in changed]
    for name in changed & names:
        bisect.insort(ordered, name, key=key)
    if ordered == list(before):
        return before, None
    ranks = {**before, **{name: before.get(name, 0) for name in changed}}
    for name in changed - names:
        del ranks[name]
    ranks = _in_order(dict.fromkeys(ordered), ranks)
    for name in sorted(changed & names, key=key):
        place = bisect.bisect_left(ordered, key(name), key=key)
        low = ranks[ordered[place - 1]] if place else 0
        high = next((ranks[each] for each in ordered[place + 1 :] if each not in changed), low + 2 * _GAP)
        if not low < ranks[name] < high:
            ranks[name] = (low + high) // 2
        if not low < ranks[name] < high:
            return _ranked(ordered), None
    return ranks, changed


def _ranked(names: Iterable[Any]) -> dict[Any, int]:
    """A rank for each name, rising, with room between them."""
    return dict(zip(names, itertools.count(_GAP, _GAP), strict=False))
