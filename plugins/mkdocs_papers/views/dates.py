"""When papers were added and published, and notes added: git or the files themselves say so, never a file's own time.

A file's time is that of the last checkout, so a site that showed it would differ from one machine to the next.
"""

import datetime as dt
import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from mkdocs_papers.library.model import Note, Paper

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)

_ARXIV_MONTH = re.compile(r"(?:[^/]+/)?(?P<year>\d\d)(?P<month>0[1-9]|1[0-2])")
"""Year and month in arXiv's numbers, today's and those from before April 2007
(https://info.arxiv.org/help/arxiv_identifier.html)."""
_FIRST_OF_ARXIV = 91
"""The last two digits of the year in which arXiv began, 1991."""


@dataclass(frozen=True, slots=True)
class Date:
    """A date as exactly as it is known.

    Attributes:
        seconds: since the Unix epoch; of a day, a month or a year, where it begins (UTC).
        text: in ISO form: ``2024-06-15``, ``2024-06`` or ``2024``.
    """

    seconds: int
    text: str

    @property
    def day(self) -> str | None:
        """The day; None where only the month or the year is known."""
        return self.text if self.text.count("-") == 2 else None  # noqa: PLR2004 - year, month and day


def added(paper: Paper, committed: int | None) -> Date:
    """When a paper came into the library.

    Args:
        committed: when git says that its record was added, in Unix seconds; None where it does not say. Then the
            record's ``update_time`` counts, else the month of the paper's number on arXiv, else its year.
    """
    time = paper.updated if committed is None else committed
    return _known(_arxiv_month(paper) or _year(paper)) if time is None else _day_of(time)


def published(paper: Paper) -> str:
    """When a paper was published, in ISO form: the month where its number on arXiv is of its year, else the year."""
    month, year = _arxiv_month(paper), _year(paper)
    return month if month and month.startswith(year) else year


def note_added(note: Note, committed: int | None, papers: Iterable[Date]) -> Date | None:
    """When a note came into the library; None where nothing says so.

    Args:
        note: the note; the day that its front matter names counts first.
        committed: when git says that it was added, in Unix seconds; None where it does not say. Then the newest date of
            its papers counts.
    """
    if note.date is not None:
        return _known(note.date)
    if committed is not None:
        return _day_of(committed)
    return max(papers, key=lambda date: date.seconds, default=None)


def moment(seconds: int) -> str:
    """A time as RFC 3339 has it: ``2024-06-15T12:00:00Z``."""
    return (_EPOCH + dt.timedelta(seconds=seconds)).isoformat().replace("+00:00", "Z")


def _arxiv_month(paper: Paper) -> str | None:
    found = _ARXIV_MONTH.match(paper.arxiv or "")
    if found is None:
        return None
    return f"{'19' if int(found['year']) >= _FIRST_OF_ARXIV else '20'}{found['year']}-{found['month']}"


def _year(paper: Paper) -> str:
    return f"{max(paper.year, dt.MINYEAR):04}"


def _day_of(seconds: int) -> Date:
    return Date(seconds, moment(seconds)[:10])


@functools.lru_cache(maxsize=4096)
def _known(text: str) -> Date:
    """The date of an ISO text, from its beginning."""
    begins = dt.datetime.fromisoformat(f"{text}-01-01"[:10]).replace(tzinfo=dt.UTC)
    return Date(int((begins - _EPOCH).total_seconds()), text)
