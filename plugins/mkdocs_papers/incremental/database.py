"""Queries whose values are kept up to date after a change.

A query is a pure function of a database and a name, declared with `query` and called plainly: ``summary(db, key)``.
While it runs, the database records what it reads: inputs, which are set from outside, and other queries. After inputs
have changed, those queries run again that have read what is another value now. What comes out equal is handed on as the
old value, and whoever has read it does not run.

Queries run again in the order of their heights: each stands higher than all that it has read, so that it runs once and
sees nothing that is out of date. One that comes to read what stands as high as itself starts again, above it.
(The order by height is known from Jane Street's Incremental; starting again from "Build Systems à la Carte",
https://doi.org/10.1145/3236774.) A query that raises has its error for a value, and whoever reads it raises it too.
"""

from __future__ import annotations

import heapq
import itertools
import math
import operator
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, Concatenate, Final, Generic, NamedTuple, ParamSpec, TypeVar

Params = ParamSpec("Params")
Name = TypeVar("Name", bound=Hashable)
Value = TypeVar("Value")

_HIGHEST = 200
"""No chain of queries is so long; one that seems to be is a circle."""


Names = AbstractSet[Any]


class NamesChanged(NamedTuple):
    """Names that have come and gone, and all in order, where that does not come of taking out those that are gone."""

    came: Names
    gone: Names
    ordered: Mapping[Any, None]


class CycleError(RecursionError):
    """A query reads itself."""


class Failure:
    """The value of a query that raised an error, and of an entry that is not there."""

    __slots__ = ("error",)

    def __init__(self, error: Exception) -> None:
        # Its traceback would keep all that was at hand where it was raised.
        self.error = error.with_traceback(None) if type(error) is KeyError else error

    def to_raise(self) -> Exception:
        """The error; of something that is not there another each time, since raising gives it a traceback again."""
        return KeyError(*self.error.args) if type(self.error) is KeyError else self.error


MISSING: Final = Failure(KeyError())
RUNNING: Final = Failure(CycleError())


class _LaterError(BaseException):
    """What runs has read something that may be out of date. No query catches this: it is no `Exception`."""

    def __init__(self, height: int) -> None:
        self.height = height


class Readable:
    """What can be read: its value, and who has read it."""

    __slots__ = ("readers", "value")
    height: int
    query: Query[Any, Any]

    def __init__(self, value: Any) -> None:
        self.value = value
        self.readers: Node | list[Node] | None = None
        """None for none; a list where there are several: most are read once, and there are half a million of them."""

    def add(self, reader: Node) -> None:
        """Somebody has read it, who had not before."""
        readers = self.readers
        if readers is None:
            self.readers = reader
        elif isinstance(readers, list):
            readers.append(reader)
        else:
            self.readers = [readers, reader]

    def discard(self, reader: Node) -> None:
        """Somebody reads it no more."""
        if isinstance(self.readers, list):
            if reader in self.readers:
                self.readers.remove(reader)
        elif self.readers is reader:
            self.readers = None

    def all_readers(self) -> Iterable[Node]:
        """Who has read it."""
        readers = self.readers
        return readers if isinstance(readers, list) else () if readers is None else (readers,)


class Node(Readable):
    """A query under one name: its value, what it has read, and who has read it."""

    __slots__ = ("args", "height", "query", "queued", "ran", "reads")

    def __init__(self, query: Query[Any, Any], args: tuple[Any, ...], value: Any = RUNNING) -> None:
        super().__init__(value)
        self.query, self.args = query, args
        self.reads: tuple[Readable, ...] = ()
        self.height, self.ran, self.queued = 0, -1, False


class TableNode(Node):
    """A node whose value is a mapping.

    Attributes:
        entries: those of its entries that have been read by themselves.
        names: its names, where these have been read.
        version: how often the mapping has changed.
        changes: the names of which it said something else before the last change; None where that is not known.
        touched: those of its reads that have changed since it ran, where its query looks only at these.
    """

    __slots__ = ("changes", "entries", "names", "touched", "version")

    def __init__(self, query: Query[Any, Any], args: tuple[Any, ...], value: Any = RUNNING) -> None:
        super().__init__(query, args, value)
        self.entries: dict[Hashable, Entry] = {}
        self.names: Entry | None = None
        self.version = 0
        self.changes: AbstractSet[Any] | None = None
        self.touched: list[Node] | None = None


class Entry(Readable):
    """One entry of a table, or its names."""

    __slots__ = ("name", "table")

    def __init__(self, table: TableNode, name: Hashable, value: Any) -> None:
        super().__init__(value)
        self.table, self.name = table, name

    @property
    def height(self) -> int:  # type: ignore[override]  # a slot of nodes
        """That of its table."""
        return self.table.height

    @property
    def query(self) -> Query[Any, Any]:  # type: ignore[override]  # a slot of nodes
        """That of its table."""
        return self.table.query


class Query(Generic[Params, Value]):
    """A pure function of a database and a name."""

    node: type[Node] = Node
    is_table = False
    """Whether its value is a mapping of which one entry can be read, or the names."""

    def __init__(
        self,
        function: Callable[Concatenate[Database, Params], Value],
        name: str = "",
        *,
        transient: bool = False,
        outside: bool = False,
    ) -> None:
        """Take the function; of what can change it may read nothing but through the database.

        Args:
            name: what the query is called, where it is not called like the function.
            transient: whether only one query reads each value, so that it is kept only for keeping it up.
            outside: whether it may read what is outside of the database; then `Database.look_again` lets it run again.
        """
        self.function, self.transient, self.outside = function, transient, outside
        self.name = name or f"{function.__module__.rpartition('.')[2]}.{function.__qualname__}"
        self.__doc__ = function.__doc__

    def __repr__(self) -> str:
        return self.name

    def __call__(self, db: Database, *args: Params.args, **_: Params.kwargs) -> Value:
        """The value under that name, which has no keywords."""
        return db.read(self, args)  # type: ignore[no-any-return]  # the function says what it is

    def plain(self, db: Database, *args: Any) -> Any:
        """The value from nothing."""
        return self.function(db, *args)  # type: ignore[call-arg]

    def update(self, db: Database, node: Any) -> Any:
        """The value of a node from what it was, and for a table its `TableNode.changes`."""
        return db.run(node, self.plain), None

    def reads(self, node: Any, db: Database) -> Iterable[Readable]:  # noqa: ARG002 - other queries look there
        """All that a node of a database has read."""
        return node.reads  # type: ignore[no-any-return]


class TableQuery(Query[Params, Mapping[Name, Value]], Generic[Params, Name, Value]):
    """A query that gives a mapping. Whoever reads one entry of it runs again only where that entry is another."""

    node: type[TableNode] = TableNode
    is_table = True
    is_in_order = True
    """Whether a mapping has its names in an order of some meaning; else they are sorted where they are asked for."""

    def at(self, db: Database, *args: Any) -> Value:
        """The value of a name, the last of the arguments.

        Raises:
            KeyError: there is no such name.
        """
        value = db.read_entry(self, args)
        if value is MISSING:
            raise KeyError(args[-1])
        return value  # type: ignore[no-any-return]

    def get(self, db: Database, *args: Any) -> Value | None:
        """The value of a name, the last of the arguments, or None."""
        value = db.read_entry(self, args)
        return None if value is MISSING else value

    def names(self, db: Database, *args: Any) -> tuple[Name, ...]:
        """The names, in order."""
        return db.read_names(self, args)  # type: ignore[no-any-return]

    def names_of(self, mapping: Mapping[Name, Value]) -> tuple[Name, ...]:
        """The names of a mapping, in an order that depends on nothing but the mapping."""
        return tuple(mapping if self.is_in_order else sorted(mapping))  # type: ignore[type-var]  # names can be compared


class Input(Query[[], Value]):
    """A value that is set from outside."""

    def __init__(self, name: str) -> None:
        super().__init__(_not_set, name)


class Table(TableQuery[[], Name, Value]):
    """A mapping that is set from outside."""

    def __init__(self, name: str) -> None:
        super().__init__(_not_set, name)


class Constant(Query[[], Value]):
    """A value that nearly all hangs on: to set another one has everything forgotten, and its reading costs nothing."""

    def __init__(self, name: str) -> None:
        super().__init__(_not_set, name)

    def __call__(self, db: Database) -> Value:
        """The value."""
        return db.constants[self]  # type: ignore[no-any-return]


def _not_set(_: Database) -> Any:
    raise LookupError("this input has not been set")


def query(function: Callable[Concatenate[Database, Params], Value]) -> Query[Params, Value]:
    """Declare a query."""
    return Query(function)


def transient(function: Callable[Concatenate[Database, Params], Value]) -> Query[Params, Value]:
    """Declare a query of which each value is read once: it is kept for keeping it up, and else not at all."""
    return Query(function, transient=True)


def outside(function: Callable[Concatenate[Database, Params], Value]) -> Query[Params, Value]:
    """Declare a query that reads what is outside of the database, such as a file: see `Database.look_again`."""
    return Query(function, outside=True)


def table(function: Callable[Concatenate[Database, Params], Mapping[Name, Value]]) -> TableQuery[Params, Name, Value]:
    """Declare a query that gives a mapping."""
    return TableQuery(function)


class Database:
    """Inputs, and the values of the queries that have been asked for."""

    def __init__(self, *, keeps_up: bool = True) -> None:
        """Start with nothing.

        Args:
            keeps_up: whether values are kept up after a change. Where they are not, nothing is recorded, and a change
                of an input makes all else be forgotten.
        """
        self._keeps_up = keeps_up
        self._values: defaultdict[Query[Any, Any], dict[Any, Any]] = defaultdict(dict)
        self._nodes: dict[Query[Any, Any], dict[tuple[Any, ...], Node]] = {}
        self._inputs: dict[Query[Any, Any], Any] = {}
        """What was set, and where nothing is recorded the value of each."""
        self.constants: dict[Constant[Any], Any] = {}
        """The values of the constants."""
        self._reads: dict[Readable, None] | None = None
        self._queue: list[tuple[int, int, Node]] = []
        self._numbers = itertools.count()
        self._level: float = math.inf
        self._revision = 0
        self._roots: dict[Readable, int] = {}
        self._unread: list[Readable] = []
        self._names: dict[tuple[int, int], tuple[tuple[Any, ...], tuple[Any, ...], NamesChanged]] = {}

    def set(self, what: Query[[], Any], value: Any, changes: Names | None = None) -> None:
        """Set an input, or say what another query gives. What equals the value that it had changes nothing.

        Args:
            changes: the names of which a mapping says something else than before, where that is known.
        """
        if isinstance(what, Constant):
            if what not in self.constants or self.constants[what] != value:
                self.constants[what] = value
                self._forget_all()
        elif not self._keeps_up:
            self._inputs[what] = value
            self._forget_all()
        elif what not in self._inputs:
            self._inputs[what] = what
            self._nodes.setdefault(what, {})[()] = what.node(what, (), value)
        else:
            self._change(self._nodes[what][()], value, changes)

    def look_again(self) -> None:
        """Let what has read something outside of the database read it again."""
        if not self._keeps_up:
            self._forget_all()
        for query, nodes in self._nodes.items():
            for node in nodes.values() if query.outside else ():
                if not node.queued:
                    node.queued = True
                    self._push(node)

    def forget(self, *others: Query[Any, Any]) -> None:
        """Forget all values but those of some queries: they will be made anew where they are asked for."""
        kept = {query: self._values[query] for query in others if query in self._values}
        self._forget_all()
        self._values.update(kept)

    def read(self, query: Query[Any, Any], args: tuple[Any, ...]) -> Any:
        """See `Query.__call__`."""
        if not self._keeps_up:
            name = args[0] if len(args) == 1 else args
            value = self._values[query].get(name, RUNNING)
            if value is RUNNING:
                value = query.plain(self, *args)
                if not query.transient:
                    self._values[query][name] = value
            return value
        # By far the most: a query reads what is up to date.
        if self._reads is not None and (nodes := self._nodes.get(query)) and (node := nodes.get(args)):
            value = node.value
            if (node.height < self._level or node.ran == self._revision) and value.__class__ is not Failure:
                self._reads[node] = None
                return value
        return self._recorded(self.node(query, args))

    def read_entry(self, query: TableQuery[Any, Any, Any], args: tuple[Any, ...]) -> Any:
        """See `TableQuery.get`."""
        name = args[-1]
        if not self._keeps_up:
            return self.read(query, args[:-1]).get(name, MISSING)
        table: Any = self.node(query, args[:-1])
        entry = table.entries.get(name)
        if entry is None:
            entry = table.entries[name] = self._new(Entry(table, name, _entry(table.value, name)))
        return self._recorded(entry)

    def read_names(self, query: TableQuery[Any, Any, Any], args: tuple[Any, ...]) -> Any:
        """See `TableQuery.names`."""
        if not self._keeps_up:
            return query.names_of(self.read(query, args))
        table: Any = self.node(query, args)
        if table.names is None:
            table.names = self._new(Entry(table, None, _names(table, table.value)))
        return self._recorded(table.names)

    def node(self, query: Query[Any, Any], args: tuple[Any, ...]) -> Node:
        """The node of a query under a name, up to date."""
        if self._queue and self._level is math.inf:
            self._propagate()
        nodes = self._nodes.get(query)
        if nodes is None:
            nodes = self._nodes[query] = {}
        node = nodes.get(args)
        if node is None:
            return self._made(query, args)
        if node.value is RUNNING:
            raise CycleError(f"{query}{args} reads itself")
        if node.height >= self._level and node.ran != self._revision:
            raise _LaterError(node.height)
        return node

    def known(self, query: Query[Any, Any], args: tuple[Any, ...]) -> Node:
        """The node of a query under a name that has been asked for, up to date or not."""
        return self._nodes[query][args]

    def names_changed(self, before: tuple[Any, ...], now: tuple[Any, ...]) -> NamesChanged:
        """What has changed of some names.

        Many mappings are of the same names, so what comes out is kept while queries run again.
        """
        which = (id(before), id(now))
        if which in self._names:
            return self._names[which][2]
        start = _alike(before, now)
        old, new = before[start:], now[start:]
        stop = _alike(old[::-1], new[::-1])
        was, are = old[: len(old) - stop], new[: len(new) - stop]
        came, gone = set(are).difference(was), set(was).difference(are)
        in_order = not came and [name for name in was if name not in gone] == list(are)
        changed = NamesChanged(came, gone, {} if in_order else dict.fromkeys(now))
        if before:
            # They are kept with it, so that no others have their places in memory.
            self._names[which] = (before, now, changed)
        return changed

    def run(self, node: Node, function: Callable[..., Any]) -> Any:
        """What a function gives under the name of a node; its reads are taken down as the node's."""
        outer, self._reads = self._reads, {}
        try:
            value = function(self, *node.args)
        except Exception as error:  # noqa: BLE001 - it is the value
            value = Failure(error)
        finally:
            reads, self._reads = tuple(self._reads), outer
        if reads != node.reads:
            before, now, node.reads = set(node.reads), set(reads), reads
            for read in now - before:
                self.link(node, read)
            self.unlink(node, before - now)
        return value

    def link(self, reader: Node, read: Readable) -> None:
        """One node has read another."""
        read.add(reader)
        self._lift(reader, read.height + 1)

    def unlink(self, reader: Node, reads: Iterable[Readable]) -> None:
        """One node reads some others no more."""
        for read in reads:
            read.discard(reader)
            if not read.readers:
                self._unread.append(read)

    def _recorded(self, node: Readable) -> Any:
        """The value of a node that is up to date; that it was read is recorded."""
        if self._reads is None:
            self._roots[node] = self._revision
        else:
            self._reads[node] = None
        value = node.value
        if isinstance(value, Failure) and value is not MISSING:
            raise value.to_raise()
        return value

    def _new(self, entry: Entry) -> Entry:
        if self._level is not math.inf:
            self._unread.append(entry)  # what reads it may yet start again
        return entry

    def _made(self, query: Query[Any, Any], args: tuple[Any, ...]) -> Node:
        node = self._nodes[query][args] = query.node(query, args)
        try:
            node.value, _ = query.update(self, node)
        except BaseException:
            del self._nodes[query][args]
            self._forget(node)
            raise
        node.ran = self._revision
        if self._level is not math.inf:
            self._unread.append(node)  # as above
        return node

    def _lift(self, node: Node, height: int) -> None:
        """Let a node stand at least so high, and whatever has read it higher."""
        if node.height >= height:
            return
        node.height = height
        entries = (*node.entries.values(), *filter(None, [node.names])) if isinstance(node, TableNode) else ()
        for part in (node, *entries):
            for reader in part.all_readers():
                self._lift(reader, height + 1)

    def _propagate(self) -> None:
        """Run again whatever has read what is another value now, and forget what is read no more."""
        self._revision += 1
        for node, asked in list(self._roots.items()):
            # It was asked for from outside once, and after the last change not again.
            if asked < self._revision - 1:
                del self._roots[node]
                self._unread.append(node)
        try:
            while self._queue:
                height, _, node = heapq.heappop(self._queue)
                if node.height > height:
                    self._push(node)
                elif node.queued:
                    self._level = height
                    self._renew(node)
        finally:
            self._level = math.inf
            self._names.clear()
        self._collect()

    def _renew(self, node: Node) -> None:
        try:
            value, changes = node.query.update(self, node)
        except _LaterError as later:
            if later.height < _HIGHEST:
                self._lift(node, later.height + 1)
                self._push(node)
                return
            value, changes = Failure(CycleError(f"{node.query}{node.args} reads itself")), None
        node.queued, node.ran = False, self._revision
        self._change(node, value, changes)

    def _change(self, node: Readable, value: Any, changes: AbstractSet[Any] | None = None) -> None:
        """Give a node a value, and let whatever has read it run again where that is another."""
        before = node.value
        if value is before:
            return
        if not isinstance(node, TableNode) or not isinstance(node.query, TableQuery):
            if not same(before, value):
                node.value = value
                self._announce(node)
            return
        if isinstance(before, Mapping) and isinstance(value, Mapping):
            changes = _differing(before, value) if changes is None else changes
            if not changes and list(before) == list(value):
                return
        node.value, node.changes = value, changes
        node.version += 1
        for name in list(node.entries) if changes is None else changes & node.entries.keys():
            self._change(node.entries[name], _entry(value, name))
        some_came_or_went = not changes or any((name in before) != (name in value) for name in changes)
        if node.names is not None and (node.query.is_in_order or some_came_or_went):
            self._change(node.names, _names(node, value))
        self._announce(node)

    def _announce(self, read: Readable) -> None:
        for reader in read.all_readers():
            if isinstance(reader, TableNode) and reader.touched is not None and isinstance(read, Node):
                reader.touched.append(read)
            if not reader.queued:
                reader.queued = True
                self._push(reader)

    def _push(self, node: Node) -> None:
        heapq.heappush(self._queue, (node.height, next(self._numbers), node))

    def _collect(self) -> None:
        """Forget what nobody reads."""
        while self._unread:
            node = self._unread.pop()
            if node.readers or node in self._roots:
                continue
            if isinstance(node, Entry):
                table = node.table
                if node is table.names:
                    table.names = None
                else:
                    table.entries.pop(node.name, None)
                self._unread.append(table)
            elif isinstance(node, TableNode) and (node.entries or node.names):
                continue
            elif isinstance(node, Node) and node.query not in self._inputs:
                nodes = self._nodes[node.query]
                # It may be among the unread ones twice.
                if nodes.get(node.args) is node:
                    del nodes[node.args]
                    self._forget(node)

    def _forget_all(self) -> None:
        inputs = {query: self._nodes[query][()].value for query in self._inputs if self._keeps_up}
        self._values.clear()
        self._values.update({query: {(): value} for query, value in self._inputs.items() if not self._keeps_up})
        self._nodes, self._roots, self._unread, self._queue = {}, {}, [], []
        for query, value in inputs.items():
            self._nodes[query] = {(): query.node(query, (), value)}

    def _forget(self, node: Node) -> None:
        node.queued = False
        self.unlink(node, node.query.reads(node, self))


def _alike(before: tuple[Any, ...], now: tuple[Any, ...]) -> int:
    """How many names at the beginning of two series are the same, found by comparing ever shorter parts."""
    low, high = 0, min(len(before), len(now))
    while low < high:
        middle = (low + high + 1) // 2
        if before[low:middle] == now[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def same(before: object, value: object) -> bool:
    """Whether two values are equal; of mappings the order counts too."""
    return before == value and (not isinstance(value, dict) or list(value) == list(before))  # type: ignore[call-overload]


def _differing(before: Mapping[Any, Any], now: Mapping[Any, Any]) -> AbstractSet[Any]:
    """The names of which two mappings say different things."""
    # Without a loop of Python's own: most values are the very same.
    old_values = map(before.get, now, itertools.repeat(MISSING))
    others = itertools.compress(now, map(operator.is_not, old_values, now.values()))
    changed = {name for name in others if not same(before.get(name, MISSING), now[name])}
    came = [name for name in changed if name not in before]
    return changed if len(now) - len(came) == len(before) else changed | (before.keys() - now.keys())


def _entry(mapping: Any, name: Hashable) -> Any:
    return mapping if isinstance(mapping, Failure) else mapping.get(name, MISSING)


def _names(table: TableNode, mapping: Any) -> Any:
    return mapping if isinstance(mapping, Failure) else table.query.names_of(mapping)  # type: ignore[attr-defined]
