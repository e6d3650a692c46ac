"""The schema as a ``.proto`` file, for programs in any language (https://protobuf.dev/reference/protobuf/proto2-spec/).

Nobody needs the file, nor `protoc`, to use the plugin: it is printed from the schema for those who do. In Python,
`descriptor` makes the same messages at run time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mkdocs_papers.records.schema import Field, Kind, PaperInfo, Status, fields

PACKAGE = "papers"
"""The package of the messages, so that ``PaperInfo`` is ``papers.PaperInfo``."""

STATUS = "Status"
"""The enum of `Kind.STATUS`, its values numbered from 1."""

KEYWORD, WORD = "Keyword", "Word"
"""A message around the enum of keywords: names of values belong to what is around their enum, and would get in the way
of those of `STATUS`."""

NO_KEYWORD = "none"
"""The word by which records say that they have no keyword; the first value of the enum, number 0."""

_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_TAKEN = frozenset({WORD, "option", "reserved"})
"""Words that mean something else inside the enum."""


def keyword_values(keywords: Sequence[str]) -> tuple[str, ...]:
    """The values of the enum of keywords, each at its number.

    Args:
        keywords: the words that records use, in an order that stays: new ones at the end keep the others' numbers.

    Raises:
        ValueError: a keyword cannot be a value of an enum, for which bare words in text format stand.
    """
    for word in keywords:
        if not _IDENTIFIER.fullmatch(word) or word in _TAKEN:
            raise ValueError(f"the keyword {word!r} cannot be a value of an enum")
    return (NO_KEYWORD, *(word for word in dict.fromkeys(keywords) if word != NO_KEYWORD))


def type_name(field: Field, *, enum: bool) -> str:
    """The type of a field as a ``.proto`` file names it.

    Args:
        field: one field of the schema.
        enum: whether keywords are values of an enum, else strings.
    """
    if field.block:
        return field.block.__name__
    if field.kind is Kind.STATUS:
        return STATUS
    if field.kind is Kind.WORD and enum:
        return f"{KEYWORD}.{WORD}"
    return "int64" if field.kind is Kind.INTEGER else "string"


def proto_file(keywords: Sequence[str] = ()) -> str:
    """The text of a ``.proto`` file that describes records.

    Args:
        keywords: the words that records use as keywords. With them, keywords are an enum, which protobuf's own reader
            takes from bare words only; without any they are strings, taken from quoted ones only.

    Raises:
        ValueError: a keyword cannot be a value of an enum.
    """
    lines = ['syntax = "proto2";', "", f"package {PACKAGE};"]
    lines += ["", *_enum(STATUS, [(status.value, number) for number, status in enumerate(Status, 1)])]
    if keywords:
        values = [(word, number) for number, word in enumerate(keyword_values(keywords))]
        lines += ["", f"message {KEYWORD} {{", *(f"  {line}" for line in _enum(WORD, values)), "}"]
    for block in blocks():
        lines += ["", *_message(block, enum=bool(keywords))]
    return "".join(f"{line}\n" for line in lines)


def blocks(block: type = PaperInfo) -> Iterator[type]:
    """A block of the schema and those inside it, each after those that it is made of.

    Args:
        block: `PaperInfo` or one of its blocks.
    """
    for field in fields(block).values():
        if field.block:
            yield from blocks(field.block)
    yield block


def _enum(name: str, values: Sequence[tuple[str, int]]) -> list[str]:
    return [f"enum {name} {{", *(f"  {word} = {number};" for word, number in values), "}"]


def _message(block: type, *, enum: bool) -> Iterator[str]:
    yield f"message {block.__name__} {{"
    for field in fields(block).values():
        yield f"  // {field.about}"
        label = "repeated" if field.repeated else "optional"
        yield f"  {label} {type_name(field, enum=enum)} {field.name} = {field.number};"
    yield "}"
