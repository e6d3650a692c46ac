import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.library.edits import apply, offset, replaced
from mkdocs_papers.records.lines import Lines
from mkdocs_papers.records.problem import Edit, Place


@given(st.text(alphabet="\ufeffa\r\n\u2028"), st.data())
def test_an_offset_is_where_lines_say_that_its_place_is(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(min_value=int(text.startswith("\ufeff")), max_value=max(len(text), 1)))
    place = Lines(text).place(at)
    if text[max(at - 1, 0) : at + 1] != "\r\n":  # inside a line end there is no place
        assert offset(text, place) == (at if at <= len(text) else None)


def test_a_place_beyond_the_text_has_none() -> None:
    assert offset("a\nb", Place(3, 1)) is None
    assert offset("a\nb", Place(2, 3)) is None
    assert offset("", Place(2, 1)) is None


@pytest.mark.parametrize("text", ['url: "A.md"', "url: 'A.md'", "url: A.md", 'url: " A.md "'])
def test_a_value_is_replaced_within_its_quotes_and_spaces(text: str) -> None:
    assert apply(text, replaced(text, Place(1, 6), "A.md", "a.md")) == text.replace("A", "a")


@pytest.mark.parametrize("text", ['url: "\\x41.md"', 'url: "A" ".md"', "url: >\n  A.md"])
def test_a_value_that_does_not_stand_plainly_is_not(text: str) -> None:
    assert replaced(text, Place(1, 6), "A.md", "a.md") == ()


def test_a_value_that_is_not_there_is_not() -> None:
    assert replaced('url: "A.md"', Place(2, 1), "A.md", "a.md") == replaced("", Place(1, 1), "", "a.md") == ()


def test_edits_that_overlap_wait() -> None:
    edits = [Edit(0, 2, "x"), Edit(1, 3, "y"), Edit(3, 3, "!"), Edit(3, 3, "!")]
    assert apply("abcd", edits) == "xc!d"
