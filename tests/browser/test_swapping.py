"""Pages that Material swaps without loading them anew, with all its features that swap, follow or fetch ahead."""

import html
import itertools
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.pages import settle
from tests.sites import SITE_URL, build_site, serve_folder

FEATURES = [
    "navigation.instant",
    "navigation.instant.prefetch",
    "navigation.instant.progress",
    "navigation.tracking",
    "navigation.sections",
    "toc.integrate",
    "header.autohide",
]

DRAWN = "papers/2024/Quest/"
"""A paper with a drawing of its lineage."""

PAGES = (
    "",
    "papers/",
    "papers/2023/Bare/",
    "notes/",
    "notes/2024/Quest/note/",
    "stats/",
    "venues/",
    "venues/ICML/",
    "years/",
    "years/2024/",
    "keywords/",
    "keywords/kv_cache/",
    "institutions/",
    "institutions/MIT/",
    "authors/",
    "authors/Song-Han/",
    "about/",
)
"""One page of each other type."""

ALIVE = {
    "papers/": "[data-view-shown]",
    DRAWN: ".papers-copy:not([hidden])",
    "papers/2023/Bare/": ".papers-copy:not([hidden])",
}
"""What is there only when our script has run on that page."""

FILES: dict[str, str | bytes] = {
    "docs/index.md": "# Home\n\nWords.\n",
    "docs/about.md": "# About\n\n## One\n\nWords.\n\n## Two\n\nWords.\n",
    "meta/2024/Quest.yaml": """
paper: {title: "Quest: Query-Aware Sparsity", abbr: Quest, url: "https://arxiv.example/q", authors: [Jiaming Tang,
    Song Han], institutions: [MIT]}
pub: {where: ICML}
code: {type: PyTorch, url: "https://github.com/mit-han-lab/quest"}
keyword: {words: [kv_cache, sparse]}
baseline: {methods: [2023/H2O, TOVA]}
""",
    "notes/2024/Quest/note.md": "# Quest\n\nIt beats [H2O](../../../meta/2023/H2O.yaml).\n\n## How\n\nPages.\n\n"
    '<svg viewBox="0 0 90 20"><a href="../../../meta/2023/H2O.yaml"><text y="15">a drawn link</text></a></svg>\n',
    "meta/2023/H2O.yaml": '{paper: {title: "H2O: Heavy-Hitter Oracle", abbr: H2O}, pub: {where: NeurIPS}}\n',
    "meta/2023/Bare.yaml": '{paper: {title: "A bare paper"}, pub: {where: ""}}\n',
    "meta/2022/Old.yaml": "{paper: {title: Old ideas}, pub: {where: ICML}, baseline: {methods: [2024/Quest]}}\n",
}


@dataclass(frozen=True)
class Served:
    """A site, and where it is served."""

    home: str
    folder: Path

    def title(self, path: str) -> str:
        """What a page says of itself in the window's title."""
        found = re.search(r"<title>(.*?)</title>", (self.folder / path / "index.html").read_text("utf-8"), re.DOTALL)
        assert found is not None
        return html.unescape(found[1]).strip()


@pytest.fixture(scope="module")
def swapping(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    theme = {"name": "material", "font": False, "features": FEATURES}
    built = build_site(
        tmp_path_factory.mktemp("swapping"),
        FILES,
        {"theme": theme, "plugins": ["search", {"papers": {"own_page_from": 1}}]},
    )
    with serve_folder(built.site) as home:
        # Material swaps the pages that the sitemap knows; where they are served is known only now.
        sitemap = built.site / "sitemap.xml"
        listed = "".join(f"<url><loc>{SITE_URL}{path}</loc></url>" for path in (DRAWN, *PAGES))
        whole = re.sub(r"(<urlset[^>]*>).*(</urlset>)", rf"\1{listed}\2", sitemap.read_text("utf-8"), flags=re.DOTALL)
        sitemap.write_text(whole.replace(SITE_URL, home), "utf-8")
        yield Served(home, built.site)


@pytest.mark.slow
@pytest.mark.parametrize("width", [1440, 360])
def test_every_page_follows_every_other(open_page: OpenPage, swapping: Served, width: int) -> None:
    """Before and after a page with a drawing; in `make soak`, all orders of two."""
    page = open_page(width=width)
    # Until Material knows the sitemap it lets the browser load each page anew.
    with page.expect_response(re.compile(r"/sitemap\.xml$")):
        page.goto(swapping.home + DRAWN)
    settle(page)
    page.evaluate("window.same = true")
    walk = [each for path in PAGES for each in (path, DRAWN)]
    if os.environ.get("HYPOTHESIS_PROFILE") == "soak":
        walk += [each for pair in itertools.permutations((DRAWN, *PAGES), 2) for each in pair]
    here = DRAWN
    for path in walk:
        if path != here:
            follow(page, swapping.home + path)
        here = path
        expect(page).to_have_title(swapping.title(path))
        expect(page).to_have_url(swapping.home + path)
        assert page.evaluate("window.same") is True, path
        if path in ALIVE:
            expect(page.locator(ALIVE[path])).to_be_attached()
    # It may still be fetching something, and the server goes.
    page.close()


def follow(page: Page, address: str) -> None:
    """Press a link in the page's words."""
    page.evaluate(
        """address => {
            const link = document.createElement("a");
            link.href = address;
            link.id = "follow";
            link.textContent = "Follow";
            document.querySelector("article").prepend(link);
        }""",
        address,
    )
    page.locator("#follow").click()
