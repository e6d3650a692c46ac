"""Feeds, read by parsers of XML and JSON and held to what their formats ask for."""

import datetime as dt
import json
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given

from mkdocs_papers.library.model import Attachment, Note, Paper
from mkdocs_papers.library.names import one_line
from mkdocs_papers.pages.address import Address, Website
from mkdocs_papers.pages.feeds import LONGEST, feed_files, feed_links
from mkdocs_papers.pages.sources import Site
from tests.pages.papers import FULL, libraries, paper, site, text

WEB = Website("https://example.org/library/", directory_urls=True)
NOTE = Note("2024/Quest/note.md", "What *Quest* does to $x^2$", excerpt="It reads pages.", papers=("2024/Quest",))
ATOM = "{http://www.w3.org/2005/Atom}"


def files(site: Site) -> dict[str, bytes]:
    return dict(feed_files(site))


def atom(site: Site, path: str = "feed.xml") -> ET.Element:
    return ET.fromstring(files(site)[path])  # noqa: S314 - made by ourselves


def feed(site: Site, path: str = "feed.json") -> Any:
    return json.loads(files(site)[path])


def texts(element: ET.Element, path: str) -> list[str]:
    return [found.text or "" for found in element.findall(path.replace("/", f"/{ATOM}").join((ATOM, "")))]


def full(**options: Any) -> Site:
    h2o = paper("2023/H2O", title="H2O", venue="NeurIPS")
    return site(FULL, h2o, notes=(NOTE,), website=WEB, **options)


def test_a_site_that_does_not_say_where_it_is_has_no_feed() -> None:
    assert files(site(FULL)) == {}
    assert feed_links(site(FULL)) == ()


def test_the_library_each_venue_and_each_keyword_have_feeds() -> None:
    assert sorted(files(full())) == [
        f"{page}feed.{suffix}"
        for page in ("", "keywords/kv_cache/", "keywords/sparse-attention/", "venues/ICML/", "venues/NeurIPS/")
        for suffix in ("json", "xml")
    ]


def test_atom_golden() -> None:
    root = atom(full(), "venues/ICML/feed.xml")
    assert root.tag == f"{ATOM}feed"
    assert texts(root, "title") == ["ICML – Test library"]
    assert texts(root, "id") == ["https://example.org/library/venues/ICML/feed.xml"]
    assert texts(root, "updated") == ["2024-06-15T00:00:00Z"]
    assert texts(root, "author/name") == ["Test library"]
    assert [(link.get("rel"), link.get("type"), link.get("href")) for link in root.findall(f"{ATOM}link")] == [
        ("self", "application/atom+xml", "https://example.org/library/venues/ICML/feed.xml"),
        ("alternate", "text/html", "https://example.org/library/venues/ICML/"),
    ]
    quest, note = root.findall(f"{ATOM}entry")
    assert texts(quest, "title") == ["Quest: Query-Aware Sparsity to O(∞) & 50% {fast}_er"]
    assert texts(quest, "id") == ["https://example.org/library/papers/2024/Quest/"]
    assert texts(quest, "author/name") == list(FULL.authors)
    assert [category.get("term") for category in quest.findall(f"{ATOM}category")] == ["KV Cache", "sparse attention"]
    assert [(link.get("rel"), link.get("href")) for link in quest.findall(f"{ATOM}link")] == [
        ("alternate", "https://example.org/library/papers/2024/Quest/"),
        ("related", "https://arxiv.org/abs/2406.10774"),
    ]
    assert texts(note, "title") == ["What *Quest* does to x²"]
    assert texts(note, "id") == ["https://example.org/library/notes/2024/Quest/note/"]
    assert texts(note, "author/name") == []
    (summary,) = texts(note, "summary")
    assert summary.endswith("ICML 2024.\n\nIt reads pages.")


def test_json_feed_golden() -> None:
    found = feed(full(), "keywords/kv_cache/feed.json")
    assert {name: value for name, value in found.items() if name != "items"} == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "KV Cache – Test library",
        "home_page_url": "https://example.org/library/keywords/kv_cache/",
        "feed_url": "https://example.org/library/keywords/kv_cache/feed.json",
        "language": "en",
        "authors": [{"name": "Test library"}],
    }
    assert found["items"][1] == {
        "id": "https://example.org/library/notes/2024/Quest/note/",
        "url": "https://example.org/library/notes/2024/Quest/note/",
        "title": "What *Quest* does to x²",
        "content_text": "Jiaming Tang, Guido van Rossum, Sammy Davis, Jr. et al. ICML 2024.\n\nIt reads pages.",
        "date_published": "2024-06-15T00:00:00Z",
        "authors": [{"name": "Test library"}],
        "tags": ["KV Cache", "sparse attention"],
    }


def test_without_directory_urls() -> None:
    here = site(FULL, website=Website(WEB.root, directory_urls=False))
    found = feed(here, "venues/ICML/feed.json")
    assert found["home_page_url"] == "https://example.org/library/venues/ICML.html"
    assert found["items"][0]["url"] == "https://example.org/library/papers/2024/Quest.html"


def test_newest_first_and_not_too_many() -> None:
    papers = [paper(f"2024/p{number:03}", updated=1_700_000_000 + number) for number in range(LONGEST + 10)]
    addresses = [entry["url"] for entry in feed(site(*papers, website=WEB))["items"]]
    assert addresses == [f"{WEB.root}papers/2024/p{number:03}/" for number in range(LONGEST + 9, 9, -1)]


def test_papers_of_one_time_are_in_order_of_key() -> None:
    papers = [paper(f"2024/{stem}") for stem in "cab"]
    assert [entry["url"][-2] for entry in feed(site(*papers, website=WEB))["items"]] == ["a", "b", "c"]


def test_drafts_and_notes_without_a_date_are_left_out() -> None:
    notes = (
        Note("draft.md", "Draft", draft=True, date="2024-01-01"),
        Note("undated.md", "Undated"),
        Note("dated.md", "Dated", date="2024-01-02"),
    )
    assert [entry["title"] for entry in feed(site(notes=notes, website=WEB))["items"]] == ["Dated"]
    preview = site(notes=notes, website=WEB, preview=True)
    assert [entry["title"] for entry in feed(preview)["items"]] == ["Dated", "Draft"]


def test_an_empty_library_has_a_feed_that_waits_for_its_first_paper() -> None:
    root = atom(site(website=WEB))
    assert texts(root, "updated") == ["1970-01-01T00:00:00Z"]
    assert texts(root, "entry") == []


def test_what_a_feed_says_of_a_notes_other_papers_is_kept_up_to_date() -> None:
    note = Note("n.md", "N", papers=("2023/a", "2024/b"))
    attached = Attachment("n.md")
    first = paper("2023/a", venue="ICML", note=attached)
    here = site(first, paper("2024/b", venue="ICLR", note=attached), notes=(note,), website=WEB)
    changed = site(first, paper("2024/b", venue="ACL", note=attached), notes=(note,), website=WEB)
    kept_up = Site(here.library, here.settings, here.options, keeps_up=True)
    assert files(kept_up) == files(here)
    kept_up.update(changed.library)
    assert files(kept_up) == files(changed) != files(here)


@given(library=libraries, name=text)
def test_any_text_makes_well_formed_feeds(library: tuple[Paper, ...], name: str) -> None:
    here = site(*library, name=name, website=WEB)
    for path, content in files(here).items():
        if path.endswith(".xml"):
            root = ET.fromstring(content)  # noqa: S314 - made by ourselves
            assert {child.tag for child in root.iter()} <= {f"{ATOM}{tag}" for tag in TAGS}
            for one in (root, *root.findall(f"{ATOM}entry")):
                assert [len(one.findall(f"{ATOM}{tag}")) for tag in ("title", "id", "updated")] == [1, 1, 1]
                assert dt.datetime.fromisoformat(texts(one, "updated")[0]).tzinfo is dt.UTC
            assert len(set(texts(root, "entry/id"))) == len(root.findall(f"{ATOM}entry"))
        else:
            found = json.loads(content)
            for entry in found["items"]:
                assert entry.keys() <= {*REQUIRED, "external_url"}
                assert entry.keys() >= REQUIRED
            assert len({entry["id"] for entry in found["items"]}) == len(found["items"])
    titles = sorted(entry["title"] for entry in feed(here)["items"])
    if not any("$" in each.title for each in library):
        assert titles == sorted(one_line(each.title) for each in library)


TAGS = {"feed", "title", "id", "link", "updated", "author", "name", "entry", "category", "summary"}
REQUIRED = {"id", "url", "title", "content_text", "date_published", "authors", "tags"}


@pytest.mark.parametrize("address", ["papers", "venues", "venues/ICML", "keywords/kv_cache", "papers/2024/Quest"])
def test_a_page_names_its_own_feed_and_the_librarys(address: str) -> None:
    here = full()
    source = next(source for source in here.sources() if source.address.path == address)
    paths = [link.path for link in feed_links(here, source)]
    own = [f"{address}/feed.xml", f"{address}/feed.json"] if address in ("venues/ICML", "keywords/kv_cache") else []
    assert paths == [*own, "feed.xml", "feed.json"]
    assert set(paths) <= set(files(here))


def test_every_feed_is_named_by_its_page() -> None:
    here = full()
    named = {link.path for source in here.sources() for link in feed_links(here, source)}
    assert named == set(files(here))


def test_titles_of_links_are_those_of_the_feeds() -> None:
    here = full()
    source = next(source for source in here.sources() if source.address == Address("venues/ICML"))
    assert [link.title for link in feed_links(here, source)] == [
        "ICML – Test library (Atom)",
        "ICML – Test library (JSON Feed)",
        "Test library (Atom)",
        "Test library (JSON Feed)",
    ]
