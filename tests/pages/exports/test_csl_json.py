"""CSL-JSON, held to its schema."""

import json

import pytest
from hypothesis import given

from mkdocs_papers.library.model import Paper
from mkdocs_papers.library.names import one_line
from mkdocs_papers.pages.exports.citation import citation_key
from mkdocs_papers.pages.exports.publication import VENUES, form, form_of
from mkdocs_papers.pages.exports.registry import EXPORTS
from tests.pages.papers import FULL, libraries, paper, site, text_of

EXPORT = next(export for export in EXPORTS if export.name == "csl-json")

# What CSL 1.0.2's JSON schema allows, as far as a list of papers can need it.
TYPES = {
    "article", "article-journal", "article-magazine", "article-newspaper", "book", "chapter", "dataset", "document",
    "entry", "manuscript", "paper-conference", "patent", "post", "post-weblog", "report", "review", "software",
    "speech", "standard", "thesis", "webpage",
}  # fmt: skip
TEXTS = {
    "id", "type", "title", "title-short", "container-title", "publisher", "genre", "number", "DOI", "URL", "abstract",
    "keyword", "note", "volume", "issue", "page",
}  # fmt: skip
NAMES = {"family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal"}


@given(library=libraries)
def test_every_entry_fits_the_schema(library: tuple[Paper, ...]) -> None:
    context = site(*library)
    read = json.loads(text_of(EXPORT, library, context))
    assert [found["id"] for found in read] == [citation_key(context, each.key) for each in library]
    for found in read:
        assert found["type"] in TYPES
        assert found.keys() <= TEXTS | {"author", "issued"}
        assert all(isinstance(value, str) and value for name, value in found.items() if name in TEXTS)
        for name in found.get("author", []):
            assert name.keys() <= NAMES
            assert all(isinstance(part, str) and part for part in name.values())
            assert ("literal" in name) != ("family" in name)
        assert [[type(part) for part in date] for date in found["issued"]["date-parts"]] == [[int]]


@given(library=libraries)
def test_texts_are_the_papers_own(library: tuple[Paper, ...]) -> None:
    context = site(*library)
    for each, found in zip(library, json.loads(text_of(EXPORT, library, context)), strict=True):
        if "$" not in each.title:
            assert found["title"] == one_line(each.title)
        assert found.get("DOI", "") == one_line(each.doi or "")
        assert found["issued"] == {"date-parts": [[each.year]]}
        assert len(found.get("author", ())) == len(each.authors)


@pytest.mark.parametrize("venue", ["ICML", "JMLR", "arXiv", "GitHub", "Blog", None])
def test_each_form_of_publication_has_words_in_every_format(venue: str | None) -> None:
    published = form_of(paper(venue=venue))
    assert published.csl in TYPES
    assert published.csl_venue in TEXTS


def test_each_form_is_reached() -> None:
    assert {form for _, form in VENUES} == {form(venue) for venue in ("JMLR", "arXiv", "GitHub", "Blog")}


def test_keywords_are_in_the_words_that_readers_see() -> None:
    (found,) = json.loads(text_of(EXPORT, [FULL], site(FULL)))
    assert found["keyword"] == "KV Cache, sparse attention"


def test_a_preprint_says_its_number() -> None:
    each = paper(venue="arXiv", arxiv="2406.10774")
    entry = json.loads(EXPORT.entry(each, site(each)))
    assert (entry["genre"], entry["number"]) == ("preprint", "arXiv:2406.10774")
