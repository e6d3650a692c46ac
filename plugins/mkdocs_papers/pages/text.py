"""Titles and other short texts that may hold ``$math$``, and where long names may wrap.

Names wrap between the words that they are made of, as ``Double|Sparsity`` and ``attention_|sparsity``;
``assets/browse/wrapping.js`` finds the same places.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MATH = re.compile(r"(?<![\\$])\$(?!\s|\$)([^$\n]{1,400}?)(?<![\s\\])\$(?![\d$])")
"""``$...$`` as Markdown writers know it: no space inside the dollars, no digit behind them (``$5 and $6`` is money)."""

_PLAIN = {
    "infty": "∞", "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "lambda": "λ", "mu": "μ",
    "pi": "π", "sigma": "σ", "theta": "θ", "omega": "ω", "ell": "ℓ", "times": "×", "le": "≤", "ge": "≥", "pm": "±",
    "to": "→", "rightarrow": "→", "cdot": "·", "approx": "≈", "neq": "≠", "sqrt": "√", "sum": "∑", "in": "∈",
}  # fmt: skip
_SUPER = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")
_SUB = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")

_LONG = re.compile(r"(\w{11,})", re.ASCII)
"""A word that may be too long for the cell of a table."""

_AFTER_SLASH = re.compile("(?<=/)(?=[A-Za-z]{3})")
"""Browsers wrap no ``PyTorch/TensorFlow`` by themselves."""

_BETWEEN = re.compile(r"(?<=_)|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")

_LEAST = 3
"""Letters that stay together at the least: a single one would look lost."""

_ROOM = 10
"""Letters side by side for which a card in a table has room at its usual size."""


@dataclass(frozen=True, slots=True)
class Run:
    """A part of a text: plain words, or the LaTeX between two dollars."""

    text: str
    math: bool = False


def runs(text: str) -> Iterator[Run]:
    """The parts of a text, in order; together they hold all of it but the dollars around math."""
    position = 0
    for match in _MATH.finditer(text) if "$" in text else ():
        if match.start() > position:
            yield Run(text[position : match.start()])
        yield Run(match[1], math=True)
        position = match.end()
    if position < len(text):
        yield Run(text[position:])


def plain(text: str) -> str:
    """A text for places that hold no markup, such as ``<title>``: math in the nearest plain characters, one line."""
    if "$" in text:
        text = "".join(_plain_math(run.text) if run.math else run.text for run in runs(text))
    return " ".join(text.split())


def _plain_math(latex: str) -> str:
    text = re.sub(r"\\(?:mathrm|mathbf|mathbb|mathcal|text|operatorname)\s*", "", latex)
    text = re.sub(r"\\([a-zA-Z]+)\s*", lambda match: _PLAIN.get(match[1], match[1]), text)
    text = re.sub(r"\^\{?([0-9+\-n]+)\}?", lambda match: match[1].translate(_SUPER), text)
    text = re.sub(r"_\{?([0-9+\-]+)\}?", lambda match: match[1].translate(_SUB), text)
    return text.replace("{", "").replace("}", "").replace("\\", "")


def pieces(name: str) -> list[str]:
    """The parts of a name that are to stay whole; between two of them it may wrap. Together they are the name."""
    found = [""]
    for place, text in enumerate(_LONG.split(name)):
        first, *others = _parts(text) if place % 2 else _AFTER_SLASH.split(text)
        found[-1] += first
        found += others
    return found


def _parts(word: str) -> list[str]:
    parts = [""]
    for part in _BETWEEN.split(word):
        if len(part) < _LEAST or len(parts[-1]) < _LEAST:
            parts[-1] += part
        else:
            parts.append(part)
    return parts


def is_long(name: str, room: int = _ROOM) -> bool:
    """Whether a part of a name that stays whole has more letters than there is room for at their usual size."""
    return any(len(run) > room for piece in pieces(name) for run in re.split(r"[\s/-]+", piece))
