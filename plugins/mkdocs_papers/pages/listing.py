"""The listing: a table of papers.

Its columns are declared here, once for templates and scripts. To add one, add one entry to `COLUMNS`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from mkdocs_papers.library.model import Paper

Value = str | int | None
"""What a cell holds: a text, a number, or nothing."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a listing, and all that is known of it.

    Attributes:
        name: its ``data-column``, and its key in the language table: ``column.year``.
        title: its English name, where a language table has none.
        value: what its cells show of a paper, and what papers are sorted by; None where a facet says it.
        facet: the name of the facet whose values its cells show, and by the first of which papers are sorted.
        drawn: whether its cells are more than text. Then ``templates/papers/cells.html`` and ``assets/browse/rows.js``
            draw it under its name, and ``assets/browse/order.js`` sorts by it where neither value nor facet says it.
        heading: whether its cells are the headings of their rows.
        descending: whether whoever sorts by it most often wants the last first.
        wide: whether it is left out where there is little room.
        shown: whether tables have it; papers can be sorted by the others too.
    """

    name: str
    title: str = ""
    value: Callable[[Paper], Value] | None = None
    facet: str = ""
    drawn: bool = False
    heading: bool = False
    descending: bool = False
    wide: bool = False
    shown: bool = True


COLUMNS: tuple[Column, ...] = (
    Column("paper", "Paper", drawn=True),
    Column("title", "Title", drawn=True, heading=True),
    Column("cover", "Cover", drawn=True),
    Column("venue", "Venue", facet="venue", drawn=True),
    Column("year", "Year", facet="year", descending=True),
    Column("code", "Code", drawn=True),
    Column("note", "Note", drawn=True),
    # The day on which a paper was added stands under its title.
    Column("added", "Added", facet="added", descending=True, shown=False),
    Column("published", "Published", facet="published", descending=True, shown=False),
)
