import re

import pytest

from mkdocs_papers.records.problem import CODES, Edit, Level, Place, Problem, problem
from mkdocs_papers.records.read import read_record
from tests.examples import EXAMPLES, Example

IN_ONE_RECORD = tuple(CODES)[: tuple(CODES).index("unknown-status") + 1]
"""The kinds of defect that one record shows by itself stand first in the catalogue."""


def test_the_guide_has_an_example_of_each_with_its_level() -> None:
    assert {name: example.level for name, example in EXAMPLES.items()} == CODES
    assert list(EXAMPLES) == list(CODES)


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_entries_are_complete(example: Example) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", example.name)
    assert example.level is not Level.OFF
    assert example.about.endswith(".")
    assert example.wrong != example.right


@pytest.mark.parametrize("name", IN_ONE_RECORD)
def test_each_example_shows_its_problem_alone(name: str) -> None:
    example = EXAMPLES[name]
    for files, expected in ((example.wrong, [name]), (example.right, [])):
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
