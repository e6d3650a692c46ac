"""The collector of garbage rests while there is work, and comes afterwards."""

from __future__ import annotations

import gc
import threading
import weakref

import pytest

from mkdocs_papers.site.garbage import LateCollector, uncollected


class Garbage:
    """Something that only the collector can remove."""

    def __init__(self) -> None:
        self.itself = self


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


def test_it_comes_later() -> None:
    collected = threading.Event()
    collector = LateCollector(idle=0.05)
    with collector.later():
        weakref.finalize(Garbage(), collected.set)
        assert not gc.isenabled()
    assert not gc.isenabled()
    assert collected.wait(30)
    assert gc.isenabled()


def test_it_does_not_come_into_work_that_follows() -> None:
    came = threading.Event()
    collector = LateCollector(idle=0.2)
    try:
        with collector.later():
            pass
        with collector.later():
            gc.callbacks.append(lambda *_: came.set())
            assert not came.wait(0.5)
        assert came.wait(30)
        assert gc.isenabled()
    finally:
        gc.callbacks.pop()


def test_it_resumes_where_other_work_follows() -> None:
    collector = LateCollector(idle=60)
    with collector.later():
        pass
    collector.resume()
    assert gc.isenabled()


def test_it_leaves_off_what_was_off() -> None:
    gc.disable()
    try:
        collector = LateCollector(idle=60)
        with collector.later():
            pass
        collector.resume()
        assert not gc.isenabled()
    finally:
        gc.enable()
