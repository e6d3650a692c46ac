"""The pages that list papers: the index of each view, each of its groups, and all papers."""

from __future__ import annotations

import dataclasses
import functools
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from mkdocs_papers.pages import browse, contents
from mkdocs_papers.pages.address import PAPERS, Address, numbered
from mkdocs_papers.pages.catalogue import Catalogue, figures
from mkdocs_papers.pages.contents import Beside, Count, Link, Paging, Section
from mkdocs_papers.pages.paging import cut, paged, place, steadiest
from mkdocs_papers.pages.source import Heading, PageSource
from mkdocs_papers.pages.text import plain
from mkdocs_papers.views.beside import beside
from mkdocs_papers.views.view import NONE, VIEWS_BY_NAME, Group, View, places

_MOST_COUNTS = 1000
"""Groups on one page of an index of groups."""


def view_index(catalogue: Catalogue, view: View) -> tuple[PageSource, ...]:
    """The index of a view and its further pages."""
    counts = catalogue.counts(view)
    if view.name == "venues":
        made_from = (catalogue.groups_by_value[view.name], counts, catalogue.summaries)
        return catalogue.memory.recall(
            "index of", view.name, made_from, lambda: tuple(_sections_pages(catalogue, view, counts))
        )
    made_from_counts = (counts, len(catalogue.papers))
    return catalogue.memory.recall(
        "index of", view.name, made_from_counts, lambda: tuple(_counts_pages(catalogue, view, counts))
    )


def _counts_pages(catalogue: Catalogue, view: View, counts: Sequence[Count]) -> Iterator[PageSource]:
    address, title = Address(view.name, index=True), catalogue.view_title(view)
    total = contents.Total(len(counts), len(catalogue.papers))
    for paging, shown in paged(address, counts, _MOST_COUNTS, lambda count: count.link.address.path):
        is_first = paging.number == 1
        yield PageSource(
            numbered(address, paging.number),
            title,
            "counts.html",
            contents.CountsPage(view.name, title, tuple(shown), total if is_first else None, paging),
            section="" if is_first else view.name,
        )


def _sections_pages(catalogue: Catalogue, view: View, counts: tuple[Count, ...]) -> Iterator[PageSource]:
    address, title = Address(view.name, index=True), catalogue.view_title(view)
    groups, rows_of = catalogue.groups_by_value[view.name], _rows(catalogue, view)
    rows = [(group, row) for group in catalogue.groups[view.name] for row in rows_of[group.value]]
    parts = _split_sections(rows, 2 * catalogue.options.page_size)
    if len(counts) > _MOST_COUNTS:
        # All of them would be too much for one page.
        counts = counts[: len({group.value for group, _ in parts[0]})]
    known: set[str] = set()
    for number, part in enumerate(parts, start=1):
        is_first = number == 1
        sections = []
        for value, shown in itertools.groupby(part, lambda each: each[0].value):
            sections.append(
                Section(
                    id=groups[value].slug.casefold(),
                    value=value,
                    link=catalogue.link(view.name, value),
                    papers=len(groups[value].papers) if value not in known else None,
                    rows=tuple([row for _, row in shown]),
                )
            )
            known.add(value)
        yield PageSource(
            numbered(address, number),
            title,
            "sections.html",
            contents.SectionsPage(
                view.name,
                title,
                counts if is_first else (),
                tuple(sections),
                catalogue.figures if is_first else None,
                place(address, number, len(parts)),
            ),
            outline=tuple([Heading(section.id, plain(section.link.text)) for section in sections]),
            section="" if is_first else view.name,
        )


_Rows = tuple[contents.Summary, ...]


def _rows(catalogue: Catalogue, view: View) -> Mapping[str, _Rows]:
    """What is shown of the papers of each group of a view, by its value."""
    groups, summaries = catalogue.groups_by_value[view.name], catalogue.summaries
    return catalogue.memory.recall_each(
        f"rows of {view.name}",
        catalogue.values[view.name],
        lambda value: tuple([summaries[paper.key] for paper in groups[value].papers]),
        lambda _, rows: rows,
        stale=_stale(catalogue, view),
        part=True,
    ).values


def _stale(catalogue: Catalogue, view: View) -> AbstractSet[str]:
    """The values of the groups of which, or of whose papers, something else is shown than the time before."""
    papers = catalogue.library.papers
    renewed = {value for key in catalogue.renewed for value in places(view, papers[key])}
    return catalogue.changed_groups[view.name] | renewed


def group_pages(catalogue: Catalogue, view: View) -> Iterable[PageSource]:
    """The page of each group of a view, and its further pages."""
    groups, summaries, around = catalogue.groups_by_value[view.name], catalogue.summaries, catalogue.around(view)

    # All that the page of a group is made from, beside the configuration and where the links lead that it holds.
    def made_from(value: str) -> _MadeFrom:
        group = groups[value]
        return group, tuple([summaries[paper.key] for paper in group.papers]), *around[value]

    made = catalogue.memory.recall_each(
        f"group pages of {view.name}",
        catalogue.values[view.name],
        made_from,
        functools.partial(_group_pages, catalogue, view),
        stale=_stale(catalogue, view) | catalogue.moved(view),
        ground=catalogue.moves,
    ).values
    return itertools.chain.from_iterable(made.values())


_MadeFrom = tuple[Group, _Rows, Link | None, Link | None]
"""A group, what is shown of its papers, and the links around it."""


def _group_pages(catalogue: Catalogue, view: View, value: str, made_from: _MadeFrom) -> tuple[PageSource, ...]:
    group, rows, previous, next_ = made_from
    page = contents.ListingPage(
        view=view.name,
        title=catalogue.label(view, value),
        value=value if view.name == "venues" else None,
        about=catalogue.about(view, value),
        figures=figures(rows),
        rows=(),
        paging=Paging(),
        beside=tuple(_beside(catalogue, view, group)),
        trail=(catalogue.index_link(view.name),),
        previous=previous,
        next=next_,
    )
    return tuple(_listing_pages(catalogue, Address(f"{view.name}/{group.slug}"), rows, page))


def _beside(catalogue: Catalogue, view: View, group: Group) -> Iterator[Beside]:
    """What the papers of a group have besides."""
    for name in view.beside:
        counts = beside(group.papers, VIEWS_BY_NAME[name], _itself(view, name, group))
        if counts:
            yield Beside(name, tuple([catalogue.count(name, value, papers) for value, papers in counts]))


def _itself(view: View, name: str, group: Group) -> str:
    return group.value if name == view.name else NONE


def all_papers(catalogue: Catalogue) -> Iterator[PageSource]:
    """The listing of all papers; its first page is the browse page."""
    options = catalogue.options
    title = options.language("view.papers")
    page = contents.ListingPage("papers", title, None, "", catalogue.figures, (), Paging())
    first, *others = _listing_pages(catalogue, PAPERS, catalogue.listed, page)
    assert isinstance(first.content, contents.ListingPage)  # noqa: S101 - tells the type checker what was just made
    browse_page = contents.BrowsePage(
        listing=first.content,
        facets=browse.panels(catalogue.facets, options.language),
        exports=browse.export_links(),
        scripts=browse.SCRIPTS,
        settings=browse.script_settings(options.language, page_size=options.page_size, badges=options.badges),
    )
    yield dataclasses.replace(first, template="browse.html", content=browse_page)
    yield from others


def _listing_pages(
    catalogue: Catalogue, address: Address, rows: Sequence[contents.Summary], page: contents.ListingPage
) -> Iterator[PageSource]:
    # What is said of all rows, and what is around, stands on the first page: the others change with their own rows.
    further = dataclasses.replace(page, figures=None, beside=(), previous=None, next=None)
    for paging, shown in paged(address, rows, catalogue.options.page_size, lambda row: row.key):
        is_first = paging.number == 1
        yield PageSource(
            numbered(address, paging.number),
            plain(page.title),
            "listing.html",
            dataclasses.replace(page if is_first else further, rows=tuple(shown), paging=paging),
            section="" if address.index and is_first else page.view,
        )


_SectionRow = tuple[Group, contents.Summary]


def _split_sections(rows: Sequence[_SectionRow], room: int) -> list[Sequence[_SectionRow]]:
    """The rows of groups, cut into pages of at most ``room`` rows; a group that has more runs over several pages."""
    begins = {group.value: place for place, (group, _) in reversed(list(enumerate(rows)))}

    def end(start: int, places: range) -> int:
        between = [place for place in places if begins[rows[place][0].value] == place]
        if between:
            return steadiest(between, lambda place: rows[place][0].value)
        group, _ = rows[places[-1]]
        if begins[group.value] > start and len(group.papers) <= room:
            return begins[group.value]
        return steadiest(places, lambda place: rows[place][1].key)

    return cut(rows, room, end)
