from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.incremental.database import Database, Table
from mkdocs_papers.library.spelling import NearestPath

KNOWN: Table[str, bool] = Table("known")
nearest_known = NearestPath(KNOWN)


def library(known: Iterable[str], *, keeps_up: bool = False) -> Database:
    """A database that knows some paths."""
    db = Database(keeps_up=keeps_up)
    db.set(KNOWN, dict.fromkeys(sorted(known), True))
    return db


def nearest(known: Iterable[str], wrong: str) -> str | None:
    return nearest_known(library(known), wrong)


@pytest.mark.parametrize("wrong", ["Qest", "Quesst", "Quset", "Quesd", "quest", "uest"])
def test_a_letter_or_two_away(wrong: str) -> None:
    assert nearest(["InfLLM", "Quest", "SparQ"], wrong) == "Quest"


@pytest.mark.parametrize("wrong", ["Qust!!", "", "Wanda", "x" * 10_000])
def test_further_away(wrong: str) -> None:
    assert nearest(["InfLLM", "Quest", "y" * 10_000], wrong) is None


def test_the_most_like_wins_then_the_first() -> None:
    assert nearest(["LoRAs", "LoRA+", "LoRA-FA"], "LoRA+s") == "LoRA+"
    assert nearest(["abcx", "abc"], "abcd") == "abc"
    assert nearest(["ab", "ac"], "ad") == "ab"


PATHS = ["2024/Quest", "2022/Other", "2024/LLM/note.md"]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("2024/Qest", "2024/Quest"),
        ("2023/Quest", "2024/Quest"),
        ("204/quest", "2024/Quest"),
        ("2024/LLM/nota.md", "2024/LLM/note.md"),
        ("2021/x/NOTE.md", "2024/LLM/note.md"),
        ("2024", None),
        ("2024/Quest/deeper", None),
        ("2024/zzz", None),
    ],
)
def test_each_part_of_a_path(wrong: str, right: str | None) -> None:
    assert nearest(PATHS, wrong) == right


@given(st.lists(st.text(alphabet="ab/", min_size=1, max_size=6)), st.text(alphabet="ab/", max_size=6))
def test_a_suggestion_is_a_known_path(known: list[str], wrong: str) -> None:
    usual = [path for path in known if "//" not in path and path.strip("/") == path]
    assert nearest(usual, wrong) in {None, *usual}


words = st.text(alphabet="aAb", min_size=1, max_size=6)


@given(words, words)
def test_leaving_out_at_most_one_letter_of_each_makes_near_names_equal(known: str, wrong: str) -> None:
    def shorter(name: str) -> set[str]:
        folded = name.casefold()
        return {folded, *(folded[:place] + folded[place + 1 :] for place in range(len(folded)))}

    is_near = not shorter(known).isdisjoint(shorter(wrong))
    assert nearest([known], wrong) == (known if is_near else None)


paths = st.sets(st.from_regex(r"[aA]/[ab]{1,3}(/[ab]{1,2}c)?", fullmatch=True), max_size=8)


@given(st.lists(paths, min_size=2, max_size=4), st.lists(st.text(alphabet="ab/", max_size=6), max_size=4))
def test_answers_are_kept_up_as_paths_come_and_go(states: list[set[str]], wrong: list[str]) -> None:
    db = library((), keeps_up=True)
    for known in states:
        db.set(KNOWN, dict.fromkeys(sorted(known), True))
        assert [nearest_known(db, each) for each in wrong] == [nearest(known, each) for each in wrong]
