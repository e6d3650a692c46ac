"""A real Chromium, one for all tests, and pages that fail the test on anything untoward."""

import base64
import functools
import io
from collections.abc import Callable, Collection, Iterator, Sized
from contextlib import suppress
from http import HTTPStatus
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Error,
    Page,
    Request,
    expect,
    sync_playwright,
)

from tests.browser import chromium
from tests.browser.engine import Engine, started_engine
from tests.sites import LEAVING, Build, SiteHandler, serve_folder

OpenPage = Callable[..., Page]
"""A function that opens an empty page; for its arguments see `open_context`."""

PATIENCE = 120_000
"""Milliseconds after which what does not come is a failure; how soon it comes is not tested."""
expect.set_options(timeout=PATIENCE)

_PICTURE = base64.b64encode(b'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20"/>').decode()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = chromium.find()
    if executable is None:
        pytest.fail("No Chromium: run `make browser` first.")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable, args=chromium.ARGUMENTS)

        def leave_pages(home: str) -> None:
            for context in started.contexts:
                for page in context.pages:
                    if page.url.startswith(home):
                        leave(page)

        LEAVING.append(leave_pages)
        yield started
        LEAVING.remove(leave_pages)
        started.close()


class _PlainCovers(SiteHandler):
    """Answers with one bare picture of their size for all covers.

    To Chromium a drawing is a page of its own, and that of sixty of them took a quarter of a listing's time.
    """

    def send_head(self) -> Any:
        if not self.path.endswith(".svg") or "/notes/" not in self.path:
            return super().send_head()
        picture = _cover()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "image/png")
        self.send_header("Content-Length", str(len(picture)))
        self.end_headers()
        return io.BytesIO(picture)


@functools.cache
def _cover() -> bytes:
    file = io.BytesIO()
    Image.new("1", (320, 200), 1).save(file, "PNG")
    return file.getvalue()


@pytest.fixture(scope="session")
def library(shipped: Build) -> Iterator[str]:
    """The address of the library of this repository, built once and served, its covers plain."""
    with serve_folder(shipped.site, handler=_PlainCovers) as home:
        yield home


@pytest.fixture(scope="session")
def engine(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """What finds papers on the browse page."""
    untoward: list[str] = []
    context = open_context(browser, untoward)
    with started_engine(context.new_page(), tmp_path_factory.mktemp("engine")) as started:
        yield started
    context.close()
    assert untoward == []


def leave(page: Page) -> None:
    """Leave the site that a page shows, and nothing there of what it has stored for this page."""
    if page.url.startswith("http:"):
        page.evaluate("sessionStorage.clear()")
    page.goto("about:blank")


class Profile:
    """A profile of the browser that tests have one after another, each as if it were new.

    To begin one takes as long as to load a page, and so does a new page.
    """

    def __init__(self, browser: Browser, **looks: Any) -> None:
        self.untoward: list[str] = []
        self._pictures_from: Collection[str] = looks.get("pictures_from", ())
        self._context = open_context(browser, self.untoward, **looks)
        # Through it what sites have stored is removed when their own pages are closed.
        self._keeper = self._context.new_page()
        self._storage = self._context.new_cdp_session(self._keeper)
        self._origins: set[str] = set()
        self._spare: list[Page] = []
        self._context.on(
            "request", lambda request: self._origins.add("{0.scheme}://{0.netloc}".format(urlsplit(request.url)))
        )

    def open(self, *, width: int, height: int, colours: Literal["light", "dark"]) -> Page:
        """An empty page."""
        page = self._spare.pop() if self._spare else answered(self._context.new_page(), self._pictures_from)
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(media="null", color_scheme=colours)
        return page

    def clear(self, *, close: bool = False) -> list[str]:
        """Remove what pages have left, and close them but for one, which the next test goes on with.

        Args:
            close: whether to close that one, too.

        Returns:
            Whatever was untoward on them.
        """
        # What a page has stored for itself can be removed only while it shows the site that has stored it.
        close = close or len(self._origins) > 1
        for page in self._context.pages:
            if page in {self._keeper, *self._spare}:
                continue
            if close or self._spare:
                page.close()
                continue
            page.unroute_all(behavior="ignoreErrors")
            # The pointer leaves the page.
            page.mouse.move(-1, -1)
            leave(page)
            self._spare.append(page)
        for origin in self._origins:
            self._storage.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
        self._context.clear_cookies()
        self._origins.clear()
        found = list(self.untoward)
        self.untoward.clear()
        return found

    def close(self) -> None:
        """End it."""
        self._context.close()


@pytest.fixture(scope="session")
def profiles(browser: Browser) -> Iterator[Callable[..., Profile]]:
    """A function that gives a profile: ``scripts`` and ``pictures_from`` as for `open_context`."""
    known: dict[tuple[bool, frozenset[str]], Profile] = {}

    def profile(*, scripts: bool, pictures_from: frozenset[str]) -> Profile:
        name = (scripts, pictures_from)
        if name not in known:
            known[name] = Profile(browser, scripts=scripts, pictures_from=pictures_from)
        return known[name]

    yield profile
    for each in known.values():
        each.close()


@pytest.fixture
def open_page(profiles: Callable[..., Profile]) -> Iterator[OpenPage]:
    """A function that opens pages.

    Its arguments are those of `open_context`: ``width`` and ``height`` in CSS pixels, ``colours`` ("light" or "dark"),
    ``scripts`` (False turns JavaScript off), ``pictures_from`` (hosts off the site that may be asked for pictures; the
    test answers for them). One more: ``listens``, for a page to which the test adds listeners or scripts that stay; no
    other test goes on with it.

    The test fails if such a page writes a warning or an error to the console, raises one, opens a dialog, or asks for
    anything off this machine. What a page stores, the pages of the next test do not find.
    """
    used: list[Profile] = []
    listened: list[Profile] = []

    def open_one(
        *,
        width: int = 1280,
        height: int = 900,
        colours: Literal["light", "dark"] = "light",
        scripts: bool = True,
        pictures_from: Collection[str] = (),
        listens: bool = False,
    ) -> Page:
        used.append(profiles(scripts=scripts, pictures_from=frozenset(pictures_from)))
        if listens:
            listened.append(used[-1])
        return used[-1].open(width=width, height=height, colours=colours)

    yield open_one
    assert [line for profile in dict.fromkeys(used) for line in profile.clear(close=profile in listened)] == []


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """An empty page, 1280 by 900 CSS pixels, in the light."""
    return open_page()


def open_context(
    browser: Browser,
    untoward: list[str],
    *,
    width: int = 1280,
    height: int = 900,
    colours: Literal["light", "dark"] = "light",
    scripts: bool = True,
    pictures_from: Collection[str] = (),
) -> BrowserContext:
    """A fresh profile of the browser; whatever a reader should never meet there is added to ``untoward``."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=colours,
        java_script_enabled=scripts,
        permissions=["clipboard-read", "clipboard-write"],
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE)
    watch(context, untoward, frozenset(pictures_from))
    return context


def watch(context: BrowserContext, untoward: list[str], pictures_from: frozenset[str]) -> None:
    """Note everything in that profile that a reader should never meet."""

    def on_console(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning", "assert"}:
            untoward.append(f"console {message.type}: {message.text} ({message.location['url']})")

    def on_dialog(dialog: Dialog) -> None:
        untoward.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def on_request(request: Request) -> None:
        address = urlsplit(request.url)
        expected = address.hostname in pictures_from and request.resource_type == "image"
        if address.scheme not in {"data", "blob", "about"} and address.hostname != "127.0.0.1" and not expected:
            untoward.append(f"request: {request.url}")

    def on_page(page: Page) -> None:
        page.on("websocket", lambda socket: untoward.append(f"request: {socket.url}"))

    context.on("console", on_console)
    context.on("weberror", lambda error: untoward.append(f"uncaught: {error.error}"))
    context.on("dialog", on_dialog)
    context.on("request", on_request)
    context.on("page", on_page)


def wait_for(page: Page, noted: Sized) -> None:
    """Wait until a handler of the page's events has noted something: they run while the page is waited for."""
    for _ in range(PATIENCE // 20):
        if noted:
            return
        page.wait_for_timeout(20)
    raise AssertionError("nothing happened")


def answered(page: Page, pictures_from: Collection[str]) -> Page:
    """The page, with a picture for each that it asks those hosts for; Chromium itself finds no other host.

    `Page.route` would keep the browser from remembering scripts and style sheets, and load them for every page anew.
    """
    if pictures_from:
        session = page.context.new_cdp_session(page)

        def answer(paused: dict[str, Any]) -> None:
            headers = [{"name": "Content-Type", "value": "image/svg+xml"}]
            picture = {"responseCode": 200, "responseHeaders": headers, "body": _PICTURE}
            # Whoever leaves a page does not wait for its pictures.
            with suppress(Error):
                session.send("Fetch.fulfillRequest", {"requestId": paused["requestId"], **picture})

        session.on("Fetch.requestPaused", answer)
        patterns = [{"urlPattern": f"*://{host}/*", "resourceType": "Image"} for host in pictures_from]
        session.send("Fetch.enable", {"patterns": patterns})
    return page
