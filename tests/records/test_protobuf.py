r"""The reader of protobuf text format, held to protobuf's own.

Whatever protobuf's reader takes, ours takes too, and gives the same values. The exceptions are left out here:

- a carriage return by itself ends a line for us, so that a comment ends with it and no text holds it;
- keywords by number: which number means what, only a `.proto` file could say;
- ``\N{…}``, an escape of Python's that slips through; an ASCII character by its code point, which protobuf may
  read as a part of the escape before it or the beginning of another; and a backslash before a character beyond Latin-1.
"""

import re
import warnings
from typing import Any

import pytest
from google.protobuf import text_format
from hypothesis import assume, event, example, given
from hypothesis import strategies as st

from mkdocs_papers.records.proto import message_class
from mkdocs_papers.records.prototxt import read_prototxt
from mkdocs_papers.records.schema import PaperInfo
from tests.records.messages import content_of
from tests.records.strategies import KEYWORDS, layouts, mutations

_ODD = re.compile(
    r"\r(?!\n) | \\N | \\(?:u|U0000)00[2-7] | \\[^\x00-\xff] | words \s* : \s* \[? \s* [-+0-9]", re.VERBOSE
)


def _by_protobuf(text: str, *, bare_words: bool) -> PaperInfo | None:
    """What protobuf's reader makes of a text, or None where it does not take it."""
    message = message_class(KEYWORDS if bare_words else ())()
    with warnings.catch_warnings():
        # Unknown escapes, which protobuf leaves to Python.
        warnings.simplefilter("ignore", DeprecationWarning)
        try:
            text_format.Parse(text, message)
        except text_format.ParseError:
            return None
    content: PaperInfo = content_of(message)
    return content


def _assert_same(text: str, *, bare_words: bool) -> None:
    theirs = _by_protobuf(text, bare_words=bare_words)
    event("taken" if theirs else "not taken")
    if theirs is None:
        return
    ours = read_prototxt(text)
    assert [str(problem) for problem in ours.problems if problem.code != "bad-escape"] == []
    assert ours.content == theirs


@given(st.data(), st.booleans())
def test_any_layout_reads_the_same(data: st.DataObject, bare_words: bool) -> None:  # noqa: FBT001  # Hypothesis gives it.
    text = data.draw(layouts(bare_words=bare_words)).text
    assume(not _ODD.search(text))
    _assert_same(text, bare_words=bare_words)


@given(mutations(layouts().map(lambda laid: laid.text), "{}<>[]:,;#\"'\\ \n\r\t01-+.ux_apub\xa0é中"))
@example('paper { title: "a" # b\r\n }')
@example("update_time: - 5")
@example("rating: 1_0")
@example("words: [quantization, ]")
@example("keyword { words: [ ] }")
def test_what_protobuf_takes_reads_the_same(text: str) -> None:
    assume(not _ODD.search(text))
    _assert_same(text, bare_words=True)


@pytest.mark.parametrize(
    "literal",
    [
        r'"\a\b\f\n\r\t\v\\\'\""',
        r'"\1\12\123\1011"',
        r'"\303\251"',
        r'"\xe4\xb8\xad"',
        '"\\303" "\\251"',
        r'"\x414\xag"',
        r'"\u00e9\u4e2d\U0001F600\U00000041"',
        r'"$\infty$ \? \q"',
        "'it''s' \"a\"",
    ],
)
def test_escapes_read_the_same(literal: str) -> None:
    text = f"paper {{ title: {literal} }}"
    theirs = _by_protobuf(text, bare_words=True)
    assert theirs is not None
    assert read_prototxt(text).content == theirs


@pytest.mark.parametrize("number", ["0", "-0", "00", "017", "-017", "0x1F", "-0x1f", "1_000", "0b11", "0o17", "+5"])
def test_numbers_read_the_same(number: str) -> None:
    text = f"update_time: {number}"
    theirs: Any = _by_protobuf(text, bare_words=True)
    assert theirs is not None
    assert read_prototxt(text).content == theirs
