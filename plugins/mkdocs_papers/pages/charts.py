"""Charts: how long their bars are and how dark their cells. How they look is in ``charts.html`` and its style sheet.

Widths are percentages of the room that a chart has, heights are in rem, so that its words keep their size on a phone.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mkdocs_papers.pages.group_links import Count
from mkdocs_papers.pages.statistics import Grid

MOST_COLUMNS = 30
"""Columns that stand side by side on a phone."""

_LABELS = 8
"""Labels of columns that stand apart on a phone."""

SHADES = 5
"""How many shades a grid's cells have; ``assets/charts.css`` has one rule for each."""

HEIGHT = 7.5
"""Height of the highest column, in rem."""
_LEAST = 0.1
"""Height of the lowest column, in rem: one paper can be seen."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a chart over time.

    Attributes:
        height: how high it is, in rem.
        after_gap: whether years without papers lie before it.
        labelled: whether its label is shown where there is little room.
    """

    count: Count
    height: float
    after_gap: bool
    labelled: bool


def columns(counts: Sequence[Count]) -> Iterator[Column]:
    """The columns of a chart over years in order of time, one for each year with papers; at most `MOST_COLUMNS`."""
    shown = counts[-MOST_COLUMNS:]
    most = max((count.papers for count in shown), default=0)
    every = math.ceil(len(shown) / _LABELS)
    before: int | None = None
    for position, count in enumerate(shown):
        year = int(count.link.text)
        yield Column(
            count,
            height=round(max(HEIGHT * count.papers / most, _LEAST), 2),
            after_gap=before is not None and year != before + 1,
            # Counted from the end: the latest year is always named.
            labelled=(len(shown) - 1 - position) % every == 0,
        )
        before = year


def share(papers: int, most: int) -> float:
    """The length of a bar in percent, the longest one 100."""
    return round(max(100 * papers / most, 0.5), 2) if papers else 0.0


def most_papers(counts: Sequence[Count]) -> int:
    """How many papers the longest bar stands for, at least one."""
    return max((count.papers for count in counts), default=1)


def most_in_cell(grid: Grid) -> int:
    """How many papers the fullest cell of a grid has, at least one."""
    return max((cell.papers for row in grid.rows for cell in row.cells if cell), default=1)


def shade(papers: int, most: int) -> int:
    """The shade of a cell, 1 to `SHADES`; its square root grows evenly, so that small numbers differ too."""
    return max(1, math.ceil(SHADES * math.sqrt(papers / most)))
