"""The index of notes, and what stands around a note."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from mkdocs_papers.library.model import Note
from mkdocs_papers.pages import contents
from mkdocs_papers.pages.address import NOTES, note_address, numbered
from mkdocs_papers.pages.catalogue import Catalogue, minutes
from mkdocs_papers.pages.contents import Link
from mkdocs_papers.pages.paging import paged
from mkdocs_papers.pages.source import PageSource


def notes_index(catalogue: Catalogue) -> Iterator[PageSource]:
    """The index of all notes and its further pages."""
    for paging, shown in paged(NOTES, catalogue.newest_notes, catalogue.options.page_size):
        entries = tuple(note_entry(catalogue, note) for note in shown)
        yield PageSource(
            numbered(NOTES, paging.number),
            catalogue.options.language("view.notes"),
            "notes.html",
            contents.NotesPage(entries, len(catalogue.notes), paging),
            section="" if paging.number == 1 else "notes",
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


def note_headers(catalogue: Catalogue) -> dict[str, contents.NoteHeader]:
    """What stands above and below each note, by the note's path."""
    notes = catalogue.newest_notes
    links = [Link(note.title, note_address(note.path)) for note in notes]
    pictures = _pictures_by_folder(catalogue)
    return {
        note.path: contents.NoteHeader(
            papers=tuple(catalogue.summaries[key] for key in note.papers),
            minutes=minutes(note.words),
            draft=note.draft,
            date=note.date,
            problems=catalogue.problems_of(f"{catalogue.settings.notes}/{note.path}"),
            trail=(catalogue.index_link("notes"),),
            previous=links[position - 1] if position else None,
            next=links[position + 1] if position + 1 < len(links) else None,
            cards=tuple(_cards(catalogue, note)),
            sizes=tuple(pictures.get(posixpath.dirname(note.path), ())),
        )
        for position, note in enumerate(notes)
    }


def _pictures_by_folder(catalogue: Catalogue) -> dict[str, list[tuple[str, int, int]]]:
    """The pictures with their sizes in each folder below the notes folder, and in the folders below that."""
    found: dict[str, list[tuple[str, int, int]]] = {}
    for path, (width, height) in catalogue.sizes.items():
        folder = posixpath.dirname(path)
        while folder:
            found.setdefault(folder, []).append((path, width, height))
            folder = posixpath.dirname(folder)
    return found


def _cards(catalogue: Catalogue, note: Note) -> Iterator[tuple[str, contents.Summary]]:
    """What a note's links to papers and to their notes show; its own papers stand above it already."""
    for target in note.targets:
        key = catalogue.subjects.get(target)
        if key is not None and key not in note.papers:
            yield target, catalogue.summaries[key]
