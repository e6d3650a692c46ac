"""One edit of one field of a record: the fields are those of the schema, so that a new one is edited too."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mkdocs_papers.records.schema import Field, Kind, PaperInfo, Status, leaves

KEYS = ("2024/A", "2023/B", "2024/C", "2022/D", "2024/E+")
"""The records that edits name."""

_VALUES: Mapping[Kind, tuple[Any, ...]] = {
    Kind.TEXT: ("Alpha paper", "A <b> & $x^2$ paper", "稀疏 paper"),
    Kind.NAME: ("Ann Lee", "Bo Chen", "ann lee"),
    Kind.ADDRESS: ("https://arxiv.org/abs/2406.10774", "https://github.com/owner/project"),
    Kind.FILE: ("cover.svg", "note.md", ""),
    Kind.WORD: ("pruning", "kernels", "other"),
    Kind.KEY: KEYS,
    Kind.PAPER: (*KEYS, "SGD"),
    Kind.STATUS: tuple(Status),
}
_VALUES_OF_FIELDS: Mapping[tuple[str, ...], tuple[Any, ...]] = {
    # Values that several papers share make groups.
    ("pub", "where"): ("ICML", "ICLR", ""),
    ("paper", "doi"): ("10.1000/182", "10.1000/183"),
}


FIELDS: Mapping[tuple[str, ...], Field] = leaves()
"""Every field that holds values, by its path in a record: ``("paper", "title")``."""


def values(path: tuple[str, ...]) -> tuple[Any, ...]:
    """The values that edits give a field."""
    field = FIELDS[path]
    if field.kind is Kind.INTEGER:
        assert field.low is not None
        assert field.high is not None
        return (field.low, field.low + 1, (field.low + field.high) // 2, field.high)
    return _VALUES_OF_FIELDS.get(path) or _VALUES[field.kind]


MOST_VALUES = max(len(values(path)) for path in FIELDS)
"""So many values a field has at most: whoever chooses among so many reaches each of every field."""


def edited(content: PaperInfo, path: tuple[str, ...], choice: int) -> PaperInfo:
    """A record with another value in one field, and all others as they are.

    Args:
        content: the record.
        path: the field.
        choice: which of its values, any number. A value that is there already goes; of a field that may stand several
            times, the others stay.
    """
    value = values(path)[choice % len(values(path))]
    block: Any = getattr(content, path[0]) if len(path) > 1 else content
    old = getattr(block, path[-1])
    new: Any
    if FIELDS[path].repeated:
        new = tuple(each for each in old if each != value) if value in old else (*old, value)
    else:
        new = None if old == value else value
    changed: Any = replace(block, **{path[-1]: new})
    if len(path) == 1:
        return changed  # type: ignore[no-any-return] # a record, as `block` was
    whole: dict[str, Any] = {path[0]: changed}
    return replace(content, **whole)


def full(number: int) -> PaperInfo:
    """A record with a value in every field; which, by the number."""
    content = PaperInfo()
    for path in FIELDS:
        content = edited(content, path, number)
    return content
