"""Related papers, each with the reasons: keywords, authors and baselines that both have.

What few papers share says more than what many do: a value that ``n`` of ``N`` papers have weighs about ``log2(N / n)``.
The cost grows with the number of papers, not with its square: where many papers share a value, each is compared with
its nearest neighbours only, in an order in which papers of like keywords and years stand together.
"""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mkdocs_papers.library.model import Paper

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
    """A related paper.

    Attributes:
        key: its key.
        reasons: what it shares, each reason with its values in the order of the paper that it is related to.
    """

    key: str
    reasons: tuple[tuple[Reason, tuple[str, ...]], ...]


_REASONS = tuple(enumerate(Reason))

_Shared = tuple[tuple[str, ...], ...]
"""What a paper may share with another: its values for each `Reason`, in that order."""


def related(papers: Iterable[Paper]) -> dict[str, tuple[Related, ...]]:
    """The papers related to each paper, the closest first, at most `MOST`.

    What a paper's page names anyway is left out: its baselines, the papers that name it as one, and the same work.

    Args:
        papers: all papers; their order makes no difference.
    """
    ordered = _side_by_side(papers)
    values = [_values(paper) for paper in ordered]
    weights = _shared_weights(values)
    positions = {paper.key: position for position, paper in enumerate(ordered)}
    for position, paper in enumerate(ordered):
        for key in (*(baseline.key for baseline in paper.baselines), *paper.same_work):
            if key in positions:
                weights[position].pop(positions[key], None)
                weights[positions[key]].pop(position, None)
    found = {}
    for position, paper in enumerate(ordered):
        near = [(-weight, other) for other, weight in weights[position].items() if weight >= _ENOUGH]
        near.sort()
        found[paper.key] = tuple(
            [Related(ordered[other].key, _reasons(values[position], values[other])) for _, other in near[:MOST]]
        )
    return found


def _side_by_side(papers: Iterable[Paper]) -> list[Paper]:
    """The papers in an order in which those of the same rare keywords, then of the same years, are neighbours."""
    papers = list(papers)
    counts = Counter(keyword for paper in papers for keyword in paper.keywords)
    rank = {keyword: (counts[keyword], keyword) for keyword in counts}
    return sorted(papers, key=lambda paper: (sorted(map(rank.__getitem__, paper.keywords)), -paper.year, paper.key))


def _values(paper: Paper) -> _Shared:
    baselines = tuple([baseline.key or baseline.name for baseline in paper.baselines])
    return (paper.keywords, tuple(dict.fromkeys(paper.authors)), tuple(dict.fromkeys(baselines)))


def _shared_weights(values: Sequence[_Shared]) -> list[dict[int, int]]:
    """For each paper, by position, the weight of what it shares with each paper that it was compared with."""
    weights: list[dict[int, int]] = [{} for _ in values]
    for column in range(len(_REASONS)):
        groups: dict[str, list[int]] = {}
        for position, shared in enumerate(values):
            for value in shared[column]:
                groups.setdefault(value, []).append(position)
        for members in groups.values():
            _compare(members, weights)
    return weights


def _compare(members: Sequence[int], weights: Sequence[dict[int, int]]) -> None:
    """Add the weight of a value to the pairs of papers that have it."""
    size = len(members)
    # Powers of two, so that one more paper rarely changes the pages of others.
    weight = 1 + len(weights).bit_length() - size.bit_length()
    reach = size if size <= _SMALL else _REACH
    for place, one in enumerate(members):
        mine = weights[one]
        for other in members[place + 1 : place + 1 + reach]:
            mine[other] = mine.get(other, 0) + weight
            theirs = weights[other]
            theirs[one] = theirs.get(one, 0) + weight


def _reasons(mine: _Shared, theirs: _Shared) -> tuple[tuple[Reason, tuple[str, ...]], ...]:
    return tuple(
        [
            (reason, tuple([value for value in mine[column] if value in theirs[column]]))
            for column, reason in _REASONS
            if not set(mine[column]).isdisjoint(theirs[column])
        ]
    )
