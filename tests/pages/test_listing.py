"""The columns of the listing: what they declare is what templates and scripts do."""

import re
from pathlib import Path

import pytest

import mkdocs_papers
from mkdocs_papers.pages import render, summaries
from mkdocs_papers.pages.language import language
from mkdocs_papers.pages.listing import COLUMNS, Column
from mkdocs_papers.views.facets import FACETS_BY_NAME
from tests.pages.tree import tree
from tests.small import html, small_site

PACKAGE = Path(mkdocs_papers.__file__).parent
DRAWN = {column.name for column in COLUMNS if column.drawn}


def names(path: str, first: str, last: str, pattern: str) -> set[str]:
    """What a pattern finds in a part of a file of the package."""
    text = (PACKAGE / path).read_text(encoding="utf-8")
    return set(re.findall(pattern, text.partition(first)[2].partition(last)[0], re.MULTILINE))


def test_templates_and_scripts_draw_the_columns_that_are_drawn() -> None:
    assert set(re.findall(r"macro (\w+)\(", (PACKAGE / "templates/papers/cells.html").read_text("utf-8"))) == DRAWN
    assert names("assets/browse/rows.js", "const CELLS = {", "};", r"^  (\w+):") == DRAWN


def test_scripts_sort_by_each_column() -> None:
    sorted_by_name = {column.name for column in COLUMNS if not (column.facet or column.value)}
    assert names("assets/browse/order.js", "const SORTED_BY = {", "};", r"^  (\w+):") == sorted_by_name


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.name)
def test_a_column_says_what_it_shows(column: Column) -> None:
    assert not (column.value and column.facet)
    assert column.drawn or column.value or column.facet
    assert not column.facet or column.facet in FACETS_BY_NAME


def test_one_column_is_the_heading() -> None:
    assert [column.name for column in COLUMNS if column.heading] == ["title"]


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.name)
def test_a_column_is_called_as_the_language_table_says(column: Column) -> None:
    assert language("en").find(f"column.{column.name}") in (None, column.title)


def test_a_column_that_is_not_shown_moves_no_other(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for module in (summaries, render):
        monkeypatch.setattr(
            module, "COLUMNS", (Column("many", value=lambda paper: paper.year + 1, shown=False), *COLUMNS)
        )
    made = small_site(tmp_path, {"meta/2024/Quest.yaml": "paper:\n  title: Quest\n"})
    row = tree(html(made, "years/2024/")).one("tbody")
    assert [cell.text for cell in row.all("td") if cell.attributes["data-column"] == "year"] == ["2024"]
    assert "many" not in [cell.attributes["data-column"] for cell in row.all("td")]
