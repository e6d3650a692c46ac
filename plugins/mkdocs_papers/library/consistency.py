"""Checks of a library: what no single file shows, and what a record says that it had better not."""

import functools
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from mkdocs_papers.incremental.database import Database, query
from mkdocs_papers.incremental.operators import Each, Groups, Mapped
from mkdocs_papers.library.keys import colliding_keys, several
from mkdocs_papers.library.library_inputs import RECORDS, SETTINGS
from mkdocs_papers.library.model import Paper
from mkdocs_papers.library.names import fold, fold_words
from mkdocs_papers.library.notes_folder import NotesFolder, name_collisions
from mkdocs_papers.library.papers import DEFAULT_VENUE, Reader, parsed, reader
from mkdocs_papers.library.relations import same_work
from mkdocs_papers.records.addresses import identities
from mkdocs_papers.records.draft import dotted
from mkdocs_papers.records.problem import Place, Problem, problem
from mkdocs_papers.records.suggest import did_you_mean

_UNIVERSITY = "university"


wrong_in_itself: Mapped[[], str, tuple[Problem, ...]] = Mapped(
    parsed, lambda reader, paper: (*_wrong_year(paper), *_unknown_keywords(reader, paper)) or None, reader
)
"""What is wrong with what a record says by itself, under the settings, by key."""


def _wrong_year(paper: Paper) -> Iterator[Problem]:
    """Whether the record lies in the folder of another year than that of its publication."""
    folder = paper.key.partition("/")[0]
    if paper.year != int(folder):
        place = paper.record.place("pub", "year")
        right = f"write year: {folder}, or move the record to the folder {paper.year}"
        wrong = f"the year {paper.year} is not that of the folder {folder}"
        yield problem("year-mismatch", paper.record.path, place, wrong, right, "pub.year")


def _unknown_keywords(reader: Reader, paper: Paper) -> Iterator[Problem]:
    """Keywords that the configuration does not list, where it lists any."""
    known = reader.settings.keywords
    if not known or all(word in known for word in paper.keywords):
        return
    for value in reader.names(paper.record):
        if value.kind == "keyword" and value.name not in known:
            place = paper.record.place(*value.path)
            wrong = f"the keyword {value.name!r} is not listed"
            right = _nearest_keyword(value.name, tuple(known)) or "list it in the option 'keywords'"
            yield problem("unknown-keyword", paper.record.path, place, wrong, right, "keyword.words")


@functools.lru_cache(maxsize=10_000)
def _nearest_keyword(word: str, known: tuple[str, ...]) -> str:
    return did_you_mean(word, known)


_Mark = tuple[str, str]
"""What works are told apart by: "title" or nothing, and a mark."""


def _marks(paper: Paper) -> Iterator[tuple[str, str, _Mark]]:
    """What tells a paper's work apart: what it is called, the field that it stands in, and the mark."""
    yield from [("address", "url", ("", mark)) for mark in identities(paper.url, None)]
    yield from [("DOI", "doi", ("", mark)) for mark in identities(None, paper.doi)]
    if paper.record.info.paper.title and (mark := fold(paper.title)):
        yield "title", "title", ("title", mark)


_by_mark: Groups[[], str, _Mark] = Groups(parsed, lambda _, paper: [mark for _, _, mark in _marks(paper)])
_shared_marks: Mapped[[], _Mark, tuple[str, ...]] = Mapped(_by_mark, several)


@query
def repeated_works(db: Database) -> tuple[Problem, ...]:
    """The records of one work that do not say so: the later one of each two, in order of key."""
    shared = _shared_marks(db)
    return tuple(_repeated(db, sorted({key for keys in shared.values() for key in keys}))) if shared else ()


def _repeated(db: Database, keys: Iterable[str]) -> Iterator[Problem]:
    works = _Works()
    for key, named in same_work(db).items():
        for other in named.keys:
            works.join(key, other)
    first: dict[_Mark, str] = {}
    for key in keys:
        paper = parsed.at(db, key)
        for shared, field, mark in _marks(paper):
            other = first.setdefault(mark, key)
            if other is not key and works.join(key, other):
                wrong = f"{other} has the same {shared}"
                right = f"write same_work: '{other}' if both are the same work, or delete one of the records"
                place = paper.record.place("paper", field)
                yield problem("duplicate-paper", paper.record.path, place, wrong, right, f"paper.{field}")


class _Works(dict[str, set[str]]):
    """The records that are known to be of the work of each, directly or through others."""

    def join(self, key: str, other: str) -> bool:
        """Take two records for those of one work; whether that was not known."""
        few, many = sorted((self.setdefault(key, {key}), self.setdefault(other, {other})), key=len)
        if few is many:
            return False
        many |= few
        self.update(dict.fromkeys(few, many))
        return True


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of name that has one spelling: those of a paper, and what gives the same for two spellings of one."""

    of: Callable[[Paper], Iterable[str]]
    fold: Callable[[str], str]


def _fold_institution(name: str) -> str:
    folded = fold(name)
    return folded.removesuffix(_UNIVERSITY) or folded


_KINDS: Mapping[str, _Kind] = {
    "venue": _Kind(lambda paper: (paper.venue,) if paper.venue else (), fold),
    "institution": _Kind(lambda paper: paper.institutions, _fold_institution),
    # Chinese names in Latin letters often differ in nothing but where the space is, so it counts.
    "author": _Kind(lambda paper: paper.authors, fold_words),
}


def _folded(name: str, _papers: object, kind: str) -> tuple[str, ...]:
    folded = _KINDS[kind].fold(name)
    return (folded,) if folded else ()


_papers_with: Groups[[str], str, str] = Groups(parsed, lambda _, paper, kind: _KINDS[kind].of(paper), arguments=0)
"""The keys of the papers that hold a name of a kind."""

_spellings: Mapped[[str], str, tuple[str, ...]] = Mapped(Groups(_papers_with, _folded), several, arguments=None)
"""The names of a kind that are one but for their spelling, by what they have in common."""


@query
def _misspelt(db: Database, kind: str, folded: str) -> tuple[Problem, ...]:
    """Names that are not written as the aliases say, or else as in most papers."""
    papers = {name: _papers_with.at(db, kind, name) for name in _spellings.at(db, kind, folded)}
    chosen = reader(db).aliases[kind].chosen | {DEFAULT_VENUE}
    # Of several words all in capitals somebody else's layout is the reason more often than not.
    shouted = {name for name in papers if " " in name and name.isupper()}
    best = min(papers, key=lambda name: (name not in chosen, -len(papers[name]), name in shouted, -len(name), name))
    others = [name for name in papers if name != best]
    return tuple([found for name in others for key in papers[name] for found in _places_of(db, key, kind, name, best)])


def _places_of(db: Database, key: str, kind: str, name: str, best: str) -> Iterator[Problem]:
    """Where a record spells a name as it should not."""
    record = parsed.at(db, key).record
    for value in reader(db).names(record):
        if (value.kind, value.name) == (kind, name):
            wrong = f"the {kind} {name!r} is written {best!r} elsewhere"
            right = f"write {best!r}, or choose in the option 'aliases'"
            yield problem("two-spellings", record.path, record.place(*value.path), wrong, right, dotted(value.path))


_misspelt_names: Each[[str], str, tuple[Problem, ...]] = Each(_misspelt, _spellings.names)


def misspelt(db: Database) -> Iterator[Problem]:
    """Names that are not written as they should be."""
    return (found for kind in _KINDS for several in _misspelt_names(db, kind).values() for found in several)


def _difference(name: str, other: str) -> str:
    """In what two names differ that are one name to macOS or Windows."""
    same = unicodedata.normalize("NFC", name) == unicodedata.normalize("NFC", other)
    return "how accents are encoded" if same else "letter case"


@query
def collisions(db: Database) -> tuple[Problem, ...]:
    """Files and folders whose names differ in letter case only."""
    found: list[Problem] = []
    shared = colliding_keys(db)
    paths = {key: path for path, key in RECORDS(db).items()} if shared else {}
    for first, *others in shared.values():
        for key in others:
            wrong = f"the key {key!r} differs from {first!r} in {_difference(key, first)} only"
            found.append(problem("case-collision", paths[key], Place(), wrong, "rename one of the two"))
    folder = NotesFolder(db)
    for other, path in name_collisions(db):
        wrong = f"the name {path!r} differs from {other!r} in {_difference(path, other)} only"
        where = f"{SETTINGS(db).notes}/{folder.first_inside(path)}"
        found.append(problem("case-collision", where, Place(), wrong, "rename one of the two"))
    return tuple(found)
