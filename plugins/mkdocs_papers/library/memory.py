"""What a rebuild remembers of the files it read, so that it reads again only those that changed."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import time
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, TypeVar

Value = TypeVar("Value")

_SETTLED_NS = 2_000_000_000
"""A file that was written to so shortly before it was read may change again and keep its stamp: clocks are coarse."""

Stamp = tuple[int, int, int, int]
"""Time of change, time of the inode's change, size and inode: differs where a file was written to (but see above)."""

SIZE = 2
"""Where in a stamp the size stands, in bytes."""


def stamp(status: os.stat_result) -> Stamp:
    """The stamp of a file, from its status."""
    return (status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)


def is_settled(now: Stamp, seen_ns: int) -> bool:
    """Whether a file that changes after it was seen gets another stamp.

    Args:
        now: its stamp when it was seen.
        seen_ns: when that was, in nanoseconds since the epoch.
    """
    return seen_ns - max(now[0], now[1]) > _SETTLED_NS


@dataclass(frozen=True, slots=True)
class _Remembered:
    stamp: Stamp
    settled: bool
    digest: bytes
    value: Any


class ReadingMemory:
    """Remembers by path what came of reading each file.

    A file that kept its stamp is not opened again, unless it was written to just before it was read; one that kept
    its content is not parsed again. The memory is for one version of this package.
    """

    def __init__(self) -> None:
        """Start with nothing."""
        self._files: dict[tuple[str, str], _Remembered] = {}
        self._unsettled: set[tuple[str, str]] = set()
        self.read = 0
        """How many files have been parsed so far."""
        self.last: Any = None
        """What `load` keeps of the time before."""

    def recall(
        self, kind: str, path: str, now: Stamp, read: Callable[[], bytes], parse: Callable[[bytes], Value]
    ) -> Value:
        """What parsing the file gives, from memory where it has not changed.

        Args:
            kind: what it is parsed as; the same file may be parsed as several kinds.
            path: the file's name in this memory.
            now: its stamp.
            read: gives its content.
            parse: turns the content into a value.

        Raises:
            OSError: the file cannot be read.
        """
        before = self._files.get((kind, path))
        if before and before.settled and before.stamp == now:
            return before.value  # type: ignore[no-any-return]  # one kind always has one type
        started = time.time_ns()
        try:
            content = read()
        except OSError:
            self._unsettled.add((kind, path))
            raise
        digest = hashlib.blake2b(content, digest_size=16).digest()
        if before and before.digest == digest:
            value = before.value
        else:
            value = parse(content)
            self.read += 1
        settled = is_settled(now, started)
        self._files[kind, path] = _Remembered(now, settled, digest, value)
        (self._unsettled.discard if settled else self._unsettled.add)((kind, path))
        return value  # type: ignore[no-any-return]  # one kind always has one type

    def unsettled(self, kind: str) -> set[str]:
        """The paths of the files of that kind that have to be opened again, although their stamps are the same.

        They were written to just before they were read, or could not be read.
        """
        return {path for of, path in self._unsettled if of == kind}

    def doubt(self) -> None:
        """Take no file for unchanged by its stamp alone: the memory is of another process, perhaps another machine."""
        self._files = {name: dataclasses.replace(each, settled=False) for name, each in self._files.items()}
        self._unsettled |= set(self._files)

    def keep_only(self, kind: str, paths: AbstractSet[str]) -> None:
        """Forget the files of that kind that are not among the paths."""
        for name in [name for name in self._files if name[0] == kind and name[1] not in paths]:
            del self._files[name]
        self._unsettled = {name for name in self._unsettled if name[0] != kind or name[1] in paths}
