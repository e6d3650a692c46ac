"""Where in a library a paper belongs: whether it is there already, its key, its record's text, its file."""

import dataclasses
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mkdocs_papers.command.filling import filled
from mkdocs_papers.command.writing import write_all_new, write_whole
from mkdocs_papers.library.folder import RECORD_SUFFIXES
from mkdocs_papers.library.keys import looks_like_key
from mkdocs_papers.library.model import Library, Paper
from mkdocs_papers.library.names import fold, fold_case
from mkdocs_papers.library.papers import Reader
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.records.addresses import bare_doi, http_address, identities
from mkdocs_papers.records.amend import amended
from mkdocs_papers.records.formats import FORMATS, format_of
from mkdocs_papers.records.json_schema import SCHEMA
from mkdocs_papers.records.read import read_record
from mkdocs_papers.records.schema import CodeBlock, KeywordBlock, PaperBlock, PaperInfo, PubBlock, fields
from mkdocs_papers.sources.agree import shared_authors
from mkdocs_papers.sources.found import Failure, Found
from mkdocs_papers.sources.naming import nickname, stem, stems
from mkdocs_papers.sources.to_record import to_info

WRITERS = {known.name: known.write for known in FORMATS}
"""The formats of records: from a name to its writer."""

_ACRONYM = re.compile(r"\(([A-Z][\w-]*[A-Z+]\w*)(?:[ ’'-]*[0-9]{2,4})?\)")
_MOST_OFFERED = 8
_WORD = re.compile(r"[\w+:]+")
_PLURAL = re.compile(r"(?<=[a-z]{3})s$")
_PARTS = re.compile(r"[/(),;]+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What whoever adds a paper has decided.

    Attributes:
        key: the record's key, or its name without the year; None leaves it to the paper.
        format: the record's format, of `WRITERS`; None takes what the library mostly uses.
    """

    key: str | None = None
    keywords: tuple[str, ...] = ()
    format: str | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A record that is to be written.

    Attributes:
        path: its file, relative to the project's root, with ``/``.
        offered: what stands in it as comments, for a person to decide, each in a few words.
    """

    key: str
    path: str
    info: PaperInfo
    text: str
    offered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """The record of a paper that came in.

    Attributes:
        certain: whether it is of that very paper; else it may be, and a person has to see.
    """

    key: str
    certain: bool = True


@dataclass(frozen=True, slots=True)
class _Known:
    """What a paper of the library is told by where no identifier does; title and venue are folded."""

    key: str
    authors: tuple[str, ...]
    year: int | None
    doi: str | None
    title: str
    venue: str

    def match(self, found: Found, venue: str) -> Match | None:
        """Whether a paper of the same title is the same: by its authors, else by its year and venue.

        Two DOIs are two papers where the years differ too, for an "Editorial" has the same title and author every year,
        and where no authors can be compared. Of those, a title that is hardly given twice is a reason to ask.
        """
        own, other = (identities(None, bare_doi(doi)) for doi in (self.doi, found.doi))
        other_doi = bool(own and other and own != other)
        if other_doi and not (self.year == found.year and self.authors and found.authors):
            return None
        if self.authors and found.authors:
            return Match(self.key) if shared_authors(self.authors, found.authors) >= _SAME_AUTHORS else None
        if self.year == found.year and self.venue == venue:
            return Match(self.key)
        may_be = (self.year == found.year or found.year is None) and _is_telling(found.title or "")
        return Match(self.key, certain=False) if may_be else None


_SAME_AUTHORS = 0.5
"""Of papers with the very same title, so large a share of the authors has to be the same."""

_TELLING = 16
"""So many letters make a title one that two papers hardly have, unless it begins as those of each volume do."""

_OF_EACH_VOLUME = re.compile(
    r"(?:guest )?editorial|(?:fore|after)word|preface|introduction|erratum|corrigend|correction|retraction|obituary"
    r"|in memoriam|book review|(?:front|back) matter|table of contents|message from|welcome|proceedings",
    re.IGNORECASE,
)


def _is_telling(title: str) -> bool:
    """Whether hardly two papers have a title."""
    return len(fold(title)) >= _TELLING and not _OF_EACH_VOLUME.match(title)


class LibraryRecords:
    """The records of a library, and where new ones go. What is placed counts as there from then on."""

    def __init__(self, library: Library, settings: Settings, wanted: Wanted | None = None) -> None:
        self._settings = settings
        self._wanted = wanted or Wanted()
        self._aliases = Reader(settings).aliases
        self._format = self._wanted.format or _most_used(library)
        self._keywords = {
            fold(name): keyword.id for keyword in settings.keywords.values() for name in (keyword.label, keyword.id)
        }
        self._marks: dict[str, str] = {}
        self._titles: dict[str, list[_Known]] = {}
        self._venues: dict[str, str] = {}
        self._taken = {fold_case(key) for key in (*library.papers, *library.unreadable)}
        self._same_work = {key: paper.same_work for key, paper in library.papers.items() if paper.same_work}
        for paper in library.papers.values():
            self._learn(_known(paper), identities(paper.url, paper.doi))
            if paper.venue:
                self._venues.setdefault(fold(paper.venue), paper.venue)

    def known(self, found: Found) -> Match | None:
        """The record of the same paper; None where there is none.

        An identifier or an address tells it, or a title together with authors, or with year and venue where no authors
        can be compared.
        """
        for mark in _marks(found):
            if mark in self._marks:
                return Match(self._marks[mark])
        others = self._titles.get(fold(found.title), ()) if found.title else ()
        if not others:
            return None
        venue = fold(self.info(found).pub.where or "")
        matches = [match for other in others if (match := other.match(found, venue))]
        return next((match for match in matches if match.certain), matches[0] if matches else None)

    def told(self, match: Match) -> str:
        """That a paper is there, as a person is told it, with the keys of the same work."""
        if not match.certain:
            return f"may be there already, as {match.key}, which has this title; no authors can be compared"
        others = self._same_work.get(match.key, ())
        return f"is there already, as {match.key}" + (f", and {', '.join(others)} of the same work" if others else "")

    def place(self, found: Found) -> Placed | Failure:
        """The record of a paper; why there is none where no title or no year is known, or its key is taken."""
        if not found.title:
            return Failure(_name(found), "it has no title", place=found.place)
        info = self.info(found)
        key = self._key(found, info)
        if isinstance(key, Failure):
            return key
        offered = self._offers(found, info)
        path = f"{self._settings.meta}/{key}.{self._format}"
        text = self._modeline() + WRITERS[self._format](info) + "".join(self._comments(offered))
        self._taken.add(fold_case(key))
        self._learn(
            _Known(key, found.authors, found.year, found.doi, fold(found.title), fold(info.pub.where or "")),
            _marks(found),
        )
        return Placed(key, path, info, text, tuple(map(_in_short, offered)))

    def path(self, key: str) -> str | None:
        """The record of a key, relative to the root; None where there is no such file."""
        paths = (f"{self._settings.meta}/{key}{suffix}" for suffix in RECORD_SUFFIXES)
        return next((path for path in paths if (self._settings.root / path).is_file()), None)

    def fill(self, path: str, found: Found, *, dry_run: bool = False) -> list[str]:
        """Fill the gaps of a record, and leave all else of its file as it is; gives the names of the fields filled.

        Raises:
            ValueError: something in it would be lost, or somebody has just changed it; it stays.
        """
        before = (self._settings.root / path).read_bytes()
        record = read_record(path, path, before).record
        if record is None:
            raise ValueError("see mkdocs-papers check")
        wanted = filled(record.info, self.info(found), found)
        if wanted == record.info:
            return []
        after = amended(before.decode(), path, wanted)
        if after is None:
            raise ValueError("something in it would be lost; see mkdocs-papers check")
        if not dry_run and not write_whole(self._settings.root / path, after.encode(), expected=before):
            raise ValueError("somebody has just changed it")
        blocks = {"paper": PaperBlock, "pub": PubBlock, "keyword": KeywordBlock}
        return [
            f"{block}.{name}"
            for block, kind in blocks.items()
            for name in fields(kind)
            if getattr(getattr(wanted, block), name) != getattr(getattr(record.info, block), name)
        ]

    def file(self, placed: Placed) -> Path:
        """The file of a record."""
        return self._settings.root / placed.path

    def write(self, placed: Sequence[Placed]) -> list[OSError | None]:
        """Write records; gives for each why it cannot be written, or there is such a file, or None."""
        return write_all_new([(self.file(each), each.text.encode()) for each in placed])

    def _spell(self, kind: str, name: str) -> str:
        """The library's own spelling of a name; of a venue also by an acronym that the library knows."""
        canonical = self._aliases[kind].canonical(name)
        if kind != "venue" or canonical != name:
            return canonical
        acronym = _ACRONYM.search(name)
        known = self._venues.get(fold(name)) or (self._venues.get(fold(acronym[1])) if acronym else None)
        return known or name

    def info(self, found: Found) -> PaperInfo:
        """What the record of a paper would say, with names as the library writes them."""
        info = to_info(found, self._spell)
        abbreviation = info.paper.abbr or nickname(found.title, found.abstract)
        stated = [self._keyword(word) for word in info.keyword.words]
        words = tuple(dict.fromkeys((*stated, *self._wanted.keywords)))
        paper = dataclasses.replace(info.paper, abbr=abbreviation)
        return dataclasses.replace(info, paper=paper, keyword=KeywordBlock(words))

    def _keyword(self, word: str) -> str:
        """The keyword of the configuration that a file means by its label or its id; else the word as it is."""
        canonical = self._aliases["keyword"].canonical(word)
        return self._keywords.get(fold(canonical), canonical)

    def _key(self, found: Found, info: PaperInfo) -> str | Failure:
        suggested = _suggested(found) if self._wanted.key is None else None
        if suggested and fold_case(suggested) not in self._taken:
            return suggested
        year, _, name = (self._wanted.key or "").rpartition("/")
        year = year or (str(info.pub.year) if info.pub.year else "")
        if not year:
            right = "say where it goes: --key 2024/Name"
            return Failure(_name(found), f"no year is known of {found.title!r}", right, found.place)
        if name:
            key = f"{year}/{name}"
            taken = fold_case(key) in self._taken
            return Failure(_name(found), f"there is a record {key} already", "choose another --key") if taken else key
        candidates = (f"{year}/{each}" for each in stems(info.paper.abbr, found.title))
        return next(key for key in candidates if fold_case(key) not in self._taken)

    def _offers(self, found: Found, info: PaperInfo) -> list[tuple[str, PaperInfo]]:
        """What a person may decide to take: a sentence on it, and the fields to write."""
        offers = list(found.offers)
        words = [word for word in self._keywords_in(found) if word not in info.keyword.words][:_MOST_OFFERED]
        if words:
            about = "Keywords whose words stand in the title or the abstract; keep what fits:"
            offers.append((about, PaperInfo(keyword=KeywordBlock(tuple(words)))))
        if not info.code.url:
            places: dict[str, list[str]] = {}
            for address, where in found.codes:
                places.setdefault(address, []).append(where)
            offers += [
                (f"An address of code that stands in {' and '.join(where)}:", PaperInfo(code=CodeBlock(url=address)))
                for address, where in itertools.islice(places.items(), _MOST_OFFERED)
            ]
        return offers

    def _keywords_in(self, found: Found) -> Iterator[str]:
        words_said = _simple_words(f"{found.title} . {found.abstract or ''}")
        text = f" {' '.join(words_said)} "
        for keyword in self._settings.keywords.values():
            phrases = (*_PARTS.split(keyword.label), keyword.id.replace("_", " "))
            if any((words := _simple_words(phrase)) and f" {' '.join(words)} " in text for phrase in phrases):
                yield keyword.id

    def _modeline(self) -> str:
        """What tells editors by which schema they may complete and check a record in YAML, where there is one."""
        there = self._format == "yaml" and (self._settings.root / self._settings.meta / SCHEMA).is_file()
        return f"# yaml-language-server: $schema=../{SCHEMA}\n" if there else ""

    def _comments(self, offered: Sequence[tuple[str, PaperInfo]]) -> Iterator[str]:
        for about, info in offered:
            yield f"# {about}\n"
            yield from (f"# {line}\n" for line in WRITERS[self._format](info).splitlines())

    def _learn(self, known: _Known, marks: Sequence[str]) -> None:
        for mark in marks:
            self._marks.setdefault(mark, known.key)
        if known.title:
            self._titles.setdefault(known.title, []).append(known)


def _known(paper: Paper) -> _Known:
    title = fold(paper.title) if paper.record.info.paper.title else ""
    return _Known(paper.key, paper.authors, paper.year, paper.doi, title, fold(paper.venue or ""))


def _marks(found: Found) -> tuple[str, ...]:
    """What tells the paper apart, as the library's own check tells papers apart."""
    marks: list[str] = []
    if found.arxiv:
        marks += identities(f"https://arxiv.org/abs/{found.arxiv}", None)
    marks += identities(http_address(found.url), bare_doi(found.doi))
    marks += identities(None, bare_doi(found.published_doi))
    return tuple(dict.fromkeys(marks))


def _in_short(offer: tuple[str, PaperInfo]) -> str:
    """What is offered, in a few words."""
    _, info = offer
    if info.keyword.words:
        return f"the keywords {', '.join(info.keyword.words)}"
    return f"code at {info.code.url}" if info.code.url else f"the venue {info.pub.where}"


def _suggested(found: Found) -> str | None:
    """The key that a source suggests, where it is one; whatever an untrusted file says, it is the name of a file."""
    if not found.key or not looks_like_key(found.key):
        return None
    year, _, name = found.key.partition("/")
    plain = stem(name)
    return f"{year}/{plain}" if plain and "/" not in name else None


def _name(found: Found) -> str:
    return found.source.partition(":")[0] if found.place else found.source


def _simple_words(text: str) -> list[str]:
    """The words of a text without letter case, accents and a plural's ``s``."""
    return [_PLURAL.sub("", fold(word)) for word in _WORD.findall(text)]


def _most_used(library: Library) -> str:
    """The format of most records; the first of equally many."""
    used = Counter(format_of(paper.record.path).name for paper in library.papers.values())
    return max(WRITERS, key=lambda name: used[name])
