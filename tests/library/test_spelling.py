from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.library.spelling import Paths, Words


@pytest.mark.parametrize("wrong", ["Qest", "Quesst", "Quset", "Quesd", "quest", "uest"])
def test_a_letter_or_two_away(wrong: str) -> None:
    assert Words(["InfLLM", "Quest", "SparQ"]).nearest(wrong) == "Quest"


@pytest.mark.parametrize("wrong", ["Qust!!", "", "Wanda", "x" * 10_000])
def test_further_away(wrong: str) -> None:
    assert Words(["InfLLM", "Quest", "y" * 10_000]).nearest(wrong) is None


def test_the_most_like_wins_then_the_first() -> None:
    assert Words(["LoRAs", "LoRA+", "LoRA-FA"]).nearest("LoRA+s") == "LoRAs"
    assert Words(["ab", "ac"]).nearest("ad") == "ab"


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
    assert Paths(["2024/Quest", "2022/Other", "2024/LLM/note.md"]).nearest(wrong) == right


@given(st.lists(st.text(alphabet="ab/", min_size=1, max_size=6)), st.text(alphabet="ab/", max_size=6))
def test_a_suggestion_is_a_known_path(known: list[str], wrong: str) -> None:
    usual = [path for path in known if "//" not in path and path.strip("/") == path]
    assert Paths(usual).nearest(wrong) in {None, *usual}


@given(st.lists(st.text(alphabet="aAb", max_size=6), max_size=6), st.text(alphabet="aAb", max_size=6))
def test_the_hundredth_question_is_answered_as_the_first(known: list[str], wrong: str) -> None:
    words = Words(known)
    assert len({words.nearest(wrong) for _ in range(100)}) == 1
