"""Notes in a browser: cards on links to papers, pictures that open large; without a script too."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.pages import PAGES


@pytest.fixture
def note(library: str, page: Page) -> Page:
    # What puts a card away is a script of its own, which comes after the page.
    page.goto(library + PAGES["note"], wait_until="networkidle")
    return page


def test_a_link_shows_its_paper_while_one_points_at_it(note: Page) -> None:
    link = note.locator(".papers-known").first
    card = link.locator(".papers-hover")
    expect(card).to_be_hidden()
    name = link.get_attribute("href")
    link.hover()
    expect(card).to_be_visible()
    assert "20" in card.inner_text(), name
    box = card.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 1280
    note.keyboard.press("Escape")
    expect(card).to_be_hidden()
    note.mouse.move(0, 0)
    link.hover()
    expect(card).to_be_visible()
    note.mouse.move(0, 0)
    expect(card).to_be_hidden()


def test_the_card_is_a_description_and_no_part_of_the_name(note: Page) -> None:
    link = note.get_by_role("link", name="SparQ", exact=True).first
    described = link.get_attribute("aria-describedby")
    expect(note.locator(f"#{described}")).to_contain_text("SparQ Attention")
    link.focus()
    expect(note.get_by_role("link", name="SparQ", exact=True).first).to_be_focused()


def test_the_keyboard_shows_it_too_at_the_edge_of_a_phone(library: str, open_page: OpenPage) -> None:
    page = open_page(width=360, height=640)
    page.goto(library + PAGES["note"])
    for link in page.locator(".papers-known").all():
        link.focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        card = link.locator(".papers-hover")
        expect(card).to_be_visible()
        box = card.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_picture_opens_large_and_closes_by_key_and_click(note: Page) -> None:
    picture = note.locator("a.papers-zoom").first
    small = picture.locator("img").bounding_box()
    assert small is not None
    for by_key in (True, False):
        picture.click()
        dialog = note.get_by_role("dialog").filter(has=note.locator("img"))
        expect(dialog).to_be_visible()
        large = dialog.locator("img").bounding_box()
        assert large is not None
        assert large["width"] > small["width"]
        if by_key:
            note.keyboard.press("Escape")
        else:
            note.get_by_role("button", name="Close").click()
        expect(dialog).to_have_count(0)
        expect(picture).to_be_focused()
    assert note.url.endswith(PAGES["note"])


def test_without_a_script_the_picture_is_one_click_away(library: str, open_page: OpenPage) -> None:
    page = open_page(scripts=False)
    page.goto(library + PAGES["note"])
    page.locator(".papers-known").first.hover()
    expect(page.locator(".papers-known .papers-hover").first).to_be_visible()
    page.locator("a.papers-zoom").first.click()
    page.wait_for_url("**/quest.svg")


def test_a_bibtex_entry_is_copied_in_one_click(library: str, page: Page) -> None:
    page.goto(library + PAGES["paper"])
    page.locator(".papers-copy").click()
    expect(page.locator(".papers-copy")).to_have_text("Copied")
    assert str(page.evaluate("navigator.clipboard.readText()")).startswith("@inproceedings{")
