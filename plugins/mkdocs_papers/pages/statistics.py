"""The page of statistics, and the charts that a home page shows too."""

from dataclasses import dataclass
from typing import ClassVar

from mkdocs_papers.incremental.database import Database, query
from mkdocs_papers.pages.address import STATISTICS, browse_address
from mkdocs_papers.pages.group_links import Count, Link, count_of, facet_label, index_link, link
from mkdocs_papers.pages.page_inputs import OPTIONS
from mkdocs_papers.pages.page_source import Content, Heading, PageSource
from mkdocs_papers.pages.summaries import Figures, all_figures, description, paper_link
from mkdocs_papers.records.schema import Status
from mkdocs_papers.views import groups
from mkdocs_papers.views.facets import FACETS_BY_NAME
from mkdocs_papers.views.view import NONE, NUMBERS, VIEWS, VIEWS_BY_NAME
from mkdocs_papers.views.view_inputs import PAPERS


@dataclass(frozen=True, slots=True)
class Chart:
    """Papers by the values of one property.

    Attributes:
        name: its anchor, and the property's key in the language table.
        rest: a link to all values with the number of those left out, or None.
    """

    name: str
    title: str
    counts: tuple[Count, ...]
    rest: Count | None = None


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row of a grid: what it stands for, and under each column's head the papers that fit both, or None."""

    head: Count
    cells: tuple[Count | None, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Papers by two properties at once, the most frequent values of both."""

    columns: tuple[Count, ...]
    rows: tuple[GridRow, ...]


@dataclass(frozen=True, slots=True)
class StatisticsPage(Content):
    """``stats.html``: papers by year, venue, keyword, institution and reading status.

    Attributes:
        charts: papers by other properties; one without values is left out.
        grid: papers by venue and keyword, or None where there are no keywords.
    """

    template: ClassVar[str] = "stats.html"

    title: str
    figures: Figures
    years: Chart
    charts: tuple[Chart, ...]
    grid: Grid | None


MOST_BARS = 15
"""Bars of one chart; the others are one click away."""

_GRID_ROWS = 16
_GRID_COLUMNS = 10


@query
def statistics_page(db: Database) -> PageSource:
    """Papers by year, venue, keyword, institution and reading status, and what most papers compare with."""
    title = OPTIONS(db).language("view.stats")
    named = (chart(db, view.name) for view in VIEWS if view.chart)
    baselines = _facet_chart(db, "baselines", "baseline", least=2)
    status = _facet_chart(db, "status", "status", tuple(reversed(Status)))
    charts = tuple(each for each in (*named, baselines, status) if each.counts)
    page = StatisticsPage(title, all_figures(db), chart(db, "years"), charts, _grid(db))
    outline = [Heading(each.name, each.title) for each in (page.years, *charts)]
    if page.grid:
        outline.append(Heading("grid", OPTIONS(db).language("chart.grid")))
    outline = outline if PAPERS.names(db) else []
    return PageSource(STATISTICS, title, page, outline=tuple(outline), description=description(db, title))


def chart(db: Database, name: str, most: int = MOST_BARS) -> Chart:
    """Papers by the values of a view, the most frequent first; years in order of time, and all of them.

    Args:
        most: how many values, where they are not years.

    Raises:
        KeyError: there is no such view.
    """
    find = OPTIONS(db).language.find
    title = find(f"chart.{name}") or find(f"view.{name}") or VIEWS_BY_NAME[name].title
    papers = groups.sizes(db, name)
    if VIEWS_BY_NAME[name].kind in NUMBERS:
        return Chart(
            name, title, tuple(count_of(db, name, year, papers[year]) for year in reversed(groups.values(db, name)))
        )
    values = frequent_values(db, name)
    rest = Count(index_link(db, name), len(values) - most) if len(values) > most else None
    return Chart(name, title, tuple(count_of(db, name, value, papers[value]) for value in values[:most]), rest)


@query
def frequent_values(db: Database, view: str) -> tuple[str, ...]:
    """The values of a view by number of papers, equal ones in the view's own order; what has no value is none."""
    papers = groups.sizes(db, view)
    return tuple(
        sorted((value for value in groups.values(db, view) if value != NONE), key=lambda value: -papers[value])
    )


def _facet_chart(db: Database, name: str, facet_name: str, order: tuple[str, ...] = (), least: int = 1) -> Chart:
    """Papers by the values of a facet that is no view; a value that is a paper of the library is a link to it.

    Args:
        name: the chart's anchor, and its key in the language table.
        order: its values in order; empty for the most frequent first.
        least: how many papers a value has at the least.
    """
    facet = FACETS_BY_NAME[facet_name]
    papers = groups.sizes(db, facet.grouping) if order else groups.largest(db, facet.grouping)
    values = order or sorted(papers, key=lambda value: (-papers[value], value))
    counts = []
    for value in values[:MOST_BARS]:
        if papers.get(value, 0) >= least:
            words = Link(facet_label(db, facet, value), browse_address((facet.name, value)))
            counts.append(Count(paper_link(db, value) if PAPERS.get(db, value) else words, papers[value]))
    return Chart(name, OPTIONS(db).language(f"chart.{name}"), tuple(counts))


def _grid(db: Database) -> Grid | None:
    venues, keywords = frequent_values(db, "venues")[:_GRID_COLUMNS], frequent_values(db, "keywords")[:_GRID_ROWS]
    if not keywords or not venues:
        return None
    papers_of_venues, papers_of_keywords = groups.sizes(db, "venues"), groups.sizes(db, "keywords")
    return Grid(
        tuple(count_of(db, "venues", venue, papers_of_venues[venue]) for venue in venues),
        tuple(
            GridRow(
                count_of(db, "keywords", word, papers_of_keywords[word]),
                tuple(_cell(db, word, venue) for venue in venues),
            )
            for word in keywords
        ),
    )


def _cell(db: Database, keyword: str, venue: str) -> Count | None:
    papers = groups.tally.get(db, "keywords", keyword, "venues", venue)
    if not papers:
        return None
    words = f"{link(db, 'keywords', keyword).text}, {link(db, 'venues', venue).text}"
    return Count(Link(words, browse_address(("venue", venue), ("keyword", keyword))), papers)
