"""Long listings are cut so that few pages change where a row comes or goes."""

import statistics

from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.pages.address import PAPERS
from mkdocs_papers.pages.listing_pages import ListingPage, SectionsPage
from mkdocs_papers.pages.paging import paged, stable_place
from tests.pages.papers import paper, site

NAMES = st.lists(st.text(max_size=3), unique=True, max_size=80) | st.integers(0, 400).map(
    lambda number: [f"paper {each}" for each in range(number)]
)
SIZES = st.integers(1, 90)


def pages(names: list[str], size: int) -> list[list[str]]:
    return [list(shown) for _, shown in paged(PAPERS, names, size, str)]


@given(NAMES, SIZES)
def test_all_rows_are_there_once_in_their_order_on_pages_of_about_one_size(names: list[str], size: int) -> None:
    *full, last = pages(names, size)
    assert [name for page in (*full, last) for name in page] == names
    assert all(len(page) <= size for page in full)
    assert all(len(page) >= (size - size // 4 if size >= 50 else size) for page in full)
    assert len(last) <= size
    assert last or not names


@given(NAMES, SIZES)
def test_each_page_knows_its_neighbours(names: list[str], size: int) -> None:
    places = [paging for paging, _ in paged(PAPERS, names, size, str)]
    assert [paging.number for paging in places] == list(range(1, len(places) + 1))
    assert {paging.pages for paging in places} == {len(places)}
    assert [paging.next is None for paging in places] == [False] * (len(places) - 1) + [True]
    assert [paging.previous is None for paging in places] == [True] + [False] * (len(places) - 1)


def test_a_row_that_comes_changes_few_pages() -> None:
    names = [f"2024/paper-{number}" for number in range(4000)]
    before = pages(names, 200)
    changed = [
        len([page for page in pages([*names[:at], f"2024/new-{at}", *names[at:]], 200) if page not in before])
        for at in range(0, 4000, 10)
    ]
    # Were they cut after each 200th row, half of them would change.
    assert len(before) == 23
    assert statistics.median(changed) == 1
    assert statistics.mean(changed) < 1.2


def test_what_is_said_of_all_rows_stands_on_the_first_page_only() -> None:
    many = site(*(paper(f"2024/{number}", keywords=("pruning", "kv")) for number in range(5)), page_size=2)
    listings = [each.content for each in many.sources() if each.address.path.startswith("keywords/pruning")]
    assert [isinstance(each, ListingPage) and (bool(each.figures), bool(each.co_occurring)) for each in listings] == [
        (True, True),
        (False, False),
        (False, False),
    ]


def test_a_venue_that_goes_on_says_how_many_papers_it_has_where_it_begins() -> None:
    papers = [paper(f"2024/{number}", venue="A" if number < 5 else "B") for number in range(8)]
    venues = [each.content for each in site(*papers, page_size=1).sources() if each.address.path.startswith("venues")]
    shown = [
        [(section.value, section.papers, len(section.rows)) for section in each.sections]
        for each in venues
        if isinstance(each, SectionsPage)
    ]
    assert shown == [[("A", 5, 2)], [("A", None, 2)], [("A", None, 1), ("B", 3, 1)], [("B", None, 2)]]


def test_a_venue_that_has_room_on_a_page_is_not_cut() -> None:
    papers = [paper(f"2024/{number}", venue="ABC"[number // 5]) for number in range(15)]
    venues = [each.content for each in site(*papers, page_size=4).sources() if each.address.path.startswith("venues")]
    shown = [
        [(section.value, len(section.rows)) for section in each.sections]
        for each in venues
        if isinstance(each, SectionsPage)
    ]
    assert shown == [[("A", 5)], [("B", 5)], [("C", 5)]]


def test_names_that_are_no_unicode_are_chosen_among_too() -> None:
    names = ["\ud800", "b", "c"]
    assert stable_place(range(3), names.__getitem__) in range(3)
    assert pages([f"{number} \udfff" for number in range(80)], 60)
