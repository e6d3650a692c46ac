"""Faults are put in where they are said to be, one at a time, and are told apart from code that does what it did."""

import ast
from collections.abc import Mapping

import pytest

from tests.mutation.mutants import mutants, mutated
from tests.mutation.run import CORE, PACKAGE, Fault, RunTests, faults, main

SOURCE = '''\
"""A module."""

from __future__ import annotations

LIMIT: int = 3


@cache
def first(words: list[str], most: int = LIMIT) -> str | None:
    """The first word."""
    if not words or len(words) > most:
        return None
    found = [word.strip() for word in words if word]
    found.sort(reverse=True)
    return join(found[0], "-")
'''


def test_each_kind_of_fault_is_found_once_in_its_place() -> None:
    found = [(each.kind, each.line, each.before, each.after) for each in mutants(SOURCE)]
    assert found == [
        ("constant", 5, "3", "4"),
        ("boolean", 11, "if not words or len(words) > most:", "if not (not words or len(words) > most):"),
        ("boolean", 11, "not words or len(words) > most", "not words and len(words) > most"),
        ("boolean", 11, "not words", "words"),
        ("comparison", 11, "len(words) > most", "len(words) >= most"),
        ("call", 11, "len(words)", "words"),
        ("call", 13, "word.strip()", "word"),
        ("boolean", 13, "for word in words if word", "for word in words"),
        ("statement", 14, "found.sort(reverse=True)", "pass"),
        ("argument", 14, "found.sort(reverse=True)", "found.sort()"),
        ("constant", 14, "True", "False"),
        ("return", 15, "return join(found[0], '-')", "return None"),
        ("argument", 15, "join(found[0], '-')", "join('-', found[0])"),
        ("constant", 15, "0", "1"),
        ("constant", 15, "'-'", "'-XX'"),
    ]


def test_the_code_has_that_fault_and_no_other() -> None:
    original = ast.unparse(ast.parse(SOURCE)).splitlines()
    for mutant in mutants(SOURCE):
        text = ast.unparse(mutated(SOURCE, mutant.number)).splitlines()
        differing = [(old, new) for old, new in zip(original, text, strict=True) if old != new]
        assert len(differing) == 1, mutant
        assert mutant.after.strip() in differing[0][1].replace(" async", ""), mutant
    with pytest.raises(IndexError):
        mutated(SOURCE, len(mutants(SOURCE)))


def test_every_module_of_ours_can_be_compiled_with_any_fault() -> None:
    for fault in faults(["records/suggest.py", "views/slug.py", "records/lines.py"], 1000, 0):
        source = (PACKAGE / fault.module).read_text(encoding="utf-8")
        compile(mutated(source, fault.mutant.number), fault.module, "exec")


def test_a_sample_is_the_same_each_time_and_another_by_another_seed() -> None:
    modules = [path.relative_to(PACKAGE).as_posix() for path in (PACKAGE / CORE[0]).glob("*.py")]
    sample = faults(modules, 50, 1)
    assert len(sample) == 50
    assert sample == faults(modules, 50, 1) != faults(modules, 50, 2)


def test_the_quickest_tests_of_a_line_come_first_within_the_time_there_is() -> None:
    lines: Mapping[int, frozenset[str]] = {15: frozenset({"slow", "quick", "middle"}), 5: frozenset()}
    tests = RunTests({"slow": 5, "middle": 2, "quick": 1, "other": 0}, {"a.py": lines})
    of_return, of_constant = (Fault("a.py", next(m for m in mutants(SOURCE) if m.line == line)) for line in (15, 5))
    assert tests.of(of_return, 10) == ["quick", "middle", "slow"]
    assert tests.of(of_return, 3) == ["quick", "middle"]
    # What runs while the module is imported is run by all its tests.
    assert tests.of(of_constant, 1) == ["quick"]
    # So is it by those of its room, which may only look at it.
    of_room = RunTests(
        {"tests/views/test_x.py::test": 1, "other": 0, "run": 2}, {"views/a.py": {15: frozenset({"run"})}}
    )
    assert of_room.of(Fault("views/a.py", of_constant.mutant), 9) == ["tests/views/test_x.py::test", "run"]
    # What only runs then, by all there are.
    assert tests.of(Fault("b.py", of_return.mutant), 3) == ["other", "quick", "middle"]


@pytest.mark.slow
def test_faults_are_tried(capfd: pytest.CaptureFixture[str]) -> None:
    module, tests = "records/suggest.py", "tests/records/test_suggest.py"
    # One of the two makes no difference to whoever asks for the first of what is found.
    arguments = [module, "--tests", tests, "--count", "2", "--seed", "45", "--workers", "1"]
    assert main([*arguments, "--least", "51"]) == 1
    survivor, of_module, together = capfd.readouterr().out.splitlines()
    assert survivor.startswith(f"{module}:")
    assert of_module.split()[:3] == ["1", "of", "2"]
    assert together.split() == ["1", "of", "2", "noticed:", "50.0", "%"]
