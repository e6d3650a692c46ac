"""The browser harness itself: what a reader should never meet fails the test."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import chromium
from tests.browser.conftest import OpenPage, Profile, wait_for, watch
from tests.sites import serve_folder, write_files

HTML = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>
<link rel="icon" href="data:,"></head><body><p id="words"></p>%s</body></html>"""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    write_files(
        tmp_path,
        {
            "index.html": HTML % "<script>document.getElementById('words').textContent = 'It runs';</script>",
            "picture.html": HTML % '<img src="https://badges.example/x" alt="a badge" width="90" height="20">',
        },
    )
    with serve_folder(tmp_path) as home:
        yield home


def test_a_page_runs(page: Page, site: str) -> None:
    page.goto(site)
    expect(page.locator("#words")).to_have_text("It runs")
    assert page.viewport_size == {"width": 1280, "height": 900}


def test_pages_differ(open_page: OpenPage, site: str) -> None:
    page = open_page(width=360, height=640, colours="dark", scripts=False)
    page.goto(site)
    expect(page.locator("#words")).to_have_text("")
    assert page.viewport_size == {"width": 360, "height": 640}


def test_pictures_from_elsewhere_are_answered_by_the_test(open_page: OpenPage, site: str) -> None:
    page = open_page(pictures_from=["badges.example"])
    page.goto(site + "picture.html")
    expect(page.locator("img")).to_have_js_property("complete", value=True)
    assert page.locator("img").evaluate("image => image.naturalWidth") == 90


@pytest.mark.parametrize(
    ("script", "noted"),
    [
        ("console.error('words')", "console error: words"),
        ("console.warn('words')", "console warning: words"),
        ("setTimeout(() => { throw new Error('words') })", "uncaught: words"),
        ("alert('words')", "dialog: words"),
        ("fetch('https://elsewhere.example/x').catch(() => 0)", "request: https://elsewhere.example/x"),
        ("new Image().src = 'https://badges.example/x'", "request: https://badges.example/x"),
        ("new WebSocket('wss://elsewhere.example/x')", "request: wss://elsewhere.example/x"),
    ],
)
def test_what_is_untoward_is_noted(browser: Browser, site: str, script: str, noted: str) -> None:
    untoward: list[str] = []
    with browser.new_context() as context:
        watch(context, untoward, frozenset())
        page = context.new_page()
        page.goto(site)
        assert untoward == []
        page.evaluate(f"() => {{ {script} }}")
        wait_for(page, untoward)
    assert noted in untoward[0]


def test_the_next_test_finds_nothing_of_what_one_has_left(profiles: Callable[..., Profile], site: str) -> None:
    profile = profiles(scripts=True, pictures_from=frozenset())
    looks: dict[str, Any] = {"width": 640, "height": 480, "colours": "dark"}
    page = profile.open(**looks)
    page.goto(site)
    page.locator("body").hover()
    page.route("**/*", lambda route: route.abort())
    page.emulate_media(media="print")
    page.evaluate("localStorage.setItem('a', 'b'); sessionStorage.setItem('a', 'b'); document.cookie = 'a=b'")
    stored = "[localStorage.getItem('a'), sessionStorage.getItem('a'), document.cookie]"
    assert page.evaluate(stored) == ["b", "b", "a=b"]
    page.evaluate("console.warn('words')")
    (noted,) = profile.clear()
    assert noted.startswith("console warning: words")
    again = profile.open(**looks)
    # Pages are not begun anew for each test.
    assert again is page
    again.goto(site)
    assert again.evaluate(stored) == [None, None, ""]
    assert again.evaluate("document.querySelector(':hover')") is None
    assert again.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    assert not again.evaluate("matchMedia('print').matches")
    assert again.viewport_size == {"width": 640, "height": 480}
    assert profile.clear() == []


def test_a_page_is_left_before_its_server_ends(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page()
    write_files(tmp_path, {"index.html": HTML % ""})
    with serve_folder(tmp_path) as home:
        page.goto(home)
    assert page.url == "about:blank"


def test_a_page_with_listeners_of_a_test_is_closed(profiles: Callable[..., Profile], site: str) -> None:
    profile = profiles(scripts=True, pictures_from=frozenset())
    page = profile.open(width=640, height=480, colours="light")
    page.goto(site)
    assert profile.clear(close=True) == []
    assert page.is_closed()


def test_chromium_on_the_path_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "google-chrome"
    write_files(tmp_path, {program.name: "#!/bin/sh\n"})
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert chromium.on_path() == program
    assert chromium.provide() == program


def test_without_any_chromium_each_source_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []
    monkeypatch.setattr(chromium, "find", lambda: None)
    monkeypatch.setattr(chromium, "install_debian", lambda: tried.append("debian"))
    monkeypatch.setattr(chromium, "install_playwright", lambda: tried.append("playwright"))
    assert chromium.provide() is None
    assert tried == ["debian", "playwright"]


def test_debian_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = tmp_path / "log"
    # A sudo that only writes down what it is asked stands in where the tests are not root.
    script = f'#!/bin/sh\necho "$*" >> {log}\n'
    for name in ("apt-get", "sudo"):
        write_files(tmp_path, {f"bin/{name}": script})
        (tmp_path / "bin" / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}/bin")
    chromium.install_debian()
    assert [line.split()[-1] for line in log.read_text().splitlines()] == ["update", "chromium"]
