"""What is declared of pages, columns, views and fields holds together: a slip is named here, not found on a page."""

from collections import Counter
from collections.abc import Iterable

import pytest

from mkdocs_papers.pages.exports.registry import EXPORTS
from mkdocs_papers.pages.indices import INDICES, indices
from mkdocs_papers.pages.language import language
from mkdocs_papers.pages.listing import COLUMNS
from mkdocs_papers.pages.page_source import Content
from mkdocs_papers.records.schema import PaperInfo, fields, leaves
from mkdocs_papers.views.facets import FACETS
from mkdocs_papers.views.view import VIEWS, VIEWS_BY_NAME, View
from tests.pages.papers import FULL, site
from tests.sites import ROOT

TEMPLATES = ROOT / "plugins" / "mkdocs_papers" / "templates" / "papers"
# A dataclass with slots is made anew from the class as it is written, so that each stands there twice.
KINDS = {kind.__name__: kind for kind in Content.__subclasses__()}
BLOCKS = [PaperInfo, *(field.block for field in fields().values() if field.block)]


def twice(names: Iterable[object]) -> list[object]:
    return [name for name, times in Counter(names).items() if times > 1]


def test_a_kind_of_page_has_a_template_of_its_own() -> None:
    templates = [kind.template for kind in KINDS.values()]
    assert "paper.html" in templates
    assert twice(templates) == []
    assert [name for name in templates if not (TEMPLATES / name).is_file()] == []


def test_an_index_stands_in_the_menu_and_its_other_pages_do_not() -> None:
    made = site(FULL)
    first = [next(iter(sources(made))) for sources in INDICES]
    assert first
    assert all(source.address.index and source.section == "" for source in first)
    sections = {source.address.path for source in indices(made) if source.section == ""}
    assert {source.section for source in made.sources()} - {""} <= sections


def test_names_are_given_once() -> None:
    assert twice(column.name for column in COLUMNS) == []
    assert twice(view.name for view in VIEWS) == []
    assert twice(facet.name for facet in FACETS) == []
    assert twice([export.name for export in EXPORTS] + [export.file for export in EXPORTS]) == []


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.__name__)
def test_a_number_is_given_to_one_field(block: type) -> None:
    assert twice(field.number for field in fields(block).values()) == []


def test_marks_name_exports() -> None:
    marked = {name for field in leaves().values() for name in field.exported}
    assert marked == {export.name for export in EXPORTS}


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_a_view_names_views_and_words(view: View) -> None:
    assert set(view.co_occurring) <= VIEWS_BY_NAME.keys()
    if view.words:
        assert any(key.startswith(f"{view.words}.") for key in language("en").texts)
