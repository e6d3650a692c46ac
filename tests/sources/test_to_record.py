"""Records made of what is known of a paper."""

import pytest

from mkdocs_papers.records.problem import Place
from mkdocs_papers.records.schema import KeywordBlock, PaperBlock, PaperInfo, PubBlock
from mkdocs_papers.sources.found import Failure, Found
from mkdocs_papers.sources.to_record import to_info

QUEST = Found("arXiv", title="Quest", authors=("Jiaming Tang", "Song Han"), year=2024, arxiv="2406.10774")


def test_a_preprint() -> None:
    info = to_info(QUEST)
    assert info.paper == PaperBlock(
        title="Quest", url="https://arxiv.org/abs/2406.10774", authors=("Jiaming Tang", "Song Han")
    )
    assert info.pub == PubBlock(where="arXiv", year=2024)


@pytest.mark.parametrize(
    ("found", "url"),
    [
        (Found("x", arxiv="2406.10774", url="https://a.org", doi="10.1/a"), "https://arxiv.org/abs/2406.10774"),
        (Found("x", url="https://a.org", doi="10.1/a"), "https://a.org"),
        (Found("x", doi="10.1/a"), "https://doi.org/10.1/a"),
        (Found("x"), None),
    ],
)
def test_where_it_is_read(found: Found, url: str | None) -> None:
    assert to_info(found).paper.url == url


def test_no_venue_is_said_where_none_would_be_read_as_arxiv() -> None:
    assert to_info(Found("x", doi="10.1/a")).pub.where == ""
    assert to_info(Found("x", rest=PaperInfo(pub=PubBlock(where="ICML")))).pub.where == "ICML"


def test_the_rest_stays_and_facts_go_before_it() -> None:
    rest = PaperInfo(paper=PaperBlock(title="quest", abbr="Quest"), keyword=KeywordBlock(("kv_cache",)), rating=4)
    info = to_info(Found("refs.bib:1:1", title="Quest", rest=rest))
    assert (info.paper.title, info.paper.abbr, info.keyword.words, info.rating) == ("Quest", "Quest", ("kv_cache",), 4)


def test_names_are_spelt_as_the_library_spells_them() -> None:
    spellings = {("institution", "Massachusetts Institute of Technology"): "MIT", ("venue", "Proc. of ICML"): "ICML"}
    found = Found("x", institutions=("MIT", "Massachusetts Institute of Technology", "KAIST"), venue="Proc. of ICML")
    info = to_info(found, lambda kind, name: spellings.get((kind, name), name))
    assert info.paper.institutions == ("MIT", "KAIST")
    assert info.pub.where == "ICML"


def test_facts_know_who_says_them() -> None:
    crossref = Found("Crossref", title="QUEST", venue="ICML", year=2024, abstract="Long.")
    both = QUEST.with_facts(crossref, "venue", "year", "doi").completed(crossref, "title", "abstract")
    assert (both.title, both.venue, both.abstract, both.doi) == ("Quest", "ICML", "Long.", None)
    assert [both.origin(name) for name in ("title", "venue", "year", "abstract", "doi")] == [
        "arXiv",
        "Crossref",
        "Crossref",
        "Crossref",
        "arXiv",
    ]


def test_a_failure_is_one_line() -> None:
    assert str(Failure("refs.bib", "no title", "write one", Place(3, 2))) == "refs.bib:3:2: no title; write one"
    assert str(Failure("2205.1413", "no such paper")) == "2205.1413: no such paper"
