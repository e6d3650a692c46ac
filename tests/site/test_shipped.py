"""The library of this repository, built as its visitors get it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from tests.linkcheck import dead_links
from tests.sites import ROOT, SITE_URL, rebuild

RECORDS = sorted(
    path.relative_to(ROOT / "meta").with_suffix("").as_posix()
    for path in (ROOT / "meta").glob("[0-9]*/*")
    if path.suffix in {".prototxt", ".yaml", ".yml"}
)


@pytest.mark.slow
@pytest.mark.parametrize("directory_urls", [True, False], ids=["folders", "files"])
def test_strict_and_without_a_dead_link(tmp_path: Path, *, directory_urls: bool) -> None:
    built = rebuild(ROOT, site=tmp_path, site_url=SITE_URL, use_directory_urls=directory_urls)
    assert dead_links(built.site, SITE_URL) == []
    papers = json.loads(built.text("papers.json"))["papers"]
    assert sorted(paper["key"] for paper in papers) == RECORDS
    for paper in papers:
        page = unquote(paper["page"]) + ("index.html" if directory_urls else "")
        assert (built.site / page).is_file()


@pytest.mark.slow
def test_edit_links_only_where_there_is_a_repository(tmp_path: Path) -> None:
    page = "papers/2024/Quest/index.html"
    link = "https://github.com/someone/papers/edit/main/meta/2024/Quest.prototxt"
    repository: dict[str, Any] = {"repo_url": "https://github.com/someone/papers", "edit_uri": "edit/main/docs/"}
    assert f'href="{link}"' in rebuild(ROOT, site=tmp_path / "with", **repository).text(page)
    assert "/edit/" not in rebuild(ROOT, site=tmp_path / "without").text(page)
