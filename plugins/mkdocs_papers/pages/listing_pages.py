"""The pages that list papers: the index of each view, each of its groups, and all papers."""

import dataclasses
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from mkdocs_papers.incremental.database import Database, query, table, transient
from mkdocs_papers.incremental.operators import Each
from mkdocs_papers.pages import browse, group_links
from mkdocs_papers.pages.address import HOME, PAPERS, Address, browse_address, numbered
from mkdocs_papers.pages.browse import FacetPanel
from mkdocs_papers.pages.group_links import Count, Link, index_link
from mkdocs_papers.pages.page_inputs import OPTIONS
from mkdocs_papers.pages.page_source import Content, Heading, PageSource
from mkdocs_papers.pages.paging import Paging, cut, paged, place, stable_place
from mkdocs_papers.pages.paper_pages import bibtex_of
from mkdocs_papers.pages.summaries import Figures, Summary, all_figures, description, figures, listed, summary
from mkdocs_papers.pages.text import plain
from mkdocs_papers.views import groups, works
from mkdocs_papers.views.co_occurrence import co_occurring, most_frequent
from mkdocs_papers.views.view import NONE, VIEWS_BY_NAME
from mkdocs_papers.views.view_inputs import PAPERS as ALL_PAPERS


@dataclass(frozen=True, slots=True)
class CoOccurring:
    """What the papers of a group have besides: a view's name and its most frequent values among them."""

    view: str
    counts: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page with a listing of its own.

    Attributes:
        value: the venue itself, for ``data-venue``.
        papers: how many papers the venue has in all; None where it goes on from another page.
    """

    id: str
    value: str
    link: Link
    papers: int | None
    rows: tuple[Summary, ...]


@dataclass(frozen=True, slots=True)
class SectionsPage(Content):
    """``sections.html``: every group of a view with its listing.

    Attributes:
        counts: on the first page, all groups, or, where they are very many, those on this page.
        figures: of all papers, on the first page; None on the others.
        query: the browse page, where there are other pages; else None.
    """

    template: ClassVar[str] = "sections.html"

    view: str
    title: str
    counts: tuple[Count, ...]
    sections: tuple[Section, ...]
    figures: Figures | None
    paging: Paging
    query: Address | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """How many groups a view has, and how many papers there are."""

    groups: int
    papers: int


@dataclass(frozen=True, slots=True)
class Jump:
    """A letter of an index by name, and the page of its first name; None where that is the same page."""

    name: str
    id: str
    address: Address | None


@dataclass(frozen=True, slots=True)
class CountsPage(Content):
    """``counts.html``: the groups of a view, each with its number of papers.

    Attributes:
        total: of all of them, on the first page; None on the others.
        facet: where the groups are very many, the name of a value, as queries filter by it; else empty.
        letters: where the groups are very many and in order of their names, all letters with which those begin.
        orders: where there are two, the first pages of the index by name and by number of papers.
        is_by_number: whether this is a page of the second.
        once: on its first page, how many groups have one paper, and so are only in the first.
    """

    template: ClassVar[str] = "counts.html"

    view: str
    title: str
    counts: tuple[Count, ...]
    total: Total | None
    paging: Paging
    facet: str = ""
    letters: tuple[Jump, ...] = ()
    orders: tuple[Address, ...] = ()
    is_by_number: bool = False
    once: int = 0


@dataclass(frozen=True, slots=True)
class ListingPage(Content):
    """``listing.html``: one group of a view, or all papers, as a table.

    Attributes:
        view: name of the view; ``papers`` for all papers.
        value: the venue, for ``data-venue``, where the view is by venue; else None.
        about: one line of definition; may be empty.
        figures: of all its papers, on the first page; None on the others.
        co_occurring: values that many of its papers have besides, on the first page.
        previous: on the first page, the neighbouring group before, or None.
        next: on the first page, the neighbouring group after, or None.
        query: the browse page with the same papers, or None.
        citations: on the first page of a person, the BibTeX entries of all papers, where they are not too long.
    """

    template: ClassVar[str] = "listing.html"

    view: str
    title: str
    value: str | None
    about: str
    figures: Figures | None
    rows: tuple[Summary, ...]
    paging: Paging
    co_occurring: tuple[CoOccurring, ...] = ()
    trail: tuple[Link, ...] = ()
    previous: Link | None = None
    next: Link | None = None
    query: Address | None = None
    citations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BrowsePage(Content):
    """``browse.html``: all papers, with facets, a box, and other ways to look at them where scripts run.

    Attributes:
        listing: the table that works without a script.
        works: how many papers it shows in all: versions of one work are one.
        orders: where the papers stand in other orders, for whom no script sorts them.
        scripts: the names of the modules of its script.
        settings: JSON: what the script needs to know besides. (It stands in an attribute: where Material swaps pages
            without loading, it runs every ``<script>`` of the content, whatever its type.)
    """

    template: ClassVar[str] = "browse.html"

    listing: ListingPage
    works: int
    orders: tuple[Link, ...]
    facets: tuple[FacetPanel, ...]
    scripts: tuple[str, ...]
    settings: str


_MOST_COUNTS = 1000
"""Groups on one page of an index of groups."""

_LONGEST_CITATIONS = 20_000
"""In characters: some thirty entries."""

_Rows = tuple[Summary, ...]


@query
def view_index(db: Database, view: str) -> tuple[PageSource, ...]:
    """The index of a view and its further pages."""
    first, *others = _sections_pages(db, view) if VIEWS_BY_NAME[view].sections else _counts_pages(db, view)
    values = groups.values(db, view)
    return (dataclasses.replace(first, listed=len(values) - values.count(NONE)), *others)


def _counts_pages(db: Database, view: str) -> Iterator[PageSource]:
    address, title = Address(view, index=True), group_links.view_title(db, view)
    groups_in_all = len(groups.values(db, view))
    total = Total(groups_in_all, len(ALL_PAPERS.names(db)))
    more_than_once = sum(map(len, _values_on(db, view, True).values())) if VIEWS_BY_NAME[view].many else 0  # noqa: FBT003
    by_number = Address(f"{view}/by/number")
    page = CountsPage(
        view,
        title,
        counts=(),
        total=total,
        paging=Paging(),
        facet=VIEWS_BY_NAME[view].one if VIEWS_BY_NAME[view].many else "",
        orders=(address, by_number) if more_than_once else (),
    )
    yield from _cut_counts(db, address, page)
    if more_than_once:
        title = f"{title} – {OPTIONS(db).language('people.number')}"
        page = dataclasses.replace(page, is_by_number=True, once=groups_in_all - more_than_once)
        for source in _cut_counts(db, by_number, page):
            yield dataclasses.replace(source, title=title, section=view)


@table
def _values_on(db: Database, view: str, is_by_number: bool) -> Mapping[int, tuple[str, ...]]:  # noqa: FBT001 - a name
    """The values of the groups on each page of the index of a view, by the number of the page."""
    values = groups.repeated_values(db, view) if is_by_number else groups.values(db, view)
    pages = paged(HOME, values, _MOST_COUNTS, str)
    return {paging.number: tuple(shown) for paging, shown in pages}


_counts_on: Each[[str, bool, int], str, Count] = Each(group_links.count, _values_on.at, arguments=1)
"""The groups on a page of the index of a view, by their values."""


@query
def _letters_on(db: Database, view: str, number: int) -> tuple[str, ...]:
    """The letters with which names begin on a page of the index of a view."""
    counts = _counts_on(db, view, False, number).values()  # noqa: FBT003 - a name
    return tuple(dict.fromkeys(map(group_links.letter_of, counts)))


def _cut_counts(db: Database, address: Address, page: CountsPage) -> Iterator[PageSource]:
    pages = len(_values_on(db, page.view, page.is_by_number))
    first_on: dict[str, int] = {}
    if page.facet and not page.is_by_number:
        for number in range(1, pages + 1):
            for letter in _letters_on(db, page.view, number):
                first_on.setdefault(letter, number)
    for number in range(1, pages + 1):
        counts, paging = _counts_on(db, page.view, page.is_by_number, number), place(address, number, pages)
        letters = tuple(
            [
                Jump(letter, group_links.letter_id(letter), None if first == number else numbered(address, first))
                for letter, first in first_on.items()
            ]
        )
        part = dataclasses.replace(page, counts=tuple(counts.values()), paging=paging, letters=letters)
        is_first = number == 1
        yield PageSource(
            numbered(address, paging.number),
            page.title,
            part if is_first else dataclasses.replace(part, total=None, once=0),
            section="" if is_first else page.view,
            description=description(db, page.title),
        )


def _rows_of(db: Database, view: str, value: str) -> _Rows:
    """What is shown of the papers of a group of a view."""
    keys = groups.keys_of(db, view, value)
    return _rows_of_many(db, view, value) if len(keys) >= groups.MANY else tuple([summary(db, key) for key in keys])


@query
def _rows_of_many(db: Database, view: str, value: str) -> _Rows:
    return tuple(_summaries_in(db, view, value).values())


_summaries_in: Each[[str, str], str, Summary] = Each(summary, groups.keys_of, arguments=0, transient=True)


def _sections_pages(db: Database, view: str) -> Iterator[PageSource]:
    address, title = Address(view, index=True), group_links.view_title(db, view)
    counts = {value: group_links.count(db, view, value) for value in groups.values(db, view)}
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
            anchor, papers = groups.slug_of(db, view, value).casefold(), counts[value].papers
            rows = tuple([row for _, row in shown])
            sections.append(Section(anchor, value, counts[value].link, papers if value not in known else None, rows))
            known.add(value)
        yield PageSource(
            numbered(address, number),
            title,
            SectionsPage(
                view,
                title,
                tuple(counts.values())[:shown_counts] if is_first else (),
                tuple(sections),
                all_figures(db) if is_first else None,
                place(address, number, len(parts)),
                PAPERS if len(parts) > 1 else None,
            ),
            outline=tuple([Heading(section.id, plain(section.link.text)) for section in sections]),
            section="" if is_first else view,
            description=description(db, title),
        )


@transient
def group_page(db: Database, view: str, value: str) -> tuple[PageSource, ...]:
    """The page of a group of a view, and its further pages."""
    shown = _rows_of(db, view, value)
    previous, next_ = group_links.neighbours.at(db, view, value)
    page = ListingPage(
        view=view,
        title=group_links.label(db, view, value),
        value=value if VIEWS_BY_NAME[view].sections else None,
        about=group_links.about(db, view, value),
        figures=figures(shown),
        rows=(),
        paging=Paging(),
        co_occurring=tuple(_co_occurring(db, view, value, shown)),
        trail=(index_link(db, view),),
        previous=group_links.optional_link(db, view, previous),
        next=group_links.optional_link(db, view, next_),
        query=None if value == NONE else browse_address((VIEWS_BY_NAME[view].one, value)),
        citations=_citations(db, shown) if VIEWS_BY_NAME[view].people else (),
    )
    return tuple(_listing_pages(db, group_links.address(db, view, value), shown, page))


group_pages: Each[[str], str, tuple[PageSource, ...]] = Each(group_page, group_links.with_page)
"""The pages of each group of a view that has one."""


def _co_occurring(db: Database, view: str, value: str, shown: _Rows) -> Iterator[CoOccurring]:
    """What the papers of a group have besides, which are shown in its order."""
    if VIEWS_BY_NAME[view].people:
        yield CoOccurring("years", tuple(_years(view, value, shown)))
    few = [groups.all_values(db, row.key) for row in shown] if len(shown) < groups.MANY else None
    for name in VIEWS_BY_NAME[view].co_occurring:
        itself = value if name == view else NONE
        counted: Sequence[tuple[str, int]]
        if few is None:
            counted = _counted_in_many(db, view, value, name, itself)
        else:
            counted = co_occurring([groups.values_among(each, name) for each in few], itself)
        if counted:
            yield CoOccurring(name, tuple([group_links.count_of(db, name, other, papers) for other, papers in counted]))


def _citations(db: Database, shown: Iterable[Summary]) -> tuple[str, ...]:
    """The BibTeX entries of papers; none where they would outweigh the page, as an entry with 2,000 authors does."""
    entries = tuple([bibtex_of(db, row.key) for row in shown])
    return entries if sum(map(len, entries)) <= _LONGEST_CITATIONS else ()


def _years(view: str, value: str, shown: _Rows) -> Iterator[Count]:
    """The years of a group's papers, the latest first, each with those of that year."""
    years = Counter([row.year for row in shown])
    for year in sorted(years, reverse=True):
        address = browse_address((VIEWS_BY_NAME[view].one, value), ("year", str(year)))
        yield Count(Link(str(year), address), years[year])


@query
def _counted_in_many(db: Database, view: str, value: str, name: str, itself: str) -> tuple[tuple[str, int], ...]:
    values = groups.values_in_order(db, view, value, name)
    return tuple(most_frequent(groups.tally(db, view, value, name), values, (itself, NONE)))


@query
def all_papers(db: Database) -> tuple[PageSource, ...]:
    """The listing of all papers; its first page is the browse page."""
    options = OPTIONS(db)
    title = options.language("view.papers")
    page = ListingPage("papers", title, None, "", all_figures(db), (), Paging())
    # Of versions of one work the one that stands for it; its row leads to the others.
    shown = tuple([row for row in listed(db) if not row.versions or works.versions(db, row.key)[0] == row.key])
    first, *others = _listing_pages(db, PAPERS, shown, page)
    assert isinstance(first.content, ListingPage)  # noqa: S101 - tells the type checker what was just made
    browse_page = BrowsePage(
        listing=first.content,
        works=len(shown),
        orders=tuple([index_link(db, view.name) for each in browse.facets(db) if (view := each.facet.view)]),
        facets=browse.panels(db),
        scripts=browse.SCRIPTS,
        settings=browse.script_settings(options.language, page_size=options.page_size, badges=options.badges),
    )
    return (dataclasses.replace(first, content=browse_page, listed=len(ALL_PAPERS.names(db))), *others)


def _listing_pages(db: Database, address: Address, shown: _Rows, page: ListingPage) -> Iterator[PageSource]:
    # What is said of all rows, and what is around, stands on the first page: the others change with their own rows.
    further = dataclasses.replace(page, figures=None, co_occurring=(), previous=None, next=None, citations=())
    papers = OPTIONS(db).language("papers", n=len(shown))
    for paging, part in paged(address, shown, OPTIONS(db).page_size, lambda row: row.key):
        is_first = paging.number == 1
        yield PageSource(
            numbered(address, paging.number),
            plain(page.title),
            dataclasses.replace(page if is_first else further, rows=tuple(part), paging=paging),
            section="" if address.index and is_first else page.view,
            description=page.about or description(db, page.title, papers if is_first else ""),
        )


_SectionRow = tuple[str, Summary]
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
