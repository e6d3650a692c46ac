"""Related papers, each with the reasons: keywords, authors and baselines that both have.

What few papers share says more than what many do: a value that ``n`` of ``N`` papers have weighs about ``log2(N / n)``.
The cost grows with the number of papers, not with its square: where many papers share a value, each is compared with
its nearest neighbours only, in an order in which papers of like keywords and years stand together.

So a paper has to do with few others, and after a change few papers are compared anew: no upkeep of its own is needed.
"""

import enum
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from mkdocs_papers.incremental.database import Database, query, transient
from mkdocs_papers.incremental.operators import Around, Each, Sorted
from mkdocs_papers.views import groups, works
from mkdocs_papers.views.view_inputs import PAPERS

MOST = 5
"""How many related papers a paper has at most."""

_SMALL = 16
"""Where at most so many papers share a value, each of them is compared with all the others."""
_REACH = 3
"""In a larger group a paper is compared with so many on either side."""
_ENOUGH = 5
"""The least weight that two papers must share: one frequent keyword alone relates nothing."""


class Reason(enum.StrEnum):
    """What two papers share."""

    KEYWORDS = "keywords"
    AUTHORS = "authors"
    BASELINES = "baselines"


@dataclass(frozen=True, slots=True)
class Related:
    """A related paper, and what it shares: each reason with its values in the order of the paper it is related to."""

    key: str
    reasons: tuple[tuple[Reason, tuple[str, ...]], ...]


_PROPERTIES = {Reason.KEYWORDS: "keywords", Reason.AUTHORS: "authors", Reason.BASELINES: "baseline"}
"""The property by whose values papers are compared, for each reason."""


@dataclass(frozen=True, slots=True)
class Features:
    """All of a paper that says how close it is to others.

    Attributes:
        values: for each `Reason` what it may share, in that order.
        named: the keys of what its page names: its baselines and the same work.
    """

    values: tuple[tuple[str, ...], ...]
    named: AbstractSet[str]
    year: int


@query
def features(db: Database, key: str) -> Features:
    """All of a paper that says how close it is to others."""
    paper = PAPERS.at(db, key)
    return Features(
        tuple([groups.values_of(db, name, key) for name in _PROPERTIES.values()]),
        frozenset([*[each.key for each in paper.baselines if each.key is not None], *paper.same_work]),
        paper.year,
    )


@query
def _ranks(db: Database) -> Mapping[str, int]:
    """The ranks of keywords, the rarest first."""
    papers = groups.sizes(db, "keywords")
    return {word: rank for rank, word in enumerate(sorted(papers, key=lambda word: (papers[word], word)))}


def _place(ranks: Mapping[str, int], key: str, paper: Features) -> tuple[list[int], int, str]:
    """Where a paper stands: among papers of the same rare keywords, then of the same years."""
    return sorted([ranks[word] for word in paper.values[0]]), -paper.year, key


_side_by_side: Sorted[[], str] = Sorted(Each(features, PAPERS.names, is_in_order=False), _place, _ranks)


@query
def _magnitude(db: Database) -> int:
    """The number of papers as a power of two, so that one more rarely changes the pages of others."""
    return len(PAPERS.names(db)).bit_length()


@query
def _few(db: Database, name: str, value: str) -> tuple[str, ...]:
    """The papers with a value, each of which is compared with all others; none where they are too many for that."""
    keys = groups.members.at(db, name, value)
    return keys if len(keys) <= _SMALL else ()


@query
def _rank(db: Database, key: str) -> int:
    return _side_by_side.at(db, key)


_ranks_in: Each[[str, str], str, int] = Each(_rank, groups.members.at, arguments=0, transient=True, is_in_order=False)


_near: Around[[str, str], str] = Around(_ranks_in, lambda before, after: (*before, *after), _REACH)
"""For each of many papers with a value the others with which it is compared: its neighbours."""


@query
def _weight(db: Database, name: str, value: str) -> int:
    """How much a value of many papers weighs."""
    return _weight_of(db, len(groups.members.at(db, name, value)))


def _weight_of(db: Database, papers: int) -> int:
    return 1 + _magnitude(db) - papers.bit_length()


@transient
def related(db: Database, key: str) -> tuple[Related, ...]:
    """The papers related to a paper, the closest first, at most `MOST`.

    What a paper's page names anyway is left out: its baselines, the papers that name it as one, and the same work. Of
    versions of one work only the closest is there.
    """
    paper = features(db, key)
    weights: dict[str, int] = {}
    for name, values in zip(_PROPERTIES.values(), paper.values, strict=True):
        for value in values:
            others = _few(db, name, value)
            if len(others) == 1:
                continue
            weight = _weight_of(db, len(others)) if others else _weight(db, name, value)
            for other in others or _near.at(db, name, value, key):
                weights[other] = weights.get(other, 0) + weight
    weights.pop(key, None)
    close = [other for other, weight in weights.items() if weight >= _ENOUGH and other not in paper.named]
    # Of equal weights the nearer in the order comes first.
    close.sort(key=lambda other: (-weights[other], _rank(db, other)))
    found: list[Related] = []
    seen: set[str] = set()
    for other in close:
        theirs, work = features(db, other), works.versions(db, other)
        if key not in theirs.named and seen.isdisjoint(work) and paper.named.isdisjoint(work):
            found.append(Related(other, _reasons(paper, theirs)))
            seen.add(other)
        if len(found) == MOST:
            break
    return tuple(found)


def _reasons(mine: Features, theirs: Features) -> tuple[tuple[Reason, tuple[str, ...]], ...]:
    return tuple(
        [
            (reason, tuple([value for value in ours if value in others]))
            for reason, ours, others in zip(Reason, mine.values, theirs.values, strict=True)
            if not set(ours).isdisjoint(others)
        ]
    )
