"""Related papers, each with the reasons: keywords, authors and baselines that both have.

What few papers share says more than what many do: a value that ``n`` of ``N`` papers have weighs about ``log2(N / n)``.
The cost grows with the number of papers, not with its square: where many papers share a value, each is compared with
its nearest neighbours only, in an order in which papers of like keywords and years stand together.
"""

from __future__ import annotations

import enum
import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from mkdocs_papers.library.counting import alike, recounted
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

_Place = tuple[list[int], int, str]
"""Where a paper stands among others: the ranks of its keywords, the rarest first, minus its year, and its key."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of comparing all papers with each other, from which the next comparison can go on.

    Attributes:
        papers: the papers, by key.
        related: the papers related to each paper by key, the closest first, at most `MOST`.
        values: what each may share with others, by key.
        keywords: how many papers have each keyword.
        places: where each paper stands in the order, by key.
        order: the keys, in an order in which papers of the same rare keywords, then of the same years, are neighbours.
        groups: the keys of the papers that have a value, in that order, for each `Reason` by value.
        weights: the weight of what each paper shares with those that it was compared with, by key.
        named_by: the papers whose pages name each paper anyway, by key.
    """

    papers: Mapping[str, Paper] = field(default_factory=dict)
    related: Mapping[str, tuple[Related, ...]] = field(default_factory=dict)
    values: Mapping[str, _Shared] = field(default_factory=dict)
    keywords: Mapping[str, int] = field(default_factory=dict)
    places: Mapping[str, _Place] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    groups: tuple[_Groups, ...] = ()
    weights: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    named_by: Mapping[str, AbstractSet[str]] = field(default_factory=dict)


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
    new = {key: paper for key, paper in now.items() if then.get(key) is not paper}
    gone = {key: paper for key, paper in then.items() if now.get(key) is not paper}
    differing = new.keys() | gone.keys()
    keywords, places, order = _side_by_side(now, new, gone, before)
    same_order = order is before.order or _without(order, differing) == _without(before.order, differing)
    values = {**before.values, **{key: _values(paper) for key, paper in new.items()}}
    for key in gone.keys() - new.keys():
        del values[key]
    named_by, doubtful = _named_by(new, gone, before)
    positions = {key: position for position, key in enumerate(order)}
    groups, touched = _regrouped(values, positions, before, differing if same_order else {*now, *then})
    weights, reweighted = _reweighted(groups, before, touched, len(now))
    doubtful |= reweighted
    # One that moves in the order may pass others with which it shares nothing, but a third does.
    doubtful |= {key for key in new if order is not before.order or before.values.get(key) != values[key]}
    # Of equal weights the nearer in the order comes first.
    if not same_order:
        doubtful = set(values)
    doubtful |= {other for key in doubtful for other in weights.get(key, ())}
    found = dict(before.related)
    for key in doubtful & values.keys():
        apart = _named(now[key]) | named_by.get(key, frozenset())
        near = [
            (-weight, positions[other])
            for other, weight in weights.get(key, {}).items()
            if weight >= _ENOUGH and other not in apart
        ]
        closest = [order[position] for _, position in heapq.nsmallest(MOST, near)]
        found[key] = tuple([Related(other, _reasons(values[key], values[other])) for other in closest])
    in_order = dict(zip(now, map(found.__getitem__, now), strict=True))
    return Comparison(now, in_order, values, keywords, places, order, groups, weights, named_by)


def _side_by_side(
    now: Mapping[str, Paper], new: Mapping[str, Paper], gone: Mapping[str, Paper], before: Comparison
) -> tuple[Mapping[str, int], Mapping[str, _Place], tuple[str, ...]]:
    """How many papers have each keyword, where each paper stands, and the keys in order.

    Args:
        now: all papers.
        new: those of them that are new, or not as they were.
        gone: those of before that are no more, or not as they were.
        before: the comparison before.
    """
    counts = recounted(
        before.keywords, [paper.keywords for paper in gone.values()], [paper.keywords for paper in new.values()]
    )
    ranks = {keyword: rank for rank, keyword in enumerate(_by_frequency(counts))}
    same_ranks = counts is before.keywords or list(ranks) == _by_frequency(before.keywords)

    def place(paper: Paper) -> _Place:
        return sorted([ranks[word] for word in paper.keywords]), -paper.year, paper.key

    new_places = {key: place(paper) for key, paper in (new if same_ranks else now).items()}
    if same_ranks and now.keys() == before.papers.keys() and all(before.places[key] == new_places[key] for key in new):
        return counts, before.places, before.order
    places = {**before.places, **new_places}
    for key in gone.keys() - new.keys():
        del places[key]
    # Most are in order already, which makes it quick.
    staying = [key for key in before.order if key in places]
    order = tuple(sorted([*staying, *(places.keys() - before.places.keys())], key=places.__getitem__))
    return counts, places, order


def _by_frequency(counts: Mapping[str, int]) -> list[str]:
    """Keywords, the rarest first."""
    return sorted(counts, key=lambda keyword: (counts[keyword], keyword))


def _named(paper: Paper) -> AbstractSet[str]:
    """The keys of what the page of a paper names: its baselines and the same work."""
    return {*[baseline.key for baseline in paper.baselines if baseline.key is not None], *paper.same_work}


def _named_by(
    new: Mapping[str, Paper], gone: Mapping[str, Paper], before: Comparison
) -> tuple[Mapping[str, AbstractSet[str]], set[str]]:
    """The papers that name each paper, and the keys of those for which that, or what they name, may be different.

    Args:
        new: the papers that are new, or not as they were.
        gone: those of before that are no more, or not as they were.
        before: the comparison before.
    """
    naming = {key: _named(paper) for key, paper in new.items()}
    naming_before = {key: _named(paper) for key, paper in gone.items()}
    differing = {key for key in naming.keys() | naming_before.keys() if naming.get(key) != naming_before.get(key)}
    if not differing:
        return before.named_by, set()
    named_by = dict(before.named_by)
    named = {other for key in differing for other in (*naming.get(key, ()), *naming_before.get(key, ()))}
    for other in named:
        staying = {key for key in named_by.get(other, ()) if key not in differing}
        named_by[other] = staying | {key for key in differing if other in naming.get(key, ())}
    return named_by, differing | named


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
                pairs, pairs_then = _differing_pairs(members, members_then, papers)
                for sign, differing in ((-1, pairs_then - pairs), (1, pairs - pairs_then)):
                    for one, other, weight in differing:
                        add(one, other, sign * weight)
                        add(other, one, sign * weight)
    return weights, set(new)


_Pairs = set[tuple[str, str, int]]
"""Pairs of papers that are compared since they share a value, each with the value's weight."""


def _differing_pairs(members: Sequence[str], members_then: Sequence[str], papers: int) -> tuple[_Pairs, _Pairs]:
    """Of the pairs of a group, and of those that it had before, at least all that only one of the two has."""
    size, size_then = len(members), len(members_then)
    start = end = 0
    if min(size, size_then) > _SMALL and size.bit_length() == size_then.bit_length():
        # All pairs have the same weight, and where the group is the same as before, those that are near are the same.
        start = max(0, alike(members, members_then) - _REACH)
        end = alike(reversed(members[start:]), reversed(members_then[start:]))
    return (
        set(_pairs(members, range(start, size - end), papers)),
        set(_pairs(members_then, range(start, size_then - end), papers)),
    )


def _pairs(members: Sequence[str], places: Iterable[int], papers: int) -> Iterator[tuple[str, str, int]]:
    """The pairs of papers that are compared since they share a value, each with the value's weight.

    Args:
        members: the keys of those that share it.
        places: where in the group the first ones of the pairs stand.
        papers: how many papers there are in all.
    """
    size = len(members)
    # Powers of two, so that one more paper rarely changes the pages of others.
    weight = 1 + papers.bit_length() - size.bit_length()
    reach = size if size <= _SMALL else _REACH
    for place in places:
        for other in members[place + 1 : place + 1 + reach]:
            yield members[place], other, weight


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
