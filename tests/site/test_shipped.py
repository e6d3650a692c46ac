"""The library of this repository, built as its visitors get it."""

import json
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.linkcheck import dead_links
from tests.sites import ROOT, SITE_URL, Build, rebuild

RECORDS = sorted(
    path.relative_to(ROOT / "meta").with_suffix("").as_posix()
    for path in (ROOT / "meta").glob("[0-9]*/*")
    if path.suffix in {".prototxt", ".yaml", ".yml"}
)


def complete(built: Build, *, directory_urls: bool) -> None:
    """Nothing is wrong with it, no link is dead, and every record has its page."""
    assert built.warnings == ()
    assert dead_links(built.site, SITE_URL) == []
    papers = json.loads(built.text("papers.json"))["papers"]
    assert sorted(paper["key"] for paper in papers) == RECORDS
    for paper in papers:
        page = unquote(paper["page"]) + ("index.html" if directory_urls else "")
        assert (built.site / page).is_file()


@pytest.mark.slow
def test_strict_and_without_a_dead_link(shipped: Build) -> None:
    complete(shipped, directory_urls=True)
    # Nobody said where its repository is.
    assert "/edit/" not in shipped.text("papers/2024/Quest/index.html")


@pytest.mark.slow
def test_as_files_too(tmp_path: Path) -> None:
    complete(rebuild(ROOT, site=tmp_path, site_url=SITE_URL, use_directory_urls=False), directory_urls=False)
