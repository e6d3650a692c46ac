"""The views: each groups the papers of a library by one property.

To add a view, add one entry to `VIEWS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from mkdocs_papers.library.model import Paper
from mkdocs_papers.library.settings import Keyword
from mkdocs_papers.views import order
from mkdocs_papers.views.slug import slugs

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
    ordered = sorted(papers, key=order.newest_first if view.newest_first else order.oldest_first)
    members: dict[str, list[Paper]] = {}
    for paper in ordered:
        values = view.values(paper)
        for value in dict.fromkeys(values):
            members.setdefault(value, []).append(paper)
        if not values and view.blank:
            members.setdefault(NONE, []).append(paper)
    segments = slugs(members)
    names = sorted(members, key=order.by_name, reverse=view.name == "years")
    if view.configured:
        known = {word: position for position, word in enumerate(keywords)}
        names.sort(key=lambda value: known.get(value, len(known)))
    names.sort(key=lambda value: value == NONE)
    return tuple(Group(name, segments[name], tuple(members[name])) for name in names)


def _one(value: str | None) -> tuple[str, ...]:
    return () if value is None else (value,)
