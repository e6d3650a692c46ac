"""Keeping Python's collector of garbage out of work that makes none, or that somebody waits for."""

import atexit
import gc
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

_IDLE = 1.0
"""So many seconds after some work it may be that nobody waits for anything."""

# As it ends, Python looks through all that a build has left for garbage, which takes a tenth of a build of many pages.
atexit.register(gc.freeze)


_USUAL = gc.get_threshold()
_NEVER = 1_000_000


def keep() -> None:
    """Until `release`, look for garbage only among what is new: of a build, what is there stays until its end.

    What is kept of each page grows with the pages, and to go through all that again and again takes a thirtieth of a
    build of ten thousand papers.
    """
    gc.freeze()
    gc.set_threshold(*_USUAL[:2], _NEVER)


def release() -> None:
    """Look for garbage among all that is there, as Python usually does."""
    gc.unfreeze()
    gc.set_threshold(*_USUAL)


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no garbage in the meantime.

    A library and its pages are a million values, made one after the other and kept. Python would go through all that
    are there again and again while more are made, which takes longer than the making.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def daemon_timer(idle: float, function: Callable[[], None]) -> threading.Timer:
    """A timer that Python does not wait for when it ends."""
    timer = threading.Timer(idle, function)
    timer.daemon = True
    return timer


class LateCollector:
    """Has garbage looked for when the work that made it is over for a while.

    Python looks for it as soon as it may, which is right after the work; and who waits for that waits for both.
    """

    def __init__(self, timer: Callable[[float, Callable[[], None]], Any] = daemon_timer) -> None:
        """Begin, with what makes a timer, as `threading.Timer` does."""
        self._new_timer = timer
        self._enabled = False
        self._timer: Any = None
        self._lock = threading.Lock()

    @contextmanager
    def later(self) -> Iterator[None]:
        """Look for no garbage in the meantime, nor right after it."""
        self.resume()
        self._enabled = gc.isenabled()
        gc.disable()
        try:
            yield
        finally:
            timer = self._new_timer(_IDLE, lambda: self._collect(timer))
            self._timer = timer
            timer.start()

    def resume(self) -> None:
        """Let Python look for garbage when it likes, as before."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
                if self._enabled:
                    gc.enable()

    def _collect(self, timer: threading.Timer) -> None:
        # A timer may come late, and cannot be cancelled then: work has begun again.
        with self._lock:
            if timer is self._timer and self._enabled:
                gc.enable()
                gc.collect()
