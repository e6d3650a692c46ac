"""Volume, number and pages, as each source and each program's file gives them."""

import json
from collections.abc import Callable, Iterator

import pytest

from mkdocs_papers.command.filling import completed, filled
from mkdocs_papers.records.schema import PaperInfo, PubBlock
from mkdocs_papers.sources import bibtex, crossref, csl_json, datacite, dblp, openalex, ris
from mkdocs_papers.sources.asking import Answer
from mkdocs_papers.sources.citation_tags import read_tags
from mkdocs_papers.sources.found import Failure, Found
from mkdocs_papers.sources.identify import Identifier, Scheme
from mkdocs_papers.sources.to_record import to_info

DOI = "10.1000/a"
OF_DOI = Identifier(Scheme.DOI, DOI)


def answer(value: object) -> Answer:
    return Answer("https://example.org/", 200, "application/json", json.dumps(value).encode())


def stated(found: Found) -> tuple[str | None, str | None, str | None]:
    pub = to_info(found).pub
    return pub.volume, pub.number, pub.pages


@pytest.mark.parametrize(
    ("more", "right"),
    [
        ({"volume": "12", "issue": "3", "page": "45-67"}, ("12", "3", "45-67")),
        ({"volume": "12", "article-number": "107404"}, ("12", None, "107404")),
        ({"page": "n/a-n/a"}, (None, None, None)),
        ({"volume": None, "issue": "", "page": 7}, (None, None, None)),
    ],
)
def test_crossref(more: dict[str, object], right: tuple[str | None, ...]) -> None:
    (found,) = crossref.read(answer({"message": {"DOI": DOI, "title": ["A"], **more}}), OF_DOI)
    assert stated(found) == right


def test_openalex_says_one_page_twice() -> None:
    biblio = {"volume": "12", "issue": None, "first_page": "45", "last_page": "45"}
    place = {"source": {"display_name": "Neuron"}, "raw_source_name": "NEURON (print)"}
    work = {"doi": f"https://doi.org/{DOI}", "title": "A", "biblio": biblio, "primary_location": place}
    (found,) = openalex.read(answer(work), OF_DOI)
    assert (stated(found), found.venue) == (("12", None, "45"), "Neuron")


def test_datacite() -> None:
    container = {"title": "Journal", "volume": "12", "issue": "3", "firstPage": "45", "lastPage": "67"}
    said = {"data": {"attributes": {"doi": DOI, "titles": [{"title": "A"}], "container": container}}}
    (found,) = datacite.read(answer(said), OF_DOI)
    assert stated(found) == ("12", "3", "45-67")


def test_dblp() -> None:
    info = {"title": "A.", "venue": "J", "year": "2024", "volume": "12", "number": "3", "pages": "1:1-1:24"}
    (found,) = dblp.read(answer({"result": {"hits": {"hit": [{"info": info}]}}}), Identifier(Scheme.TITLE, "A"))
    assert stated(found) == ("12", "3", "1:1-1:24")


def test_tags_of_a_page() -> None:
    names = {"title": "A", "volume": "12", "issue": "3", "firstpage": "45", "lastpage": "67"}
    page = "".join(f'<meta name=" Citation_{name} " content="{value}">' for name, value in names.items())
    found = read_tags(Answer("https://example.org/", 200, "text/html", page.encode()), "the page")
    assert found
    assert stated(found) == ("12", "3", "45-67")


@pytest.mark.parametrize(
    ("fields", "right"),
    [
        ("volume = 12, number = {3}, pages = {45--67}", ("12", "3", "45-67")),
        ("volume = {12}, issue = {Spring}, pages = {45 – 67}", ("12", "Spring", "45-67")),
        ("pages = {7,41,73---97}", (None, None, "7,41,73-97")),
        ("articleno = {118}, numpages = {30}", (None, None, "118")),
        ("journal = {CoRR}, volume = {abs/2406.10774}", (None, None, None)),
        ("eprint = {2406.10774}, number = {arXiv:2406.10774}, publisher = {arXiv}", (None, None, None)),
        ("eprint = {2406.10774}, journal = {TMLR}, number = {3}", (None, "3", None)),
        ("pages = {--}", (None, None, None)),
    ],
)
def test_bibtex(fields: str, right: tuple[str | None, ...]) -> None:
    (found,) = bibtex.iterate(f"@article{{a, title = {{A}}, year = 2024, {fields}}}", "a.bib")
    assert isinstance(found, Found)
    assert stated(found) == right


@pytest.mark.parametrize(
    ("tags", "right"),
    [
        (["VL  - 12", "IS  - 3", "SP  - 45", "EP  - 67"], ("12", "3", "45-67")),
        (["SP  - 45-67", "EP  - 67"], (None, None, "45-67")),
        (["SP  - 45", "EP  - 45"], (None, None, "45")),
        (["C7  - 107404"], (None, None, "107404")),
    ],
)
def test_ris(tags: list[str], right: tuple[str | None, ...]) -> None:
    (found,) = ris.iterate("\n".join(["TY  - JOUR", "TI  - A", "PY  - 2024", *tags, "ER  -"]), "a.ris")
    assert isinstance(found, Found)
    assert stated(found) == right


@pytest.mark.parametrize(
    ("item", "right"),
    [
        ({"volume": 12, "issue": "3", "page": "45–67"}, ("12", "3", "45-67")),
        ({"volume": "12", "number": "TR-7", "page-first": "45"}, ("12", "TR-7", "45")),
        ({"number": "arXiv:2406.10774", "publisher": "arXiv"}, (None, None, None)),
    ],
)
def test_csl_json(item: dict[str, object], right: tuple[str | None, ...]) -> None:
    (found,) = csl_json.iterate(json.dumps([{"title": "A", **item}]), "a.json")
    assert isinstance(found, Found)
    assert stated(found) == right


def test_gaps_are_filled_where_venue_and_year_are_the_same() -> None:
    found = Found("a.bib:1:1", title="A", venue="JMLR", year=2024, volume="25", pages="1-30")
    by = to_info(found)
    assert filled(PaperInfo(pub=PubBlock("JMLR", 2024, pages="2-30")), by, found).pub == PubBlock(
        "JMLR", 2024, "25", None, "2-30"
    )
    other = PaperInfo(pub=PubBlock("TMLR", 2024))
    assert filled(other, by, found) == PaperInfo(pub=PubBlock("TMLR", 2024), paper=by.paper)
    assert completed(Found("b", venue="JMLR", year=2024), found).volume == "25"
    assert completed(Found("b", venue="TMLR", year=2024), found).volume is None


@pytest.mark.parametrize(
    ("iterate", "text", "unsupported"),
    [
        (
            bibtex.iterate,
            "@article{a, title={A}, publisher={P}, month=may, file={a.pdf}}",
            ("publisher", "month", "file"),
        ),
        (bibtex.iterate, "@book{a, title={A}, publisher={P}, isbn={1}}", ("isbn",)),
        (ris.iterate, "TY  - JOUR\nTI  - A\nPB  - P\nSN  - 1\nER  -", ("PB", "SN")),
        (ris.iterate, "TY  - BOOK\nTI  - A\nPB  - P\nER  -", ()),
        (csl_json.iterate, '[{"title": "A", "ISBN": "1", "publisher": "P"}]', ("ISBN", "publisher")),
    ],
)
def test_fields_for_which_records_have_none(
    iterate: Callable[[str, str], Iterator[Found | Failure]], text: str, unsupported: tuple[str, ...]
) -> None:
    (found,) = iterate(text, "a")
    assert isinstance(found, Found)
    assert found.unsupported == unsupported


def test_a_page_may_name_its_authors_in_one_tag() -> None:
    tags = {
        "citation_title": "A",
        "citation_authors": "Dao, Tri; M&amp;uuml;ller, J.",
        "dc.identifier": "doi:10.1000/x",
    }
    page = "".join(f'<meta name="{name}" content="{value}">' for name, value in tags.items())
    found = read_tags(Answer("https://example.org/a", 200, "text/html", page.encode()), "the page")
    assert found
    assert (found.authors, found.doi) == (("Tri Dao", "J. Müller"), "10.1000/x")
