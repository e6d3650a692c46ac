"""Writing files beside the work that makes them.

To make a folder and a file in it takes the operating system longer than it takes to look up a page that is kept, and
Python waits for it without need: other threads can go on in the meantime.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

_BATCH = 32
"""So many files are handed over at once: to hand over costs more than most calls of the operating system."""

_MOST_WAITING = 8
"""So many batches wait at most, so that they do not fill the memory."""

_MOST_THREADS = 4

Write = Callable[[str, bytes], None]
"""Writes a file."""

_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


def make_folder(folders: set[str], folder: str) -> None:
    """Make a folder, and those above it, unless it is among the folders that are known to be there; then it is, too.

    Raises:
        OSError: it cannot be made.
    """
    if folder not in folders:
        try:
            os.mkdir(folder)  # noqa: PTH102 - there are many thousands, and each call counts
        except OSError:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - as above
        folders.add(folder)


def write_new(folders: set[str], path: str, content: bytes) -> None:
    """Write a file that nobody reads yet; in any thread.

    Args:
        folders: the folders that are known to be there; the file's own is, from then on.
        path: where.
        content: what.

    Raises:
        OSError: it cannot be written.
    """
    # Paths as text and files by number: there are many thousands, and each call counts.
    make_folder(folders, os.path.dirname(path))  # noqa: PTH120
    handle = os.open(path, _NEW_FILE, 0o666)
    try:
        if os.write(handle, content) == len(content):
            return
    finally:
        os.close(handle)
    # A disk that is nearly full, or a very large file: this writes on, or says what is wrong.
    Path(path).write_bytes(content)


class BesideWriter:
    """Writes files in other threads, in no order."""

    def __init__(self, write: Write) -> None:
        """Begin.

        Args:
            write: writes one file; called in several threads at once.
        """
        self._threads = max(1, min(_MOST_THREADS, os.cpu_count() or 1))
        self._write = write
        self._batch: list[tuple[str, bytes]] = []
        self._pool: ThreadPoolExecutor | None = None
        self._room = threading.Semaphore(_MOST_WAITING)
        self._written: list[Future[None]] = []

    def write(self, path: str, content: bytes) -> None:
        """Write a file some time before `finish` returns.

        Args:
            path: where.
            content: what.
        """
        self._batch.append((path, content))
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
                self._pool = ThreadPoolExecutor(self._threads, "papers-writer")
            self._room.acquire()
            self._written.append(self._pool.submit(self._write_all, batch))

    def _write_all(self, batch: list[tuple[str, bytes]]) -> None:
        failed: OSError | None = None
        try:
            for path, content in batch:
                try:
                    self._write(path, content)
                except OSError as error:
                    failed = failed or error
        finally:
            self._room.release()
        if failed:
            raise failed
