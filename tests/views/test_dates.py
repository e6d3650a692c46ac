"""When papers and notes were added, and papers published."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.library.model import Note
from mkdocs_papers.views.dates import Date, added, moment, note_added, published
from mkdocs_papers.views.order import newest_first
from tests.pages.papers import paper

JUNE_15 = 1_718_409_600

PAPERS = {
    "2023/H2O": paper("2023/H2O"),
    "2023/arXiv": paper("2023/arXiv", arxiv="2306.14048"),
    "2024/Quest": paper("2024/Quest", updated=JUNE_15, arxiv="2406.10774"),
    "0000/zero": paper("0000/zero", year=0),
}


@pytest.mark.parametrize(
    ("key", "committed", "time", "text"),
    [
        ("2023/H2O", None, "2023-01-01T00:00:00Z", "2023"),
        ("2023/arXiv", None, "2023-06-01T00:00:00Z", "2023-06"),
        ("2024/Quest", None, "2024-06-15T00:00:00Z", "2024-06-15"),
        ("2024/Quest", JUNE_15 - 1, "2024-06-14T23:59:59Z", "2024-06-14"),
        ("2023/H2O", 0, "1970-01-01T00:00:00Z", "1970-01-01"),
        ("0000/zero", None, "0001-01-01T00:00:00Z", "0001"),
    ],
)
def test_git_says_when_a_paper_was_added_then_its_record_then_arxiv_then_its_year(
    key: str, committed: int | None, time: str, text: str
) -> None:
    date = added(PAPERS[key], committed)
    assert (moment(date.seconds), date.text) == (time, text)
    assert date.day == (text if len(text) == 10 else None)


@pytest.mark.parametrize(
    ("arxiv", "year", "text"),
    [
        ("2406.10774", 2024, "2024-06"),
        ("0704.0001", 2007, "2007-04"),
        ("cs/0112017", 2001, "2001-12"),
        ("math.GT/9108123", 1991, "1991-08"),
        # A venue's year says more than the preprint's month.
        ("2312.10774", 2024, "2024"),
        ("2413.10774", 2024, "2024"),
        (None, 2024, "2024"),
    ],
)
def test_a_paper_was_published_in_the_month_that_arxiv_says_if_that_is_of_its_year(
    arxiv: str | None, year: int, text: str
) -> None:
    assert published(paper(arxiv=arxiv, year=year)) == text


def test_the_newest_is_the_last_published() -> None:
    papers = [
        paper("2023/c"),
        paper("2024/b"),
        paper("2024/a"),
        paper("2024/June", arxiv="2406.1"),
        paper("2024/May", arxiv="2405.1"),
    ]
    assert [each.key for each in sorted(papers, key=newest_first)] == [
        "2024/June",
        "2024/May",
        "2024/a",
        "2024/b",
        "2023/c",
    ]


@pytest.mark.parametrize(
    ("note", "committed", "text"),
    [
        (Note("a.md", "A", date="2024-05-01", papers=("2024/Quest",)), JUNE_15, "2024-05-01"),
        (Note("a.md", "A", papers=("2023/H2O", "2024/Quest")), JUNE_15 + 86_400, "2024-06-16"),
        (Note("a.md", "A", papers=("2023/H2O", "2024/Quest")), None, "2024-06-15"),
        (Note("a.md", "A", papers=("2023/H2O",)), None, "2023"),
        (Note("a.md", "A", date="0001-01-01"), None, "0001-01-01"),
        (Note("a.md", "A", papers=("2024/unreadable",)), None, None),
        (Note("a.md", "A"), None, None),
    ],
)
def test_a_note_was_added_when_it_says_so_then_git_then_its_papers(
    note: Note, committed: int | None, text: str | None
) -> None:
    found = note_added(note, committed, [added(PAPERS[key], None) for key in note.papers if key in PAPERS])
    assert (found and found.text) == text


@given(st.datetimes(timezones=st.just(dt.UTC)))
def test_a_moment_is_read_back(time: dt.datetime) -> None:
    whole = time.replace(microsecond=0)
    seconds = round(whole.timestamp())
    assert dt.datetime.fromisoformat(moment(seconds)) == whole
    assert added(paper(), seconds) == Date(seconds, whole.date().isoformat())
