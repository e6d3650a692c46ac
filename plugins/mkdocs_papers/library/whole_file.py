"""Writing a file beside the one whose place it takes in one step, so that nobody ever sees half of it."""

import contextlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

_PREFIX, _SUFFIX = ".mkdocs-papers-", ".tmp"
WAITING = re.compile(r"\.mkdocs-papers-\w{8}\.tmp")
"""The names of the files in which new content waits, as `tempfile` makes them."""


@contextlib.contextmanager
def waiting(path: Path, parts: Iterable[bytes], *, mode: int | None = None) -> Iterator[Path]:
    """A hidden file beside a path, in which its new content waits; it is removed where it has not taken that place.

    Args:
        path: where the content is to be.
        parts: the content, in parts.
        mode: its permissions; then it is on the disk, too. Else it is of use to this user only.

    Raises:
        OSError: it cannot be written.
    """
    handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(parts)
            if mode is not None:
                file.flush()
                temporary.chmod(mode)
                os.fsync(handle)
        yield temporary
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()


def replace_file(path: Path, parts: Iterable[bytes]) -> None:
    """Write a file that can be made again, whatever is there now.

    Raises:
        OSError: it cannot be written; what is there stays.
    """
    with waiting(path, parts) as temporary:
        temporary.replace(path)
