"""What values were made from, kept for the next run of the program: what is made from the same comes out the same.

Where nothing is kept up, a database that has `Traces` takes down what its queries read. Few of these readings are
kept, each with a digest of what was read: entries of tables, and values that were themselves made from much. What lies
between is made from those. (Verifying traces: "Build Systems à la Carte", https://doi.org/10.1145/3236774, section 4.)
"""

import enum
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import msgspec

_MOST = 256
"""A value that was made from more readings is a reading of its own."""

Digest = bytes | None
"""A digest of a value; None where there is none, and then the value counts as another each time."""

NOTHING: Final = b"nothing"
"""The digest of an entry that is not there."""


class Part(enum.IntEnum):
    """What of a query was read: its value, or of a table one entry, or its names."""

    VALUE = 0
    ENTRY = 1
    NAMES = 2


Argument = str | int | bool

Subject = tuple[Any, tuple[Any, ...]]
"""A query and its arguments; of an entry that is read its own name is the last."""


class CachedReading(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What was read of a query, known by its name, under which arguments, and a digest of what that was."""

    part: Part
    query: str
    args: tuple[Argument, ...]
    digest: bytes


class CachedTrace(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A query and its arguments, and the places of the readings that its value was made from."""

    query: str
    args: tuple[Argument, ...]
    readings: tuple[int, ...]


class CachedTraces(msgspec.Struct, frozen=True, array_like=True):
    """The readings of a run, and the values that were made from them."""

    readings: tuple[CachedReading, ...] = ()
    traces: tuple[CachedTrace, ...] = ()


class Traces:
    """Takes down what queries read in this run, and knows which values of the run before would come out the same.

    Readings have numbers, by which they are taken down.

    Attributes:
        running: the readings of what is being made so far; None where nobody wants to know.
    """

    def __init__(self, queries: Mapping[str, Any], digest: Callable[[Part, Any, tuple[Any, ...]], Digest]) -> None:
        """Begin.

        Args:
            queries: those that may be read, by names that are the same in each run.
            digest: gives a digest of what is read of a query under arguments now.
        """
        self.running: set[int] | None = None
        self._queries, self._digest_now = queries, digest
        self._numbers: dict[tuple[Part, Any, tuple[Any, ...]], int] = {}
        self._digests: dict[int, Digest] = {}
        self._broad: set[int] = set()
        self._read_by: defaultdict[Any, dict[Any, tuple[int, ...]]] = defaultdict(dict)
        self._known: dict[Subject, tuple[int, ...]] = {}
        self._made: dict[Subject, tuple[int, ...]] = {}

    def verify(self, before: CachedTraces) -> None:
        """Find out which values of the run before would come out the same."""
        # Each has its place for a number, so that traces are kept as they are; of what is no query nothing is read.
        readings = [(each.part, self._queries.get(each.query, each.query), each.args) for each in before.readings]
        places = [self._number(*reading) for reading in readings]
        if places != list(range(len(places))):
            self._numbers, self._broad = {}, set()
            return
        same = {
            place
            for place, (reading, each) in enumerate(zip(readings, before.readings, strict=True))
            if self._digest(place, *reading) == each.digest
        }
        self._known = {
            (self._queries.get(each.query), each.args): each.readings
            for each in before.traces
            if same.issuperset(each.readings)
        }

    def read(self, part: Part, query: Any, name: Any, args: tuple[Any, ...]) -> None:
        """What runs has read a part of a value that the database remembers under a name."""
        if self.running is not None:
            read = self._read_by[query].get(name)
            self.running.update((self._number(part, query, args),) if read is None else read)

    def ran(self, query: Any, name: Any, args: tuple[Any, ...], read: set[int]) -> None:
        """A query has run, and has read that; whatever runs around it has read it too."""
        is_broad = query.outside or len(read) > _MOST or not self._broad.isdisjoint(read)
        if not (is_broad or query.transient):
            self._read_by[query][name] = tuple(read)
        if self.running is not None:
            self.running.update((self._number(Part.VALUE, query, args),) if is_broad else read)

    def made(self, subject: Subject, read: Iterable[int]) -> None:
        """A value is made that the next run is to know."""
        self._made[subject] = read = tuple(read)
        if self.running is not None:
            self.running.update(read)

    def is_unchanged(self, subject: Subject) -> bool:
        """Whether a value of the run before would come out the same; then the next run is to know it too."""
        known = self._known.get(subject)
        if known is None:
            return False
        self.made(subject, known)
        return True

    def cached(self) -> CachedTraces:
        """What there is to keep for the next run."""
        names = {query: name for name, query in self._queries.items()}
        wanted: set[int] = set().union(*self._made.values())
        readings: dict[int, CachedReading] = {}
        for number, (part, query, args) in enumerate(self._numbers):
            if number in wanted and query in names:
                digest = self._digest(number, part, query, args)
                if digest is not None:
                    readings[number] = CachedReading(part, names[query], args, digest)
        places = dict(zip(readings, range(len(readings)), strict=True))
        unknown = wanted - readings.keys()
        traces = [
            CachedTrace(names[query], args, tuple(map(places.__getitem__, read)))
            for (query, args), read in self._made.items()
            if query in names and not (unknown and unknown.intersection(read))
        ]
        return CachedTraces(tuple(readings.values()), tuple(traces))

    def _digest(self, number: int, part: Part, query: Any, args: tuple[Any, ...]) -> Digest:
        if number not in self._digests:
            self._digests[number] = self._digest_now(part, query, args)
        return self._digests[number]

    def _number(self, part: Part, query: Any, args: tuple[Any, ...]) -> int:
        reading = (part, query, args)
        number = self._numbers.get(reading)
        if number is None:
            number = self._numbers[reading] = len(self._numbers)
            if part is not Part.ENTRY and getattr(query, "is_table", False):
                self._broad.add(number)
        return number
