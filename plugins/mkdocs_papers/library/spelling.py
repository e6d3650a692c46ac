"""Did you mean, among many thousands of paths, in the time of a few look-ups."""

from __future__ import annotations

import difflib
import functools
import itertools
from collections.abc import Iterable, Iterator
from typing import Any

from mkdocs_papers.incremental.database import Database, Query, TableQuery
from mkdocs_papers.incremental.operators import Groups, Mapped
from mkdocs_papers.library.names import fold_case

_LONGEST = 100
"""Longer names are neither suggested nor given suggestions: their variants would take too much memory."""

_FEW = 20
"""From so many questions on all known names are laid out by their variants, which takes as long as these."""

_MOST = 10
"""So many near names are compared; in a hostile library thousands may be equally near."""


class NearestPath(Query[[str], str | None]):
    """The known path each part of which is near that of another, or the only one that ends alike; None for none."""

    def __init__(self, paths: TableQuery[[], str, Any]) -> None:
        """Take the known paths, with ``/``; of equally near ones the first is suggested."""
        super().__init__(self._nearest, f"nearest of {paths!r}")
        self._paths = paths
        self._inside: Groups[[], str, str] = Groups(paths, lambda path, _: (path.rpartition("/")[0],))
        self._below: Groups[[], str, str] = Groups(self._inside, lambda folder, _: _above(folder))
        self._by_name: Groups[[], str, str] = Groups(paths, lambda path, _: (fold_case(path.rpartition("/")[2]),))
        self._names: TableQuery[[str], str, str] = TableQuery(self._names_in, f"names of {paths!r}")
        self._names.is_in_order = False
        self._near = _Near(self._names, lambda known, _folder, folded: is_near(folded, known) or None, arguments=1)

    def _names_in(self, db: Database, folder: str) -> _Names:
        """The names in a folder; "" is the one that all paths are relative to."""
        paths = (*(self._inside.get(db, folder) or ()), *(self._below.get(db, folder) or ()))
        start = len(folder) + 1 if folder else 0
        return _Names({name: fold_case(name) for name in {path[start:].partition("/")[0] for path in paths}})

    def _nearest(self, db: Database, path: str) -> str | None:
        reached = ""
        for part in path.split("/"):
            name = part if self._names.get(db, reached, part) else self._child(db, reached, part)
            if name is None:
                break
            reached = f"{reached}/{name}" if reached else name
        else:
            if self._paths.get(db, reached):
                return reached
        named = self._by_name.get(db, fold_case(path.rpartition("/")[2])) or ()
        return named[0] if len(named) == 1 else None

    def _child(self, db: Database, folder: str, name: str) -> str | None:
        """The name in a folder that is nearest to this one."""
        if len(name) > _LONGEST:
            return None
        folded = fold_case(name)
        by_variant = _by_variant(self._near.names(db, folder, folded))
        alike = (known for variant in _variants(folded) for known in by_variant.get(variant, ()))
        near = dict.fromkeys(itertools.islice(alike, _MOST))
        return max(
            near, key=lambda known: difflib.SequenceMatcher(None, folded, fold_case(known)).ratio(), default=None
        )


class _Names(dict[str, str]):
    """Names, each with what it is without letter case, found by names that are a letter or two away from them.

    Two names are near each other where leaving out at most one letter of each makes them equal, letter case aside.
    So after some questions a name is looked up by its few variants rather than compared with every known one, and a
    library with a thousand wrong names among ten thousand still loads at once.
    """

    asked = 0

    @functools.cached_property
    def _by_variant(self) -> dict[str, list[str]]:
        return _by_variant(self)

    def near(self, folded: str) -> Iterable[str]:
        """The names that are near another, which is without letter case."""
        self.asked += 1
        if self.asked > _FEW:
            return itertools.chain.from_iterable(self._by_variant.get(variant, ()) for variant in _variants(folded))
        return [name for name, known in self.items() if is_near(folded, known)]


class _Near(Mapped[[str, str], str, bool]):
    """The names in a folder that are near one without letter case; kept up, only names that come are compared."""

    def from_nothing(self, given: Any, values: Any, args: tuple[Any, ...]) -> dict[str, bool]:  # noqa: ARG002 - none is
        """See `Mapped`."""
        return dict.fromkeys(values.near(args[1]), True)


def _above(folder: str) -> Iterator[str]:
    """The folders in which a folder lies, up to the one that all paths are relative to."""
    while folder:
        folder = folder.rpartition("/")[0]
        yield folder


def _by_variant(words: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in words:
        for variant in _variants(word):
            found.setdefault(variant, []).append(word)
    return found


def is_near(one: str, other: str) -> bool:
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
