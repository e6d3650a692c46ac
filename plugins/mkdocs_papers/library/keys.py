"""Which record a key, an abbreviation or a name means."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mkdocs_papers.library.counting import gone_and_new
from mkdocs_papers.library.folder import differing, grouped
from mkdocs_papers.library.names import fold_case
from mkdocs_papers.library.spelling import Paths

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


@dataclass(frozen=True, slots=True)
class KnownPaper:
    """What must be known of a paper to find it.

    Attributes:
        key: its record's key.
        abbreviation: its method's nickname, or None.
        name: what it is called.
    """

    key: str
    abbreviation: str | None
    name: str


def words(paper: KnownPaper) -> Iterator[str]:
    """What a paper can be found by, without letter case."""
    yield fold_case(paper.key)
    if paper.abbreviation:
        yield fold_case(paper.abbreviation)
        yield f"{paper.key.partition('/')[0]}/{fold_case(paper.abbreviation)}"


@dataclass(frozen=True)
class Keys:
    """The keys of a library.

    Attributes:
        known: its papers.
        unreadable: keys of records that cannot be read.
    """

    known: tuple[KnownPaper, ...]
    unreadable: frozenset[str] = frozenset()

    @functools.cached_property
    def papers(self) -> Mapping[str, KnownPaper]:
        """The papers by key."""
        return {paper.key: paper for paper in self.known}

    @functools.cached_property
    def _all(self) -> tuple[str, ...]:
        return tuple(sorted((*self.papers, *self.unreadable)))

    @functools.cached_property
    def _by_folded_key(self) -> dict[str, list[str]]:
        return grouped((fold_case(key), key) for key in self._all)

    @functools.cached_property
    def _by_abbreviation(self) -> Mapping[str, list[str]]:
        return grouped((fold_case(paper.abbreviation), paper.key) for paper in self.known if paper.abbreviation)

    @functools.cached_property
    def _by_year_and_abbreviation(self) -> Mapping[str, list[str]]:
        return grouped(
            (f"{paper.key.partition('/')[0]}/{fold_case(paper.abbreviation)}", paper.key)
            for paper in self.known
            if paper.abbreviation
        )

    @functools.cached_property
    def _suggestions(self) -> Paths:
        return Paths(self._all)

    @functools.cached_property
    def collisions(self) -> tuple[tuple[str, str], ...]:
        """Keys that differ from an earlier one in letter case only, after that one."""
        return tuple(differing(self._by_folded_key))

    def differing(self, before: Keys) -> list[KnownPaper]:
        """The papers that were not there before, or were called otherwise; unreadable ones are called by their keys."""
        _, new = gone_and_new(before.papers, self.papers)
        papers = [paper for paper in new if before.papers.get(paper.key) != paper]
        return papers + [KnownPaper(key, None, key) for key in self.unreadable - before.unreadable]

    def by_key(self, written: str, own: str, *, suggest: bool = True) -> Meant:
        """The record that a key means: exactly, in other letter case, or by its year and abbreviation.

        Args:
            written: the key as written.
            own: the key of the record in which it stands.
            suggest: whether to look for the nearest key where it means none.
        """
        if written in self.papers or written in self.unreadable:
            return Meant(written)
        folded = fold_case(written)
        for by_name in (self._by_folded_key, self._by_year_and_abbreviation):
            if key := _only_other(by_name.get(folded, ()), own):
                return Meant(key, exact=False)
        return Meant(None, exact=False, suggestion=(suggest and self._suggestions.nearest(written)) or "")

    def by_name(self, written: str, own: str) -> str | None:
        """The key of the one other paper that has this abbreviation, in any letter case; None for none or several."""
        return _only_other(self._by_abbreviation.get(fold_case(written), ()), own)


def _only_other(keys: Sequence[str], own: str) -> str | None:
    """The one key that is not the record's own; None for none or several."""
    if len(keys) > 2:  # noqa: PLR2004  # its own and another
        return None
    others = [key for key in keys if key != own]
    return others[0] if len(others) == 1 else None
