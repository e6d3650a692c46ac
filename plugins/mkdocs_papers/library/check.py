"""Checks of a library as a whole: what no single file shows."""

from __future__ import annotations

import functools
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from mkdocs_papers.library.addresses import identities
from mkdocs_papers.library.counting import gone_and_new, recounted
from mkdocs_papers.library.folder import NotesFolder, grouped
from mkdocs_papers.library.keys import Keys
from mkdocs_papers.library.model import Note, Paper
from mkdocs_papers.library.names import fold, fold_case, fold_words
from mkdocs_papers.library.papers import DEFAULT_VENUE, Reader
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.records.codes import problem
from mkdocs_papers.records.problem import Place, Problem
from mkdocs_papers.records.suggest import did_you_mean

_UNIVERSITY = "university"


def years(papers: Mapping[str, Paper]) -> Iterator[Problem]:
    """Records that lie in the folder of another year than that of their publication."""
    for paper in papers.values():
        folder = paper.key.partition("/")[0]
        if paper.year != int(folder):
            place = paper.record.place("pub", "year")
            right = f"write year: {folder}, or move the record to the folder {paper.year}"
            wrong = f"the year {paper.year} is not that of the folder {folder}"
            yield problem("year-mismatch", paper.record.path, place, wrong, right, "pub.year")


Marks = tuple[tuple[str, str, str], ...]
"""What tells a work apart: for each mark its name, the field that it stands in, and the mark."""


def marks(paper: Paper) -> Marks:
    """What tells a paper's work apart."""
    found = [("address", "url", mark) for mark in identities(paper.url, None)]
    found += [("DOI", "doi", mark) for mark in identities(None, paper.doi)]
    if paper.record.info.paper.title and (mark := fold(paper.title)):
        found.append(("title", "title", mark))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Works:
    """Which records of a library may be of one work, from which the next look at them can go on.

    Attributes:
        papers: the papers by key.
        marks: what tells the work of each apart, by key.
        holders: the keys of the papers that have a mark.
        shared: the marks that several have.
        duplicates: the records of one work that do not say so: the later one of each two, in order of key.
    """

    papers: Mapping[str, Paper] = field(default_factory=dict)
    marks: Mapping[str, Marks] = field(default_factory=dict)
    holders: Mapping[_Mark, tuple[str, ...]] = field(default_factory=dict)
    shared: frozenset[_Mark] = frozenset()
    duplicates: tuple[Problem, ...] = ()


def works(papers: Mapping[str, Paper], before: Works) -> Works:
    """Which records may be of one work.

    Args:
        papers: the papers by key.
        before: what an earlier call gave.
    """
    if papers is before.papers:
        return before
    gone, new = gone_and_new(before.papers, papers)
    known, holders = dict(before.marks), dict(before.holders)
    for paper in gone:
        for mark in _set_of(known.pop(paper.key)):
            holders[mark] = tuple([key for key in holders[mark] if key != paper.key])
    for paper in new:
        known[paper.key] = marks(paper)
        for mark in _set_of(known[paper.key]):
            holders[mark] = (*holders.get(mark, ()), paper.key)
    touched = {mark for paper in gone for mark in _set_of(before.marks[paper.key])}
    touched |= {mark for paper in new for mark in _set_of(known[paper.key])}
    shared = (before.shared - touched) | {mark for mark in touched if len(holders[mark]) > 1}
    for mark in touched:
        if not holders[mark]:
            del holders[mark]
    in_question = {key for mark in shared for key in holders[mark]}
    found = tuple(_duplicates(papers, known, in_question)) if in_question else ()
    return Works(papers, known, holders, frozenset(shared), found)


_Mark = tuple[str, str]
"""What works are told apart by: "title" or nothing, and a mark."""


def _mark(name: str, mark: str) -> _Mark:
    return (name if name == "title" else "", mark)


def _set_of(found: Marks) -> set[_Mark]:
    return {_mark(name, mark) for name, _, mark in found}


def _duplicates(
    papers: Mapping[str, Paper], marks: Mapping[str, Marks], in_question: AbstractSet[str]
) -> Iterator[Problem]:
    """Records of one work that do not say so.

    Args:
        papers: the papers by key.
        marks: what tells the work of each apart, by key.
        in_question: the keys of those whose marks others have too.
    """
    joined = _Joined(papers)
    first: dict[_Mark, str] = {}
    for key in [key for key in papers if key in in_question]:
        for shared, held_in, mark in marks[key]:
            other = first.setdefault(_mark(shared, mark), key)
            if other is not key and not joined.same(key, other):
                joined.join(key, other)
                wrong = f"{other} has the same {shared}"
                right = f"write same_work: '{other}' if both are the same work, or delete one of the records"
                record = papers[key].record
                place = record.place("paper", held_in)
                yield problem("duplicate-paper", record.path, place, wrong, right, f"paper.{held_in}")


class _Joined:
    """Which records are known to be of one work, directly or through others."""

    def __init__(self, papers: Mapping[str, Paper]) -> None:
        self._above: dict[str, str] = {}
        for key, paper in papers.items():
            for other in paper.same_work:
                self.join(key, other)

    def _top(self, key: str) -> str:
        while (above := self._above.get(key, key)) != key:
            self._above[key] = self._above.get(above, above)
            key = above
        return key

    def same(self, key: str, other: str) -> bool:
        return self._top(key) == self._top(other)

    def join(self, key: str, other: str) -> None:
        self._above[self._top(key)] = self._top(other)


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of name that has one spelling in a library.

    Attributes:
        name: what it is called.
        of: the names of that kind that a paper holds.
        fold: gives the same for two spellings of one name.
    """

    name: str
    of: Callable[[Paper], Iterable[str]]
    fold: Callable[[str], str]


def _fold_institution(name: str) -> str:
    folded = fold(name)
    return folded.removesuffix(_UNIVERSITY) or folded


_KINDS = (
    _Kind("venue", lambda paper: (paper.venue,) if paper.venue else (), fold),
    _Kind("institution", lambda paper: paper.institutions, _fold_institution),
    # Chinese names in Latin letters often differ in nothing but where the space is, so it counts.
    _Kind("author", lambda paper: paper.authors, fold_words),
)


Spellings = Mapping[tuple[str, str], str]
"""The spelling to use for each other one of a library, by kind of name and spelling."""


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of one kind that a library holds.

    Attributes:
        counts: how many papers hold each.
        alike: the names that are one but for their spelling, by what they have in common.
        preferred: the spelling to use for each other one.
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    alike: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    preferred: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Spelt:
    """How the names of a library are spelt, from which the next look at them can go on.

    Attributes:
        papers: the papers.
        names: the names of each kind, by the kind's name.
        preferred: the spelling to use for each name that is spelt in two ways: the aliases', else the most frequent.
    """

    papers: Mapping[str, Paper] = field(default_factory=dict)
    names: Mapping[str, _Names] = field(default_factory=dict)
    preferred: Spellings = field(default_factory=dict)


def spelt(papers: Mapping[str, Paper], settings: Settings, before: Spelt) -> Spelt:
    """How the names of a library are spelt.

    Args:
        papers: the papers by key.
        settings: the library's settings.
        before: what an earlier call gave under the same settings. Where all names are preferred that were then,
            ``preferred`` is the very same.
    """
    if papers is before.papers:
        return before
    gone, new = gone_and_new(before.papers, papers)
    reader = Reader(settings)
    names = {}
    for kind in _KINDS:
        chosen = reader.aliases[kind.name].chosen | {DEFAULT_VENUE}
        names[kind.name] = _respelt(kind, before.names.get(kind.name, _Names()), gone, new, chosen)
    preferred = {(kind, name): best for kind, found in names.items() for name, best in found.preferred.items()}
    return Spelt(papers, names, before.preferred if preferred == before.preferred else preferred)


def _respelt(
    kind: _Kind, before: _Names, gone: Iterable[Paper], new: Iterable[Paper], chosen: AbstractSet[str]
) -> _Names:
    """The names of a kind, after some papers have changed."""
    counts = recounted(before.counts, map(kind.of, gone), map(kind.of, new))
    if counts is before.counts:
        return before
    alike, preferred = dict(before.alike), dict(before.preferred)
    touched = {name for paper in (*gone, *new) for name in kind.of(paper)}
    for folded, named in grouped((kind.fold(name), name) for name in sorted(touched)).items():
        known = alike.pop(folded, ())
        names = [name for name in dict.fromkeys((*known, *named)) if name in counts]
        for name in known:
            preferred.pop(name, None)
        if names:
            alike[folded] = tuple(names)
        if folded and len(names) > 1:
            best = min(names, key=lambda name: (name not in chosen, -counts[name], -len(name), name))
            preferred.update((name, best) for name in names if name != best)
    return _Names(counts, alike, preferred)


def spellings(papers: Mapping[str, Paper], preferred: Spellings, settings: Settings) -> Iterator[Problem]:
    """Names that are not spelt as they should be."""
    if not preferred:
        return
    reader = Reader(settings)
    for paper in papers.values():
        if not any((kind.name, name) in preferred for kind in _KINDS for name in kind.of(paper)):
            continue
        for value in reader.names(paper.record):
            if best := preferred.get((value.kind, value.name)):
                place = paper.record.place(*value.path)
                wrong = f"the {value.kind} {value.name!r} is spelt {best!r} elsewhere"
                right = f"write {best!r}, or settle it in the option 'aliases'"
                field = ".".join(part for part in value.path if isinstance(part, str))
                yield problem("two-spellings", paper.record.path, place, wrong, right, field)


def keywords(papers: Mapping[str, Paper], settings: Settings) -> Iterator[Problem]:
    """Keywords that the configuration does not list, where it lists any."""
    known = settings.keywords
    if not known:
        return
    reader = Reader(settings)
    for paper in papers.values():
        if all(word in known for word in paper.keywords):
            continue
        for value in reader.names(paper.record):
            if value.kind == "keyword" and value.name not in known:
                place = paper.record.place(*value.path)
                wrong = f"the keyword {value.name!r} is not listed"
                right = _nearest_keyword(value.name, tuple(known)) or "list it in the option 'keywords'"
                yield problem("unknown-keyword", paper.record.path, place, wrong, right, "keyword.words")


@functools.lru_cache(maxsize=10_000)
def _nearest_keyword(word: str, known: tuple[str, ...]) -> str:
    return did_you_mean(word, known)


def collisions(keys: Keys, paths: Mapping[str, str], folder: NotesFolder, settings: Settings) -> Iterator[Problem]:
    """Files and folders whose names differ in letter case only.

    Args:
        keys: the keys of the library.
        paths: the path of each record, relative to the root, by key.
        folder: the names below the notes folder.
        settings: where the library is.
    """
    for other, key in keys.collisions:
        wrong = f"the key {key!r} differs from {other!r} in letter case only"
        yield problem("case-collision", paths[key], Place(), wrong, "rename one of the two")
    for other, path in folder.collisions:
        wrong = f"the name {path!r} differs from {other!r} in letter case only"
        inside = path if path in folder else next(file for file in folder.paths if file.startswith(f"{path}/"))
        yield problem("case-collision", f"{settings.notes}/{inside}", Place(), wrong, "rename one of the two")


def orphans(
    notes: Mapping[str, Note], papers: Mapping[str, Paper], unreadable: Iterable[str], settings: Settings
) -> Iterator[Problem]:
    """Notes that no record names, but for those that a record which cannot be read may name.

    Args:
        notes: the notes by path below the notes folder.
        papers: the papers by key.
        unreadable: keys of records that cannot be read.
        settings: where the library is.
    """
    unnamed = [path for path, note in notes.items() if not note.papers]
    if not unnamed:
        return
    without = {fold_case(key): paper for key, paper in papers.items() if paper.note is None}
    hidden = {fold_case(key) for key in unreadable}
    hidden_stems = {key.partition("/")[2] for key in hidden}
    for path in unnamed:
        folder, _, name = fold_case(path).rpartition("/")
        if folder in hidden or name.rpartition(".")[0] in hidden_stems:
            continue
        right = "name it in a record: note { url }"
        if paper := without.get(folder):
            url = posixpath.relpath(path, paper.key)
            right = f"name it in {paper.record.path}: note {{ url: {url!r} }}"
        yield problem("orphan-note", f"{settings.notes}/{path}", Place(), "no record names this note", right)
