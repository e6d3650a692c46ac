"""The home page of a site that has none of its own, and the parts of it that others can use."""

from __future__ import annotations

from collections.abc import Iterable

from mkdocs_papers.library.model import Paper
from mkdocs_papers.pages import contents
from mkdocs_papers.pages.address import HOME, NOTES, PAPERS, STATISTICS
from mkdocs_papers.pages.catalogue import Catalogue
from mkdocs_papers.pages.contents import Count, DatedPaper, Link, Overview
from mkdocs_papers.pages.note_pages import note_entry
from mkdocs_papers.pages.source import PageSource
from mkdocs_papers.pages.statistics import chart
from mkdocs_papers.views import order
from mkdocs_papers.views.dates import moment, paper_time
from mkdocs_papers.views.view import NONE, VIEWS

_NEWEST = 8
_NEWEST_NOTES = 6
_KEYWORDS = 10


def home_page(catalogue: Catalogue) -> PageSource:
    """A home page, for a site that has none of its own."""
    name = catalogue.options.name
    return PageSource(HOME, name, "home.html", contents.HomePage(name, overview(catalogue)))


def overview(catalogue: Catalogue) -> Overview:
    """What the library holds."""
    return Overview(
        figures=catalogue.figures,
        notes=len(catalogue.notes),
        newest=newest(catalogue, catalogue.library.papers.values(), _NEWEST),
        newest_notes=newest_notes(catalogue, _NEWEST_NOTES),
        years=chart(catalogue, "years"),
        keywords=chart(catalogue, "keywords", _KEYWORDS),
        ways=_ways(catalogue),
    )


def newest(catalogue: Catalogue, papers: Iterable[Paper], limit: int | None = None) -> tuple[DatedPaper, ...]:
    """The newest of some papers, each with its date.

    Args:
        catalogue: the library.
        papers: the papers to choose from.
        limit: how many; None for all.
    """
    latest = sorted(papers, key=lambda paper: (-paper_time(paper), order.newest_first(paper)))[:limit]
    return tuple(
        DatedPaper(
            catalogue.summaries[paper.key],
            str(paper.year) if paper.updated is None else moment(paper.updated)[:10],
        )
        for paper in latest
    )


def newest_notes(catalogue: Catalogue, limit: int | None = None) -> tuple[contents.NoteEntry, ...]:
    """The newest notes; how many, or None for all."""
    return tuple(note_entry(catalogue, note) for note in catalogue.newest_notes[:limit])


def _ways(catalogue: Catalogue) -> tuple[Count, ...]:
    """The index pages, each with the number of what it lists; one of nothing is left out."""
    language = catalogue.options.language
    ways = [Count(Link(language("view.papers"), PAPERS), len(catalogue.library.papers))]
    for view in VIEWS:
        groups = sum(group.value != NONE for group in catalogue.groups[view.name])
        ways.append(Count(catalogue.index_link(view.name), groups))
    ways.append(Count(Link(language("view.notes"), NOTES), len(catalogue.notes)))
    return (*(way for way in ways if way.papers), Count(Link(language("view.stats"), STATISTICS), 0))
