"""What the search in the header loads and how soon it answers: ``python -m benchmarks.searching SITE``.

``SITE`` is a built site, served under a sub-path and compressed as GitHub Pages does. Chromium runs at a quarter of
this machine's speed and types each query into the box of a fresh profile. Counted is all that is loaded from the moment
when the box has the reader's attention, the script of the search included, until the first hit shows; timed is the last
key.
"""

from __future__ import annotations

import gzip
import io
import sys
from pathlib import Path
from typing import Any, ClassVar

from playwright.sync_api import Browser, sync_playwright

from tests.browser import chromium
from tests.sites import SiteHandler, serve_folder

_SLOWER = 4
_LEVEL = 6
_COMPRESSED = (".html", ".css", ".js", ".json", ".svg", ".xml", ".bin")
_KEY = 80
"""Milliseconds between two keys."""

_SLOW_KEY = 300
"""The same of somebody who looks for each, and so is shown something on the way."""

_LONG = "llm quantization pruning sparse attention kv cache inference"

_QUERIES = (
    "quest",
    "sparse attention",
    "flashatention",
    "xuantization",
    "uantization",
    '"language models"',
    '"models language"',
    '"efficient large inference"',
    'language -"language models"',
    "量化",
    '"权重缓存"',
    "2406.10774",
    "s",
    "zzzzzz",
    _LONG,
)

_CLOCK = """() => {
    const post = Worker.prototype.postMessage;
    const heard = new WeakSet();
    window.clock = {};
    addEventListener("keydown", () => window.clock.pressed = performance.now(), true);
    Worker.prototype.postMessage = function(...message) {
        if (!heard.has(this)) {
            heard.add(this);
            this.addEventListener("message", ({ data: { type } }) => {
                if (type !== 3) return;
                requestAnimationFrame(() => setTimeout(() => window.clock.shown = performance.now()));
            });
        }
        return post.apply(this, message);
    };
}"""
"""Notes when the last key was pressed, and when the frame with the last answer was drawn."""


class _Compressing(SiteHandler):
    """Serves files compressed, as GitHub Pages does, and notes how many bytes each has then."""

    loaded: ClassVar[list[int]] = []

    def send_head(self) -> Any:
        path = Path(self.translate_path(self.path))
        if path.suffix not in _COMPRESSED or not path.is_file():
            return super().send_head()
        content = gzip.compress(path.read_bytes(), _LEVEL)
        self.loaded.append(len(content))
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return io.BytesIO(content)


def measure(browser: Browser, home: str, query: str, delay: int = _KEY) -> tuple[float, int, int]:
    """Type a query on a fresh page: milliseconds after the last key, bytes and files loaded."""
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(f"({_CLOCK})()")
    page.goto(home)
    page.wait_for_load_state("networkidle")
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
    _Compressing.loaded.clear()
    page.locator(".md-search__input").click()
    if query.isascii():
        page.keyboard.type(query, delay=delay)
    else:
        # As an input method hands it over: all at once.
        page.keyboard.insert_text(query)
        page.keyboard.press("Shift")
    page.wait_for_load_state("networkidle")
    page.wait_for_function("window.clock.shown > window.clock.pressed")
    page.wait_for_load_state("networkidle")
    milliseconds = float(page.evaluate("window.clock.shown - window.clock.pressed"))
    context.close()
    return milliseconds, sum(_Compressing.loaded), len(_Compressing.loaded)


def main() -> None:
    """Type, and print a table as Markdown."""
    site = Path(sys.argv[1])
    print("| query | after the last key | loaded | files |")
    print("|---|---:|---:|---:|")
    with sync_playwright() as playwright, serve_folder(site, handler=_Compressing) as home:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.ARGUMENTS)
        typed = [(query, f"`{query}`", _KEY) for query in _QUERIES] + [(_LONG, f"`{_LONG}`, typed slowly", _SLOW_KEY)]
        for query, label, delay in typed:
            milliseconds, size, files = measure(browser, home, query, delay)
            print(f"| {label} | {milliseconds:.0f} ms | {size / 1000:.0f} kB | {files} |")
        browser.close()


if __name__ == "__main__":
    main()
