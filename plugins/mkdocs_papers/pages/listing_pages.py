"""The pages that list papers: the index of each view, each of its groups, and all papers."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mkdocs_papers.library.model import Paper
from mkdocs_papers.pages import browse, contents
from mkdocs_papers.pages.address import PAPERS, Address, numbered
from mkdocs_papers.pages.catalogue import Catalogue, figures
from mkdocs_papers.pages.contents import Beside, Count, Link, Paging, Section
from mkdocs_papers.pages.paging import paged, place
from mkdocs_papers.pages.source import Heading, PageSource
from mkdocs_papers.pages.text import plain
from mkdocs_papers.views.beside import beside
from mkdocs_papers.views.view import NONE, VIEWS_BY_NAME, Group, View

_MOST_COUNTS = 1000
"""Groups on one page of an index."""


def view_index(catalogue: Catalogue, view: View) -> Iterator[PageSource]:
    """The index of a view and its further pages."""
    address = Address(view.name, index=True)
    title = catalogue.view_title(view)
    total = len(catalogue.library.papers)
    counts = catalogue.counts(view)
    if view.name != "venues":
        for paging, shown in paged(address, counts, _MOST_COUNTS):
            yield PageSource(
                numbered(address, paging.number),
                title,
                "counts.html",
                contents.CountsPage(view.name, title, tuple(shown), len(counts), total, paging),
                section="" if paging.number == 1 else view.name,
            )
        return
    parts = list(_split_sections(catalogue.groups[view.name], 2 * catalogue.options.page_size))
    for number, part in enumerate(parts, start=1):
        sections = tuple(
            Section(
                id=group.slug.casefold(),
                value=group.value,
                link=catalogue.link(view.name, group.value),
                papers=len(group.papers),
                rows=tuple(catalogue.summaries[paper.key] for paper in rows),
            )
            for group, rows in part
        )
        yield PageSource(
            numbered(address, number),
            title,
            "sections.html",
            contents.SectionsPage(
                view.name,
                title,
                # All of them on each of many pages would grow with the square of the library.
                counts if len(counts) <= _MOST_COUNTS else tuple(Count(each.link, each.papers) for each in sections),
                sections,
                catalogue.figures,
                place(address, number, len(parts)),
            ),
            outline=tuple(Heading(section.id, plain(section.link.text)) for section in sections),
            section="" if number == 1 else view.name,
        )


def group_pages(catalogue: Catalogue, view: View) -> Iterator[PageSource]:
    """The page of each group of a view."""
    all_groups = catalogue.groups[view.name]
    links = [catalogue.link(view.name, group.value) for group in all_groups]
    trail = (catalogue.index_link(view.name),)
    last: dict[str, _GroupPages] = catalogue.memory.store(f"pages of {view.name} before")
    if len(last) > len(all_groups):
        for value in last.keys() - {group.value for group in all_groups}:
            del last[value]
    papers = catalogue.library.papers
    renewed = {value for key in catalogue.renewed for value in view.values(papers[key]) or (NONE,)}
    for kind in ("group pages", "beside"):
        catalogue.memory.keep_only(f"{kind} of {view.name}", {group.value for group in all_groups})
    for position, group in enumerate(all_groups):
        previous = links[position - 1] if position else None
        next_ = links[position + 1] if position + 1 < len(links) else None
        known = last.get(group.value)
        if known is not None and group.value not in renewed and known.is_of(group, previous, next_, catalogue.links):
            yield from known.pages
            continue
        rows = tuple(catalogue.summaries[paper.key] for paper in group.papers)
        lists = _beside(catalogue, view, group)
        # All that the page of a group is made from, beside the configuration.
        made_from = (group, rows, lists, previous, next_)
        pages = catalogue.memory.recall(
            f"group pages of {view.name}",
            group.value,
            made_from,
            functools.partial(_group_pages, catalogue, view, group, lists, trail, previous, next_),
        )
        last[group.value] = _GroupPages(group, previous, next_, catalogue.links, pages)
        yield from pages


@dataclass(frozen=True, slots=True)
class _GroupPages:
    """The pages of a group, and what they were made from beside the summaries of its papers."""

    group: Group
    previous: Link | None
    next: Link | None
    links: Mapping[str, Mapping[str, Link]]
    pages: tuple[PageSource, ...]

    def is_of(
        self, group: Group, previous: Link | None, next_: Link | None, links: Mapping[str, Mapping[str, Link]]
    ) -> bool:
        """Whether they were made from these very values: to compare them costs nothing."""
        return self.group is group and self.previous is previous and self.next is next_ and self.links is links


def _group_pages(
    catalogue: Catalogue,
    view: View,
    group: Group,
    lists: tuple[Beside, ...],
    trail: tuple[Link, ...],
    previous: Link | None,
    next_: Link | None,
) -> tuple[PageSource, ...]:
    page = contents.ListingPage(
        view=view.name,
        title=catalogue.label(view, group.value),
        value=group.value if view.name == "venues" else None,
        about=catalogue.about(view, group.value),
        figures=figures([catalogue.summaries[paper.key] for paper in group.papers]),
        rows=(),
        paging=Paging(),
        beside=lists,
        trail=trail,
        previous=previous,
        next=next_,
    )
    return tuple(_listing_pages(catalogue, Address(f"{view.name}/{group.slug}"), group.papers, page))


def _beside(catalogue: Catalogue, view: View, group: Group) -> tuple[Beside, ...]:
    """What the papers of a group have besides, counted again only where its papers changed; links may change alone."""
    values = catalogue.memory.recall(
        f"beside of {view.name}",
        group.value,
        group.papers,
        lambda: [(name, beside(group.papers, VIEWS_BY_NAME[name], _itself(view, name, group))) for name in view.beside],
    )
    return tuple(
        [
            Beside(name, tuple([catalogue.count(name, value, papers) for value, papers in counts]))
            for name, counts in values
            if counts
        ]
    )


def _itself(view: View, name: str, group: Group) -> str:
    return group.value if name == view.name else NONE


def all_papers(catalogue: Catalogue) -> Iterator[PageSource]:
    """The listing of all papers; its first page is the browse page."""
    options = catalogue.options
    title = options.language("view.papers")
    page = contents.ListingPage("papers", title, None, "", catalogue.figures, (), Paging())
    first, *others = _listing_pages(catalogue, PAPERS, catalogue.newest_first, page)
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
    catalogue: Catalogue, address: Address, papers: Sequence[Paper], page: contents.ListingPage
) -> Iterator[PageSource]:
    for paging, shown in paged(address, papers, catalogue.options.page_size):
        yield PageSource(
            numbered(address, paging.number),
            plain(page.title),
            "listing.html",
            dataclasses.replace(page, rows=tuple(catalogue.summaries[paper.key] for paper in shown), paging=paging),
            section="" if address.index and paging.number == 1 else page.view,
        )


def _split_sections(all_groups: Iterable[Group], room: int) -> Iterator[tuple[tuple[Group, Sequence[Paper]], ...]]:
    """Groups with their papers, cut into pages of at most ``room`` papers; a long group runs over several pages."""
    part: list[tuple[Group, Sequence[Paper]]] = []
    left = room
    for group in all_groups:
        papers: Sequence[Paper] = group.papers
        while papers:
            if left == 0 or (part and len(papers) > left and len(papers) <= room):
                yield tuple(part)
                part, left = [], room
            part.append((group, papers[:left]))
            papers, left = papers[left:], left - min(left, len(papers))
    yield tuple(part)
