from __future__ import annotations

import re

import pytest

from mkdocs_papers.records.codes import CODES, Code, problem
from mkdocs_papers.records.problem import Edit, Level, Place, Problem
from mkdocs_papers.records.read import read_record

IN_ONE_RECORD = tuple(CODES)[: tuple(CODES).index("unknown-status") + 1]
"""The kinds of defect that one record shows by itself stand first in the catalogue."""


@pytest.mark.parametrize("code", CODES.values(), ids=CODES)
def test_entries_are_complete(code: Code) -> None:
    assert CODES[code.name] is code
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code.name)
    assert code.level is not Level.OFF
    assert code.about.endswith(".")
    assert code.wrong != code.right


@pytest.mark.parametrize("name", IN_ONE_RECORD)
def test_each_example_shows_its_problem_alone(name: str) -> None:
    code = CODES[name]
    for files, expected in ((code.wrong, [name]), (code.right, [])):
        ((path, content),) = files.items()
        reading = read_record(path, "2024/Quest", content.encode() if isinstance(content, str) else content)
        assert [found.code for found in reading.problems] == expected


def test_problems_have_their_codes_level() -> None:
    edits = (Edit(3, 4, "x"),)
    made = problem("arxiv-http", "meta/2024/Quest.prototxt", Place(3, 8), "wrong", "right", "paper.url", edits)
    assert made == Problem(
        "arxiv-http", "meta/2024/Quest.prototxt", Place(3, 8), "wrong", "right", "paper.url", edits, Level.HINT
    )
    assert str(made) == "meta/2024/Quest.prototxt:3:8: wrong; right [arxiv-http]"
    assert str(problem("syntax", "a", Place(), "wrong")) == "a:1:1: wrong [syntax]"


def test_no_such_code() -> None:
    with pytest.raises(KeyError):
        problem("sintax", "a", Place(), "wrong")
