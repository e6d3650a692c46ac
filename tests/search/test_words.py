"""The words of texts; the script is held to the same file in `tests/browser/test_search_words.py`."""

import tomllib
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.search.words import fold, neighbours, words

TEXTS: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))["text"]


@pytest.mark.parametrize("golden", TEXTS, ids=lambda golden: golden["text"])
def test_the_words_of_a_text(golden: dict[str, str]) -> None:
    by_itself, _, inside = golden["words"].partition(" | ")
    found = list(words(golden["text"]))
    assert [word for word, alone in found if alone] == by_itself.split()
    assert [word for word, alone in found if not alone] == inside.split()


@pytest.mark.parametrize("golden", TEXTS, ids=lambda golden: golden["text"])
def test_what_a_query_asks_for_is_in_the_index_of_its_own_text(golden: dict[str, str]) -> None:
    assert set(golden["query"].split()) <= {word for word, _ in words(golden["text"])}


@given(st.text())
def test_words_are_folded_and_never_empty(text: str) -> None:
    for word, _ in words(text):
        assert word
        assert fold(word) == word
        assert not set(word) & set(" \n\t\"'")


@given(st.text(), st.text())
def test_letter_case_and_the_words_around_change_nothing(one: str, other: str) -> None:
    found = [word for word, alone in words(f"{one} {other}") if alone]
    assert found == [word for text in (one, other) for word, alone in words(text) if alone]


@pytest.mark.parametrize(
    ("text", "rows"),
    {
        "Quest": [],
        "Massive activations": ["massive activations"],
        "the art of the deal is": ["art of the deal"],
        "low-rank LoRA+": ["low rank", "rank lora+"],
        "2:4 or N:M": ["2 4", "4 or n", "n m"],
        "Boža Ángel": ["boza angel"],
        "KV 缓存 cache hit": ["cache hit"],
        "one t\ud800wo": ["one t", "t wo"],
    }.items(),
)
def test_words_that_stand_in_a_row(text: str, rows: list[str]) -> None:
    assert list(neighbours(text)) == [zlib.crc32(row.encode()) for row in rows]
