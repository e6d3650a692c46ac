"""What a built site holds for other programs: exports, feeds, and what pages say of themselves."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from mkdocs_papers.pages.exports.registry import EXPORTS
from tests.libraries import QUEST
from tests.sites import SITE_URL, Build, build_site

FILES = {
    "meta/2024/Quest.prototxt": QUEST.replace('title: "Quest"', 'title: "Quest </title> \\"x\\""'),
    "notes/2024/Quest/note.md": "# A note & more\n\nFirst words of it.\n",
    "docs/index.md": "# Home\n",
    "docs/other.md": "# Other\n",
}


def head(site: Build, path: str) -> str:
    """The head of a page, as a browser sees it."""
    html = site.text(path)
    return html[: html.index("<body")]


@pytest.mark.parametrize("directory_urls", [True, False])
def test_a_site_with_an_address(tmp_path: Path, *, directory_urls: bool) -> None:
    site = build_site(tmp_path, FILES, directory_urls=directory_urls)
    assert {export.file for export in EXPORTS} <= set(site.paths())
    assert [path for path in site.paths() if "feed." in path] == [
        "feed.json",
        "feed.xml",
        "venues/arXiv/feed.json",
        "venues/arXiv/feed.xml",
    ]
    root = ET.fromstring(site.text("feed.xml"))  # noqa: S314 - made by ourselves
    links = [element.get("href", "") for element in root.iter("{http://www.w3.org/2005/Atom}link")]
    links += [json.loads(site.text("venues/arXiv/feed.json"))["items"][0]["url"]]
    for link in links:
        path = link.removeprefix(SITE_URL)
        assert (site.site / path).is_file() or (site.site / path / "index.html").is_file(), link
    page = "papers/2024/Quest/index.html" if directory_urls else "papers/2024/Quest.html"
    canonical = f'<link rel="canonical" href="{SITE_URL}{page.removesuffix("index.html")}">'
    assert canonical in head(site, page)
    assert canonical.replace("link rel", "meta property").replace("canonical", "og:url").replace(
        "href", "content"
    ) in head(site, page)
    assert 'content="Quest &lt;/title&gt; &#34;x&#34;"' in head(site, page)


def test_heads(tmp_path: Path) -> None:
    site = build_site(tmp_path, FILES)
    note = head(site, "notes/2024/Quest/note/index.html")
    assert '<meta name="description" content="First words of it.">' in note
    assert '"@type": "BlogPosting"' in note
    assert 'href="../../../../feed.xml"' in note
    assert 'href="feed.xml"' in head(site, "index.html")
    assert "og:title" not in head(site, "index.html")
    assert "feed.xml" not in head(site, "other/index.html")
    assert "citation_title" not in head(site, "papers/2024/Quest/index.html")


def test_options(tmp_path: Path) -> None:
    options = {"citation_tags": True, "social_image": "a card.png"}
    site = build_site(tmp_path, FILES, {"plugins": ["search", {"papers": options}]})
    page = head(site, "papers/2024/Quest/index.html")
    assert 'name="citation_title"' in page
    assert f'<meta property="og:image" content="{SITE_URL}a%20card.png">' in page


def test_a_site_without_an_address(tmp_path: Path) -> None:
    site = build_site(tmp_path, FILES, {"site_url": None})
    assert not [path for path in site.paths() if "feed." in path]
    page = head(site, "papers/2024/Quest/index.html")
    assert "og:title" in page
    assert "og:url" not in page
    assert "alternate" not in page
    assert "exports/papers.bib" in site.paths()
