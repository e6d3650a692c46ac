"""The index of notes, and what stands around a note."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_papers.library.model import Note
from mkdocs_papers.pages import contents
from mkdocs_papers.pages.address import NOTES, note_address, numbered
from mkdocs_papers.pages.catalogue import Catalogue, minutes
from mkdocs_papers.pages.paging import paged
from mkdocs_papers.pages.source import PageSource


def notes_index(catalogue: Catalogue) -> Iterator[PageSource]:
    """The index of all notes and its further pages."""
    entries = [_note_entry(catalogue, note) for note in catalogue.notes.values()]
    entries.sort(key=lambda entry: (-max((s.year for s in entry.papers), default=0), entry.title.casefold()))
    for paging, shown in paged(NOTES, entries, catalogue.options.page_size):
        yield PageSource(
            numbered(NOTES, paging.number),
            catalogue.options.language("view.notes"),
            "notes.html",
            contents.NotesPage(tuple(shown), len(entries), paging),
            section="" if paging.number == 1 else "notes",
        )


def _note_entry(catalogue: Catalogue, note: Note) -> contents.NoteEntry:
    return contents.NoteEntry(
        title=note.title,
        address=note_address(note.path),
        papers=tuple(catalogue.summaries[key] for key in note.papers),
        minutes=minutes(note.words),
        date=note.date,
        draft=note.draft,
    )


def note_header(catalogue: Catalogue, note: Note) -> contents.NoteHeader:
    """What stands above a note."""
    return contents.NoteHeader(
        papers=tuple(catalogue.summaries[key] for key in note.papers),
        minutes=minutes(note.words),
        draft=note.draft,
        problems=catalogue.problems_of(f"{catalogue.settings.notes}/{note.path}"),
    )
