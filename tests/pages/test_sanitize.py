"""Notes and pictures from strangers: what acts is gone, what shows is there."""

import html.parser
import importlib.util
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.pages.mathml import mathml
from mkdocs_papers.pages.sanitize import (
    PASSIVE_SUFFIXES,
    UnsafeFileError,
    passive_file,
    passive_html,
    passive_svg,
    safe_id,
)
from tests.hostile import MARKUP

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"{}>{}</svg>'


PRE = '<pre class="language-c hll"><code>x</code></pre>'
GREEN = '<svg><rect stroke="#0f0"></rect></svg>'
MATH = '<math><mspace></mspace><mo lspace="0.2em">x</mo></math>'
TABLE = "<table><tbody><tr><td>x</td></tr></tbody></table>"
CHECKED = '<label><input type="checkbox" checked="" disabled=""> a</label>'


class _Elements(html.parser.HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def _assert_passive(html_text: str) -> None:
    for tag, attributes in _Elements(html_text).found:
        assert tag not in {
            "script",
            "style",
            "iframe",
            "object",
            "embed",
            "form",
            "link",
            "meta",
            "base",
            "use",
            "animate",
        }
        for name, value in attributes.items():
            assert not name.startswith("on")
            assert name not in {"formaction", "action", "srcdoc", "background", "ping", "target", "xlink:href"}
            if name in {"href", "src", "poster", "cite"}:
                assert not value.strip().lower().startswith(("javascript:", "vbscript:", "data:", "file:", "blob:"))
            if name in {"src", "srcset", "poster"}:
                assert "//" not in value
            if name == "id":
                assert not value.startswith("_") or value.startswith(("__tabbed_", "__span-", "__codelineno-"))


class TestHtml:
    def test_nothing_acts(self) -> None:
        for text in MARKUP:
            _assert_passive(passive_html(text))
            _assert_passive(passive_html(f"<p>{text}</p>"))
        _assert_passive(passive_html(f"<svg><title>{text}</title></svg><math><mtext>{text}</mtext></math>"))

    @given(
        st.lists(st.sampled_from([*MARKUP, "<", ">", '"', "'", "`", "=", "/", " ", "onload", "\0", "&lt;"]), max_size=8)
    )
    def test_nothing_acts_however_it_is_put_together(self, parts: list[str]) -> None:
        once = passive_html("".join(parts))
        _assert_passive(once)
        assert passive_html(once) == once

    @pytest.mark.parametrize(
        ("text", "left"),
        [
            ('<a href="https://example.org/x?a=1&amp;b=2">x</a>', None),
            ('<a href="../Quest/note.md#top" title="t">x</a>', None),
            ('<p align="center"><img src="./a.png" width="600" alt="a" srcset="a.png 1x, b.png 2x"></p>', None),
            ('<img src="https://tracker.example/a.png" alt="a">', '<img alt="a">'),
            ('<img src="//tracker.example/a.png">', "<img>"),
            ('<img src="/\\tracker.example/a.png">', "<img>"),
            ('<img src="a.png" srcset="a.png 1x, https://tracker.example/b.png 2x">', '<img src="a.png">'),
            ('<img src="a.png" srcset=" src=./a.png onerror=alert(1) ">', '<img src="a.png">'),
            ('<img src="a.png" srcset="a.png 300w,b.png 1.5x">', None),
            ('<article><nav>x</nav></article><header>y</header><map><area href="a"></map>', "xy"),
            ('<audio controls="" src="a.mp3"></audio>', None),
            ('<video src="a.mp4"><track kind="captions" srclang="en" label="x" src="a.vtt"></video>', None),
            ('<pre class="mermaid language-c hll"><code class="md-x">x</code></pre>', PRE),
            ('<svg><rect fill="url(https://elsewhere.example/x)" stroke="#0f0"></rect></svg>', GREEN),
            ('<svg><rect fill="u\\72l(//elsewhere.example)" stroke="#0f0"></rect></svg>', GREEN),
            ('<math><mspace width="-9999px"></mspace><mo lspace="0.2em">x</mo></math>', MATH),
            ('<table width="99999"><tbody><tr><td>x</td></tr></tbody></table>', TABLE),
            ('<p id="module"><a href="#module">x</a></p>', '<p id="note-module"><a href="#note-module">x</a></p>'),
            ('<td style="text-align: right;">x</td>', "x"),
            ('<table><tbody><tr><td style="text-align: right;">x</td></tr></tbody></table>', None),
            ('<p style="position:fixed">x</p>', "<p>x</p>"),
            ('<p id="__config" class="md-overlay papers-x tip">x</p>', '<p id="note-__config" class="tip">x</p>'),
            ('<label><input type="checkbox" checked="" disabled="" onclick="x"> a</label>', CHECKED),
            ("<iframe src='x'>inner</iframe>after", "after"),
            ("<!-- a --><!--[if IE]>x<![endif]-->b", "b"),
        ],
    )
    def test_what_is_left(self, text: str, left: str | None) -> None:
        assert passive_html(text) == (text if left is None else left)

    def test_what_the_plugin_put_in_is_known_by_its_mark(self) -> None:
        own = '<p class="m-papers-x papers-y tip" aria-hidden="m-true" data-search-exclude="m-" id="m-papers-c">x</p>'
        left = '<p class="papers-x tip" aria-hidden="true" data-search-exclude="" id="papers-c">x</p>'
        assert passive_html(own, "m-") == left
        # No stranger can know it, and without it nothing is the plugin's own.
        assert passive_html(left) == '<p class="tip" id="note-papers-c">x</p>'
        assert passive_html('<p aria-hidden="true" aria-label="x" data-search-exclude>x</p>', "m-") == "<p>x</p>"

    def test_math_stays_as_it_was_drawn(self) -> None:
        drawn = str(mathml(r"\frac{a_1}{\sqrt{b}} \le \begin{pmatrix} 1 & \infty \\ 0 & <\end{pmatrix}", display=True))
        assert passive_html(drawn) == passive_html(passive_html(drawn))
        before, after = ([tag for tag, _ in _Elements(text).found] for text in (drawn, passive_html(drawn)))
        assert before == after

    def test_what_markdown_extensions_write_stays(self) -> None:
        extensions: dict[str, dict[str, object]] = {
            **{
                name: {}
                for name in ("abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables")
            },
            **{f"pymdownx.{name}": {} for name in ("details", "superfences", "inlinehilite", "keys", "mark")},
            "pymdownx.highlight": {"anchor_linenums": True, "line_spans": "__span", "linenums": True},
            "pymdownx.tabbed": {"alternate_style": True},
            "pymdownx.tasklist": {"custom_checkbox": True},
            "toc": {"permalink": True},
        }
        text = """\
# Title {#own .tip}

!!! note "Mind"
    A note.[^1]

??? tip
    Folded.

=== "One"
    1
=== "Two"
    2

- [x] done
- [ ] to do

| a | b |
|--:|:-:|
| 1 | 2 |

```python
print("x")
```

==marked== ++ctrl+c++ `#!python x`

[^1]: Foot.
"""
        made = markdown.markdown(text, extensions=list(extensions), extension_configs=extensions)
        before, after = (
            [(tag, attributes.get("class"), attributes.get("id")) for tag, attributes in _Elements(text).found]
            for text in (made, passive_html(made))
        )
        # A table gets the body that browsers would give it.
        assert [each for each in after if each[0] != "tbody"] == [each for each in before if each[0] != "tbody"]


class TestSvg:
    @pytest.mark.parametrize(
        ("attributes", "inner", "expected"),
        [
            ("", '<path d="M0 0h1" fill="url(#a)"/>', '<path d="M0 0h1" fill="url(#a)"></path>'),
            ("", "<script>alert(1)</script>", ""),
            (' onload="alert(1)"', "<g onclick='alert(1)'/>", "<g></g>"),
            ("", '<a xlink:href="javascript:alert(1)"><text>x</text></a>', "<g><text>x</text></g>"),
            ("", '<a href="https://elsewhere.example"><text>x</text></a>', "<g><text>x</text></g>"),
            ("", '<image href="https://elsewhere.example/x.png"/>', "<image></image>"),
            ("", '<use xlink:href="other.svg#x"/><use xlink:href="#x"/>', '<use></use><use xlink:href="#x"></use>'),
            ("", '<g xml:base="https://elsewhere.example/" xml:lang="en"/>', '<g xml:lang="en"></g>'),
            ("", '<image href="data:image/svg+xml;base64,AAAA"/>', "<image></image>"),
            ("", '<image href="data:image/png;base64,AAAA"/>', '<image href="data:image/png;base64,AAAA"></image>'),
            ("", "<style>.a{fill:red}</style>", "<style>.a{fill:red}</style>"),
            ("", "<style>@import url(//elsewhere.example/x.css);</style>", "<style></style>"),
            ("", "<style>.a{fill:url('https://elsewhere.example/#x')}</style>", "<style></style>"),
            ("", "<style>.a{cursor:image-set('https://elsewhere.example/x' 1x)}</style>", "<style></style>"),
            ("", '<rect style="fill:u\\72l(//elsewhere.example)" filter="url(//elsewhere.example)"/>', "<rect></rect>"),
            ("", '<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="x"/></foreignObject>', ""),
            ("", '<animate attributeName="href" to="javascript:alert(1)"/><set/>', ""),
            ("", '<html:script xmlns:html="http://www.w3.org/1999/xhtml">alert(1)</html:script>', ""),
            ("", "<text>a &lt; b &amp; c</text><!-- x --><?php x ?>", "<text>a &lt; b &amp; c</text>"),
        ],
    )
    def test_what_is_left(self, attributes: str, inner: str, expected: str) -> None:
        made = passive_svg(SVG.format(attributes, inner).encode()).decode()
        root = ET.fromstring(made)  # noqa: S314 - this is what is tested
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert root.attrib == {}
        assert made.partition("<svg")[2].partition(">")[2].strip().removesuffix("</svg>") == expected

    def test_size_and_view_box_stay(self) -> None:
        made = passive_svg(SVG.format(' width="9" height="9" viewBox="0 0 9 9" xml:space="preserve"', "").encode())
        assert b' width="9" height="9" viewBox="0 0 9 9" xml:space="preserve"' in made

    def test_a_style_sheet_before_the_picture_is_gone(self) -> None:
        before = b'<?xml version="1.0"?><?xml-stylesheet href="https://elsewhere.example/x.css"?><!DOCTYPE svg>'
        assert b"elsewhere" not in passive_svg(before + SVG.format("", "").encode())

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"not xml",
            b"<svg/>",
            b'<html xmlns="http://www.w3.org/1999/xhtml"/>',
            b'<svg xmlns="http://www.w3.org/2000/svg">',
            b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
            b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
            b'<?xml version="1.0" encoding="nonsense"?><svg xmlns="http://www.w3.org/2000/svg"/>',
            b'<svg xmlns="http://www.w3.org/2000/svg">' + b"<g>" * 5000,
        ],
    )
    def test_what_cannot_be_made_safe(self, content: bytes) -> None:
        with pytest.raises(UnsafeFileError):
            passive_svg(content)

    @given(st.lists(st.sampled_from([*MARKUP, "<g ", "<style>", "<use xlink:href=", '"', ">", "/>"]), max_size=5))
    def test_whatever_it_holds(self, parts: list[str]) -> None:
        try:
            made = passive_svg(SVG.format("", "".join(parts)).encode("utf-8", "surrogatepass"))
        except UnsafeFileError:
            return
        for element in ET.fromstring(made).iter():  # noqa: S314 - this is what is tested
            assert element.tag.startswith("{http://www.w3.org/2000/svg}")
            assert not any(name.lower().startswith("on") for name in element.attrib)


class TestFiles:
    @pytest.mark.parametrize("name", ["a.png", "b.JPG", "paper.pdf", "data.csv", "model.zip"])
    def test_what_only_shows_is_served_as_it_is(self, name: str) -> None:
        assert passive_file(name, lambda: pytest.fail("read")) is None

    @pytest.mark.parametrize(
        "name", ["a.html", "a.HTM", "a.xhtml", "a.xml", "a.js", "a.mjs", "a.css", "a.svgz", "a.wasm", "a"]
    )
    def test_what_runs_is_not(self, name: str) -> None:
        with pytest.raises(UnsafeFileError, match="is of a type that may run scripts"):
            passive_file(name, lambda: pytest.fail("read"))

    def test_a_picture_in_svg_is_written_anew(self) -> None:
        assert b"alert" not in (
            passive_file("x/y.SVG", lambda: SVG.format("", "<script>alert(1)</script>").encode()) or b"alert"
        )
        with pytest.raises(UnsafeFileError, match="cannot be made safe: syntax error"):
            passive_file("y.svg", lambda: b"x")


@pytest.mark.parametrize("theme", ["material.templates", "mkdocs.themes.mkdocs", "mkdocs.themes.readthedocs"])
def test_no_id_of_a_theme_is_left_to_a_note(theme: str) -> None:
    """Neither one that its templates write, nor one that its scripts ask for."""
    package, _, folder = theme.partition(".")
    spec = importlib.util.find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    root = Path(spec.origin).parent / folder.replace(".", "/")
    written = "".join(path.read_text(encoding="utf-8") for path in root.rglob("*.html"))
    scripts = "".join(path.read_text(encoding="utf-8") for path in root.rglob("*.js") if "lunr" not in path.parts)
    ids = {name for name in re.findall(r'\bid="([^"{}]+)"', written) if name != "search-results"}
    ids |= set(re.findall(r"getElementById\([\"']([^\"']+)[\"']\)", scripts))
    assert ids
    assert {name for name in ids if safe_id(name) == name} == set()


PASSIVE = frozenset(
    """
    .png .jpg .jpeg .gif .webp .avif .svg .bmp .ico .tif .tiff .mp3 .m4a .ogg .oga .opus .wav .flac .mp4 .m4v .webm
    .ogv .mov .pdf .ps .eps .txt .text .log .csv .tsv .json .jsonl .bib .ris .tex .zip .gz .bz2 .xz .zst .tar .tgz .7z
    .npy .npz .ipynb .yaml .yml .toml .py .c .cc .cpp .cu .cuh .h .hpp .rs .go .jl .sh .prototxt .onnx .doc .docx .ppt
    .pptx .xls .xlsx .odt .odp .ods .epub .drawio .vtt .srt
    """.split()  # noqa: SIM905 - suffixes read best as words
)
"""What is served of strangers' files stands here again: whoever adds to it should think of it twice."""


def test_what_is_served_of_strangers_files() -> None:
    assert PASSIVE == PASSIVE_SUFFIXES
    assert all(passive_file(f"a{suffix.upper()}", bytes) is None for suffix in PASSIVE if suffix != ".svg")


@pytest.mark.parametrize(
    "html",
    [
        '<a href="mailto:a@example.org">a</a>',
        '<img src="a.png" srcset="a.png 1x, b.png 2x" sizes="9px" alt="a">',
        '<picture><source srcset="a.webp" media="print" type="image/webp"><img src="a.png" alt="a"></picture>',
    ],
)
def test_what_links_and_pictures_need_stays(html: str) -> None:
    assert _Elements(passive_html(html)).found == _Elements(html).found


def test_of_a_style_that_reaches_out_nothing_is_left() -> None:
    svg = SVG.format("", "<style>@import 'x';</style><style>path { fill: red }</style>").encode()
    assert [style.text for style in ET.fromstring(passive_svg(svg)).iter("{http://www.w3.org/2000/svg}style")] == [  # noqa: S314 - ours
        None,
        "path { fill: red }",
    ]
