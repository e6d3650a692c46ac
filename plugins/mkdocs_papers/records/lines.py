"""From offsets in a text to lines and columns."""

import bisect
import codecs
import re

from mkdocs_papers.records.problem import Place, Problem, problem

Span = tuple[int, int]
"""The offsets at which something begins and ends, in code points."""

BYTE_ORDER_MARK = "\ufeff"

IN_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
"""What a text in UTF-16 begins with."""

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

    def offset(self, place: Place) -> int | None:
        """The offset of a place; None where the text has no such line."""
        starts = self._starts()
        return starts[place.line - 1] + place.column - 1 if place.line <= len(starts) else None

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


def wrong_encoding(path: str, content: bytes) -> Problem | None:
    """Why what is in a file is no text in UTF-8; None where it is one."""
    if content.startswith(IN_UTF_16):
        return problem("not-utf8", path, Place(), "the file is UTF-16", "save it as UTF-8")
    try:
        content.decode()
    except UnicodeDecodeError as error:
        before = content[: error.start].decode()
        wrong = f"the byte 0x{content[error.start]:02X} is not UTF-8"
        return problem("not-utf8", path, Lines(before).place(len(before)), wrong, "save the file as UTF-8")
    return None
