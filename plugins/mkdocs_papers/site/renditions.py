"""Pictures at several widths: made by several processes while pages are rendered, and kept for the next build.

A process is told of a picture where it lies, what it holds, and where in the cache to leave what comes of it; nothing
else passes between them. What it has left is read like anything in the cache (see `build_cache.store`). Where it cannot
be used, the picture is made here.
"""

from __future__ import annotations

import contextlib
import hashlib
import multiprocessing
import os
import signal
import sys
import types
import warnings
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import msgspec
from PIL import Image

from mkdocs_papers.library.cache import CacheError, cache_folder, remove_unfinished
from mkdocs_papers.pages.inputs import Candidate, PictureFile
from mkdocs_papers.pages.pictures import PictureError
from mkdocs_papers.pages.renditions import VERSION, Rendition, candidates, renditions
from mkdocs_papers.site.build_cache import store
from mkdocs_papers.site.writer import SiteWriter

FOLDER = "assets/papers/pictures"
"""Where renditions lie on the site."""

_OF = VERSION.encode()
_MOST_PROCESSES = 8
"""Each may take half a gigabyte for a picture of the largest size."""


class Kept(msgspec.Struct, frozen=True):
    """What came of a picture.

    Attributes:
        renditions: the narrowest first.
        wrong: why it cannot be read, or None.
    """

    renditions: tuple[Rendition, ...] = ()
    wrong: str | None = None


def make(picture: str, digest: str, file: str) -> Kept:
    """Make a picture at several widths, and keep what comes of it.

    Args:
        picture: where it lies.
        digest: of its content, in hexadecimal digits.
        file: where in the cache it is kept.
    """
    with warnings.catch_warnings():
        # Pillow warns of pictures with very many pixels; these have a limit of their own.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            content = Path(picture).read_bytes()
            # Another one by now: the next build shows it.
            if hashlib.blake2b(content, digest_size=16).hexdigest() != digest:
                return Kept()
            kept = Kept(renditions(content, Path(picture).suffix.lower()))
        except OSError:
            # Whoever serves the file will say so.
            return Kept()
        except PictureError as error:
            kept = Kept(wrong=str(error))
    # A cache that cannot be written costs time next time, and nothing else.
    with contextlib.suppress(OSError):
        store.save(Path(file), _OF, kept)
    return kept


def _make_elsewhere(picture: str, digest: str, file: str) -> None:
    """The same in another process: what comes of it is found in the cache."""
    make(picture, digest, file)


class Renditions:
    """The renditions of the pictures that the pages of one site show."""

    def __init__(self, root: Path, notes: str, site: Path, writer: SiteWriter) -> None:
        """Look into the cache folder.

        Args:
            root: the project's root folder.
            notes: the notes folder, relative to it.
            site: the site's folder.
            writer: writes files of the site.
        """
        self._notes, self._site, self._writer = root / notes, site, writer
        self._folder = cache_folder(root, "pictures")
        remove_unfinished(self._folder)
        self._paths: Mapping[str, str] = {}
        self._making: dict[str, Future[None]] = {}
        self._made: dict[str, tuple[tuple[str, int], ...]] = {}
        self._unreadable: dict[str, str] = {}
        self._pool: ProcessPoolExecutor | None = None

    def want(self, pictures: Mapping[str, PictureFile]) -> None:
        """Begin to make those pictures of which nothing is kept yet.

        Args:
            pictures: the pictures that pages show, by path below the notes folder.
        """
        self._paths = {picture.digest: path for path, picture in pictures.items() if picture.digest}
        kept = {path.name for path in self._folder.iterdir()} if self._folder.is_dir() else set()
        new = [
            digest
            for digest in self._paths
            if digest not in self._made and digest not in self._making and _name(digest) not in kept
        ]
        self._start(new)

    def of(self, picture: PictureFile) -> tuple[Candidate, ...]:
        """What a browser may choose from to show a picture; waits until that is made, and is on the site."""
        return candidates(picture, self._settled(picture.digest)) if picture.digest in self._paths else ()

    def finish(self) -> Mapping[str, str]:
        """Wait for all that is wanted, and put it on the site; remove from there what is wanted no more.

        Returns:
            Why pictures cannot be read, by path below the notes folder.
        """
        for digest in self._paths:
            self._settled(digest)
        self.stop()
        for digest in self._made.keys() - self._paths.keys():
            self._writer.remove([str(self._site / path) for path, _ in self._made.pop(digest)], self._site)
            self._unreadable.pop(digest, None)
        return {self._paths[digest]: why for digest, why in self._unreadable.items()}

    def forget_others(self) -> None:
        """Remove from the cache folder what none of the pictures uses that were wanted last."""
        used = set(map(_name, self._paths))
        # What cannot be removed takes room, and nothing else.
        with contextlib.suppress(OSError):
            for path in list(self._folder.iterdir()):
                if _is_name(path.name) and path.name not in used:
                    with contextlib.suppress(OSError):
                        path.unlink()

    def stop(self) -> None:
        """Make nothing more."""
        pool, self._pool = self._pool, None
        self._making.clear()
        if pool is not None:
            pool.shutdown(wait=False, cancel_futures=True)

    def _start(self, digests: list[str]) -> None:
        if not digests:
            return
        if self._pool is None:
            most = min(_MOST_PROCESSES, os.cpu_count() or 1, len(digests))
            self._pool = ProcessPoolExecutor(most, multiprocessing.get_context("spawn"), _ignore_interrupts)
        with _without_main():
            for digest in digests:
                self._making[digest] = self._pool.submit(_make_elsewhere, *self._task(digest))

    def _task(self, digest: str) -> tuple[str, str, str]:
        return str(self._notes / self._paths[digest]), digest, str(self._folder / _name(digest))

    def _settled(self, digest: str) -> tuple[tuple[str, int], ...]:
        """Path below the site's root and width of each rendition of a picture, which are on the site now."""
        if digest not in self._made:
            kept = self._kept(digest)
            if kept.wrong is not None:
                self._unreadable[digest] = kept.wrong
            name = _name(digest)
            self._made[digest] = tuple([(f"{FOLDER}/{name}-{each.width}.webp", each.width) for each in kept.renditions])
            for (path, _), each in zip(self._made[digest], kept.renditions, strict=True):
                self._writer.write(str(self._site / path), each.content)
        return self._made[digest]

    def _kept(self, digest: str) -> Kept:
        making = self._making.pop(digest, None)
        if making is not None:
            try:
                making.result()
            except BrokenProcessPool:
                # Who broke it is not known: each of the others is tried by itself.
                self._pool = None
                self._start([digest])
                try:
                    self._making.pop(digest).result()
                except BrokenProcessPool:
                    self._pool = None
                    return Kept(wrong="stops the program that reads it")
        with contextlib.suppress(CacheError, OSError):
            return store.load(self._folder / _name(digest), _OF, Kept)
        return make(*self._task(digest))


def _name(digest: str) -> str:
    """The name of what is made from a picture: another one, where something else may come of it."""
    return hashlib.blake2b(digest.encode(), digest_size=16, key=_OF).hexdigest()


def _is_name(name: str) -> bool:
    return len(name) == len(_name("")) and all(sign in "0123456789abcdef" for sign in name)


def _ignore_interrupts() -> None:
    """Leave it to the process that started this one to end it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextlib.contextmanager
def _without_main() -> Iterator[None]:
    """Start processes that do not run the program again that started this one.

    A program that calls MkDocs without asking for its own name would build the site in each of them
    (https://docs.python.org/3/library/multiprocessing.html#the-spawn-and-forkserver-start-methods).
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
