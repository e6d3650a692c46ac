"""The views: each groups the papers of a library by one property.

To add a view, add one entry to `VIEWS`.
"""

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mkdocs_papers.library.model import Paper

NONE = ""
"""The value under which a view with `View.blank` groups the papers that have none."""


class Kind(enum.StrEnum):
    """How the values of a view or of another facet are chosen and compared."""

    NAMES = "names"
    """Any of several names: ``venue:ICML venue:ICLR``."""
    SCALE = "scale"
    """A few numbers, to choose or to compare with: ``rating:>=4``."""
    RANGE = "range"
    """Numbers from one to another: ``year:2020..2022``."""
    FLAGS = "flags"
    """Properties that a paper has or lacks; several are wanted all together: ``has:note has:code``."""
    DATE = "date"
    """Dates, each as exactly as it is known, to compare with; only a query asks for them: ``added:>=2026-10``."""
    HIDDEN = "hidden"
    """Names too many for a list of their own; only a query asks for them: ``baseline:Wanda``."""


UNLISTED = frozenset({Kind.DATE, Kind.HIDDEN})
"""The kinds whose values only a query asks for."""

NUMBERS = frozenset({Kind.SCALE, Kind.RANGE})
"""The kinds whose values are numbers."""


@dataclass(frozen=True, slots=True)
class View:
    """A way of grouping papers, and all that is known of it.

    Attributes:
        name: the address of its index and its name in the language table.
        one: the name of one of its values, as macros and queries filter by it: ``venue="ICML"``.
        title: its English name, where a language table has none.
        values: the values under which a paper stands, each once.
        kind: how its values are chosen on the browse page. Numbers run downwards, names in their own order.
        blank: whether papers without a value are a group too.
        newest_first: whether papers in a group run downwards in time.
        configured: whether values are keywords: called and put in order as the configuration says.
        words: where the language table says how values are called, as in ``status`` for ``status.read``; empty where
            they are called what they are.
        co_occurring: the views whose values the page of a group names, each with how many of its papers have it.
        facet: whether papers can be filtered by it on the browse page.
        aside: whether a paper of which only its values hold a plain word of a query comes after the others.
        feed: whether each of its groups has a feed.
        sections: whether its index lists the papers of each group. Their tables leave the venue out.
        many: whether its values are very many: then its index is for finding, with letters, a box, and a second order,
            by number of papers.
        people: whether its values are names of people, who are put in order and listed by their family names.
        coloured: whether each value has a colour of its own, wherever it is a chip or a bar.
        chart: whether the page of statistics has a chart of it.
        own_page_from: from how many papers on a group has a page of its own: the page of one paper says all that such a
            page of one would.
    """

    name: str
    one: str
    title: str
    values: Callable[[Paper], tuple[str, ...]]
    kind: Kind = Kind.NAMES
    blank: bool = False
    newest_first: bool = True
    configured: bool = False
    words: str = ""
    co_occurring: tuple[str, ...] = ("keywords",)
    facet: bool = True
    aside: bool = False
    feed: bool = False
    sections: bool = False
    many: bool = False
    people: bool = False
    coloured: bool = False
    chart: bool = False
    own_page_from: int = 1


VIEWS: tuple[View, ...] = (
    View(
        "venues", "venue", "Venues", lambda paper: some(paper.venue),
        blank=True, newest_first=False, feed=True, sections=True, coloured=True, chart=True,
    ),
    View("years", "year", "Years", lambda paper: some(paper.year), Kind.RANGE, co_occurring=("venues", "keywords")),
    View(
        "keywords", "keyword", "Keywords", lambda paper: paper.keywords,
        configured=True, feed=True, coloured=True, chart=True,
    ),
    View(
        "institutions", "institution", "Institutions", lambda paper: paper.institutions,
        co_occurring=("institutions", "keywords"), many=True, chart=True, own_page_from=2,
        aside=True,  # "learning" means a paper's subject rather than its laboratory
    ),
    View(
        "authors", "author", "Authors", lambda paper: paper.authors,
        co_occurring=("authors", "keywords"), many=True, people=True, own_page_from=2,
    ),
)  # fmt: skip


VIEWS_BY_NAME: Mapping[str, View] = {view.name: view for view in VIEWS}


def places(view: View, paper: Paper) -> tuple[str, ...]:
    """The values of the groups in which a paper stands, each once."""
    values = view.values(paper)
    return tuple(dict.fromkeys(values)) if values or not view.blank else (NONE,)


def some(value: object | None) -> tuple[str, ...]:
    """A value of a paper as a group, or none for None."""
    return () if value is None else (str(value),)
