"""The views: each groups the papers of a library by one property.

To add a view, add one entry to `VIEWS`.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from mkdocs_papers.library.model import Paper
from mkdocs_papers.library.settings import Keyword
from mkdocs_papers.views import order
from mkdocs_papers.views.slug import reslugged

NONE = ""
"""The value under which a view with `View.blank` groups the papers that have none."""


@dataclass(frozen=True, slots=True)
class View:
    """A way of grouping papers.

    Attributes:
        name: the address of its index and its name in the language table.
        one: the name of one of its values, as macros and queries filter by it: ``venue="ICML"``.
        title: its English name, where a language table has none.
        values: the values under which a paper stands, each once.
        blank: whether papers without a value are a group too.
        newest_first: whether papers in a group, and groups named by years, run downwards in time.
        configured: whether groups follow the configuration's order of keywords before their names.
        beside: the views whose values the page of a group names, each with how many of its papers have it.
    """

    name: str
    one: str
    title: str
    values: Callable[[Paper], tuple[str, ...]]
    blank: bool = False
    newest_first: bool = True
    configured: bool = False
    beside: tuple[str, ...] = ("keywords",)


VIEWS: tuple[View, ...] = (
    View("venues", "venue", "Venues", lambda paper: _one(paper.venue), blank=True, newest_first=False),
    View("years", "year", "Years", lambda paper: (str(paper.year),), beside=("venues", "keywords")),
    View("keywords", "keyword", "Keywords", lambda paper: paper.keywords, configured=True),
    View(
        "institutions",
        "institution",
        "Institutions",
        lambda paper: paper.institutions,
        beside=("institutions", "keywords"),
    ),
    View("authors", "author", "Authors", lambda paper: paper.authors, beside=("authors", "keywords")),
)


VIEWS_BY_NAME: Mapping[str, View] = {view.name: view for view in VIEWS}


@dataclass(frozen=True, slots=True)
class Group:
    """The papers that a view puts under one value.

    Attributes:
        value: the value; `NONE` for papers without one.
        slug: the last segment of its address.
        papers: its papers, in the view's order.
    """

    value: str
    slug: str
    papers: tuple[Paper, ...]


def view(name: str) -> View:
    """The view of that name.

    Raises:
        KeyError: there is none.
    """
    return VIEWS_BY_NAME[name]


def groups(view: View, papers: Iterable[Paper], keywords: Mapping[str, Keyword]) -> tuple[Group, ...]:
    """The groups of a view, in its order; a paper stands in one for each of its values.

    Args:
        view: the view.
        papers: the papers, in any order.
        keywords: the configured keywords, in their order.
    """
    return tuple(regrouped(view, {}, (), papers, keywords).values())


def regrouped(
    view: View,
    before: Mapping[str, Group],
    gone: Iterable[Paper],
    new: Iterable[Paper],
    keywords: Mapping[str, Keyword],
) -> dict[str, Group]:
    """The groups of a view by their values, after some papers have changed.

    They are what `groups` gives for all papers that there are now. A group in which nothing has changed is the very
    same as before.

    Args:
        view: the view.
        before: its groups before, by their values.
        gone: the papers that are no more, or not as they were, as they were.
        new: the papers that are new, or not as they were, as they are.
        keywords: the configured keywords, in their order, as before.
    """
    leaving: dict[str, set[str]] = {}
    for paper in gone:
        for value in places(view, paper):
            leaving.setdefault(value, set()).add(paper.key)
    by = order.newest_first if view.newest_first else order.oldest_first
    coming: dict[str, list[Paper]] = {}
    for paper in sorted(new, key=by):
        for value in places(view, paper):
            coming.setdefault(value, []).append(paper)
    members: dict[str, Sequence[Paper]] = {}
    for value in leaving.keys() | coming.keys():
        left = leaving.get(value, ())
        staying = [paper for paper in before[value].papers if paper.key not in left] if value in before else []
        # Both are in order already; where one is empty, as for most, that is all.
        for paper in coming.get(value, ()) if staying else ():
            bisect.insort(staying, paper, key=by)
        members[value] = staying or coming.get(value, ())
    if all(value in before and papers for value, papers in members.items()):
        changed = {value: Group(value, before[value].slug, tuple(papers)) for value, papers in members.items()}
        return {**before, **changed}
    kept = [value for value in before if members.get(value, True)]
    came = [value for value in members if value not in before]
    segments = reslugged({value: before[value].slug for value in kept}, came)
    return {
        name: before[name]
        if name not in members and before[name].slug == segments[name]
        else Group(name, segments[name], tuple(members[name] if name in members else before[name].papers))
        for name in _merged(view, kept, came, keywords)
    }


def places(view: View, paper: Paper) -> Iterable[str]:
    """The values of the groups in which a paper stands, each once."""
    values = view.values(paper)
    if not values and view.blank:
        return (NONE,)
    return values if len(values) < 2 else dict.fromkeys(values)  # noqa: PLR2004 - one value cannot be there twice


def _merged(view: View, values: list[str], others: Sequence[str], keywords: Mapping[str, Keyword]) -> list[str]:
    """The values of a view in its order.

    Args:
        view: the view.
        values: some of them, in order.
        others: the others, in any order.
        keywords: the configured keywords, in their order.
    """
    known = {word: position for position, word in enumerate(keywords)} if view.configured else {}

    def place(value: str) -> tuple[object, ...]:
        return value == NONE, known.get(value, len(known)), order.by_name(value)

    if view.name == "years":
        return sorted([*values, *others], key=order.by_name, reverse=True)
    if len(others) > len(values):
        return sorted([*values, *others], key=place)
    merged = list(values)
    for value in others:
        bisect.insort(merged, value, key=place)
    return merged


def _one(value: str | None) -> tuple[str, ...]:
    return () if value is None else (value,)
