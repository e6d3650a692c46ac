"""The index file of the browse page, and what the page shows before a script has run."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

import mkdocs_papers
from mkdocs_papers.library.model import Attachment, Note, Paper
from mkdocs_papers.pages import browse
from mkdocs_papers.pages.address import Address
from mkdocs_papers.pages.browse import INDEX, NOTES, FacetPanel, browse_index
from mkdocs_papers.pages.exports.registry import EXPORTS
from mkdocs_papers.pages.group_links import Link
from mkdocs_papers.pages.indices import indices
from mkdocs_papers.pages.language import language
from mkdocs_papers.pages.listing import COLUMNS
from mkdocs_papers.pages.listing_pages import BrowsePage, SectionsPage
from mkdocs_papers.pages.mathml import mathml
from mkdocs_papers.pages.sources import Site
from mkdocs_papers.pages.summaries import listed
from mkdocs_papers.views.facets import FACETS
from mkdocs_papers.views.groups import shown_paper
from mkdocs_papers.views.view import UNLISTED
from tests.pages.papers import FULL, libraries, paper, site

SCRIPTS = Path(mkdocs_papers.__file__).parent / "assets" / "browse"


def index_of(site: Site) -> dict[str, Any]:
    index: dict[str, Any] = json.loads(browse_index(site))
    return index


def page_of(site: Site) -> BrowsePage:
    page = next(source for source in indices(site) if source.template == "browse.html").content
    assert isinstance(page, BrowsePage)
    return page


def panel(site: Site, name: str) -> FacetPanel:
    return next(panel for panel in page_of(site).facets if panel.name == name)


def test_an_index() -> None:
    note = Note("2024/Quest/note.md", "Quest")
    older = paper(
        "2023/H2O",
        title="H2O",
        venue="ICML",
        baselines=(FULL.baselines[1],),
        note=Attachment(address="https://elsewhere.example/*/note"),
    )
    index = index_of(site(FULL, older, notes=(note,)))
    assert index.pop("math").keys() == {"0"}
    columns = {column["name"]: column for column in index.pop("columns")}
    assert list(columns) == [column.name for column in COLUMNS]
    assert columns["title"].items() >= {"heading": True}.items()
    assert columns["year"].items() >= {"facet": "year", "descending": True}.items()
    assert index == {
        "version": 2,
        "page": "papers/*/",
        "keys": ["2024/Quest", "2023/H2O"],
        "former": {},
        "titles": ["Quest: Query-Aware Sparsity to $O(\\infty)$ & 50% {fast}_er", "H2O"],
        "abbreviations": [1, 0],
        "urls": ["https://arxiv.org/abs/2406.10774", 0],
        "notes": ["notes/*/note/", "https://elsewhere.example/*/note"],
        "code": {"labels": ["PyTorch"], "ids": [0, -1], "urls": ["https://github.com/mit-han-lab/Quest", 0]},
        "works": [],
        "covers": {"0": ["notes/*/%C3%BCnder%20cover.png", 0, 0, 0]},
        "added": [1_718_409_600, 1_672_531_200],
        "facets": [
            {"name": "venue", "kind": "names", "searched": True, "values": ["ICML"], "ids": [0, 0]},
            {"name": "year", "kind": "range", "searched": True, "values": ["2023", "2024"], "ids": [1, 0]},
            {
                "name": "keyword",
                "kind": "names",
                "searched": True,
                "values": ["kv_cache", "sparse attention"],
                "labels": ["KV Cache", "sparse attention"],
                "ids": [[0, 1], []],
            },
            {
                "name": "institution",
                "kind": "names",
                "searched": True,
                "aside": True,
                "values": ["Massachusetts Institute of Technology", "NVIDIA"],
                "ids": [[0, 1], []],
            },
            {
                "name": "author",
                "kind": "names",
                "searched": True,
                "values": ["Guido van Rossum", "Jiaming Tang", "NVIDIA", "Sammy Davis, Jr.", "王小明"],
                "ids": [[1, 0, 3, 4, 2], []],
            },
            {
                "name": "place",
                "kind": "names",
                "searched": False,
                "values": ["published"],
                "labels": ["Published"],
                "ids": [0, 0],
            },
            {"name": "status", "kind": "names", "searched": False, "values": ["read"], "ids": [0, []]},
            {"name": "rating", "kind": "scale", "searched": False, "values": ["5"], "ids": [0, []]},
            {
                "name": "has",
                "kind": "flags",
                "searched": False,
                "values": ["code", "cover", "note"],
                "labels": ["Code", "Cover", "Note"],
                "ids": [[2, 0, 1], 2],
            },
            {
                "name": "lacks",
                "kind": "flags",
                "searched": False,
                "values": ["code", "cover"],
                "labels": ["Code", "Cover"],
                "ids": [[], [0, 1]],
            },
            {"name": "added", "kind": "date", "searched": False, "values": ["2023", "2024-06-15"], "ids": [1, 0]},
            {"name": "published", "kind": "date", "searched": False, "values": ["2023", "2024-06"], "ids": [1, 0]},
            {
                "name": "baseline",
                "kind": "hidden",
                "searched": False,
                "values": [1, "StreamingLLM"],
                "ids": [[0, 1], 1],
            },
            {"name": "arxiv", "kind": "hidden", "searched": False, "values": ["2406.10774"], "ids": [0, []]},
            {"name": "doi", "kind": "hidden", "searched": False, "values": ["10.1000/a_b"], "ids": [0, []]},
        ],
    }


def test_math_is_a_tree_of_what_is_drawn() -> None:
    title: list[Any] = index_of(site(FULL))["math"]["0"]["title"]
    before, tree, after = title
    assert (before, after) == ("Quest: Query-Aware Sparsity to ", " & 50% {fast}_er")
    elements, words = [], []

    def walk(element: list[Any]) -> None:
        elements.append(element[0])
        for child in element[2:]:
            if isinstance(child, str):
                words.append(child)
            else:
                walk(child)

    walk(tree)
    assert tree[:2] == ["math", {"display": "inline"}]
    drawn = str(mathml("O(\\infty)"))
    assert elements == re.findall(r"<(\w+)", drawn)
    assert "".join(words) == re.sub("<[^>]*>", "", drawn)


@given(libraries)
def test_every_value_of_every_paper_is_in_the_index(papers: tuple[Paper, ...]) -> None:
    made = site(*papers)
    index = index_of(made)
    shown = [shown_paper(made, each.key) for each in listed(made)]
    assert index["keys"] == [paper.key for paper, _ in shown]
    assert index["titles"] == [paper.title for paper, _ in shown]
    columns = {column["name"]: column for column in index["facets"]}
    for facet in FACETS:
        wanted = [list(dict.fromkeys(facet.values(paper, note))) for paper, note in shown]
        if facet.name not in columns:
            assert not any(wanted)
            continue
        column = columns[facet.name]
        values = [index["keys"][value] if isinstance(value, int) else value for value in column["values"]]
        got = [[values[id_] for id_ in (ids if isinstance(ids, list) else [ids])] for ids in column["ids"]]
        blank = facet.view is not None and facet.view.blank
        assert got == [own or ([""] if blank else []) for own in wanted]


def test_a_library_without_papers() -> None:
    assert index_of(site())["facets"] == []
    assert page_of(site()).facets == ()


def test_frequent_values_come_first_and_keywords_in_the_order_of_the_configuration() -> None:
    papers = (
        paper("2024/A", venue="ICLR", keywords=("survey", "kv_cache")),
        paper("2024/B", venue="ACL", keywords=("kv_cache", "survey", "a")),
        paper("2023/C", venue="ICLR"),
        paper("2022/D"),
    )
    made = site(*papers)
    shown = {panel.name: [value.value for value in panel.values] for panel in browse.panels(made)}
    assert shown["venue"] == ["ICLR", "", "ACL"]
    assert shown["keyword"] == ["kv_cache", "survey", "a"]
    assert shown["year"] == ["2022", "2023", "2024"]
    # The file has them in their own order, so that one more paper moves no others.
    facets = {column["name"]: column["values"] for column in index_of(made)["facets"]}
    assert (facets["venue"], facets["keyword"]) == (["", "ACL", "ICLR"], ["kv_cache", "a", "survey"])


def test_a_note_without_a_page_is_none() -> None:
    draft = Note("2024/Quest/note.md", "Quest", draft=True)
    published = site(paper(note=Attachment("2024/Quest/note.md")), notes=(draft,))
    assert index_of(published)["notes"] == [0]
    assert "has" not in {column["name"] for column in index_of(published)["facets"]}
    preview = site(paper(note=Attachment("2024/Quest/note.md")), notes=(draft,), preview=True)
    assert index_of(preview)["notes"] == ["notes/*/note/"]


def test_addresses_without_directories() -> None:
    note = Note("2024/Quest/note.md", "Quest")
    index: dict[str, Any] = json.loads(browse_index(site(FULL, notes=(note,), directory_urls=False)))
    assert (index["page"], index["notes"]) == ("papers/*.html", ["notes/*/note.html"])


def test_math_that_cannot_be_drawn_stays_as_it_was_written() -> None:
    drawn = index_of(site(paper(title="$\\frac{$ of $x$"), paper("2023/B", title="$\\frac{$")))["math"]
    assert drawn["0"]["title"][:2] == ["$\\frac{$", " of "]
    assert list(drawn) == ["0"]


def test_math_in_an_abbreviation() -> None:
    assert "abbreviation" in index_of(site(paper(abbreviation="$x^2$-Net")))["math"]["0"]


def test_long_facets_begin_with_their_most_frequent_values() -> None:
    many = site(*(paper(f"2024/{number}", authors=(f"A {number}", "B")) for number in range(20)))
    authors = panel(many, "author")
    assert (authors.total, len(authors.values)) == (21, 8)
    assert (authors.values[0].value, authors.values[0].papers, authors.most) == ("B", 20, 20)


def test_a_range_shows_all_its_values() -> None:
    many = site(*(paper(f"{year}/A") for year in range(1990, 2020)))
    assert [value.value for value in panel(many, "year").values] == [str(year) for year in range(1990, 2020)]


def test_a_facet_that_only_queries_ask_has_no_panel() -> None:
    note = Note("2024/Quest/note.md", "Of the idea")
    shown = {panel.name for panel in page_of(site(FULL, paper("2023/bare"), notes=(note,))).facets}
    assert shown == {facet.name for facet in FACETS if facet.kind not in UNLISTED}


def test_the_words_of_notes_lie_in_a_file_of_their_own() -> None:
    note = Note("2024/Quest/note.md", "Quest", text="Pages of [keys](../x.md) and\n<b>values</b>.\n")
    other = Note("2023/other/note.md", "注意力")
    with_note, without = replace(FULL, abbreviation="Quest"), paper("2023/bare")
    papers = (with_note, paper("2023/other", note=Attachment(other.path)), without)
    files = dict(site(*papers, notes=(note, other)).files())
    assert json.loads(files[NOTES]) == {"2024/Quest": "Quest Pages of [keys] and values .", "2023/other": "注意力"}
    assert "注意力".encode() in files[NOTES]
    assert b"Pages of" not in files[INDEX]


def test_the_first_page_is_the_browse_page_and_the_others_are_listings() -> None:
    many = site(*(paper(f"2024/{number}") for number in range(5)), page_size=2)
    sources = [source for source in indices(many) if source.address.path.startswith("papers")]
    assert [source.template for source in sources] == ["browse.html", "listing.html", "listing.html"]
    assert len(page_of(many).listing.rows) == 2


@pytest.mark.parametrize("code", ["en", "zh"])
def test_the_script_gets_every_word_that_it_says(code: str) -> None:
    scripts = "".join(path.read_text(encoding="utf-8") for path in SCRIPTS.glob("*.js"))
    said = set(re.findall(r"words\(\s*\"([\w.]+)\"", scripts)) | set(re.findall(r'"(browse\.[\w.]+)"', scripts))
    settings = json.loads(browse.script_settings(language(code), page_size=1, badges=False))
    assert said
    assert said <= settings["words"].keys()
    assert settings["language"] == code


def test_all_modules_are_fetched_at_once() -> None:
    assert list(browse.SCRIPTS) == sorted(path.stem for path in SCRIPTS.glob("*.js"))


def test_the_script_knows_how_to_cut_each_export() -> None:
    settings = json.loads(browse.script_settings(language("en"), page_size=1, badges=False))
    assert list(settings["exports"]) == [export.file for export in EXPORTS]
    assert [each["marked"] for each in settings["exports"].values()] == [
        export.encoding == "utf-8-sig" for export in EXPORTS
    ]


def test_half_of_a_pair_is_written_as_an_escape() -> None:
    written = browse_index(site(paper(title="a\ud800b"), paper("2023/B", title="注意力")))
    assert b"a\\ud800b" in written
    # Other signs take half the room as they are.
    assert "注意力".encode() in written
    assert json.loads(written.decode("utf-8"))["titles"] == ["a\ud800b", "注意力"]


def test_versions_of_one_work_are_one_row_and_lead_to_each_other() -> None:
    preprint = paper("2023/early", title="Early", venue="arXiv", same_work=("2024/late",))
    published = paper("2024/late", title="Late", venue="ICLR", same_work=("2023/early",))
    made = site(preprint, published, paper("2022/other"))
    assert index_of(made)["works"] == [[0, 1]]
    shown = next(source.content for source in indices(made) if isinstance(source.content, BrowsePage))
    assert [row.key for row in shown.listing.rows] == ["2024/late", "2022/other"]
    assert shown.listing.rows[0].versions == (Link("arXiv 2023", Address("papers/2023/early")),)
    # In the tables of a venue each has its row.
    venues = next(source.content for source in indices(made) if isinstance(source.content, SectionsPage))
    assert sorted(row.key for section in venues.sections for row in section.rows) == [*sorted(made.library.papers)]
