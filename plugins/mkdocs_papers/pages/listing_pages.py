"""The pages that list papers: the index of each view, each of its groups, and all papers."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator, Mapping, Sequence

from mkdocs_papers.incremental.database import Database, query, transient
from mkdocs_papers.incremental.operators import Each
from mkdocs_papers.pages import browse, contents, group_links
from mkdocs_papers.pages.address import PAPERS, Address, numbered
from mkdocs_papers.pages.contents import CoOccurring, Paging, Section
from mkdocs_papers.pages.inputs import OPTIONS
from mkdocs_papers.pages.paging import cut, paged, place, stable_place
from mkdocs_papers.pages.source import Heading, PageSource
from mkdocs_papers.pages.summaries import all_figures, figures, listed, summary
from mkdocs_papers.pages.text import plain
from mkdocs_papers.views import groups
from mkdocs_papers.views.co_occurrence import co_occurring
from mkdocs_papers.views.inputs import PAPERS as ALL_PAPERS
from mkdocs_papers.views.view import NONE, VIEWS_BY_NAME

_MOST_COUNTS = 1000
"""Groups on one page of an index of groups."""

_Rows = tuple[contents.Summary, ...]


@query
def view_index(db: Database, view: str) -> tuple[PageSource, ...]:
    """The index of a view and its further pages."""
    return tuple(_sections_pages(db, view) if VIEWS_BY_NAME[view].sections else _counts_pages(db, view))


def _counts_pages(db: Database, view: str) -> Iterator[PageSource]:
    address, title = Address(view, index=True), group_links.view_title(db, view)
    counts = tuple(group_links.counts(db, view).items())
    total = contents.Total(len(counts), len(ALL_PAPERS.names(db)))
    for paging, shown in paged(address, counts, _MOST_COUNTS, lambda item: item[0]):
        is_first = paging.number == 1
        yield PageSource(
            numbered(address, paging.number),
            title,
            "counts.html",
            contents.CountsPage(view, title, tuple([count for _, count in shown]), total if is_first else None, paging),
            section="" if is_first else view,
        )


def _rows_of(db: Database, view: str, value: str) -> _Rows:
    """What is shown of the papers of a group of a view."""
    keys = groups.keys_of(db, view, value)
    return _rows_of_many(db, view, value) if len(keys) >= groups.MANY else tuple([summary(db, key) for key in keys])


@query
def _rows_of_many(db: Database, view: str, value: str) -> _Rows:
    return tuple([summary(db, key) for key in groups.keys_of(db, view, value)])


def _sections_pages(db: Database, view: str) -> Iterator[PageSource]:
    address, title = Address(view, index=True), group_links.view_title(db, view)
    counts = group_links.counts(db, view)
    parts = _split_sections(
        [(value, row) for value in counts for row in _rows_of(db, view, value)],
        {value: count.papers for value, count in counts.items()},
        2 * OPTIONS(db).page_size,
    )
    # All of them may be too much for one page.
    shown_counts = len({value for value, _ in parts[0]}) if len(counts) > _MOST_COUNTS else len(counts)
    known: set[str] = set()
    for number, part in enumerate(parts, start=1):
        is_first = number == 1
        sections = []
        for value, shown in itertools.groupby(part, lambda each: each[0]):
            sections.append(
                Section(
                    id=groups.slugs_of.at(db, view, value).casefold(),
                    value=value,
                    link=counts[value].link,
                    papers=counts[value].papers if value not in known else None,
                    rows=tuple([row for _, row in shown]),
                )
            )
            known.add(value)
        yield PageSource(
            numbered(address, number),
            title,
            "sections.html",
            contents.SectionsPage(
                view,
                title,
                tuple(counts.values())[:shown_counts] if is_first else (),
                tuple(sections),
                all_figures(db) if is_first else None,
                place(address, number, len(parts)),
            ),
            outline=tuple([Heading(section.id, plain(section.link.text)) for section in sections]),
            section="" if is_first else view,
        )


@transient
def group_page(db: Database, view: str, value: str) -> tuple[PageSource, ...]:
    """The page of a group of a view, and its further pages; none where it has too few papers for one."""
    if not group_links.has_page(db, view, value):
        return ()
    shown = _rows_of(db, view, value)
    previous, next_ = group_links.neighbours.at(db, view, value)
    page = contents.ListingPage(
        view=view,
        title=group_links.label(db, view, value),
        value=value if VIEWS_BY_NAME[view].coloured else None,
        about=group_links.about(db, view, value),
        figures=figures(shown),
        rows=(),
        paging=Paging(),
        co_occurring=tuple(_co_occurring(db, view, value)),
        trail=(group_links.index_link(db, view),),
        previous=group_links.optional_link(db, view, previous),
        next=group_links.optional_link(db, view, next_),
    )
    return tuple(_listing_pages(db, group_links.address(db, view, value), shown, page))


group_pages: Each[[str], str, tuple[PageSource, ...]] = Each(group_page, groups.values)
"""The pages of each group of a view."""


def _co_occurring(db: Database, view: str, value: str) -> Iterator[CoOccurring]:
    """What the papers of a group have besides."""
    keys = groups.keys_of(db, view, value)
    for name in VIEWS_BY_NAME[view].co_occurring:
        count = _counted_in_many if len(keys) >= groups.MANY else _counted
        shown = count(db, view, value, name)
        if shown:
            yield CoOccurring(name, tuple([group_links.count_of(db, name, other, papers) for other, papers in shown]))


@query
def _counted_in_many(db: Database, view: str, value: str, name: str) -> tuple[tuple[str, int], ...]:
    return _counted(db, view, value, name)


def _counted(db: Database, view: str, value: str, name: str) -> tuple[tuple[str, int], ...]:
    """The most frequent values of a property that the papers of a group have, each with how many have it."""
    values = [groups.values_of(db, name, key) for key in groups.keys_of(db, view, value)]
    return tuple(co_occurring(values, value if name == view else NONE))


@query
def all_papers(db: Database) -> tuple[PageSource, ...]:
    """The listing of all papers; its first page is the browse page."""
    options = OPTIONS(db)
    title = options.language("view.papers")
    page = contents.ListingPage("papers", title, None, "", all_figures(db), (), Paging())
    first, *others = _listing_pages(db, PAPERS, listed(db), page)
    assert isinstance(first.content, contents.ListingPage)  # noqa: S101 - tells the type checker what was just made
    browse_page = contents.BrowsePage(
        listing=first.content,
        facets=browse.panels(browse.facets(db), options.language),
        exports=browse.export_links(),
        scripts=browse.SCRIPTS,
        settings=browse.script_settings(options.language, page_size=options.page_size, badges=options.badges),
    )
    return (dataclasses.replace(first, template="browse.html", content=browse_page), *others)


def _listing_pages(db: Database, address: Address, shown: _Rows, page: contents.ListingPage) -> Iterator[PageSource]:
    # What is said of all rows, and what is around, stands on the first page: the others change with their own rows.
    further = dataclasses.replace(page, figures=None, co_occurring=(), previous=None, next=None)
    for paging, part in paged(address, shown, OPTIONS(db).page_size, lambda row: row.key):
        is_first = paging.number == 1
        yield PageSource(
            numbered(address, paging.number),
            plain(page.title),
            "listing.html",
            dataclasses.replace(page if is_first else further, rows=tuple(part), paging=paging),
            section="" if address.index and is_first else page.view,
        )


_SectionRow = tuple[str, contents.Summary]
"""The value of a group, and what is shown of one of its papers."""


def _split_sections(shown: Sequence[_SectionRow], papers: Mapping[str, int], room: int) -> list[Sequence[_SectionRow]]:
    """The rows of groups, cut into pages of at most ``room`` rows; a group that has more runs over several pages."""
    begins = {value: place for place, (value, _) in reversed(list(enumerate(shown)))}

    def end(start: int, places: range) -> int:
        between = [place for place in places if begins[shown[place][0]] == place]
        if between:
            return stable_place(between, lambda place: shown[place][0])
        value = shown[places[-1]][0]
        if begins[value] > start and papers[value] <= room:
            return begins[value]
        return stable_place(places, lambda place: shown[place][1].key)

    return cut(shown, room, end)
