"""The index pages of people and institutions."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage


def names(page: Page) -> list[str]:
    """The names that are shown, in order."""
    return [name.strip() for name in page.locator(".papers-people li:visible > a").all_inner_texts()]


def test_people_are_found_by_any_part_of_their_names_and_opened_as_a_query(open_page: OpenPage, library: str) -> None:
    page = open_page()
    page.goto(f"{library}authors/")
    box = page.get_by_role("searchbox", name="Find in Authors")
    box.fill("song h")
    expect(page.locator(".papers-people section:visible")).to_have_count(1)
    assert names(page) == ["Song Han"]
    query = page.get_by_role("link", name="Open as query")
    expect(query).to_have_attribute("href", re.compile("papers/[?]find=author%3A%22song[+]h%22$"))
    query.click()
    expect(page.get_by_role("searchbox", name="Filter papers")).to_have_value('author:"song h"')
    expect(page.locator("[data-view-shown] [data-paper='2024/Quest']")).to_be_visible()


def test_institutions_are_sorted_by_number_and_by_name(open_page: OpenPage, library: str) -> None:
    page = open_page()
    page.goto(f"{library}institutions/")
    by_number = page.get_by_role("button", name="By number")
    expect(by_number).to_be_visible()
    named = names(page)
    by_number.click()
    expect(page.locator(".papers-letters")).to_be_hidden()
    numbers = [int(text) for text in page.locator(".papers-people li:visible .papers-number").all_inner_texts()]
    assert numbers == sorted(numbers, reverse=True)
    assert numbers[0] > 1
    page.get_by_role("button", name="By name").click()
    assert names(page) == named == sorted(named, key=str.casefold)


def test_letters_lead_to_names_without_a_script(open_page: OpenPage, library: str) -> None:
    page = open_page(scripts=False)
    page.goto(f"{library}authors/")
    expect(page.locator(".papers-people form")).to_be_hidden()
    page.get_by_role("link", name="S", exact=True).click()
    expect(page).to_have_url(re.compile("#letter-S$"))
    expect(page.get_by_role("link", name="Song Han", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="S", exact=True)).to_be_in_viewport()
