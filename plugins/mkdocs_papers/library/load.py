"""From a folder of records and notes to a `Library`."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from mkdocs_papers.library import check
from mkdocs_papers.library.folder import Listing, NotesFolder, find_notes, find_records, is_note
from mkdocs_papers.library.keys import Keys, KnownPaper
from mkdocs_papers.library.memory import ReadingMemory
from mkdocs_papers.library.model import Library, Note, Paper
from mkdocs_papers.library.notes import MOST_BYTES as MOST_NOTE_BYTES
from mkdocs_papers.library.notes import NoteText, read_note
from mkdocs_papers.library.papers import Reader
from mkdocs_papers.library.relations import Finder, Relations
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.library.targets import Checked, LinkChecker
from mkdocs_papers.records.codes import problem
from mkdocs_papers.records.problem import Level, Place, Problem
from mkdocs_papers.records.read import read_record
from mkdocs_papers.records.record import Reading

Value = TypeVar("Value")

_MOST_RECORD_BYTES = 64 * 1024 * 1024
"""So much of a record file is read from the disk; `read_record` refuses what is far smaller already."""


@dataclass(frozen=True, slots=True)
class _Resolved:
    """A paper, and what it was made from.

    Attributes:
        alone: the paper as its record alone gives it.
        relations: what it has to do with the rest of the library.
        paper: both together.
    """

    alone: Paper
    relations: Relations
    paper: Paper


@dataclass(frozen=True, slots=True)
class _Last:
    """What one call keeps for the next, which goes on from whatever has not changed.

    Attributes:
        settings: where the library was, and what its owner decided.
        folder: the names below the notes folder.
        keys: the keys of the library.
        resolved: the papers by key.
        notes: what each note says, and the note, by path.
        links: checks the links of notes.
        checked: what it found, by note.
        preferred: the spellings to use.
    """

    settings: Settings
    folder: NotesFolder = field(default_factory=NotesFolder)
    keys: Keys = field(default_factory=lambda: Keys(()))
    resolved: Mapping[str, _Resolved] = field(default_factory=dict)
    notes: Mapping[str, tuple[NoteText, Note]] = field(default_factory=dict)
    links: LinkChecker | None = None
    checked: Mapping[str, Checked] = field(default_factory=dict)
    preferred: check.Spellings = field(default_factory=dict)


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
    last = memory.last if isinstance(memory.last, _Last) and memory.last.settings == settings else _Last(settings)
    records, listing = find_records(settings), find_notes(settings)
    folder = _same(NotesFolder(tuple(listing.files)), last.folder)

    readings, paths, problems = _read_records(records, settings, memory)
    texts = _read_notes(listing, settings, memory)
    unreadable = {key: reading.problems for key, reading in readings.items() if reading.record is None}
    alone = _alone(readings, settings, last)
    known = tuple(KnownPaper(key, paper.abbreviation, paper.name) for key, paper in alone.items())
    keys = _same(Keys(known, frozenset(unreadable)), last.keys)
    resolved = _resolved(alone, keys, folder, last)
    papers = {key: each.paper for key, each in resolved.items()}
    made_notes = _notes(texts, papers, last)
    notes = {path: note for path, (_, note) in made_notes.items()}
    links = LinkChecker(settings, folder, frozenset(paths.values()))
    links = last.links if last.links == links else links
    checked = links.check(texts, _text_below(settings), last.checked if links is last.links else {})
    same_names = check.same_names(papers, {key: each.paper for key, each in last.resolved.items()})
    preferred = last.preferred if same_names else check.preferred_spellings(papers, settings)
    memory.last = _Last(settings, folder, keys, resolved, made_notes, links, checked, preferred)

    files = tuple(path for path in folder.paths if not is_note(path))

    problems += [_unusable_name(f"{settings.meta}/{path}") for path in records.unusable]
    problems += [_unusable_name(f"{settings.notes}/{path}") for path in listing.unusable]
    problems += [found for reading in readings.values() for found in reading.problems]
    problems += [found for each in resolved.values() for found in each.relations.problems]
    problems += [found for text in texts.values() for found in text.problems]
    problems += check.years(papers)
    problems += check.duplicates(papers)
    problems += check.spellings(papers, preferred, settings)
    problems += check.keywords(papers, settings)
    problems += check.collisions(keys, paths, folder, settings)
    problems += check.orphans(notes, papers, unreadable, settings)
    problems += [found for each in checked.values() for found in each.problems]
    return Library(
        papers=papers,
        notes=notes,
        files=files,
        stamps={path: listing.files[path].stamp for path in files},
        unreadable={key: tuple(map(_at_level(settings), found)) for key, found in unreadable.items()},
        built_on_by=_built_on_by(papers),
        problems=_in_order(problems, settings),
    )


def _same(new: Value, old: Value) -> Value:
    """The old value where the new one equals it, so that what was worked out of it need not be again."""
    return old if old == new else new


def _text_below(settings: Settings) -> Callable[[str], str]:
    """What gives the text of a file by its path relative to the root; empty where it cannot be opened any more."""

    def text(path: str) -> str:
        try:
            return (settings.root / path).read_bytes().decode("utf-8", errors="replace")
        except OSError:
            return ""

    return text


def _unusable_name(path: str) -> Problem:
    """The problem of a file whose name no address can hold."""
    return problem("file-name", path, Place(), "the file's name holds a control character", "rename it")


def _read_records(
    listing: Listing, settings: Settings, memory: ReadingMemory
) -> tuple[dict[str, Reading], dict[str, str], list[Problem]]:
    """The readings and the paths of all records by key, and the problem of each file whose key another file has."""
    readings: dict[str, Reading] = {}
    paths: dict[str, str] = {}
    problems = []
    for file in listing.files.values():
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


def _read_notes(listing: Listing, settings: Settings, memory: ReadingMemory) -> dict[str, NoteText]:
    """What each note says, by its path below the notes folder; one that cannot be opened is left out."""
    texts = {}
    for path, file in listing.files.items():
        if is_note(path):
            read = functools.partial(file.content, MOST_NOTE_BYTES + 1)
            parse = functools.partial(read_note, f"{settings.notes}/{path}")
            with contextlib.suppress(OSError):
                texts[path] = memory.recall("note", f"{settings.notes}/{path}", file.stamp, read, parse)
    memory.keep_only("note", {f"{settings.notes}/{path}" for path in texts})
    return texts


def _alone(readings: Mapping[str, Reading], settings: Settings, last: _Last) -> dict[str, Paper]:
    """The papers as their records alone give them."""
    reader = Reader(settings)
    alone = {}
    for key, reading in readings.items():
        if reading.record is not None:
            before = last.resolved.get(key)
            same = before is not None and before.alone.record is reading.record
            alone[key] = before.alone if before and same else reader.read(reading.record)
    return alone


def _resolved(alone: Mapping[str, Paper], keys: Keys, folder: NotesFolder, last: _Last) -> dict[str, _Resolved]:
    """The papers with what they have to do with each other and with the notes folder."""
    finder = Finder(keys, folder, _text_below(last.settings))
    same_surroundings = keys is last.keys and folder is last.folder
    relations = {}
    for key, paper in alone.items():
        before = last.resolved.get(key)
        same = same_surroundings and before is not None and before.alone is paper
        relations[key] = before.relations if before and same else finder.relations(paper)
    same_work = _both_ways(relations)
    resolved = {}
    for key, paper in alone.items():
        before = last.resolved.get(key)
        found, others = relations[key], same_work.get(key, ())
        if before and before.alone is paper and before.relations == found and before.paper.same_work == others:
            finished = before.paper
        else:
            finished = dataclasses.replace(
                paper, note=found.note, cover=found.cover, baselines=found.baselines, same_work=others
            )
        resolved[key] = _Resolved(paper, found, finished)
    return resolved


def _both_ways(relations: Mapping[str, Relations]) -> dict[str, tuple[str, ...]]:
    """The other records of each work, whichever of two names the other, in order of key."""
    others: dict[str, set[str]] = {}
    for key, found in relations.items():
        for other in found.same_work:
            others.setdefault(key, set()).add(other)
            others.setdefault(other, set()).add(key)
    return {key: tuple(sorted(found)) for key, found in others.items()}


def _notes(texts: Mapping[str, NoteText], papers: Mapping[str, Paper], last: _Last) -> dict[str, tuple[NoteText, Note]]:
    """What each note says, and the note with the papers that name it, by path."""
    owners: dict[str, list[str]] = {}
    for key, paper in papers.items():
        if paper.note and paper.note.path:
            owners.setdefault(paper.note.path, []).append(key)
    made = {}
    for path, text in texts.items():
        of = tuple(owners.get(path, ()))
        title = text.title or (papers[of[0]].title if of else path.rpartition("/")[2].rpartition(".")[0])
        before = last.notes.get(path)
        if before and before[0] is text and before[1].papers == of and before[1].title == title:
            made[path] = before
        else:
            made[path] = text, _note(path, text, title, of)
    return made


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
        targets=text.targets,
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
