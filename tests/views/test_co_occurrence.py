from collections.abc import Iterator

from mkdocs_papers.views.co_occurrence import MOST, co_occurring, most_frequent
from mkdocs_papers.views.view import NONE


def test_the_most_frequent_come_first_and_the_groups_own_value_not_at_all() -> None:
    assert co_occurring([("A", "B"), ("C", "B", "A"), ("B",)], "B") == [("A", 2), ("C", 1)]


def test_one_paper_alone_gives_its_values_in_their_order() -> None:
    assert co_occurring([("B", "A", "C")], "A") == [("B", 1), ("C", 1)]


def test_papers_without_a_value_have_nothing_in_common() -> None:
    assert co_occurring([(NONE,), (NONE, "A")]) == [("A", 1)]
    assert co_occurring([(NONE,)]) == []


def test_very_many_are_cut_off() -> None:
    crowd = tuple(f"author {n}" for n in range(1000))
    assert len(co_occurring([crowd])) == len(co_occurring([crowd, crowd])) == MOST


def test_papers_are_looked_at_only_where_numbers_are_equal() -> None:
    read: list[str] = []

    def papers() -> Iterator[tuple[str, ...]]:
        read.append("one")
        yield ()

    counts = {f"author {n}": n + 1 for n in range(MOST)}
    assert most_frequent(counts, papers(), ()) == sorted(counts.items(), key=lambda each: -each[1])
    assert read == []
