"""Writing a file so that nobody ever sees half of it, and nobody's work is lost."""

import contextlib
import ctypes
import errno
import functools
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from mkdocs_papers.library.whole_file import WAITING, waiting

_MOST_WAITING = 16
"""So many files wait for the disk at once."""

_AT_WORKING_FOLDER = -100
_EXCHANGE = 2
"""Linux's ``AT_FDCWD`` and ``RENAME_EXCHANGE``: https://man7.org/linux/man-pages/man2/rename.2.html. MacOS calls the
latter ``RENAME_SWAP``, in ``renamex_np``; it is the same number."""

_MOST_EXCHANGES = 100
"""Each one after the first is another save that came in between."""


def write_whole(path: Path, content: bytes, *, expected: bytes, follow_links: bool = True) -> bool:
    """Replace a file's content at once: whoever reads it, even after a crash, finds the old content or the new.

    The new content goes to a hidden file in the same folder first, which then takes the old one's place, with its
    permissions. A link keeps pointing where it does: the file behind it is replaced.

    Args:
        path: a file that exists.
        content: what is to be in it.
        expected: what must be in it until then; where somebody else has written to it, that stays.
        follow_links: whether a link may lead to it, which comes in between, too.

    Returns:
        Whether the content was replaced.

    Raises:
        OSError: it cannot be written; the old content stays.
    """
    path = path.resolve() if follow_links else path
    with _waiting(path, content, path.stat().st_mode, follow_links=follow_links) as temporary:
        return _replace(path, temporary, content, expected)


@contextlib.contextmanager
def _waiting(path: Path, content: bytes, mode: int, *, follow_links: bool) -> Iterator[Path]:
    """A hidden file beside a path, in which its new content waits; what becomes of both reaches the disk."""
    with _locked(path.parent, alone=False):
        try:
            with waiting(path, (content,), mode=mode) as temporary:
                if not follow_links and temporary.resolve() != temporary:
                    raise OSError(errno.ELOOP, "a link leads elsewhere", str(path))
                yield temporary
        finally:
            _sync_folder(path.parent)


def remove_leftovers(*folders: Path) -> None:
    """Remove the files in which new content waited when a program was killed; whatever writes does so as it begins.

    What another program writes meanwhile stays, and so does all where the system cannot tell one from the other.

    Args:
        folders: where to look, at any depth. Links to folders are not followed.
    """
    for top in folders:
        for folder, _, names in os.walk(top):
            if left := list(filter(WAITING.fullmatch, names)):
                with _locked(Path(folder), alone=True) as is_locked:
                    for name in left if is_locked else ():
                        with contextlib.suppress(OSError):
                            Path(folder, name).unlink()


@contextlib.contextmanager
def _locked(folder: Path, *, alone: bool) -> Iterator[bool]:
    """Lock a folder, which the system unlocks when the program ends, however it does; whether that is done.

    The folder, not the hidden file: for a moment, that holds what somebody else has saved, in a file that nobody locks.

    Args:
        folder: the folder.
        alone: whether nobody may write in it meanwhile; then it is only locked where nobody does.
    """
    if sys.platform == "win32":
        yield False
        return
    import fcntl  # noqa: PLC0415 - Windows has none

    with contextlib.ExitStack() as opened:
        try:
            handle = os.open(folder, os.O_RDONLY)
            opened.callback(os.close, handle)
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB if alone else fcntl.LOCK_SH)
        except OSError:  # in use, or of a file system without locks
            is_locked = False
        else:
            is_locked = True
        yield is_locked


def _replace(path: Path, temporary: Path, content: bytes, expected: bytes) -> bool:
    """Let a file take another's place, if that one still holds what is expected.

    Where the operating system exchanges two files in one step, it is done first, and the old file looked at then: what
    somebody saved in the meantime is in one of the two, and goes back.
    """
    if path.read_bytes() != expected:
        return False
    if not exchange(temporary, path):
        temporary.replace(path)
        return True
    # What stands in the path by our doing, and what must have stood there until the exchange.
    put, stood = content, expected
    for _ in range(_MOST_EXCHANGES):
        out = temporary.read_bytes()
        if out == stood:
            break
        put, stood = out, put
        exchange(temporary, path)
    return stood is expected


def exchange(one: Path, other: Path) -> bool:
    """Let two files change places in one step; whether the operating system can."""
    paths = os.fsencode(one), os.fsencode(other)
    if function := getattr(_LIBRARY, "renameat2", None):
        return bool(function(_AT_WORKING_FOLDER, paths[0], _AT_WORKING_FOLDER, paths[1], _EXCHANGE) == 0)
    if function := getattr(_LIBRARY, "renamex_np", None):
        return bool(function(*paths, _EXCHANGE) == 0)
    return False


def _c_library() -> ctypes.CDLL | None:
    try:
        return ctypes.CDLL(None) if os.name == "posix" else None
    except OSError:
        return None


_LIBRARY = _c_library()


def write_new(path: Path, content: bytes, *, follow_links: bool = True) -> None:
    """Write a file that is not there yet, at once: after a crash it is whole or not there. Folders are made.

    Args:
        path: the file.
        content: what is to be in it.
        follow_links: whether a link may lead to its folder, which comes in between, too.

    Raises:
        FileExistsError: it is there already; it stays as it is.
        OSError: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:  # which is said of the path itself
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(error.filename)) from error
    with _waiting(path, content, _new_mode(), follow_links=follow_links) as temporary:
        try:
            path.hardlink_to(temporary)
        except (FileExistsError, FileNotFoundError):
            raise
        except OSError:  # a file system without links
            with path.open("xb"):
                temporary.replace(path)


def write_all_new(contents: Sequence[tuple[Path, bytes]]) -> list[OSError | None]:
    """Write files that are not there yet, as `write_new` does; many at once, for each waits for the disk.

    Args:
        contents: each file, and what is to be in it.

    Returns:
        For each why it cannot be written, or None.
    """
    _new_mode()  # before there are threads, which share it
    with ThreadPoolExecutor(_MOST_WAITING) as pool:
        return list(pool.map(_failure_to_write, *zip(*contents, strict=True))) if contents else []


def _failure_to_write(path: Path, content: bytes) -> OSError | None:
    try:
        write_new(path, content)
    except OSError as error:
        return error
    return None


@functools.cache
def _new_mode() -> int:
    """The permissions of a new file, as the user's mask leaves them; a temporary file has fewer."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _sync_folder(folder: Path) -> None:
    """Bring the folder's own entries to the disk, where the operating system can open a folder."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
