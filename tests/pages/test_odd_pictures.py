"""Pictures of every odd kind: each costs its thumbnail at most, with one line that says why."""

import codecs
import contextlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mkdocs_papers.pages.pictures import PictureError, dimensions
from mkdocs_papers.pages.renditions import Use, renditions

SVG = (
    '<?xml version="1.0" encoding="{}"?>'
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><text>{}</text></svg>'
)


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("gb2312", "注意力"),
        ("GBK", "注意力"),
        ("gb18030", "注意力"),
        ("big5", "注意力"),
        ("shift_jis", "注意力"),
        ("Shift-JIS", "カタカナ"),
        ("euc-jp", "カタカナ"),
        ("iso-2022-jp", "カタカナ"),
        ("euc-kr", "한글"),
        ("windows-1251", "слово"),
        ("koi8-r", "слово"),
        ("iso-8859-15", "mot"),
        ("utf-8", "注意力"),
        ("UTF-16", "注意力"),
    ],
)
def test_an_svg_in_an_encoding_that_browsers_know(encoding: str, words: str) -> None:
    content = SVG.format(encoding, words).encode(encoding)
    assert dimensions(content, ".svg") == (40, 30)


@pytest.mark.parametrize(
    "encoding",
    ["x-unknown", "idna", "punycode", "zlib", "rot13", "unicode_escape", "utf-7", "hz", "a" * 500, "_", "hex"],
)
def test_an_svg_in_another_encoding(encoding: str) -> None:
    content = SVG.format(encoding, "words").encode()
    with pytest.raises(PictureError, match=r"no well-formed SVG|in an encoding that browsers do not know"):
        dimensions(content, ".svg")


def test_an_svg_that_is_not_in_the_encoding_that_it_names() -> None:
    with pytest.raises(PictureError, match="no well-formed SVG"):
        dimensions(SVG.format("gb2312", "é").encode("latin-1"), ".svg")


def test_a_large_svg_in_such_an_encoding_is_looked_at_at_its_beginning() -> None:
    content = SVG.format("gb2312", "注" * 100_000).encode("gb2312")
    for odd in range(2):
        assert dimensions(content.replace(b"<text>", b"<text>" + b"x" * odd), ".svg") == (40, 30)


_ENCODINGS = st.sampled_from(sorted({*codecs.__dict__, "gb2312", "shift_jis", "utf-8", "utf-16", "x", "idna", "cp037"}))
_PARTS = st.sampled_from(
    [b"<svg>", b"</svg>", b"<?xml ", b"?>", b"<!DOCTYPE x [", b"<!ENTITY a '&b;'>", b"&a;", b"\0", b"\xff\xfe"]
)


@given(_ENCODINGS, st.lists(st.one_of(_PARTS, st.binary(max_size=20)), max_size=8).map(b"".join))
@example("gb2312", b"")
def test_no_picture_raises_anything_else(encoding: str, content: bytes) -> None:
    opening = f'<?xml version="1.0" encoding="{encoding}"?>'.encode()
    for text, suffix in ((content, ".svg"), (opening + content, ".svg"), (content, ".png")):
        with contextlib.suppress(PictureError):
            dimensions(text, suffix)
        with contextlib.suppress(PictureError):
            renditions(text, Use.LISTING)
