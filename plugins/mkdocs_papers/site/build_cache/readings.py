"""What was read of records and notes, cached so that a file that has not changed is not parsed again.

Every file is opened and its content compared by digest. What a build can do harm with, such as a note's front matter,
is read from the file itself and never from here.
"""

from collections.abc import Callable
from typing import Any

import msgspec

from mkdocs_papers.library.links import Link
from mkdocs_papers.library.memory import ReadingMemory
from mkdocs_papers.library.notes import NoteText, read_source
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.records.problem import Problem
from mkdocs_papers.records.read import Places
from mkdocs_papers.records.record import Reading, Record
from mkdocs_papers.records.schema import PaperInfo


class CachedRecord(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a record says (see `Reading`), by the digest of its file."""

    digest: bytes
    info: PaperInfo | None
    problems: tuple[Problem, ...]


class CachedNote(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What costs time to learn of a note (see `NoteText`), by the digest of its file."""

    digest: bytes
    title: str
    excerpt: str
    words: int
    links: tuple[Link, ...]
    targets: tuple[str, ...]
    problems: tuple[Problem, ...]


class CachedReadings(msgspec.Struct, frozen=True):
    """What was read of all files, by path relative to the project's root."""

    records: dict[str, CachedRecord] = {}
    notes: dict[str, CachedNote] = {}


def readings_of(memory: ReadingMemory) -> CachedReadings:
    """What there is to keep of a memory."""
    return CachedReadings(
        {
            path: CachedRecord(digest, reading.record and reading.record.info, reading.problems)
            for path, digest, reading in memory.values("record")
        },
        {
            path: CachedNote(digest, note.title, note.excerpt, note.words, note.links, note.targets, note.problems)
            for path, digest, note in memory.values("note")
        },
    )


def known_readings(readings: CachedReadings, settings: Settings) -> Callable[[str, str, bytes, bytes], Any]:
    """A function for `ReadingMemory.known`."""

    def known(kind: str, path: str, digest: bytes, content: bytes) -> Reading | NoteText | None:
        if kind == "record" and (record := readings.records.get(path)) and record.digest == digest:
            return _reading(record, path, path.removeprefix(f"{settings.meta}/").rpartition(".")[0], content)
        if kind == "note" and (note := readings.notes.get(path)) and note.digest == digest:
            return read_source(path, content, _note_text(note, settings))
        return None

    return known


def _reading(cached: CachedRecord, path: str, key: str, content: bytes) -> Reading:
    record = None if cached.info is None else Record(path, key, cached.info, Places(path, content.decode()))
    return Reading(record, cached.problems)


def _note_text(cached: CachedNote, settings: Settings) -> NoteText:
    return NoteText(
        title=cached.title,
        draft=True,
        date=None,
        meta={},
        text="",
        first_line=1,
        excerpt=cached.excerpt,
        words=cached.words,
        markdown_in_html=settings.markdown_in_html,
        links=cached.links,
        targets=cached.targets,
        problems=cached.problems,
    )
