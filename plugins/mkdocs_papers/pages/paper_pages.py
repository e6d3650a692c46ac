"""The pages of papers, and of records that cannot be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mkdocs_papers.incremental.database import Database, table, transient
from mkdocs_papers.incremental.operators import Each
from mkdocs_papers.pages import contents, group_links
from mkdocs_papers.pages.address import note_address, paper_address
from mkdocs_papers.pages.contents import Link
from mkdocs_papers.pages.description import paper_description
from mkdocs_papers.pages.exports.citation import citation_keys
from mkdocs_papers.pages.group_links import around, link
from mkdocs_papers.pages.note_pages import minutes
from mkdocs_papers.pages.source import PageSource
from mkdocs_papers.pages.summaries import keyword_label, paper_link, summary
from mkdocs_papers.pages.text import plain
from mkdocs_papers.views import groups
from mkdocs_papers.views.dates import moment
from mkdocs_papers.views.inputs import BUILT_ON_BY, NOTES, PAPERS, PROBLEMS, UNREADABLE
from mkdocs_papers.views.related import Reason, Related, related
from mkdocs_papers.views.view import NONE


@table
def citation_keys_of(db: Database) -> Mapping[str, str]:
    """What each paper is cited by."""
    return citation_keys(PAPERS.names(db))


@table
def _neighbours(db: Database, venue: str) -> Mapping[str, tuple[str | None, str | None]]:
    """The papers before and after each one of a venue, by their keys."""
    return around(groups.keys_of(db, "venues", venue))


@transient
def paper_page(db: Database, key: str) -> PageSource:
    """The page of a paper."""
    paper = PAPERS.at(db, key)
    venue = link(db, "venues", paper.venue or NONE)
    note = NOTES.get(db, paper.note.path) if paper.note and paper.note.path else None
    previous, next_ = _neighbours.at(db, paper.venue or NONE, key)
    page = contents.PaperPage(
        summary=summary(db, key),
        record=paper.record.path,
        paper=paper,
        citation_key=citation_keys_of.at(db, key),
        authors=tuple([group_links.name(db, "authors", name) for name in dict.fromkeys(paper.authors)]),
        institutions=tuple([group_links.name(db, "institutions", name) for name in dict.fromkeys(paper.institutions)]),
        keywords=tuple([link(db, "keywords", word) for word in dict.fromkeys(paper.keywords)]),
        venue=venue if paper.venue else None,
        year=link(db, "years", str(paper.year)),
        pdf=paper.pdf,
        doi=paper.doi,
        abstract=paper.abstract,
        cover_url=paper.cover.address if paper.cover else None,
        excerpt=contents.Excerpt(note.excerpt, note_address(note.path), minutes(note.words)) if note else None,
        builds_on=tuple(
            contents.BaselineLink(each.name) if each.key is None else _relative(summary(db, each.key))
            for each in paper.baselines
        ),
        built_on_by=tuple(_relative(summary(db, other)) for other in BUILT_ON_BY.get(db, key) or ()),
        same_work=tuple(_work_link(db, other) for other in paper.same_work),
        related=tuple([_related_link(db, each) for each in related(db, key)]),
        trail=(group_links.index_link(db, "venues"), venue),
        previous=None if previous is None else paper_link(db, previous),
        next=None if next_ is None else paper_link(db, next_),
        rating=paper.rating,
        status=paper.status,
        updated=None if paper.updated is None else moment(paper.updated)[:10],
        problems=PROBLEMS.get(db, paper.record.path) or (),
    )
    return PageSource(
        paper_address(paper.key),
        plain(paper.title),
        "paper.html",
        page,
        section="venues",
        record=paper.record.path,
        searchable=True,
        description=paper_description(paper),
    )


paper_pages: Each[[], str, PageSource] = Each(paper_page, PAPERS.names)
"""The page of each paper, by key."""


def _relative(paper: contents.Summary) -> contents.BaselineLink:
    name = paper.abbreviation or paper.title
    return contents.BaselineLink(name, paper.address, paper.year, paper.note is not None)


def _related_link(db: Database, other: Related) -> contents.RelatedLink:
    return contents.RelatedLink(
        summary(db, other.key),
        tuple([(_REASONS[reason], _shared(db, reason, values)) for reason, values in other.reasons]),
    )


_REASONS = {reason: f"same.{reason}" for reason in Reason}
"""The keys of the reasons in the language table."""


def _shared(db: Database, reason: Reason, values: tuple[str, ...]) -> tuple[str, ...]:
    if reason is Reason.KEYWORDS:
        return tuple([keyword_label(db, word) for word in values])
    if reason is Reason.BASELINES:
        return tuple([paper_link(db, value).text if PAPERS.get(db, value) else value for value in values])
    return values


def _work_link(db: Database, key: str) -> Link:
    paper = summary(db, key)
    return Link(f"{paper.title} ({paper.venue or '–'} {paper.year})", paper.address)


def unreadable_pages(db: Database) -> Iterator[PageSource]:
    """At the address of each record that cannot be read, what is wrong with it."""
    for key, problems in UNREADABLE(db).items():
        page = contents.UnreadablePage(key, problems[0].path, tuple(str(problem) for problem in problems))
        yield PageSource(paper_address(key), key, "unreadable.html", page, section="papers", record=problems[0].path)
