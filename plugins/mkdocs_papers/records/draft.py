"""A record in the making: what the readers of both text formats share.

A reader walks the text and puts what it finds into a `Draft`; the draft knows the schema, words the problems, keeps
the limits, and yields the `PaperInfo`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mkdocs_papers.records.codes import problem
from mkdocs_papers.records.limits import MOST_VALUES
from mkdocs_papers.records.lines import Lines, Span
from mkdocs_papers.records.problem import Edit, Problem
from mkdocs_papers.records.schema import Field, Kind, PaperInfo, Path, Status, fields
from mkdocs_papers.records.suggest import did_you_mean

_LARGEST = 2**63 - 1
_OCTAL = re.compile(r"([-+]?)0+([0-9]+)")
_LONGEST_NUMBER = 80
_LONGEST_QUOTE = 60
_MOST_SUGGESTIONS = 200

Values = dict[str, Any]
"""The values of one block by field name: text, numbers, lists of text, and the `Values` of inner blocks."""


class BrokenTextError(Exception):
    """The text cannot be read as a record."""

    def __init__(self, code: str, offset: int, wrong: str, right: str = "") -> None:
        """Say why.

        Args:
            code: name of the kind of defect.
            offset: where in the text, in code points.
            wrong: what is wrong.
            right: what would be right.
        """
        super().__init__(wrong)
        self.code = code
        self.offset = offset
        self.wrong = wrong
        self.right = right


@dataclass(frozen=True, slots=True)
class Located:
    """What a reader made of a text.

    Attributes:
        content: what the record says, or None where the text cannot be read.
        spans: where each value stands in the text, by its path in the record.
        problems: what is wrong with the text, in no order.
    """

    content: PaperInfo | None
    spans: Mapping[Path, Span]
    problems: tuple[Problem, ...]


class Draft:
    """Values, their spans and the problems of one text, while it is read."""

    def __init__(self, path: str, lines: Lines) -> None:
        """Begin an empty record.

        Args:
            path: the file, as it stands in problems.
            lines: the lines of its text.
        """
        self.values: Values = {}
        self.spans: dict[Path, Span] = {}
        self._path = path
        self._lines = lines
        self._problems: list[Problem] = []
        self._count = 0

    def finished(self) -> Located:
        """The record that came of it."""
        return Located(_built(PaperInfo, self.values), self.spans, tuple(self._problems))

    def broken(self, error: BrokenTextError) -> Located:
        """No record, and the one problem that cost it."""
        only = problem(error.code, self._path, self._lines.place(error.offset), error.wrong, error.right)
        return Located(None, {}, (only,))

    def count(self, offset: int) -> None:
        """Count one value, which begins there.

        Raises:
            BrokenTextError: it is one too many.
        """
        self._count += 1
        if self._count > MOST_VALUES:
            raise BrokenTextError("too-large", offset, f"more than {MOST_VALUES:,} values", "split the record")

    def add(self, values: Values, field: Field, block: Path, value: str | int, span: Span) -> None:
        """Put in one value of a field that is no block: the only one, or the next one of a repeated field."""
        if field.repeated:
            several = values.setdefault(field.name, [])
            self.spans[*block, field.name, len(several)] = span
            several.append(value)
        else:
            values[field.name] = value
            self.spans[*block, field.name] = span

    def report(
        self,
        code: str,
        offset: int,
        wrong: str,
        right: str = "",
        *,
        at: Path = (),
        edits: tuple[Edit, ...] = (),
    ) -> None:
        """Note a problem that costs a value at most."""
        self._problems.append(
            problem(code, self._path, self._lines.place(offset), wrong, right, field=dotted(at), edits=edits)
        )

    def unknown_field(self, block: Path, kind: type, name: str, offset: int) -> None:
        """Note a field that a block does not have."""
        where = dotted(block) or "a record"
        # Suggestions take time, and nobody reads hundreds of them.
        right = _home_of(kind, name) if len(self._problems) < _MOST_SUGGESTIONS else ""
        self.report(
            "unknown-field", offset, f"unknown field {quoted(name)} in {where}", right, at=(*block, shortened(name))
        )

    def repeated_field(self, at: Path, field: Field, offset: int) -> None:
        """Note a field that stands again, though it may stand once at most."""
        if field.kind is Kind.BLOCK:
            wrong, right = f"the block {field.name!r} stands more than once", "write its fields in one block"
        elif field.repeated:
            wrong, right = f"the key {field.name!r} stands more than once", "write its values in one list"
        else:
            wrong, right = f"the field {field.name!r} stands more than once", "keep one of them; the first one counts"
        self.report("repeated-field", offset, wrong, right, at=at)

    def wrong_type(self, at: Path, field: Field, found: str, offset: int, right: str = "") -> None:
        """Note a value that is not of the field's type."""
        self.report("wrong-type", offset, f"{dotted(at)} is {expected(field)}, not {found}", right, at=at)

    def unknown_status(self, at: Path, word: str, offset: int) -> None:
        """Note a status that there is not."""
        known = [status.value for status in Status]
        right = did_you_mean(word, known) or f"write {', '.join(known[:-1])} or {known[-1]}"
        self.report("unknown-status", offset, f"unknown status {quoted(word)}", right, at=at)


def _built(block: type, values: Values) -> Any:
    """A block of the schema that holds these values."""
    known = fields(block)
    arguments: dict[str, Any] = {}
    for name, value in values.items():
        inner = known[name].block
        if inner:
            arguments[name] = _built(inner, value)
        else:
            arguments[name] = tuple(value) if known[name].repeated else value
    return block(**arguments)


def _home_of(block: type, name: str) -> str:
    """Where a field belongs, or what it should be called, that a block does not have."""
    known = fields(block)
    homes = [field.name for field in fields().values() if field.block and name in fields(field.block)]
    if homes:
        return f"it belongs in the block {' or '.join(map(repr, homes))}"
    if name in fields():
        return "it belongs outside of this block; is a '}' missing?"
    return did_you_mean(name, known) or f"known are {', '.join(known)}"


def dotted(path: Path) -> str:
    """The name of a field as problems write it: ``paper.authors``, without the number of a value."""
    return ".".join(part for part in path if isinstance(part, str))


def shortened(text: str) -> str:
    """The beginning of a text, where it is long."""
    return text if len(text) <= _LONGEST_QUOTE else f"{text[: _LONGEST_QUOTE - 1]}…"


def quoted(text: str) -> str:
    """A text in quotes, on one line, and shortened where it is long."""
    return repr(shortened(text))


def expected(field: Field) -> str:
    """What a field holds, in words."""
    match field.kind:
        case Kind.INTEGER:
            return "a whole number"
        case Kind.BLOCK:
            return "a block of fields"
        case Kind.WORD:
            return "a keyword"
        case Kind.STATUS:
            return "one of to_read, reading, read"
        case _:
            return "a text"


def whole_number(token: str) -> int | None:
    """The number that a token means, or None where it is no whole number of 64 bits.

    As in protobuf's text format: decimal, hexadecimal (``0x7E8``), and octal with a leading zero (``03750``).
    """
    if len(token) > _LONGEST_NUMBER:
        return None
    try:
        octal = _OCTAL.fullmatch(token)
        number = int(octal[1] + octal[2], 8) if octal else int(token, 0)
    except ValueError:
        return None
    return number if -_LARGEST - 1 <= number <= _LARGEST else None
