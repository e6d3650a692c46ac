"""What leads to a paper: records that name its key, and links of notes and of the site's other pages."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mkdocs_papers.library.folder import NOTE_SUFFIXES
from mkdocs_papers.library.keys import keys_of
from mkdocs_papers.library.links import Link
from mkdocs_papers.library.model import Library
from mkdocs_papers.library.notes import leads, read_note
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.records.problem import Place


@dataclass(frozen=True, slots=True)
class Reference:
    """One place that leads to a paper, in a file relative to the root."""

    path: str
    place: Place
    what: str

    def __str__(self) -> str:
        """One line."""
        return f"{self.path}:{self.place.line}:{self.place.column}: {self.what}"


@dataclass(frozen=True, slots=True)
class Target:
    """A link of a note or of a page in the docs folder, and where it leads.

    Attributes:
        note: the note or the page, relative to the root.
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


def docs_folder(configuration: Mapping[str, Any], settings: Settings) -> Path | None:
    """The folder of the site's own pages; None where it is not below the root."""
    docs = settings.root / str(configuration.get("docs_dir") or "docs")
    return docs if docs.resolve().is_relative_to(settings.root.resolve()) else None


def documents(docs: Path | None, settings: Settings) -> tuple[str, ...]:
    """The site's own pages, relative to the root; a link or a pipe is no page."""
    walked = () if docs is None else os.walk(docs)
    found = (Path(folder, name) for folder, _, names in walked for name in names)
    pages = [
        path for path in found if path.name.lower().endswith(NOTE_SUFFIXES) and path.is_file() and not path.is_symlink()
    ]
    return tuple(sorted(page.relative_to(settings.root).as_posix() for page in pages))


def targets(
    library: Library, settings: Settings, concerned: Callable[[str], bool], documents: Iterable[str] = ()
) -> Iterator[Target]:
    """The links that lead to files of the project: those of notes, and of other pages, relative to the root.

    Args:
        concerned: whether a file of the project is; a note that is not, and leads to none that is, is not opened.
    """
    named = {f"{settings.notes}/{path}": note.targets for path, note in library.notes.items()}
    for note in (*(path for path, leading in named.items() if any(map(concerned, (path, *leading)))), *documents):
        content = (settings.root / note).read_bytes()
        for link in read_note(note, content, markdown_in_html=settings.markdown_in_html).links:
            if path := leads(note, link):
                yield Target(note, link, re.split("[?#]", link.source.strip(), maxsplit=1)[0], path)


def references(library: Library, settings: Settings, key: str, documents: Iterable[str] = ()) -> Iterator[Reference]:
    """What leads to a paper from elsewhere."""
    for other, path, position in naming(library, key):
        record = library.papers[other].record
        what = "is another record of the same work" if path == ("same_work",) else "names it as a baseline"
        if other != key:
            yield Reference(record.path, record.place(*path, position), what)
    paper = library.papers[key]
    own = f"{settings.notes}/{paper.note.path}" if paper.note and paper.note.path else ""
    for target in targets(library, settings, lambda path: path == paper.record.path, documents):
        if target.path == paper.record.path and target.note != own:
            yield Reference(target.note, target.link.place, "links to it")
