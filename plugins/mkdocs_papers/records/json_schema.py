"""The schema as JSON Schema, by which editors complete and check records in YAML as one types.

Draft 7 (https://json-schema.org/draft-07), which yaml-language-server reads, and so VS Code, Neovim, Helix and Zed.
"""

import json
from collections.abc import Sequence
from typing import Any

from mkdocs_papers.records.schema import Field, Kind, PaperInfo, Status, fields, leaves

SCHEMA = "record.schema.json"
"""The name of the file in the folder of records, where a library has one."""

_SCALARS = ["string", "number", "boolean"]
"""What YAML may take a text for: a title such as 1984 or On needs no quotes."""


def json_schema(keywords: Sequence[str] = ()) -> str:
    """The text of the schema; an editor offers the keywords that are given, and others are allowed."""
    schema = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Record of a paper",
        **_block(PaperInfo, keywords),
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _block(block: type, keywords: Sequence[str]) -> dict[str, Any]:
    known = fields(block).values()
    schema: dict[str, Any] = {
        "type": ["object", "null"],
        "properties": {field.name: _field(field, keywords) for field in known},
        "additionalProperties": False,
    }
    required = [
        name for name in fields(block) if any(leaf.required for path, leaf in leaves(block).items() if path[0] == name)
    ]
    return {**schema, "required": required} if required else schema


def _field(field: Field, keywords: Sequence[str]) -> dict[str, Any]:
    if field.block:
        return {"description": field.about, **_block(field.block, keywords)}
    value = _value(field, keywords)
    if field.repeated:
        return {"description": field.about, "anyOf": [{"type": "array", "items": value}, value, {"type": "null"}]}
    return {"description": field.about, "anyOf": [value, {"type": "null"}]}


def _value(field: Field, keywords: Sequence[str]) -> dict[str, Any]:
    if field.kind is Kind.INTEGER:
        limits = {"minimum": field.low, "maximum": field.high}
        return {"type": "integer", **{name: limit for name, limit in limits.items() if limit is not None}}
    if field.kind is Kind.STATUS:
        return {"type": "string", "enum": [status.value for status in Status]}
    if field.kind is Kind.WORD and keywords:
        return {"anyOf": [{"enum": list(keywords)}, {"type": _SCALARS}]}
    if field.kind is Kind.ADDRESS:
        return {"type": "string", "pattern": r"^\s*https?://"}
    return {"type": _SCALARS}
