"""What Markdown does for a note is bounded by counts, and within them its outcome is what it was."""

import re

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown.inlinepatterns import LinkInlineProcessor

from mkdocs_papers.records import limits
from mkdocs_papers.site import steps
from mkdocs_papers.site.steps import Closings, TooManyStepsError, bound

EXTENSIONS = ["attr_list", "footnotes", "md_in_html", "tables", "toc", "pymdownx.superfences", "pymdownx.arithmatex"]
PIECES = st.sampled_from([
    *("[", "]", "![", "](", "(", ")", "[a](b)", "[a][b]", "![c](d 'e')", "<", "<p ", "<b>", ">", "\\(", "\\)", "$"),
    *("`", "*", "# ", "\n", "\n\n", "- ", "a", " ", "[^1]", "[b]: c\n", "'", '"', "<p markdown>", "&amp;", "\\"),
])  # fmt: skip
TEXTS = st.lists(PIECES, max_size=40).map("".join)


def converter() -> markdown.Markdown:
    return markdown.Markdown(extensions=EXTENSIONS)


@given(TEXTS)
def test_the_outcome_is_markdowns_own(text: str) -> None:
    bounded = converter()
    bound(bounded, text)
    assert bounded.convert(text) == converter().convert(text)


@given(st.lists(TEXTS, min_size=1, max_size=4), st.integers(0, 3))
def test_closing_brackets_are_found_as_markdown_finds_them(texts: list[str], near: int) -> None:
    patched = pytest.MonkeyPatch()
    patched.setattr(steps, "_NEAR", near)
    closings, original = Closings(), LinkInlineProcessor("", converter())
    text = "".join(texts)
    # Placeholders take the place of what is found, and the rest is looked at again.
    for data in (text, f"#{text[len(texts[0]) :]}", text, "".join(texts[:-1])):
        for index in (found.end() for found in re.finditer(r"\[", data)):
            assert closings.text_to(data, index) == original.getText(data, index)
    patched.undo()


def test_brackets_of_another_text_are_looked_at_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "_NEAR", 0)
    closings = Closings()
    assert closings.text_to("[[a]x]", 1) == ("[a]x", 6, True)
    assert closings.text_to("[[b]y[", 1) == ("[b]y[", 6, False)
    assert closings.text_to("#[[b]y]", 2) == ("[b]y", 7, True)


@pytest.mark.parametrize("piece", ["[", "![", "[[a]", "[a][", "[a](", "[ [a](b) ", "[a](b) ["])
def test_brackets_cost_no_steps_that_grow_with_the_square(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tables: list[int] = []
    made = steps._closings  # noqa: SLF001 - how often it is asked is what matters

    def noted(text: str) -> dict[int, int]:
        tables.append(len(text))
        return made(text)

    monkeypatch.setattr(steps, "_closings", noted)
    text = piece * 2_000
    bounded = converter()
    bound(bounded, text)
    bounded.convert(text)
    # One table for each of the eight kinds of links and pictures, and for what was put in its place.
    assert sum(tables) <= 20 * len(text)


@pytest.mark.parametrize(
    "piece", ["<p ", "<![CDATA[", "</a", "\\(", "\\[", "[^", "# a\n", "a\n-\n", "---\n", "=\n", "[a](" + "b" * 9]
)
def test_what_takes_too_many_steps_ends(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "MOST_STEPS", 10_000)
    for count, ends in ((20, False), (5_000, True)):
        text = piece * count + (")" if "](" in piece else "")
        bounded = converter()
        bound(bounded, text)
        if ends:
            with pytest.raises(TooManyStepsError):
                bounded.convert(text)
        else:
            bounded.convert(text)


@pytest.mark.parametrize(
    ("extension", "begin", "piece"),
    [
        ("footnotes", "[^1]: a\n\n", "[^1] "),
        ("footnotes", "", "[^1]: a\na"),
        ("pymdownx.caret", "", "[^1] "),
        ("pymdownx.tilde", "", "[~1] "),
        ("toc", "", "*a* "),
        ("toc", "", "a\n\n"),
    ],
)
def test_names_and_signs_that_are_tried_again_and_again_count(
    extension: str, begin: str, piece: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For each link to a footnote, and each sign that may begin a raised word, Markdown tries all the others.

    For each match in a paragraph it copies that, and for each block it moves all that follow.
    """
    monkeypatch.setattr(steps, "MOST_STEPS", 30_000)
    monkeypatch.setattr(steps, "STEPS_A_CHARACTER", 1)
    for count, ends in ((20, False), (8_000, True)):
        bounded = markdown.Markdown(extensions=[extension])
        text = begin + piece * count
        bound(bounded, text)
        if ends:
            with pytest.raises(TooManyStepsError):
                bounded.convert(text)
        else:
            bounded.convert(text)


def test_an_ordinary_text_is_far_from_the_limit() -> None:
    text = (
        "# Title\n\nSome *words* of [a link](b.md) and $x^2$.\n\n- one\n- two\n\n| a | b |\n|---|---|\n| c | d |\n\n"
        * 200
    )
    bounded = converter()
    counted = steps.Steps(10 * len(text))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(steps, "Steps", lambda _: counted)
        bound(bounded, text)
    bounded.convert(text)
    assert counted.left >= 0
    assert limits.STEPS_A_CHARACTER > 10
