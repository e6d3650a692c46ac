"""What macros give, put into a page's HTML."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from turbohtml import parse_fragment

from mkdocs_papers.pages.slots import Slot, filled
from tests import hostile

TOKENS = re.compile("\ue000t-([0-9]+)\ue001")
LINK, BLOCK = "\ue000t-0\ue001", "\ue000t-1\ue001"
NAME = "\"'> A <b onclick=alert(1)> & \\"
SLOTS = (
    Slot(Markup('<a href="p/">{}</a>').format(NAME), NAME),
    Slot(Markup("<table><thead></thead></table>"), "", block=True),
)
SHOWN = str(Markup('<a href="p/">{}</a>').format(NAME)).replace("&#34;", '"').replace("&#39;", "'")
WORDS = NAME.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
TABLE = "<table><thead></thead></table>"


def fill(html: str) -> str:
    return filled(html, TOKENS, lambda number: SLOTS[int(number)])


@pytest.mark.parametrize(
    ("html", "after"),
    [
        ("<br />no macro", "<br />no macro"),
        (f"<p>a {LINK} b {LINK}</p>", f"<p>a {SHOWN} b {SHOWN}</p>"),
        (f"<p>{BLOCK}</p>", TABLE),
        (f"<p>\n{BLOCK}\n{BLOCK}\n</p>", f"\n{TABLE}\n{TABLE}\n"),
        (f"<li>{BLOCK}</li>", f"<li>{TABLE}</li>"),
        (f"<p>a<br />\n{LINK}</p>", f"<p>a<br>\n{SHOWN}</p>"),
        (f'<img alt="{LINK}" title={LINK}>', f'<img alt="{WORDS}" title="{WORDS}">'),
        (f'<a title=" href={LINK}" id=x>b</a>', f'<a title=" href={WORDS}" id="x">b</a>'),
        (f"<pre><code>{LINK}</code></pre>", f"<pre><code>{SHOWN}</code></pre>"),
        (
            "<pre><code><b>x</b> <i>\ue000</i><b>t</b><i>-</i><b>0</b><i>\ue001</i>\n</code></pre>",
            f"<pre><code>x {WORDS.replace('&quot;', chr(34))}\n</code></pre>",
        ),
        (f"<!-- {LINK} -->", "<!--  -->"),
        (f"<script>f('{LINK}')</script>", "<script>f('')</script>"),
        (f"<style>{BLOCK}</style>", "<style></style>"),
        (f"<b {LINK}=1>x</b>", '<b ="1">x</b>'),
    ],
)
def test_each_place_gets_what_fits_there(html: str, after: str) -> None:
    assert fill(html) == after


@pytest.mark.parametrize("tag", ["textarea", "title"])
def test_a_text_field_and_a_title_hold_words(tag: str) -> None:
    field = parse_fragment(fill(f"<{tag}>{LINK}</{tag}>")).select_one(tag)
    assert field is not None
    assert field.text == NAME


def test_html_that_cannot_be_read_gets_words() -> None:
    assert fill(f"{'<p><b>' * 2000}{LINK}").endswith(str(Markup.escape(NAME)))


def elements(html: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(each.tag, tuple(each.attrs)) for each in parse_fragment(html).iter_elements()]


@given(
    st.lists(
        st.one_of(st.sampled_from((*hostile.MARKUP, LINK, "<a title='", '"', "<!--", "-->", "<p>", "\\")), st.text()),
        max_size=8,
    ).map("".join)
)
def test_a_name_adds_no_element_whatever_is_around_it(html: str) -> None:
    harmless = Slot(Markup('<a href="p/">x</a>'), "x")
    assert elements(fill(html)) == elements(filled(html, TOKENS, lambda _: harmless))


@given(st.text())
def test_no_token_is_left(html: str) -> None:
    assert not TOKENS.search(fill(f"{html}{LINK}<{LINK} {LINK}={LINK}><!--{LINK}"))
