"""Checks of a library as a whole: what no single file shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mkdocs_papers.library.folder import NotesFolder
from mkdocs_papers.library.model import Note, Paper
from mkdocs_papers.library.notes import NoteText
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.records.problem import Problem


def library_problems(
    papers: Mapping[str, Paper],
    unreadable: frozenset[str],
    notes: Mapping[str, Note],
    texts: Mapping[str, NoteText],
    folder: NotesFolder,
    settings: Settings,
) -> Iterator[Problem]:
    yield from ()
