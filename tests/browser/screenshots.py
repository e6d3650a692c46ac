"""Pictures of every page type at three widths, light and dark: ``python -m tests.browser.screenshots [folder]``."""

from __future__ import annotations

import itertools
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from tests.browser import chromium
from tests.browser.conftest import open_context
from tests.browser.pages import BADGES, PAGES, SIZES
from tests.sites import ROOT, SITE_URL, rebuild, serve_folder

Colours = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture to take."""

    name: str
    address: str
    size: tuple[int, int]
    colours: Colours


def shots() -> Iterator[Shot]:
    """Every picture: each page type, wide, middle and narrow, light and dark."""
    colours: tuple[Colours, ...] = ("light", "dark")
    for (page, address), (width, size), colour in itertools.product(PAGES.items(), SIZES.items(), colours):
        yield Shot(f"{page}-{width}-{colour}", address, size, colour)


def take(browser: Browser, home: str, folder: Path) -> list[str]:
    """Take every picture of a served site.

    Args:
        browser: the browser.
        home: the address of the site's root.
        folder: where the pictures go, as PNG.

    Returns:
        What was untoward on the pages: messages, dialogs, requests to elsewhere, addresses without a page.
    """
    untoward: list[str] = []
    for shot in shots():
        context = open_context(
            browser,
            untoward,
            width=shot.size[0],
            height=shot.size[1],
            colours=shot.colours,
            pictures_from=[BADGES],
        )
        page = context.new_page()
        answer = page.goto(home + shot.address, wait_until="networkidle")
        if answer is None or not answer.ok:
            untoward.append(f"no page: {shot.address}")
        page.screenshot(path=folder / f"{shot.name}.png", animations="disabled")
        context.close()
    return untoward


def main() -> None:
    """Build the site and take its pictures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as site, sync_playwright() as playwright:
        rebuild(ROOT, site=Path(site), site_url=SITE_URL, strict=False)
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.ARGUMENTS)
        with serve_folder(Path(site)) as home:
            untoward = take(browser, home, folder)
        browser.close()
    print(f"{len(list(shots()))} pictures in {folder}", *untoward, sep="\n")


if __name__ == "__main__":
    main()
