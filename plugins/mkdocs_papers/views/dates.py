"""When papers and notes are from, in Unix seconds: a record or a note says so, never a file's own time.

A file's time is that of the last checkout, so a site that showed it would differ from one machine to the next.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable

from mkdocs_papers.library.model import Note, Paper

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def paper_time(paper: Paper) -> int:
    """When a paper's record last changed, where the record says so; else the first of January of the paper's year."""
    if paper.updated is not None:
        return paper.updated
    return _start_of(f"{max(paper.year, dt.MINYEAR):04}-01-01")


def note_time(note: Note, papers: Iterable[int]) -> int | None:
    """The day that a note's front matter names, else the newest time of its papers; None where it has neither.

    Args:
        note: the note.
        papers: the times of its papers, as `paper_time` gives them.
    """
    if note.date is not None:
        return _start_of(note.date)
    return max(papers, default=None)


def moment(seconds: int) -> str:
    """A time as RFC 3339 has it: ``2024-06-15T12:00:00Z``."""
    return (_EPOCH + dt.timedelta(seconds=seconds)).isoformat().replace("+00:00", "Z")


@functools.lru_cache(maxsize=4096)
def _start_of(day: str) -> int:
    return int((dt.datetime.fromisoformat(day).replace(tzinfo=dt.UTC) - _EPOCH).total_seconds())
