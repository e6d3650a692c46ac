"""When papers and notes are from."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.library.model import Note
from mkdocs_papers.views.dates import moment, note_time, paper_time
from tests.pages.papers import paper

PAPERS = {
    "2023/H2O": paper("2023/H2O"),
    "2024/Quest": paper("2024/Quest", updated=1_718_409_600),
    "0000/zero": paper("0000/zero", year=0),
}


@pytest.mark.parametrize(
    ("key", "time"),
    [
        ("2023/H2O", "2023-01-01T00:00:00Z"),
        ("2024/Quest", "2024-06-15T00:00:00Z"),
        ("0000/zero", "0001-01-01T00:00:00Z"),
    ],
)
def test_a_papers_time(key: str, time: str) -> None:
    assert moment(paper_time(PAPERS[key])) == time


@pytest.mark.parametrize(
    ("note", "time"),
    [
        (Note("a.md", "A", date="2024-05-01", papers=("2024/Quest",)), "2024-05-01T00:00:00Z"),
        (Note("a.md", "A", papers=("2023/H2O", "2024/Quest")), "2024-06-15T00:00:00Z"),
        (Note("a.md", "A", date="0001-01-01"), "0001-01-01T00:00:00Z"),
        (Note("a.md", "A", papers=("2024/unreadable",)), None),
        (Note("a.md", "A"), None),
    ],
)
def test_a_notes_time(note: Note, time: str | None) -> None:
    found = note_time(note, [paper_time(PAPERS[key]) for key in note.papers if key in PAPERS])
    assert (None if found is None else moment(found)) == time


@given(st.datetimes(timezones=st.just(dt.UTC)))
def test_a_moment_is_read_back(time: dt.datetime) -> None:
    whole = time.replace(microsecond=0)
    assert dt.datetime.fromisoformat(moment(round(whole.timestamp()))) == whole
