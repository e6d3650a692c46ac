"""Which record a key, an abbreviation or a name means."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mkdocs_papers.library.model import Paper
from mkdocs_papers.library.names import fold_case
from mkdocs_papers.library.spelling import Dictionary

_KEY = re.compile(r"[0-9]{4}/.*\S")


def looks_like_key(text: str) -> bool:
    """Whether the text can only be meant as a key: four digits, a slash and a stem."""
    return _KEY.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Meant:
    """What a key means.

    Attributes:
        key: the record that it means, or None.
        exact: whether it is written as that record's key is.
        suggestion: for a key that means nothing, the nearest one; may be empty.
    """

    key: str | None
    exact: bool = True
    suggestion: str = ""


@dataclass(frozen=True)
class Keys:
    """The keys of a library.

    Attributes:
        papers: the papers by key.
        unreadable: keys of records that cannot be read.
    """

    papers: Mapping[str, Paper]
    unreadable: frozenset[str] = frozenset()

    @functools.cached_property
    def _by_folded_key(self) -> Mapping[str, list[str]]:
        return _grouped((fold_case(key), key) for key in (*self.papers, *self.unreadable))

    @functools.cached_property
    def _by_abbreviation(self) -> Mapping[str, list[str]]:
        return _grouped((fold_case(p.abbreviation), p.key) for p in self.papers.values() if p.abbreviation)

    @functools.cached_property
    def _by_year_and_abbreviation(self) -> Mapping[str, list[str]]:
        return _grouped(
            (f"{p.key[:4]}/{fold_case(p.abbreviation)}", p.key) for p in self.papers.values() if p.abbreviation
        )

    @functools.cached_property
    def _dictionary(self) -> Dictionary:
        return Dictionary((*self.papers, *self.unreadable))

    def by_key(self, written: str, own: str) -> Meant:
        """The record that a key means: exactly, in other letter case, or by its year and abbreviation.

        Args:
            written: the key as written.
            own: the key of the record in which it stands.
        """
        if written in self.papers or written in self.unreadable:
            return Meant(written)
        folded = fold_case(written)
        for fitting in (self._by_folded_key.get(folded, ()), self._by_year_and_abbreviation.get(folded, ())):
            others = [key for key in fitting if key != own]
            if len(others) == 1:
                return Meant(others[0], exact=False)
        return Meant(None, exact=False, suggestion=self._dictionary.nearest(written) or "")

    def by_name(self, written: str, own: str) -> str | None:
        """The key of the one other paper that has this abbreviation, in any letter case; None for none or several."""
        others = [key for key in self._by_abbreviation.get(fold_case(written), ()) if key != own]
        return others[0] if len(others) == 1 else None


def _grouped(pairs: Iterable[tuple[str, str]]) -> Mapping[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for name, key in pairs:
        groups.setdefault(name, []).append(key)
    return groups
