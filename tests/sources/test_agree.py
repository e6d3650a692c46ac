"""Whether two sources speak of one paper."""

import pytest

from mkdocs_papers.sources.agree import AUTHORS, TITLES, agrees, alike, fuller, same_person, shared_authors
from mkdocs_papers.sources.found import Found


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("FlashAttention: Fast and Exact", "FlashAttention: fast and exact.", True),
        ("Is Attention All We Have?", "Attention Is All You Need", False),
        ("YOLOv3: An Incremental Improvement", "YOLOv4: An Incremental Improvement", False),
        ("On Sparsity in Networks, Part II", "On Sparsity in Networks, Part III", False),
        ("Schrödinger Bridges", "Schrodinger bridges", True),
        ("The $k$-means Method", "The k-means method", True),
        ("Perceptrons", 'A Review of "Perceptrons"', False),
        ("Learning both Weights and Connections", "Learning Weights and Connections", True),
        ("Fast & Furious", "Fast and Furious", True),
        ("Learning both Weights and Connections", "Learning our Weights by Connections", False),
        ("", "", False),
        (None, "x", False),
    ],
)
def test_titles(one: str | None, other: str | None, *, same: bool) -> None:
    assert (alike(one, other) >= TITLES) == same


@pytest.mark.parametrize(
    ("name", "other", "same"),
    [
        ("Illia Polosukhin", "I. Polosukhin", True),
        ("Andrés M Bran", "Andres M. Bran", True),
        ("Wei Zhang", "Zhang Wei", True),
        ("Jae-joon Kim", "Jaejoon Kim", True),
        ("Sammy Davis, Jr.", "Sammy Davis", True),
        ("Sammy Davis Jr.", "S. Davis", True),
        ("Hal Daumé III", "Hal Daumé", True),
        ("Jane Doe (MIT)", "Jane Doe", True),
        ("The ATLAS Collaboration", "ATLAS Collaboration", True),
        ("Jörg Müller", "J. Mueller", True),
        ("Li III", "Wang III", False),
        ("(x)", "(y)", False),
        ("Wei Zhang", "Lei Zhang", False),
        ("Wei Zhang", "Wei Zhao", False),
        ("", "Wei Zhao", False),
        ("小明 王", "王小明", True),
        ("철수 김", "김철수", True),
        ("王小明", "李小明", False),
        ("王明", "王小明", False),
        ("王小明", "Xiaoming Wang", True),
        ("Wang Xiao-Ming", "王小明", True),
        ("王小明", "Xiaohong Wang", False),
        ("王晓明", "王小明", False),
        ("Łukasz Kaiser", "L. Kaiser", True),
        ("Иван Петров", "Ivan Petrov", True),
    ],
)
def test_people(name: str, other: str, *, same: bool) -> None:
    assert same_person(name, other) == same


def test_four_of_five_authors_are_enough() -> None:
    five = ("A One", "B Two", "C Three", "D Four", "E Five")
    assert shared_authors(five, five[::-1]) == 1
    assert shared_authors(five, five[:4]) == pytest.approx(AUTHORS)
    assert shared_authors(five, five[:3]) < AUTHORS
    assert shared_authors(("A One", "A One"), ("A One", "B Two")) == pytest.approx(0.5)
    assert shared_authors((), ()) == 0


def test_both_have_to_agree() -> None:
    paper = Found("a", title="Quest", authors=("Jiaming Tang", "Song Han"))
    assert agrees(paper, Found("b", title="QUEST", authors=("J. Tang", "S. Han")))
    assert not agrees(paper, Found("b", title="Quest", authors=("Ada Lovelace",)))
    assert not agrees(paper, Found("b", title="Something else", authors=paper.authors))
    assert not agrees(paper, Found("b", title="Quest"))


def test_initials_are_written_out_where_all_are_the_same_people() -> None:
    assert fuller(("I. Polosukhin", "Noam Shazeer"), ("Illia Polosukhin", "N. Shazeer")) == (
        "Illia Polosukhin",
        "Noam Shazeer",
    )
    assert fuller(("I. Polosukhin",), ("Illia Polosukhin", "N. Shazeer")) == ("I. Polosukhin",)
    assert fuller(("I. Polosukhin", "A. B"), ("Illia Polosukhin", "C. D")) == ("I. Polosukhin", "A. B")
