"""From offsets in a text to lines and columns."""

import bisect
import functools
import re
import sys
from array import array
from collections.abc import Iterator, Mapping

from mkdocs_papers.records.problem import Place
from mkdocs_papers.records.schema import Path

Span = tuple[int, int]
"""The offsets at which something begins and ends, in code points."""

BYTE_ORDER_MARK = "\ufeff"

_LINE_END = re.compile(r"\r\n?|\n")


class Lines:
    """The lines of a text; one ends with LF, CR LF or CR, as for editors (and no other character).

    It is looked through only when a place is asked for. A byte-order mark at its start is no column.
    """

    __slots__ = ("_found", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: list[int] | None = None

    def place(self, offset: int) -> Place:
        """The line and column of an offset in the text."""
        starts = self._starts()
        line = max(bisect.bisect_right(starts, offset), 1)
        return Place(line, max(offset - starts[line - 1], 0) + 1)

    def start(self, offset: int) -> int:
        """The offset at which the line begins that holds an offset."""
        starts = self._starts()
        return starts[max(bisect.bisect_right(starts, offset), 1) - 1]

    def _starts(self) -> list[int]:
        if self._found is None:
            first = int(self._text.startswith(BYTE_ORDER_MARK))
            self._found = [first, *(end.end() for end in _LINE_END.finditer(self._text))]
            self._text = ""
        return self._found


class Places(Mapping[Path, Place]):
    """Where each value of a record begins, worked out when it is asked for: few of them ever are.

    Ten thousand records have half a million values, in much the same order. So records with the same fields share one
    mapping of their paths to positions, and the offsets of each stand in one row of bytes.
    """

    __slots__ = ("_lines", "_positions", "_starts")

    def __init__(self, spans: Mapping[Path, Span], lines: Lines) -> None:
        self._positions = _positions_of(tuple(spans))
        self._starts = array("Q", [start for start, _ in spans.values()]).tobytes()
        self._lines = lines

    def __getitem__(self, path: Path) -> Place:
        position = self._positions[path]
        start = self._starts[_BYTES * position : _BYTES * (position + 1)]
        return self._lines.place(int.from_bytes(start, sys.byteorder))

    def __iter__(self) -> Iterator[Path]:
        return iter(self._positions)

    def __len__(self) -> int:
        return len(self._positions)


_BYTES = array("Q").itemsize
"""Of one offset."""


@functools.lru_cache(maxsize=4096)
def _positions_of(paths: tuple[Path, ...]) -> Mapping[Path, int]:
    return {_shared_path(path): position for position, path in enumerate(paths)}


@functools.lru_cache(maxsize=4096)
def _shared_path(path: Path) -> Path:
    return path
