"""The index of notes, and what stands around a note."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from mkdocs_papers.library.model import Note
from mkdocs_papers.pages import contents
from mkdocs_papers.pages.address import NOTES, note_address, numbered
from mkdocs_papers.pages.catalogue import Catalogue, minutes
from mkdocs_papers.pages.contents import Link
from mkdocs_papers.pages.memory import Recalled
from mkdocs_papers.pages.neighbours import neighbours
from mkdocs_papers.pages.paging import paged
from mkdocs_papers.pages.source import PageSource


def notes_index(catalogue: Catalogue) -> Iterator[PageSource]:
    """The index of all notes and its further pages."""
    for paging, shown in paged(NOTES, catalogue.newest_notes, catalogue.options.page_size, lambda note: note.path):
        is_first = paging.number == 1
        entries = tuple(note_entry(catalogue, note) for note in shown)
        yield PageSource(
            numbered(NOTES, paging.number),
            catalogue.options.language("view.notes"),
            "notes.html",
            contents.NotesPage(entries, len(catalogue.notes) if is_first else None, paging),
            section="" if is_first else "notes",
        )


def note_entry(catalogue: Catalogue, note: Note) -> contents.NoteEntry:
    """A note in a list of notes."""
    return contents.NoteEntry(
        title=note.title,
        address=note_address(note.path),
        papers=tuple(catalogue.summaries[key] for key in note.papers),
        minutes=minutes(note.words),
        date=note.date,
        draft=note.draft,
    )


def note_headers(catalogue: Catalogue) -> Mapping[str, contents.NoteHeader]:
    """What stands above and below each note, by the note's path."""
    memory, notes, summaries = catalogue.memory, catalogue.notes, catalogue.summaries
    problems, folder = catalogue.problems_by_path, catalogue.settings.notes
    ordered = [note.path for note in catalogue.newest_notes]
    links = memory.recall_each(
        "link to a note", ordered, lambda path: notes[path].title, _link, stale=catalogue.changed_notes, part=True
    )
    around = memory.recall("around each note", "", (ordered, links.values), lambda: neighbours(links.values), part=True)
    moved = catalogue.differing("around notes", around)
    subjects = _subjects(catalogue)
    pictures = memory.recall("pictures by folder", "", (catalogue.sizes,), lambda: _pictures_by_folder(catalogue))

    # All that a header is made from.
    def made_from(path: str) -> _MadeFrom:
        note = notes[path]
        return (
            note,
            tuple([summaries[key] for key in note.papers]),
            tuple([(target, summaries[key]) for target, key in subjects.values[path]]),
            problems.get(f"{folder}/{path}", ()),
            pictures.get(posixpath.dirname(path), ()),
            *around[path],
        )

    renewed = catalogue.renewed
    stale = {path for path, found in subjects.values.items() if any(key in renewed for _, key in found)}
    stale |= catalogue.changed_notes | subjects.renewed | moved | catalogue.notes_of(renewed)
    stale |= {path.removeprefix(f"{folder}/") for path in catalogue.changed_problems}
    trail = (catalogue.index_link("notes"),)
    return memory.recall_each(
        "note header", ordered, made_from, lambda _, each: _header(trail, each), stale=stale, among=(pictures,)
    ).values


_MadeFrom = tuple[
    Note,
    tuple[contents.Summary, ...],
    tuple[tuple[str, contents.Summary], ...],
    tuple[str, ...],
    tuple[tuple[str, int, int], ...],
    Link | None,
    Link | None,
]


def _subjects(catalogue: Catalogue) -> Recalled[str, tuple[tuple[str, str], ...]]:
    """For each note the papers that its links lead to or to whose notes: where they lead, and the key.

    Its own papers are left out: they stand above it already.
    """
    notes, subjects = catalogue.notes, catalogue.subjects

    def found(path: str) -> tuple[tuple[str, str], ...]:
        note = notes[path]
        every = [(target, subjects[target]) for target in note.targets if target in subjects]
        return tuple([(target, key) for target, key in every if key not in note.papers])

    moved = catalogue.differing("subjects", subjects)
    stale = {path for path, note in notes.items() if not moved.isdisjoint(note.targets)} if moved else set()
    return catalogue.memory.recall_each(
        "papers that a note links",
        catalogue.note_paths,
        found,
        lambda _, each: each,
        stale=stale | catalogue.changed_notes,
    )


def _link(path: str, title: str) -> Link:
    return Link(title, note_address(path))


def _header(trail: tuple[Link, ...], made_from: _MadeFrom) -> contents.NoteHeader:
    note, papers, cards, problems, sizes, previous, next_ = made_from
    return contents.NoteHeader(
        papers=papers,
        minutes=minutes(note.words),
        draft=note.draft,
        date=note.date,
        problems=problems,
        trail=trail,
        previous=previous,
        next=next_,
        cards=cards,
        sizes=sizes,
    )


def _pictures_by_folder(catalogue: Catalogue) -> dict[str, tuple[tuple[str, int, int], ...]]:
    """The pictures with their sizes in each folder below the notes folder, and in the folders below that."""
    found: dict[str, list[tuple[str, int, int]]] = {}
    for path, (width, height) in catalogue.sizes.items():
        folder = posixpath.dirname(path)
        while folder:
            found.setdefault(folder, []).append((path, width, height))
            folder = posixpath.dirname(folder)
    return {folder: tuple(pictures) for folder, pictures in found.items()}
