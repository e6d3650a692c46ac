"""Which record a key, an abbreviation or a name means."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from mkdocs_papers.incremental.database import Database
from mkdocs_papers.incremental.operators import Groups, Mapped
from mkdocs_papers.library.library_inputs import READINGS
from mkdocs_papers.library.model import Paper
from mkdocs_papers.library.names import fold_case, is_usable_name
from mkdocs_papers.library.papers import parsed
from mkdocs_papers.library.spelling import NearestPath
from mkdocs_papers.records.record import Reading

_KEY = re.compile(r"[0-9]{4}/.*\S")
_ANY_YEAR = "/"
"""Stands for the year where an abbreviation is looked for in all of them; no folder has that name."""


def looks_like_key(text: str) -> bool:
    """Whether the text can only be meant as a key: four digits, a slash and a stem."""
    return _KEY.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Meant:
    """What a key means.

    Attributes:
        key: the record that it means, or None.
        exact: whether it is written as that record's key is.
        former: whether it is a key that the record had before.
        suggestion: for a key that means nothing, the nearest one; may be empty.
    """

    key: str | None
    exact: bool = True
    suggestion: str = ""
    former: bool = False


def former_keys(paper: Paper) -> tuple[str, ...]:
    """The keys that a paper's record had before; what can be no key is left out."""
    written = dict.fromkeys(map(str.strip, paper.record.info.former_keys))
    return tuple([former for former in written if looks_like_key(former) and _is_stem(former.partition("/")[2])])


def current_key(papers: Mapping[str, Paper], written: str) -> str | None:
    """The key of the paper that has a key now, or else of the first one that had it before; None for no paper.

    Args:
        written: the key; letter case counts only where it is a paper's own.
    """
    if written in papers:
        return written
    folded = fold_case(written)
    had = (key for key, paper in papers.items() if folded in map(fold_case, former_keys(paper)))
    return min(had, default=None)


def _is_stem(text: str) -> bool:
    """Whether a record's file can have that name."""
    return is_usable_name(text) and not text.startswith(".") and not {"/", "\\"}.intersection(text)


def _abbreviations(key: str, paper: Paper) -> Iterator[tuple[str, str]]:
    """The abbreviation of a paper without letter case, with and without the year of its folder."""
    if paper.abbreviation:
        folded = fold_case(paper.abbreviation)
        yield _ANY_YEAR, folded
        yield key.partition("/")[0], folded


_by_folded_key: Groups[[], str, str] = Groups(READINGS, lambda key, _: (fold_case(key),))
_by_former_key: Groups[[], str, str] = Groups(parsed, lambda _, paper: tuple(map(fold_case, former_keys(paper))))
_by_abbreviation: Groups[[], str, tuple[str, str]] = Groups(parsed, _abbreviations)


def several(names: tuple[str, ...], *_: object) -> tuple[str, ...] | None:
    """The names of a group that holds more than one."""
    return names if len(names) > 1 else None


colliding_keys: Mapped[[], str, tuple[str, ...]] = Mapped(_by_folded_key, several)
"""Keys that differ in letter case only, by what they have in common."""


_nearest = NearestPath(READINGS)


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of a library, as queries see them; those of records that cannot be read are among them."""

    db: Database

    def by_key(self, written: str, own: str, *, suggest: bool = True) -> Meant:
        """The record that a key means: exactly, in other letter case, once, or by its year and abbreviation.

        Args:
            written: the key as written.
            own: the key of the record in which it stands.
            suggest: whether to look for the nearest key where it means none.
        """
        folded = fold_case(written)
        alike = self.now_at(written)
        if written in alike:
            return Meant(written)
        if key := _only_other(alike, own):
            return Meant(key, exact=False)
        if key := self.by_former_key(written):
            return Meant(key, exact=False, former=True)
        year, _, name = folded.partition("/")
        if key := self._by_abbreviation(year, name, own):
            return Meant(key, exact=False)
        return Meant(None, exact=False, suggestion=(suggest and _nearest(self.db, written)) or "")

    def now_at(self, key: str) -> tuple[str, ...]:
        """The keys of the records that have a key now, in any letter case."""
        return _by_folded_key.get(self.db, fold_case(key)) or ()

    def by_former_key(self, key: str) -> str | None:
        """The key of the record that had another key before, in any letter case; of several the first."""
        return min(_by_former_key.get(self.db, fold_case(key)) or (), default=None)

    def by_name(self, written: str, own: str) -> str | None:
        """The key of the one other paper that has this abbreviation, in any letter case; None for none or several."""
        return self._by_abbreviation(_ANY_YEAR, fold_case(written), own)

    def _by_abbreviation(self, year: str, folded: str, own: str) -> str | None:
        return _only_other(_by_abbreviation.get(self.db, (year, folded)) or (), own)


def keys_of(papers: Mapping[str, Paper], unreadable: Iterable[str] = ()) -> Keys:
    """The keys of some papers, and of records that cannot be read."""
    db = Database(keeps_up=False)
    db.set(READINGS, dict.fromkeys(sorted((*papers, *unreadable)), Reading(None)))
    db.set(parsed, papers)
    return Keys(db)


def _only_other(keys: tuple[str, ...], own: str) -> str | None:
    """The one key that is not the record's own; None for none or several."""
    if len(keys) > 2:  # noqa: PLR2004  # its own and another
        return None
    others = [key for key in keys if key != own]
    return others[0] if len(others) == 1 else None
