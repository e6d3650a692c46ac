"""What in a library leads to a paper: records that name its key, and links of notes."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from mkdocs_papers.library.keys import keys_of
from mkdocs_papers.library.links import Link
from mkdocs_papers.library.model import Library
from mkdocs_papers.library.notes import read_note
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.records.problem import Place

_NO_PATH = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\#?]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reference:
    """One place that leads to a paper.

    Attributes:
        path: the file, relative to the root.
        place: where in it.
        what: what it is, in words.
    """

    path: str
    place: Place
    what: str

    def __str__(self) -> str:
        """One line."""
        return f"{self.path}:{self.place.line}:{self.place.column}: {self.what}"


@dataclass(frozen=True, slots=True)
class Target:
    """A link of a note, and where it leads.

    Attributes:
        note: the note, relative to the root.
        link: the link.
        written: its path as it stands in the note, without what follows ``?`` or ``#``.
        path: where that leads, relative to the root.
    """

    note: str
    link: Link
    written: str
    path: str


def naming(library: Library, key: str) -> Iterator[tuple[str, tuple[str, ...], int]]:
    """The values of records that name a paper by its key: the record's key, the field's path, the value's position."""
    keys = keys_of(library.papers, library.unreadable)
    for other, paper in library.papers.items():
        info = paper.record.info
        for path, values in ((("baseline", "methods"), info.baseline.methods), (("same_work",), info.same_work)):
            for position, written in enumerate(values):
                if "/" in written and keys.by_key(written.strip(), other, suggest=False).key == key:
                    yield other, path, position


def targets(library: Library, settings: Settings) -> Iterator[Target]:
    """The links of all notes that lead to files of the project."""
    for path in library.notes:
        note = f"{settings.notes}/{path}"
        for link in read_note(note, (settings.root / note).read_bytes()).links:
            written = re.split("[?#]", link.source.strip(), maxsplit=1)[0]
            meant = re.split("[?#]", link.target.strip(), maxsplit=1)[0]
            if meant and not _NO_PATH.match(meant):
                yield Target(
                    note, link, written, posixpath.normpath(posixpath.join(posixpath.dirname(note), unquote(meant)))
                )


def references(library: Library, settings: Settings, key: str) -> Iterator[Reference]:
    """What leads to a paper from elsewhere in the library.

    Args:
        library: the library.
        settings: its settings.
        key: the paper's key.
    """
    for other, path, position in naming(library, key):
        record = library.papers[other].record
        what = "is another record of the same work" if path == ("same_work",) else "names it as a baseline"
        if other != key:
            yield Reference(record.path, record.place(*path, position), what)
    paper = library.papers[key]
    own = f"{settings.notes}/{paper.note.path}" if paper.note and paper.note.path else ""
    for target in targets(library, settings):
        if target.path == paper.record.path and target.note != own:
            yield Reference(target.note, target.link.place, "links to it")
