"""The facets of the browse page."""

import re

import pytest

from mkdocs_papers.library.model import Attachment, Baseline, Code
from mkdocs_papers.pages.language import language
from mkdocs_papers.records.schema import Status
from mkdocs_papers.views.facets import FACETS, FACETS_BY_NAME, Facet
from mkdocs_papers.views.view import VIEWS, Kind
from tests.pages.papers import paper


def facet(name: str) -> Facet:
    return next(facet for facet in FACETS if facet.name == name)


def test_every_view_is_a_facet() -> None:
    assert [facet.view for facet in FACETS if facet.view] == list(VIEWS)


@pytest.mark.parametrize("facet", FACETS, ids=lambda facet: facet.name)
def test_a_facet_is_called_as_the_language_table_says(facet: Facet) -> None:
    assert language("en").find(facet.title) in {None, facet.english}


def test_identifiers_are_called_so_in_every_language() -> None:
    for name, title in (("arxiv", "arXiv"), ("doi", "DOI")):
        assert FACETS_BY_NAME[name].english == title
        assert language("en").find(FACETS_BY_NAME[name].title) is None


def test_names_are_words_of_a_query() -> None:
    names = [facet.name for facet in FACETS]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch("[a-z]+", name) for name in names)


def test_plain_words_look_into_what_papers_are_known_by() -> None:
    searched = {facet.name for facet in FACETS if facet.searched}
    assert searched >= {"venue", "year", "keyword", "author", "institution"}
    assert not searched & {"status", "rating", "has", "baseline", "arxiv", "doi"}


def test_years_are_a_range() -> None:
    assert facet("year").kind is Kind.RANGE


def test_values() -> None:
    full = paper(
        rating=4,
        status=Status.READING,
        note=Attachment("2024/Quest/note.md"),
        code=Code("", "https://code.example/"),
        cover=Attachment("2024/Quest/cover.svg"),
        baselines=(Baseline("H2O", "2023/H2O"), Baseline("TOVA"), Baseline("TOVA")),
    )
    assert facet("rating").values(full, None) == ("4",)
    assert facet("status").values(full, None) == ("reading",)
    assert facet("has").values(full, None) == ("note", "code", "cover")
    assert facet("baseline").values(full, None) == ("2023/H2O", "TOVA")


def test_a_bare_paper_has_nothing() -> None:
    bare = paper(cover=Attachment(address="https://elsewhere.example/cover.png"))
    assert [facet.name for facet in FACETS if facet.values(bare, None)] == ["year", "lacks", "published"]


@pytest.mark.parametrize(
    ("venue", "arxiv", "place"),
    [
        *[(name, None, "preprint") for name in ("arXiv", "bioRxiv", "ChemRxiv", "CoRR", "medRxiv", "Preprint")],
        *[(name, None, "preprint") for name in ("PsyArXiv", "SSRN", "TechRxiv")],
        ("ICML", "2406.10774", "published"),
        (None, "2406.10774", "preprint"),
        (None, None, None),
    ],
)
def test_whether_a_paper_is_a_preprint(venue: str | None, arxiv: str | None, place: str | None) -> None:
    assert facet("place").values(paper(venue=venue, arxiv=arxiv), None) == ((place,) if place else ())
