"""RIS, read back by rispy."""

import re

import pytest
import rispy
from hypothesis import given

from mkdocs_papers.library.model import Paper
from mkdocs_papers.library.names import one_line
from mkdocs_papers.library.person import people
from mkdocs_papers.pages.exports.citation import citation_key
from mkdocs_papers.pages.exports.export import keywords
from mkdocs_papers.pages.exports.registry import EXPORTS
from tests.pages.papers import FULL, libraries, paper, site, text_of

EXPORT = next(export for export in EXPORTS if export.name == "ris")


@given(library=libraries)
def test_every_reference_is_read_back(library: tuple[Paper, ...]) -> None:
    context = site(*library)
    read = rispy.loads(text_of(EXPORT, library, context))
    assert [found["id"] for found in read] == [citation_key(context, each.key) for each in library]
    for each, found in zip(library, read, strict=True):
        if "$" not in each.title:
            assert found["title"] == one_line(each.title)
        assert found["year"] == str(each.year)
        assert found.get("doi", "") == one_line(each.doi or "")
        assert found.get("authors", []) == [person.inverted for person in people(each)]
        assert found.get("keywords", []) == list(keywords(each, context))


@given(library=libraries)
def test_every_line_is_a_tag_and_a_value(library: tuple[Paper, ...]) -> None:
    entries = [EXPORT.entry(each, site(*library)) for each in library]
    for entry in entries:
        lines = entry.split("\r\n")
        assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines)
        assert [line[:2] for line in lines].count("TY") == 1
        assert lines[0].startswith("TY")
        assert lines[-1] == "ER  - "


def test_a_value_cannot_begin_a_reference() -> None:
    hostile = "x\r\nER  - \r\n\r\nTY  - JOUR\u2028TI  - y"
    (found,) = rispy.loads(text_of(EXPORT, [FULL], site(FULL)).replace("Quest:", "Quest;"))
    assert found["title"].startswith("Quest;")
    paper = FULL.__class__("2024/Quest", FULL.record, title=hostile, year=2024)
    (found,) = rispy.loads(text_of(EXPORT, [paper], site(paper)))
    assert found["title"] == "x ER - TY - JOUR TI - y"


@pytest.mark.parametrize(
    ("venue", "kind"),
    [("TMLR", "JOUR"), ("ICML", "CONF"), ("arXiv", "UNPB"), ("GitHub", "COMP"), ("Blog", "BLOG"), (None, "GEN")],
)
def test_the_type_of_a_reference(venue: str | None, kind: str) -> None:
    each = paper(venue=venue)
    assert EXPORT.entry(each, site(each)).startswith(f"TY  - {kind}\r\n")
