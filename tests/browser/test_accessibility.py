"""Every page type, for everybody: at three widths, in the light and in the dark, by eye, by ear and by keyboard."""

import re
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import leave_one_of_each_kind, violations
from tests.browser.conftest import OpenPage
from tests.browser.pages import BADGES, PAGES, SIZES
from tests.sites import build_site, serve_folder


@pytest.fixture
def reader(open_page: OpenPage) -> Page:
    """An empty page on a desk; badges are answered."""
    return open_page(pictures_from=[BADGES])


Colours = Literal["light", "dark"]
COLOURS: tuple[Colours, ...] = ("light", "dark")
SCHEMES = {"light": "default", "dark": "slate"}
LOOKS: tuple[tuple[tuple[str, Colours], ...], ...] = (
    (("wide", "light"), ("narrow", "dark"), ("middle", "light")),
    (("wide", "dark"), ("narrow", "light"), ("middle", "dark")),
)
"""How pages are looked at, in turn: what has a colour has it at each width."""
FIRST = "tbody > tr:nth-child(n + 5), .papers-counts > li:nth-child(n + 5), .papers-section:nth-of-type(n + 4)"
"""All but the first of what a page lists."""
REMOVE = "every => every.forEach((each) => each.remove())"
GOOD = '<!doctype html><html lang="en"><title>A page</title><main><h1>Words</h1>{}</main></html>'


def test_a_good_page(page: Page) -> None:
    page.set_content(GOOD.format('<img src="data:," alt="nothing">'))
    assert violations(page) == []


def test_a_picture_without_words(page: Page) -> None:
    page.set_content(GOOD.format('<p><img id="bare" src="data:,"></p><div id="rest"></div>'))
    assert [line.partition(" ")[0] for line in violations(page)] == ["image-alt"]
    assert "#bare" in violations(page)[0]
    assert violations(page, "#rest") == []


def test_pale_letters(page: Page) -> None:
    page.set_content(GOOD.format('<p style="color: #ccc; background: #fff">pale</p>'))
    assert [line.partition(" ")[0] for line in violations(page)] == ["color-contrast"]
    assert [line.partition(" ")[0] for line in violations(page, colours_alone=True)] == ["color-contrast"]


def test_rows_of_each_kind_are_looked_at(page: Page) -> None:
    """A row goes where others before it have all that it has, and stays where one part is its own."""
    pale = '<i style="color: #ccc">pale</i>'
    parts = ("<b>one</b>", "<i>two</i>", "<b>no</b><i>more</i>", f"<b>and</b>{pale}", "<i><b>last</b></i>")
    page.set_content(GOOD.format("<ul>" + "".join(f"<li>{part}</li>" for part in parts) + "</ul>"))
    leave_one_of_each_kind(page)
    assert page.locator("li").all_inner_texts() == ["one", "two", "andpale", "last"]
    assert [line.partition(" ")[0] for line in violations(page)] == ["color-contrast"]


FOUR_TIMES = (320, 256)
"""What a window of 1,280 by 1,024 pixels is to a page that is magnified so."""


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
def test_every_page(library: str, open_page: OpenPage, name: str) -> None:
    """Axe finds nothing and nothing moves sideways; `open_page` sees to messages and requests."""
    page = open_page(pictures_from=[BADGES])
    page.goto(library + PAGES[name], wait_until="networkidle")
    for width, height in (*SIZES.values(), FOUR_TIMES):
        page.set_viewport_size({"width": width, "height": height})
        assert sideways(page) == [], f"at {width}"
    leave_one_of_each_kind(page)
    for size, colours in LOOKS[list(PAGES).index(name) % len(LOOKS)]:
        width, height = SIZES[size]
        page.set_viewport_size({"width": width, "height": height})
        show(page, colours)
        # What is there, and where, the two others say.
        assert violations(page, colours_alone=size == "middle") == [], f"{size}, {colours}"
        # Each kind of row and of entry was looked at once; the first show what another size or colour does to them.
        page.locator(FIRST).evaluate_all(REMOVE)


def show(page: Page, colours: Colours) -> None:
    """Show a page in the light or in the dark."""
    # From then on Material hears of other colours.
    page.wait_for_function("window.component$ !== undefined")
    page.emulate_media(color_scheme=colours)
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", SCHEMES[colours])


def sideways(page: Page) -> list[str]:
    """What makes a page wider than its window: nothing, or the elements that stand out of it."""
    found: list[str] = page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")]
            .filter(element => element.getBoundingClientRect().right > innerWidth + 1)
            .map(element => element.outerHTML.slice(0, 100))"""
    )
    return found


def test_an_element_that_stands_out(page: Page) -> None:
    page.set_content(GOOD.format('<p id="wide" style="width: 2000px">words</p>'))
    assert [element[:12] for element in sideways(page)] == ['<p id="wide"']


def test_without_scripts_nothing_is_missing(library: str, open_page: OpenPage) -> None:
    page = open_page(width=360, scripts=False, pictures_from=[BADGES])
    page.goto(library + PAGES["paper"])
    expect(page.get_by_text("@inproceedings{")).to_be_visible()
    expect(page.locator(".papers-copy")).to_be_hidden()
    page.goto(library + PAGES["browse"])
    expect(page.locator("tr[data-paper]").first).to_be_visible()
    assert sideways(page) == []


# By keyboard alone


def test_the_keyboard_reaches_a_formula_that_scrolls(tmp_path: Path, open_page: OpenPage) -> None:
    files: dict[str, str | bytes] = {
        "meta/2024/Quest.prototxt": 'paper { title: "Quest" }\n',
        "notes/2024/Quest/note.md": f"# Quest\n\n$$\n{' + '.join(20 * ['a'])}\n$$\n\nWords.\n",
    }
    built = build_site(tmp_path, files)
    page = open_page(width=360)
    with serve_folder(built.site) as home:
        page.goto(f"{home}notes/2024/Quest/note/")
        formula = page.locator("div.papers-math")
        expect(formula).to_have_attribute("tabindex", "0")
        page.set_viewport_size({"width": 1440, "height": 900})
        expect(formula).not_to_have_attribute("tabindex", "0")


def tab_to(page: Page, selector: str, most: int = 80) -> None:
    """Press Tab until the keyboard is at such an element, and see that it shows where it is."""
    page.wait_for_load_state()
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement?.matches(selector)", selector):
            break
    else:
        raise AssertionError(f"{most} times Tab does not lead to {selector}")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none", f"the keyboard's place does not show at {selector}"


def test_from_the_home_page_to_a_note(library: str, reader: Page) -> None:
    reader.goto(library)
    tab_to(reader, "a[href$='venues/']")
    reader.keyboard.press("Enter")
    expect(reader).to_have_url(library + "venues/")
    tab_to(reader, ".md-skip")
    reader.keyboard.press("Enter")
    tab_to(reader, ".papers-counts a[href$='venues/ICML/']")
    reader.keyboard.press("Enter")
    expect(reader).to_have_url(library + "venues/ICML/")
    tab_to(reader, ".md-skip")
    reader.keyboard.press("Enter")
    tab_to(reader, "[data-paper='2024/Quest'] [data-column='paper'] a", most=120)
    reader.keyboard.press("Enter")
    expect(reader).to_have_url(library + "papers/2024/Quest/")
    tab_to(reader, "main a[href$='notes/2024/Quest/note/']")
    reader.keyboard.press("Enter")
    expect(reader).to_have_url(library + "notes/2024/Quest/note/")
    tab_to(reader, "main a[href$='papers/2024/Quest/']")
    reader.keyboard.press("Enter")
    expect(reader).to_have_url(library + "papers/2024/Quest/")


def test_a_venue_folds(library: str, reader: Page) -> None:
    reader.goto(library + "venues/")
    rows = reader.locator("[data-venue='AAAI'] tr[data-paper]")
    expect(rows.first).to_be_visible()
    tab_to(reader, "[data-venue='AAAI'] summary", most=120)
    reader.keyboard.press("Enter")
    expect(rows.first).to_be_hidden()
    reader.keyboard.press("Enter")
    expect(rows.first).to_be_visible()


def test_an_entry_is_copied(library: str, reader: Page) -> None:
    reader.goto(library + "papers/2024/Quest/")
    tab_to(reader, ".papers-copy", most=120)
    reader.keyboard.press("Enter")
    expect(reader.locator(".papers-copy")).to_have_text("Copied")
    assert reader.evaluate("navigator.clipboard.readText()").startswith("@inproceedings{")


def test_a_search_leads_to_a_paper(library: str, reader: Page) -> None:
    reader.goto(library)
    reader.keyboard.press("/")
    expect(reader.locator(".md-search__input")).to_be_focused()
    reader.keyboard.type("quest", delay=20)
    # Until then the list is that of the letters before, and gives way to another beneath the reader's hand.
    expect(reader.locator(".md-search-result__link").first).to_have_attribute("href", re.compile(r"[?&]h=quest\b"))
    reader.keyboard.press("ArrowDown")
    reader.keyboard.press("Enter")
    expect(reader.locator("h1")).to_contain_text("Quest")
