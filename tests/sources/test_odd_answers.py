"""Whatever an answer holds, it is read or said to be unreadable; what is read makes a record that can be read."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.command.placing import LibraryRecords, Placed, Wanted
from mkdocs_papers.library.model import Library
from mkdocs_papers.library.settings import Keyword, Settings
from mkdocs_papers.records.read import read_record
from mkdocs_papers.sources import crossref, datacite, dblp, openalex, openreview, page, semantic_scholar
from mkdocs_papers.sources.asking import Answer, Unanswered
from mkdocs_papers.sources.found import Found, Kind
from mkdocs_papers.sources.identify import Identifier, Scheme
from mkdocs_papers.sources.source import Source
from tests.sources.recorded import FLASH_AUTHORS, crossref_work, datacite_of_arxiv, joined, openalex_work

DOI = Identifier(Scheme.DOI, "10.5555/flash")
ARXIV = Identifier(Scheme.ARXIV, "2205.14135")
FORUM = Identifier(Scheme.OPENREVIEW, "abc")
HIT = {"authors": {"author": {"text": "H. D. Block"}}, "title": "A Review.", "venue": "Inf. Control.", "year": "1970"}
NOTE = {
    "id": "abc",
    "pdate": 1_700_000_000_000,
    "content": {"title": {"value": "T"}, "venue": {"value": "ICLR 2023 poster"}},
}

SHAPES: tuple[tuple[Source, Identifier, Any], ...] = (
    (
        crossref.SOURCE,
        DOI,
        {"message": {"DOI": DOI.value, **crossref_work(abstract="<jats:p>A</jats:p>", subtitle=["S"])}},
    ),
    (datacite.SOURCE, ARXIV, {"data": {"attributes": {"doi": f"10.48550/arxiv.{ARXIV.value}", **datacite_of_arxiv()}}}),
    (
        openalex.SOURCE,
        DOI,
        {"doi": f"https://doi.org/{DOI.value}", **openalex_work(abstract_inverted_index={"A": [0]})},
    ),
    (semantic_scholar.SOURCE, ARXIV, joined(ArXiv=ARXIV.value, DOI=DOI.value, venue="ICLR")),
    (dblp.SOURCE, Identifier(Scheme.TITLE, "A Review"), {"result": {"hits": {"hit": [{"info": HIT}]}}}),
    (openreview.SOURCE, FORUM, {"notes": [NOTE]}),
)

ODD = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20)
VALUES = ODD | st.lists(ODD, max_size=3) | st.dictionaries(st.text(max_size=5), ODD, max_size=3)

SETTINGS = Settings(Path("/nowhere"), keywords={"kv_cache": Keyword("kv_cache", "KV Cache")})


def paths(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Where each value stands in JSON."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, each in inner for found in paths(each, (*path, key)))]


def replaced(value: Any, path: tuple[str | int, ...], new: Any) -> Any:
    """The same with another value at a path."""
    if not path:
        return new
    changed = copy.copy(value)
    changed[path[0]] = replaced(value[path[0]], path[1:], new)
    return changed


@pytest.mark.parametrize(("source", "identifier", "shape"), SHAPES, ids=lambda each: getattr(each, "name", ""))
@given(data=st.data())
def test_any_value_may_be_any_other(source: Source, identifier: Identifier, shape: Any, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(0, 2))):
        shape = replaced(shape, data.draw(st.sampled_from(paths(shape))), data.draw(VALUES))
    answer = Answer("https://example.org/", 200, "application/json", json.dumps(shape).encode())
    try:
        papers = source.read(answer, identifier)
    except Unanswered:
        return
    for paper in papers:
        for format_ in ("prototxt", "yaml"):
            placed = LibraryRecords(Library({}, {}), SETTINGS, Wanted(format=format_)).place(paper)
            if isinstance(placed, Placed):
                record = read_record(placed.path, "x", placed.text.encode("utf-8", "surrogatepass")).record
                assert record
                assert record.info == placed.info


def test_two_authors_of_one_name_are_two() -> None:
    work = crossref_work(authors=(*FLASH_AUTHORS, "Tri Dao"))
    answer = Answer("", 200, "", json.dumps({"message": {"DOI": DOI.value, **work}}).encode())
    assert crossref.read(answer, DOI)[0].authors == (*FLASH_AUTHORS, "Tri Dao")


def test_a_subtitle_belongs_to_the_title_and_a_translation_does_not() -> None:
    titles = [
        {"title": "Titel", "titleType": "TranslatedTitle"},
        {"title": "A"},
        {"title": "B", "titleType": "Subtitle"},
    ]
    said = {"data": {"attributes": {"doi": "10.1000/a", "titles": titles}}}
    (found,) = datacite.read(Answer("", 200, "", json.dumps(said).encode()), Identifier(Scheme.DOI, "10.1000/a"))
    assert found.title == "A: B"


def test_names_as_papers_print_them_may_begin_with_the_family() -> None:
    work = {"doi": "https://doi.org/10.1000/a", "title": "A", "authorships": [{"raw_author_name": "Smith, John"}]}
    (found,) = openalex.read(Answer("", 200, "", json.dumps(work).encode()), Identifier(Scheme.DOI, "10.1000/a"))
    assert found.authors == ("John Smith",)


def read_json(source: Source, said: Any, identifier: Identifier = DOI) -> Found:
    """The one paper of an answer in JSON."""
    (found,) = source.read(
        Answer("https://example.org/", 200, "application/json", json.dumps(said).encode()), identifier
    )
    return found


def person_name(name: str, given: str, family: str) -> dict[str, str]:
    return {"name": name, "givenName": given, "familyName": family}


def person(given: str, family: str) -> dict[str, str]:
    return {"given": given, "family": family}


@pytest.mark.parametrize(
    ("work", "said"),
    [
        (
            {"container-title": ["Springer Proceedings in Mathematics & Statistics", "Quasi-Monte Carlo"]},
            {"venue": "Quasi-Monte Carlo"},
        ),
        ({"container-title": [], "short-container-title": ["Nat. Commun."]}, {"venue": "Nat. Commun."}),
        ({"title": [], "original-title": ["Über Wärme"]}, {"title": "Über Wärme"}),
        (
            {"type": "posted-content", "container-title": [], "publisher": "Research Square"},
            {"venue": "Research Square"},
        ),
        ({"title": ["RETRACTED ARTICLE: A"]}, {"kind": Kind.WITHDRAWN}),
        (
            {"abstract": "<jats:p>In this\n   paper we\n  measure.</jats:p>\n<jats:p>It works.</jats:p>"},
            {"abstract": "In this paper we measure.\n\nIt works."},
        ),
        (
            {"abstract": '<jats:p>See <jats:ext-link xlink:href="https://github.com/a/b">it</jats:ext-link></jats:p>'},
            {"abstract": "See it", "codes": (("https://github.com/a/b", "the abstract"),)},
        ),
        ({"updated-by": [{"type": "retraction", "DOI": "10.5555/r"}]}, {"kind": Kind.WITHDRAWN}),
        ({"DOI": DOI.value.upper()}, {"doi": DOI.value}),
        (
            {"type": "posted-content", "container-title": [], "institution": [{"name": "bio\nRxiv"}]},
            {"venue": "bio Rxiv"},
        ),
        (
            {"type": "posted-content", "container-title": [], "group-title": "Group", "publisher": "P"},
            {"venue": "Group"},
        ),
        ({"updated-by": [{"type": "correction", "DOI": "10.5555/r"}]}, {"kind": Kind.PUBLISHED}),
        ({"type": "edited-book", "author": [], "editor": [person("Eve", "Ed")]}, {"authors": ("Eve Ed",)}),
        (
            {"author": [person("Jane,", "Doe*,"), person("Jim", "Roe†"), person("Sammy", "Davis Jr.")]},
            {"authors": ("Jane Doe", "Jim Roe", "Sammy Davis, Jr.")},
        ),
    ],
)
def test_odd_works_of_crossref(work: dict[str, Any], said: dict[str, Any]) -> None:
    found = read_json(crossref.SOURCE, {"message": {"DOI": DOI.value, **crossref_work(), **work}})
    assert {name: getattr(found, name) for name in said} == said


@pytest.mark.parametrize(
    ("attributes", "said"),
    [
        (
            {"titles": [{"title": "Warum?", "lang": "de"}, {"title": "Why?", "lang": "en"}], "language": "en"},
            {"title": "Why?"},
        ),
        ({"titles": [{"title": "Why?"}, {"title": "So", "titleType": "Subtitle"}]}, {"title": "Why? So"}),
        ({"titles": [{"title": "A: B"}, {"title": "B", "titleType": "Subtitle"}]}, {"title": "A: B"}),
        (
            {"publisher": "(:unav)", "creators": [{"name": "(:unkn) unknown"}, {"name": "Doe, J"}]},
            {"venue": None, "authors": ("J Doe",)},
        ),
        ({"types": {"resourceTypeGeneral": "Preprint"}}, {"kind": Kind.PREPRINT}),
        ({"types": {"resourceTypeGeneral": "JournalArticle"}}, {"kind": Kind.PUBLISHED}),
        (
            {"descriptions": [{"description": "Code: https://github.com/a/b", "descriptionType": "Abstract"}]},
            {"codes": (("https://github.com/a/b", "the abstract"),)},
        ),
        (
            {"container": {"volume": "3", "issue": "2", "firstPage": "1", "lastPage": "9"}},
            {"volume": "3", "number": "2", "pages": "1-9"},
        ),
        ({"creators": [{"name": "Doe, J"}, {"name": "et al."}, {"name": ":"}]}, {"authors": ("J Doe",)}),
        ({"creators": [{"name": "Doe, J.", "familyName": "Doe", "givenName": None}]}, {"authors": ("J. Doe",)}),
        ({"creators": [{"familyName": "Doe"}]}, {"authors": ("Doe",)}),
        ({"descriptions": [{"description": "A.", "descriptionType": None}]}, {"abstract": "A."}),
        (
            {"descriptions": [{"description": '<p>See <a href="https://github.com/a/b">it</a></p>'}]},
            {"abstract": "See it", "codes": (("https://github.com/a/b", "the abstract"),)},
        ),
        ({"creators": [{"name": "Institute for Physics, Kiln"}]}, {"authors": ("Institute for Physics, Kiln",)}),
        (
            {
                "publisher": {"name": "Zenodo"},
                "creators": [{"name": "Kiln,\n Institute", "nameType": "Organizational"}],
            },
            {"venue": "Zenodo", "authors": ("Kiln, Institute",)},
        ),
        (
            {"container": {"title": "J"}, "publisher": "P", "creators": [person_name("Doe, X", "Jane", "Doe")]},
            {"venue": "J", "authors": ("Jane Doe",)},
        ),
        ({"creators": [{"name": "A", "affiliation": [{"name": "MIT"}, "ETH"]}]}, {"institutions": ("MIT", "ETH")}),
    ],
)
def test_odd_records_of_datacite(attributes: dict[str, Any], said: dict[str, Any]) -> None:
    found = read_json(datacite.SOURCE, {"data": {"attributes": {"doi": DOI.value, **attributes}}})
    assert {name: getattr(found, name) for name in said} == said


def test_datacite_has_what_authors_say_of_a_preprint() -> None:
    about = "Withdrawn by the authors; code at https://github.com/a/b"
    descriptions = [
        {"description": about, "descriptionType": "Other"},
        {"description": "A.", "descriptionType": "Abstract"},
    ]
    work = {
        "doi": f"10.48550/arxiv.{ARXIV.value}",
        **datacite_of_arxiv(descriptions=descriptions, creators=[{"name": "{NVIDIA}"}]),
    }
    found = read_json(datacite.SOURCE, {"data": {"attributes": work}}, ARXIV)
    assert (found.abstract, found.comment, found.kind) == ("A.", about, Kind.WITHDRAWN)
    assert found.authors == ("NVIDIA",)
    assert found.codes == (("https://github.com/a/b", "arXiv's comment"),)


def test_names_in_capitals_and_with_marks_of_affiliations() -> None:
    said = [("TRI DAO", "Tri Dao"), ("Atri Rudra 1,2", "Atri Rudra"), ("and Stefano Ermon*", "Stefano Ermon")]
    authorships = [{"raw_author_name": raw, "author": {"display_name": name}} for raw, name in said]
    work = {"doi": f"https://doi.org/{DOI.value}", **openalex_work(authorships=authorships)}
    assert read_json(openalex.SOURCE, work).authors == ("Tri Dao", "Atri Rudra", "Stefano Ermon")


def test_nobody_is_called_anonymous() -> None:
    content = {"title": "T", "authors": ["Anonymous", "Wei Wang 0001"]}
    found = read_json(openreview.SOURCE, {"notes": [{"id": "abc", "forum": "abc", "content": content}]}, FORUM)
    assert found.authors == ("Wei Wang",)


@pytest.mark.parametrize(
    ("tags", "said"),
    [
        (
            {"citation_authors": "Jane Doe, Richard Roe, Guido van Rossum"},
            {"authors": ("Jane Doe", "Richard Roe", "Guido van Rossum")},
        ),
        ({"citation_authors": "Jane Doe, Richard Roe"}, {"authors": ("Jane Doe", "Richard Roe")}),
        ({"citation_author": "García Márquez, Gabriel José"}, {"authors": ("Gabriel José García Márquez",)}),
        ({"citation_author": " ", "dc.creator": "Jane Doe"}, {"authors": ("Jane Doe",)}),
        ({"dc.creator": "Jane Doe", "dc.date": "2020-05-01"}, {"authors": ("Jane Doe",), "year": 2020}),
        (
            {"prism.publicationname": "J", "prism.publicationdate": "2019-01", "prism.doi": "10.1000/a"},
            {"venue": "J", "year": 2019, "doi": "10.1000/a"},
        ),
        *(
            ({name: "Somewhere"}, {"venue": "Somewhere", "kind": Kind.PUBLISHED})
            for name in (
                "citation_conference_title",
                "citation_journal_title",
                "citation_inbook_title",
                "citation_book_title",
                "citation_conference",
                "prism.publicationname",
                "citation_technical_report_institution",
            )
        ),
        *(
            ({name: "12 May 2019"}, {"year": 2019})
            for name in (
                "citation_publication_date",
                "citation_date",
                "citation_year",
                "citation_online_date",
                "dc.date",
            )
        ),
        (
            {"citation_dissertation_institution": "MIT", "citation_article_number": "e12"},
            {"venue": "MIT", "pages": "e12"},
        ),
    ],
)
def test_odd_tags_of_pages(tags: dict[str, str], said: dict[str, Any]) -> None:
    page_ = "".join(
        f'<meta name="{name}" content="{value}">' for name, value in {"citation_title": "T", **tags}.items()
    )
    answer = Answer("https://example.org/", 200, "text/html", page_.encode())
    (found,) = page.SOURCE.read(answer, Identifier(Scheme.PAGE, "https://example.org/"))
    assert {name: getattr(found, name) for name in said} == said


def test_a_preprint_names_what_was_published_of_it() -> None:
    work = crossref_work(relation={"is-preprint-of": [{"id": "https://doi.org/10.1000/B", "id-type": "doi"}]})
    answer = Answer("", 200, "", json.dumps({"message": {"DOI": DOI.value, **work}}).encode())
    assert crossref.read(answer, DOI)[0].published_doi == "10.1000/B"


def test_the_identifier_of_a_venue_may_say_that_a_paper_was_withdrawn() -> None:
    content = {**NOTE["content"], "venueid": {"value": "ICLR.cc/2023/Conference/Withdrawn_Submission"}}  # type: ignore[dict-item] # a mapping
    answer = Answer("", 200, "", json.dumps({"notes": [{**NOTE, "content": content}]}).encode())
    assert openreview.read(answer, FORUM)[0].kind is Kind.WITHDRAWN


def test_the_venue_itself_may_say_so_and_its_identifier_alone_says_no_more() -> None:
    def kind(**more: object) -> Kind:
        content = {**NOTE["content"], **more}  # type: ignore[dict-item] # a mapping
        answer = Answer("", 200, "", json.dumps({"notes": [{**NOTE, "content": content}]}).encode())
        return openreview.read(answer, FORUM)[0].kind

    assert kind(venue="ICLR 2023 Conference Withdrawn Submission") is Kind.WITHDRAWN
    assert kind(venueid="ICLR.cc/2023", abstract="A withdrawn guard.") is Kind.PUBLISHED


@pytest.mark.parametrize("source", [crossref.SOURCE, datacite.SOURCE, openalex.SOURCE, semantic_scholar.SOURCE])
def test_names_stand_on_one_line(source: Source) -> None:
    name = "Jane\n  Doe"
    shapes: dict[Source, Any] = {
        crossref.SOURCE: {"message": {"DOI": DOI.value, **crossref_work(author=[{"name": name}])}},
        datacite.SOURCE: {"data": {"attributes": {"doi": DOI.value, "creators": [{"name": name}]}}},
        openalex.SOURCE: {
            "doi": f"https://doi.org/{DOI.value}",
            **openalex_work(authorships=[{"raw_author_name": name}]),
        },
        semantic_scholar.SOURCE: {"title": "T", "authors": [{"name": name}]},
    }
    assert read_json(source, shapes[source]).authors == ("Jane Doe",)


def test_an_answer_of_another_kind_is_named_by_what_was_expected() -> None:
    answer = Answer("https://example.org/", 200, "text/html", b"<p>no")
    with pytest.raises(Unanswered, match=r"\bJSON\b"):
        crossref.SOURCE.read(answer, DOI)
