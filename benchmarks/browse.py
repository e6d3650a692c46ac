"""How fast the browse page answers: ``python -m benchmarks.browse [papers]``.

In Chromium at a quarter of this machine's speed, which Lighthouse takes for a phone. The time of a key press is from
before the letter stands in the box until the frame that shows the papers found is drawn. A reader's first key comes as
soon as the page is alive, before anything is made ready; it is pressed in a fresh profile each time.
"""

from __future__ import annotations

import gzip
import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import chromium
from tests.browser.many import build_many
from tests.sites import serve_folder

_SLOWER = 4
_FRESH = 10
_TYPED = ("sparse attention", "quant", "venue:ICML year:>=2020 kv", "song han", '"language models"', "zzz")

_CLOCK = """() => {
    window.answers = [];
    document.querySelector('[data-browse="box"]').addEventListener("beforeinput", () => {
        const pressed = performance.now();
        requestAnimationFrame(() => {
            const channel = new MessageChannel();
            channel.port1.onmessage = () => window.answers.push(performance.now() - pressed);
            channel.port2.postMessage(null);
        });
    });
}"""
"""Notes how long each key press takes until the frame that shows its answer is drawn."""


def measure(page: Page, texts: tuple[str, ...]) -> list[float]:
    """Type texts into the box, each from an empty one, and undo them; the milliseconds of each key press."""
    box = page.locator('[data-browse="box"]')
    page.evaluate(_CLOCK)
    for text in texts:
        for character in text:
            box.press(character if character != " " else "Space")
            page.wait_for_timeout(150)
        for _ in text:
            box.press("Backspace")
            page.wait_for_timeout(150)
    return list(page.evaluate("window.answers"))


def open_browse(browser: Browser, home: str, size: tuple[int, int]) -> Page:
    """The browse page, alive, in a fresh profile."""
    page = browser.new_context(viewport={"width": size[0], "height": size[1]}).new_page()
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
    page.goto(f"{home}papers/")
    page.wait_for_selector("[data-view-shown]", state="attached")
    return page


def first_keys(browser: Browser, home: str, size: tuple[int, int]) -> list[float]:
    """The milliseconds of the first key press on fresh pages."""
    times = []
    for _ in range(_FRESH):
        page = open_browse(browser, home, size)
        page.evaluate(_CLOCK)
        page.locator('[data-browse="box"]').press("s")
        page.wait_for_function("window.answers.length > 0")
        times += page.evaluate("window.answers")
        page.context.close()
    return times


def report(what: str, times: list[float]) -> None:
    """Print how long key presses took."""
    times.sort()
    print(
        f"{what}: {len(times)} key presses, median {statistics.median(times):.0f} ms, "
        f"95 of 100 within {times[int(0.95 * len(times))]:.0f} ms, all within {times[-1]:.0f} ms"
    )


def main() -> None:
    """Build, open, type, and print."""
    papers = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        built = build_many(Path(folder), papers)
        for path in ("papers/index.html", "papers/browse.json"):
            content = (built / path).read_bytes()
            print(f"{path}: {len(content) / 1000:.0f} kB, {len(gzip.compress(content, 6)) / 1000:.0f} kB compressed")
        scripts = b"".join(path.read_bytes() for path in (built / "assets/papers/browse").iterdir())
        print(f"its scripts: {len(gzip.compress(scripts)) / 1000:.0f} kB compressed")
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.ARGUMENTS)
        with serve_folder(built) as home:
            for size in ((360, 780), (1440, 900)):
                report(f"{size[0]} px, a reader's first", first_keys(browser, home, size))
                page = open_browse(browser, home, size)
                page.wait_for_timeout(6000)
                report(f"{size[0]} px", measure(page, _TYPED))
                page.context.close()
        browser.close()


if __name__ == "__main__":
    main()
