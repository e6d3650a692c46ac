"""What pages show of other papers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mkdocs_papers.incremental.database import Database, query
from mkdocs_papers.incremental.operators import Each
from mkdocs_papers.library.model import Attachment, Note, Paper
from mkdocs_papers.library.names import one_line
from mkdocs_papers.pages.address import Address, file_path, note_address, paper_address
from mkdocs_papers.pages.description import byline, published
from mkdocs_papers.pages.group_links import Link, facet_label, keyword_label
from mkdocs_papers.pages.listing import COLUMNS, Column, Value
from mkdocs_papers.pages.page_inputs import OPTIONS, PICTURES, Picture
from mkdocs_papers.pages.page_value import PageValue
from mkdocs_papers.pages.text import plain
from mkdocs_papers.views import groups, works
from mkdocs_papers.views.facets import FACETS_BY_NAME
from mkdocs_papers.views.view_inputs import PAPERS


@dataclass(frozen=True, slots=True)
class Figures:
    """A line of figures about some papers.

    Attributes:
        notes: how many of them have a note.
        code: how many of them have code.
        years: the first and the last year.
    """

    papers: int
    notes: int = 0
    code: int = 0
    years: tuple[int, int] | None = None


class NoteLink(PageValue, frozen=True):
    """A link to a paper's note: a page of the site, or an address elsewhere."""

    address: Address | None = None
    url: str | None = None


class CodeLink(PageValue, frozen=True):
    """A link to a paper's code; `repository` is ``owner/name`` where it is on GitHub, for the stars badge."""

    label: str
    url: str
    repository: str | None = None


class Summary(PageValue, frozen=True):
    """What other pages show of a paper: a row of a listing.

    Attributes:
        abbreviation: the method's nickname, or None.
        title: may hold ``$math$``.
        url: http(s) address of the paper, or None.
        venue: shown in the listing's venue column; empty for none.
        keywords: what its first keywords are called, at most two.
        authors: its authors where they are few, else the first and the last.
        between: how many stand between those two.
        added: the day on which it was added, where that is known and tells papers apart.
        months: the dates that it sorts by and no cell shows, where they are months, each with its column.
        cells: what each column of the listing shows of it, but for those that are drawn.
        versions: the other papers of the same work, by where and when they were published.
    """

    key: str
    address: Address
    abbreviation: str | None
    title: str
    url: str | None
    venue: str
    year: int
    cover: Picture | None = None
    code: CodeLink | None = None
    note: NoteLink | None = None
    keywords: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    between: int = 0
    added: str | None = None
    months: tuple[tuple[str, str], ...] = ()
    cells: tuple[Value, ...] = ()
    versions: tuple[Link, ...] = ()


_GITHUB = re.compile(r"https?://(?:www\.)?github\.com/([\w.-]+)/([\w.-]+?)(?:\.git)?(?:[/?#]|$)")


@query
def summary(db: Database, key: str) -> Summary:
    """What other pages show of a paper."""
    (paper, note), options = groups.shown_paper(db, key), OPTIONS(db)
    code = None
    if paper.code:
        found = _GITHUB.match(paper.code.url) if options.badges else None
        repository = f"{found[1]}/{found[2]}" if found else None
        code = CodeLink(paper.code.label or options.language("code"), paper.code.url, repository)
    authors, between = byline(paper.authors)
    return Summary(
        key=paper.key,
        address=paper_address(paper.key),
        abbreviation=paper.abbreviation,
        title=paper.title,
        url=paper.url,
        venue=paper.venue or "",
        year=paper.year,
        cover=_picture(db, paper.cover),
        code=code,
        note=_note_link(paper.note),
        keywords=tuple([keyword_label(db, word) for word in paper.keywords[:2]]),
        authors=authors,
        between=between,
        added=groups.added(db, key).day if groups.dates_differ(db) else None,
        months=tuple(_months(paper, note)),
        cells=tuple([_cell(db, column, paper, note) for column in COLUMNS]),
        versions=tuple([_published(db, each) for each in works.versions(db, key) if each != key]),
    )


@query
def _published(db: Database, key: str) -> Link:
    paper = PAPERS.at(db, key)
    return Link(published(paper.venue, paper.year), paper_address(key))


def _months(paper: Paper, note: Note | None) -> Iterator[tuple[str, str]]:
    for column in COLUMNS:
        if not column.shown and column.facet:
            for date in FACETS_BY_NAME[column.facet].values(paper, note):
                if len(date) == len("2024-06"):
                    yield column.name, date


def _cell(db: Database, column: Column, paper: Paper, note: Note | None) -> Value:
    """What a column shows of a paper; nothing where tables do not have it."""
    if column.value:
        return column.value(paper)
    if column.drawn or not column.shown:
        return None
    facet = FACETS_BY_NAME[column.facet]
    return ", ".join([facet_label(db, facet, value) for value in facet.values(paper, note)])


def _picture(db: Database, cover: Attachment | None) -> Picture | None:
    path = None if cover is None else file_path(cover)
    if cover is None or path is None:
        return None
    return PICTURES.get(db, cover.path) or Picture(path, path)


def _note_link(note: Attachment | None) -> NoteLink | None:
    if note is None:
        return None
    if note.path is None:
        return NoteLink(url=note.address)
    return NoteLink(address=note_address(note.path))


summaries: Each[[], str, Summary] = Each(summary, PAPERS.names)
"""What other pages show of each paper, by key, in order of key."""


@query
def listed(db: Database) -> tuple[Summary, ...]:
    """What the listing of all papers shows of each."""
    shown = summaries(db)
    return tuple([shown[key] for key in groups.newest(db)])


@query
def paper_link(db: Database, key: str) -> Link:
    """A link to a paper, by its short name."""
    return Link(PAPERS.at(db, key).name, paper_address(key))


@query
def all_figures(db: Database) -> Figures:
    """The line of figures about all papers."""
    years = [int(year) for year in groups.values(db, "years")]
    return Figures(
        papers=len(PAPERS.names(db)),
        notes=groups.sizes.get(db, "has", "note") or 0,
        code=groups.sizes.get(db, "has", "code") or 0,
        years=(min(years), max(years)) if years else None,
    )


def description(db: Database, title: str, count: str = "") -> str:
    """One plain line about a page of a listing, for search engines: its title, how much it lists, and the site."""
    return " · ".join(filter(None, (plain(title), count, OPTIONS(db).name)))


def figures(papers: Sequence[Summary]) -> Figures:
    """The line of figures about some papers."""
    years = [paper.year for paper in papers]
    return Figures(
        papers=len(papers),
        notes=len([paper for paper in papers if paper.note]),
        code=len([paper for paper in papers if paper.code]),
        years=(min(years), max(years)) if years else None,
    )


def plain_keyword(db: Database, word: str) -> str:
    """How a keyword is called in plain text."""
    return one_line(plain(keyword_label(db, word)))
