"""What an export is, and what several say of a paper."""

import functools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from mkdocs_papers.incremental.database import Database
from mkdocs_papers.library.model import Paper
from mkdocs_papers.library.names import one_line
from mkdocs_papers.library.papers import READ, OtherValue, other_fields
from mkdocs_papers.pages.address import file_path, note_address, paper_address
from mkdocs_papers.pages.group_links import keyword_label
from mkdocs_papers.pages.page_inputs import OPTIONS
from mkdocs_papers.pages.text import plain
from mkdocs_papers.records.schema import leaves
from mkdocs_papers.views import groups


@dataclass(frozen=True, slots=True)
class Export:
    """The library in the format of another program.

    Attributes:
        name: how the command line calls it.
        title: how readers call it.
        file: its path below the site's root.
        media_type: for ``type`` attributes.
        entry: one paper of a library in the format, without what stands between entries.
        opening: what stands before the first entry.
        separator: what stands between two entries; in no entry.
        closing: what stands after the last one.
        encoding: of the file; with ``utf-8-sig`` it begins with a byte-order mark.
    """

    name: str
    title: str
    file: str
    media_type: str
    entry: Callable[[Paper, Database], str]
    opening: str
    separator: str
    closing: str
    encoding: Literal["utf-8", "utf-8-sig"] = "utf-8"

    def content(self, papers: Iterable[Paper], db: Database) -> bytes:
        """The file that holds the papers, in the order given."""
        return b"".join(self.around([self.encoded(paper, db) for paper in papers]))

    def encoded(self, paper: Paper, db: Database) -> bytes:
        """One paper in the format, as the file holds it."""
        return self.entry(paper, db).encode()

    @property
    def between(self) -> bytes:
        """What stands between two papers, as the file holds it."""
        return self.separator.encode()

    def around(self, entries: Iterable[bytes]) -> tuple[bytes, ...]:
        """The parts of the file that holds what `encoded` gives of papers, in the order given."""
        parts = [part for entry in entries for part in (self.between, entry)][1:]
        return (self.opening.encode(self.encoding), *parts, self.closing.encode())


@functools.cache
def other_names(export: str) -> tuple[str, ...]:
    """What an export calls the fields that it carries and the library does not read."""
    return tuple(
        [field.exported[export] for path, field in leaves().items() if path not in READ and export in field.exported]
    )


def other_values(paper: Paper, export: str) -> dict[str, OtherValue]:
    """What an export says of a paper in the fields of `other_names`, but for those that its record does not have."""
    return {
        field.exported[export]: value for field, value in other_fields(paper, lambda field: export in field.exported)
    }


def other_lines(paper: Paper, export: str) -> Iterator[tuple[str, str]]:
    """The same, each name with one line; several values are parted by ``; ``."""
    for name, value in other_values(paper, export).items():
        yield name, plain_line("; ".join(value) if isinstance(value, tuple) else str(value))


def plain_line(text: str) -> str:
    """A title or name for a format without markup: one line, its ``$math$`` in the nearest plain characters."""
    return one_line(plain(text)) or one_line(text)


def page(paper: Paper, db: Database) -> str:
    """The paper's page, relative to the site's root."""
    return paper_address(paper.key).url(directory_urls=OPTIONS(db).directory_urls)


def note(paper: Paper, db: Database) -> str | None:
    """The paper's note: a page relative to the site's root, or an address elsewhere."""
    note = paper.note
    if note is None or note.path is None:
        return None if note is None else note.address
    shown = groups.shown_notes.get(db, note.path)
    return note_address(note.path).url(directory_urls=OPTIONS(db).directory_urls) if shown else None


def cover(paper: Paper) -> str | None:
    """The paper's cover: a file relative to the site's root, percent-encoded, or an address elsewhere."""
    return None if paper.cover is None else file_path(paper.cover) or paper.cover.address


def keywords(paper: Paper, db: Database) -> tuple[str, ...]:
    """The paper's keywords in the words that readers see, one line each."""
    return tuple([one_line(keyword_label(db, word)) for word in paper.keywords])
