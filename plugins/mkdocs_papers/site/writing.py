"""Writing files beside the work that makes them.

To make a folder and a file in it takes the operating system longer than it takes to look up a page that is kept, and
Python waits for it without need: other threads can go on in the meantime.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from mkdocs_papers.library.memory import Stamp

_BATCH = 32
"""So many files are handed over at once: to hand over costs more than most calls of the operating system."""

_MOST_WAITING = 8
"""So many batches wait at most, so that they do not fill the memory."""

_MOST_THREADS = 4

Write = Callable[[str, bytes], Stamp | None]
"""Writes a file; gives its stamp, where that is known."""

_Task = tuple[str, bytes, Callable[[Stamp | None], None]]


class BesideWriter:
    """Writes files in other threads, in no order."""

    def __init__(self, write: Write) -> None:
        """Begin.

        Args:
            write: writes one file; called in several threads at once.
        """
        self._write = write
        self._batch: list[_Task] = []
        self._pool: ThreadPoolExecutor | None = None
        self._room = threading.Semaphore(_MOST_WAITING)
        self._written: list[Future[None]] = []

    def write(self, path: str, content: bytes, written: Callable[[Stamp | None], None]) -> None:
        """Write a file some time before `finish` returns.

        Args:
            path: where.
            content: what.
            written: takes the file's stamp, in another thread.
        """
        self._batch.append((path, content, written))
        if len(self._batch) >= _BATCH:
            self._hand_over()

    def finish(self) -> None:
        """Wait until all files are written.

        Raises:
            OSError: one could not be.
        """
        self._hand_over()
        if self._pool is not None:
            self._pool.shutdown()
            self._pool = None
        done, self._written = self._written, []
        for each in done:
            each.result()

    def _hand_over(self) -> None:
        batch, self._batch = self._batch, []
        if batch:
            if self._pool is None:
                self._pool = ThreadPoolExecutor(min(_MOST_THREADS, os.cpu_count() or 1), "papers-writer")
            self._room.acquire()
            self._written.append(self._pool.submit(self._write_all, batch))

    def _write_all(self, batch: list[_Task]) -> None:
        failed: OSError | None = None
        try:
            for path, content, written in batch:
                try:
                    written(self._write(path, content))
                except OSError as error:
                    failed = failed or error
        finally:
            self._room.release()
        if failed:
            raise failed
