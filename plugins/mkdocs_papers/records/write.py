"""Write a record the way people do: one field a line, two spaces deep, in the schema's order.

What is written reads back as the same record, whatever the values hold (but lone surrogates, which no text has).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from mkdocs_papers.records.schema import Field, Kind, PaperInfo, fields

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


def write_prototxt(content: PaperInfo) -> str:
    """The record in protobuf text format.

    Args:
        content: what it says.
    """
    return "".join(f"{line}\n" for line in _prototxt(content, PaperInfo, ""))


def write_yaml(content: PaperInfo) -> str:
    """The record in YAML.

    Args:
        content: what it says.
    """
    return "".join(f"{line}\n" for line in _yaml(content, PaperInfo, ""))


def _prototxt(content: object, block: type, indent: str) -> Iterator[str]:
    for name, field in fields(block).items():
        value = getattr(content, name)
        if field.block:
            inner = list(_prototxt(value, field.block, indent + "  "))
            if inner:
                yield f"{indent}{name} {{"
                yield from inner
                yield f"{indent}}}"
        elif value is not None:
            for each in value if field.repeated else (value,):
                yield f"{indent}{name}: {_prototxt_value(field, each)}"


def _prototxt_value(field: Field, value: str | int) -> str:
    if isinstance(value, int) or field.kind is Kind.STATUS or (field.kind is Kind.WORD and _BARE_WORD.fullmatch(value)):
        return str(value)
    return _quoted(value, _TO_ESCAPE, _octal)


def _yaml(content: object, block: type, indent: str) -> Iterator[str]:
    for name, field in fields(block).items():
        value = getattr(content, name)
        if field.block:
            inner = list(_yaml(value, field.block, indent + "  "))
            if inner:
                yield f"{indent}{name}:"
                yield from inner
        elif field.repeated:
            if value:
                yield f"{indent}{name}:"
                yield from (f"{indent}  - {_yaml_value(each)}" for each in value)
        elif value is not None:
            yield f"{indent}{name}: {_yaml_value(value)}"


def _yaml_value(value: str | int) -> str:
    if isinstance(value, int) or (_PLAIN.fullmatch(value) and value.lower() not in _YAML_WORDS):
        return str(value)
    return _quoted(value, _TO_ESCAPE_IN_YAML, _hexadecimal)


def _quoted(text: str, to_escape: re.Pattern[str], escape: Callable[[str], str]) -> str:
    """The text in double quotes.

    Args:
        text: any text.
        to_escape: the characters that may not stand there as they are.
        escape: how to write one of them, where there is no short way.
    """
    return '"' + to_escape.sub(lambda found: _SHORT_ESCAPES.get(found[0]) or escape(found[0]), text) + '"'


def _octal(character: str) -> str:
    """The character as protobuf's own printer writes it: its bytes in UTF-8, three octal digits each."""
    return "".join(f"\\{byte:03o}" for byte in character.encode())


def _hexadecimal(character: str) -> str:
    return f"\\u{ord(character):04x}"
