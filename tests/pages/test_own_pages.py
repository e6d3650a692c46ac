"""Authors and institutions have a page of their own from so many papers on, and names lead where their papers are."""

import pytest

from mkdocs_papers.library.model import Library
from mkdocs_papers.pages.address import Address, browse_address, paper_address
from mkdocs_papers.pages.group_links import Link, index_link
from mkdocs_papers.pages.listing_pages import CountsPage, ListingPage
from mkdocs_papers.pages.paper_pages import PaperPage
from mkdocs_papers.pages.sources import Site
from tests.pages.papers import paper, site

ONE = paper("2024/one", authors=("Ann", "Bo"), institutions=("MIT",), keywords=("kernels",), venue="ICML")
TWO = paper("2023/two", authors=("Ann", "Cy"), institutions=("CMU",))
THREE = paper("2022/three", authors=("Ann",))


def test_an_index_is_linked_by_its_title() -> None:
    db = site(ONE)
    assert index_link(db, "notes") == Link("Notes", Address("notes", index=True))
    assert index_link(db, "venues") == Link("Venues", Address("venues", index=True))


def paths(made: Site) -> set[str]:
    return {source.address.path for source in made.sources()}


def page(made: Site, path: str) -> object:
    return next(source.content for source in made.sources() if source.address.path == path)


def leads(made: Site, view: str) -> dict[str, Address]:
    """Where the names in the index of a view lead."""
    found = page(made, view)
    assert isinstance(found, CountsPage)
    return {count.link.text: count.link.address for count in found.counts}


def names(made: Site, key: str) -> dict[str, Address | None]:
    """Where the names of people and institutions on the page of a paper lead."""
    found = page(made, f"papers/{key}")
    assert isinstance(found, PaperPage)
    return {name.text: name.address for name in (*found.authors, *found.institutions)}


def test_a_group_of_one_paper_has_no_page_and_its_name_leads_to_the_paper() -> None:
    made = site(ONE, TWO)
    assert {"authors/Ann", "venues/ICML", "years/2024", "keywords/kernels"} <= paths(made)
    assert not {"authors/Bo", "authors/Cy", "institutions/MIT", "institutions/CMU"} & paths(made)
    assert leads(made, "authors") == {
        "Ann": Address("authors/Ann"),
        "Bo": paper_address("2024/one"),
        "Cy": paper_address("2023/two"),
    }
    assert leads(made, "institutions") == {"CMU": paper_address("2023/two"), "MIT": paper_address("2024/one")}


def test_on_the_page_of_its_paper_it_is_text() -> None:
    assert names(site(ONE, TWO), "2024/one") == {"Ann": Address("authors/Ann"), "Bo": None, "MIT": None}


def test_from_one_paper_on_every_group_has_a_page() -> None:
    made = site(ONE, TWO, own_page_from=1)
    assert {"authors/Ann", "authors/Bo", "authors/Cy", "institutions/MIT", "institutions/CMU"} <= paths(made)
    assert names(made, "2024/one")["Bo"] == Address("authors/Bo")


def test_a_group_of_a_few_papers_leads_to_the_browse_page_with_them() -> None:
    made = site(ONE, TWO, own_page_from=3)
    assert "authors/Ann" not in paths(made)
    assert leads(made, "authors")["Ann"] == browse_address(("author", "Ann"))
    assert names(made, "2024/one")["Ann"] == browse_address(("author", "Ann"))
    assert {"venues/ICML", "years/2024", "keywords/kernels"} <= paths(made)
    assert "authors/Ann" in paths(site(ONE, TWO, THREE, own_page_from=3))


def test_the_pages_before_and_after_are_those_that_there_are() -> None:
    other = paper("2021/four", authors=("Ann", "Bo", "Dee"))
    more = paper("2020/five", authors=("Dee", "Cyd"))
    made = site(TWO, other, more, THREE)
    found = page(made, "authors/Ann")
    assert isinstance(found, ListingPage)
    assert (found.previous, found.next) == (None, Link("Dee", Address("authors/Dee")))


@pytest.mark.parametrize("kept", [True, False])
def test_a_page_comes_and_goes_with_its_second_paper(*, kept: bool) -> None:
    plain = site(ONE, TWO)
    made = Site(plain.library, plain.settings, plain.options, keeps_up=kept)
    assert "authors/Bo" not in paths(made)
    second = paper("2022/three", authors=("Bo",))
    made.update(Library({each.key: each for each in (second, TWO, ONE)}, {}))
    assert "authors/Bo" in paths(made)
    assert names(made, "2024/one")["Bo"] == Address("authors/Bo")
    assert list(made.sources()) == list(site(ONE, TWO, second).sources())
    made.update(plain.library)
    assert list(made.sources()) == list(plain.sources())
