"""What goes together: the values that the papers of a group have besides the one they are grouped by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from mkdocs_papers.library.model import Paper
from mkdocs_papers.views.view import View

MOST = 12
"""How many values are named at most."""


def beside(papers: Sequence[Paper], view: View, itself: str = "") -> list[tuple[str, int]]:
    """The most frequent values of papers and their numbers, equal ones by first appearance.

    Args:
        papers: the papers of a group.
        view: whose values are counted.
        itself: a value to leave out: the group's own, where the papers are grouped by that very view.
    """
    # Most groups hold one paper; a counter costs more than it counts there.
    if len(papers) == 1:
        return [(value, 1) for value in view.values(papers[0]) if value != itself][:MOST]
    counts = Counter([value for paper in papers for value in view.values(paper) if value != itself])
    return counts.most_common(MOST)
