"""A note's HTML as a tree: links, cards, pictures and formulas, whatever stands in attributes, however torn it is."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from turbohtml import Element, parse_fragment

from mkdocs_papers.pages.markup import Card, MarkupError, NoteContext, Shown, finished, with_links
from mkdocs_papers.pages.sanitize import passive_html
from mkdocs_papers.records.limits import DEEPEST_MARKUP
from tests.hostile import MARKUP
from tests.hostile_notes import NOTES

MARK = "0123456789abcdef-"

ADDRESSES = {"note.md": "../note/", "pages.svg": "../pages.svg", "wide.png": "../wide.png"}


def context(asked: list[str] | None = None) -> NoteContext:
    """Where `ADDRESSES` lead, with a card for one note and one picture."""
    noted: list[str] = [] if asked is None else asked

    def resolve(address: str) -> str:
        noted.append(address)
        path, hash_, rest = address.partition("#")
        return ADDRESSES.get(path.removeprefix("./"), path) + hash_ + rest

    def card(address: str) -> Card | None:
        return Card("card-1", '<span id="card-1" class="papers-hover">~</span>') if address == "../Quest.md" else None

    return NoteContext(resolve, card, {"wide.png": Shown(800, 300)}.get, "see it")


def made(content: str) -> str:
    return finished(content, context()).html


def made_safe(content: str) -> str:
    return passive_html(finished(content, context(), MARK).html, MARK)


@pytest.mark.parametrize(
    ("content", "expected", "has_title", "title_id"),
    [
        ('<p>a</p><h2 id="q">Quest: <b>it</b> <a href="#q">¶</a></h2>', "h1", True, "q"),
        ("<h1>Other</h1><h2>Quest: it</h2>", "h2", True, ""),
        ("<h2>Other</h2><h2>Quest: it</h2>", "h2", False, ""),
        ("<p>Quest: it</p>", "p", False, ""),
    ],
)
def test_a_heading_that_says_the_title_is_one(content: str, expected: str, title_id: str, *, has_title: bool) -> None:
    found = finished(content, NoteContext(lambda address: address, title="Quest - it"))
    assert (found.has_title, found.title_id) == (has_title, title_id)
    assert f"</{expected}>" in found.html[-len("</h1>") :]
    assert not finished("<h2>!</h2>", NoteContext(lambda address: address)).has_title


CARD = '<span id="card-1" class="papers-hover">~</span>'


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            '<a href="../Quest.md">Quest</a>',
            f'<a class="papers-known" aria-describedby="card-1" href="../Quest.md">{CARD}Quest</a>',
        ),
        (
            "<A id=x class='a b' href=../Quest.md>Quest</A>",
            f'<a class="papers-known a b" aria-describedby="card-1" id="x" href="../Quest.md">{CARD}Quest</a>',
        ),
        ('<a href="../other.md">other</a>', '<a href="../other.md">other</a>'),
        ('<a href="note.md#there">note</a>', '<a href="../note/#there">note</a>'),
        ('<a name="x">here</a>', '<a name="x">here</a>'),
        ("<!-- <a href=../Quest.md> -->", "<!-- <a href=../Quest.md> -->"),
        ("<textarea><img src=a.png></textarea>", "<textarea>&lt;img src=a.png&gt;</textarea>"),
        ("<script><img src=pages.svg></script>", "<script><img src=pages.svg></script>"),
        (
            '<svg><a class="b" href="note.md#there"><text>t</text></a><use href="#c"/></svg>',
            '<svg><a class="b" xlink:href="../note/#there"><text>t</text></a><use xlink:href="#c"></use></svg>',
        ),
        ("a &lt;img src=a.png&gt; < b", "a &lt;img src=a.png&gt; &lt; b"),
        ('<img src="a.png" alt="pages">', '<a class="papers-zoom" href="a.png"><img src="a.png" alt="pages"></a>'),
        (
            "<IMG SRC='a&amp;b.png'>",
            '<a class="papers-zoom" href="a&amp;b.png" aria-label="see it"><img src="a&amp;b.png" alt=""></a>',
        ),
        ('<a href="x"><img src="pages.svg"></a>', '<a href="x"><img src="../pages.svg"></a>'),
        (
            '<picture><source srcset="pages.svg 1x, b.png 2x"><img src="a.png"></picture>',
            '<picture><source srcset="../pages.svg 1x, b.png 2x"><img src="a.png"></picture>',
        ),
        (
            '<video poster="wide.png"><source src="pages.svg"></video><object data="pages.svg"></object>',
            '<video poster="../wide.png"><source src="../pages.svg"></video><object data="../pages.svg"></object>',
        ),
        ('<img class="twemoji emoji" src="a.png">', '<img class="twemoji emoji" src="a.png">'),
        ("<img>", "<img>"),
        (
            '<img alt="x" src="wide.png">',
            '<a class="papers-zoom" href="../wide.png"><img width="800" height="300" alt="x" src="../wide.png"></a>',
        ),
        (
            "<IMG src=wide.png alt=x width='400'>",
            '<a class="papers-zoom" href="../wide.png"><img height="150" src="../wide.png" alt="x" width="400"></a>',
        ),
        (
            '<a href="x"><img src="wide.png" width="50%"><img src="wide.png" height="9"></a>',
            '<a href="x"><img src="../wide.png" width="50%"><img src="../wide.png" height="9" loading="lazy"></a>',
        ),
        # A stray end does not open anything.
        ("</a><img src=a.png alt=x>", '<a class="papers-zoom" href="a.png"><img src="a.png" alt="x"></a>'),
        ("<abbr>Quest</abbr><area href=note.md>", '<abbr>Quest</abbr><area href="../note/">'),
        ("<pre>\n\nkept</pre>", "<pre>\n\nkept</pre>"),
        ("<plaintext>x<b>", "<pre>x&lt;b&gt;</pre>"),
        (
            "<a = href=../Quest.md>x</a>",
            f'<a class="papers-known" aria-describedby="card-1" href="../Quest.md">{CARD}x</a>',
        ),
        ('<label><img src="a.png"></label>', '<label><img src="a.png"></label>'),
    ],
)
def test_links_and_pictures(content: str, expected: str) -> None:
    assert made(content) == expected


def test_html_whose_addresses_all_stay_is_left_as_it_was() -> None:
    html = "<P>a <a href=x>b</a> <img srcset=x.png>"
    assert with_links(html, str) == html
    assert with_links(html, lambda address: f"../{address}") == (
        '<p>a <a href="../x">b</a> <img srcset="../x.png"></p>'
    )


@pytest.mark.parametrize("sign", ["", ",", " ", "\t"])
def test_a_browser_may_choose_among_files_whose_names_end_at_no_sign(sign: str) -> None:
    name = f"a{sign}b.png"
    shown = NoteContext(lambda address: address, picture={name: Shown(800, 300, ((f"a{sign}b-480.webp", 480),))}.get)
    image = parse_fragment(finished(f'<img src="{name}">', shown).html).select_one("img")
    assert image is not None
    assert image.attr("srcset") == (None if sign else "ab-480.webp 480w")


@pytest.mark.parametrize("quote", ['"', "'"])
@pytest.mark.parametrize("name", ["alt", "title", "lang", "class", "id", "sizes", "data-x", "xlink:title", "onclick"])
def test_words_in_an_attribute_are_no_attributes(name: str, quote: str) -> None:
    """Neither as they stand nor after the address has become another."""
    words = " src=./pages.svg href=note.md srcset=pages.svg data=pages.svg poster=wide.png onerror=X "
    for tag, address in (("img", "src"), ("a", "href"), ("source", "src"), ("video", "poster"), ("object", "data")):
        for content in (
            f"<{tag} {name}={quote}{words}{quote} {address}={quote}nope.png{quote}>x",
            f"<{tag} {address}={quote}./pages.svg{quote} {name}={quote}{words}{quote}>x",
        ):
            asked: list[str] = []
            html = finished(content, context(asked)).html
            element = parse_fragment(html).select_one(tag)
            assert element is not None
            assert element.attr(name) == words
            assert set(element.attrs) - {"alt", "class", "width", "height"} <= {name, address}
            assert set(asked) <= {"nope.png", "./pages.svg"}


def test_formulas_are_drawn() -> None:
    inline = made(r'<p>a <span class="arithmatex">\(x_1 &lt; 2\)</span></p>')
    block = made(r'<div class="arithmatex">\[ \frac{1}{2} \]</div>')
    assert inline.startswith('<p>a <math display="inline">')
    assert 'data-search-exclude="" encoding="application/x-tex">x_1 &lt; 2</annotation>' in inline
    assert block.startswith('<div class="papers-math" data-search-exclude=""><math display="block">')
    code = r'<pre><code><span class="arithmatex">\(x\)</span></code></pre>'
    assert made(code) == code
    torn = made(r'<span class="arithmatex">\(\frac{\)</span>')
    assert torn == r'<code class="papers-math">\frac{</code>'


def test_what_stands_in_a_formula_gives_way_to_it() -> None:
    inside = r'<span class="arithmatex">\(y\)</span><img src="a.png"><a href="b.md">c</a>'
    for name in ("div", "span"):
        drawn = made(rf'<{name} class="arithmatex">\(x\) {inside}</{name}><p>after</p>')
        assert drawn.endswith("<p>after</p>")
        assert "<img" not in drawn


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "java&NewLine;script:alert(1)",
        "\x01javascript:alert(1)",
        "javascript&colon;alert(1)",
        "vbscript:x",
        "data:image/svg+xml,<svg onload=alert(1)>",
        "blob:https://elsewhere.example/x",
    ],
)
def test_what_is_no_page_does_not_open_large(address: str) -> None:
    html = made(f'<img alt="x" src="{address}">')
    assert "papers-zoom" not in html
    assert "<a" not in html


def test_a_link_to_the_outside_opens_large_unless_a_stranger_wrote_it() -> None:
    picture = '<img alt="x" src="https://elsewhere.example/x.png">'
    assert 'href="https://elsewhere.example/x.png"' in made(picture)
    assert "elsewhere" not in made_safe(picture)


def test_anchors_are_read_from_the_tree() -> None:
    html = '<h2 id="a&amp;b">x</h2><a name="c">y</a><p title=" id=d ">z</p><!-- <p id="e"> -->'
    assert finished(html, context()).anchors == {"a&b", "c"}
    assert finished('<p id="__search">x</p>', context(), MARK).anchors == {"note-__search"}


def test_nothing_leaves_the_article() -> None:
    """What follows a note is a neighbour of it still, in the note's HTML and in that of a stranger's."""
    for before, text in itertools.product(
        ("", "<p>", "<table><tr><td>", "<math><mtext>", "<svg><title>"), (*MARKUP, *NOTES)
    ):
        for html in (made(before + text), made_safe(before + text)):
            page = parse_fragment(f"<main><article>{html}</article><p id=end>after</p></main><aside>x</aside>")
            assert [child.tag for child in page.children if isinstance(child, Element)] == ["main", "aside"], text
            main = page.select("main")[0]
            assert [child.tag for child in main.children if isinstance(child, Element)] == ["article", "p"], text
            assert page.select("#end")[-1].text == "after", text


PIECES = (
    *("<a ", "<a>", "</a>", "<img ", "href=", "src=", "alt=''", '"', "'", ">", "<", "<!--", "-->", "x ", "/"),
    *("<b>", "<i a>", "</b>", "<p>", "</p>", "<div>", "</div>", "<table>", "<tr>", "<td>", "</table>"),
    *("<svg>", "</svg>", "<math>", "<mi>", "<mtext>", "<annotation-xml encoding='text/html'>", "<form>"),
    *("<select>", "<option>", "<template>", "<plaintext>", "<script>", "</script>", "<style>", "<title>"),
    *("<pre>\n", "<foreignObject>", "\0", "\r", "&lt;", "&#0;", "]]>", "<![CDATA["),
    *("note.md", "../Quest.md", "wide.png", "<img = src=wide.png>", "<a =x\"' href=../Quest.md>", "\ud800"),
)
torn = st.lists(st.sampled_from([*MARKUP, *NOTES, *PIECES]), max_size=14).map("".join)


@given(torn)
def test_whatever_the_html_it_reads_the_same_again(content: str) -> None:
    try:
        html = made(content)
    except MarkupError:
        return
    assert parse_fragment(html).inner_html == html
    assert with_links(html, str) == html


@given(torn)
def test_whatever_the_html_a_strangers_is_cut_down_once_for_all(content: str) -> None:
    try:
        html = made_safe(content)
    except MarkupError:
        return
    assert MARK not in html
    root = parse_fragment(html)
    for element in root.iter_elements():
        assert not [name for name in element.attrs if name.startswith("on") or name in {"style", "action", "srcdoc"}]
        assert not (element.attr("id") or "").startswith(("__search", "__drawer", "md-"))


@given(torn, st.integers(1, 6))
def test_the_walk_goes_once_over_what_is_there(content: str, times: int) -> None:
    """No more addresses are asked for than there are."""
    html = parse_fragment(content).inner_html * times
    asked: list[str] = []
    try:
        finished(html, context(asked))
    except MarkupError:
        return
    holding = [element for element in parse_fragment(html).iter_elements() if element.attrs]
    assert len(asked) <= sum((element.attr("srcset") or "").count(",") + 4 for element in holding)


def test_half_a_character_is_none() -> None:
    assert made('<p a\ud800="x">\udfff y</p>') == '<p a?="x">? y</p>'
    assert made_safe('<p a\ud800="x">\udfff y</p>') == "<p>? y</p>"


class TestLimits:
    def test_depth(self) -> None:
        fits = f"{'<div>' * DEEPEST_MARKUP}x{'</div>' * DEEPEST_MARKUP}"
        assert made(fits) == fits
        with pytest.raises(MarkupError, match="nested more than 500 deep"):
            made(f"<div>{fits}</div>")

    @pytest.mark.parametrize("hidden", ["", "<object></b></object>", "<div>" * 9 + "</b>" + "</div>" * 9])
    def test_tags_left_open_do_not_fill_the_memory(self, hidden: str) -> None:
        """Each of them would be there again in every paragraph that follows."""
        opened = "".join(f"<b class=a{number}>{hidden}" for number in range(600))
        with pytest.raises(MarkupError, match="left open"):
            made(f"<p>{opened}</p>{'<p>x</p>' * 600}")

    def test_what_is_made_grows_as_the_text_does(self) -> None:
        for piece in ("<b>", "<b><p>", "<a ", "<!--", "<a href='", "<table>", "<select><option>", "<form><div></form>"):
            sizes = []
            for times in (200, 400):
                try:
                    sizes.append(made(piece * times).count("<"))
                except MarkupError:
                    break
            for small, large in itertools.pairwise(sizes):
                assert large <= 2 * small + 10

    def test_long_harmless_notes_are_no_torn_ones(self) -> None:
        paragraph = "<p><b>a</b> <code>b</code> <em>c <strong>d</strong></em> <li>e <i>f</i></p>"
        assert made(paragraph * 3000).count("<b>") == 3000
