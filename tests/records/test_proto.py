"""The schema for other programs: as protobuf messages, and as the text of a ``.proto`` file."""

import re
from pathlib import Path

import pytest
from google.protobuf import descriptor_pb2, text_format
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.records.proto import file_descriptor, message_class, proto_file
from mkdocs_papers.records.read import read_record
from mkdocs_papers.records.schema import KeywordBlock, PaperBlock, PaperInfo, PubBlock, Status
from tests.records.messages import content_of
from tests.sites import ROOT

_Field = descriptor_pb2.FieldDescriptorProto

WORDS = ("sparse_pruning", "read", "paper", "none", "sparse_pruning")
"""Keywords that are named like other things of the schema, or stand twice."""

TYPES = {"int64": _Field.TYPE_INT64, "string": _Field.TYPE_STRING}
LABELS = {"optional": _Field.LABEL_OPTIONAL, "repeated": _Field.LABEL_REPEATED}


def compiled(text: str) -> descriptor_pb2.FileDescriptorProto:
    """What protoc makes of the few things that our file holds: one declaration a line."""
    file = descriptor_pb2.FileDescriptorProto(name="paper_info.proto")
    around: list[descriptor_pb2.DescriptorProto | descriptor_pb2.EnumDescriptorProto] = []
    enums: set[str] = set()
    for line in re.sub(r"//.*", "", text).splitlines():
        match line.strip().rstrip(";").split():
            case []:
                pass
            case ["syntax", "=", quoted]:
                file.syntax = quoted.strip('"')
            case ["package", name]:
                file.package = name
            case ["message", name, "{"]:
                around.append(file.message_type.add(name=name))
            case ["enum", name, "{"]:
                place = around[-1] if around else file
                assert not isinstance(place, descriptor_pb2.EnumDescriptorProto)
                enums.add(f"{around[-1].name}.{name}" if around else name)
                around.append(place.enum_type.add(name=name))
            case ["}"]:
                around.pop()
            case [name, "=", number]:
                enum = around[-1]
                assert isinstance(enum, descriptor_pb2.EnumDescriptorProto)
                enum.value.add(name=name, number=int(number))
            case [label, kind, name, "=", number]:
                message = around[-1]
                assert isinstance(message, descriptor_pb2.DescriptorProto)
                field = message.field.add(name=name, number=int(number), label=LABELS[label])
                field.type = TYPES.get(kind, _Field.TYPE_ENUM if kind in enums else _Field.TYPE_MESSAGE)
                if kind not in TYPES:
                    field.type_name = f".papers.{kind}"
            case _:
                pytest.fail(line)
    return file


@pytest.mark.parametrize("keywords", [(), WORDS], ids=["string", "enum"])
def test_the_printed_file_says_what_the_messages_are(keywords: tuple[str, ...]) -> None:
    assert compiled(proto_file(keywords)) == file_descriptor(keywords)


def test_the_printed_file_explains_its_fields() -> None:
    text = proto_file()
    assert 'syntax = "proto2";\n\npackage papers;\n' in text
    assert "  // One author each.\n  repeated string authors = 4;\n" in text


@pytest.mark.parametrize("word", ["kv-cache", "注意力", "2bit", "", "Word", "option"])
def test_a_keyword_that_no_enum_can_hold(word: str) -> None:
    with pytest.raises(ValueError, match="cannot be a value of an enum"):
        proto_file(["quantization", word])
    with pytest.raises(ValueError, match="cannot be a value of an enum"):
        message_class(["quantization", word])


def test_a_program_reads_a_record_with_protobuf() -> None:
    text = 'paper {\n  title: "Quest"\n}\nkeyword {\n  words: none\n  words: read\n}\nstatus: read\n'
    message = text_format.Parse(text, message_class(WORDS)())
    assert content_of(message) == PaperInfo(
        paper=PaperBlock(title="Quest"), keyword=KeywordBlock(words=("none", "read")), status=Status.READ
    )


@given(st.text(st.characters(exclude_categories=["Cs"])), st.integers(-(2**63), 2**63 - 1))
def test_messages_travel_as_bytes(title: str, year: int) -> None:
    message = message_class()()
    text_format.Merge(f"pub {{ year: {year} }}", message)
    message.paper.title = title  # type: ignore[attr-defined]  # the class is made at run time
    again = message_class().FromString(message.SerializeToString())
    assert content_of(again) == PaperInfo(paper=PaperBlock(title=title), pub=PubBlock(year=year))


@pytest.mark.parametrize("path", sorted((ROOT / "meta").glob("2024/*.prototxt")), ids=lambda path: path.stem)
def test_shipped_records_read_the_same(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    keywords = tuple(re.findall(r"^\s*words: (\w+)$", text, re.MULTILINE))
    record = read_record(path.name, path.stem, path.read_bytes()).record
    assert record is not None
    assert content_of(text_format.Parse(text, message_class(keywords)())) == record.info
