"""EndNote's XML, as EndNote, Zotero and Mendeley write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.sources.endnote import iterate
from mkdocs_papers.sources.found import Failure, Found, Kind
from tests.sources.recorded import parted

STYLE = '<style face="normal" font="default" size="100%">'
HEAD = '<?xml version="1.0" encoding="UTF-8" ?><xml><records>'
ARTICLE = f"""<record><database name="My.enl" path="C:\\My.enl">My.enl</database>
<source-app name="EndNote" version="20.2">EndNote</source-app><rec-number>12</rec-number>
<foreign-keys><key app="EN" db-id="x" timestamp="1">12</key></foreign-keys>
<ref-type name="Journal Article">17</ref-type>
<contributors><authors><author>{STYLE}van Rossum, Guido</style></author>
<author>{STYLE}Davis, Sammy, Jr.</style></author>
<author>{STYLE}The ATLAS Collaboration,</style></author></authors>
<secondary-authors><author>{STYLE}Ed, Eve</style></author></secondary-authors></contributors>
<auth-address>{STYLE}MIT</style></auth-address>
<titles><title>{STYLE}CO</style><style face="subscript" font="default" size="100%">2</style>{STYLE} in
 &lt;the&gt; air &amp; </style><style face="italic">in vivo</style></title>
<secondary-title>{STYLE}Nat Med</style></secondary-title><alt-title>{STYLE}Nature medicine</style></alt-title>
<short-title>{STYLE}CO2air</style></short-title></titles>
<periodical><full-title>{STYLE}Nat Med</style></full-title><abbr-1>{STYLE}NM</style></abbr-1></periodical>
<pages>{STYLE}1-10</style></pages><volume>{STYLE}7</style></volume><number>{STYLE}2</style></number>
<keywords><keyword>{STYLE}cache</style></keyword><keyword>{STYLE}*Humans&#xD;air; water</style></keyword></keywords>
<dates><year>{STYLE}2021</style></year><pub-dates><date>{STYLE}Jun 12</style></date></pub-dates></dates>
<isbn>{STYLE}1078-8956</style></isbn><abstract>{STYLE}One.&#xD;&#xD;Two
 goes on.</style></abstract>
<urls><related-urls><url>{STYLE}https://example.org/x</style></url></related-urls>
<pdf-urls><url>internal-pdf://x.pdf</url></pdf-urls></urls>
<electronic-resource-num>{STYLE}https://doi.org/10.1000/x</style></electronic-resource-num>
<language>{STYLE}eng</style></language><label>{STYLE}2021/CO2air</style></label></record>"""


def read(records: str) -> tuple[tuple[Found, ...], tuple[Failure, ...]]:
    return parted(iterate(f"{HEAD}{records}</records></xml>\n", "a.xml"))


def record(kind: str, inner: str) -> str:
    return f'<record><ref-type name="{kind}">1</ref-type><titles><title>T</title></titles>{inner}</record>'


def test_an_article() -> None:
    (found,), failures = read(ARTICLE)
    assert failures == ()
    assert found.title == "CO$_2$ in <the> air & in vivo"
    assert found.authors == ("Guido van Rossum", "Sammy Davis, Jr.", "The ATLAS Collaboration")
    assert (found.year, found.venue, found.kind) == (2021, "Nature medicine", Kind.PUBLISHED)
    assert (found.volume, found.number, found.pages) == ("7", "2", "1-10")
    assert (found.doi, found.url, found.key) == ("10.1000/x", "https://example.org/x", "2021/CO2air")
    assert found.abstract == "One.\n\nTwo goes on."
    assert (found.rest.paper.abbr, found.rest.keyword.words) == ("CO2air", ("cache", "Humans", "air", "water"))
    assert found.unsupported == ("secondary-authors", "auth-address", "isbn", "language")


@pytest.mark.parametrize(
    ("kind", "inner", "said"),
    [
        (
            "Conference Proceedings",
            (
                "<titles><secondary-title>ICML</secondary-title><tertiary-title>PMLR</tertiary-title></titles>"
                "<publisher>ACM</publisher>"
            ),
            {"venue": "ICML", "unsupported": ("tertiary-title", "publisher")},
        ),
        (
            "Thesis",
            "<titles><secondary-title>Physics</secondary-title></titles><publisher>MIT</publisher>",
            {"venue": "MIT", "unsupported": ("secondary-title",)},
        ),
        ("Book", "<titles><secondary-title>LNCS</secondary-title></titles>", {"venue": "LNCS"}),
        (
            "Edited Book",
            "<contributors><secondary-authors><author>Ed, Eve</author></secondary-authors></contributors>",
            {"authors": ("Eve Ed",), "unsupported": ()},
        ),
        (
            "Journal Article",
            "<urls><web-urls><url>www.example.org/a</url></web-urls></urls>",
            {"url": "https://www.example.org/a"},
        ),
        (
            "Electronic Article",
            "<periodical><full-title>arXiv preprint arXiv:2205.14135</full-title></periodical>",
            {"arxiv": "2205.14135", "venue": None, "kind": Kind.PREPRINT},
        ),
        ("Generic", "<accession-num>arXiv:2205.14135</accession-num>", {"arxiv": "2205.14135"}),
        ("Journal Article", "<custom7>e12</custom7>", {"pages": "e12"}),
        ("Journal Article", "<dates><pub-dates><date>12 June 2020</date></pub-dates></dates>", {"year": 2020}),
        (
            "Journal Article",
            "<contributors><authors><author>Doe, J.; Roe, K.</author></authors></contributors>",
            {"authors": ("J. Doe", "K. Roe")},
        ),
    ],
)
def test_other_types(kind: str, inner: str, said: dict[str, object]) -> None:
    (found,), failures = read(record(kind, inner))
    assert failures == ()
    assert {name: getattr(found, name) for name in said} == said


@pytest.mark.parametrize(
    ("broken", "wrong"),
    [
        (
            "<record>\n<title>é<b></title></record>",
            "the record is not XML (line 2, column 14); mend it and add the file again",
        ),
        (
            "<record><title>&nbsp;</title></record>",
            "the record is not XML (line 1, column 69); mend it and add the file again",
        ),
        ("<record><!DOCTYPE x></record>", "the record is not XML (line 1, column 64); mend it and add the file again"),
        ("<record><title>x", "the record is never closed; end it with </record>"),
    ],
)
def test_a_broken_record_costs_only_itself(broken: str, wrong: str) -> None:
    found, failures = read(broken + ARTICLE + ARTICLE)
    assert len(found) == 2
    assert [str(failure) for failure in failures] == [f"a.xml:1:54: {wrong}"]
    found, failures = read(ARTICLE + ARTICLE + broken)
    assert (len(found), len(failures)) == (2, 1)


def test_characters_that_xml_forbids_are_left_out() -> None:
    (found,), failures = read(record("Book", "<abstract>a\x0bb\x00 \ufffe\x1fc</abstract>"))
    assert (found.abstract, failures) == ("ab c", ())


def test_what_is_nested_without_end_is_read() -> None:
    (found,), failures = read(record("Book", f"<abstract>{'<style>' * 100_000}x{'</style>' * 100_000}</abstract>"))
    assert (found.abstract, failures) == ("x", ())


def test_entities_are_none_of_a_file() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE xml [<!ENTITY a "aaaa">]><xml><records>'
    found, failures = parted(iterate(bomb + "<record><titles><title>&a;</title></titles></record>", "a.xml"))
    assert (found, len(failures)) == ((), 1)


@given(
    st.lists(
        st.sampled_from(["<record>", "</record>", "<titles><title>", "</title></titles>", "x", "&", "\r", "<"])
    ).map("".join)
)
def test_whatever_stands_in_a_file_is_taken(text: str) -> None:
    found, failures = read(text)
    assert len(found) + len(failures) >= text.count("<record>")
