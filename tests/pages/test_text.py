"""Titles with math: where it begins and ends, and what it is in plain characters."""

import pytest

from mkdocs_papers.pages.text import Run, plain, runs


@pytest.mark.parametrize(
    ("text", "math"),
    [
        ("$x$", ["x"]),
        ("a $x^2$ b $y$", ["x^2", "y"]),
        ("$5 and $6", []),
        ("it costs $5$6", []),
        ("$ x$", []),
        ("$x $", []),
        ("$$x$$", []),
        ("\\$x$", []),
        ("$x\\$", []),
        ("$a\nb$", []),
        ("no math", []),
        ("", []),
        (f"${'x' * 400}$", ["x" * 400]),
        (f"${'x' * 401}$", []),
    ],
)
def test_where_math_is(text: str, math: list[str]) -> None:
    found = list(runs(text))
    assert [run.text for run in found if run.math] == math
    assert "".join(f"${run.text}$" if run.math else run.text for run in found) == text
    assert all(run.text for run in found)


def test_words_around_math_are_parts_of_their_own() -> None:
    assert list(runs("a $x$ b")) == [Run("a "), Run("x", math=True), Run(" b")]
    assert list(runs("$x$ b")) == [Run("x", math=True), Run(" b")]


LETTERS = {
    r"\alpha\beta\gamma\delta": "αβγδ",
    r"\epsilon\lambda\mu\pi": "ελμπ",
    r"\sigma\theta\omega\ell": "σθωℓ",
    r"\infty\times\le\ge\pm": "∞×≤≥±",
    r"\to\rightarrow\cdot\approx\neq": "→→·≈≠",
    r"\sqrt\sum\in": "√∑∈",
    r"\unknown": "unknown",
    r"\alpha x": "αx",
    "x^2": "x²",
    "x^{10}": "x¹⁰",
    "2^{n-1}": "2ⁿ⁻¹",
    "x^{3456789+0}": "x³⁴⁵⁶⁷⁸⁹⁺⁰",
    "x_{0123456789}": "x₀₁₂₃₄₅₆₇₈₉",
    "x_1^2": "x₁²",
    "x_{+-}": "x₊₋",
    "x_n": "x_n",
    r"\mathrm{A}\mathbf{B}\mathbb{C}\mathcal{D}": "ABCD",
    r"\text{a b}\operatorname{max}": "a bmax",
    r"\mathbb R": "R",
    r"O(n \log n)": "O(n logn)",
}


@pytest.mark.parametrize("latex", LETTERS)
def test_math_in_plain_characters(latex: str) -> None:
    assert plain(f"${latex}$") == LETTERS[latex]


def test_a_plain_text_is_one_line_and_keeps_its_words() -> None:
    assert plain(" Two\n words,\t$x^2$ {kept} \\kept ") == "Two words, x² {kept} \\kept"
