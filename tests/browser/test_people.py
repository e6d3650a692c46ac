"""The index pages of people and institutions."""

import re

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import OpenPage


def names(page: Page) -> list[str]:
    """The names that are shown, in order."""
    return [name.strip() for name in page.locator(".papers-people li:visible > a").all_inner_texts()]


def test_people_are_found_by_any_part_of_their_names_and_opened_as_a_query(open_page: OpenPage, library: str) -> None:
    page = open_page()
    page.goto(f"{library}authors/")
    box = page.get_by_role("searchbox", name="Find in Authors")
    for words in ("song h", "Han, S"):
        box.fill(words)
        expect(page.locator(".papers-people section:visible")).to_have_count(0)
        expect(page.locator(".papers-people li:visible")).to_have_count(1)
        assert names(page) == ["Han, Song"]
    box.fill("song h")
    query = page.get_by_role("link", name="Open as query")
    expect(query).to_have_attribute("href", re.compile("papers/[?]find=author%3A%22song[+]h%22$"))
    query.click()
    expect(page.get_by_role("searchbox", name="Filter papers")).to_have_value('author:"song h"')
    expect(page.locator("[data-view-shown] [data-paper='2024/Quest']")).to_be_visible()


def test_whole_names_come_first_then_words_then_their_beginnings(open_page: OpenPage, library: str) -> None:
    page = open_page()
    page.goto(f"{library}institutions/")
    page.get_by_role("searchbox", name="Find in Institutions").fill("mit")
    expect(page.locator(".papers-people li:visible").first).to_contain_text("MIT")
    # Those with one paper stand on the page by name, and are found all the same.
    page.goto(f"{library}authors/by/number/")
    page.get_by_role("searchbox", name="Find in Authors").fill("han")
    expect(page.locator(".papers-people li:visible").first).to_contain_text("Han")
    ranks = [
        1 if re.search(r"\bhan\b", name, re.IGNORECASE) else 2 if re.search(r"\bhan", name, re.IGNORECASE) else 3
        for name in names(page)
    ]
    assert ranks == sorted(ranks)
    assert set(ranks) == {1, 2, 3}


def test_the_box_is_there_before_its_script_and_keeps_what_was_typed(open_page: OpenPage, library: str) -> None:
    page = open_page(width=390, listens=True)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/people.js", hold)
    with page.expect_request("**/people.js"):
        page.goto(f"{library}authors/", wait_until="domcontentloaded")
    letters = page.locator(".papers-letters")
    before = letters.bounding_box()
    box = page.get_by_role("searchbox", name="Find in Authors")
    box.fill("song han")
    for route in held:
        route.continue_()
    expect(page.locator(".papers-people li:visible")).to_have_count(1)
    box.fill("")
    expect(letters).to_be_visible()
    assert letters.bounding_box() == before


def test_both_orders_are_there_without_a_script(open_page: OpenPage, library: str) -> None:
    page = open_page(scripts=False)
    page.goto(f"{library}institutions/")
    expect(page.locator(".papers-people form")).to_be_hidden()
    named = names(page)
    assert named == sorted(named, key=str.casefold)
    page.get_by_role("link", name="By number", exact=True).click()
    expect(page).to_have_url(re.compile("/number/$"))
    expect(page.locator("footer")).to_be_visible()
    numbers = [int(text) for text in page.locator(".papers-people li .papers-number").all_inner_texts()]
    assert numbers == sorted(numbers, reverse=True)
    assert numbers[0] > numbers[-1] > 1
    page.get_by_role("link", name="By name", exact=True).click()
    expect(page).to_have_url(f"{library}institutions/")
    expect(page.locator(".papers-people li")).to_have_text([re.compile(re.escape(name)) for name in named])


def test_letters_lead_to_names_without_a_script(open_page: OpenPage, library: str) -> None:
    page = open_page(scripts=False)
    page.goto(f"{library}authors/")
    page.get_by_role("link", name="H", exact=True).click()
    expect(page).to_have_url(re.compile("#letter-H$"))
    expect(page.get_by_role("link", name="Han, Song", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="H", exact=True)).to_be_in_viewport()
