"""The listing: a table of papers.

Its columns are declared here; how a cell looks is in ``templates/papers/cells.html``.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a listing: its name is the cell's macro, its ``data-column`` and its key in the language table."""

    name: str


COLUMNS = tuple(Column(name) for name in ("paper", "title", "cover", "venue", "year", "code", "note"))
