"""From what stands in the text of a record, in either format, to what the schema says that it means.

What cannot be read costs as little as possible: an unknown field or a wrong type costs that value, broken syntax the
record.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mkdocs_papers.records.limits import cut
from mkdocs_papers.records.lines import Lines, Span
from mkdocs_papers.records.problem import Edit, Problem, problem
from mkdocs_papers.records.schema import Field, Kind, PaperInfo, Path, Status, fields
from mkdocs_papers.records.suggest import did_you_mean
from mkdocs_papers.records.syntax import Block, BrokenTextError, Entry, Many, Node, Scalar

_LARGEST = 2**63 - 1
_OCTAL = re.compile(r"([-+]?)0+([0-9]+)")
_LONGEST_NUMBER = 80
_LONGEST_QUOTE = 60
_MOST_SUGGESTIONS = 200

Values = dict[str, Any]
"""The values of one block by field name: text, numbers, lists of text, and the `Values` of inner blocks."""


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


@dataclass(frozen=True, slots=True)
class Style:
    """How a format writes records, as far as problems and the schema need to know it.

    Attributes:
        parse: reads a text; raises `BrokenTextError` where it cannot.
        block: what a block is called.
        as_block: what to do where something else stands in a block's place.
        once: whether each name stands once in its block, those of repeated fields too.
    """

    parse: Callable[[str], Block]
    block: str
    as_block: str
    once: bool


def read_text(text: str, path: str, style: Style) -> Located:
    """Read one record; the text may begin with a byte-order mark, and its line ends are as they are."""
    lines = Lines(text)
    try:
        parsed = style.parse(text)
    except BrokenTextError as error:
        only = problem(error.code, path, lines.place(error.offset), error.wrong, error.right)
        return Located(None, {}, (only,))
    draft = _Draft(path, lines, style)
    draft.fields(PaperInfo, (), draft.values, parsed)
    return Located(_built(PaperInfo, draft.values), draft.spans, tuple(draft.problems))


class _Draft:
    """Values, their spans and the problems of one record, while the schema says what its text means."""

    def __init__(self, path: str, lines: Lines, style: Style) -> None:
        self.values: Values = {}
        self.spans: dict[Path, Span] = {}
        self.problems: list[Problem] = []
        self._path = path
        self._lines = lines
        self._style = style

    def fields(self, block: type, at: Path, values: Values, written: Block) -> None:
        """Take in the fields of a block; where it stands for the second time, some values are there already."""
        known, earlier, once = fields(block), frozenset(values), self._style.once
        seen: set[str] = set()
        for entry in written.fields:
            name, value = entry.name, entry.value
            if not isinstance(name, str):
                wrong = f"the name of a field is {self._found(name)}"
                self._report("unknown-field", entry.start, wrong, "write a name", at=at)
                continue
            field = known.get(name)
            if field is None:
                self._unknown_field(at, block, name, entry.start)
                continue
            is_again = name in seen if once else name in values and name not in earlier and not field.repeated
            if is_again:
                self._repeated_field((*at, name), field, entry.start)
            if field.block:
                self._block(field, field.block, values, entry)
            elif field.repeated or not (name in values or (once and name in seen)):
                for each in value.values if field.repeated and isinstance(value, Many) else (value,):
                    self._value(field, at, values, each)
            seen.add(name)

    def _block(self, field: Field, block: type, values: Values, entry: Entry) -> None:
        path, value = (field.name,), entry.value
        if isinstance(value, Block):
            self.spans.setdefault(path, (entry.start, entry.start + len(field.name)))
            self.fields(block, path, values.setdefault(field.name, {}), value)
        elif not (isinstance(value, Scalar) and value.kind == "null"):
            right = self._style.as_block.format(field.name)
            self._wrong_type(path, field, self._found(value), value.start, right)

    def _value(self, field: Field, at: Path, values: Values, node: Node) -> None:
        """Take in one value of a field that is no block: the only one, or the next one of a repeated field."""
        path: Path = (*at, field.name)
        if not isinstance(node, Scalar):
            self._wrong_type(path, field, self._found(node), node.start)
            return
        for bad in node.bad_escapes:
            self._report("bad-escape", bad.offset, bad.wrong, bad.right, at=path, edits=bad.edits)
        value = None if node.kind == "null" else self._meaning(field, path, node)
        if value is None:
            return
        if field.repeated:
            several = values.setdefault(field.name, [])
            path = (*path, len(several))
            several.append(value)
        else:
            values[field.name] = value
        self.spans[path] = (node.start, node.end)

    def _meaning(self, field: Field, path: Path, node: Scalar) -> str | int | None:
        """What a value is to its field; None where that is nothing."""
        if field.kind is Kind.INTEGER:
            return self._integer(field, path, node)
        text = node.text
        number = whole_number(text) if node.kind == "number" else None
        if field.kind is Kind.STATUS:
            statuses = dict(enumerate(Status, 1))
            status = statuses.get(number) if number is not None else None
            if status is None and text not in statuses.values():
                self._unknown_status(path, text, node.start)
                return None
            return status or Status(text)
        is_word = field.kind is Kind.WORD and number is None and text[:1] not in {"+", "-", "."}
        if node.kind in {"word", "number"} and not is_word:
            found = f"{'the bare word' if node.kind == 'word' else 'the number'} {quoted(text)}"
            self._wrong_type(path, field, found, node.start, f'write "{shortened(text)}" in quotes')
            return None
        return text

    def _integer(self, field: Field, path: Path, node: Scalar) -> int | None:
        number = whole_number(node.text.strip() if node.kind == "text" else node.text)
        if node.kind == "text":
            right = "" if number is None else f"write {number} without quotes"
            self._wrong_type(path, field, f"the text {quoted(node.text)}", node.start, right)
            return None
        if number is None:
            self._wrong_type(path, field, quoted(node.text), node.start)
        return number

    def _found(self, node: Node) -> str:
        """What stands there, in words."""
        if isinstance(node, Scalar):
            return quoted(node.text) if node.kind in {"word", "number"} else f"the text {quoted(node.text)}"
        return "a list" if isinstance(node, Many) else self._style.block

    def _report(
        self, code: str, offset: int, wrong: str, right: str = "", *, at: Path, edits: tuple[Edit, ...] = ()
    ) -> None:
        """Note a problem that costs a value at most."""
        self.problems.append(problem(code, self._path, self._lines.place(offset), wrong, right, dotted(at), edits))

    def _unknown_field(self, block: Path, kind: type, name: str, offset: int) -> None:
        wrong = f"unknown field {quoted(name)} in {dotted(block) or 'a record'}"
        # Suggestions take time, and nobody reads hundreds of them.
        right = _home_of(kind, name) if len(self.problems) < _MOST_SUGGESTIONS else ""
        self._report("unknown-field", offset, wrong, right, at=(*block, shortened(name)))

    def _repeated_field(self, at: Path, field: Field, offset: int) -> None:
        if field.kind is Kind.BLOCK:
            wrong, right = f"the block {field.name!r} stands more than once", "write its fields in one block"
        elif field.repeated:
            wrong, right = f"the key {field.name!r} stands more than once", "write its values in one list"
        else:
            wrong, right = f"the field {field.name!r} stands more than once", "keep one of them; the first one counts"
        self._report("repeated-field", offset, wrong, right, at=at)

    def _wrong_type(self, at: Path, field: Field, found: str, offset: int, right: str = "") -> None:
        self._report(
            "wrong-type", offset, f"{dotted(at)} is {_HOLDS.get(field.kind, 'a text')}, not {found}", right, at=at
        )

    def _unknown_status(self, at: Path, word: str, offset: int) -> None:
        known = [status.value for status in Status]
        right = did_you_mean(word, known) or f"write {', '.join(known[:-1])} or {known[-1]}"
        self._report("unknown-status", offset, f"unknown status {quoted(word)}", right, at=at)


_HOLDS = {
    Kind.INTEGER: "a whole number",
    Kind.BLOCK: "a block of fields",
    Kind.WORD: "a keyword",
    Kind.STATUS: "one of to_read, reading, read",
}
"""What a field holds, in words."""


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
    return cut(text, _LONGEST_QUOTE)


def quoted(text: str) -> str:
    """A text in quotes, on one line, and shortened where it is long."""
    return repr(shortened(text))


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
