"""The JSON Schema takes every record that is right, and names what is wrong."""

import json
from typing import Any

import fastjsonschema
import pytest
import yaml
from hypothesis import given

from mkdocs_papers.records.json_schema import json_schema
from mkdocs_papers.records.schema import Kind, PaperInfo, fields
from tests.records.strategies import contents
from tests.sites import ROOT
from tests.written import write_yaml

VALIDATE = fastjsonschema.compile(json.loads(json_schema()))


def test_records_of_the_library_are_right() -> None:
    records = sorted((ROOT / "meta").glob("*/*.yaml"))
    assert records
    for path in records:
        VALIDATE(yaml.safe_load(path.read_text(encoding="utf-8")))


@given(contents())
def test_what_the_writer_writes_is_right_but_for_its_values(content: PaperInfo) -> None:
    plain: dict[str, Any] = yaml.safe_load(write_yaml(content)) or {}
    for name, field in fields().items():
        holder = plain if field.block is None else plain.get(name, {})
        for inner in (field,) if field.block is None else fields(field.block).values():
            # Numbers out of range and addresses that are none are wrong, and said to be.
            if inner.kind in {Kind.INTEGER, Kind.ADDRESS}:
                holder.pop(inner.name, None)
    plain.setdefault("paper", {}).setdefault("title", "T")
    VALIDATE(plain)


@pytest.mark.parametrize(
    "text",
    [
        "paper: {tittle: T}",
        "paper: {abbr: T}",
        "rating: 4",
        "pub: {year: 2024}",
        "paper: {title: T}\nstatus: done",
        "paper: {title: T}\nrating: 6",
        "paper: {title: T}\nrating: 0",
        "paper: {title: T}\npub: {year: [2024]}",
        "paper: {title: T, url: arxiv.org/abs/2406.10774}",
        "paper: {title: T}\nkeyword: [a]",
    ],
)
def test_what_is_wrong_is_named(text: str) -> None:
    with pytest.raises(fastjsonschema.JsonSchemaException):
        VALIDATE(yaml.safe_load(text))


@pytest.mark.parametrize(
    "text", ["paper: {title: 1984, authors: Jane Doe}", "paper: {title: on}\npub:\nkeyword: {words: [a, 1]}"]
)
def test_what_our_reader_takes_is_right(text: str) -> None:
    VALIDATE(yaml.safe_load(text))


def test_keywords_are_offered_and_others_allowed() -> None:
    schema = json.loads(json_schema(["kv_cache"]))
    assert "kv_cache" in json.dumps(schema["properties"]["keyword"])
    fastjsonschema.compile(schema)({"paper": {"title": "T"}, "keyword": {"words": ["kv_cache", "other"]}})
