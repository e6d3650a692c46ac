"""The views: each groups the papers of a library by one property.

To add a view, add one entry to `VIEWS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mkdocs_papers.library.model import Paper

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
        newest_first: whether papers in a group run downwards in time.
        numbers: whether values are numbers: they run downwards.
        configured: whether groups follow the configuration's order of keywords before their names.
        beside: the views whose values the page of a group names, each with how many of its papers have it.
    """

    name: str
    one: str
    title: str
    values: Callable[[Paper], tuple[str, ...]]
    blank: bool = False
    newest_first: bool = True
    numbers: bool = False
    configured: bool = False
    beside: tuple[str, ...] = ("keywords",)


VIEWS: tuple[View, ...] = (
    View("venues", "venue", "Venues", lambda paper: _one(paper.venue), blank=True, newest_first=False),
    View("years", "year", "Years", lambda paper: (str(paper.year),), numbers=True, beside=("venues", "keywords")),
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


def view(name: str) -> View:
    """The view of that name.

    Raises:
        KeyError: there is none.
    """
    return VIEWS_BY_NAME[name]


def places(view: View, paper: Paper) -> tuple[str, ...]:
    """The values of the groups in which a paper stands, each once."""
    values = view.values(paper)
    return tuple(dict.fromkeys(values)) if values or not view.blank else (NONE,)


def _one(value: str | None) -> tuple[str, ...]:
    return () if value is None else (value,)
