"""CSV, read back by Python's own reader."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given

from mkdocs_papers.library.model import Paper
from mkdocs_papers.library.names import one_line
from mkdocs_papers.pages.exports.registry import EXPORTS
from tests.pages.papers import FULL, libraries, paper, site

EXPORT = next(export for export in EXPORTS if export.name == "csv")


def rows(*papers: Paper) -> list[dict[str, str]]:
    text = EXPORT.content(papers, site(*papers).surroundings(directory_urls=True)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


@given(library=libraries)
def test_every_row_is_read_back(library: tuple[Paper, ...]) -> None:
    read = rows(*library)
    assert len(read) == len(library)
    for each, found in zip(library, read, strict=True):
        assert None not in found
        assert None not in found.values()
        assert found["year"] == str(each.year)
        assert found["doi"].removeprefix("'") == one_line(each.doi or "").removeprefix("'")
        if "$" not in each.title:
            assert found["title"].removeprefix("'") == one_line(each.title).removeprefix("'")


@given(library=libraries)
def test_no_cell_is_a_formula(library: tuple[Paper, ...]) -> None:
    for found in rows(*library):
        assert not any(cell[:1] in set("=+-@\t\r\n＝＋－＠") for cell in found.values())


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", '=HYPERLINK("x")'])
def test_a_formula_becomes_text(formula: str) -> None:
    (found,) = rows(paper(title=formula))
    assert found["title"] == f"'{formula.strip()}"


def test_a_number_stays_a_number() -> None:
    (found,) = rows(FULL)
    assert (found["year"], found["rating"]) == ("2024", "5")


def test_excel_sees_that_it_is_utf_8() -> None:
    assert EXPORT.content([], site().surroundings(directory_urls=True)).startswith(b"\xef\xbb\xbfkey,")
