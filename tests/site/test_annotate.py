"""Cards on links, and pictures that open large."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.site.annotate import Card, annotate


def card(address: str) -> Card | None:
    return Card("card-1", "~") if address == "../Quest.md" else None


def annotated(content: str) -> str:
    return annotate(content, card, {"wide.png": (800, 300)}.get, "see it")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            '<a href="../Quest.md">Quest</a>',
            '<a class="papers-known" aria-describedby="card-1" href="../Quest.md">~Quest</a>',
        ),
        (
            "<A id=x class='a b' href=../Quest.md title=\"1>0\">Quest</A>",
            '<a class="papers-known a b" aria-describedby="card-1" id=x href=../Quest.md title="1>0">~Quest</A>',
        ),
        ('<a href="../other.md">other</a>', '<a href="../other.md">other</a>'),
        ('<a name="x">here</a>', '<a name="x">here</a>'),
        ("<!-- <a href=../Quest.md> -->", "<!-- <a href=../Quest.md> -->"),
        ("<textarea><img src=a.png></textarea>", "<textarea><img src=a.png></textarea>"),
        ("a &lt;img src=a.png&gt; < b", "a &lt;img src=a.png&gt; < b"),
        (
            '<img src="a.png" alt="pages">',
            '<a class="papers-zoom" href="a.png"><img src="a.png" alt="pages"></a>',
        ),
        (
            "<IMG SRC='a&amp;b.png' width=600>",
            '<a class="papers-zoom" href="a&amp;b.png" aria-label="see it"><IMG SRC=\'a&amp;b.png\' width=600></a>',
        ),
        ('<a href="x"><img src="a.png"></a>', '<a href="x"><img src="a.png"></a>'),
        (
            "<picture><source srcset=a.webp><img src=a.png></picture>",
            "<picture><source srcset=a.webp><img src=a.png></picture>",
        ),
        ('<img class="twemoji emoji" src="a.png">', '<img class="twemoji emoji" src="a.png">'),
        ("<img>", "<img>"),
        (
            '<img alt="x" src="wide.png">',
            '<a class="papers-zoom" href="wide.png"><img width="800" height="300" alt="x" src="wide.png"></a>',
        ),
        (
            "<p><IMG src=wide.png alt=x width='400'>",
            """<p><a class="papers-zoom" href="wide.png"><IMG height="150" src=wide.png alt=x width='400'></a>""",
        ),
        (
            '<a href="x"><img src="wide.png" width="50%"><img src="wide.png" height="9"></a>',
            '<a href="x"><img src="wide.png" width="50%"><img src="wide.png" height="9"></a>',
        ),
        # A stray end does not open anything.
        ("</a><img src=a.png alt=x>", '</a><a class="papers-zoom" href="a.png"><img src=a.png alt=x></a>'),
        ("<script><img src=a.png>", "<script><img src=a.png>"),
        ("<abbr>Quest</abbr><area href=../Quest.md>", "<abbr>Quest</abbr><area href=../Quest.md>"),
    ],
)
def test_links_and_pictures(content: str, expected: str) -> None:
    assert annotated(content) == expected


pieces = st.sampled_from(
    [
        "<a ",
        "<a>",
        "</a>",
        "<img ",
        "href=",
        "src=",
        "alt=''",
        "class=x",
        '"',
        "'",
        ">",
        "<",
        "<!--",
        "-->",
        "x ",
        "<script>",
        "</script>",
        "../Quest.md",
        "/",
    ]
)


@given(st.lists(pieces, max_size=12).map("".join))
def test_nothing_but_links_is_added_whatever_the_html(content: str) -> None:
    """What the writer wrote is all there, in its order."""
    found = annotated(content)
    rest = iter(found)
    wanted = content.replace("class=x", "")
    assert all(character in rest for character in wanted) or "class=x" in content
    assert found.count("<script") == content.count("<script")


def test_a_long_torn_text_takes_no_time() -> None:
    for torn in ("<a ", "<img " + "'" * 50, '<a href="', "<a '\"", "<!--", "<script>", "<a x", '<a "<a" '):
        annotated(torn * (400_000 // len(torn)))
