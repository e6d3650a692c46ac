"""What holds for every test."""

import fcntl
import gc
import json
import locale
import logging
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from unittest import mock

import hypothesis
import pytest

from mkdocs_papers.pages.rendition_cache import RenditionCache
from tests import compiled, log
from tests.sites import ROOT, SITE_URL, Build, rebuild

# Time is never asserted: the machine may be slow and shared.
_QUIET = [hypothesis.HealthCheck.too_slow]
# What a test run says of the code must not depend on luck, on whatever machine; `make soak` looks for new examples.
hypothesis.settings.register_profile(
    "default", max_examples=25, deadline=None, derandomize=True, print_blob=True, suppress_health_check=_QUIET
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
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or "default")

# Material's advertisement against MkDocs 2 is no warning about a site.
os.environ["NO_MKDOCS_2_WARNING"] = "true"

compiled.share()

START_PROCESSES = RenditionCache._start  # noqa: SLF001 - there is no public way to do without

DEAREST = (
    "browser/test_browse.py",
    "browser/test_accessibility.py",
    "browser/test_hostile.py",
    "pages/test_kept_up.py",
    "browser/test_questions.py",
    "browser/test_search.py",
    "site/test_incremental.py",
    "browser/test_tables.py",
    "site/test_build_cache.py",
    "test_recipes.py",
    "browser/test_looks.py",
    "browser/test_hostile_notes.py",
    "browser/test_missing.py",
    "site/test_rendition_cache.py",
    "browser/test_engine.py",
    "site/test_shipped.py",
    "browser/test_editing.py",
    "browser/test_search_engine.py",
    "browser/test_swapping.py",
    "browser/test_paper_pages.py",
    "browser/test_visits.py",
    "fuzz/test_targets.py",
    "site/test_shell.py",
    "browser/test_sorting.py",
    "command/test_fix.py",
    "site/test_hostile_names.py",
    "browser/test_harness.py",
    "site/test_wild.py",
    "site/test_untrusted.py",
    "site/test_macros.py",
    "site/test_serve.py",
    "browser/test_people.py",
    "site/test_strict.py",
    "test_guide.py",
)
"""The files that take longest, to begin with: a worker that came to one of them last would be waited for."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in tests/browser, so that `make quick` can leave it out, and put the dearest files first."""
    here = Path(__file__).parent
    for test in items:
        if test.path.is_relative_to(here / "browser"):
            test.add_marker("browser")
    places = {here / name: place for place, name in enumerate(DEAREST)}
    items.sort(key=lambda test: places.get(test.path, len(places)))


def pytest_collection_finish() -> None:
    """Look for no garbage among what was imported, which stays: of a worker's time that took a twelfth."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The library of this repository as its visitors get it, built once for all workers of a test run."""
    folder = tmp_path_factory.getbasetemp()
    folder = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    warnings = folder / "shipped.json"
    with (folder / "shipped.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not warnings.exists():
            built = rebuild(ROOT, site=folder / "shipped", site_url=SITE_URL, strict=False)
            warnings.write_text(json.dumps([built.warnings, built.messages]), encoding="utf-8")
    return Build(ROOT, folder / "shipped", *map(tuple, json.loads(warnings.read_text(encoding="utf-8"))))


@pytest.fixture(autouse=True, scope="session")
def _pictures_are_made_here() -> Iterator[None]:
    """Start no process for a picture, which takes longer than to build the site of a test; see `picture_processes`."""
    with mock.patch.object(RenditionCache, "_start"):
        yield


@pytest.fixture
def picture_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make pictures in processes of their own, as builds do."""
    monkeypatch.setattr(RenditionCache, "_start", START_PROCESSES)


PATIENCE = 600
"""Seconds in which a thread has to end that a test has begun; how soon it ends is not tested."""

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


_SERVERS = ("(serve_forever)", "(process_request_thread)")
"""How the names of threads end that belong to a server."""


@pytest.fixture(autouse=True)
def _leaves_nothing() -> Iterator[None]:
    """Fail a test that leaves to the next one a thread, or this process otherwise than it found it."""

    def state() -> list[object]:
        variables = {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}
        return [gc.isenabled(), Path.cwd(), locale.setlocale(locale.LC_ALL), logging.root.level, variables]

    threads, before = set(threading.enumerate()), state()
    yield
    for thread in set(threading.enumerate()) - threads:
        # Watchdog keeps threads for observers that were never started. A server belongs to its fixture, which may stay
        # for other tests, and a browser may keep a connection to it open.
        if type(thread).__module__.startswith("watchdog.") or thread.name.endswith(_SERVERS):
            continue
        # A server's answer that nobody waits for any more ends by itself, and so does what a test has cancelled.
        thread.join(PATIENCE)
        assert not thread.is_alive(), f"{thread.name} is still there"
    assert state() == before


@pytest.fixture(autouse=True)
def _no_unexpected_warning() -> Iterator[None]:
    """Fail a test that logs a warning below ``mkdocs.`` and does not collect it."""
    with log.collected() as unexpected:
        yield
    assert unexpected.warnings == []
