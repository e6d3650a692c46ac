"""Problems: what is wrong in a library, where, and what would be right.

Problems are values. The rooms return them; only the edge (the plugin, the command line) prints, warns or exits.

The guide, ``docs/guide/problems.md``, says what each kind means, with a small library that has exactly that problem and
the same library mended. Tests build both.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


class Level(enum.StrEnum):
    """How much a problem weighs: errors and warnings fail a strict build and ``check``, hints fail nothing."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"
    OFF = "off"


CODES: Mapping[str, Level] = MappingProxyType(
    {
        # The text of a record.
        "syntax": Level.ERROR,
        "not-utf8": Level.ERROR,
        "too-large": Level.ERROR,
        "yaml-feature": Level.ERROR,
        "unknown-field": Level.ERROR,
        "wrong-type": Level.ERROR,
        "repeated-field": Level.ERROR,
        "bad-escape": Level.WARNING,
        # The values of a record.
        "missing-title": Level.ERROR,
        "placeholder": Level.WARNING,
        "too-long": Level.WARNING,
        "stray-space": Level.WARNING,
        "control-character": Level.WARNING,
        "joined-authors": Level.WARNING,
        "bad-address": Level.WARNING,
        "arxiv-http": Level.HINT,
        "bad-doi": Level.HINT,
        "out-of-range": Level.WARNING,
        "unknown-status": Level.WARNING,
        "unknown-keyword": Level.HINT,
        # A record among the others.
        "year-mismatch": Level.WARNING,
        "repeated-record": Level.ERROR,
        "file-name": Level.ERROR,
        "case-collision": Level.WARNING,
        "duplicate-paper": Level.WARNING,
        "two-spellings": Level.WARNING,
        "missing-note": Level.WARNING,
        "wrong-case-note": Level.WARNING,
        "missing-cover": Level.WARNING,
        "wrong-case-cover": Level.WARNING,
        "outside-notes": Level.ERROR,
        "wrong-file-type": Level.WARNING,
        "missing-baseline": Level.WARNING,
        "wrong-case-baseline": Level.WARNING,
        "missing-same-work": Level.WARNING,
        "wrong-case-same-work": Level.WARNING,
        "taken-former-key": Level.WARNING,
        # Notes.
        "orphan-note": Level.HINT,
        "front-matter": Level.WARNING,
        "broken-link": Level.WARNING,
        "broken-anchor": Level.WARNING,
        "broken-image": Level.WARNING,
        # The site.
        "unusable-note": Level.ERROR,
        "macro": Level.WARNING,
        "address-taken": Level.WARNING,
        "unusable-cover": Level.WARNING,
        "unusable-picture": Level.WARNING,
        "unsafe-file": Level.WARNING,
    }
)
"""How much each kind of problem weighs by its name, unless the configuration says otherwise; in the guide's order.

An error loses something (a value, a page); with a warning everything still works; a hint is advice.
"""


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
        code: stable name of the kind of defect, one of `CODES`.
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


def problem(
    code: str, path: str, place: Place, wrong: str, right: str = "", field: str = "", edits: tuple[Edit, ...] = ()
) -> Problem:
    """A problem at its code's default level; what is given is said of `Problem`."""
    return Problem(code, path, place, wrong, right, field, edits, CODES[code])
