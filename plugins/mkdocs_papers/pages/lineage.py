"""The small drawing on a paper's page: what it builds on, itself, and what builds on it, from left to right.

Widths are percentages of the room that the drawing has, heights are in units of `ROW`, so that words keep their size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mkdocs_papers.pages.address import Address
from mkdocs_papers.pages.contents import BaselineLink, Link

MOST = 6
"""Papers that are drawn on either side; further ones are in the list below the drawing."""

ROW = 2.0
"""From one box to the next, in rem."""
BOX = 1.5
"""How high a box is, in rem."""

_BOTH = (34, 39, 22, 66)
_BEFORE = (40, 50, 30, 100)
_AFTER = (40, 0, 30, 40)
"""Widths and left edges, in percent: of the boxes before, the paper's own, and those after."""


@dataclass(frozen=True, slots=True)
class Box:
    """A paper or method in the drawing: its name, its page (None for one that has none), and its upper edge in rem."""

    name: str
    address: Address | None
    top: float


@dataclass(frozen=True, slots=True)
class Lineage:
    """The drawing.

    Attributes:
        height: of all of it, in rem.
        middle: the upper edge of the paper's own box, in rem.
        width: of a box beside it, in percent.
        own_left: where its own box begins, in percent.
        own_width: how wide that is.
        after_left: where the boxes of what builds on it begin.
        before: what it builds on.
        after: what builds on it.
        more_before: how many more it builds on than are drawn.
        more_after: how many more build on it than are drawn.
    """

    height: float
    middle: float
    width: int
    own_left: int
    own_width: int
    after_left: int
    before: tuple[Box, ...]
    after: tuple[Box, ...]
    more_before: int
    more_after: int


def lineage(builds_on: Sequence[BaselineLink], built_on_by: Sequence[Link]) -> Lineage | None:
    """The drawing of a paper among its baselines and followers; None where there are neither.

    Args:
        builds_on: what the paper builds on; those with a page are drawn first.
        built_on_by: the papers that build on it.
    """
    before = sorted(((each.name, each.address) for each in builds_on), key=lambda each: each[1] is None)
    after = [(each.text, each.address) for each in built_on_by]
    rows = max(min(len(before), MOST), min(len(after), MOST))
    if rows == 0:
        return None
    width, own_left, own_width, after_left = _BOTH if before and after else _BEFORE if before else _AFTER
    return Lineage(
        height=rows * ROW,
        middle=_top(0, 1, rows),
        width=width,
        own_left=own_left,
        own_width=own_width,
        after_left=after_left,
        before=tuple(Box(*each, _top(row, min(len(before), MOST), rows)) for row, each in enumerate(before[:MOST])),
        after=tuple(Box(*each, _top(row, min(len(after), MOST), rows)) for row, each in enumerate(after[:MOST])),
        more_before=max(0, len(before) - MOST),
        more_after=max(0, len(after) - MOST),
    )


def _top(row: int, boxes: int, rows: int) -> float:
    """The upper edge of a box in a column that stands in the middle of the drawing."""
    return round((row + (rows - boxes) / 2) * ROW + (ROW - BOX) / 2, 2)
