"""The page of statistics, and the charts that a home page shows too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from mkdocs_papers.pages import contents
from mkdocs_papers.pages.address import STATISTICS, Address, browse_address
from mkdocs_papers.pages.catalogue import Catalogue
from mkdocs_papers.pages.contents import Chart, Count, Grid, GridRow, Link
from mkdocs_papers.pages.source import Heading, PageSource
from mkdocs_papers.records.schema import Status
from mkdocs_papers.views.view import NONE, VIEWS_BY_NAME, Group, View

MOST_BARS = 15
"""Bars of one chart; the others are one click away."""

_GRID_ROWS = 16
_GRID_COLUMNS = 10


def statistics_page(catalogue: Catalogue) -> PageSource:
    """Papers by year, venue, keyword, institution and reading status."""
    title = catalogue.options.language("view.stats")
    named = (chart(catalogue, name) for name in ("venues", "keywords", "institutions"))
    charts = tuple(each for each in (*named, _status(catalogue)) if each.counts)
    page = contents.StatisticsPage(
        title=title,
        figures=catalogue.figures,
        years=chart(catalogue, "years"),
        charts=charts,
        grid=_grid(catalogue),
    )
    outline = [Heading(each.name, each.title) for each in (page.years, *charts)]
    if page.grid:
        outline.append(Heading("grid", catalogue.options.language("chart.grid")))
    return PageSource(STATISTICS, title, "stats.html", page, outline=tuple(outline) if catalogue.library.papers else ())


def chart(catalogue: Catalogue, name: str, most: int = MOST_BARS) -> Chart:
    """Papers by the values of a view, the most frequent first; years in order of time, and all of them.

    Args:
        catalogue: the library.
        name: the view's.
        most: how many values, where they are not years.

    Raises:
        KeyError: there is no such view.
    """
    by = VIEWS_BY_NAME[name]
    title = catalogue.options.language(f"chart.{name}") if name in _TITLED else catalogue.view_title(by)
    if name == "years":
        counts = [_count(catalogue, by, group) for group in reversed(catalogue.groups[name])]
        return Chart(name, title, tuple(counts))
    groups = _frequent(catalogue.groups[name])
    rest = None
    if len(groups) > most:
        link = Link(catalogue.view_title(by), Address(name, index=True))
        rest = Count(link, len(groups) - most)
    return Chart(name, title, tuple(_count(catalogue, by, group) for group in groups[:most]), rest)


_TITLED = frozenset({"years", "venues", "keywords", "institutions", "authors"})
"""Views whose charts have a title of their own in the language table."""


def _count(catalogue: Catalogue, by: View, group: Group) -> Count:
    return Count(catalogue.link(by.name, group.value), len(group.papers))


def _frequent(groups: Iterable[Group]) -> list[Group]:
    """The groups by number of papers, equal ones in the view's own order; what has no value is none."""
    return sorted((group for group in groups if group.value != NONE), key=lambda group: -len(group.papers))


def _status(catalogue: Catalogue) -> Chart:
    counts = Counter(paper.status for paper in catalogue.library.papers.values())
    language = catalogue.options.language
    return Chart(
        "status",
        language("chart.status"),
        tuple(
            Count(Link(language(f"status.{status}"), browse_address(("status", str(status)))), counts[status])
            for status in reversed(Status)
            if counts[status]
        ),
    )


def _grid(catalogue: Catalogue) -> Grid | None:
    venues, keywords = VIEWS_BY_NAME["venues"], VIEWS_BY_NAME["keywords"]
    columns = _frequent(catalogue.groups["venues"])[:_GRID_COLUMNS]
    rows = _frequent(catalogue.groups["keywords"])[:_GRID_ROWS]
    if not rows or not columns:
        return None
    return Grid(
        tuple(_count(catalogue, venues, group) for group in columns),
        tuple(GridRow(_count(catalogue, keywords, row), tuple(_cells(catalogue, row, columns))) for row in rows),
    )


def _cells(catalogue: Catalogue, row: Group, columns: Iterable[Group]) -> Iterable[Count | None]:
    counts: Counter[str | None] = Counter(paper.venue for paper in row.papers)
    for column in columns:
        papers = counts[column.value]
        if not papers:
            yield None
            continue
        words = f"{catalogue.link('keywords', row.value).text}, {catalogue.link('venues', column.value).text}"
        yield Count(Link(words, browse_address(("venue", column.value), ("keyword", row.value))), papers)
