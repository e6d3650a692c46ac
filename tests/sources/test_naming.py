"""Names of records."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.library.names import is_usable_name
from mkdocs_papers.sources.naming import nickname, stem, stems


@pytest.mark.parametrize(
    ("title", "abstract", "name"),
    [
        ("LoRA: Low-Rank Adaptation", None, "LoRA"),
        ("LoRA+: Efficient Low Rank Adaptation", None, "LoRA+"),
        ("H2O: Heavy-Hitter Oracle", None, "H2O"),
        ("Quest: Query-Aware Sparsity", "To this end we propose Quest, an algorithm.", "Quest"),
        ("Quest: Query-Aware Sparsity", "To this end we go on a quest. Quest for what?", None),
        ("Deja Vu: Contextual Sparsity", "Hence our system (Deja Vu) predicts.", "Deja Vu"),
        ("Pruning: A Survey", "Pruning is old. We survey pruning.", None),
        ("Sparsity in Deep Learning: Pruning and growth", "Sparsity in Deep Learning is", None),
        ("Attention Is All You Need", None, None),
        ("$L_0$: A Norm", None, None),
        (None, None, None),
    ],
)
def test_nicknames(title: str | None, abstract: str | None, name: str | None) -> None:
    assert nickname(title, abstract) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("C++", "C++"),
        ("C", "C"),
        ("C#", "C-sharp"),
        ("LoRA+", "LoRA+"),
        ("A* Search", "A-star-Search"),
        ("N:M Sparsity (2:4)", "N-M-Sparsity-2-4"),
        ("Schrödinger's Équation", "Schrodingers-Equation"),
        ("注意力", "ZhuYiLi"),
        ("README", "README-paper"),
        ("../../etc/passwd", "etc-passwd"),
        ("https://arxiv.org/abs/2205.14135", "https-arxiv.org-abs-2205.14135"),
        ("...", ""),
    ],
)
def test_names_for_files(text: str, name: str) -> None:
    assert stem(text) == name


def test_the_best_name_first() -> None:
    title = "Quest: Query-Aware Sparsity for Efficient Long-Context LLM Inference"
    assert list(itertools.islice(stems("Quest", title), 4)) == [
        "Quest",
        "Quest-Query-Aware-Sparsity-Efficient-Long-Context",
        "Quest-Query-Aware-Sparsity-Efficient-Long-Context-LLM",
        "Quest-2",
    ]
    assert next(stems(None, "Attention Is All You Need")) == "Attention-Is-All-You-Need"
    assert next(stems(None, "On the Use of the Lottery Ticket Hypothesis")) == "Use-Lottery-Ticket-Hypothesis"
    assert list(itertools.islice(stems(None, "!"), 2)) == ["paper", "paper-2"]


@given(st.text(), st.none() | st.text())
def test_every_name_is_one_of_a_file(title: str, name: str | None) -> None:
    found = list(itertools.islice(stems(name, title), 5))
    assert len(set(found)) == 5
    for each in found:
        assert is_usable_name(each)
        assert each.isascii()
        assert not each.startswith((".", "-"))
        assert "/" not in each
        assert len(each) <= 70
