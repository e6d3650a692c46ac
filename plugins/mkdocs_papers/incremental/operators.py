"""Queries over many names, kept up by looking at none but the names that have changed."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, Concatenate, Generic, TypeVar

from mkdocs_papers.incremental.database import (
    Database,
    Failure,
    Name,
    Node,
    Params,
    Query,
    TableNode,
    TableQuery,
    Value,
)

Member = TypeVar("Member")


class _EachNode(TableNode):
    """The node of an `Each`.

    Attributes:
        order: the names that the mapping has.
        elements: the node of each.
        mapping: their values; that of one that raised is its `Failure`.
        failed: the names of these.
    """

    __slots__ = ("elements", "failed", "mapping", "order")

    def __init__(self, query: Query[Any, Any], args: tuple[Any, ...]) -> None:
        super().__init__(query, args)
        self.order: tuple[Any, ...] = ()
        self.elements: dict[Any, Node] = {}
        self.mapping: dict[Any, Any] = {}
        self.failed: set[Any] = set()
        self.touched = []


class Each(TableQuery[Params, Name, Value], Generic[Params, Name, Value]):
    """One query under each of many names, as a mapping in the order of the names."""

    node = _EachNode

    def __init__(
        self,
        element: Callable[..., Value],
        names: Callable[Concatenate[Database, Params], Iterable[Name]],
    ) -> None:
        """Take both.

        Args:
            element: a query; its arguments are those of the mapping, and a name.
            names: gives the names; what it reads is recorded.
        """
        super().__init__(names, f"each {element!r}")  # type: ignore[arg-type]
        self.element: Any = element
        self.names_in_order = names

    def plain(self, db: Database, *args: Any) -> Any:
        """The mapping from nothing."""
        return {name: self.element(db, *args, name) for name in self.names_in_order(db, *args)}  # type: ignore[call-arg]

    def update(self, db: Database, node: Any) -> Any:
        """The mapping with the elements that have changed, come or gone."""
        order = db.run(node, lambda db, *args: tuple(self.names_in_order(db, *args)))  # type: ignore[call-arg]
        if isinstance(order, Failure):
            return order, None
        elements, before = node.elements, node.mapping
        touched = {read.args[-1] for read in node.touched if read.args and elements.get(read.args[-1]) is read}
        gone: AbstractSet[Any] = frozenset()
        if order != node.order:
            came = [name for name in order if name not in before]
            for name in came:
                if name not in elements:
                    elements[name] = db.node(self.element, (*node.args, name))
                    db.link(node, elements[name])
            gone = elements.keys() - set(order)
            db.unlink(node, [elements.pop(name) for name in gone])
            touched = (touched - gone).union(came)
            now = {name: elements[name].value for name in order}
        else:
            now = {**before, **{name: elements[name].value for name in touched}}
        changes = {name for name in touched if name not in before or before[name] is not now[name]} | gone
        node.touched = []
        if not changes and order == node.order and node.value is before:
            return before, None
        node.failed = (node.failed - changes) | {name for name in changes if isinstance(now.get(name), Failure)}
        node.order, node.mapping = order, now
        failed = next(iter(node.failed), None)
        if failed is not None:
            return now[failed], None
        return now, changes if node.value is before else None

    def reads(self, node: Any) -> Iterable[Node]:
        """All that a node has read."""
        return (*node.reads, *node.elements.values())


class _OverEachNode(TableNode):
    """The node of an operator over an `Each`: the mapping that it was made from, and which version of it that was."""

    __slots__ = ("source", "source_version")

    def __init__(self, query: Query[Any, Any], args: tuple[Any, ...]) -> None:
        super().__init__(query, args)
        self.source: Mapping[Any, Any] = {}
        self.source_version = -1


def _changes(db: Database, node: _OverEachNode, each: Each[Any, Any, Any]) -> tuple[Any, Any, Any]:
    """What an operator was made from, what it is made from now, and the names that differ; None where all may.

    The second one is a `Failure` where that failed.
    """
    now = db.run(node, each)
    if isinstance(now, Failure):
        node.source, node.source_version = {}, -1
        return {}, now, None
    below: Any = db.node(each, node.args)
    before, known = node.source, node.source_version
    node.source, node.source_version = now, below.version
    if known == below.version:
        return before, now, frozenset()
    return before, now, below.changes if known == below.version - 1 else None


class Groups(TableQuery[Params, Member, tuple[Name, ...]], Generic[Params, Name, Member]):
    """Names by the values that a query gives of each, the names in a group sorted.

    One group can be read, or their names, which are sorted; not all of them at once.
    """

    node = _OverEachNode
    is_in_order = False

    def __init__(self, each: Each[Params, Name, tuple[Member, ...]]) -> None:
        """Take what gives the values of each name."""
        super().__init__(each, f"groups of {each!r}")  # type: ignore[arg-type]
        self._each = each

    def names_of(self, mapping: Any) -> Any:
        """The values, sorted."""
        return tuple(sorted(mapping))

    def plain(self, db: Database, *args: Any) -> Any:
        """The groups from nothing."""
        groups: dict[Any, Any] = {}
        for name, values in self._each(db, *args).items():  # type: ignore[call-arg]
            for value in values:
                groups.setdefault(value, {})[name] = None
        return {value: tuple(sorted(names)) for value, names in groups.items()}

    def update(self, db: Database, node: Any) -> Any:
        """The groups with the names that have changed in their new ones."""
        before, now, changed = _changes(db, node, self._each)
        if isinstance(now, Failure):
            return now, None
        if changed is None or not isinstance(node.value, dict):
            return self.plain(db, *node.args), None
        left: dict[Any, set[Any]] = {}
        came: dict[Any, set[Any]] = {}
        for name in changed:
            old, new = before.get(name, ()), now.get(name, ())
            for value in set(old).difference(new):
                left.setdefault(value, set()).add(name)
            for value in set(new).difference(old):
                came.setdefault(value, set()).add(name)
        touched = left.keys() | came.keys()
        groups = {**node.value}
        for value in touched:
            names = {*groups.get(value, ())} - left.get(value, set()) | came.get(value, set())
            if names:
                groups[value] = tuple(sorted(names))
            else:
                del groups[value]
        return (groups, touched) if touched else (node.value, None)


class Sorted(Query[Params, tuple[Name, ...]], Generic[Params, Name]):
    """Names in the order of the sort keys that a query gives of each; no two keys are equal."""

    node = _OverEachNode

    def __init__(self, each: Each[Params, Name, Any]) -> None:
        """Take what gives the sort key of each name."""
        super().__init__(each, f"sorted {each!r}")  # type: ignore[arg-type]
        self._each = each

    def plain(self, db: Database, *args: Any) -> Any:
        """The names from nothing."""
        keys = self._each(db, *args)  # type: ignore[call-arg]
        return tuple(sorted(keys, key=keys.__getitem__))

    def update(self, db: Database, node: Any) -> Any:
        """The names with those that have changed in their new places."""
        _, keys, changed = _changes(db, node, self._each)
        if isinstance(keys, Failure):
            return keys, None
        if changed is None or isinstance(node.value, Failure) or len(changed) > len(keys) // 8:
            return tuple(sorted(keys, key=keys.__getitem__)), None
        names = [name for name in node.value if name not in changed]
        for name in changed & keys.keys():
            bisect.insort(names, name, key=keys.__getitem__)
        return tuple(names), None
