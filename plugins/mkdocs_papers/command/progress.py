"""How far a command has come, on a terminal, once it takes longer than a moment."""

import sys
import time
from collections.abc import Callable
from typing import TextIO

from mkdocs_papers.library.load import load
from mkdocs_papers.library.memory import ReadingMemory
from mkdocs_papers.library.model import Library
from mkdocs_papers.library.settings import Settings

PATIENCE = 2.0
"""Seconds after which a command says what it is doing."""

_BETWEEN = 0.1
_WIDTH = 100


class Progress:
    """One line that is written over: how many of how many, at which rate, and what is being done.

    Nothing is written where the stream is no terminal.
    """

    def __init__(self, total: int, stream: TextIO | None = None, now: Callable[[], float] = time.monotonic) -> None:
        """Begin; the total is 0 where it is not known, and the stream is standard error by default."""
        self._stream = stream or sys.stderr
        self._quiet = not self._stream.isatty()
        self._now = now
        self._total = total
        self._done = 0
        self._began = self._written = now()
        self._shown = ""

    def step(self, doing: str = "") -> None:
        """One more is done; what is being done next is said a few times a second."""
        self._done += 1
        if self._now() - self._written >= _BETWEEN:
            self.say(doing)

    def say(self, doing: str) -> None:
        """Say what is being done now."""
        now = self._now()
        if self._quiet or now - self._began < PATIENCE:
            return
        self._written = now
        count = f"{self._done} of {self._total}" if self._total else f"{self._done}"
        rate = self._done / (now - self._began)
        line = f"{count}, {rate:.1f} a second" if self._done else count
        line = (f"{line}: {doing}" if doing else line)[:_WIDTH]
        self._stream.write(f"\r{line}{' ' * (len(self._shown) - len(line))}")
        self._stream.flush()
        self._shown = line

    def clear(self) -> None:
        """Leave an empty line to whoever writes next."""
        if self._shown:
            self._stream.write(f"\r{' ' * len(self._shown)}\r")
            self._stream.flush()
            self._shown = ""


def read_library(settings: Settings, memory: ReadingMemory | None = None) -> Library:
    """Read a library as `load` does, and say how far that is."""
    progress, memory = Progress(0), memory or ReadingMemory()
    memory.known = lambda _kind, path, *_: progress.step(f"reading {path}")
    library = load(settings, memory)
    progress.clear()
    return library
