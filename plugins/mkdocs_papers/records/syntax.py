"""What stands in the text of a record, before anybody asks what it means: the same for both formats.

A reader of a format turns a text into a `Block` and knows no schema; `draft` says by the schema what that means. Values
are named tuples, which are made in less time than frozen dataclasses: a library has a million of them.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from mkdocs_papers.records.limits import DEEPEST_RECORD, MOST_VALUES
from mkdocs_papers.records.problem import Edit


@dataclass(eq=False)
class BrokenTextError(Exception):
    """The text cannot be read as a record: the problem's code, its offset in code points, what is wrong and right."""

    code: str
    offset: int
    wrong: str
    right: str = ""


@dataclass(frozen=True, slots=True)
class BadEscape:
    """A defect of a quoted text that costs nothing: where it is, what is wrong and right, and what mends it."""

    offset: int
    wrong: str
    right: str
    edits: tuple[Edit, ...] = ()


class Scalar(NamedTuple):
    """One value.

    Attributes:
        text: what it says; empty for no value.
        start: where it begins, in code points.
        kind: ``text`` in quotes, a bare ``word`` or ``number``; ``plain`` where the format tells none of them apart,
            and ``null`` where it stands for no value.
    """

    text: str
    start: int
    end: int
    kind: str
    bad_escapes: tuple[BadEscape, ...] = ()


class Many(NamedTuple):
    """A list of values, and where it begins."""

    start: int
    values: Sequence[Node]


class Block(NamedTuple):
    """Fields, and where they begin."""

    start: int
    fields: Sequence[Entry]


Node = Scalar | Many | Block


class Entry(NamedTuple):
    """A field as it is written: its name, where that begins, and its value. Only YAML has names that are no text."""

    name: str | Many | Block
    start: int
    value: Node


class Parser:
    """What the parsers of both formats count; the depth is that of what is around the record's fields."""

    def __init__(self, depth: int = 0) -> None:
        self.depth = depth
        self._count = 0

    def count(self, offset: int) -> None:
        """Count one value, which begins there.

        Raises:
            BrokenTextError: it is one too many.
        """
        self._count += 1
        if self._count > MOST_VALUES:
            raise BrokenTextError("too-large", offset, f"more than {MOST_VALUES:,} values", "split the record")

    def open(self, offset: int) -> None:
        """Go into a block or a list, which begins there.

        Raises:
            BrokenTextError: it is inside too many others.
        """
        self.depth += 1
        if self.depth > DEEPEST_RECORD:
            wrong = f"nested more than {DEEPEST_RECORD} deep"
            raise BrokenTextError("too-large", offset, wrong, "nest no deeper than the schema does")


class Edge(enum.Enum):
    """What a gap between two tokens is bounded by."""

    EDGE = "the beginning or end of the text"
    KEY = "a field's name in YAML"
    OPENER = "what a value or several values follow"
    CLOSER = "the end of a block"
    OTHER = "any other"


@dataclass(frozen=True, slots=True)
class Gap:
    """What stands between two tokens.

    Attributes:
        end: where the next token begins.
        block: where the name of the block around stands; -1 for none.
        closed: where that of the block stands that is closed just before; -1 for none.
    """

    start: int
    end: int
    before: Edge
    after: Edge
    block: int = -1
    closed: int = -1
