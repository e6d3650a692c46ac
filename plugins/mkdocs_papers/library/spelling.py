"""Did you mean, among many thousands of words or paths, in the time of a few look-ups."""

from __future__ import annotations

import difflib
import functools
import itertools
from collections.abc import Iterable, Iterator

from mkdocs_papers.library.names import fold_case

_LONGEST = 100
"""Longer words are neither suggested nor given suggestions: their variants would take too much memory."""

_FEW = 20
"""From so many questions on all known words are laid out by their variants, which takes as long as these."""

_MOST = 10
"""So many near words are compared; in a hostile library thousands may be equally near."""


class Words:
    """Known words, found by words that are a letter or two away from them.

    Two words are near each other where leaving out at most one letter of each makes them equal, letter case aside.
    So a word is looked up by its few variants rather than compared with every known word, and a library with a
    thousand wrong names among ten thousand still loads at once.
    """

    def __init__(self, words: Iterable[str]) -> None:
        """Take the known words; of equally near ones the first is suggested."""
        self._words = tuple(words)
        self._asked = 0

    @functools.cached_property
    def _by_variant(self) -> dict[str, list[str]]:
        return _by_variant(self._words)

    def nearest(self, word: str) -> str | None:
        """The known word most like this one, or None where none is near."""
        if len(word) > _LONGEST:
            return None
        self._asked += 1
        folded = fold_case(word)
        if self._asked > _FEW:
            by_variant = self._by_variant
        else:
            by_variant = _by_variant(known for known in self._words if _is_near(folded, fold_case(known)))
        alike = (known for variant in _variants(word) for known in by_variant.get(variant, ()))
        near = dict.fromkeys(itertools.islice(alike, _MOST))
        return max(
            near, key=lambda known: difflib.SequenceMatcher(None, folded, fold_case(known)).ratio(), default=None
        )


def _by_variant(words: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in words:
        for variant in _variants(word):
            found.setdefault(variant, []).append(word)
    return found


def _is_near(one: str, other: str) -> bool:
    """Whether leaving out at most one letter of each makes two words equal."""
    shorter = min(len(one), len(other))
    if max(len(one), len(other)) - shorter > 1:
        return False
    begin, end = 0, 0
    while begin < shorter and one[begin] == other[begin]:
        begin += 1
    while end < shorter - begin and one[-1 - end] == other[-1 - end]:
        end += 1
    one, other = one[begin : len(one) - end], other[begin : len(other) - end]
    return max(len(one), len(other)) <= 1 or one[1:] == other[:-1] or one[:-1] == other[1:]


def _variants(word: str) -> Iterator[str]:
    """The word without letter case, and the same without one of its letters."""
    if len(word) > _LONGEST:
        return
    folded = fold_case(word)
    yield folded
    for i in range(len(folded)):
        yield folded[:i] + folded[i + 1 :]


class Paths:
    """Known paths, found by paths of which each part is nearly right, or that end like just one of them."""

    def __init__(self, paths: Iterable[str]) -> None:
        """Take the known paths, with ``/``."""
        self._paths = tuple(paths)
        self._words: dict[str, Words] = {}

    @functools.cached_property
    def _children(self) -> dict[str, dict[str, None]]:
        """The names in each folder; "" is the folder that all paths are relative to."""
        found: dict[str, dict[str, None]] = {}
        for path in self._paths:
            folder, _, name = path.rpartition("/")
            while name not in found.setdefault(folder, {}):
                found[folder][name] = None
                folder, _, name = folder.rpartition("/")
                if not name:
                    break
        return found

    @functools.cached_property
    def _by_name(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path in self._paths:
            found.setdefault(fold_case(path.rpartition("/")[2]), []).append(path)
        return found

    def nearest(self, path: str) -> str | None:
        """The known path most like this one, or None where none is near."""
        reached = ""
        for part in path.split("/"):
            name = part if part in self._children.get(reached, ()) else self._child(reached, part)
            if name is None:
                break
            reached = f"{reached}/{name}" if reached else name
        else:
            if reached not in self._children:
                return reached
        named = self._by_name.get(fold_case(path.rpartition("/")[2]), ())
        return named[0] if len(named) == 1 else None

    def _child(self, folder: str, name: str) -> str | None:
        """The name in a folder that is nearest to this one."""
        if folder not in self._words:
            self._words[folder] = Words(self._children.get(folder, ()))
        return self._words[folder].nearest(name)
