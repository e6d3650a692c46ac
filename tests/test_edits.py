"""Edits of records reach every field, and change it alone."""

from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from mkdocs_papers.records.read import read_record
from mkdocs_papers.records.schema import PaperInfo
from tests.edits import FIELDS, MOST_VALUES, edited, full, values
from tests.site.editing import FULL, edit_field, start_with_full
from tests.written import write_prototxt


def different(a: Any, b: Any, above: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """The paths of the fields in which two records differ."""
    if not is_dataclass(a):
        return [above] if a != b else []
    return [
        path
        for field in fields(a)
        for path in different(getattr(a, field.name), getattr(b, field.name), (*above, field.name))
    ]


def test_a_full_record_has_a_value_in_every_field_and_no_empty_one_has() -> None:
    assert different(full(0), PaperInfo()) == list(FIELDS)
    assert ("paper", "title") in FIELDS
    assert ("rating",) in FIELDS


@pytest.mark.parametrize("path", FIELDS)
def test_an_edit_changes_its_field_alone(path: tuple[str, ...]) -> None:
    content = full(0)
    seen = []
    for choice in range(len(values(path))):
        changed = edited(content, path, choice)
        assert different(content, changed) == [path]
        reading = read_record("meta/2024/A.prototxt", "2024/A", write_prototxt(changed).encode())
        assert reading.record
        assert reading.record.info == changed
        seen.append(changed)
        # Twice the same edit undoes it where values are many.
        if FIELDS[path].repeated:
            assert set(getattr_path(edited(changed, path, choice), path)) == set(getattr_path(content, path))
    assert all(seen.count(each) == 1 for each in seen)


@pytest.mark.parametrize("key", FULL)
def test_who_edits_at_random_reaches_every_field_of_records_on_the_disk(tmp_path: Path, key: str) -> None:
    start_with_full(tmp_path)
    (file,) = tmp_path.glob(f"meta/{key}.*")
    name = file.relative_to(tmp_path).as_posix()

    def said() -> PaperInfo:
        reading = read_record(name, key, file.read_bytes())
        assert reading.record
        return reading.record.info

    for path in FIELDS:
        for choice in range(MOST_VALUES):
            before = said()
            edit_field(tmp_path, key, path, choice)
            assert different(before, said()) == [path]


def getattr_path(content: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        content = getattr(content, name)
    return content
