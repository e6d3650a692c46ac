"""From a folder of records and notes to a `Library`."""

from __future__ import annotations

import dataclasses
import functools
import itertools
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import TypeVar

from mkdocs_papers.library import check
from mkdocs_papers.library.folder import FoundFile, Listing, NotesFolder, find_notes, find_records, is_note
from mkdocs_papers.library.keys import Keys, KnownPaper
from mkdocs_papers.library.memory import ReadingMemory
from mkdocs_papers.library.model import Library, Note, Paper
from mkdocs_papers.library.notes import NoteText, read_note
from mkdocs_papers.library.papers import Reader
from mkdocs_papers.library.relations import Finder, Relations
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.library.targets import Checked, LinkChecker
from mkdocs_papers.records.codes import problem
from mkdocs_papers.records.limits import LARGEST_NOTE, LARGEST_RECORD
from mkdocs_papers.records.problem import Level, Place, Problem
from mkdocs_papers.records.read import read_record
from mkdocs_papers.records.record import Reading

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class _Resolved:
    """A paper, and what is made of it and of its record.

    Attributes:
        relations: what it has to do with the rest of the library.
        paper: the paper with these.
    """

    relations: Relations
    paper: Paper


@dataclass(frozen=True, slots=True)
class _Records:
    """What the record files say.

    Attributes:
        listing: the files, but for those that were deleted before they could be read.
        readings: what each says, by key.
        paths: the path of each relative to the root, by key.
        problems: one for each file whose key another file has.
    """

    listing: Listing = field(default_factory=Listing)
    readings: Mapping[str, Reading] = field(default_factory=dict)
    paths: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Texts:
    """What the notes say.

    Attributes:
        listing: the files below the notes folder, but for the notes that could not be read.
        texts: what each note says, by its path below the notes folder.
    """

    listing: Listing = field(default_factory=Listing)
    texts: Mapping[str, NoteText] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Last:
    """What one call keeps for the next, which goes on from whatever has not changed.

    Attributes:
        settings: where the library was, and what its owner decided.
        records: what its records said.
        texts: what its notes said.
        folder: the names below the notes folder.
        alone: the papers as their records alone give them, by key.
        keys: the keys of the library.
        resolved: the papers by key, with what they have to do with each other.
        papers: the papers alone.
        notes: what each note says, and the note, by path.
        links: checks the links of notes.
        checked: what it found, by note.
        spelt: how names are spelt.
        judged: what is wrong with each paper's record by itself, by key.
        works: which records may be of one work.
        built_on_by: for each paper the papers that name it as a baseline.
    """

    settings: Settings
    records: _Records = field(default_factory=_Records)
    texts: _Texts = field(default_factory=_Texts)
    folder: NotesFolder = field(default_factory=NotesFolder)
    alone: Mapping[str, Paper] = field(default_factory=dict)
    keys: Keys = field(default_factory=lambda: Keys(()))
    resolved: Mapping[str, _Resolved] = field(default_factory=dict)
    papers: Mapping[str, Paper] = field(default_factory=dict)
    notes: Mapping[str, tuple[NoteText, Note]] = field(default_factory=dict)
    links: LinkChecker | None = None
    checked: Mapping[str, Checked] = field(default_factory=dict)
    spelt: check.Spelt = field(default_factory=check.Spelt)
    judged: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    works: check.Works = field(default_factory=check.Works)
    built_on_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


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
    last = memory.last
    if not isinstance(last, _Last) or last.settings != settings:
        last = _Last(settings)
        memory.forget_folders()
    # Until this call has come to its end, there is nothing for another to go on from.
    memory.last = None
    found_records = find_records(settings, last.records.listing, memory)
    found_notes = find_notes(settings, last.texts.listing, memory)
    records = _read_records(found_records, settings, memory, last.records)
    texts = _read_notes(found_notes, settings, memory, last.texts)
    folder = _same(NotesFolder(tuple(found_notes.files)), last.folder)

    unreadable = {key: reading.problems for key, reading in records.readings.items() if reading.record is None}
    alone = _alone(records.readings, last)
    keys = _keys(alone, frozenset(unreadable), last)
    resolved = _resolved(alone, keys, folder, last)
    papers = last.papers if resolved is last.resolved else {key: each.paper for key, each in resolved.items()}
    made_notes = _notes(texts.texts, papers, last)
    notes = {path: note for path, (_, note) in made_notes.items()}
    links = LinkChecker(settings, folder, frozenset(records.paths.values()))
    links = last.links if last.links == links else links
    checked = links.check(texts.texts, _text_below(settings), last.links, last.checked)
    spelt = check.spelt(papers, settings, last.spelt)
    judged = _judged(papers, spelt.preferred, last)
    works = check.works(papers, last.works)
    built_on_by = _built_on_by(papers, last)
    memory.last = _Last(
        settings,
        records,
        texts,
        folder,
        alone,
        keys,
        resolved,
        papers,
        made_notes,
        links,
        checked,
        spelt,
        judged,
        works,
        built_on_by,
    )

    problems = [_unusable_name(f"{settings.meta}/{path}") for path in found_records.unusable]
    problems += [_unusable_name(f"{settings.notes}/{path}") for path in found_notes.unusable]
    problems += records.problems
    problems += [found for reading in records.readings.values() for found in reading.problems]
    problems += [found for each in resolved.values() for found in each.relations.problems]
    problems += [found for text in texts.texts.values() for found in text.problems]
    problems += [found for each in judged.values() for found in each]
    problems += works.duplicates
    problems += check.collisions(keys, records.paths, folder, settings)
    problems += check.orphans(notes, papers, unreadable, settings)
    problems += [found for each in checked.values() for found in each.problems]
    return Library(
        papers=papers,
        notes=notes,
        files=folder.others,
        stamps={path: found_notes.files[path].stamp for path in folder.others},
        unreadable={key: tuple(map(_at_level(settings), found)) for key, found in unreadable.items()},
        built_on_by=built_on_by,
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


def _read_records(listing: Listing, settings: Settings, memory: ReadingMemory, last: _Records) -> _Records:
    """What the record files say; of two files with one key the first one is read."""
    doubtful, gone = _in_doubt(listing, last.listing, settings.meta, memory.unsettled("record"))
    if not doubtful and not gone:
        return dataclasses.replace(last, listing=listing)
    keys_gone = {_bare(path) for path in gone}
    keys_new = [file.bare_path for file in doubtful if file.path not in last.listing.files]
    if last.problems or len({*last.paths} - keys_gone | {*keys_new}) < len(listing.files):
        # Several files have one key, or had: which of them is read depends on all.
        last, doubtful = _Records(), list(listing.files.values())
    readings = {key: reading for key, reading in last.readings.items() if key not in keys_gone}
    paths = {key: path for key, path in last.paths.items() if key not in keys_gone}
    problems: list[Problem] = []
    deleted = set()
    for file in doubtful:
        key, path = file.bare_path, f"{settings.meta}/{file.path}"
        if paths.get(key, path) != path:
            wrong = f"{paths[key]} has the same key, {key!r}, so this file is not read"
            problems.append(problem("repeated-record", path, Place(), wrong, "keep one of the two files"))
            continue
        read = functools.partial(file.content, LARGEST_RECORD + 1)
        try:
            readings[key] = memory.recall("record", path, file.stamp, read, functools.partial(read_record, path, key))
        except FileNotFoundError:
            deleted.add(file.path)
            continue
        except OSError as error:
            wrong = f"the file cannot be opened: {error.strerror}"
            readings[key] = Reading(None, (problem("syntax", path, Place(), wrong),))
        paths[key] = path
    if deleted:
        # As if the folder had been listed a moment later.
        return _read_records(_but(listing, deleted), settings, memory, _Records())
    if paths != last.paths:
        memory.keep_only("record", set(paths.values()))
        readings = {key: readings[key] for key in sorted(readings)}
    return _Records(listing, readings, paths, tuple(problems))


def _bare(path: str) -> str:
    """The path of a file without suffix; for a record its key."""
    return path.rpartition(".")[0]


def _but(listing: Listing, left_out: AbstractSet[str]) -> Listing:
    """A listing without some of its files."""
    return Listing({path: file for path, file in listing.files.items() if path not in left_out}, listing.unusable)


def _in_doubt(
    listing: Listing, last: Listing, folder: str, unsettled: AbstractSet[str]
) -> tuple[list[FoundFile], AbstractSet[str]]:
    """The files that have to be looked at, in order, and the paths of those that are no more.

    Args:
        listing: the files.
        last: the files of the time before.
        folder: where they lie, relative to the root.
        unsettled: the paths relative to the root of those that may have changed although nothing shows it.
    """
    doubtful = {path.removeprefix(f"{folder}/") for path in unsettled}
    before = last.files
    return (
        [file for path, file in listing.files.items() if before.get(path) is not file or path in doubtful],
        before.keys() - listing.files.keys(),
    )


def _read_notes(listing: Listing, settings: Settings, memory: ReadingMemory, last: _Texts) -> _Texts:
    """What the notes say; one that cannot be opened is left out."""
    doubtful, gone = _in_doubt(listing, last.listing, settings.notes, memory.unsettled("note"))
    notes = [file for file in doubtful if is_note(file.path)]
    if not notes and last.texts.keys().isdisjoint(gone):
        return _Texts(listing, last.texts)
    texts = {path: text for path, text in last.texts.items() if path not in gone}
    unread = set()
    for file in notes:
        path = f"{settings.notes}/{file.path}"
        read = functools.partial(file.content, LARGEST_NOTE + 1)
        try:
            texts[file.path] = memory.recall("note", path, file.stamp, read, functools.partial(read_note, path))
        except OSError:
            unread.add(file.path)
            texts.pop(file.path, None)
    if texts.keys() != last.texts.keys():
        memory.keep_only("note", {f"{settings.notes}/{path}" for path in texts})
        texts = {path: texts[path] for path in listing.files if path in texts}
    # The next call takes what could not be read for new, and tries it again.
    return _Texts(_but(listing, unread) if unread else listing, texts)


def _alone(readings: Mapping[str, Reading], last: _Last) -> Mapping[str, Paper]:
    """The papers as their records alone give them."""
    before = last.records.readings
    if readings is before:
        return last.alone
    reader, known = Reader(last.settings), last.alone
    return {
        key: known[key] if before.get(key) is reading else reader.read(reading.record)
        for key, reading in readings.items()
        if reading.record is not None
    }


def _keys(alone: Mapping[str, Paper], unreadable: frozenset[str], last: _Last) -> Keys:
    """The keys of the library."""
    before, known = last.alone, last.keys.papers
    papers = [known[key] if before.get(key) is paper else _known(paper) for key, paper in alone.items()]
    return _same(Keys(tuple(papers), unreadable), last.keys)


def _known(paper: Paper) -> KnownPaper:
    return KnownPaper(paper.key, paper.abbreviation, paper.name)


def _resolved(alone: Mapping[str, Paper], keys: Keys, folder: NotesFolder, last: _Last) -> Mapping[str, _Resolved]:
    """The papers with what they have to do with each other and with the notes folder."""
    finder = Finder(keys, folder, _text_below(last.settings))
    before = last.resolved
    changed = {key: paper for key, paper in alone.items() if last.alone.get(key) is not paper}
    changes = finder.changes(last.keys, last.folder)
    if changes is not None:
        changed |= {
            key: paper
            for key, paper in alone.items()
            if key not in changed and changes.may_touch(paper, before[key].relations)
        }
    found = {key: finder.relations(paper) for key, paper in changed.items()}
    if alone.keys() == before.keys() and all(
        before[key].relations.same_work == each.same_work for key, each in found.items()
    ):
        now = {
            key: _finished(changed[key], each, before[key].paper.same_work)
            for key, each in found.items()
            if last.alone[key] is not changed[key] or before[key].relations != each
        }
        return {**before, **now} if now else before
    relations = {key: found[key] if key in found else before[key].relations for key in alone}
    same_work = _both_ways(relations)
    doubtful = {*found, *same_work, *[key for key, known in before.items() if known.paper.same_work]}
    resolved = {}
    for key, paper in alone.items():
        if key not in doubtful:
            resolved[key] = before[key]
            continue
        known, others = before.get(key), same_work.get(key, ())
        same = known and last.alone[key] is paper and known.relations == relations[key]
        if known and same and known.paper.same_work == others:
            resolved[key] = known
        else:
            resolved[key] = _finished(paper, relations[key], others)
    return resolved


def _finished(paper: Paper, relations: Relations, same_work: tuple[str, ...]) -> _Resolved:
    """A paper with what it has to do with others."""
    finished = dataclasses.replace(
        paper, note=relations.note, cover=relations.cover, baselines=relations.baselines, same_work=same_work
    )
    return _Resolved(relations, finished)


def _judged(papers: Mapping[str, Paper], preferred: check.Spellings, last: _Last) -> Mapping[str, tuple[Problem, ...]]:
    """What is wrong with each paper's record by itself, by key; papers with which nothing is are left out."""
    settings = last.settings
    same_spellings = preferred is last.spelt.preferred
    known = last.judged if same_spellings else {}
    before = last.papers if same_spellings else {}
    if papers is before:
        return known
    new = {key: paper for key, paper in papers.items() if before.get(key) is not paper}
    found: dict[str, list[Problem]] = {}
    by_path = {paper.record.path: key for key, paper in new.items()}
    every = (check.years(new), check.spellings(new, preferred, settings), check.keywords(new, settings))
    for each in itertools.chain(*every):
        found.setdefault(by_path[each.path], []).append(each)
    kept = {key: problems for key, problems in known.items() if key in papers and key not in new}
    return {**kept, **{key: tuple(problems) for key, problems in found.items()}}


def _both_ways(relations: Mapping[str, Relations]) -> dict[str, tuple[str, ...]]:
    """The other records of each work, whichever of two names the other, in order of key."""
    others: dict[str, set[str]] = {}
    for key, found in relations.items():
        for other in found.same_work:
            others.setdefault(key, set()).add(other)
            others.setdefault(other, set()).add(key)
    return {key: tuple(sorted(found)) for key, found in others.items()}


def _notes(
    texts: Mapping[str, NoteText], papers: Mapping[str, Paper], last: _Last
) -> Mapping[str, tuple[NoteText, Note]]:
    """What each note says, and the note with the papers that name it, by path."""
    if texts is last.texts.texts and papers is last.papers:
        return last.notes
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


def _built_on_by(papers: Mapping[str, Paper], last: _Last) -> Mapping[str, tuple[str, ...]]:
    """For each paper the papers that name it as a baseline, in order of year, then title."""
    before = last.papers
    if papers is before:
        return last.built_on_by
    changed = [paper for key, paper in papers.items() if before.get(key) is not paper]
    gone = [paper for key, paper in before.items() if papers.get(key) is not paper]
    found: dict[str, set[str]] = {}
    for paper in (*changed, *gone):
        for key in _baseline_keys(paper):
            if key not in found:
                found[key] = {other for other in last.built_on_by.get(key, ()) if papers.get(other) is before[other]}
    for paper in changed:
        for key in _baseline_keys(paper):
            found[key].add(paper.key)
    renewed = {
        key: tuple([paper.key for paper in sorted(map(papers.__getitem__, by), key=_age)]) for key, by in found.items()
    }
    return {key: renewed[key] if key in renewed else last.built_on_by.get(key, ()) for key in papers}


def _age(paper: Paper) -> tuple[int, str, str]:
    return (paper.year, paper.title.casefold(), paper.key)


def _baseline_keys(paper: Paper) -> Iterable[str]:
    return dict.fromkeys([baseline.key for baseline in paper.baselines if baseline.key])


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
