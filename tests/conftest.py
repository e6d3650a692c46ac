"""What holds for every test."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import hypothesis
import pytest

from tests import compiled, log

# Time is never asserted: the machine may be slow and shared.
_QUIET = [hypothesis.HealthCheck.too_slow]
hypothesis.settings.register_profile("default", max_examples=50, deadline=None, suppress_health_check=_QUIET)
# What continuous integration says of a commit must not depend on luck; new examples are for everybody else to find.
hypothesis.settings.register_profile(
    "ci", max_examples=100, deadline=None, derandomize=True, print_blob=True, suppress_health_check=_QUIET
)
hypothesis.settings.register_profile("soak", max_examples=5000, deadline=None, suppress_health_check=_QUIET)
# Whether a fault is noticed must not depend on luck, and what noticed it need not be short.
hypothesis.settings.register_profile(
    "mutants",
    max_examples=50,
    deadline=None,
    derandomize=True,
    phases=(hypothesis.Phase.explicit, hypothesis.Phase.generate),
    suppress_health_check=_QUIET,
)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "default"))

# Material's advertisement against MkDocs 2 is no warning about a site.
os.environ["NO_MKDOCS_2_WARNING"] = "true"

compiled.share()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in tests/browser, so that `make quick` can leave it out."""
    browser = Path(__file__).parent / "browser"
    for test in items:
        if test.path.is_relative_to(browser):
            test.add_marker("browser")


PROCESSOR_SECONDS = 0 if os.environ.get("HYPOTHESIS_PROFILE") == "soak" else 300
"""What a test may take of this process's own time: the clock goes on while others use the machine. 0 is any."""


@pytest.fixture(autouse=True)
def _ends() -> Iterator[None]:
    """Fail a test that takes minutes where it should take moments, as a long text does that is read in time squared."""

    def end(number: int, frame: FrameType | None) -> None:
        pytest.fail(f"more than {PROCESSOR_SECONDS} seconds of processor time")

    before = signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, PROCESSOR_SECONDS)
    yield
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.signal(signal.SIGPROF, before)


@pytest.fixture(autouse=True)
def _no_unexpected_warning() -> Iterator[None]:
    """Fail a test that logs a warning below ``mkdocs.`` and does not collect it."""
    with log.collected() as unexpected:
        yield
    assert unexpected.warnings == []
