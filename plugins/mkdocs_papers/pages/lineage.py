"""The small drawing on a paper's page: what it builds on, itself, and what builds on it.

It is made of lists, so that words wrap and everything reads as well without style sheets; the lines between them are in
``assets/charts.css``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mkdocs_papers.pages.paper_pages import BaselineLink

MOST = 6
"""Papers that are drawn on either side."""


@dataclass(frozen=True, slots=True)
class Lineage:
    """What is drawn, and what is left for the list below the drawing.

    Attributes:
        before: what the paper builds on.
        after: what builds on it.
        more_before: what else it builds on.
        more_after: what else builds on it.
    """

    before: tuple[BaselineLink, ...]
    after: tuple[BaselineLink, ...]
    more_before: tuple[BaselineLink, ...]
    more_after: tuple[BaselineLink, ...]


def lineage(builds_on: Sequence[BaselineLink], built_on_by: Sequence[BaselineLink]) -> Lineage | None:
    """A paper among its baselines and followers, those with a page first; None where there are neither."""
    if not builds_on and not built_on_by:
        return None
    before = tuple(sorted(builds_on, key=lambda each: each.address is None))
    after = tuple(built_on_by)
    return Lineage(before[:MOST], after[:MOST], before[MOST:], after[MOST:])
