from __future__ import annotations

from mkdocs_papers.views.beside import MOST, beside
from mkdocs_papers.views.view import view
from tests.pages.papers import paper


def test_the_most_frequent_come_first_and_the_groups_own_value_not_at_all() -> None:
    papers = [
        paper("2024/a", authors=("A", "B")),
        paper("2024/b", authors=("C", "B", "A")),
        paper("2024/c", authors=("B",)),
    ]
    assert beside(papers, view("authors"), "B") == [("A", 2), ("C", 1)]


def test_one_paper_alone_gives_its_values_in_their_order() -> None:
    assert beside([paper(authors=("B", "A", "C"))], view("authors"), "A") == [("B", 1), ("C", 1)]


def test_very_many_are_cut_off() -> None:
    crowd = tuple(f"author {n}" for n in range(1000))
    assert len(beside([paper(authors=crowd)], view("authors"))) == MOST
    assert len(beside([paper("2024/a", authors=crowd), paper("2024/b", authors=crowd)], view("authors"))) == MOST
