"""Names in capitals, and those that have to stay in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.sources.bibtex import iterate
from mkdocs_papers.sources.capitals import without_capitals
from mkdocs_papers.sources.found import Found


@pytest.mark.parametrize(
    ("names", "written"),
    [
        ("JOHN SMITH; PIETER VAN DER BERG", "John Smith; Pieter van der Berg"),
        ("JEAN-PAUL O'BRIEN; IAN MCDONALD; D'ANGELO ROSSI", "Jean-Paul O'Brien; Ian McDonald; D'Angelo Rossi"),
        ("J. R. R. TOLKIEN; JRR TOLKIEN; JA SMITH; A DA VINCI", "J. R. R. Tolkien; JRR Tolkien; JA Smith; A da Vinci"),
        ("LI XU; WEI WANG; QUOC V. LE; ANDREW NG", "Li Xu; Wei Wang; Quoc V. Le; Andrew Ng"),
        ("SAMMY DAVIS, JR.; ÉMILE ZOLA; HENRY FORD III", "Sammy Davis, Jr.; Émile Zola; Henry Ford III"),
        ("NASA; ATLAS COLLABORATION; MARIE CURIE", "NASA; ATLAS COLLABORATION; Marie Curie"),
    ],
)
def test_names_in_capitals_are_written_as_people_write_them(names: str, written: str) -> None:
    assert without_capitals(names.split("; ")) == tuple(written.split("; "))


@pytest.mark.parametrize("names", ["NASA", "GPT TEAM", "VASWANI A; SHAZEER N", "Jane Doe; JOHN SMITH", "王小明", ""])
def test_where_it_is_not_certain_they_stay(names: str) -> None:
    assert without_capitals(names.split("; ")) == tuple(names.split("; "))


@given(st.lists(st.text("ABEJR. -,'ÉaeßⅣ王", max_size=12), max_size=4))
def test_nothing_but_the_case_of_letters_changes(names: list[str]) -> None:
    written = without_capitals(names)
    for name, before in zip(written, names, strict=True):
        assert name.casefold().split() == before.casefold().split()
    assert without_capitals(written) == written


def test_a_file_has_the_names_as_its_owner_wants_them() -> None:
    """What a library exports comes back as it was."""
    (found,) = iterate("@article{x, title = {A}, author = {SMITH, JOHN and Vaswani A}, year = 2024}", "refs.bib")
    assert isinstance(found, Found)
    assert found.authors == ("JOHN SMITH", "Vaswani A")
