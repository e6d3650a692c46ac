"""Problems: what is wrong in a library, where, and what would be right.

Problems are values. The rooms return them; only the edge (the plugin, the command line) prints, warns or exits.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Level(enum.StrEnum):
    """How much a problem weighs: errors and warnings fail a strict build and ``check``, hints fail nothing."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"
    OFF = "off"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a text: line and column, both counted from 1, columns in code points."""

    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Edit:
    """A safe change of one file: the code points ``start`` to ``end`` of its text become ``text``.

    Its text is the file decoded from UTF-8 with nothing normalised: a byte-order mark is its first code point, and
    CR LF are two.
    """

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One defect.

    Attributes:
        code: stable name of the kind of defect, one of `codes.CODES`.
        path: the file, relative to the project's root, with ``/``.
        place: where the offending text begins.
        wrong: what is wrong, one sentence without a full stop.
        right: what would be right, one clause; may be empty.
        field: dotted name of the field concerned, ``paper.authors``; empty where there is none.
        edits: the change that mends it, where exactly one answer is safe.
        level: as the code's default until `Settings` change it.
    """

    code: str
    path: str
    place: Place
    wrong: str
    right: str = ""
    field: str = ""
    edits: tuple[Edit, ...] = ()
    level: Level = Level.WARNING

    def __str__(self) -> str:
        """The one line that every surface prints: path, line, column, what is wrong, what would be right."""
        remedy = f"; {self.right}" if self.right else ""
        return f"{self.path}:{self.place.line}:{self.place.column}: {self.wrong}{remedy} [{self.code}]"
