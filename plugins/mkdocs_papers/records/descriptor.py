"""The schema as protobuf messages, made at run time, so that programs can read records with protobuf itself.

There is no generated code and no `protoc`: the schema is the one source. The plugin has a reader of its own, which says
where each value stands and goes on after a defect; tests hold it to protobuf's.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.message import Message

from mkdocs_papers.records.proto import KEYWORD, PACKAGE, STATUS, WORD, blocks, keyword_values, type_name
from mkdocs_papers.records.schema import Kind, PaperInfo, Status, fields

_Field = descriptor_pb2.FieldDescriptorProto


def message_class(keywords: Sequence[str] = ()) -> type[Message]:
    """The class of the message ``papers.PaperInfo``, for protobuf's own readers and writers.

    Args:
        keywords: the words that records use as keywords. With them, keywords are an enum, and protobuf's reader of text
            format takes them as bare words, ``words: sparse_pruning``, and refuses any other; without any they are
            strings, and it takes quoted ones only.

    Raises:
        ValueError: a keyword cannot be a value of an enum.
    """
    return _message_class(tuple(keywords))


@functools.cache
def _message_class(keywords: tuple[str, ...]) -> type[Message]:
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file_descriptor(keywords))
    return message_factory.GetMessageClass(pool.FindMessageTypeByName(f"{PACKAGE}.{PaperInfo.__name__}"))


def file_descriptor(keywords: Sequence[str] = ()) -> descriptor_pb2.FileDescriptorProto:
    """What a ``.proto`` file of the schema, compiled, would say.

    Args:
        keywords: as for `message_class`.

    Raises:
        ValueError: a keyword cannot be a value of an enum.
    """
    file = descriptor_pb2.FileDescriptorProto(name="paper_info.proto", package=PACKAGE, syntax="proto2")
    _add_values(file.enum_type.add(name=STATUS), [status.value for status in Status], first=1)
    if keywords:
        _add_values(file.message_type.add(name=KEYWORD).enum_type.add(name=WORD), keyword_values(keywords), first=0)
    for block in blocks():
        _add_fields(file.message_type.add(name=block.__name__), block, enum=bool(keywords))
    return file


def _add_values(enum: descriptor_pb2.EnumDescriptorProto, words: Iterable[str], *, first: int) -> None:
    for number, word in enumerate(words, first):
        enum.value.add(name=word, number=number)


def _add_fields(message: descriptor_pb2.DescriptorProto, block: type, *, enum: bool) -> None:
    for field in fields(block).values():
        described = message.field.add(
            name=field.name,
            number=field.number,
            label=_Field.LABEL_REPEATED if field.repeated else _Field.LABEL_OPTIONAL,
        )
        name = type_name(field, enum=enum)
        if name == "int64":
            described.type = _Field.TYPE_INT64
        elif name == "string":
            described.type = _Field.TYPE_STRING
        else:
            described.type = _Field.TYPE_MESSAGE if field.kind is Kind.BLOCK else _Field.TYPE_ENUM
            described.type_name = f".{PACKAGE}.{name}"


def content_of(message: Message) -> PaperInfo:
    """What a message says, as the schema's dataclass.

    Args:
        message: one of a class that `message_class` made.
    """
    content: PaperInfo = _content(message, PaperInfo)
    return content


def _content(message: Message, block: type) -> Any:
    arguments: dict[str, Any] = {}
    for described, value in message.ListFields():
        field = fields(block)[described.name]
        if field.block:
            arguments[field.name] = _content(value, field.block)
        elif described.enum_type:
            names = {each.number: each.name for each in described.enum_type.values}
            arguments[field.name] = tuple(names[each] for each in value) if field.repeated else Status(names[value])
        else:
            arguments[field.name] = tuple(value) if field.repeated else value
    return block(**arguments)
