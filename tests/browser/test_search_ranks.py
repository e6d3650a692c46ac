"""How high the page stands that a reader wants, over the library of this repository."""

import tomllib
from pathlib import Path
from statistics import fmean
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage
from tests.browser.pages import BADGES

QUERIES: dict[str, dict[str, str]] = tomllib.loads(
    (Path(__file__).parents[1] / "search" / "queries.toml").read_text(encoding="utf-8")
)

_FIND = """async queries => {
    const load = name => import(new URL(`assets/papers/search/${name}.js`, document.baseURI));
    const [{ Files }, { search }] = await Promise.all([load("files"), load("engine")]);
    const files = new Files(new URL("search/papers/", document.baseURI));
    const found = await Promise.all(queries.map(query => search(files, query)));
    return found.map(({ hits }) => hits.map(({ page }) => page.location));
}"""


@pytest.fixture
def reader(open_page: OpenPage, library: str) -> Page:
    page = open_page(pictures_from=[BADGES])
    page.goto(library)
    return page


def _location(wanted: str) -> str:
    return wanted.removesuffix(".md").removesuffix("index") if wanted.startswith("notes/") else f"papers/{wanted}/"


@pytest.mark.parametrize("part", ["tuned", "held_out", "later", "again"])
def test_the_wanted_page_is_first(reader: Page, part: str) -> None:
    queries = QUERIES[part]
    assert len(queries) >= 50
    every: list[list[str]] = reader.evaluate(_FIND, list(queries))
    ranks = {}
    for (query, wanted), found in zip(queries.items(), every, strict=True):
        locations = [unquote(location).rstrip("/") for location in found]
        place = _location(wanted).rstrip("/")
        ranks[query] = locations.index(place) + 1 if place in locations else 0
    mean = fmean(1 / rank if rank else 0 for rank in ranks.values())
    assert mean >= 0.95, {query: rank for query, rank in ranks.items() if rank != 1}
