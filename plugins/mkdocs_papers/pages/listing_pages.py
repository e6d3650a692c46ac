"""The pages that list papers: the index of each view, each of its groups, and all papers."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterable, Iterator, Sequence

from mkdocs_papers.library.model import Paper
from mkdocs_papers.pages import browse, contents
from mkdocs_papers.pages.address import PAPERS, Address, numbered
from mkdocs_papers.pages.catalogue import Catalogue
from mkdocs_papers.pages.contents import Link, Paging, Section
from mkdocs_papers.pages.paging import paged, place
from mkdocs_papers.pages.source import Heading, PageSource
from mkdocs_papers.views.view import Group, View


def view_index(catalogue: Catalogue, view: View) -> Iterator[PageSource]:
    """The index of a view and its further pages."""
    address = Address(view.name, index=True)
    title = catalogue.view_title(view)
    total = len(catalogue.library.papers)
    if view.name != "venues":
        page = contents.CountsPage(view.name, title, catalogue.counts(view), total)
        yield PageSource(address, title, "counts.html", page)
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
                view.name, title, catalogue.counts(view), sections, total, place(address, number, len(parts))
            ),
            outline=tuple(Heading(section.id, section.link.text) for section in sections),
            section="" if number == 1 else view.name,
        )


def group_pages(catalogue: Catalogue, view: View) -> Iterator[PageSource]:
    """The page of each group of a view."""
    all_groups = catalogue.groups[view.name]
    links = [catalogue.link(view.name, group.value) for group in all_groups]
    trail = (catalogue.index_link(view.name),)
    for position, group in enumerate(all_groups):
        previous = links[position - 1] if position else None
        next_ = links[position + 1] if position + 1 < len(links) else None
        rows = tuple(catalogue.summaries[paper.key] for paper in group.papers)
        # All that the page of a group is made from, beside the configuration.
        made_from = (group, rows, previous, next_)
        yield from catalogue.memory.recall(
            "group pages",
            (view.name, group.value),
            made_from,
            functools.partial(_group_pages, catalogue, view, group, trail, previous, next_),
        )


def _group_pages(
    catalogue: Catalogue, view: View, group: Group, trail: tuple[Link, ...], previous: Link | None, next_: Link | None
) -> tuple[PageSource, ...]:
    page = contents.ListingPage(
        view=view.name,
        title=catalogue.label(view, group.value),
        value=group.value if view.name == "venues" else None,
        about=catalogue.about(view, group.value),
        papers=len(group.papers),
        rows=(),
        paging=Paging(),
        trail=trail,
        previous=previous,
        next=next_,
    )
    return tuple(_listing_pages(catalogue, Address(f"{view.name}/{group.slug}"), group.papers, page))


def all_papers(catalogue: Catalogue) -> Iterator[PageSource]:
    """The listing of all papers; its first page is the browse page."""
    options = catalogue.options
    title = options.language("view.papers")
    page = contents.ListingPage("papers", title, None, "", len(catalogue.newest_first), (), Paging())
    first, *others = _listing_pages(catalogue, PAPERS, catalogue.newest_first, page)
    assert isinstance(first.content, contents.ListingPage)  # noqa: S101 - tells the type checker what was just made
    browse_page = contents.BrowsePage(
        listing=first.content,
        facets=browse.panels(catalogue.facets, options.language),
        exports=browse.export_links(),
        script=browse.script_settings(options.language, page_size=options.page_size, badges=options.badges),
    )
    yield dataclasses.replace(first, template="browse.html", content=browse_page)
    yield from others


def _listing_pages(
    catalogue: Catalogue, address: Address, papers: Sequence[Paper], page: contents.ListingPage
) -> Iterator[PageSource]:
    for paging, shown in paged(address, papers, catalogue.options.page_size):
        yield PageSource(
            numbered(address, paging.number),
            page.title,
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
