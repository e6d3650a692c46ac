"""The index of notes, and what stands around a note."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from mkdocs_papers.incremental.database import Database, query, transient
from mkdocs_papers.incremental.operators import Around, Each, Groups, Mapped, Sorted
from mkdocs_papers.library.folder import COVER_SUFFIXES
from mkdocs_papers.pages import group_links
from mkdocs_papers.pages.address import NOTES as NOTES_ADDRESS
from mkdocs_papers.pages.address import Address, note_address, numbered
from mkdocs_papers.pages.group_links import Link
from mkdocs_papers.pages.page_inputs import OPTIONS, PICTURE_FILES, PictureFile
from mkdocs_papers.pages.page_source import Content, PageSource
from mkdocs_papers.pages.paging import Paging, paged
from mkdocs_papers.pages.summaries import Summary, description, summary
from mkdocs_papers.pages.text import plain
from mkdocs_papers.views import groups
from mkdocs_papers.views.dates import Date, note_added
from mkdocs_papers.views.view_inputs import ADDED, NOTES, PAPERS, PROBLEMS, SETTINGS


@dataclass(frozen=True, slots=True)
class NoteEntry:
    """A note in a list of notes.

    Attributes:
        title: may hold ``$math$``.
        minutes: reading time.
        date: the day that it names, else that on which it was added, where that tells notes apart; or None.
        seconds: the same since the Unix epoch; None where nothing says when.
        draft: whether it is shown in the owner's preview only.
    """

    title: str
    address: Address
    papers: tuple[Summary, ...]
    minutes: int
    date: str | None
    seconds: int | None
    draft: bool


@dataclass(frozen=True, slots=True)
class NotesPage(Content):
    """``notes.html``: the index of all notes; its first page says how many there are in all."""

    template: ClassVar[str] = "notes.html"

    notes: tuple[NoteEntry, ...]
    total: int | None
    paging: Paging


@dataclass(frozen=True, slots=True)
class NoteHeader:
    """``note_header.html`` and ``note_footer.html``: what stands above and below a note.

    Attributes:
        draft: whether it is shown in the owner's preview only.
        date: ISO date in its front matter, or None.
        problems: lines about what is wrong with it, for the owner's preview only.
        previous: the note before it in their index, or None.
        next: the note after it there, or None.
        cards: what its links to papers and to their notes show, by the path that they lead to, relative to the
            project's root.
        pictures: the pictures that it names and that can be read, by path below the notes folder.
    """

    papers: tuple[Summary, ...]
    minutes: int
    draft: bool
    date: str | None = None
    problems: tuple[str, ...] = ()
    trail: tuple[Link, ...] = ()
    previous: Link | None = None
    next: Link | None = None
    cards: tuple[tuple[str, Summary], ...] = ()
    pictures: tuple[tuple[str, PictureFile], ...] = ()


_WORDS_PER_MINUTE = 220


def minutes(words: int) -> int:
    """Reading time in minutes, at least one."""
    return max(1, round(words / _WORDS_PER_MINUTE))


@query
def note_date(db: Database, path: str) -> Date | None:
    """When a note came into the library; None where nothing says so."""
    note = NOTES.at(db, path)
    committed = ADDED.get(db, f"{SETTINGS(db).notes}/{path.rpartition('.')[0]}")
    return note_added(note, committed, [groups.added(db, key) for key in note.papers])


@query
def _age(db: Database, path: str) -> tuple[float, str, str]:
    date = note_date(db, path)
    return (math.inf if date is None else -date.seconds, plain(NOTES.at(db, path).title).casefold(), path)


def _day(db: Database, path: str) -> str | None:
    """The day on which a note came into the library, where it is known."""
    date = note_date(db, path)
    return None if date is None else date.day


_newest: Sorted[[], str] = Sorted(Each(_age, NOTES.names))


_of_date: Groups[[], str, str] = Groups(
    Each(note_date, NOTES.names), lambda _, date: () if date is None else (date.text,)
)


def newest_notes(db: Database) -> tuple[str, ...]:
    """The paths of the notes, the newest first: the order of their index."""
    return _newest.names(db)


@query
def notes_index(db: Database) -> tuple[PageSource, ...]:
    """The index of all notes and its further pages."""
    paths, pages = newest_notes(db), []
    for paging, shown in paged(NOTES_ADDRESS, paths, OPTIONS(db).page_size, str):
        is_first = paging.number == 1
        entries = tuple(note_entry(db, path) for path in shown)
        page = PageSource(
            numbered(NOTES_ADDRESS, paging.number),
            OPTIONS(db).language("view.notes"),
            NotesPage(entries, len(paths) if is_first else None, paging),
            section="" if is_first else "notes",
            description=description(db, OPTIONS(db).language("view.notes")),
            listed=len(paths) if is_first else None,
        )
        pages.append(page)
    return tuple(pages)


@query
def note_entry(db: Database, path: str) -> NoteEntry:
    """A note in a list of notes."""
    note, date = NOTES.at(db, path), note_date(db, path)
    return NoteEntry(
        title=note.title,
        address=note_address(note.path),
        papers=tuple(summary(db, key) for key in note.papers),
        minutes=minutes(note.words),
        date=_day(db, path) if note.date is not None or len(_of_date.names(db)) > 1 else None,
        seconds=None if date is None else date.seconds,
        draft=note.draft,
    )


_neighbours: Around[[], str] = Around(_newest)
"""The notes before and after each note, by their paths; None at the ends."""


@query
def _link(db: Database, path: str) -> Link:
    return Link(NOTES.at(db, path).title, note_address(path))


_by_record: Groups[[], str, str] = Groups(PAPERS, lambda _key, paper: (paper.record.path,))
_by_note: Mapped[[], str, tuple[str, ...]] = Mapped(NOTES, lambda note: note.papers or None)


def _subject(db: Database, path: str) -> str | None:
    """The key of the paper that a record or a note is about, by the file's path relative to the project's root."""
    folder = f"{SETTINGS(db).notes}/"
    keys = _by_note.get(db, path.removeprefix(folder)) if path.startswith(folder) else None
    keys = keys or _by_record.get(db, path)
    return keys[0] if keys else None


def _pictures(db: Database, targets: Iterable[str]) -> Iterable[tuple[str, PictureFile]]:
    """The pictures that a note names, by path below the notes folder."""
    folder = f"{SETTINGS(db).notes}/"
    for target in targets:
        if target.startswith(folder) and target.lower().endswith(COVER_SUFFIXES):
            path = target.removeprefix(folder)
            if picture := PICTURE_FILES.get(db, path):
                yield path, picture


def _cards(db: Database, targets: Iterable[str], own: tuple[str, ...]) -> Iterable[tuple[str, Summary]]:
    """What the links of a note to papers and to their notes show, but for its own papers, which stand above it."""
    for target in targets:
        key = _subject(db, target)
        if key is not None and key not in own:
            yield target, summary(db, key)


@transient
def note_header(db: Database, path: str) -> NoteHeader:
    """What stands above and below a note."""
    note = NOTES.at(db, path)
    previous, next_ = _neighbours.at(db, path)
    return NoteHeader(
        papers=tuple([summary(db, key) for key in note.papers]),
        minutes=minutes(note.words),
        draft=note.draft,
        date=_day(db, path),
        problems=tuple(map(str, PROBLEMS.get(db, f"{SETTINGS(db).notes}/{path}") or ())),
        trail=(group_links.index_link(db, "notes"),),
        previous=None if previous is None else _link(db, previous),
        next=None if next_ is None else _link(db, next_),
        cards=tuple(_cards(db, note.targets, note.papers)),
        pictures=tuple(_pictures(db, note.targets)),
    )


note_headers: Each[[], str, NoteHeader] = Each(note_header, NOTES.names, transient=False)
"""What stands above and below each note, by its path."""
