"""What goes together: the values that the papers of a group have besides the one they are grouped by."""

import itertools
from collections import Counter
from collections.abc import Iterable

from mkdocs_papers.views.view import NONE

MOST = 12
"""How many values are named at most."""


def co_occurring(values: Iterable[Iterable[str]], itself: str = NONE) -> list[tuple[str, int]]:
    """The most frequent values of papers and their numbers, equal ones by first appearance.

    Args:
        values: the values of each paper of a group, each once.
        itself: a value to leave out: the group's own, where the papers are grouped by that very property.
    """
    counts = Counter(itertools.chain.from_iterable(values))
    for left_out in (itself, NONE):
        del counts[left_out]
    return counts.most_common(MOST)
