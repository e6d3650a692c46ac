"""The collector of garbage rests while there is work, and comes afterwards."""

from __future__ import annotations

import contextlib
import gc
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar

import pytest

from mkdocs_papers.site.garbage import LateCollector, daemon_timer, keep, release, uncollected
from tests.sites import build_site

RECORDS = {"meta/2024/A.prototxt": 'paper { title: "A" }\n'}


class Garbage:
    """Something that only the collector can remove."""

    def __init__(self) -> None:
        self.itself = self


class Timer:
    """Comes when the test says so."""

    _made: ClassVar[list[Timer]] = []

    def __init__(self, idle: float, function: Callable[[], None]) -> None:
        self.idle, self.fire = idle, function
        self.started = self.cancelled = False
        self._made.append(self)

    @classmethod
    def made(cls) -> list[Timer]:
        """All that are made from now on."""
        cls._made = []
        return cls._made

    def start(self) -> None:
        self.started = True

    def cancel(self) -> None:
        self.cancelled = True


@pytest.fixture(autouse=True)
def collecting() -> Iterator[None]:
    """Whatever was tested before, and whatever fails: Python looks for garbage afterwards."""
    gc.enable()
    yield
    gc.enable()


def test_the_collector_rests_and_goes_on_as_it_was() -> None:
    assert gc.isenabled()
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ValueError, match="whatever"), uncollected():
        raise ValueError("whatever")
    assert gc.isenabled()
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def full_collections(count: int) -> int:
    """How often Python goes through all that is there while so many values are made and kept."""
    before = gc.get_stats()[2]["collections"]
    kept: list[list[int]] = [[] for _ in range(count)]
    return gc.get_stats()[2]["collections"] - before if kept else 0


def test_what_is_kept_is_gone_through_once_it_is_released() -> None:
    frozen, many = gc.get_freeze_count(), 1_000_000
    assert full_collections(many)
    keep()
    try:
        assert gc.get_freeze_count() > frozen
        assert not full_collections(many)
        gone: list[str] = []
        weakref.finalize(Garbage(), gone.append, "it")
        full_collections(100_000)
        assert gone == ["it"]
    finally:
        release()
    assert full_collections(many)


HOOK = """
import gc

def on_page_context(context, **_):
    print(gc.get_freeze_count() > 0, gc.get_threshold()[2])
    if {fails}:
        raise ValueError("whatever")
"""


@pytest.mark.parametrize("fails", [False, True])
def test_a_build_keeps_what_is_there_until_it_ends(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], *, fails: bool
) -> None:
    usual = gc.get_threshold()
    with pytest.raises(ValueError, match="whatever") if fails else contextlib.nullcontext():
        build_site(tmp_path, {**RECORDS, "hook.py": HOOK.format(fails=fails)}, {"hooks": ["hook.py"]})
    assert set(capsys.readouterr().out.splitlines()) == {"True 1000000"}
    assert (gc.get_freeze_count(), gc.get_threshold()) == (0, usual)


def test_it_comes_later() -> None:
    collector, timers = LateCollector(Timer), Timer.made()
    collected: list[str] = []
    with collector.later():
        weakref.finalize(Garbage(), collected.append, "it")
        assert not gc.isenabled()
    assert not gc.isenabled()
    assert not collected
    timers[0].fire()
    assert collected
    assert gc.isenabled()


def test_it_does_not_come_into_work_that_follows_even_where_its_timer_is_late() -> None:
    collector, timers = LateCollector(Timer), Timer.made()
    collected: list[str] = []
    with collector.later():
        pass
    with collector.later():
        weakref.finalize(Garbage(), collected.append, "it")
        assert timers[0].cancelled
        timers[0].fire()
        assert not collected
        assert not gc.isenabled()
    timers[1].fire()
    assert collected
    assert gc.isenabled()


def test_it_resumes_where_other_work_follows() -> None:
    collector, timers = LateCollector(Timer), Timer.made()
    with collector.later():
        pass
    collector.resume()
    assert gc.isenabled()
    assert timers[0].cancelled


def test_it_leaves_off_what_was_off() -> None:
    gc.disable()
    try:
        collector = LateCollector(Timer)
        with collector.later():
            pass
        collector.resume()
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_its_own_timer_waits_for_nothing_when_python_ends() -> None:
    fired = threading.Event()
    timer = daemon_timer(0, fired.set)
    assert isinstance(timer, threading.Timer)
    assert timer.daemon
    timer.start()
    assert fired.wait(600)


def test_nothing_is_looked_through_as_python_ends() -> None:
    # What is registered first comes last.
    program = (
        "import atexit, gc; atexit.register(lambda: print(gc.get_freeze_count() > 0, len(gc.get_objects())));"
        "import mkdocs_papers.site.garbage"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    frozen, tracked = done.stdout.split()
    assert frozen == "True"
    assert int(tracked) < 1000
