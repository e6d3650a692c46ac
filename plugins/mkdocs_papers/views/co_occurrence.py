"""What goes together: the values that the papers of a group have besides the one they are grouped by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from mkdocs_papers.views.view import NONE

MOST = 12
"""How many values are named at most."""


def co_occurring(values: Sequence[Sequence[str]], itself: str = NONE) -> list[tuple[str, int]]:
    """The most frequent values of papers and their numbers, equal ones by first appearance.

    Args:
        values: the values of each paper of a group, each once.
        itself: a value to leave out: the group's own, where the papers are grouped by that very property.
    """
    left_out = (itself, NONE)
    # Most groups hold one paper; a counter costs more than it counts there.
    if len(values) == 1:
        return [(value, 1) for value in values[0] if value not in left_out][:MOST]
    counts = Counter([value for each in values for value in each if value not in left_out])
    return counts.most_common(MOST)
