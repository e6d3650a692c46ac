"""Charts: where their bars stand and how dark their cells are. How they look is in ``charts.html`` and its style sheet.

Widths are percentages of the room that a chart has, heights are in rem, so that its words keep their size on a phone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mkdocs_papers.pages.contents import Count, Grid

MOST_COLUMNS = 30
"""Columns that stand side by side on a phone."""

SHADES = 5
"""How many shades a grid's cells have; ``assets/charts.css`` has one rule for each."""

_GAP = 0.22
"""The share of its room that a column leaves free."""
HEIGHT = 7.5
"""Height of the highest column, in rem."""
HEAD = 0.9
"""Room for a number above it, in rem."""
FOOT = 1.0
"""Room for the years below it, in rem."""
_LEAST = 0.1
"""Height of the lowest column, in rem: one paper can be seen."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a chart over time.

    Attributes:
        count: what it shows.
        left: where it begins, in percent.
        width: how wide it is, in percent.
        top: where it begins, from above, in rem.
        height: how high it is, in rem.
        middle: where its labels stand, in percent.
        after_gap: whether years without papers lie before it.
        gap: where the mark for them stands, in percent.
        labelled: whether its label is shown where there is little room.
    """

    count: Count
    left: float
    width: float
    top: float
    height: float
    middle: float
    after_gap: bool
    gap: float
    labelled: bool


def columns(counts: Sequence[Count]) -> Iterator[Column]:
    """The columns of a chart over years, each year with papers one; at most `MOST_COLUMNS`, the latest.

    Args:
        counts: years in order of time, each with its papers.
    """
    shown = counts[-MOST_COLUMNS:]
    most = max((count.papers for count in shown), default=0)
    room = 100 / max(len(shown), 8)
    every = math.ceil(len(shown) / 10)
    before: int | None = None
    for position, count in enumerate(shown):
        year = int(count.link.text)
        height = max(HEIGHT * count.papers / most, _LEAST)
        yield Column(
            count,
            left=_rounded((position + _GAP / 2) * room),
            width=_rounded((1 - _GAP) * room),
            top=_rounded(HEAD + HEIGHT - height),
            height=_rounded(height),
            middle=_rounded((position + 0.5) * room),
            after_gap=before is not None and year != before + 1,
            gap=_rounded(position * room),
            # Counted from the end: the latest year is always named.
            labelled=(len(shown) - 1 - position) % every == 0,
        )
        before = year


def share(papers: int, most: int) -> float:
    """The length of a bar in percent, the longest one 100."""
    return _rounded(max(100 * papers / most, 0.5)) if papers else 0.0


def most_papers(counts: Sequence[Count]) -> int:
    """How many papers the longest bar stands for, at least one."""
    return max((count.papers for count in counts), default=1)


def most_in_cell(grid: Grid) -> int:
    """How many papers the fullest cell of a grid has, at least one."""
    return max((cell.papers for row in grid.rows for cell in row.cells if cell), default=1)


def shade(papers: int, most: int) -> int:
    """The shade of a cell, 1 to `SHADES`; its square root grows evenly, so that small numbers differ too."""
    return max(1, math.ceil(SHADES * math.sqrt(papers / most)))


def _rounded(value: float) -> float:
    return round(value, 2)
