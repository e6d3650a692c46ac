"""The parts of a page are those that Material's search plugin finds, which goes through it in another way."""

import html
import importlib
import re
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st
from mkdocs.structure.toc import get_toc
from turbohtml import parse_fragment

from mkdocs_papers.search.sections import sections


def lines(markup: str) -> str:
    """HTML of one of Material's entries as text, one line for each paragraph."""
    text = html.unescape(re.sub("<[^>]*>", "", re.sub("</?(?:p|li|pre)>", "\0", markup.replace("\u200b", ""))))
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\0"))))


def found_by_material(content: str) -> list[tuple[str, str, str]]:
    """The parts that Material finds: id, title or "untitled", and text."""
    index: Any = importlib.import_module("material.plugins.search.plugin").SearchIndex()
    page = SimpleNamespace(content=content, title="", meta={"title": "untitled"}, toc=get_toc([]), url="")
    index.add_entry_from_context(page)
    return [
        (each["location"].partition("#")[2], lines(each["title"]).replace("\n", " "), lines(each["text"]))
        for each in index.entries
    ]


def found(content: str) -> list[tuple[str, str, str]]:
    """The parts that we find."""
    return [(each.id, "untitled" if each.title is None else each.title, each.text) for each in sections(content)]


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        ("", []),
        ("<p>One</p>", [("", "untitled", "One")]),
        ('<h1 id="a">A <code>b</code></h1><p>One</p>two', [("", "A b", "One\ntwo")]),
        (
            'Above<h1 id="a">A<a class="headerlink" href="#a">¶</a></h1>One',
            [("", "untitled", "Above"), ("a", "A", "One")],
        ),
        ('<h2 id="a"></h2>One', [("", "untitled", ""), ("a", "untitled", "One")]),
        ('<h1 id="a">A</h1><div><h2 id="b">B</h2>One</div>two', [("", "A", "two"), ("b", "B", "One")]),
        ('<h1 id="a">A</h1><h2 id="b" data-search-exclude>B</h2>One', [("", "A", "")]),
        ("<div data-search-exclude>One<div>two</div></div><div>three</div>", [("", "untitled", "three")]),
        ('<a class="headerlink"><h1 id="a">A<p>B</p></h1></a>', [("", "untitled", ""), ("a", "untitled", "")]),
        ('<h1 id="a">A<a class="headerlink">x<p>y</p></a>b</h1>', [("", "Ab", "")]),
        (
            "<style>One</style><pre>a\nb</pre>x&nbsp;y &amp;lt; wo\u200brd<br>s",
            [("", "untitled", "a b\nx y &lt; words")],
        ),
    ],
)
def test_parts_of_a_page(content: str, parts: list[tuple[str, str, str]]) -> None:
    assert found(content) == parts == found_by_material(content)


TEXTS = st.sampled_from(["one", " two ", "\n", "3 & <4>", "\u00a0é"]).map(html.escape)
TAGS = ("div", "div data-search-exclude", "p", "ul", "li", "pre", "span", "code", "h1 id=a", "h2 id=b", "h2 id=c", "h3")
MORE = ("h2 id=d data-search-exclude", 'a class="headerlink"', "a", "script", "section", "br", 'div class="linenodiv"')


def element(tag: str, within: list[str]) -> str:
    """An element and what stands within it; something always does: see below."""
    return f"<{tag}>x{''.join(within)}</{tag.partition(' ')[0]}>" if tag != "br" else "<br>"


PAGES = st.recursive(
    TEXTS, lambda inner: st.builds(element, st.sampled_from((*TAGS, *MORE)), st.lists(inner, max_size=4)), max_leaves=20
)


@given(st.lists(PAGES, max_size=6))
def test_parts_are_those_that_material_finds(pieces: list[str]) -> None:
    # Material takes empty paragraphs away, and what stands around one becomes one word.
    content = str(parse_fragment("".join(pieces)).html).replace("<p></p>", "")
    ours = found(content)
    try:
        theirs = found_by_material(content)
    except ValueError:  # it looks for the beginning of an element that it has left out
        reject()
    assert ours == theirs
