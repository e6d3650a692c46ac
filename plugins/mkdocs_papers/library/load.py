"""From a folder of records and notes to a `Library`."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from mkdocs_papers.library import check
from mkdocs_papers.library.folder import NotesFolder, find_notes, find_records, is_note
from mkdocs_papers.library.keys import Keys
from mkdocs_papers.library.memory import ReadingMemory
from mkdocs_papers.library.model import Library, Note, Paper
from mkdocs_papers.library.notes import MOST_BYTES as MOST_NOTE_BYTES
from mkdocs_papers.library.notes import NoteText, read_note
from mkdocs_papers.library.papers import Reader
from mkdocs_papers.library.relations import Finder, Relations
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.library.targets import LinkChecker
from mkdocs_papers.records.codes import problem
from mkdocs_papers.records.problem import Level, Place, Problem
from mkdocs_papers.records.read import read_record
from mkdocs_papers.records.record import Reading

_MOST_RECORD_BYTES = 64 * 1024 * 1024
"""So much of a record file is read from the disk; `read_record` refuses what is far smaller already."""


@dataclass(frozen=True, slots=True)
class _Resolved:
    """A paper, and all that it was made from."""

    alone: Paper
    relations: Relations
    same_work: tuple[str, ...]
    paper: Paper


def load(settings: Settings, memory: ReadingMemory | None = None) -> Library:
    """Read a library.

    Never raises on what its files hold: what is wrong is among the library's problems. A missing folder is an empty
    library.

    Args:
        settings: where the library is, and what its owner decides.
        memory: what an earlier call remembered; this call then opens only the files that have changed, and gives the
            very same values for what has not.

    Raises:
        OSError: a folder is there and cannot be listed.
    """
    memory = ReadingMemory() if memory is None else memory
    folder = find_notes(settings)
    readings, paths, problems = _read_records(settings, memory)
    texts = _read_notes(folder, settings, memory)
    unreadable = {key: reading.problems for key, reading in readings.items() if reading.record is None}
    resolved = _resolve(readings, folder, settings, memory)
    papers = {key: each.paper for key, each in resolved.items()}
    notes = _notes(texts, papers, memory)
    problems += [found for reading in readings.values() for found in reading.problems]
    problems += [found for each in resolved.values() for found in each.relations.problems]
    problems += [found for text in texts.values() for found in text.problems]
    problems += _library_problems(papers, notes, texts, paths, folder, settings)
    return Library(
        papers=papers,
        notes=notes,
        files=tuple(path for path in folder.files if not is_note(path)),
        unreadable={key: tuple(map(_at_level(settings), found)) for key, found in unreadable.items()},
        built_on_by=_built_on_by(papers),
        problems=_in_order(problems, settings),
    )


def _library_problems(
    papers: Mapping[str, Paper],
    notes: Mapping[str, Note],
    texts: Mapping[str, NoteText],
    paths: Mapping[str, str],
    folder: NotesFolder,
    settings: Settings,
) -> Iterator[Problem]:
    """What is wrong with the library as a whole.

    Args:
        papers: its papers by key.
        notes: its notes by path below the notes folder.
        texts: what these say.
        paths: the path of each record by key, relative to the root, unreadable ones included.
        folder: the files below the notes folder.
        settings: where the library is, and what its owner decides.
    """
    yield from check.years(papers)
    yield from check.duplicates(papers)
    yield from check.spellings(papers, settings)
    yield from check.keywords(papers, settings)
    yield from check.collisions(paths, folder, settings)
    yield from check.orphans(notes, settings)
    yield from LinkChecker(settings, folder, texts, frozenset(paths.values()), _text_below(settings)).problems()


def _text_below(settings: Settings) -> Callable[[str], str]:
    """What gives the text of a file by its path relative to the root; empty where it cannot be opened any more."""

    def text(path: str) -> str:
        try:
            return (settings.root / path).read_bytes().decode("utf-8", errors="replace")
        except OSError:
            return ""

    return text


def _read_records(
    settings: Settings, memory: ReadingMemory
) -> tuple[dict[str, Reading], dict[str, str], list[Problem]]:
    """The readings and the paths of all records by key, and the problem of each file whose key another file has."""
    readings: dict[str, Reading] = {}
    paths: dict[str, str] = {}
    problems = []
    for file in find_records(settings):
        key, path = file.bare_path, f"{settings.meta}/{file.path}"
        if key in paths:
            wrong = f"{paths[key]} has the same key, {key!r}, so this file is not read"
            problems.append(problem("repeated-record", path, Place(), wrong, "keep one of the two files"))
            continue
        read = functools.partial(file.content, _MOST_RECORD_BYTES)
        try:
            readings[key] = memory.recall("record", path, file.stamp, read, functools.partial(read_record, path, key))
        except FileNotFoundError:
            continue  # deleted since the folder was listed
        except OSError as error:
            wrong = f"the file cannot be opened: {error.strerror}"
            readings[key] = Reading(None, (problem("syntax", path, Place(), wrong),))
        paths[key] = path
    memory.keep_only("record", set(paths.values()))
    return readings, paths, problems


def _read_notes(folder: NotesFolder, settings: Settings, memory: ReadingMemory) -> dict[str, NoteText]:
    """What each note says, by its path below the notes folder; one that cannot be opened is left out."""
    texts = {}
    for path, file in folder.files.items():
        if is_note(path):
            read = functools.partial(file.content, MOST_NOTE_BYTES + 1)
            parse = functools.partial(read_note, f"{settings.notes}/{path}")
            with contextlib.suppress(OSError):
                texts[path] = memory.recall("note", f"{settings.notes}/{path}", file.stamp, read, parse)
    memory.keep_only("note", {f"{settings.notes}/{path}" for path in texts})
    return texts


def _resolve(
    readings: Mapping[str, Reading], folder: NotesFolder, settings: Settings, memory: ReadingMemory
) -> dict[str, _Resolved]:
    """The papers, those of the last time where nothing has changed that they depend on."""
    same_settings = memory.kept.get("settings") == settings
    before: dict[str, _Resolved] = memory.kept.get("papers", {}) if same_settings else {}
    reader = Reader(settings)
    alone = {}
    for key, reading in readings.items():
        if reading.record is not None:
            known = before.get(key)
            alone[key] = known.alone if known and known.alone.record is reading.record else reader.read(reading.record)
    keys = Keys(alone, frozenset(key for key, reading in readings.items() if reading.record is None))
    finder = Finder(keys, folder, _text_below(settings))
    relations = {key: finder.relations(paper) for key, paper in alone.items()}
    same_work = _both_ways(relations)
    resolved = {}
    for key, paper in alone.items():
        made = _Resolved(paper, relations[key], same_work.get(key, ()), paper)
        known = before.get(key)
        if known and known.alone is paper and known.relations == made.relations and known.same_work == made.same_work:
            resolved[key] = dataclasses.replace(made, paper=known.paper)
        else:
            resolved[key] = dataclasses.replace(made, paper=_finished(made))
    memory.kept["settings"], memory.kept["papers"] = settings, resolved
    return resolved


def _finished(made: _Resolved) -> Paper:
    found = made.relations
    return dataclasses.replace(
        made.alone, note=found.note, cover=found.cover, baselines=found.baselines, same_work=made.same_work
    )


def _both_ways(relations: Mapping[str, Relations]) -> dict[str, tuple[str, ...]]:
    """The other records of each work, whichever of two names the other, in order of key."""
    others: dict[str, set[str]] = {}
    for key, found in relations.items():
        for other in found.same_work:
            others.setdefault(key, set()).add(other)
            others.setdefault(other, set()).add(key)
    return {key: tuple(sorted(found)) for key, found in others.items()}


def _notes(texts: Mapping[str, NoteText], papers: Mapping[str, Paper], memory: ReadingMemory) -> dict[str, Note]:
    """The notes, each with the papers that name it; those of the last time where nothing has changed."""
    owners: dict[str, list[str]] = {}
    for key, paper in papers.items():
        if paper.note and paper.note.path:
            owners.setdefault(paper.note.path, []).append(key)
    before: dict[str, tuple[NoteText, Note]] = memory.kept.get("notes", {})
    made = {}
    for path, text in texts.items():
        of = tuple(owners.get(path, ()))
        title = text.title or (papers[of[0]].title if of else path.rpartition("/")[2].rpartition(".")[0])
        known = before.get(path)
        if known and known[0] is text and known[1].papers == of and known[1].title == title:
            made[path] = known
        else:
            made[path] = text, _note(path, text, title, of)
    memory.kept["notes"] = made
    return {path: note for path, (_, note) in made.items()}


def _note(path: str, text: NoteText, title: str, papers: tuple[str, ...]) -> Note:
    return Note(
        path=path,
        title=title,
        draft=text.draft,
        date=text.date,
        excerpt=text.excerpt,
        words=text.words,
        papers=papers,
        text=text.text,
        first_line=text.first_line,
        meta=text.meta,
    )


def _built_on_by(papers: Mapping[str, Paper]) -> dict[str, tuple[str, ...]]:
    """For each paper the papers that name it as a baseline, in order of year, then title."""
    found: dict[str, list[Paper]] = {key: [] for key in papers}
    for paper in papers.values():
        for key in dict.fromkeys(baseline.key for baseline in paper.baselines if baseline.key):
            found[key].append(paper)
    return {
        key: tuple(paper.key for paper in sorted(by, key=lambda p: (p.year, p.title.casefold(), p.key)))
        for key, by in found.items()
    }


def _at_level(settings: Settings) -> Callable[[Problem], Problem]:
    """What gives a problem the level that the settings say."""
    return lambda found: (
        dataclasses.replace(found, level=settings.levels[found.code]) if found.code in settings.levels else found
    )


def _in_order(problems: Iterable[Problem], settings: Settings) -> tuple[Problem, ...]:
    """The problems in order of path, place and code, at their levels, without those that are switched off."""
    levelled = map(_at_level(settings), problems)
    return tuple(
        sorted(
            (found for found in levelled if found.level is not Level.OFF),
            key=lambda found: (found.path, found.place, found.code, found.wrong),
        )
    )
