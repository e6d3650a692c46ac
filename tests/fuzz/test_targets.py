"""What reads strangers' bytes takes any, in steps that grow as the bytes do."""

import sys
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import hostile
from tests.fuzz.run import NAMES
from tests.fuzz.targets import TARGETS

UNITS = (
    *("<", "<b>", "<b><p>", "</", "<!--", "<a href=x ", '<p id="', "<svg><a>", "<select>", "&", "&amp;"),
    *("[", "![", "[x](", "](", "[x]: y\n", "*", "_", "`", "``` ", "$", "$$", "\\", "\\(", "{", "}", "{{"),
    *("- ", "> ", "# ", "| ", "a\n=\n", "\n\n", "---\n", "é", "力", "\u202e", "\x00", " "),
    *('title: "', "paper {", "paper:\n", "- [", "{a: ", "&a [*a, ", "!!x ", "? ", "'", "#", "a: b\n", "authors: 'x'\n"),
    *(
        "@a{",
        "@a{b, c={d},\n",
        "@string{a=a # a}\n",
        "TY  - ",
        "TY  - JOUR\nER  - \n",
        "[{",
        '{"a":',
        "\\frac{",
        "\\sum_",
    ),
)
"""Texts that begin something and do not end it, or make readers look back."""


@pytest.mark.parametrize("name", TARGETS)
@given(content=st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode(errors="surrogatepass")))
def test_any_bytes(name: str, content: bytes) -> None:
    TARGETS[name](content)


@pytest.mark.parametrize("name", TARGETS)
def test_hostile_strings(name: str) -> None:
    for text in (*hostile.TEXTS, *UNITS):
        TARGETS[name](text.encode(errors="surrogatepass"))


def _steps(name: str, content: bytes) -> int:
    """How many lines of Python a target runs."""
    lines = 0

    def trace(_frame: FrameType, event: str, _argument: object) -> object:
        nonlocal lines
        lines += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)  # type: ignore[arg-type] # a function that gives itself has no type
    try:
        TARGETS[name](content)
    finally:
        sys.settrace(before)
    return lines


@pytest.mark.parametrize("name", TARGETS)
def test_steps_grow_as_the_bytes_do(name: str) -> None:
    # More than four times as many where a check begins only at some size; sixteen would be quadratic.
    sizes = (2000, 8000) if name == "formula" else (4000, 16000)  # Its steps are the most.
    steps = {unit: [_steps(name, (unit * (size // len(unit.encode()))).encode()) for size in sizes] for unit in UNITS}
    assert {unit: counts for unit, counts in steps.items() if counts[1] > 7 * counts[0] + 500} == {}


def test_the_runner_knows_every_target() -> None:
    assert list(NAMES) == list(TARGETS)
