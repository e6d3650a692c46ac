"""Laying out the pages of the build before, in a process of its own, while this build reads the library.

Where no site lies in its folder, as in continuous integration, a build has to write every page, though it renders only
a few. To make a folder and a file for each takes about as long as to find out which have changed. So another process
writes them at the same time, all of them, and those that are not wanted are removed. It knows nothing of MkDocs: it is
told where each page begins in the file of pages, and where to write it, and gives the stamps of what it has written.

It begins as soon as it has read what to do, as JSON, and stops where its standard input ends, which it does when the
build dies, too.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mkdocs_papers.library.memory import Stamp
from mkdocs_papers.site.folding import DamagedError, read_chunk, unfolded
from mkdocs_papers.site.writing import BesideWriter, write_new

_NICE = 10
"""How far this steps back where there are fewer processors than processes; from 0 to 19."""

_PATIENCE = 60
"""For so many seconds at most the build waits for the last pages of a disk that does not answer."""


@dataclass(frozen=True, slots=True)
class KeptPlace:
    """Where a page of the build before is to be found, and where it belongs.

    Attributes:
        address: the file that it is written to, relative to the site's folder.
        offset: where it begins in the file of pages.
        length: how many bytes it has there.
        digest: of these bytes, in hexadecimal.
    """

    address: str
    offset: int
    length: int
    digest: str


class Laying:
    """Pages being laid out by another process.

    Attributes:
        folder: where they are written.
    """

    def __init__(self, pages: Path, folder: Path, constants: Sequence[bytes], places: Sequence[KeptPlace]) -> None:
        """Begin.

        Args:
            pages: the file of pages.
            folder: where to write them; it is made.
            constants: the text that pages share, by its numbers.
            places: the pages, in the order in which they are to be written.

        Raises:
            OSError: there can be no such process.
        """
        if not sys.executable:
            raise FileNotFoundError("nobody knows by which program Python runs")
        self.folder = folder
        order = json.dumps(
            {
                "pages": os.fspath(pages),
                "folder": os.fspath(folder),
                "constants": [constant.decode(errors="surrogateescape") for constant in constants],
                "places": [(place.address, place.offset, place.length, place.digest) for place in places],
            }
        )
        # Not for what may lie in the folder that somebody works in: only what this process can import itself.
        paths = os.pathsep.join(str(path) for path in sys.path if path)
        self._process = subprocess.Popen(  # noqa: S603 - this very module
            [sys.executable, "-P", "-X", f"utf8={sys.flags.utf8_mode}", "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": paths},
        )
        assert self._process.stdin is not None  # noqa: S101 - it is a pipe
        # One that has ended already says so when it is stopped.
        with contextlib.suppress(OSError):
            self._process.stdin.write(f"{order}\n".encode())
            self._process.stdin.flush()

    def stop(self) -> dict[str, Stamp]:
        """End it, finished or not.

        Returns:
            The stamps of the pages that are there now, by address; none where something went wrong.
        """
        try:
            answer, _ = self._process.communicate(timeout=_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            answer, _ = self._process.communicate()
        return _stamps(answer) if self._process.returncode == 0 else {}


def _stamps(answer: bytes) -> dict[str, Stamp]:
    """The stamps that JSON says, in which they are lists; none where it says something else."""
    try:
        return {address: (time, changed, size, inode) for address, (time, changed, size, inode) in json.loads(answer)}
    except (ValueError, TypeError):
        return {}


def main() -> None:
    """Lay out what standard input says, until it ends; print the addresses of the pages with their stamps."""
    order = json.loads(sys.stdin.buffer.readline())
    stopped = threading.Event()

    def watch() -> None:
        # Not by Python's file, whose lock this thread would still hold when the process ends.
        os.read(sys.stdin.fileno(), 1)
        stopped.set()

    threading.Thread(target=watch, daemon=True).start()
    if sys.platform != "win32":
        # The build is what somebody waits for.
        os.nice(_NICE)
    json.dump(list(laid_out(order, stopped).items()), sys.stdout)


def laid_out(order: Mapping[str, Any], stopped: threading.Event) -> dict[str, Stamp]:
    """Write pages until all are written, or someone says stop.

    Args:
        order: what `Laying` says.
        stopped: set by whoever needs no more of them.

    Returns:
        The stamps of the pages, by address.
    """
    folder = order["folder"]
    os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - as with the pages, whose paths are text because they are many
    found: dict[str, Stamp] = {}

    def written(address: str, stamp: Stamp | None) -> None:
        if stamp is not None:
            found[address] = stamp

    writer = BesideWriter(functools.partial(_write_whole, {folder}), beside=1)
    for address, content in _contents(order):
        if stopped.is_set():
            break
        writer.write(f"{folder}/{address}", content, functools.partial(written, address))
    writer.finish()
    return found


def _write_whole(folders: set[str], path: str, content: bytes) -> Stamp | None:
    """Write a file, or leave nothing of it; gives its stamp, or None."""
    with contextlib.suppress(OSError):
        stamp = write_new(folders, path, content)
        if stamp is not None:
            return stamp
    with contextlib.suppress(OSError):
        # Whoever comes later has no other way to tell half of it from all.
        Path(path).unlink(missing_ok=True)
        Path(path).parent.rmdir()
        folders.discard(os.path.dirname(path))  # noqa: PTH120 - as `write_new` calls it
    return None


def _contents(order: Mapping[str, Any]) -> Iterator[tuple[str, bytes]]:
    """The addresses of the pages with what is written there."""
    constants = [constant.encode(errors="surrogateescape") for constant in order["constants"]]
    with Path(order["pages"]).open("rb") as pages:
        for address, offset, length, digest in order["places"]:
            # A damaged page is left to the build, which says so and renders it.
            with contextlib.suppress(DamagedError):
                yield address, unfolded(read_chunk(pages, offset, length, bytes.fromhex(digest)), constants)


if __name__ == "__main__":
    main()
