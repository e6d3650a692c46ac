"""CSL-JSON as it is found in the wild."""

import json
from typing import Any

import pytest

from mkdocs_papers.sources.csl_json import iterate
from mkdocs_papers.sources.found import Failure, Found, Kind
from tests.sources.recorded import parted


def read(text: str, path: str) -> tuple[tuple[Found, ...], tuple[Failure, ...]]:
    return parted(iterate(text, path))


def only(item: object) -> Found:
    (found,), failures = read(json.dumps([item]), "refs.json")
    assert failures == ()
    return found


def test_an_item() -> None:
    found = only(
        {
            "id": 7,
            "type": "paper-conference",
            "title": 'A <span class="nocase">title</span> &amp; more',
            "title-short": "Short",
            "author": [
                {"family": "Rossum", "given": "Guido", "non-dropping-particle": "van"},
                {"family": "Davis", "given": "Sammy", "suffix": "Jr."},
                {"literal": "NVIDIA"},
                {"given": "Prince"},
                {},
            ],
            "issued": {"date-parts": [["2022", 5, None]]},
            "container-title": ["ICML", "x"],
            "DOI": "10.1000/x",
            "URL": "https://example.org/x",
            "abstract": "<jats:p>One</jats:p><jats:p>Two</jats:p>",
            "keyword": "a, b",
        }
    )
    assert found.title == "A title & more"
    assert found.authors == ("Guido van Rossum", "Sammy Davis, Jr.", "NVIDIA", "Prince")
    assert (found.year, found.venue, found.kind) == (2022, "ICML", Kind.PUBLISHED)
    assert (found.doi, found.url, found.abstract) == ("10.1000/x", "https://example.org/x", "One\n\nTwo")
    assert (found.rest.paper.abbr, found.rest.keyword.words) == ("Short", ("a", "b"))
    assert (found.key, found.source) == ("7", "refs.json:1:2")


@pytest.mark.parametrize(
    ("issued", "year"),
    [
        ({"date-parts": [[None]]}, None),
        ({"date-parts": [[]]}, None),
        ({"date-parts": []}, None),
        ({"date-parts": None}, None),
        (None, None),
        ({"raw": "2019-03"}, 2019),
        ({"literal": "Spring 2019"}, 2019),
        ("2019", 2019),
        ({"date-parts": [[2019, 3, 1], [2020]]}, 2019),
        ({"date-parts": [[2019, "May"]]}, 2019),
        ({"date-parts": [2020, "5"]}, 2020),
        ({"date-parts": [["2020-05-01"]]}, 2020),
        ({"date-parts": [[20]]}, None),
        ({"date-parts": [[]], "raw": "May 2020"}, 2020),
        ([{"date-parts": [[2018]]}], 2018),
        ({"year": 2017}, 2017),
    ],
)
def test_dates(issued: Any, year: int | None) -> None:
    assert only({"title": "T", "issued": issued}).year == year


def test_a_preprint() -> None:
    item = {"type": "article", "title": "T", "publisher": "arXiv", "number": "arXiv:2205.14135", "genre": "preprint"}
    found = only(item)
    assert (found.arxiv, found.venue, found.kind) == ("2205.14135", None, Kind.PREPRINT)


@pytest.mark.parametrize("text", ['{"title": "T"}', '\ufeff[{"title": "T"}]', '{"items": [{"title": "T"}]}'])
def test_a_list_is_not_needed(text: str) -> None:
    (found,), failures = read(text, "refs.json")
    assert (found.title, failures) == ("T", ())


def test_what_is_broken_costs_its_item_alone() -> None:
    text = '[\n  {"title": "One"},\n  {"title": "B" "x"},\n  {"title": "Two"},\n  5,\n  "x", null, [1]\n]'
    found, failures = read(text, "refs.json")
    assert [each.title for each in found] == ["One", "Two"]
    assert [str(failure) for failure in failures] == [
        "refs.json:3:3: the item is not JSON (line 3, column 17); mend it and add the file again",
        "refs.json:5:3: an item is no object; write {...}",
        "refs.json:6:3: an item is no object; write {...}",
        "refs.json:6:8: an item is no object; write {...}",
        "refs.json:6:15: an item is no object; write {...}",
    ]


@pytest.mark.parametrize("text", ["[" * 100_000, "{", '[{"title": ', "[{}", "", "[", "[1,", "nothing"])
def test_whatever_stands_in_a_file_is_taken(text: str) -> None:
    read(text, "refs.json")


def test_values_of_a_wrong_type_are_gaps() -> None:
    found = only({"title": {"x": 1}, "author": "Jane Doe", "DOI": None, "container-title": [], "keyword": ["a", 1]})
    assert (found.title, found.authors, found.doi, found.venue) == (None, ("Jane Doe",), None, None)
    assert found.rest.keyword.words == ("a", "1")


def test_subtitles_and_editors_stand_for_themselves() -> None:
    editor = {"family": "Ed", "given": "I."}
    items = [{"type": "book", "title": "A", "subtitle": ["B"], "editor": [editor], "publisher": "P", "ISBN": "1"}]
    (found,) = iterate(json.dumps(items), "a.json")
    assert isinstance(found, Found)
    assert (found.title, found.authors, found.venue, found.unsupported) == ("A: B", ("I. Ed",), "P", ("ISBN",))


@pytest.mark.parametrize(
    ("text", "titles", "failed"),
    [
        ('{"title": "a"}\n{"title": "b"}\n', ["a", "b"], 0),
        ('[{"title": "a"}]\n[{"title": "b"}, {"title": "c"}]', ["a", "b", "c"], 0),
        ('{"version": 1, "items": [{"title": "a"}, {"title": "b"}], "total": 2}', ["a", "b"], 0),
        ('{"references": []}', [], 0),
        ('{"status": "ok", "message": {"facets": {}, "items": [{"title": ["a"]}], "query": {}}}', ["a"], 0),
        ('{"status": "ok", "message-type": "work", "message": {"title": ["a"], "DOI": "10.1/x"}}', ["a"], 0),
        ('[{"title": "a"}, {"title": "b" x, "author": [{"family": "L"}]}, {"title": "c"}]', ["a", "c"], 1),
        ('[\n {\n  "title": "b" x,\n  "a": [\n   {"family": "L"}\n  ]\n },\n {"title": "c"}\n]', ["c"], 1),
        ('[{"title": "a"}, {"title": "b', ["a"], 1),
        ('[{"title": "a"}] and more', ["a"], 1),
        ('[{"title": "a"}, null, 5, "x"]', ["a"], 3),
    ],
)
def test_what_came_in_is_found_or_named_as_failed(text: str, titles: list[str], failed: int) -> None:
    found, failures = read(text, "refs.json")
    assert [each.title for each in found] == titles
    assert len(failures) == failed


def test_numbers_are_texts_too() -> None:
    found = only({"title": "a", "volume": 12.5, "issue": 3.0, "page": 7, "issued": {"date-parts": [[2020.0, 5.0]]}})
    assert (found.volume, found.number, found.pages, found.year) == ("12.5", "3", "7", 2020)


def test_half_a_character_and_what_nobody_sees() -> None:
    (found,), _ = read(r'[{"title": "a\ud800b\u00adc\u200b\u0007d", "author": [{"family": "L\udc00"}]}]', "refs.json")
    assert found.title == "a\ufffdbcd".replace("\ufffd", "?")
    assert found.authors == ("L?",)


@pytest.mark.parametrize(
    ("words", "venue"),
    [
        ({"event": {"name": "ICML"}}, "ICML"),
        ({"container-title-short": "Nat. Commun."}, "Nat. Commun."),
        ({"journalAbbreviation": "Nat. Commun."}, "Nat. Commun."),
    ],
)
def test_venues_in_other_places(words: dict[str, Any], venue: str) -> None:
    found = only({"title": "T", "article-number": "e12", **words})
    assert (found.venue, found.pages) == (venue, "e12")


def test_quotes_that_nothing_closes_are_not_each_followed_to_the_end() -> None:
    """Minutes would pass."""
    found, failures = read('{"title": ' + '\\"' * 200_000 + '\n}, {"title": "B"}', "x.json")
    assert ([each.title for each in found], len(failures)) == (["B"], 1)


@pytest.mark.parametrize(("kind", "venue"), [("standard", "ISO"), ("report", "ISO"), ("article-journal", None)])
def test_the_publisher_is_the_venue_of_what_it_publishes_by_itself(kind: str, venue: str | None) -> None:
    assert only({"type": kind, "title": "T", "publisher": "ISO"}).venue == venue


@pytest.mark.parametrize(
    ("item", "said"),
    [
        ({"note": "Read twice.\nDOI: 10.5555/a_b\nPMID: 1"}, {"doi": "10.5555/a_b"}),
        ({"note": "doi: https://doi.org/10.5555/a", "DOI": "10.5555/own"}, {"doi": "10.5555/own"}),
        ({"note": "DOI: 10.48550/arXiv.2301.00001"}, {"arxiv": "2301.00001", "doi": None}),
        ({"note": "Extends the paper of DOI: 10.5555/a"}, {"doi": None}),
        ({"author": "Doe, Jane"}, {"authors": ("Jane Doe",)}),
        ({"author": ["Doe, Jane", {"literal": "Doe, Roe and Sons"}]}, {"authors": ("Jane Doe", "Doe, Roe and Sons")}),
    ],
)
def test_what_stands_in_another_place_than_its_own(item: dict[str, Any], said: dict[str, Any]) -> None:
    found = only({"title": "T", **item})
    assert {name: getattr(found, name) for name in said} == said
