"""What values were made from, kept for the next run of the program: what is made from the same comes out the same.

Where nothing is kept up, a database that has `Traces` takes down what its queries read. Few of these readings are
kept, each with a digest of what was read: entries of tables, and values that were themselves made from much. What lies
between is made from those. (Verifying traces: "Build Systems à la Carte", https://doi.org/10.1145/3236774, section 4.)
"""

import array
import enum
import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import msgspec

_MOST = 12
"""A value that was made from more readings, and that several others are made from, is a reading of its own."""

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

Kept = tuple[bytes, ...] | None
"""A value that is kept; None for none."""

Subject = tuple[Any, tuple[Any, ...]]
"""A query and its arguments; of an entry that is read its own name is the last."""


class CachedReadings(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What was read of a query, known by its name, under which arguments, and a digest of each that was read."""

    part: Part
    query: str
    args: tuple[tuple[Argument, ...], ...]
    digests: tuple[bytes, ...]


class CachedTrace(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A query and its arguments, and the readings that its value was made from.

    Attributes:
        readings: the place of each among all, in four bytes, as the machine has them: there are millions.
        value: the value itself, where it is kept.
    """

    query: str
    args: tuple[Argument, ...]
    readings: bytes
    value: Kept = None


class CachedTraces(msgspec.Struct, frozen=True, array_like=True):
    """The readings of a run, and the values that were made from them."""

    readings: tuple[CachedReadings, ...] = ()
    traces: tuple[CachedTrace, ...] = ()


_Numbers = dict[tuple[Any, ...], int]


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
        self._queries, self._digest = queries, digest
        self._numbers: defaultdict[tuple[Part, Any], _Numbers] = defaultdict(dict)
        self._next = 0
        self._digests: dict[int, Digest] = {}
        self._broad: set[int] = set()
        self._read_by: defaultdict[Any, dict[Any, tuple[int, ...]]] = defaultdict(dict)
        self._known: dict[Subject, tuple[bytes, Kept]] = {}
        self._made: dict[Subject, tuple[bytes, Kept]] = {}

    def verify(self, before: CachedTraces) -> None:
        """Find out which values of the run before would come out the same."""
        readings = [
            (each.part, self._queries.get(each.query), args, digest)
            for each in before.readings
            for args, digest in zip(each.args, each.digests, strict=False)
        ]
        # First all get their numbers: what is read now for the first time has others.
        numbers = [self._number(part, query, args) for part, query, args, _ in readings]
        for number, (part, query, args, _) in zip(numbers, readings, strict=True):
            self._digests[number] = self._digest(part, query, args)
        same = {
            place: number
            for place, (number, (*_, digest)) in enumerate(zip(numbers, readings, strict=True))
            if self._digests[number] == digest
        }
        for each in before.traces:
            places = _unpacked(each.readings)
            if same.keys() >= {*places}:
                read = _packed(map(same.__getitem__, places))
                self._known[self._queries.get(each.query), each.args] = read, each.value

    def read(self, part: Part, query: Any, name: Any, args: tuple[Any, ...]) -> None:
        """What runs has read a part of a value that the database remembers under a name."""
        if self.running is not None:
            read = self._read_by[query].get(name)
            self.running.update((self._number(part, query, args),) if read is None else read)

    def ran(self, query: Any, name: Any, args: tuple[Any, ...], read: set[int]) -> None:
        """A query has run, and has read that; whatever runs around it has read it too."""
        is_broad = not query.transient and (len(read) > _MOST or query.outside or not self._broad.isdisjoint(read))
        if not (is_broad or query.transient):
            self._read_by[query][name] = tuple(read)
        if self.running is not None:
            self.running.update((self._number(Part.VALUE, query, args),) if is_broad else read)

    def made(self, subject: Subject, read: Iterable[int], kept: Kept) -> None:
        """A value is made that the next run is to know, or even to have."""
        self._made[subject] = _packed(read), kept
        if self.running is not None:
            self.running.update(read)

    def unchanged(self, subject: Subject) -> tuple[Kept] | None:
        """A value of the run before that would come out the same, if it was kept; None where it would not.

        The next run is to know it too.
        """
        known = self._known.get(subject)
        if known is None:
            return None
        self._made[subject] = known
        read, kept = known
        if self.running is not None:
            self.running.update(_unpacked(read))
        return (kept,)

    def cached(self) -> CachedTraces:
        """What there is to keep for the next run; after that nothing is taken down any more."""
        self._read_by.clear()
        names = {query: name for name, query in self._queries.items()}
        wanted = set[int]().union(*[_unpacked(read) for read, _ in self._made.values()])
        places: dict[int, int] = {}
        readings = []
        for (part, query), numbers in self._numbers.items():
            found = [
                (args, digest)
                for args, number in numbers.items()
                if query in names and number in wanted and (digest := self._now(number, part, query, args)) is not None
            ]
            if found:
                readings.append(CachedReadings(part, names[query], *map(tuple, zip(*found, strict=True))))
                places |= zip(map(numbers.__getitem__, readings[-1].args), itertools.count(len(places)), strict=False)
        unknown = wanted - places.keys()
        traces = [
            CachedTrace(names[query], args, _packed(map(places.__getitem__, _unpacked(read))), kept)
            for (query, args), (read, kept) in self._made.items()
            if query in names and not (unknown and unknown.intersection(_unpacked(read)))
        ]
        return CachedTraces(tuple(readings), tuple(traces))

    def _now(self, number: int, part: Part, query: Any, args: tuple[Any, ...]) -> Digest:
        """A digest of what is read; not kept, for each is asked for once."""
        return self._digests[number] if number in self._digests else self._digest(part, query, args)

    def _number(self, part: Part, query: Any, args: tuple[Any, ...]) -> int:
        numbers = self._numbers[part, query]
        number = numbers.get(args)
        if number is None:
            number = numbers[args] = self._next
            self._next += 1
            if part is not Part.ENTRY and getattr(query, "is_table", False):
                self._broad.add(number)
        return number


def _packed(numbers: Iterable[int]) -> bytes:
    return array.array("I", numbers).tobytes()


def _unpacked(content: bytes) -> Iterable[int]:
    return memoryview(content[: len(content) // 4 * 4]).cast("I")
