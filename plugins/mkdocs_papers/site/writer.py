"""Writing the files of the site: in a whole build before anybody reads them, after a save so that nobody reads half."""

import os
import shutil
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Self

from mkdocs_papers.library.whole_file import replace_file

_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


class SiteWriter:
    """Writes files of the site, and counts them; while it is served, somebody may read it at the same time."""

    def __init__(self) -> None:
        self.written = 0
        self.served = False
        self._folders: set[str] = set()

    def begin(self) -> None:
        """A whole build begins, in a folder that MkDocs empties."""
        self.written, self.served = 0, False
        self._folders.clear()

    def write(self, path: str, *content: bytes) -> None:
        """Write a file, whose content may come in parts, and its folder; in any thread.

        Raises:
            OSError: it cannot be written; where the site is served, nothing is left of it then.
        """
        self.written += 1
        self._make_folder(os.path.dirname(path))  # noqa: PTH120 - pages' paths are text: there are many thousands
        if self.served:
            replace_file(Path(path), content)
        else:
            _write_new(path, content)

    def copy(self, source: str, path: str) -> None:
        """Copy a file to the site, and make its folder.

        Raises:
            OSError: it cannot be read, and then the error names it, or not be written.
        """
        self.written += 1
        with open(source, "rb", buffering=0) as file:  # noqa: PTH123 - paths are text, as above
            self._make_folder(os.path.dirname(path))  # noqa: PTH120 - as above
            with open(path, "wb") as copy:  # noqa: PTH123 - as above
                shutil.copyfileobj(file, copy)

    def remove(self, paths: Iterable[str], site: Path) -> None:
        """Remove files of the site, and the folders that are empty then."""
        folders: set[Path] = set()
        for path in map(Path, paths):
            path.unlink(missing_ok=True)
            folders.update(folder for folder in path.parents if site in folder.parents)
        for folder in sorted(folders, key=lambda folder: len(folder.parts), reverse=True):
            try:
                folder.rmdir()
            except OSError:
                continue
            self._folders.discard(os.fspath(folder))

    def _make_folder(self, folder: str) -> None:
        if folder not in self._folders:
            try:
                os.mkdir(folder)  # noqa: PTH102 - there are many thousands, and each call counts
            except OSError:
                os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - as above
            self._folders.add(folder)


def _write_new(path: str, content: tuple[bytes, ...]) -> None:
    # Files by number: there are many thousands, and each call counts.
    whole, *others = content
    handle = os.open(path, _NEW_FILE, 0o666)
    try:
        is_written = not others and os.write(handle, whole) == len(whole)
    finally:
        os.close(handle)
    if not is_written:
        # Parts, a disk that is nearly full, or a very large file: this writes on, or says what is wrong.
        with Path(path).open("wb") as file:
            file.writelines(content)


class Background:
    """Does work in a thread of its own, in order: to compress and to write many megabytes.

    Python need not wait for it then. For small files it is of no use: each call waits for its turn.
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "papers-background")
        self._work: list[Future[object]] = []

    def do(self, work: Callable[[], object]) -> None:
        """Have some work done."""
        self._work.append(self._thread.submit(work))

    def wait(self) -> None:
        """Wait until all is done.

        Raises:
            Exception: what went wrong with it.
        """
        for each in self._work:
            each.result()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Wait until all is done.

        Raises:
            Exception: what went wrong with it, where nothing else has.
        """
        self._thread.shutdown(cancel_futures=kind is not None)
        if kind is None:
            self.wait()
