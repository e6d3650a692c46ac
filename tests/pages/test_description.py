"""Papers and notes in few plain words."""

import pytest
from hypothesis import given

from mkdocs_papers.library.model import Note
from mkdocs_papers.pages.description import (
    byline,
    host_mark,
    note_description,
    paper_description,
    paper_facts,
    published,
    shortened,
)
from tests.pages.papers import paper, text


@pytest.mark.parametrize(
    ("authors", "venue", "facts"),
    [
        ((), None, "2024."),
        (("Song Han",), "ICML", "Song Han. ICML 2024."),
        (("A", "B", "C"), "ICML", "A, B, C. ICML 2024."),
        (("A", "B", "C", "D"), "ICML", "A, B, C et al. ICML 2024."),
        (("Sammy Davis, Jr.",), "ICML", "Sammy Davis, Jr. ICML 2024."),
    ],
)
def test_facts(authors: tuple[str, ...], venue: str | None, facts: str) -> None:
    assert paper_facts(paper(authors=authors, venue=venue)) == facts


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("Up to $\\infty$", "Up to ∞. 2024."),
        ("What?", "What? 2024."),
        ("Done.", "Done. 2024."),
        ("注意力！", "注意力！ 2024."),
    ],
)
def test_a_papers_description(title: str, line: str) -> None:
    assert paper_description(paper(title=title)) == line


def test_a_notes_description() -> None:
    assert note_description(Note("a.md", "A", excerpt="First $x^2$\nwords.")) == "First x² words."
    assert note_description(Note("a.md", "A", excerpt="First words.", meta={"description": "Said."})) == "Said."
    assert note_description(Note("a.md", "A", excerpt="First words.", meta={"description": 5})) == "First words."
    assert note_description(Note("a.md", "A")) == ""


@pytest.mark.parametrize(
    ("line", "short"),
    [
        ("word " * 39 + "word", "word " * 39 + "word"),
        ("word " * 41, "word " * 38 + "word…"),
        ("字" * 201, "字" * 199 + "…"),
    ],
)
def test_shortened(line: str, short: str) -> None:
    assert shortened(line) == short


@given(text)
def test_a_description_is_one_short_line(text: str) -> None:
    line = note_description(Note("a.md", "A", excerpt=text * 20))
    assert len(line) <= 200
    assert len(line.splitlines()) <= 1


@pytest.mark.parametrize(
    ("authors", "named"),
    [
        ("", ("", 0)),
        ("A", ("A", 0)),
        ("ABC", ("ABC", 0)),
        ("ABCD", ("AD", 2)),
        ("ABCDEFG", ("AG", 5)),
        ("AABA", ("AB", 0)),
    ],
)
def test_few_authors_are_all_named_and_of_many_the_first_and_the_last(authors: str, named: tuple[str, int]) -> None:
    assert byline(authors) == (tuple(named[0]), named[1])


@pytest.mark.parametrize(
    ("url", "mark"),
    [
        ("https://arxiv.org/abs/2406.10774", "arXiv"),
        ("http://export.arxiv.org/pdf/2406.10774.pdf", "arXiv"),
        ("https://aclanthology.org/2024.acl-long.1.pdf", "PDF"),
        ("https://openreview.net/forum?id=x.pdf", None),
        ("https://notarxiv.org/", None),
        ("https://[broken", None),
    ],
)
def test_the_paper_elsewhere_is_called_by_where_it_is(url: str, mark: str | None) -> None:
    assert host_mark(url) == mark


def test_where_and_when_a_paper_was_published() -> None:
    assert published("ICLR", 2024) == "ICLR 2024"
    assert published(None, 2024) == published("", 2024) == "2024"
