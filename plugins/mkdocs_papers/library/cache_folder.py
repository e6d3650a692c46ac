"""The project's cache folder: what one run leaves for the next, and anybody may delete.

Its files are not trusted: they may come from a shared disk, or from the cache of a workflow. So nothing
in it is believed because it is there. What is read is bounded, a regular file, and sealed: with the key in
`KEY_VARIABLE` nobody else can have written it; without a key the seal tells damage, not forgery.
"""

import contextlib
import hmac
import os
import stat
from pathlib import Path

from mkdocs_papers.library.whole_file import WAITING

KEY_VARIABLE = "PAPERS_CACHE_KEY"
"""The environment variable with the secret that seals the cache."""

SEAL_BYTES = 32
"""The length of a seal: HMAC (RFC 2104) with SHA-256."""

_FOLDER = Path(".cache") / "mkdocs-papers"


class CacheError(Exception):
    """A file of the cache cannot be used; its text says why."""


def cache_folder(root: Path, name: str) -> Path:
    """The cache folder of that name, which may not be there."""
    return root / _FOLDER / name


def make_cache_folder(folder: Path) -> None:
    """Make a cache folder, and keep it out of git, whether or not the project's owner has thought of that.

    Raises:
        OSError: it cannot be made, or leads elsewhere.
    """
    _refuse_links(folder)
    folder.mkdir(parents=True, exist_ok=True)
    ignored = folder.parent / ".gitignore"
    if not ignored.exists() and not ignored.is_symlink():
        ignored.write_text("*\n", encoding="utf-8")


def seal(*parts: bytes | memoryview) -> bytes:
    """The seal of some content: `SEAL_BYTES` bytes.

    Args:
        parts: the content in parts; where one ends and the next begins is part of it.
    """
    key = os.environ.get(KEY_VARIABLE, "").encode("utf-8", errors="surrogateescape")
    made = hmac.new(key, digestmod="sha256")
    for part in parts:
        made.update(len(part).to_bytes(8, "big"))
        made.update(part)
    return made.digest()


def read_bounded(path: Path, most: int) -> bytes:
    """The content of a regular file of a cache folder.

    Raises:
        FileNotFoundError: it is not there.
        CacheError: it is no regular file, or too large.
        OSError: it cannot be read.
    """
    try:
        _refuse_links(path)
    except OSError as error:
        raise CacheError(str(error)) from error
    # To open a named pipe would wait for whoever writes into it.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(handle, "rb") as file:  # noqa: PTH123 - it is open already
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise CacheError(f"{path.name} is no regular file")
        if status.st_size > most:
            raise CacheError(f"{path.name} is larger than {most // 1024**2} MiB")
        return file.read(most)


def remove_unfinished(folder: Path) -> None:
    """Remove what a run that was killed has left of files that were not yet whole."""
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if WAITING.fullmatch(path.name):
                path.unlink(missing_ok=True)


def _refuse_links(path: Path) -> None:
    """Refuse a path of a cache folder that leads elsewhere.

    Raises:
        OSError: the path, or a cache folder above it, is a link.
    """
    inside = [path, *path.parents]
    outermost = next((place for place, each in enumerate(inside) if each.name == _FOLDER.parts[0]), 0)
    for each in inside[: outermost + 1]:
        if each.is_symlink():
            raise OSError(f"{each.name} is a link")
