"""Names in capitals, and those that have to stay in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.sources.bibtex import iterate
from mkdocs_papers.sources.capitals import as_written
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
    assert as_written(names.split("; ")) == tuple(written.split("; "))


@pytest.mark.parametrize("names", ["NASA", "GPT TEAM", "VASWANI A; SHAZEER N", "Jane Doe; JOHN SMITH", "王小明", ""])
def test_where_it_is_not_certain_they_stay(names: str) -> None:
    assert as_written(names.split("; ")) == tuple(names.split("; "))


@given(st.lists(st.text("ABEJR. -,'ÉaeßⅣ王", max_size=12), max_size=4))
def test_nothing_but_the_case_of_letters_changes(names: list[str]) -> None:
    written = as_written(names)
    for name, before in zip(written, names, strict=True):
        assert name.casefold().split() == before.casefold().split()
    assert as_written(written) == written


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("VASWANI A", "SHAZEER NM"), ("A Vaswani", "NM Shazeer")),
        (("van der Berg A.", "Doe J.-P."), ("A. van der Berg", "J.-P. Doe")),
        (("Wei LI", "Jun XU"), ("Wei LI", "Jun XU")),
        (("Malcolm X",), ("Malcolm X",)),
        (("Vaswani A", "Noam Shazeer"), ("Vaswani A", "Noam Shazeer")),
    ],
)
def test_initials_behind_all_families_go_before_them(names: tuple[str, ...], said: tuple[str, ...]) -> None:
    assert read(f"@article{{x, title = {{A}}, author = {{{' and '.join(names)}}}, year = 2024}}") == said


@pytest.mark.parametrize(("key", "name"), [("smith", "John Smith"), ("2024/Quest", "JOHN SMITH")])
def test_what_comes_from_a_library_has_the_names_that_a_person_wrote(key: str, name: str) -> None:
    assert read(f"@article{{{key}, title = {{A}}, author = {{SMITH, JOHN}}, year = 2024}}") == (name,)


def read(text: str) -> tuple[str, ...]:
    """The authors of the one entry."""
    (found,) = iterate(text, "refs.bib")
    assert isinstance(found, Found)
    return found.authors
