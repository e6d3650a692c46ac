"""The paper that one record describes: its values trimmed, split, given defaults and written one way."""

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mkdocs_papers.incremental.database import Database, query
from mkdocs_papers.incremental.operators import Mapped
from mkdocs_papers.library.library_inputs import READINGS, SETTINGS
from mkdocs_papers.library.model import Code, Paper
from mkdocs_papers.library.names import Aliases, one_line, paragraphs
from mkdocs_papers.library.settings import ALIAS_KINDS, Settings
from mkdocs_papers.records import addresses
from mkdocs_papers.records.authors import split_names
from mkdocs_papers.records.limits import LONGEST_ABSTRACT, LONGEST_LINE, cut
from mkdocs_papers.records.placeholders import is_placeholder
from mkdocs_papers.records.record import Record
from mkdocs_papers.records.schema import Field, Path, PubBlock, fields, leaves, value_at

DEFAULT_VENUE = "arXiv"
"""The venue of a paper whose record names none."""

_LAST_SECOND = 253_402_300_799
"""The end of the year 9999, in Unix seconds: calendars of programs end there."""

_NOTHING = "none"
"""What people write for no keyword or no baseline, in any letter case."""


READ = frozenset({
    *((("paper", name)) for name in ("title", "abbr", "url", "authors", "institutions", "doi", "abstract")),
    *(("pub", "where"), ("pub", "year"), ("code", "type"), ("code", "url"), ("note", "url"), ("cover", "url")),
    *(("keyword", "words"), ("baseline", "methods")),
    *((name,) for name in ("update_time", "same_work", "rating", "status", "former_keys")),
})  # fmt: skip
"""The fields that the library reads; of any other it knows only what the record says."""


def line(text: str) -> str:
    """A value on one line, cut where it is longer than any real one."""
    return one_line(cut(text.strip(), LONGEST_LINE))


@dataclass(frozen=True, slots=True)
class NamedValue:
    """A name in a record, and where it stands.

    Attributes:
        kind: which aliases it goes by: ``venue``, ``institution``, ``author`` or ``keyword``.
        name: as it is used, after aliases.
        path: the value that it comes from.
    """

    kind: str
    name: str
    path: Path


@dataclass(frozen=True)
class Reader:
    """Reads papers out of records, as the settings say."""

    settings: Settings

    @functools.cached_property
    def aliases(self) -> dict[str, Aliases]:
        """The spellings to use, by kind of name."""
        return {kind: Aliases(self.settings.aliases.get(kind, {})) for kind in ALIAS_KINDS}

    @functools.cached_property
    def _rank(self) -> dict[str, int]:
        return {word: rank for rank, word in enumerate(self.settings.keywords)}

    def read(self, record: Record) -> Paper:
        """The paper without its note, cover, baselines and other records of the same work, which need the others."""
        info = record.info
        folder_year, _, stem = record.key.partition("/")
        named: dict[str, dict[str, None]] = {kind: {} for kind in ALIAS_KINDS}
        for value in self.names(record):
            named[value.kind][value.name] = None  # a mapping keeps each name once, in order
        abbreviation = line(info.paper.abbr or "") or None
        url = addresses.http_address(info.paper.url)
        updated = _in_range(info.update_time, fields()["update_time"])
        code_url = addresses.http_address(info.code.url)
        return Paper(
            key=record.key,
            record=record,
            title=line(info.paper.title or "") or abbreviation or stem,
            year=_in_range(info.pub.year, fields(PubBlock)["year"]) or int(folder_year),
            abbreviation=abbreviation,
            url=url,
            pdf=addresses.pdf_address(url),
            arxiv=addresses.arxiv_id(url),
            authors=tuple(named["author"]),
            institutions=tuple(named["institution"]),
            venue=next(iter(named["venue"]), None),
            code=Code(line(info.code.type or ""), code_url) if code_url else None,
            keywords=tuple(sorted(named["keyword"], key=lambda word: self._rank.get(word, len(self._rank)))),
            updated=updated if updated is not None and updated <= _LAST_SECOND else None,
            rating=_in_range(info.rating, fields()["rating"]),
            status=info.status,
            doi=addresses.bare_doi((info.paper.doi or "")[:LONGEST_LINE]),
            abstract=cut(paragraphs(info.paper.abstract or ""), LONGEST_ABSTRACT) or None,
        )

    def names(self, record: Record) -> Iterator[NamedValue]:
        """The names of a record in the schema's order, as they are used; one value may hold several authors."""
        info = record.info
        for i, written in enumerate(info.paper.authors):
            for author in filter(_says_something, split_names(written)):
                yield self._named("author", line(author), "paper", "authors", i)
        for i, written in enumerate(info.paper.institutions):
            if (institution := line(written)) and _says_something(institution):
                yield self._named("institution", institution, "paper", "institutions", i)
        if venue := line(DEFAULT_VENUE if info.pub.where is None else info.pub.where):
            yield self._named("venue", venue, "pub", "where")
        for i, written in enumerate(info.keyword.words):
            if (word := line(written)) and word.casefold() != _NOTHING:
                yield self._named("keyword", word, "keyword", "words", i)

    def _named(self, kind: str, name: str, *path: str | int) -> NamedValue:
        return NamedValue(kind, self.aliases[kind].canonical(name), path)


@query
def reader(db: Database) -> Reader:
    """What reads the papers of a library out of its records."""
    return Reader(SETTINGS(db))


parsed: Mapped[[], str, Paper] = Mapped(
    READINGS, lambda reader, reading: None if reading.record is None else reader.read(reading.record), reader
)
"""The papers as their own records give them, by key, in order of key."""


def baselines(record: Record) -> Iterator[tuple[int, str]]:
    """The baselines that a record names, as written but for space around them, each with its position."""
    for i, written in enumerate(record.info.baseline.methods):
        if (method := line(written)) and method.casefold() != _NOTHING:
            yield i, method


OtherValue = str | int | tuple[str, ...]
"""What a record says in a field that the library does not read: a number, a line, or a line for each that there are."""


def other_fields(paper: Paper, marked: Callable[[Field], object]) -> Iterator[tuple[Field, OtherValue]]:
    """What the record of a paper says in fields that `READ` does not name."""
    block: type = type(paper.record.info)
    for path, field in leaves(block).items():
        if path not in READ and marked(field):
            value = value_at(paper.record.info, path)
            if isinstance(value, tuple):
                value = tuple(filter(None, map(line, value)))
            elif isinstance(value, str):
                value = line(value)
            if value not in (None, "", ()):
                yield field, value


def _says_something(name: str) -> bool:
    """Whether a name is more than a template's placeholder, which would make a page of its own."""
    return not is_placeholder(name)


def _in_range(number: int | None, field: Field) -> int | None:
    """The number, or None where the schema does not allow it."""
    low, high = field.low, field.high
    if number is None or (low is not None and number < low) or (high is not None and number > high):
        return None
    return number
