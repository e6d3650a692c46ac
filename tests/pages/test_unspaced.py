from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.pages.unspaced import LETTERS, LONGEST_TAIL, MARK, marked, tails

letters = st.sampled_from("稀疏注意力机制々ァンーかな양자化ﾃ")


def test_tails() -> None:
    assert tails(["稀疏的KV，机制。"]) == [f"{tail}{MARK}" for tail in ("稀疏的", "疏的", "的", "机制", "制")]
    assert tails(["稀疏注意力机制"])[0] == f"稀疏注意力{MARK}"
    assert tails(["each once: 稀疏", "稀疏"]) == [f"稀疏{MARK}", f"疏{MARK}"]
    assert tails(["words", ""]) == []


@given(st.text(letters, min_size=1, max_size=12), st.data())
def test_whatever_stands_in_a_run_begins_a_tail(run: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(run) - 1))
    asked = run[start : data.draw(st.integers(start + 1, min(len(run), start + LONGEST_TAIL)))]
    assert any(tail.startswith(asked) for tail in tails([f"About {run}."]))


@given(st.text(st.one_of(letters, st.sampled_from('aB <>/"=1é。，')), max_size=30))
def test_marks_add_nothing_else(text: str) -> None:
    assert marked(text).replace(MARK, "") == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("使用GPU加速", "|使用GPU|加速"),
        ("words — “and” punctuation。", "words — “and” punctuation。"),
        ("アテンション・機構", "|アテンション・|機構"),
    ],
)
def test_marks(text: str, shown: str) -> None:
    assert marked(text) == shown.replace("|", MARK)


def test_a_mark_is_no_letter() -> None:
    assert not re.match(f"[{LETTERS}]", MARK)
