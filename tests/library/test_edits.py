import pytest

from mkdocs_papers.library.edits import apply, replaced
from mkdocs_papers.records.problem import Edit, Place


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
