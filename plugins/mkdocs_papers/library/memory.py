"""What a rebuild remembers of files and folders, so that it reads again only those that changed."""

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, TypeVar

Value = TypeVar("Value")

_CERTAIN_NS = 2_000_000_000
"""A file that was written to so shortly before it was read may change again and keep its stamp: clocks are coarse."""

Stamp = tuple[int, int, int, int]
"""Time of change, time of the inode's change, size and inode: differs where a file was written to (but see above)."""

SIZE = 2
"""Where in a stamp the size stands, in bytes."""


def stamp(status: os.stat_result) -> Stamp:
    """The stamp of a file, from its status."""
    return (status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)


def is_certain(now: Stamp, seen_ns: int) -> bool:
    """Whether a file with that stamp, seen then, gets another one where it changes afterwards."""
    return seen_ns - max(now[0], now[1]) > _CERTAIN_NS


@dataclass(frozen=True, slots=True)
class _Remembered:
    stamp: Stamp
    certain: bool
    digest: bytes
    value: Any


@dataclass(frozen=True, slots=True)
class FolderContents:
    """What a folder holds.

    Attributes:
        files: the paths of the files in it that are wanted.
        folders: the paths of the folders in it that are wanted.
        lasts: whether this holds for as long as nothing comes to the folder, goes, or gets another name in it.
    """

    files: tuple[str, ...]
    folders: tuple[str, ...]
    lasts: bool = True


_FOLDERS_TELL = os.name == "posix"
"""Whether a folder's time of change is that of its last new, removed or renamed entry: not on all of Windows' disks."""


class ReadingMemory:
    """Remembers by path what came of reading each file, and what each folder held.

    A file that kept its stamp is not opened again, unless it was written to just before it was read; one that kept
    its content is not parsed again. The memory is for one version of this package.
    """

    def __init__(self) -> None:
        self._files: dict[str, dict[str, _Remembered]] = {}
        self._uncertain: dict[str, set[str]] = {}
        self._folders: dict[tuple[str, str], tuple[Stamp, FolderContents]] = {}
        self.read = 0
        """How many files have been parsed so far."""
        self.known: Callable[[str, str, bytes, bytes], Any] = lambda *_: None
        """What an earlier run made of a content: given kind, path, digest and content, a value or None."""

    def memoize(
        self, kind: str, path: str, now: Stamp, read: Callable[[], bytes], parse: Callable[[bytes], Value]
    ) -> Value:
        """What parsing the file gives, from memory where it has not changed.

        Args:
            kind: what it is parsed as; the same file may be parsed as several kinds.
        """
        files = self._files.setdefault(kind, {})
        before = files.get(path)
        if before and before.certain and before.stamp == now:
            return before.value  # type: ignore[no-any-return]  # one kind always has one type
        started = time.time_ns()
        try:
            content = read()
        except OSError:
            self._uncertain.setdefault(kind, set()).add(path)
            raise
        digest = hashlib.blake2b(content, digest_size=16).digest()
        if before and before.digest == digest:
            value = before.value
        elif (value := self.known(kind, path, digest, content)) is None:
            value = parse(content)
            self.read += 1
        certain = is_certain(now, started)
        files[path] = _Remembered(now, certain, digest, value)
        uncertain = self._uncertain.setdefault(kind, set())
        (uncertain.discard if certain else uncertain.add)(path)
        return value  # type: ignore[no-any-return]  # one kind always has one type

    def folder(
        self, kind: str, folder: str, now: Stamp | None, look: Callable[[str], FolderContents]
    ) -> FolderContents:
        """What a folder holds, from memory where nothing has come to it, or gone.

        Args:
            kind: what is looked for; the same folder may be searched for several kinds.
            now: its stamp; None where it has none.
            look: gives what a folder of a name holds.
        """
        name = (kind, folder)
        known = self._folders.get(name)
        if known is not None and known[0] == now:
            return known[1]
        self._folders.pop(name, None)
        started = time.time_ns()
        contents = look(folder)
        if now and contents.lasts and _FOLDERS_TELL and is_certain(now, started):
            self._folders[name] = (now, contents)
        return contents

    def uncertain(self, kind: str) -> set[str]:
        """The paths of the files of that kind that have to be opened again, although their stamps are the same.

        They were written to just before they were read, or could not be read.
        """
        return set(self._uncertain.get(kind, ()))

    def values(self, kind: str) -> Iterator[tuple[str, bytes, Any]]:
        """The files of that kind: path, digest of the content, and what came of it."""
        for path, each in self._files.get(kind, {}).items():
            yield path, each.digest, each.value

    def clear(self) -> None:
        """Forget everything: nothing is read again in this process."""
        self._files.clear()
        self._uncertain.clear()
        self._folders.clear()

    def forget_folders(self) -> None:
        """Look into all folders again: something else is wanted of them now."""
        self._folders.clear()

    def forget(self, kind: str, paths: Iterable[str]) -> None:
        """Forget some files of that kind."""
        for path in paths:
            self._files.get(kind, {}).pop(path, None)
            self._uncertain.get(kind, set()).discard(path)

    def keep_only(self, kind: str, paths: AbstractSet[str]) -> None:
        """Forget the files of that kind that are not among the paths."""
        files = self._files.get(kind, {})
        for path in files.keys() - paths:
            del files[path]
        self._uncertain.get(kind, set()).intersection_update(paths)
