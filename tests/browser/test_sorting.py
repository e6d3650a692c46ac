"""Tables of papers are sorted by their heads, and stay as they were without a script."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage
from tests.sites import build_site, serve_folder

RECORD = 'paper {{ title: "{title}" authors: "Ann Lee" {more} }}\npub {{ where: "{venue}" year: {year} }}\n{rest}\n'
DAY = 86_400


def record(title: str, venue: str, year: int, more: str = "", rest: str = "") -> str:
    return RECORD.format(title=title, venue=venue, year=year, more=more, rest=rest)


FILES: dict[str, str | bytes] = {
    "meta/2023/b.prototxt": record(
        "beta", "ICML", 2023, 'abbr: "Zeta" url: "https://arxiv.org/abs/2302.00001"', f"update_time: {9 * DAY}"
    ),
    "meta/2023/a.prototxt": record(
        "Alpha", "ICML", 2023, 'url: "https://arxiv.org/abs/2311.00001"', f"update_time: {7 * DAY}"
    ),
    "meta/2024/d.prototxt": record("Délta", "ICML", 2024, 'abbr: "Ypsilon"', f"update_time: {8 * DAY}"),
    "meta/2022/c.prototxt": record("Gamma", "ACL", 2022, 'abbr: "Xi"', f"update_time: {6 * DAY}"),
    "docs/index.md": "# Home\n\n{{ papers_table(venue='ICML') }}\n",
}
PLUGINS = {"plugins": ["search", "macros", "papers"]}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    built = build_site(tmp_path_factory.mktemp("sorting"), FILES, PLUGINS)
    with serve_folder(built.site) as address:
        yield address


def order(page: Page | Locator) -> str:
    """The stems of the papers of a table, or of all tables, in order."""
    keys: list[str] = page.locator("tbody tr").evaluate_all("rows => rows.map(row => row.dataset.paper)")
    return "".join(key.partition("/")[2] for key in keys)


def press(page: Page, name: str) -> None:
    page.locator("thead").first.get_by_role("button", name=name, exact=True).press("Enter")


def test_a_head_sorts_its_table_both_ways_and_lets_it_be(open_page: OpenPage, home: str) -> None:
    page = open_page()
    page.goto(f"{home}venues/ICML/")
    head = page.get_by_role("columnheader", name="Title", exact=True)
    button = head.get_by_role("button", name="Title", exact=True)
    expect(button).to_be_visible()
    given = order(page)
    assert head.get_attribute("aria-sort") is None
    press(page, "Title")
    assert (order(page), head.get_attribute("aria-sort")) == ("abd", "ascending")
    expect(button).to_be_focused()
    press(page, "Title")
    assert (order(page), head.get_attribute("aria-sort")) == ("dba", "descending")
    press(page, "Title")
    assert (order(page), head.get_attribute("aria-sort")) == (given, None)


@pytest.mark.parametrize(
    ("name", "once", "twice"),
    [
        # What says nothing is last both ways; the latest comes first at the first press.
        ("Paper", "dba", "bda"),
        ("Year", "dba", "bad"),
        ("Added", "bda", "adb"),
        ("Published", "dab", "bad"),
    ],
)
def test_each_column_and_date_sorts(open_page: OpenPage, home: str, name: str, once: str, twice: str) -> None:
    page = open_page()
    page.goto(f"{home}venues/ICML/")
    expect(page.get_by_role("button", name="Title", exact=True)).to_be_visible()
    given = order(page)
    press(page, name)
    if name == "Year":
        # Those of one year stay as they were.
        once, twice = "d" + given.replace("d", ""), given.replace("d", "") + "d"
    assert order(page) == once
    press(page, name)
    assert order(page) == twice


def test_dates_say_whether_they_sort(open_page: OpenPage, home: str) -> None:
    page = open_page()
    page.goto(f"{home}venues/ICML/")
    added = page.get_by_role("button", name="Added", exact=True)
    expect(added).to_have_attribute("aria-pressed", "false")
    press(page, "Added")
    expect(added).to_have_attribute("aria-pressed", "true")
    press(page, "Year")
    expect(added).to_have_attribute("aria-pressed", "false")
    assert page.locator("th[aria-sort]").evaluate_all("heads => heads.map(head => head.dataset.column)") == ["year"]


def test_dates_that_are_the_same_stand_once(open_page: OpenPage, tmp_path: Path) -> None:
    names = {"one": "2302.00001", "two": "2311.00001"}
    files: dict[str, str | bytes] = {
        f"meta/2023/{name}.prototxt": record(name, "ICML", 2023, f'url: "https://arxiv.org/abs/{number}"')
        for name, number in names.items()
    }
    with serve_folder(build_site(tmp_path, files).site) as home:
        page = open_page()
        page.goto(f"{home}venues/ICML/")
        expect(page.get_by_role("button", name="Published", exact=True)).to_be_visible()
        expect(page.get_by_role("button", name="Added", exact=True)).to_have_count(0)


def test_the_sections_of_a_page_are_sorted_together(open_page: OpenPage, home: str) -> None:
    page = open_page()
    page.goto(f"{home}venues/")
    expect(page.get_by_role("button", name="Title", exact=True)).to_have_count(1)
    press(page, "Title")
    assert order(page) == "cabd"
    press(page, "Title")
    assert order(page) == "cdba"


def test_a_table_of_a_macro_is_sorted_by_itself(open_page: OpenPage, home: str) -> None:
    page = open_page()
    page.goto(home)
    expect(page.get_by_role("button", name="Title", exact=True)).to_be_visible()
    press(page, "Title")
    assert order(page) == "abd"


def test_a_table_of_many_pages_is_sorted_on_the_browse_page(open_page: OpenPage, tmp_path: Path) -> None:
    files = {name: text for name, text in FILES.items() if name.startswith("meta/")}
    built = build_site(tmp_path, files, {"plugins": ["search", {"papers": {"page_size": 2}}]})
    with serve_folder(built.site) as home:
        for address, found in {"venues/ICML/": "dba", "venues/ICML/page/2/": "dba", "years/2023/": ""}.items():
            page = open_page()
            page.goto(home + address)
            head = page.locator("thead").first
            if not found:
                expect(head.get_by_role("button", name="Title", exact=True)).to_be_visible()
                continue
            expect(head.get_by_role("link")).to_have_count(8)
            head.get_by_role("link", name="Paper", exact=True).click()
            expect(page.locator("th[data-column=paper]")).to_have_attribute("aria-sort", "ascending")
            expect(page.locator("#papers-sort")).to_have_value("paper")
            expect(page.locator("[data-view-shown] tbody tr")).to_have_count(2)
            assert order(page.locator("[data-view-shown]")) == found[:2]


def test_on_a_phone_the_keyboard_sees_the_heads(open_page: OpenPage, home: str) -> None:
    page = open_page(width=360, height=700)
    page.goto(f"{home}venues/ICML/")
    button = page.locator("thead").get_by_role("button", name="Title", exact=True)
    button.focus()
    box, width = button.bounding_box(), page.evaluate("document.documentElement.clientWidth")
    assert box is not None
    assert box["height"] > 10
    assert box["x"] + box["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_without_a_script_heads_are_words(open_page: OpenPage, home: str) -> None:
    page = open_page(scripts=False)
    page.goto(f"{home}venues/ICML/")
    expect(page.locator("thead").locator("button, a")).to_have_count(0)
    expect(page.locator("thead th")).to_have_count(7)
