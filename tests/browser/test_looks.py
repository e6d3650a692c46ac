"""Looks that hold: in any palette, without a single record, and while pictures come."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser.accessibility import violations
from tests.browser.conftest import OpenPage, open_context
from tests.browser.pages import BADGES, PAGES, SIZES
from tests.browser.test_accessibility import COLOURS, SCHEMES, show, sideways
from tests.sites import ROOT, build_site, serve_folder


def test_a_palette_of_somebody_else(tmp_path: Path, open_page: OpenPage) -> None:
    """What is ours looks well in any palette; what is Material's is not for us to judge."""
    look = {"primary": "deep purple", "accent": "deep orange", "toggle": {"icon": "material/brightness-6", "name": "x"}}
    palette = [
        {"media": "(prefers-color-scheme)", **look},
        *({"media": f"(prefers-color-scheme: {light})", "scheme": SCHEMES[light], **look} for light in COLOURS),
    ]
    shipped = ("meta/2024/Quest.prototxt", "notes/2024/Quest/note.md", "notes/2024/Quest/quest.svg")
    files: dict[str, str | bytes] = {path: (ROOT / path).read_bytes() for path in shipped}
    theme = {"name": "material", "font": False, "palette": palette}
    built = build_site(tmp_path, files, {"theme": theme}, strict=False)
    page = open_page(width=360)
    with serve_folder(built.site) as home:
        for name in ("browse", "paper", "note", "venue", "notes", "statistics"):
            page.goto(home + PAGES[name], wait_until="networkidle")
            for colours in COLOURS:
                show(page, colours)
                assert violations(page, ".md-content", colours_alone=True) == [], f"{name}, {colours}"


def test_a_library_without_records(tmp_path: Path, open_page: OpenPage) -> None:
    """It says how to begin."""
    (tmp_path / "docs").mkdir()
    built = build_site(tmp_path)
    page = open_page()
    with serve_folder(built.site) as home:
        for address in ("", "papers/", "venues/", "authors/", "notes/", "stats/"):
            page.goto(home + address, wait_until="networkidle")
            expect(page.locator(".papers-empty")).to_be_visible()
            for width, height in (SIZES["wide"], SIZES["narrow"]):
                page.set_viewport_size({"width": width, "height": height})
                # Material lets the keyboard reach code that scrolls, a moment after its width has changed.
                page.wait_for_function(
                    "() => [...document.querySelectorAll('pre > code')]"
                    ".every((code) => code.scrollWidth <= code.clientWidth || code.tabIndex === 0)"
                )
                assert sideways(page) == []
                assert violations(page, ".md-content") == []
                assert violations(page, ".md-footer") == []


SEEN = """
(above) => {
  const most = document.scrollingElement.scrollHeight - innerHeight;
  if (scrollY <= Math.min(above, most - 1)) return false;
  const seen = [...document.images].filter((image) => {
    const { top, bottom, width } = image.getBoundingClientRect();
    return width > 0 && top < innerHeight && bottom > 0;
  });
  if (!seen.every((image) => image.complete)) return false;
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))));
}
"""
"""Whether a page has come below a place, or to its end, and all that is to be seen there is drawn."""


def test_nothing_moves_while_covers_and_badges_load(library: str, open_page: OpenPage) -> None:
    for width, height in (SIZES["wide"], SIZES["narrow"]):
        page = open_page(width=width, height=height, pictures_from=[BADGES], listens=True)
        page.add_init_script(
            """globalThis.moved = [];
            new PerformanceObserver(list => list.getEntries().forEach(entry => globalThis.moved.push([
                entry.value, ...entry.sources.map(source => source.node?.outerHTML?.slice(0, 100))
            ]))).observe({type: "layout-shift", buffered: true});"""
        )
        for name in ("venue", "paper", "note", "browse"):
            page.goto(library + PAGES[name], wait_until="networkidle")
            for screen in range(4):
                page.mouse.wheel(0, height)
                page.wait_for_function(SEEN, arg=screen * height)
            moved = page.evaluate("globalThis.moved")
            assert sum(shift for shift, *_ in moved) < 0.01, f"{name} at {width}: {moved}"


def test_a_badge_that_never_loads_leaves_its_label(library: str, browser: Browser) -> None:
    untoward: list[str] = []
    context = open_context(browser, untoward, pictures_from=[BADGES])
    reader = context.new_page()
    reader.route(f"https://{BADGES}/**", lambda route: route.fulfill(status=200, content_type="image/svg+xml", body=""))
    reader.goto(library + PAGES["venue"])
    code = reader.locator("[data-paper='2024/Quest'] .papers-code")
    code.scroll_into_view_if_needed()
    expect(code).to_have_text("PyTorch")
    expect(code.locator("img")).to_have_js_property("complete", value=True)
    assert code.locator("img").evaluate("image => image.offsetWidth * image.offsetHeight") == 0
    context.close()
    assert untoward == []
