"""Where a long name may wrap: between the words that it is made of, as ``Double|Sparsity`` and ``attention_|sparsity``.

``assets/browse/wrapping.js`` finds the same places.
"""

from __future__ import annotations

import re

_LONG = re.compile(r"(\w{11,})", re.ASCII)
"""A word that may be too long for the cell of a table."""

_BETWEEN = re.compile(r"(?<=_)|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")

_LEAST = 3
"""Letters that stay together at the least: a single one would look lost."""

_ROOM = 10
"""Letters side by side for which a card in a table has room at its usual size."""


def pieces(name: str) -> list[str]:
    """The parts of a name that are to stay whole; between two of them it may wrap. Together they are the name."""
    found = [""]
    for place, text in enumerate(_LONG.split(name)):
        first, *others = _parts(text) if place % 2 else [text]
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
