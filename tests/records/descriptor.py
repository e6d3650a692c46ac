"""The schema as protobuf descriptors, made at run time, so that protobuf's own reader can be asked."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.message import Message

from mkdocs_papers.records.schema import Kind, PaperInfo, Status, fields

_Field = descriptor_pb2.FieldDescriptorProto


@functools.cache
def message_class(keywords: tuple[str, ...] = ()) -> type[Message]:
    """The class of the message ``PaperInfo``.

    Args:
        keywords: the values of the enum that keywords then are, bare words all; without any they are quoted strings.
    """
    file = descriptor_pb2.FileDescriptorProto(name="paper_info.proto", package="papers", syntax="proto2")
    _add_enum(file, "Status", [status.value for status in Status])
    if keywords:
        _add_enum(file, "Keyword", keywords)
    _add_message(file, PaperInfo, has_keywords=bool(keywords))
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName("papers.PaperInfo"))


def _add_enum(file: descriptor_pb2.FileDescriptorProto, name: str, words: Iterable[str]) -> None:
    enum = file.enum_type.add(name=name)
    for number, word in enumerate(words, 1):
        enum.value.add(name=word, number=number)


def _add_message(file: descriptor_pb2.FileDescriptorProto, block: type, *, has_keywords: bool) -> None:
    message = file.message_type.add(name=block.__name__)
    for field in fields(block).values():
        described = message.field.add(
            name=field.name,
            number=field.number,
            label=_Field.LABEL_REPEATED if field.repeated else _Field.LABEL_OPTIONAL,
        )
        if field.block:
            described.type, described.type_name = _Field.TYPE_MESSAGE, f".papers.{field.block.__name__}"
            _add_message(file, field.block, has_keywords=has_keywords)
        elif field.kind is Kind.STATUS:
            described.type, described.type_name = _Field.TYPE_ENUM, ".papers.Status"
        elif field.kind is Kind.WORD and has_keywords:
            described.type, described.type_name = _Field.TYPE_ENUM, ".papers.Keyword"
        else:
            described.type = _Field.TYPE_INT64 if field.kind is Kind.INTEGER else _Field.TYPE_STRING


def content_of(message: Message, block: type = PaperInfo) -> Any:
    """What a message says, as the schema's dataclass."""
    arguments: dict[str, Any] = {}
    for described, value in message.ListFields():
        field = fields(block)[described.name]
        if field.block:
            arguments[field.name] = content_of(value, field.block)
        elif described.enum_type:
            names = {each.number: each.name for each in described.enum_type.values}
            arguments[field.name] = tuple(names[each] for each in value) if field.repeated else Status(names[value])
        else:
            arguments[field.name] = tuple(value) if field.repeated else value
    return block(**arguments)
