"""The home page of a site that has none of its own, and the parts of it that others can use."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from mkdocs_papers.incremental.database import Database, query
from mkdocs_papers.pages import note_pages
from mkdocs_papers.pages.address import HOME, STATISTICS
from mkdocs_papers.pages.group_links import Count, Link
from mkdocs_papers.pages.indices import indices
from mkdocs_papers.pages.note_pages import NoteEntry
from mkdocs_papers.pages.page_inputs import OPTIONS
from mkdocs_papers.pages.page_source import Content, PageSource
from mkdocs_papers.pages.statistics import Chart, chart
from mkdocs_papers.pages.summaries import Figures, Summary, all_figures, summary
from mkdocs_papers.views import groups, view_inputs


@dataclass(frozen=True, slots=True)
class DatedPaper:
    """A paper with the date on which it was added, as exactly as it is known; empty where all papers have the same."""

    paper: Summary
    date: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Overview:
    """``overview.html``: what a library holds, for a home page, with how many groups each index page has."""

    figures: Figures
    notes: int
    newest: tuple[DatedPaper, ...]
    newest_notes: tuple[NoteEntry, ...]
    years: Chart
    keywords: Chart
    ways: tuple[Count, ...]
    statistics: Link


@dataclass(frozen=True, slots=True)
class HomePage(Content):
    """``home.html``: the way in, for a site that has no home page of its own."""

    template: ClassVar[str] = "home.html"

    title: str
    overview: Overview


_NEWEST = 8
_NEWEST_NOTES = 6
_KEYWORDS = 10


@query
def home_page(db: Database) -> PageSource:
    """A home page, for a site that has none of its own."""
    name, language = OPTIONS(db).name, OPTIONS(db).language
    papers = language("papers", n=len(view_inputs.PAPERS.names(db)))
    # The theme shows the site's name above the menu.
    return PageSource(HOME, language("view.home"), HomePage(name, overview(db)), description=f"{name} · {papers}")


@query
def overview(db: Database) -> Overview:
    """What the library holds."""
    return Overview(
        figures=all_figures(db),
        notes=len(view_inputs.NOTES.names(db)),
        newest=tuple(dated(db, key) for key in groups.newest(db)[:_NEWEST]),
        newest_notes=newest_notes(db, _NEWEST_NOTES),
        years=chart(db, "years"),
        keywords=chart(db, "keywords", _KEYWORDS),
        ways=_ways(db),
        statistics=Link(OPTIONS(db).language("view.stats"), STATISTICS),
    )


def newest(db: Database, keys: Iterable[str], limit: int | None = None) -> tuple[DatedPaper, ...]:
    """The last added of some papers, each with its date."""
    ordered = sorted(keys, key=lambda key: groups.last_added_first(db, key))
    return tuple(dated(db, key) for key in ordered[:limit])


def dated(db: Database, key: str) -> DatedPaper:
    """A paper with its date."""
    date, paper = groups.added(db, key), summary(db, key)
    return DatedPaper(paper, date.text if date.day is None else paper.added or "", date.seconds)


def newest_notes(db: Database, limit: int | None = None) -> tuple[NoteEntry, ...]:
    """The newest notes; how many, or None for all."""
    return tuple(note_pages.note_entry(db, path) for path in note_pages.newest_notes(db)[:limit])


@query
def _ways(db: Database) -> tuple[Count, ...]:
    """The index pages, each with the number of what it lists; one of nothing is left out."""
    return tuple([Count(Link(source.title, source.address), source.listed) for source in indices(db) if source.listed])
