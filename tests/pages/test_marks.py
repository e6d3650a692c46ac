"""The schema's marks are true: exports and the search carry the fields that it says, and no others."""

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from mkdocs_papers.library.load import load
from mkdocs_papers.library.papers import READ
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.pages.exports.registry import EXPORTS
from mkdocs_papers.pages.exports.spreadsheet import header
from mkdocs_papers.pages.language import language
from mkdocs_papers.pages.page_inputs import Options
from mkdocs_papers.pages.paper_pages import PaperPage, paper_page
from mkdocs_papers.pages.sources import Site
from mkdocs_papers.records.schema import (
    BaselineBlock,
    CodeBlock,
    CoverBlock,
    KeywordBlock,
    NoteBlock,
    PaperBlock,
    PaperInfo,
    PubBlock,
    Status,
    leaves,
)
from tests.sites import write_files
from tests.written import write_yaml

KEY = "2024/Quest"
FULL = PaperInfo(
    PaperBlock("Pages of keys", "Quest", "https://arxiv.org/abs/2406.10774", ("Ann Lee",), ("MIT",), "10.1/a", "Fast."),
    PubBlock("ICML", 2024, None, "3", "45-67"),
    CodeBlock("JAX", "https://a.example/code"),
    NoteBlock("https://a.example/note"),
    KeywordBlock(("caches",)),
    BaselineBlock(("Wanda",)),
    1_700_000_000,
    CoverBlock("https://a.example/cover.png"),
    ("2023/Same",),
    4,
    Status.READ,
    ("2023/Quest",),
)
OTHER: dict[tuple[str, ...], object] = {
    ("paper", "title"): "Rows",
    ("paper", "abbr"): "Zest",
    ("paper", "url"): "https://arxiv.org/abs/2306.11695",
    ("paper", "authors"): ("Bo Ek",),
    ("paper", "institutions"): ("ETH",),
    ("paper", "doi"): "10.2/b",
    ("paper", "abstract"): "Slow.",
    ("pub", "where"): "JMLR",
    ("pub", "year"): 2021,
    ("pub", "volume"): "98",
    ("pub", "number"): "76",
    ("pub", "pages"): "e1024",
    ("code", "type"): "Rust",
    ("code", "url"): "https://b.example/code",
    ("note", "url"): "https://b.example/note",
    ("cover", "url"): "https://b.example/cover.png",
    ("keyword", "words"): ("pruning",),
    ("baseline", "methods"): ("TOVA",),
    ("update_time",): 1_600_000_000,
    ("same_work",): ("2022/Same",),
    ("rating",): 2,
    ("status",): Status.READING,
    ("former_keys",): ("2022/Quest",),
}
"""Another value of each field."""


def changed(block: Any, path: tuple[str, ...], value: object) -> Any:
    first, *rest = path
    return dataclasses.replace(block, **{first: changed(getattr(block, first), tuple(rest), value) if rest else value})


def outputs(info: PaperInfo, folder: Path) -> dict[str, str]:
    """What exports and the search say of a paper, by their names."""
    other = PaperInfo(PaperBlock("Same"))
    records = {f"meta/{KEY}.yaml": info, "meta/2023/Same.yaml": other, "meta/2022/Same.yaml": other}
    write_files(folder, {path: write_yaml(each) for path, each in records.items()})
    settings = Settings(folder)
    made = Site(load(settings), settings, Options(language("en")))
    paper, context = made.library.papers[KEY], made
    found = {export.name: export.entry(paper, context) for export in EXPORTS}
    content = paper_page.function(made, KEY).content
    assert isinstance(content, PaperPage)
    return {**found, "search": repr(content.document(""))}


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return outputs(FULL, tmp_path_factory.mktemp("before"))


def test_each_field_has_another_value() -> None:
    assert OTHER.keys() == leaves().keys()
    assert leaves().keys() >= READ


@pytest.mark.parametrize("path", OTHER, ids=".".join)
def test_what_is_marked_is_carried(path: tuple[str, ...], before: dict[str, str], tmp_path: Path) -> None:
    field = leaves()[path]
    now = outputs(changed(FULL, path, OTHER[path]), tmp_path)
    assert {name for name, text in now.items() if text != before[name]} == {
        *field.exported,
        *(["search"] if field.searched else []),
    }
    for export, name in field.exported.items():
        assert name in (header() if export == "csv" else before[export] + now[export])
