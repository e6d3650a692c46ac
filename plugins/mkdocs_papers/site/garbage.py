"""Keeping Python's collector of garbage out of work that makes none, or that somebody waits for."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_IDLE = 1.0
"""So many seconds after some work it may be that nobody waits for anything."""


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


class LateCollector:
    """Has garbage looked for when the work that made it is over for a while.

    Python looks for it as soon as it may, which is right after the work; and who waits for that waits for both.
    """

    def __init__(self, idle: float = _IDLE) -> None:
        """Begin.

        Args:
            idle: how long after the work, in seconds.
        """
        self._idle = idle
        self._enabled = False
        self._timer: threading.Timer | None = None

    @contextmanager
    def later(self) -> Iterator[None]:
        """Look for no garbage in the meantime, nor right after it."""
        self.resume()
        self._enabled = gc.isenabled()
        gc.disable()
        try:
            yield
        finally:
            self._timer = threading.Timer(self._idle, self._collect)
            self._timer.daemon = True
            self._timer.start()

    def resume(self) -> None:
        """Let Python look for garbage when it likes, as before."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
            if self._enabled:
                gc.enable()

    def _collect(self) -> None:
        if self._enabled:
            gc.enable()
            gc.collect()
