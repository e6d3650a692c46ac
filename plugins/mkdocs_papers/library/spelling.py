"""Did you mean, among many thousands of words, in the time of a few look-ups."""

from __future__ import annotations

import difflib
import functools
import itertools
from collections.abc import Iterable, Iterator

from mkdocs_papers.library.names import fold_case

_LONGEST = 60
"""Longer words are neither suggested nor given suggestions: their variants would take too much memory."""


_MOST = 100
"""So many near words are compared; in a hostile library thousands may be equally near."""


class Dictionary:
    """Known words, found by words that are a letter or two away from them.

    Two words are near each other where leaving out at most one letter of each makes them equal, letter case aside.
    So a word is looked up by its few variants rather than compared with every known word, and a library with a
    thousand wrong keys among ten thousand still loads at once.
    """

    def __init__(self, words: Iterable[str]) -> None:
        """Take the known words; what equals none of them is looked up in their order."""
        self._words = tuple(words)

    @functools.cached_property
    def _by_variant(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for word in self._words:
            for variant in _variants(word):
                found.setdefault(variant, []).append(word)
        return found

    def nearest(self, word: str) -> str | None:
        """The known word most like this one, or None where none is near; of equally near ones the first."""
        alike = (known for variant in _variants(word) for known in self._by_variant.get(variant, ()))
        near = dict.fromkeys(itertools.islice(alike, _MOST))
        folded = fold_case(word)
        return max(
            near, key=lambda known: difflib.SequenceMatcher(None, folded, fold_case(known)).ratio(), default=None
        )


def _variants(word: str) -> Iterator[str]:
    """The word without letter case, and the same without one of its letters."""
    if len(word) > _LONGEST:
        return
    folded = fold_case(word)
    yield folded
    for i in range(len(folded)):
        yield folded[:i] + folded[i + 1 :]
