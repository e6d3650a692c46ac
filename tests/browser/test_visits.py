"""What is new since a reader's last visit, as their own browser remembers it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.sites import build_site, serve_folder, write_files

RECORD = 'update_time: {time}\npaper {{\n  title: "{title}"\n}}\n'
DAY, HOUR = 86_400, 3600

KEPT = "Object.keys(localStorage).filter(key => key.startsWith('papers seen '))"
LATER = f'() => {KEPT}.forEach(key => localStorage.setItem(key, localStorage[key].replace(/"at":\\d+/, \'"at":0\')))'
"""The reader comes back on another day."""


@pytest.fixture(params=[[], ["navigation.instant"]], ids=["plain", "instant"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A site of two papers and a note, and its address."""
    files = {f"meta/2024/{name}.prototxt": RECORD.format(time=day * DAY, title=name) for day, name in enumerate("AB")}
    files["notes/2024/A/note.md"] = "---\ndate: 1970-01-03\n---\n# Of A\n"
    files["docs/about.md"] = "# About\n"
    theme = {"name": "material", "font": False, "features": request.param}
    built = build_site(tmp_path, files, {"theme": theme, "nav": [{"About": "about.md"}]})
    (tmp_path / "docs/index.md").unlink()
    built = build_site(tmp_path)
    with serve_folder(built.site) as home:
        yield tmp_path, home


def marked(page: Page) -> list[str]:
    """The entries that are marked as new."""
    return [
        re.sub(r"\s+", " ", text).strip()
        for text in page.locator("[data-added] > a:has(.papers-new)").all_inner_texts()
    ]


def test_what_came_since_the_last_visit_is_marked(open_page: OpenPage, site: tuple[Path, str]) -> None:
    root, home = site
    page = open_page()
    page.goto(home)
    page.wait_for_function(f"() => {KEPT}.length === 1")
    way = page.get_by_role("link", name="New since your last visit")
    # At the first visit everything would be new.
    assert marked(page) == []
    expect(way).to_be_hidden()
    write_files(root, {"meta/2020/C.prototxt": RECORD.format(time=5 * DAY, title="C")})
    build_site(root)
    page.reload()
    # It is the same visit still.
    expect(page.get_by_role("link", name="C", exact=True).first).to_be_visible()
    page.wait_for_function(f"() => localStorage[{KEPT}[0]].includes('{5 * DAY}')")
    assert marked(page) == []
    write_files(root, {"meta/2019/D.prototxt": RECORD.format(time=6 * DAY, title="D")})
    build_site(root)
    page.evaluate(LATER)
    page.goto(f"{home}papers/")
    new = page.get_by_role("button", name="New since your last visit")
    expect(new).to_be_visible()
    new.click()
    expect(page.get_by_role("searchbox", name="Filter papers")).to_have_value("added:>1970-01-06T00:00:00Z")
    expect(page.locator("[data-view-shown] [data-paper]")).to_have_count(1)
    page.get_by_role("link", name="Test library").first.click()
    # Other pages of the visit tell of the same.
    expect(page.locator(".papers-new")).to_have_count(1)
    assert marked(page) == ["D new"]
    way.click()
    expect(page.locator("[data-view-shown] [data-paper]")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"papers/\?find=added:%3E1970-01-06T00:00:00Z$"))
    # Another visit on the day of the last addition: what was there by then is not new again.
    write_files(root, {"meta/2018/E.prototxt": RECORD.format(time=6 * DAY + HOUR, title="E")})
    build_site(root)
    page.evaluate(LATER)
    page.goto(home)
    way.click()
    expect(page.get_by_role("searchbox", name="Filter papers")).to_have_value("added:>1970-01-07T00:00:00Z")
    rows = page.locator("[data-view-shown] [data-paper]")
    expect(rows).to_have_count(1)
    expect(rows).to_have_attribute("data-paper", "2018/E")
    page.get_by_role("searchbox", name="Filter papers").fill("-added:>1970-01-07T00:00:00Z")
    expect(rows).to_have_count(4)
    expect(page.locator("[data-paper='2018/E']")).to_have_count(0)


def test_without_a_script_nothing_is_said_of_visits(open_page: OpenPage, site: tuple[Path, str]) -> None:
    page = open_page(scripts=False)
    for path in ("", "papers/", "notes/"):
        page.goto(site[1] + path)
        expect(page.get_by_text("New since your last visit")).to_have_count(1 if path != "notes/" else 0)
        for each in page.get_by_text("New since your last visit").all():
            expect(each).to_be_hidden()
        assert marked(page) == []
