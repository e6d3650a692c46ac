"""The schema in protobuf, for other programs: as messages made at run time, and as the text of a ``.proto`` file.

Nobody needs `protoc` to use the plugin, nor protobuf to read records: the schema is the one source, and the plugin has
a reader of its own, which says where each value stands and goes on after a defect. Tests hold it to protobuf's.

The language of ``.proto`` files: https://protobuf.dev/reference/protobuf/proto2-spec/.
"""

import re
from collections.abc import Iterator, Sequence

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.message import Message

from mkdocs_papers.records.schema import Field, Kind, PaperInfo, Status, fields

_PACKAGE = "papers"
_Enum = descriptor_pb2.EnumDescriptorProto
_Field = descriptor_pb2.FieldDescriptorProto

# A message around the enum of keywords: names of values belong to what is around their enum, and would get in the way
# of those of the other one.
_KEYWORD, _WORD = "Keyword", "Word"
_NO_KEYWORD = "none"
"""The word by which records say that they have no keyword; the first value of the enum, number 0."""

_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_TAKEN = frozenset({_WORD, "option", "reserved"})
"""Words that mean something else inside the enum."""


def message_class(keywords: Sequence[str] = ()) -> type[Message]:
    """The class of the message ``papers.PaperInfo``, for protobuf's own readers and writers.

    Args:
        keywords: the words that records use as keywords, in an order that stays: new ones at the end keep the others'
            numbers. With them, keywords are an enum, and protobuf's reader of text format takes them as bare words,
            ``words: sparse_pruning``, and refuses any other; without any they are strings, and it takes quoted ones
            only.

    Raises:
        ValueError: a keyword cannot be a value of an enum.
    """
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file_descriptor(keywords))
    return message_factory.GetMessageClass(pool.FindMessageTypeByName(f"{_PACKAGE}.{PaperInfo.__name__}"))


def file_descriptor(keywords: Sequence[str] = ()) -> descriptor_pb2.FileDescriptorProto:
    """What a ``.proto`` file of the schema, compiled, would say; keywords and errors as for `message_class`."""
    file = descriptor_pb2.FileDescriptorProto(name="paper_info.proto", package=_PACKAGE, syntax="proto2")
    _add_values(file.enum_type.add(name=Status.__name__), [status.value for status in Status], first=1)
    if keywords:
        for word in keywords:
            if not _IDENTIFIER.fullmatch(word) or word in _TAKEN:
                raise ValueError(f"the keyword {word!r} cannot be a value of an enum")
        words = [_NO_KEYWORD, *(word for word in dict.fromkeys(keywords) if word != _NO_KEYWORD)]
        _add_values(file.message_type.add(name=_KEYWORD).enum_type.add(name=_WORD), words, first=0)
    for block in _blocks(PaperInfo):
        message = file.message_type.add(name=block.__name__)
        for field in fields(block).values():
            _add_field(message, field, enum=bool(keywords))
    return file


def _blocks(block: type) -> Iterator[type]:
    """A block of the schema and those inside it, each after those that it is made of."""
    for field in fields(block).values():
        if field.block:
            yield from _blocks(field.block)
    yield block


def _add_values(enum: _Enum, words: Sequence[str], *, first: int) -> None:
    for number, word in enumerate(words, first):
        enum.value.add(name=word, number=number)


def _add_field(message: descriptor_pb2.DescriptorProto, field: Field, *, enum: bool) -> None:
    label = _Field.LABEL_REPEATED if field.repeated else _Field.LABEL_OPTIONAL
    described = message.field.add(name=field.name, number=field.number, label=label)
    if field.block:
        described.type, described.type_name = _Field.TYPE_MESSAGE, f".{_PACKAGE}.{field.block.__name__}"
    elif field.kind is Kind.STATUS:
        described.type, described.type_name = _Field.TYPE_ENUM, f".{_PACKAGE}.{Status.__name__}"
    elif field.kind is Kind.WORD and enum:
        described.type, described.type_name = _Field.TYPE_ENUM, f".{_PACKAGE}.{_KEYWORD}.{_WORD}"
    else:
        described.type = _Field.TYPE_INT64 if field.kind is Kind.INTEGER else _Field.TYPE_STRING


def proto_file(keywords: Sequence[str] = ()) -> str:
    """The text of a ``.proto`` file that describes records; keywords and errors as for `message_class`."""
    file = file_descriptor(keywords)
    meanings = {block.__name__: [field.about for field in fields(block).values()] for block in _blocks(PaperInfo)}
    lines = ['syntax = "proto2";', "", f"package {file.package};"]
    for enum in file.enum_type:
        lines += ["", *_enum(enum)]
    for message in file.message_type:
        lines += ["", f"message {message.name} {{"]
        lines += [f"  {line}" for enum in message.enum_type for line in _enum(enum)]
        for field, about in zip(message.field, meanings.get(message.name, ()), strict=True):
            label = "repeated" if field.label == _Field.LABEL_REPEATED else "optional"
            known = {_Field.TYPE_INT64: "int64", _Field.TYPE_STRING: "string"}
            type_name = known.get(field.type) or field.type_name.removeprefix(f".{file.package}.")
            lines += [f"  // {about}", f"  {label} {type_name} {field.name} = {field.number};"]
        lines.append("}")
    return "".join(f"{line}\n" for line in lines)


def _enum(enum: _Enum) -> list[str]:
    return [f"enum {enum.name} {{", *(f"  {value.name} = {value.number};" for value in enum.value), "}"]
