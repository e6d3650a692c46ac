"""Somebody else's library, written by hand over years, beside a configuration of six lines."""

import json
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.linkcheck import dead_links
from tests.marked import defects_in
from tests.site import generated, wild
from tests.sites import SITE_URL, Build, rebuild, write_files


def _page(build: Build, address: str) -> str:
    """The text of the page at an address of `papers.json`."""
    path = unquote(address)
    return build.text(path + "index.html" if path.endswith("/") else path)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wild")
    write_files(folder, wild.library().files)
    return folder


@pytest.fixture(scope="module", params=[True, False], ids=["folders", "files"])
def built(folder: Path, request: pytest.FixtureRequest) -> Build:
    return rebuild(folder, strict=False, use_directory_urls=request.param)


def test_every_defect_has_its_one_line(built: Build) -> None:
    assert defects_in(built.messages) == wild.library().defects
    hints = [line for line in built.messages if "[orphan-note]" in line]
    errors = {code for code, *_ in wild.library().defects} - {"orphan-note"}
    assert len(hints) == 1
    assert set(hints).isdisjoint(built.warnings)
    assert len(built.warnings) == len([code for code, *_ in wild.library().defects if code in errors])


def test_every_record_has_its_page_and_its_row(built: Build) -> None:
    records = {
        path.removeprefix("meta/").rsplit(".", 1)[0]
        for path in wild.library().files
        if path.startswith("meta/2") and path.count("/") == 2 and path.endswith((".prototxt", ".yaml"))
    } - {"2019/broken", "2019/latin"}
    papers = {paper["key"]: paper for paper in json.loads(built.text("papers.json"))["papers"]}
    assert set(papers) == records
    venues = built.text("venues/index.html")
    for key, paper in papers.items():
        shown = key.replace("&", "&amp;")
        assert f'data-paper="{shown}"' in _page(built, paper["page"])
        assert venues.count(f'<tr data-paper="{shown}"') == 1


def test_every_note_and_picture_that_exists_has_its_link(built: Build) -> None:
    papers = {paper["key"]: paper for paper in json.loads(built.text("papers.json"))["papers"]}
    notes = {key: unquote(paper["note"]) for key, paper in papers.items() if paper["note"]}
    end = "/" if built.text("sitemap.xml").count(".html") == 0 else ".html"
    index = "/" if end == "/" else "/index.html"
    assert notes == {
        "2021/SparseGPT": f"notes/SparseGPT{end}",
        "2021/elsewhere": "https://elsewhere.example/note",
        "2022/flashattention": f"notes/2022/flashattention/note{end}",
        "2023/FlashAttention-2": f"notes/2023/FlashAttention-2/note{end}",
        "2024/LoRA+": f"notes/2024/LoRA+{index}",
        "2024/zh": f"notes/2024/zh/note{end}",
        "2025/two words": f"notes/2025/two words/note{end}",
    }
    covers = {key: unquote(paper["cover"]) for key, paper in papers.items() if paper["cover"]}
    assert covers == {
        "2021/SparseGPT": "notes/all.png",
        "2021/elsewhere": "https://elsewhere.example/cover.png",
        "2022/flashattention": "notes/2022/flashattention/cover.jpg",
        "2023/FlashAttention-2": "notes/2023/FlashAttention-2/fig/cover.png",
        "2024/zh": "notes/2024/zh/封面 图.png",
    }


def test_only_what_is_nowhere_has_a_dead_link(built: Build) -> None:
    dead = {(Path(found.page).parts[:3], found.link) for found in dead_links(built.site, SITE_URL)}
    assert {page for page, _ in dead} == {("notes", "2023", "FlashAttention-2")}
    assert sorted(Path(link).name for _, link in dead) == ["note.md", "nothing.png"]


def test_what_is_no_part_of_the_library_is_nowhere(built: Build) -> None:
    everything = " ".join(built.paths())
    for name in ("hidden", "obsidian", "swp", "Draft", "Deep", "paper.proto"):
        assert name not in everything


def test_values_are_read_as_meant(built: Build) -> None:
    papers = {paper["key"]: paper for paper in json.loads(built.text("papers.json"))["papers"]}
    assert papers["2023/FlashAttention-2"]["authors"] == ["Tri Dao", "Daniel Y. Fu", "Stefano Ermon"]
    assert papers["2023/FlashAttention-2"]["url"] == "https://arxiv.org/abs/2307.08691"
    assert papers["2023/FlashAttention-2"]["baselines"] == ["2022/flashattention", "2022/Nowhere", "Megatron-LM"]
    assert papers["2023/FlashAttention-2"]["keywords"] == []
    assert papers["2023/5JWFQDDP"]["venue"] is None
    assert papers["2023/5JWFQDDP"]["abbreviation"] is None
    assert papers["2023/Sparse-IFT"]["venue"] == "arXiv"
    assert papers["2024/zh"]["venue"] == "计算机学报"
    flash = _page(built, papers["2022/flashattention"]["page"])
    assert "papers/2023/FlashAttention-2" in flash
    assert "2023/Sparse-IFT" in _page(built, papers["2024/Sparse-IFT"]["page"])
    assert "2024/Sparse-IFT" in _page(built, papers["2023/Sparse-IFT"]["page"])


def test_latex_braces_are_no_macros(built: Build) -> None:
    note = next(path for path in built.paths("notes/2022/**/*.html"))
    assert "{{ braces }}" in built.text(note)
    assert "{% raw %} {# no comment #}" in built.text(note)
    assert "<math" in built.text(note)


def test_nothing_is_written_into_the_sources(folder: Path, built: Build) -> None:
    site = built.site.relative_to(folder).as_posix()
    written = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.relative_to(folder).as_posix().startswith((f"{site}/", ".cache/"))
    }
    expected = wild.library().files
    assert written == {path: text.encode() if isinstance(text, str) else text for path, text in expected.items()}


@pytest.mark.slow
def test_some_two_hundred_records(tmp_path: Path) -> None:
    """As large as the lists that people keep, with a few hundred defects among what is right."""
    marked = generated.library(seed=2024)
    write_files(tmp_path, marked.files)
    built = rebuild(tmp_path, strict=False)
    assert defects_in(built.messages) == marked.defects
    records = [path for path in marked.files if path.startswith("meta/")]
    notes = [path for path in marked.files if path.startswith("notes/") and path.endswith(".md")]
    papers = json.loads(built.text("papers.json"))["papers"]
    assert len(papers) == len(records) == 220
    rows = "".join(
        built.text(page) for page in built.paths("venues/**/*.html") if page.split("/")[1] in {"page", "index.html"}
    )
    for paper in papers:
        assert f'data-paper="{paper["key"]}"' in _page(built, paper["page"])
        assert rows.count(f'<tr data-paper="{paper["key"]}"') == 1
    assert len(built.paths("notes/20*/**/index.html")) + len(built.paths("notes/note*/index.html")) == len(notes)
    lost = [code for code, *_ in marked.defects if code in {"broken-link", "broken-image"}]
    assert len(dead_links(built.site, SITE_URL)) == len(lost)
