"""Links and images in Markdown, and where they stand."""

from html.parser import HTMLParser
from pathlib import Path

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from turbohtml import parse_fragment

from mkdocs_papers.library.links import Use, anchors_in, links_in
from mkdocs_papers.library.notes import read_note
from mkdocs_papers.library.prose import Prose
from mkdocs_papers.records.lines import Lines
from tests.library.test_prose import MARKDOWN

HOME = Path(__file__).parents[2]


def links(text: str) -> list[tuple[str, str, int, int]]:
    return [
        (link.use.value, link.target, link.place.line, link.place.column) for link in links_in(Prose(text), Lines(text))
    ]


ABC = (("a.png", 11), ("b.png", 26), ("c.png", 35))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a [b](c.md) d", [("link", "c.md", 1, 7)]),
        ("![b](c.svg)", [("image", "c.svg", 1, 6)]),
        ("[b](c.md \"t\") [b](c.md 't') [b](c.md (t))", [("link", "c.md", 1, n) for n in (5, 19, 33)]),
        ("[b](<c d.md>)", [("link", "c d.md", 1, 6)]),
        ("[b](c d.md)", [("link", "c d.md", 1, 5)]),
        ("[b]( c(d).md )", [("link", "c(d).md", 1, 6)]),
        ("[b](c\\(d.md)", [("link", "c(d.md", 1, 5)]),
        ("[a\n[b](c)\nd](e)", [("link", "c", 2, 5), ("link", "e", 3, 4)]),
        ("[![a](b.svg)](c.md)", [("image", "b.svg", 1, 7), ("link", "c.md", 1, 15)]),
        ("[a][b]\n\n[b]: c.md 'title'\n[d]: <e f.md>", [("link", "c.md", 3, 6), ("link", "e f.md", 4, 7)]),
        ('a\n[b]: c.md\n  (t)\n[d]:\n e.md "t" \nf', [("link", "c.md", 2, 6), ("link", "e.md", 5, 2)]),
        ('<a href="b.md">c</a>', [("link", "b.md", 1, 10)]),
        ("<IMG width=600 SRC='./b.svg'>", [("image", "./b.svg", 1, 21)]),
        ("<img\n  alt='a > b'\n  src=b.svg>", [("image", "b.svg", 3, 7)]),
        ('<a href=" b&amp;c.md ">', [("link", "b&c.md", 1, 11)]),
        ('<p align="center">\n<img src="x.png" title="blank"></p>', [("image", "x.png", 2, 11)]),
        ('<video src="a.mp4" poster="b.png"></video>', [("image", "a.mp4", 1, 13), ("image", "b.png", 1, 28)]),
        ("注 [意](力.md)", [("link", "力.md", 1, 7)]),
        ('<iframe src="a.html"></iframe>', [("link", "a.html", 1, 14)]),
        ('<img src="a.png" srcset="b.png 2x,c.png 3x">', [("image", each, 1, n) for each, n in ABC]),
        ("<!-- <a href='b'> <?x <![CDATA[ <a href=c>", [("link", "b", 1, 15), ("link", "c", 1, 41)]),
        ('<a href="b.md>t</a> <a href=c.md>', [("link", "c.md", 1, 29)]),
        ("<div>\n[a](b)\n\n![c](d)\n<a href=e>\n</div>\n[f](g)", [("link", "e", 5, 9), ("link", "g", 7, 5)]),
        ("<div markdown>\n[a](b)\n</div>\n`x`<p> [c](d)", [("link", "d", 4, 12)]),
        ("<pre>[a](b) <img src='c'></pre>[d](e)", [("image", "c", 1, 23), ("link", "e", 1, 36)]),
    ],
)
def test_links_and_their_places(text: str, found: list[tuple[str, str, int, int]]) -> None:
    assert links(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "`[a](b)` and $[a](b)$ and <!-- [a](b) -->",
        "```\n[a](b)\n```",
        "\\[a](b)",
        "[a]\n(b)",
        "[a](b\n\nc)",
        "[a](b",
        "[a\n\nb](c)",
        "<https://example.org> [^1]: b",
        "[^1]: b.md",
        "[Note]: see below",
        "[a]: b.md and more",
        "a < b href='c'",
        "<abbr href='c'>",
        "<!-- <img src='a'> -->",
        "[a]()",
    ],
)
def test_what_is_no_link(text: str) -> None:
    assert links(text) == []


class Rendered(HTMLParser):
    """The addresses in a page that Python-Markdown made."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        extensions = ["attr_list", "footnotes", "md_in_html", "tables", "pymdownx.superfences", "pymdownx.arithmatex"]
        self.feed(markdown.markdown(text, extensions=extensions))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        addresses = {("a", "href"), ("img", "src")}
        self.found.update(value for name, value in attrs if value and (tag, name) in addresses)


def test_the_local_links_of_this_library_are_those_that_python_markdown_makes() -> None:
    texts = [read_note(file.name, file.read_bytes()) for file in (HOME / "notes").rglob("*.md")]
    assert texts
    for text in texts:
        local = {address for address in Rendered(text.text).found if ":" not in address}
        assert {link.target for link in text.links if ":" not in link.target} == local


WORDS = [
    "<br>", "<summary>s</summary>", "[l](m%.md)", "![i](n%.png)", "<a href=h%.md>t</a>",
    "<img src='o%.png'>", "word ", "\n", "\n\n", "\n ", "x < y", "\n\n# h%\n\n", "\n\nh%\n===\n\n",
]  # fmt: skip
TAGS = [
    "<div>", "</div>", "<p>", "</p>", "<b>", "</b>", "<center>", "<pre>p</pre>", "<table><tr><td>", "</table>",
    "<hr>", "<div/>", "<div markdown>",
]  # fmt: skip
ELEMENTS = [
    "div", "div markdown", "div markdown=1", "section markdown=block", "li", "li markdown", "li markdown=0",
    "li markdown=block", "h2 markdown", "pre markdown", "b", "div markdown=span",
]  # fmt: skip


def _whole(element: str, inside: list[str]) -> str:
    return f"\n<{element}>{''.join(inside)}</{element.split(maxsplit=1)[0]}>\n"


def _same_as_markdown(parts: list[str], *extensions: str) -> None:
    """Compare what a text has for links and headings to what Python-Markdown makes of it."""
    text = "".join(parts)
    for number in range(text.count("%")):
        text = text.replace("%", str(number), 1)
    made = list(parse_fragment(markdown.markdown(text, extensions=extensions)).iter_elements())
    addresses = {value for element in made for name in ("href", "src") if (value := element.attr(name))}
    prose = Prose(text, markdown_in_html=bool(extensions))
    assert {link.target for link in links_in(prose, Lines(text))} == addresses
    headings = [element.text.split()[0] for element in made if element.tag == "h1"]
    assert [heading.source.split()[0] for heading in prose.headings if heading.level == 1] == headings


@given(st.lists(st.sampled_from(WORDS + TAGS), max_size=20))
def test_what_is_around_and_in_html_is_what_python_markdown_makes(parts: list[str]) -> None:
    _same_as_markdown(parts)


@given(
    st.lists(
        st.recursive(
            st.sampled_from(WORDS),
            lambda inside: st.builds(_whole, st.sampled_from(ELEMENTS), st.lists(inside, max_size=4)),
        ),
        max_size=6,
    )
)
def test_what_is_in_html_that_holds_markdown_is_what_python_markdown_makes(parts: list[str]) -> None:
    _same_as_markdown(parts, "md_in_html")


@given(MARKDOWN)
def test_a_link_stands_where_it_says(text: str) -> None:
    lines = text.split("\n")
    for link in links_in(Prose(text), Lines(text)):
        assert "\n".join(lines[link.place.line - 1 :])[link.place.column - 1 :].startswith(link.source)
        assert link.use in Use


@pytest.mark.parametrize(
    ("text", "anchors"),
    [
        ("## What it costs", {"what-it-costs", "What-it-costs"}),
        ("# A\n# A\n# A", {"a", "a_1", "a_2", "a-1", "a-2"}),
        ("## 稀疏 注意力", {"稀疏-注意力", ""}),
        ("## A &amp; B: *c*", {"a-b-c", "a--b-c"}),
        ("## A {#own}", {"own", "a"}),
        ('<a name="here"></a> <p ID=there>', {"here", "there"}),
    ],
)
def test_the_anchors_of_headings_and_elements(text: str, anchors: set[str]) -> None:
    assert anchors <= anchors_in(Prose(text))


@pytest.mark.parametrize(
    "text", ["[a](" * 40_000, "[" * 60_000 + "]" * 60_000, "<a x='" * 40_000, "[a]: " * 40_000, "](" * 60_000]
)
def test_time_is_in_proportion_to_the_text(text: str) -> None:
    assert len(links(text)) < len(text)


@pytest.mark.parametrize("text", ["{" + "#" * 100_000, "{#a" * 50_000, "{: " * 50_000, "<h1>" * 50_000])
def test_anchors_take_time_in_proportion_too(text: str) -> None:
    assert len(anchors_in(Prose(text))) <= 10
