"""Write a record the way people do: one field a line, two spaces deep, in the schema's order.

What is written reads back as the same record, whatever the values hold (but lone surrogates, which no text has).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mkdocs_papers.records.schema import Field, Kind, PaperInfo, Path, fields

_BARE_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
"""Keywords that need no quotes in protobuf text format."""

_PLAIN = re.compile(r"[^\W\d_](?:[\w .,+/()'-]*[\w.+)])?")
"""Texts that need no quotes in YAML, wherever in a block they stand."""

_YAML_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
"""Plain words that YAML programs take for something else than a text."""

_SHORT_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}

# Control characters, and those that some program takes for a line end or the mark of a byte order.
_TO_ESCAPE = re.compile('[\\\\"\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]')

# As well, what YAML does not allow in a text.
_TO_ESCAPE_IN_YAML = re.compile('[\\\\"\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]')


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a record.

    Attributes:
        path: the value, block or list that it begins; of a line that closes a block, the block.
        text: the line, without indentation and end.
        depth: how many blocks it is in.
        closes: whether it closes a block.
    """

    path: Path
    text: str
    depth: int
    closes: bool = False


def prototxt_lines(content: object, block: type = PaperInfo, at: Path = ()) -> Iterator[Line]:
    """The lines of a record in protobuf text format."""
    for name, field in fields(block).items():
        value, path, depth = getattr(content, name), (*at, name), len(at)
        if field.block:
            inner = list(prototxt_lines(value, field.block, path))
            if inner:
                yield Line(path, f"{name} {{", depth)
                yield from inner
                yield Line(path, "}", depth, closes=True)
        elif field.repeated:
            for position, each in enumerate(value):
                yield Line((*path, position), f"{name}: {_prototxt_value(field, each)}", depth)
        elif value is not None:
            yield Line(path, f"{name}: {_prototxt_value(field, value)}", depth)


def _prototxt_value(field: Field, value: str | int) -> str:
    if isinstance(value, int) or field.kind is Kind.STATUS or (field.kind is Kind.WORD and _BARE_WORD.fullmatch(value)):
        return str(value)
    # As protobuf's own printer writes a character: its bytes in UTF-8, three octal digits each.
    return _quoted(value, _TO_ESCAPE, lambda sign: "".join(f"\\{byte:03o}" for byte in sign.encode()))


def yaml_lines(content: object, block: type = PaperInfo, at: Path = ()) -> Iterator[Line]:
    """The lines of a record in YAML."""
    for name, field in fields(block).items():
        value, path, depth = getattr(content, name), (*at, name), len(at)
        if field.block:
            inner = list(yaml_lines(value, field.block, path))
            if inner:
                yield Line(path, f"{name}:", depth)
                yield from inner
        elif field.repeated:
            if value:
                yield Line(path, f"{name}:", depth)
                for position, each in enumerate(value):
                    yield Line((*path, position), f"- {yaml_value(each)}", depth + 1)
        elif value is not None:
            yield Line(path, f"{name}: {yaml_value(value)}", depth)


def yaml_value(value: str | int, *, inline: bool = False) -> str:
    """A value in YAML, in quotes unless every program reads the same without, also inline, where a comma ends it."""
    plain = isinstance(value, int) or (_PLAIN.fullmatch(value) and value.lower() not in _YAML_WORDS)
    if plain and not (inline and "," in str(value)):
        return str(value)
    return _quoted(str(value), _TO_ESCAPE_IN_YAML, lambda sign: f"\\u{ord(sign):04x}")


def _quoted(text: str, to_escape: re.Pattern[str], escape: Callable[[str], str]) -> str:
    """The text in double quotes."""
    return '"' + to_escape.sub(lambda found: _SHORT_ESCAPES.get(found[0]) or escape(found[0]), text) + '"'
