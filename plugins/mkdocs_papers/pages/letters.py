"""Groups of an index by the letters that their names begin with, for readers who jump."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from mkdocs_papers.pages.group_links import Count


@dataclass(frozen=True, slots=True)
class Letter:
    """The groups whose names begin alike.

    Attributes:
        name: the letter; ``#`` for what sorts before A, ``…`` for what sorts after Z.
    """

    name: str
    id: str
    counts: tuple[Count, ...]


def by_letter(counts: Iterable[Count]) -> tuple[Letter, ...]:
    """Groups, in order of their names in any letter case, by their first letters."""
    return tuple(
        Letter(name, f"letter-{_IDS.get(name, name)}", tuple(alike))
        for name, alike in groupby(counts, key=lambda count: _letter(count.link.text))
    )


_IDS = {"#": "before", "…": "after"}


def _letter(name: str) -> str:
    first = name.casefold()[:1]
    return "#" if first < "a" else first.upper() if first <= "z" else "…"
