"""How many bytes a reader loads."""

import gzip
from pathlib import Path

from playwright.sync_api import Page, Response

from tests.browser.conftest import OpenPage
from tests.sites import ROOT, Build, build_site, serve_folder

MOST = 40_000
"""So much more than Material's own empty page a paper's page may load, all told."""


def loaded(page: Page, home: str, path: str) -> dict[str, bytes]:
    """All files of a first load, by their paths."""
    responses: list[Response] = []

    def note(response: Response) -> None:
        responses.append(response)

    page.on("response", note)
    page.goto(home + path)
    page.wait_for_load_state("networkidle")
    return {each.url.removeprefix(home): each.body() for each in responses if each.ok}


def told(files: dict[str, bytes]) -> tuple[int, int]:
    """Their bytes, as they are and compressed."""
    return sum(map(len, files.values())), sum(len(gzip.compress(each)) for each in files.values())


def empty(folder: Path) -> Build:
    return build_site(folder, {"docs/index.md": "# Empty\n"}, {"plugins": ["search"]})


def library(folder: Path) -> Build:
    files: dict[str, str | bytes] = {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for kind in ("meta", "notes")
        for path in (ROOT / kind / "2024").rglob("*")
        if path.is_file()
    }
    return build_site(folder, files, strict=False)


def test_the_page_of_a_paper_is_little_heavier_than_an_empty_one(tmp_path: Path, open_page: OpenPage) -> None:
    page = open_page()
    with serve_folder(empty(tmp_path / "empty").site) as home:
        without = told(loaded(page, home, ""))
    with serve_folder(library(tmp_path / "library").site) as home:
        files = loaded(page, home, "papers/2024/Quest/")
    # The cover is among them, and nothing that another kind of page needs, or the search before it is used.
    assert "notes/2024/Quest/quest.svg" in files
    ours = {name.removeprefix("assets/papers/") for name in files if name.startswith("assets/papers/")}
    assert ours == {"papers.css", "papers.js"}
    for loads, bare in zip(told(files), without, strict=True):
        assert loads <= bare + MOST
