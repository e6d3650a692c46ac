"""Related papers, each with the reasons: keywords, authors and baselines that both have.

What few papers share says more than what many do: a value that ``n`` of ``N`` papers have weighs about ``log2(N / n)``.
The cost grows with the number of papers, not with its square: where many papers share a value, each is compared with
its nearest neighbours only, in an order in which papers of like keywords and years stand together.
"""

from __future__ import annotations

import enum
import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

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

_Groups = Mapping[str, list[str]]
"""The keys of the papers that have a value, by value."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of comparing all papers with each other, from which the next comparison can go on.

    Attributes:
        papers: the papers, by key.
        related: the papers related to each paper by key, the closest first, at most `MOST`.
        values: what each may share with others, by key.
        order: the keys, side by side.
        groups: the keys of the papers that have a value, in that order, for each `Reason` by value.
        weights: the weight of what each paper shares with those that it was compared with, by key.
        apart: what each paper's page names anyway, by key.
    """

    papers: Mapping[str, Paper] = field(default_factory=dict)
    related: Mapping[str, tuple[Related, ...]] = field(default_factory=dict)
    values: Mapping[str, _Shared] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    groups: tuple[_Groups, ...] = ()
    weights: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    apart: Mapping[str, AbstractSet[str]] = field(default_factory=dict)


def related(papers: Iterable[Paper]) -> Mapping[str, tuple[Related, ...]]:
    """The papers related to each paper, the closest first, at most `MOST`.

    What a paper's page names anyway is left out: its baselines, the papers that name it as one, and the same work.

    Args:
        papers: all papers; their order makes no difference.
    """
    return compared(papers, Comparison()).related


def compared(papers: Iterable[Paper], before: Comparison) -> Comparison:
    """All papers compared with each other, as if anew; what is as it was in the comparison before is not looked at.

    Args:
        papers: all papers; their order makes no difference.
        before: an earlier comparison.
    """
    now = {paper.key: paper for paper in papers}
    # Weights depend on the number of papers, but only on its power of two.
    if len(now).bit_length() != len(before.papers).bit_length():
        before = Comparison()
    then = before.papers
    new = {key for key, paper in now.items() if then.get(key) is not paper}
    differing = new | (then.keys() - now.keys())
    # Most changes leave these as they are, and to make them takes a look at all papers.
    same_order = _same(_place, now, then, differing)
    order = before.order if same_order else _side_by_side(now.values())
    same_order = same_order or _without(order, differing) == _without(before.order, differing)
    values = {key: _values(paper) if key in new else before.values[key] for key, paper in now.items()}
    apart = before.apart if _same(_named, now, then, differing) else _apart(now.values())
    positions = {key: position for position, key in enumerate(order)}
    groups, touched = _regrouped(values, positions, before, differing if same_order else {*now, *then})
    weights, doubtful = _reweighted(groups, before, touched, len(now))
    # One that moves in the order may pass others with which it shares nothing, but a third does.
    doubtful |= {key for key in new if order is not before.order or before.values.get(key) != values[key]}
    if apart is not before.apart:
        doubtful |= {key for key in values if before.apart.get(key) != apart[key]}
    # Of equal weights the nearer in the order comes first.
    if not same_order:
        doubtful = set(values)
    doubtful |= {other for key in doubtful for other in weights.get(key, ())}
    found = dict(before.related)
    for key in doubtful & values.keys():
        near = [
            (-weight, positions[other])
            for other, weight in weights.get(key, {}).items()
            if weight >= _ENOUGH and other not in apart[key]
        ]
        closest = [order[position] for _, position in heapq.nsmallest(MOST, near)]
        found[key] = tuple([Related(other, _reasons(values[key], values[other])) for other in closest])
    return Comparison(now, {key: found[key] for key in values}, values, order, groups, weights, apart)


def _same(
    part: Callable[[Paper], object], now: Mapping[str, Paper], then: Mapping[str, Paper], keys: Iterable[str]
) -> bool:
    """Whether papers were there before, are there now, and have the same part."""
    return all(key in now and key in then and part(now[key]) == part(then[key]) for key in keys)


def _place(paper: Paper) -> tuple[object, ...]:
    """What decides where a paper stands in the order."""
    return paper.keywords, paper.year


def _named(paper: Paper) -> tuple[object, ...]:
    """What the page of a paper names."""
    return tuple([baseline.key for baseline in paper.baselines]), paper.same_work


def _side_by_side(papers: Iterable[Paper]) -> tuple[str, ...]:
    """The keys in an order in which papers of the same rare keywords, then of the same years, are neighbours."""
    papers = list(papers)
    counts = Counter(keyword for paper in papers for keyword in paper.keywords)
    rank = {keyword: (counts[keyword], keyword) for keyword in counts}
    in_order = sorted(papers, key=lambda paper: (sorted(map(rank.__getitem__, paper.keywords)), -paper.year, paper.key))
    return tuple([paper.key for paper in in_order])


def _values(paper: Paper) -> _Shared:
    baselines = tuple([baseline.key or baseline.name for baseline in paper.baselines])
    return (paper.keywords, tuple(dict.fromkeys(paper.authors)), tuple(dict.fromkeys(baselines)))


def _regrouped(
    values: Mapping[str, _Shared], positions: Mapping[str, int], before: Comparison, differing: AbstractSet[str]
) -> tuple[tuple[_Groups, ...], tuple[AbstractSet[str], ...]]:
    """The groups, and for each `Reason` the values whose groups may not be as before.

    Args:
        values: what each paper may share, by key.
        positions: the place of each in the order, by key.
        before: the comparison before.
        differing: the keys of the papers that are not as they were, or no more; the others are in the order as before.
    """
    every, touched = [], []
    for column, _ in _REASONS:
        coming: dict[str, list[str]] = {}
        for key in sorted(differing & values.keys(), key=positions.__getitem__):
            for value in values[key][column]:
                coming.setdefault(value, []).append(key)
        leaving = {value for key in differing & before.values.keys() for value in before.values[key][column]}
        groups = dict(before.groups[column]) if before.groups else {}
        for value in coming.keys() | leaving:
            staying = [key for key in groups.get(value, ()) if key not in differing]
            members = sorted(staying + coming.get(value, []), key=positions.__getitem__)
            if members:
                groups[value] = members
            else:
                del groups[value]
        every.append(groups)
        touched.append(coming.keys() | leaving)
    return tuple(every), tuple(touched)


def _apart(papers: Iterable[Paper]) -> dict[str, set[str]]:
    """What each paper's page names anyway: its baselines, the papers that name it as one, and the same work."""
    papers = list(papers)
    apart: dict[str, set[str]] = {paper.key: set() for paper in papers}
    for paper in papers:
        for key in (*(baseline.key for baseline in paper.baselines), *paper.same_work):
            if key in apart:
                apart[paper.key].add(key)
                apart[key].add(paper.key)
    return apart


def _reweighted(
    groups: Sequence[_Groups], before: Comparison, touched: Iterable[AbstractSet[str]], papers: int
) -> tuple[Mapping[str, Mapping[str, int]], set[str]]:
    """The weights of what papers share, and the keys of those for which they are not as before."""
    weights: dict[str, Mapping[str, int]] = dict(before.weights)
    new: dict[str, dict[str, int]] = {}

    def add(one: str, other: str, weight: int) -> None:
        if one not in new:
            weights[one] = new[one] = dict(weights.get(one, {}))
        mine = new[one]
        mine[other] = mine.get(other, 0) + weight
        if not mine[other]:
            del mine[other]

    for now, then, differing_values in zip(groups, before.groups or ({},) * len(groups), touched, strict=True):
        for value in differing_values:
            members, members_then = now.get(value, []), then.get(value, [])
            if members != members_then:
                pairs, pairs_then = set(_pairs(members, papers)), set(_pairs(members_then, papers))
                for sign, differing in ((-1, pairs_then - pairs), (1, pairs - pairs_then)):
                    for one, other, weight in differing:
                        add(one, other, sign * weight)
                        add(other, one, sign * weight)
    return weights, set(new)


def _pairs(members: Sequence[str], papers: int) -> Iterator[tuple[str, str, int]]:
    """The pairs of papers that are compared since they share a value, each with the value's weight."""
    size = len(members)
    # Powers of two, so that one more paper rarely changes the pages of others.
    weight = 1 + papers.bit_length() - size.bit_length()
    reach = size if size <= _SMALL else _REACH
    for place, one in enumerate(members):
        for other in members[place + 1 : place + 1 + reach]:
            yield one, other, weight


def _without(order: Iterable[str], left_out: AbstractSet[str]) -> list[str]:
    return [key for key in order if key not in left_out]


def _reasons(mine: _Shared, theirs: _Shared) -> tuple[tuple[Reason, tuple[str, ...]], ...]:
    return tuple(
        [
            (reason, tuple([value for value in mine[column] if value in theirs[column]]))
            for column, reason in _REASONS
            if not set(mine[column]).isdisjoint(theirs[column])
        ]
    )
