"""Laying out the pages of the build before, in a process of its own, while this build reads the library.

Where no site lies in its folder, as in continuous integration, a build has to write every page, though it renders only
a few. To make a folder and a file for each takes about as long as to find out which have changed. So another process
writes them at the same time, all of them, and those that are not wanted are removed. It knows nothing of MkDocs: it is
told where each page begins in the file of pages, and where to write it, and gives the stamps of what it has written.

It begins as soon as it has read what to do, as JSON, and stops where its standard input ends, which it does when the
build dies, too. What it has written then lies in a hidden folder; to remove that is its caller's care.
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
from typing import IO, Any

from mkdocs_papers.library.memory import Stamp
from mkdocs_papers.site.folding import DamagedError, read_chunk, unfolded
from mkdocs_papers.site.writing import BesideWriter, write_new

_NICE = 10
"""How far this steps back where there are fewer processors than processes; from 0 to 19."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of the build before is to be found, and where it belongs.

    Attributes:
        address: the file that it is written to, relative to the site's folder.
        offset: where it begins in the file of pages.
        length: how many bytes it has there.
        digest: of these bytes.
    """

    address: str
    offset: int
    length: int
    digest: bytes


class Laying:
    """Pages being laid out by another process.

    Attributes:
        folder: where they are written.
    """

    def __init__(self, pages: Path, folder: Path, constants: Sequence[bytes], places: Sequence[Place]) -> None:
        """Begin.

        Args:
            pages: the file of pages.
            folder: where to write them; it is made.
            constants: the text that pages share, by its numbers.
            places: the pages, in the order in which they are to be written.

        Raises:
            OSError: there can be no such process.
        """
        self.folder = folder
        # Not for what may lie in the folder that somebody works in: only what this process can import itself.
        paths = os.pathsep.join(path for path in sys.path if path)
        self._process = subprocess.Popen(  # noqa: S603 - this very module
            [sys.executable, "-P", "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": paths},
        )
        order = {
            "pages": os.fspath(pages),
            "folder": os.fspath(folder),
            "constants": [constant.decode() for constant in constants],
            "places": [(place.address, place.offset, place.length, place.digest.hex()) for place in places],
        }
        with contextlib.suppress(OSError):
            self._stdin.write(f"{json.dumps(order)}\n".encode())
            self._stdin.flush()

    @property
    def _stdin(self) -> IO[bytes]:
        assert self._process.stdin is not None  # noqa: S101 - it is a pipe
        return self._process.stdin

    def stop(self) -> dict[str, Stamp]:
        """End it, finished or not.

        Returns:
            The stamps of the pages that are there now, by address; none where something went wrong.
        """
        with contextlib.suppress(OSError):
            self._stdin.close()
        assert self._process.stdout is not None  # noqa: S101 - it is a pipe
        with self._process.stdout as stdout:
            answer = stdout.read()
        if self._process.wait() != 0:
            return {}
        try:
            # As JSON, a stamp is a list.
            return {address: tuple(found) for address, found in json.loads(answer).items()}
        except ValueError:
            return {}


def main() -> None:
    """Lay out what standard input says, until it ends; print the stamps of the pages by address."""
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
    json.dump(laid_out(order, stopped), sys.stdout)


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
    folders = {folder}
    found: dict[str, Stamp] = {}

    def written(address: str, stamp: Stamp | None) -> None:
        if stamp is not None:
            found[address] = stamp

    writer = BesideWriter(functools.partial(write_new, folders), beside=1)
    for address, content in _contents(order):
        if stopped.is_set():
            break
        writer.write(f"{folder}/{address}", content, functools.partial(written, address))
    with contextlib.suppress(OSError):
        writer.finish()
    return found


def _contents(order: Mapping[str, Any]) -> Iterator[tuple[str, bytes]]:
    constants = [constant.encode() for constant in order["constants"]]
    with Path(order["pages"]).open("rb") as pages:
        for address, offset, length, digest in order["places"]:
            # A damaged page is left to the build, which says so and renders it.
            with contextlib.suppress(DamagedError):
                yield address, unfolded(read_chunk(pages, offset, length, bytes.fromhex(digest)), constants)


if __name__ == "__main__":
    main()
