"""The pages of papers, and of records that cannot be read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from mkdocs_papers.incremental.database import Database, query, transient
from mkdocs_papers.incremental.operators import Each
from mkdocs_papers.library.model import Paper
from mkdocs_papers.pages import group_links
from mkdocs_papers.pages.address import Address, note_address, paper_address
from mkdocs_papers.pages.description import paper_description
from mkdocs_papers.pages.exports.bibtex import entry
from mkdocs_papers.pages.exports.citation import citation_key
from mkdocs_papers.pages.exports.publication import place_in_venue
from mkdocs_papers.pages.group_links import Link, Name, keyword_label, link
from mkdocs_papers.pages.hits import Version, identifiers, paper_document
from mkdocs_papers.pages.note_pages import minutes
from mkdocs_papers.pages.page_inputs import PICTURE_FILES, PictureFile
from mkdocs_papers.pages.page_source import Content, PageSource
from mkdocs_papers.pages.summaries import Summary, paper_link, summary
from mkdocs_papers.pages.text import plain
from mkdocs_papers.records.schema import PaperInfo
from mkdocs_papers.search.document import Document
from mkdocs_papers.views import groups, works
from mkdocs_papers.views.dates import moment
from mkdocs_papers.views.related import Reason, Related, related
from mkdocs_papers.views.view import NONE
from mkdocs_papers.views.view_inputs import NOTES, PAPERS, PROBLEMS, UNREADABLE


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The first lines of a note: plain text with ``$math$``, and where to read on."""

    text: str
    address: Address
    minutes: int


@dataclass(frozen=True, slots=True)
class BaselineLink:
    """A paper or method in the lineage of another.

    Attributes:
        name: what it is called; may hold ``$math$``.
        address: its page; None where the library does not have it.
        noted: whether there is a note on it.
    """

    name: str
    address: Address | None = None
    year: int | None = None
    noted: bool = False


@dataclass(frozen=True, slots=True)
class Lineage:
    """What is drawn of what a paper builds on and what builds on it, and what is left for the list below the drawing.

    The drawing is made of lists, so that words wrap, and ``assets/charts.css`` adds the lines between them.
    """

    before: tuple[BaselineLink, ...]
    after: tuple[BaselineLink, ...]
    more_before: tuple[BaselineLink, ...]
    more_after: tuple[BaselineLink, ...]


@dataclass(frozen=True, slots=True)
class RelatedLink:
    """A related paper, why (keys in the language table, each with what both have), and others of the same work."""

    paper: Summary
    reasons: tuple[tuple[str, tuple[str, ...]], ...]
    versions: tuple[Summary, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperPage(Content):
    """``paper.html``: everything about one paper.

    Attributes:
        summary: what listings show of it.
        paper: the paper itself, for its BibTeX entry and for fields that only a site's own template shows.
        citation_key: what it is cited by.
        place: its volume, number and pages; may be empty.
        cover: the file of its cover, or None where that cannot be read or lies elsewhere.
        cover_url: a cover that lies elsewhere, or None.
        excerpt: the first lines of its note, or None.
        lineage: its baselines and the papers that name it as one, or None where there are neither.
        leads: whether this one stands for the work.
        previous: the paper before it in its venue, or None.
        next: the paper after it in its venue, or None.
        updated: ISO date, or None.
        problems: lines about what is wrong with its record and note, for the owner's preview only.
    """

    template: ClassVar[str] = "paper.html"

    summary: Summary
    paper: Paper
    citation_key: str
    authors: tuple[Name, ...]
    institutions: tuple[Name, ...]
    keywords: tuple[Link, ...]
    venue: Link | None
    year: Link
    place: str
    cover: PictureFile | None
    cover_url: str | None
    excerpt: Excerpt | None
    lineage: Lineage | None
    versions: tuple[Version, ...]
    leads: bool
    related: tuple[RelatedLink, ...]
    trail: tuple[Link, ...]
    previous: Link | None
    next: Link | None
    updated: str | None
    problems: tuple[str, ...] = ()

    @property
    def info(self) -> PaperInfo:
        """The record as written."""
        return self.paper.record.info

    def document(self, location: str) -> Document | None:
        """What the site's search knows of the paper: of a work all versions in one, and nothing of the others."""
        if not self.leads:
            return None
        keywords = [link.text for link in self.keywords]
        return paper_document(self.summary, self.paper, keywords, location, self.versions)


@dataclass(frozen=True, slots=True)
class UnreadablePage(Content):
    """``unreadable.html``: in the owner's preview, what is wrong with a record that cannot be read."""

    template: ClassVar[str] = "unreadable.html"

    key: str
    record: str
    problems: tuple[str, ...]


@query
def bibtex_of(db: Database, key: str) -> str:
    """The BibTeX entry of a paper."""
    return entry(PAPERS.at(db, key), citation_key(db, key))


@transient
def paper_page(db: Database, key: str) -> PageSource:
    """The page of a paper."""
    paper = PAPERS.at(db, key)
    venue, work = link(db, "venues", paper.venue or NONE), works.versions(db, key)
    note = NOTES.get(db, paper.note.path) if paper.note and paper.note.path else None
    previous, next_ = groups.neighbours.at(db, "venues", paper.venue or NONE, key)
    page = PaperPage(
        summary=summary(db, key),
        paper=paper,
        citation_key=citation_key(db, key),
        authors=tuple([group_links.name(db, "authors", name, key) for name in dict.fromkeys(paper.authors)]),
        institutions=tuple(
            [group_links.name(db, "institutions", name, key) for name in dict.fromkeys(paper.institutions)]
        ),
        keywords=tuple([link(db, "keywords", word) for word in dict.fromkeys(paper.keywords)]),
        venue=venue if paper.venue else None,
        year=link(db, "years", str(paper.year)),
        place=place_in_venue(paper),
        cover=PICTURE_FILES.get(db, paper.cover.path) if paper.cover and paper.cover.path else None,
        cover_url=paper.cover.address if paper.cover else None,
        excerpt=Excerpt(note.excerpt, note_address(note.path), minutes(note.words)) if note else None,
        lineage=lineage(
            [
                BaselineLink(each.name) if each.key is None else _relative(summary(db, each.key))
                for each in paper.baselines
            ],
            [_relative(summary(db, other)) for other in groups.built_on(db, key)],
        ),
        versions=tuple([_version(db, other) for other in work if other != key]),
        leads=work[0] == key,
        related=tuple([_related_link(db, each) for each in related(db, key)]),
        trail=(group_links.index_link(db, "venues"), venue),
        previous=None if previous is None else paper_link(db, previous),
        next=None if next_ is None else paper_link(db, next_),
        updated=None if paper.updated is None else moment(paper.updated)[:10],
        problems=tuple(map(str, PROBLEMS.get(db, paper.record.path) or ())),
    )
    return PageSource(
        paper_address(paper.key),
        plain(paper.title),
        page,
        section="venues",
        record=paper.record.path,
        description=paper_description(paper),
    )


paper_pages: Each[[], str, PageSource] = Each(paper_page, PAPERS.names)
"""The page of each paper, by key."""


MOST_DRAWN = 6
"""Papers that are drawn on either side in a lineage."""


def lineage(builds_on: Sequence[BaselineLink], built_on_by: Sequence[BaselineLink]) -> Lineage | None:
    """A paper among its baselines and followers, those with a page first; None where there are neither."""
    if not builds_on and not built_on_by:
        return None
    before, after = tuple(sorted(builds_on, key=lambda each: each.address is None)), tuple(built_on_by)
    return Lineage(before[:MOST_DRAWN], after[:MOST_DRAWN], before[MOST_DRAWN:], after[MOST_DRAWN:])


def _relative(paper: Summary) -> BaselineLink:
    name = paper.abbreviation or paper.title
    return BaselineLink(name, paper.address, paper.year, paper.note is not None)


def _related_link(db: Database, other: Related) -> RelatedLink:
    return RelatedLink(
        summary(db, other.key),
        tuple([(_REASONS[reason], _shared(db, reason, values)) for reason, values in other.reasons]),
        tuple([summary(db, each) for each in works.versions(db, other.key) if each != other.key]),
    )


_REASONS = {reason: f"same.{reason}" for reason in Reason}
"""The keys of the reasons in the language table."""


def _shared(db: Database, reason: Reason, values: tuple[str, ...]) -> tuple[str, ...]:
    if reason is Reason.KEYWORDS:
        return tuple([keyword_label(db, word) for word in values])
    if reason is Reason.BASELINES:
        return tuple([paper_link(db, value).text if PAPERS.get(db, value) else value for value in values])
    return values


@query
def _version(db: Database, key: str) -> Version:
    return Version(summary(db, key), identifiers(PAPERS.at(db, key)))


def unreadable_pages(db: Database) -> Iterator[PageSource]:
    """At the address of each record that cannot be read, what is wrong with it."""
    for key, problems in UNREADABLE(db).items():
        page = UnreadablePage(key, problems[0].path, tuple(str(problem) for problem in problems))
        yield PageSource(paper_address(key), key, page, section="papers", record=problems[0].path)
