"""The language of queries on the browse page, in the browser: reading, writing, numbers, folding."""

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.pages.address import Address
from mkdocs_papers.views.query import query
from tests.browser.engine import FACET_NAMES, Engine, Term
from tests.browser.folding import fold


def word(text: str, **more: Any) -> Term:
    return {"kind": "word", "text": text, **more}


def phrase(text: str, **more: Any) -> Term:
    return {"kind": "phrase", "text": text, **more}


def facet(name: str, text: str, **more: Any) -> Term:
    return {"kind": "facet", "facet": name, "text": text, **more}


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("", []),
        ("  \t\n ", []),
        ("sparse attention", [word("sparse"), word("attention")]),
        ("venue:ICML", [facet("venue", "ICML")]),
        ("Venue:ICML", [facet("venue", "ICML")]),
        ("venue：ICML", [facet("venue", "ICML")]),
        ('venue:"ACL Findings"', [facet("venue", "ACL Findings")]),
        ("venue:“ACL Findings”", [facet("venue", "ACL Findings")]),
        ('venue:""', [facet("venue", "")]),
        ("venue:", []),
        ('venue:"', []),
        ('venue:"ACL F', [facet("venue", "ACL F", open=True)]),
        ("-venue:", []),
        ("year:>=2023 year:2020..2022", [facet("year", ">=2023"), facet("year", "2020..2022")]),
        ("-keyword:survey", [facet("keyword", "survey", **{"not": True})]),
        ("-survey", [word("survey", **{"not": True})]),
        ("- survey", [word("survey")]),
        ("-", []),
        ("--", []),
        ("--x", [word("-x", **{"not": True})]),
        ("low-rank", [word("low-rank")]),
        ('"exact words"', [phrase("exact words")]),
        ("“exact words”", [phrase("exact words")]),
        ('-"exact words"', [phrase("exact words", **{"not": True})]),
        ('"exact wor', [phrase("exact wor", open=True)]),
        ('"say ""hi"""', [phrase('say "hi"')]),
        ('""', []),
        ('"a"b', [phrase("a"), word("b")]),
        ("N:M sparsity", [word("N:M"), word("sparsity")]),
        ("http://x.example", [word("http://x.example")]),
        ("__proto__:x constructor:y", [word("__proto__:x"), word("constructor:y")]),
        ("venue:a:b", [facet("venue", "a:b")]),
        ('a"b', [word('a"b')]),
        ("keyword:a+b", [facet("keyword", "a+b", all=["a", "b"])]),
        ('author:"Song Han"+Lin', [facet("author", "Song Han+Lin", all=["Song Han", "Lin"])]),
        ('-author:x+"y z"+w', [facet("author", "x+y z+w", all=["x", "y z", "w"], **{"not": True})]),
        ('keyword:"a+b"', [facet("keyword", "a+b")]),
        ("keyword:LoRA+", [facet("keyword", "LoRA+")]),
        ("keyword:C++ x", [facet("keyword", "C++"), word("x")]),
        ('venue:"a"b', [facet("venue", "a"), word("b")]),
        ("compares:Wanda", [facet("baseline", "Wanda")]),
        ("arXiv:2406.10774v1", [facet("arxiv", "2406.10774")]),
        ("https://arxiv.org/abs/cs/0112017", [facet("arxiv", "cs/0112017")]),
        ("https://huggingface.co/papers/2406.10774", [facet("arxiv", "2406.10774")]),
        ("https://doi.org/10.48550/arXiv.2406.10774", [facet("arxiv", "2406.10774")]),
        ("https://dx.doi.org/10.1162/neco.1997.9.8.1735", [facet("doi", "10.1162/neco.1997.9.8.1735")]),
        ("https://doi.org/10.1002/%28SICI%291", [facet("doi", "10.1002/(sici)1")]),
        (
            "2406.10774 10.5 http://arxiv.org/list/cs",
            [facet("arxiv", "2406.10774"), word("10.5"), word("http://arxiv.org/list/cs")],
        ),
        ("注意力 venue:计算机学报", [word("注意力"), facet("venue", "计算机学报")]),
    ],
)
def test_parse(engine: Engine, text: str, terms: list[Term]) -> None:
    assert engine.parse(text) == terms


values = st.text(
    st.sampled_from("ab+ \"“”„-:：.><=0注é\u3000\t\n'") | st.characters(exclude_categories=["Cs"]), max_size=8
)
several = st.lists(values.filter(bool), min_size=2, max_size=3).map(
    lambda all_: facet("keyword", "+".join(all_), all=all_)
)
quoted_terms = st.one_of(
    st.builds(phrase, values.filter(bool)), st.builds(facet, st.sampled_from(FACET_NAMES), values), several
)


@given(st.lists(st.tuples(quoted_terms, st.booleans()), max_size=4))
def test_what_is_written_is_read_again(engine: Engine, chosen: list[tuple[Term, bool]]) -> None:
    wanted = [{**term, "not": True} if negated else term for term, negated in chosen]
    assert engine.parse(engine.call("return e.print(a[0])", wanted)) == wanted


@given(st.lists(st.tuples(st.sampled_from(FACET_NAMES), values), max_size=4))
def test_links_from_other_pages_are_read(engine: Engine, terms: list[tuple[str, str]]) -> None:
    address = Address("papers", index=True, query=query(terms))
    search = "?" + address.url(directory_urls=True).partition("?")[2]
    assert engine.parse(engine.call("return e.read(a[0]).query", search)) == [facet(*term) for term in terms]


pieces = st.lists(st.sampled_from(["venue:", "year：", '"', "“", "-", " ", "a", "b:", ".", "é"]), max_size=10).map(
    "".join
)


@given(pieces)
def test_reading_and_writing_settles(engine: Engine, text: str) -> None:
    def closed(terms: list[Term]) -> list[Term]:
        return [{key: value for key, value in term.items() if key != "open"} for term in terms]

    terms = engine.parse(text)
    assert closed(engine.parse(engine.call("return e.print(a[0])", terms))) == closed(terms)


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("2023", [2023, 2023]),
        (">=2023", [2023, None]),
        (">2023", [2024, None]),
        ("<=2023", [None, 2023]),
        ("<2023", [None, 2022]),
        ("2020..2022", [2020, 2022]),
        ("2020…2022", [2020, 2022]),
        ("2020..", [2020, None]),
        ("..2022", [None, 2022]),
        ("..", [None, None]),
        ("2022..2020", [2022, 2020]),
    ],
)
def test_numbers(engine: Engine, text: str, bounds: list[int | None]) -> None:
    found = engine.call("return e.interval(a[0]).map(x => Number.isFinite(x) ? x : null)", text)
    assert found == bounds


@pytest.mark.parametrize("text", ["", "x", ">", "=2023", "2023a", "-1", "2.5", ">=..2", "1..2..3"])
def test_what_is_no_number(engine: Engine, text: str) -> None:
    assert engine.call("return e.interval(a[0])", text) is None


# Folding


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Týr-the-Pruner", "tyr-the-pruner"),
        ("Łukasz Kaiser", "lukasz kaiser"),
        ("Çağlar Gülçehre", "caglar gulcehre"),
        ("Sørensen, Straße, Æsir", "sorensen, strasse, aesir"),
        ("İSTANBUL ISPARTA", "istanbul isparta"),
        ("ＦＵＬＬ　ﬁ", "full fi"),
        ("注意力機制", "注意力機制"),
        ("がぎ", unicodedata.normalize("NFKD", "がぎ")),
        ("  two \n lines ", "two lines"),
        ("ΟΔΟΣ", "οδοσ"),
    ],
)
def test_fold(engine: Engine, text: str, folded: str) -> None:
    assert engine.call("return e.fold(a[0])", text) == folded
    assert fold(text) == folded


# Characters that this Python knows: the browser may know newer ones.
@given(st.text(st.characters(exclude_categories=["Cn", "Cs"]), max_size=20))
def test_folding_is_the_same_everywhere(engine: Engine, text: str) -> None:
    assert engine.call("return e.fold(a[0])", text) == fold(text)


@given(st.text(max_size=20))
def test_folding_a_folded_text_changes_nothing(engine: Engine, text: str) -> None:
    folded = engine.call("return e.fold(a[0])", text)
    assert engine.call("return e.fold(a[0])", folded) == folded
