"""The library of this repository, page by page, as its readers meet it."""

from playwright.sync_api import Page

PAGES = {
    "home": "",
    "browse": "papers/",
    "paper": "papers/2024/Quest/",
    "bare-paper": "papers/2024/VB8C61V6/",
    "notes": "notes/",
    "note": "notes/2024/Quest/note/",
    "chinese-note": "notes/2024/KVQuant/note/",
    "statistics": "stats/",
    "venues": "venues/",
    "venue": "venues/ICML/",
    "years": "years/",
    "year": "years/2024/",
    "keywords": "keywords/",
    "keyword": "keywords/kv_cache/",
    "institutions": "institutions/",
    "institution": "institutions/MIT/",
    "authors": "authors/",
    "author": "authors/Song-Han/",
    "guide": "guide/",
    "design": "guide/design/",
    "macros": "guide/macros/",
    "lost": "404.html",
}
"""One page of each type: its address below the site's root."""

SIZES = {"wide": (1440, 900), "middle": (768, 1024), "narrow": (360, 780)}
"""A desk, a tablet, a phone: width and height in CSS pixels."""

BADGES = "img.shields.io"
"""The only host off the site that a page may ask, and only where the site's owner wants it to."""


def settle(page: Page, most: int = 1500) -> None:
    """Wait until a page asks for nothing more and has done all that it puts off.

    The page itself waits for as long as it puts anything off: its timers ring in their order, however slow it is.

    Args:
        page: the page.
        most: milliseconds for which it puts anything off at the most.
    """
    page.wait_for_load_state("networkidle")
    page.evaluate("most => new Promise(done => setTimeout(() => requestIdleCallback(done), most))", most)
