"""The pages of papers, and of records that cannot be read."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mkdocs_papers.library.model import Note, Paper
from mkdocs_papers.pages import contents
from mkdocs_papers.pages.address import note_address, paper_address
from mkdocs_papers.pages.catalogue import Catalogue, minutes
from mkdocs_papers.pages.contents import Link
from mkdocs_papers.pages.description import paper_description
from mkdocs_papers.pages.source import PageSource
from mkdocs_papers.pages.text import plain
from mkdocs_papers.views.dates import moment
from mkdocs_papers.views.related import Reason, Related
from mkdocs_papers.views.view import NONE, VIEWS


def paper_pages(catalogue: Catalogue) -> Iterator[PageSource]:
    """The page of each paper."""
    catalogue.memory.keep_only("paper page", catalogue.library.papers)
    common = (catalogue.summaries, catalogue.groups, catalogue.related, catalogue.citation_keys)
    last: dict[str, _Last] = catalogue.memory.store("paper pages before")
    before = last.get("")
    # Where nothing but notes has changed, there is no need to look at all that a page is made from.
    same = before is not None and all(mine is theirs for mine, theirs in zip(common, before.common, strict=True))
    known = before.pages if before is not None and same else {}
    neighbours = catalogue.memory.recall("neighbours", "", catalogue.groups["venues"], lambda: _neighbours(catalogue))
    made: dict[str, _Made] = {}
    for key, paper in catalogue.library.papers.items():
        note, problems = _note(catalogue, paper), catalogue.problems_of(paper.record.path)
        page = known.get(key)
        if page is None or page[0] is not note or page[1] != problems:
            page = (note, problems, _recalled(catalogue, paper, note, problems, neighbours))
        made[key] = page
        yield page[2]
    last[""] = _Last(common, made)


_Made = tuple[Note | None, tuple[str, ...], PageSource]
"""What a page is made from beside what all are: its note and its problems; and the page."""


@dataclass(frozen=True, slots=True)
class _Last:
    """The pages of papers as they were made last.

    Attributes:
        common: what all of them are made from.
        pages: by key.
    """

    common: tuple[object, ...]
    pages: Mapping[str, _Made]


def _recalled(
    catalogue: Catalogue,
    paper: Paper,
    note: Note | None,
    problems: tuple[str, ...],
    neighbours: Mapping[str, tuple[Link | None, Link | None]],
) -> PageSource:
    key, papers = paper.key, catalogue.library.papers
    previous, next_ = neighbours[key]
    # All that `_paper_page` reads; what else it reads differs only where one of these does.
    made_from = (
        paper,
        previous,
        next_,
        catalogue.summaries[key],
        note,
        tuple(papers[each.key].name for each in paper.baselines if each.key is not None),
        tuple((other, papers[other].name) for other in catalogue.library.built_on_by.get(key, ())),
        tuple((papers[other].title, papers[other].venue, papers[other].year) for other in paper.same_work),
        _places(catalogue, paper),
        catalogue.citation_keys[key],
        catalogue.related[key],
        [catalogue.summaries[each.key] for each in catalogue.related[key]],
        problems,
    )
    return catalogue.memory.recall(
        "paper page", key, made_from, functools.partial(_paper_page, catalogue, paper, previous, next_)
    )


def _note(catalogue: Catalogue, paper: Paper) -> Note | None:
    return catalogue.notes.get(paper.note.path) if paper.note and paper.note.path else None


def _places(catalogue: Catalogue, paper: Paper) -> tuple[Link, ...]:
    """The pages of the groups that a paper stands in: their addresses may change when others come or go."""
    return tuple(
        catalogue.link(view.name, value) for view in VIEWS for value in (view.values(paper) or ((NONE,) * view.blank))
    )


def _neighbours(catalogue: Catalogue) -> dict[str, tuple[Link | None, Link | None]]:
    found: dict[str, tuple[Link | None, Link | None]] = {}
    for group in catalogue.groups["venues"]:
        links = [catalogue.paper_link(paper.key) for paper in group.papers]
        for position, paper in enumerate(group.papers):
            found[paper.key] = (
                links[position - 1] if position else None,
                links[position + 1] if position + 1 < len(links) else None,
            )
    return found


def _paper_page(catalogue: Catalogue, paper: Paper, previous: Link | None, next_: Link | None) -> PageSource:
    summary = catalogue.summaries[paper.key]
    venue = catalogue.link("venues", paper.venue or NONE)
    note = _note(catalogue, paper)
    page = contents.PaperPage(
        summary=summary,
        record=paper.record.path,
        paper=paper,
        citation_key=catalogue.citation_keys[paper.key],
        authors=tuple(catalogue.link("authors", name) for name in dict.fromkeys(paper.authors)),
        institutions=tuple(catalogue.link("institutions", name) for name in dict.fromkeys(paper.institutions)),
        keywords=tuple(catalogue.link("keywords", word) for word in dict.fromkeys(paper.keywords)),
        venue=venue if paper.venue else None,
        year=catalogue.link("years", str(paper.year)),
        pdf=paper.pdf,
        doi=paper.doi,
        abstract=paper.abstract,
        cover_url=paper.cover.address if paper.cover else None,
        excerpt=contents.Excerpt(note.excerpt, note_address(note.path), minutes(note.words)) if note else None,
        builds_on=tuple(
            contents.BaselineLink(catalogue.library.papers[each.key].name, paper_address(each.key))
            if each.key is not None
            else contents.BaselineLink(each.name)
            for each in paper.baselines
        ),
        built_on_by=tuple(catalogue.paper_link(key) for key in catalogue.library.built_on_by.get(paper.key, ())),
        same_work=tuple(_work_link(catalogue, key) for key in paper.same_work),
        related=tuple([_related_link(catalogue, each) for each in catalogue.related[paper.key]]),
        trail=(catalogue.index_link("venues"), venue),
        previous=previous,
        next=next_,
        rating=paper.rating,
        status=paper.status,
        updated=None if paper.updated is None else moment(paper.updated)[:10],
        problems=catalogue.problems_of(paper.record.path),
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


def _related_link(catalogue: Catalogue, other: Related) -> contents.RelatedLink:
    return contents.RelatedLink(
        catalogue.summaries[other.key],
        tuple([(_REASONS[reason], _shared(catalogue, reason, values)) for reason, values in other.reasons]),
    )


_REASONS = {reason: f"same.{reason}" for reason in Reason}
"""The keys of the reasons in the language table."""


def _shared(catalogue: Catalogue, reason: Reason, values: tuple[str, ...]) -> tuple[str, ...]:
    if reason is Reason.KEYWORDS:
        labels = catalogue.keyword_labels
        return tuple([labels.get(word, word) for word in values])
    if reason is Reason.BASELINES:
        papers = catalogue.library.papers
        return tuple([papers[value].name if value in papers else value for value in values])
    return values


def _work_link(catalogue: Catalogue, key: str) -> Link:
    paper = catalogue.library.papers[key]
    return Link(f"{paper.title} ({paper.venue or '–'} {paper.year})", paper_address(key))


def unreadable_pages(catalogue: Catalogue) -> Iterator[PageSource]:
    """At the address of each record that cannot be read, what is wrong with it."""
    for key, problems in catalogue.library.unreadable.items():
        page = contents.UnreadablePage(key, problems[0].path, tuple(str(problem) for problem in problems))
        yield PageSource(paper_address(key), key, "unreadable.html", page, section="papers", record=problems[0].path)
