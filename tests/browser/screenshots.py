"""Pictures of every page type at four widths, light and dark: ``python -m tests.browser.screenshots [folder]``.

With ``--readme`` in place of the folder, those that the README shows are taken anew.
"""

import itertools
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.browser import chromium
from tests.browser.conftest import answered, open_context
from tests.browser.pages import BADGES, PAGES, SIZES
from tests.sites import ROOT, SITE_URL, rebuild, serve_folder

Colours = Literal["light", "dark"]

README = ("browse-wide-light", "paper-wide-light", "note-narrow-dark")
"""The pictures that the README shows."""

README_FOLDER = ROOT / "docs" / "assets" / "screenshots"
"""Where they are kept."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture to take."""

    name: str
    address: str
    size: tuple[int, int]
    colours: Colours


def shots() -> Iterator[Shot]:
    """Every picture: each page type on each screen, light and dark."""
    colours: tuple[Colours, ...] = ("light", "dark")
    sizes = {**SIZES, "widest": (1920, 1080)}
    for (page, address), (width, size), colour in itertools.product(PAGES.items(), sizes.items(), colours):
        yield Shot(f"{page}-{width}-{colour}", address, size, colour)


def take(browser: Browser, home: str, folder: Path, wanted: Sequence[Shot]) -> list[str]:
    """Take pictures of a served site.

    Args:
        browser: the browser.
        home: the address of the site's root.
        folder: where the pictures go, as PNG.
        wanted: which.

    Returns:
        What was untoward on the pages: messages, dialogs, requests to elsewhere, addresses without a page.
    """
    untoward: list[str] = []
    for shot in wanted:
        context = open_context(
            browser, untoward, width=shot.size[0], height=shot.size[1], colours=shot.colours, pictures_from=[BADGES]
        )
        page = answered(context.new_page(), [BADGES])
        answer = page.goto(home + shot.address, wait_until="networkidle")
        if answer is None or not answer.ok:
            untoward.append(f"no page: {shot.address}")
        page.screenshot(path=folder / f"{shot.name}.png", animations="disabled")
        context.close()
    return untoward


def main() -> None:
    """Build the site and take its pictures."""
    for_readme = sys.argv[1:] == ["--readme"]
    if for_readme:
        folder, wanted = README_FOLDER, [shot for shot in shots() if shot.name in README]
    else:
        folder, wanted = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "screenshots", list(shots())
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as site, sync_playwright() as playwright:
        rebuild(ROOT, site=Path(site), site_url=SITE_URL, strict=False)
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.ARGUMENTS)
        with serve_folder(Path(site)) as home:
            untoward = take(browser, home, folder, wanted)
        browser.close()
    if for_readme:
        for shot in wanted:
            shrink(folder / f"{shot.name}.png")
    print(f"{len(wanted)} pictures in {folder}", *untoward, sep="\n")


def shrink(picture: Path) -> None:
    """Make a picture small enough to be kept: 256 colours are plenty for text and lines, if rare ones stay."""
    with Image.open(picture) as full:
        small = full.convert("RGB").quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    small.save(picture, optimize=True)


if __name__ == "__main__":
    main()
