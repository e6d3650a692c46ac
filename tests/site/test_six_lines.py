"""A configuration of six lines is enough, under any theme and both kinds of address."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.linkcheck import dead_links
from tests.site.libraries import PAIR
from tests.sites import SITE_URL, Build, build_site, rebuild, write_files

INDICES = ("papers", "venues", "years", "keywords", "institutions", "authors", "notes")


def _six_lines(theme: str = "material") -> str:
    font = "  font: false\n" if theme == "material" else ""
    return f"site_name: Papers\nsite_url: {SITE_URL}\ntheme:\n  name: {theme}\n{font}plugins: [search, papers]\n"


def _build(folder: Path, *, directory_urls: bool, theme: str = "material", library: dict[str, str | bytes]) -> Build:
    """Build a site that has no page of its own."""
    write_files(folder, {**library, "mkdocs.yml": _six_lines(theme)})
    (folder / "docs").mkdir()
    return rebuild(folder, use_directory_urls=directory_urls)


def _dead_links(built: Build, theme: str) -> list[str]:
    """The dead links, but for those that MkDocs' own themes have on their error page."""
    return [str(dead) for dead in dead_links(built.site, SITE_URL) if theme == "material" or dead.page != "404.html"]


@pytest.mark.parametrize("theme", ["material", "mkdocs", "readthedocs"])
@pytest.mark.parametrize("directory_urls", [True, False], ids=["folders", "files"])
def test_every_page_is_there_and_no_link_is_dead(tmp_path: Path, theme: str, *, directory_urls: bool) -> None:
    built = _build(tmp_path, directory_urls=directory_urls, theme=theme, library=PAIR)
    assert _dead_links(built, theme) == []
    end = "/index.html" if directory_urls else ".html"
    expected = {"index.html", f"papers/2024/Quest{end}", f"papers/2023/SparQ{end}", f"notes/2024/Quest/note{end}"}
    expected |= {f"{name}/index.html" for name in INDICES} | {f"venues/ICML{end}", f"years/2024{end}"}
    assert expected <= set(built.paths())
    for name in ("papers", "venues"):
        assert built.text(f"{name}/index.html").count('<tr data-paper="') == 2
    for page in json.loads(built.text("papers.json"))["papers"]:
        assert (built.site / unquote(page["page"]) / ("index.html" if directory_urls else "")).is_file()


@pytest.mark.parametrize("directory_urls", [True, False], ids=["folders", "files"])
def test_the_site_map_names_every_page(tmp_path: Path, *, directory_urls: bool) -> None:
    built = _build(tmp_path, directory_urls=directory_urls, library=PAIR)
    locations = {
        unquote((element.text or "").removeprefix(SITE_URL))
        for element in ET.fromstring(built.text("sitemap.xml")).iter()  # noqa: S314 - our own build wrote it
        if element.tag.endswith("}loc")
    }
    pages = {path for path in built.paths("**/*.html") if path != "404.html"}
    if directory_urls:
        pages = {path.removesuffix("index.html") for path in pages}
    assert {location or "index.html" for location in locations} == {page or "index.html" for page in pages}


@pytest.mark.parametrize("theme", ["material", "mkdocs", "readthedocs"])
@pytest.mark.parametrize("directory_urls", [True, False], ids=["folders", "files"])
def test_an_empty_library_says_how_to_begin(tmp_path: Path, theme: str, *, directory_urls: bool) -> None:
    built = _build(tmp_path, directory_urls=directory_urls, theme=theme, library={})
    assert _dead_links(built, theme) == []
    for page in ("index.html", "papers/index.html", "venues/index.html"):
        assert "meta/2024/Quest.prototxt" in built.text(page)
    assert "notes/2024/Quest/note.md" in built.text("notes/index.html")
    assert not (tmp_path / "meta").exists()
    assert not (tmp_path / "notes").exists()


def test_an_empty_library_names_its_own_folders(tmp_path: Path) -> None:
    papers = {"papers": {"meta_dir": "library/records", "notes_dir": "library/notes"}}
    built = build_site(tmp_path, {"docs/index.md": "# Home\n\n{{ papers_home() }}\n"}, {"plugins": ["macros", papers]})
    for page in ("index.html", "papers/index.html", "venues/index.html", "keywords/index.html", "stats/index.html"):
        assert "library/records/2024/Quest.prototxt" in built.text(page)
    assert "library/notes/2024/Quest/note.md" in built.text("notes/index.html")
