"""From offsets in a text to lines and columns."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Mapping

from mkdocs_papers.records.problem import Place
from mkdocs_papers.records.schema import Path

Span = tuple[int, int]
"""The offsets at which something begins and ends, in code points."""

BYTE_ORDER_MARK = "\ufeff"

_LINE_END = re.compile(r"\r\n?|\n")


class Lines:
    """The lines of a text; one ends with LF, CR LF or CR, as for editors (and no other character)."""

    __slots__ = ("_found", "_text")

    def __init__(self, text: str) -> None:
        """Take the text; it is looked through only when a place is asked for.

        Args:
            text: the whole file. A byte-order mark at its start is no column.
        """
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
    """Where each value of a record begins, worked out when it is asked for: few of them ever are."""

    __slots__ = ("_lines", "_spans")

    def __init__(self, spans: Mapping[Path, Span], lines: Lines) -> None:
        """Take what a reader found.

        Args:
            spans: where each value stands in the text, by its path in the record.
            lines: the lines of that text.
        """
        self._spans = spans
        self._lines = lines

    def __getitem__(self, path: Path) -> Place:
        return self._lines.place(self._spans[path][0])

    def __contains__(self, path: object) -> bool:
        return path in self._spans

    def __iter__(self) -> Iterator[Path]:
        return iter(self._spans)

    def __len__(self) -> int:
        return len(self._spans)
