"""What is printed of problems after a save."""

import dataclasses

from mkdocs_papers.records.problem import Level, Place, Problem, problem
from mkdocs_papers.site.reports import Reports
from tests import log

ONE = problem("missing-note", "meta/2024/Quest.prototxt", Place(5, 8), "the note 'note.md' is not there")
TWO = problem("stray-space", "meta/2024/Quest.prototxt", Place(3, 8), "paper.url begins with space")
HINT = problem("orphan-note", "notes/x.md", Place(), "no record names this note")


def _printed(reports: Reports, part: str, *problems: Problem) -> list[str]:
    with log.collected() as collected:
        reports.update(part, problems)
    return [record.getMessage().removeprefix("mkdocs_papers: ") for record in collected.records]


def test_only_what_is_new_and_what_is_mended() -> None:
    reports = Reports()
    assert _printed(reports, "a", ONE, HINT) == [str(ONE), str(HINT)]
    assert _printed(reports, "a", ONE, HINT) == []
    assert _printed(reports, "a", ONE, TWO) == [str(TWO), f"mended: {HINT}"]
    assert _printed(reports, "a") == [f"mended: {ONE}", f"mended: {TWO}"]
    assert _printed(reports, "a", ONE) == [str(ONE)]


def test_what_only_moved_is_no_news() -> None:
    reports = Reports()
    _printed(reports, "a", ONE)
    moved = dataclasses.replace(ONE, place=Place(9, 9))
    assert _printed(reports, "a", moved) == []
    assert _printed(reports, "a", moved, ONE) == [str(ONE)]
    assert _printed(reports, "a", moved) == [f"mended: {ONE}"]


def test_parts_know_nothing_of_one_another() -> None:
    reports = Reports()
    _printed(reports, "a", ONE)
    assert _printed(reports, "b") == []
    assert _printed(reports, "b", ONE) == [str(ONE)]


def test_levels() -> None:
    reports = Reports(levels={"missing-note": Level.OFF, "orphan-note": Level.ERROR})
    with log.collected() as collected:
        reports.update("a", [ONE, TWO, HINT])
    assert [record.levelname for record in collected.records] == ["WARNING", "ERROR"]


def test_everything_anew() -> None:
    reports = Reports()
    _printed(reports, "a", ONE)
    reports.forget()
    assert _printed(reports, "a", ONE) == [str(ONE)]
