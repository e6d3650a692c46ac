"""Where the library's pages stand in the navigation, and what happens where an address is taken."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.linkcheck import dead_links
from tests.marked import defects_in
from tests.site.libraries import PAIR
from tests.sites import SITE_URL, Build, build_site

INDICES = ("papers", "venues", "years", "keywords", "institutions", "authors", "notes")


def _build(folder: Path, files: dict[str, str | bytes], *, strict: bool = True, **config: Any) -> Build:
    return build_site(folder, {**PAIR, **files}, {"theme": {"name": "mkdocs"}, **config}, strict=strict)


def _navigation(built: Build, path: str = "index.html") -> list[tuple[str, str]]:
    """Address and words of each entry."""
    menu = built.text(path).partition("navbar-nav")[2].partition('<div class="modal')[0].partition('role="main"')[0]
    links = re.findall(r'<a href="([^"#]*)"[^>]*>\s*([^<]+?)\s*</a>', menu)
    return [(address, words) for address, words in links if words not in {"Previous", "Next"}]


def test_without_a_nav_the_indices_get_a_place(tmp_path: Path) -> None:
    built = _build(tmp_path, {"docs/index.md": "# Home\n", "docs/about/us.md": "# Us\n"})
    found = [address for address, _ in _navigation(built)]
    for name in INDICES:
        assert found.count(f"{name}/") == 1
    assert "about/us/" in found
    # The navigation is on every page: no paper, note or listing of a group may stand in it.
    for address in found:
        assert not re.match(r"(papers|venues|years|keywords|institutions|authors|notes)/.", address), address
    assert _navigation(built, "papers/2024/Quest/index.html")


def test_the_sites_own_nav_decides(tmp_path: Path) -> None:
    nav = [
        {"Home": "index.md"},
        {"All of it": "papers/index.md"},
        {"By": [{"Where": "venues/index.md"}, "years/index.md"]},
    ]
    built = _build(tmp_path, {"docs/index.md": "# Home\n"}, nav=nav)
    assert dict(_navigation(built)) == {".": "Home", "papers/": "All of it", "venues/": "Where", "years/": "Years"}
    for name in INDICES:
        assert f"{name}/index.html" in built.paths()
    assert dead_links(built.site, SITE_URL) == [
        dead for dead in dead_links(built.site, SITE_URL) if dead.page == "404.html"
    ]


def test_a_nav_without_any_of_ours(tmp_path: Path) -> None:
    built = _build(tmp_path, {"docs/index.md": "# Home\n"}, nav=[{"Home": "index.md"}])
    assert _navigation(built) == [] or dict(_navigation(built)) == {".": "Home"}
    assert "papers/2024/Quest/index.html" in built.paths()
    assert not [line for line in built.messages if "not included in the" in line]


def test_a_nav_may_name_a_paper_a_note_or_a_listing(tmp_path: Path) -> None:
    nav = [
        {"Home": "index.md"},
        {"Quest": "papers/2024/Quest.md"},
        {"ICML": "venues/ICML.md"},
        {"Note": "notes/2024/Quest/note.md"},
    ]
    built = _build(tmp_path, {"docs/index.md": "# Home\n"}, nav=nav)
    assert dict(_navigation(built)) == {
        ".": "Home",
        "papers/2024/Quest/": "Quest",
        "venues/ICML/": "ICML",
        "notes/2024/Quest/note/": "Note",
    }


@pytest.mark.parametrize("theme", ["material", "mkdocs", "readthedocs"])
def test_no_warning_of_pages_that_are_not_in_the_nav(tmp_path: Path, theme: str) -> None:
    config = {"theme": {"name": theme}, "nav": [{"Home": "index.md"}], "validation": {"nav": {"omitted_files": "warn"}}}
    built = build_site(tmp_path, {**PAIR, "docs/index.md": "# Home\n"}, config)
    assert built.warnings == ()


class TestTakenAddresses:
    @pytest.mark.parametrize(
        ("path", "page"),
        [
            ("docs/papers/2024/Quest.md", "papers/2024/Quest/index.html"),
            ("docs/papers/2024/Quest/index.md", "papers/2024/Quest/index.html"),
            ("docs/papers/index.md", "papers/index.html"),
            ("docs/papers.md", "papers/index.html"),
            ("docs/venues/ICML.md", "venues/ICML/index.html"),
            ("docs/notes/2024/Quest/note.md", "notes/2024/Quest/note/index.html"),
            ("docs/notes/README.md", "notes/index.html"),
        ],
    )
    def test_the_page_in_docs_stays(self, tmp_path: Path, path: str, page: str) -> None:
        built = _build(tmp_path, {"docs/index.md": "# Home\n", path: "# Mine\n\nMy own words\n"}, strict=False)
        assert defects_in(built.messages) == [("address-taken", path, 1, 1)]
        assert len(built.warnings) == 1
        assert "My own words" in built.text(page)
        assert dead_links(built.site, SITE_URL) == [
            dead for dead in dead_links(built.site, SITE_URL) if dead.page == "404.html"
        ]

    def test_files_in_docs_stay(self, tmp_path: Path) -> None:
        files: dict[str, str | bytes] = {
            "docs/index.md": "# Home\n",
            "docs/papers.json": "mine",
            "docs/notes/2024/Quest/quest.png": b"mine",
        }
        built = _build(tmp_path, files, strict=False)
        assert [defect[:2] for defect in defects_in(built.messages)] == [
            ("address-taken", "docs/notes/2024/Quest/quest.png"),
            ("address-taken", "docs/papers.json"),
        ]
        assert built.text("papers.json") == "mine"
        assert built.text("notes/2024/Quest/quest.png") == "mine"

    def test_other_pages_below_our_folders_are_welcome(self, tmp_path: Path) -> None:
        files: dict[str, str | bytes] = {
            "docs/index.md": "# Home\n",
            "docs/papers/about.md": "# About papers\n",
            "docs/notes/how.md": "# How\n",
        }
        built = _build(tmp_path, files)
        assert {"papers/about/index.html", "notes/how/index.html", "notes/index.html"} <= set(built.paths())

    @pytest.mark.parametrize(
        "path", ["docs/venues", "docs/papers/2024", "notes/2024/Quest/note", "docs/notes/2024/quest"]
    )
    def test_a_file_where_the_site_has_a_folder(self, tmp_path: Path, path: str) -> None:
        built = _build(tmp_path, {"docs/index.md": "# Home\n", path: "mine"}, strict=False)
        assert defects_in(built.messages) == [("address-taken", path, 1, 1)]
        assert len(built.warnings) == 1
        pages = ("venues/index.html", "papers/2024/Quest/index.html", "notes/2024/Quest/note/index.html")
        assert [page for page in pages if not (built.site / page).is_file()] == []

    def test_two_notes_of_one_address(self, tmp_path: Path) -> None:
        files: dict[str, str | bytes] = {
            "docs/index.md": "# Home\n",
            "notes/2023/a.md": "# First\n",
            "notes/2023/a/index.md": "# Second\n",
        }
        built = _build(tmp_path, files, strict=False)
        assert [defect[:2] for defect in defects_in(built.messages) if defect[0] != "orphan-note"] == [
            ("address-taken", "notes/2023/a.md")
        ]
        assert "First" in built.text("notes/2023/a/index.html")
