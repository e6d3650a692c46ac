"""The schema of a record, declared once.

The dataclasses below are message ``PaperInfo``. Everything else reads them: the readers and writers of both text
formats, the checker, the field table in the docs, the exports and the search. To add a field, add one line here, and
show it in a template.
"""

import dataclasses
import enum
import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Path = tuple["str | int", ...]
"""Where a value stands in a record: ``("paper", "authors", 1)`` is the second author."""


class Kind(enum.Enum):
    """What a field holds; decides how it is read, written and checked."""

    TEXT = "text"
    NAME = "a person's or institution's name"
    ADDRESS = "http(s) address"
    FILE = "path below the notes folder, or http(s) address"
    WORD = "keyword, bare or quoted"
    KEY = "key of a record"
    PAPER = "key of a record, or the free name of a method"
    INTEGER = "whole number"
    STATUS = "one of to_read, reading, read"
    BLOCK = "block of fields"


class Status(enum.StrEnum):
    """How far the owner has got with a paper."""

    TO_READ = "to_read"
    READING = "reading"
    READ = "read"


_LATEST = 253_402_300_799
"""The last second of the year 9999, which is the last one that Python's dates know."""


def _field(number: int, kind: Kind, about: str, **more: Any) -> Any:
    """A field that stands once; `Field` says what more there can be."""
    return dataclasses.field(default=None, metadata={"number": number, "kind": kind, "about": about, **more})


def _many(number: int, kind: Kind, about: str, **more: Any) -> Any:
    """A field that may stand several times."""
    return dataclasses.field(
        default=(), metadata={"number": number, "kind": kind, "about": about, "repeated": True, **more}
    )


def _block(number: int, block: type, about: str) -> Any:
    return dataclasses.field(
        default_factory=block, metadata={"number": number, "kind": Kind.BLOCK, "about": about, "block": block}
    )


@dataclass(frozen=True, slots=True)
class PaperBlock:
    """``paper``: the work itself."""

    title: str | None = _field(
        1, Kind.TEXT, "The title, as printed; may hold `$math$`.", required=True, searched=True,
        exported={"bibtex": "title", "csl-json": "title", "ris": "TI", "csv": "title", "json": "title"},
    )  # fmt: skip
    abbr: str | None = _field(
        2, Kind.TEXT, "The method's nickname, for display.", searched=True,
        exported={
            "bibtex": "shorttitle", "csl-json": "title-short", "ris": "ST",
            "csv": "abbreviation", "json": "abbreviation",
        },
    )  # fmt: skip
    url: str | None = _field(
        3, Kind.ADDRESS, "Where the paper is read.", searched=True,
        exported={"bibtex": "url", "csl-json": "URL", "ris": "UR", "csv": "url", "json": "url"},
    )  # fmt: skip
    authors: tuple[str, ...] = _many(
        4, Kind.NAME, "One author each.", searched=True,
        exported={"bibtex": "author", "csl-json": "author", "ris": "AU", "csv": "authors", "json": "authors"},
    )  # fmt: skip
    institutions: tuple[str, ...] = _many(
        5, Kind.NAME, "One institution each.", searched=True,
        exported={"csv": "institutions", "json": "institutions"},
    )  # fmt: skip
    doi: str | None = _field(
        6, Kind.TEXT, "The DOI, without its resolver's address.", searched=True,
        exported={"bibtex": "doi", "csl-json": "DOI", "ris": "DO", "csv": "doi"},
    )  # fmt: skip
    abstract: str | None = _field(
        7, Kind.TEXT, "The abstract.", searched=True,
        exported={"bibtex": "abstract", "csl-json": "abstract", "ris": "AB", "csv": "abstract"},
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class PubBlock:
    """``pub``: where and when it was published."""

    where: str | None = _field(
        1, Kind.TEXT, 'The venue; without it "arXiv"; `""` means none.', searched=True,
        exported={"bibtex": "booktitle", "csl-json": "container-title", "ris": "T2", "csv": "venue", "json": "venue"},
    )  # fmt: skip
    year: int | None = _field(
        2, Kind.INTEGER, "The year; without it the folder's.", low=1000, high=9999, searched=True,
        exported={"bibtex": "year", "csl-json": "issued", "ris": "PY", "csv": "year", "json": "year"},
    )  # fmt: skip
    volume: str | None = _field(
        3, Kind.TEXT, "The volume of the journal or of the series.",
        exported={"bibtex": "volume", "csl-json": "volume", "ris": "VL", "csv": "volume", "json": "volume"},
    )  # fmt: skip
    number: str | None = _field(
        4, Kind.TEXT, "The number within the volume: the journal's issue.",
        exported={"bibtex": "number", "csl-json": "issue", "ris": "IS", "csv": "number", "json": "number"},
    )  # fmt: skip
    pages: str | None = _field(
        5, Kind.TEXT, "The pages, such as `12-20`, or what stands for them: an article's number.",
        exported={"bibtex": "pages", "csl-json": "page", "ris": "SP", "csv": "pages", "json": "pages"},
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """``code``: the paper's own implementation."""

    type: str | None = _field(
        1, Kind.TEXT, "A label such as `Pytorch` or `Website`.", searched=True,
        exported={"json": "code"},
    )  # fmt: skip
    url: str | None = _field(2, Kind.ADDRESS, "Where the code is.", exported={"csv": "code", "json": "code"})


@dataclass(frozen=True, slots=True)
class NoteBlock:
    """``note``: the reading note."""

    url: str | None = _field(
        1, Kind.FILE, 'A path below `notes/`, or an address; `""` means none.',
        exported={"csv": "note", "json": "note"},
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class CoverBlock:
    """``cover``: the picture that stands for the paper."""

    url: str | None = _field(
        1, Kind.FILE, 'A path below `notes/`, or an address; `""` means none.',
        exported={"csv": "cover", "json": "cover"},
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class KeywordBlock:
    """``keyword``: what the paper is about."""

    words: tuple[str, ...] = _many(
        1, Kind.WORD, "One keyword each, bare or quoted; `none` means nothing.", searched=True,
        exported={"bibtex": "keywords", "csl-json": "keyword", "ris": "KW", "csv": "keywords", "json": "keywords"},
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class BaselineBlock:
    """``baseline``: what the paper compares itself with or builds on."""

    methods: tuple[str, ...] = _many(
        1, Kind.PAPER, 'A key, `"2024/InfLLM"`, or a name; `"None"` means nothing.', searched=True,
        exported={"json": "baselines"},
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class PaperInfo:
    """One record."""

    paper: PaperBlock = _block(1, PaperBlock, "The work itself.")
    pub: PubBlock = _block(2, PubBlock, "Where and when it was published.")
    code: CodeBlock = _block(3, CodeBlock, "The paper's own implementation.")
    note: NoteBlock = _block(4, NoteBlock, "The reading note.")
    keyword: KeywordBlock = _block(5, KeywordBlock, "What the paper is about.")
    baseline: BaselineBlock = _block(6, BaselineBlock, "What the paper compares itself with or builds on.")
    update_time: int | None = _field(
        7, Kind.INTEGER, "When the record last changed, in Unix seconds.", low=0, high=_LATEST,
        exported={"csv": "added", "json": "updated"},
    )  # fmt: skip
    cover: CoverBlock = _block(8, CoverBlock, "The picture that stands for the paper.")
    same_work: tuple[str, ...] = _many(9, Kind.KEY, "Keys of other records of the same work.", searched=True)
    rating: int | None = _field(
        10, Kind.INTEGER, "The owner's rating, 1 to 5.", low=1, high=5,
        exported={"csv": "rating", "json": "rating"},
    )  # fmt: skip
    status: Status | None = _field(
        11, Kind.STATUS, "How far the owner has got.",
        exported={"csv": "status", "json": "status"},
    )  # fmt: skip
    former_keys: tuple[str, ...] = _many(12, Kind.KEY, "Keys that the record had before; `rename` adds to them.")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the schema, as the readers, writers, the checker and the docs see it.

    Attributes:
        name: as written in a record.
        number: field number in the message.
        about: one line of meaning, Markdown.
        repeated: whether it may stand several times.
        block: the block's dataclass, for `Kind.BLOCK`.
        exported: what it is called in each export that carries it, by the export's name; empty in a format without
            names. Where a format names venues by the form of publication, what it calls a conference.
        searched: whether the site's search finds a paper by its words.
    """

    name: str
    number: int
    kind: Kind
    about: str
    repeated: bool = False
    required: bool = False
    low: int | None = None
    high: int | None = None
    block: type | None = None
    exported: Mapping[str, str] = dataclasses.field(default_factory=dict)
    searched: bool = False


@functools.cache
def fields(block: type = PaperInfo) -> dict[str, Field]:
    """The fields of a block by name, in the schema's order."""
    return {field.name: Field(field.name, **field.metadata) for field in dataclasses.fields(block)}


@functools.cache
def leaves(block: type = PaperInfo) -> Mapping[tuple[str, ...], Field]:
    """All fields that hold values, by their paths, in the schema's order."""
    found: dict[tuple[str, ...], Field] = {}
    for name, field in fields(block).items():
        inner = leaves(field.block) if field.block else {(): field}
        found |= {(name, *path): leaf for path, leaf in inner.items()}
    return found


def value_at(content: PaperInfo, path: tuple[str, ...]) -> Any:
    """What a record says in the field at a path."""
    value: Any = content
    for name in path:
        value = getattr(value, name)
    return value


def values(content: PaperInfo) -> Iterator[tuple[Path, Field, Any]]:
    """Every value that a record holds, in the schema's order: its path, its field and the value."""
    for path, field in leaves().items():
        value = value_at(content, path)
        if field.repeated:
            for position, each in enumerate(value):
                yield (*path, position), field, each
        elif value is not None:
            yield path, field, value
