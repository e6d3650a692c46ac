"""From offsets in a text to lines and columns."""

import bisect
import re

from mkdocs_papers.records.problem import Place

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
