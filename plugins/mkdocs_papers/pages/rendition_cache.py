"""Pictures made smaller: by several processes while pages are rendered, and cached for the next build.

A process is told of a picture where it lies, what it holds, what it is for, and where in the cache to leave what comes
of it; nothing else passes between them. What it has left is read like anything in the cache (see `library.store`).
Where it cannot be used, the picture is made here.
"""

import contextlib
import hashlib
import multiprocessing
import os
import re
import signal
import sys
import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

import msgspec

from mkdocs_papers.library import store
from mkdocs_papers.library.cache_folder import CacheError, cache_folder, remove_unfinished
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.pages.page_inputs import Candidate
from mkdocs_papers.pages.pictures import PictureError
from mkdocs_papers.pages.renditions import VERSION, Rendition, Use, renditions

FOLDER = "assets/papers/pictures"
"""Where renditions lie on the site."""

_OF = VERSION.encode()
_NAME = re.compile(r"[0-9a-f]{32}")
"""The name of a file in the cache: `Job.name`."""
_MOST_PROCESSES = 8
"""Each may take half a gigabyte for a picture of the largest size."""


class Made(msgspec.Struct, frozen=True):
    """What came of a picture: it made smaller, the narrowest first, or why it cannot be read."""

    renditions: tuple[Rendition, ...] = ()
    wrong: str | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A picture that is to be made smaller, by the digest of its content in hexadecimal digits."""

    use: Use
    digest: str

    @property
    def name(self) -> str:
        """The name of what is made: another one, where something else may come of it."""
        return hashlib.blake2b(f"{self.use} {self.digest}".encode(), digest_size=16, key=_OF).hexdigest()


def make(picture: str, job: Job, file: str) -> Made | None:
    """Make a picture smaller, and keep what comes of it.

    Args:
        picture: where it lies.
        file: where in the cache it goes.

    Returns:
        What comes of it; None where it is gone, or another one by now, which the next build shows.
    """
    try:
        content = Path(picture).read_bytes()
        if hashlib.blake2b(content, digest_size=16).hexdigest() != job.digest:
            return None
        made = Made(renditions(content, job.use))
    except OSError:
        return None
    except PictureError as error:
        made = Made(wrong=str(error))
    # A cache that cannot be written costs time next time, and nothing else.
    with contextlib.suppress(OSError):
        store.save(Path(file), _OF, made)
    return made


def _make_elsewhere(picture: str, job: Job, file: str) -> None:
    """The same in another process: what comes of it is found in the cache."""
    make(picture, job, file)


class RenditionCache:
    """The renditions of the pictures that the pages of one site show, which it writes and removes by two functions."""

    def __init__(
        self,
        settings: Settings,
        write: Callable[[str, bytes], object] = lambda *_: None,
        remove: Callable[[Iterable[str]], object] = lambda _: None,
    ) -> None:
        self._notes, self._write, self._remove = settings.root / settings.notes, write, remove
        self._folder = cache_folder(settings.root, "pictures")
        remove_unfinished(self._folder)
        self._paths: dict[Job, str] = {}
        self._making: dict[Job, Future[None]] = {}
        self._made: dict[Job, tuple[Candidate, ...]] = {}
        self._wrong: dict[Job, str] = {}
        self._pool: ProcessPoolExecutor | None = None

    def want(self, use: Use, digests: Mapping[str, str]) -> None:
        """Begin to make those pictures of a use, given their digests by path, that are not in the cache yet."""
        wanted = {Job(use, digest): path for path, digest in digests.items()}
        self._paths = {job: path for job, path in self._paths.items() if job.use is not use} | wanted
        new = wanted.keys() - self._made.keys() - self._making.keys()
        cached = {path.name for path in self._folder.iterdir()} if new and self._folder.is_dir() else set()
        self._start([job for job in wanted if job in new and job.name not in cached])

    def of(self, use: Use, digest: str) -> tuple[Candidate, ...]:
        """What is made of a picture, the narrowest first; waits until that is on the site."""
        job = Job(use, digest)
        if job not in self._paths:
            return ()
        if job not in self._made:
            made = self._result(job)
            if made is None:
                return ()
            if made.wrong is not None:
                self._wrong[job] = made.wrong
            for each in made.renditions:
                self._write(_path(job, each.width), each.content)
            self._made[job] = tuple(
                [Candidate(_path(job, each.width), each.width, each.height) for each in made.renditions]
            )
        return self._made[job]

    def wrong(self, use: Use, digest: str) -> str | None:
        """Why nothing could be made of a picture that was asked for; None where something could, or need not."""
        return self._wrong.get(Job(use, digest))

    def finish(self) -> None:
        """Wait for all that is wanted; remove from the site what is wanted no more."""
        for job in self._paths:
            self.of(job.use, job.digest)
        self.stop()
        for job in self._made.keys() - self._paths.keys():
            self._remove([_path(job, each.width) for each in self._made.pop(job)])
            self._wrong.pop(job, None)

    def forget_others(self) -> None:
        """Remove from the cache folder what none of the pictures uses that were wanted last."""
        used = {job.name for job in self._paths}
        # What cannot be removed takes room, and nothing else.
        with contextlib.suppress(OSError):
            for path in list(self._folder.iterdir()):
                if _NAME.fullmatch(path.name) and path.name not in used:
                    with contextlib.suppress(OSError):
                        path.unlink()

    def stop(self) -> None:
        """Make nothing more."""
        pool, self._pool = self._pool, None
        self._making.clear()
        if pool is not None:
            pool.shutdown(wait=False, cancel_futures=True)

    def _start(self, jobs: Iterable[Job]) -> None:
        # Where no process can be started, each picture is made when it is asked for.
        with _without_main(), contextlib.suppress(OSError, NotImplementedError):
            for job in jobs:
                if self._pool is None:
                    # It starts as many as there is work for.
                    most = min(_MOST_PROCESSES, os.cpu_count() or 1)
                    self._pool = ProcessPoolExecutor(most, multiprocessing.get_context("spawn"), _ignore_interrupts)
                self._making[job] = self._pool.submit(_make_elsewhere, *self._task(job))

    def _task(self, job: Job) -> tuple[str, Job, str]:
        return str(self._notes / self._paths[job]), job, str(self._folder / job.name)

    def _result(self, job: Job) -> Made | None:
        making = self._making.pop(job, None)
        if making is not None:
            try:
                making.result()
            except BrokenProcessPool:
                # Who broke it is not known: each of the others is tried by itself.
                self._pool = None
                self._start([job])
                try:
                    if again := self._making.pop(job, None):
                        again.result()
                except BrokenProcessPool:
                    self._pool = None
                    return Made(wrong="stops the program that reads it")
        with contextlib.suppress(CacheError, OSError):
            return store.load(self._folder / job.name, _OF, Made)
        return make(*self._task(job))


def _path(job: Job, width: int) -> str:
    return f"{FOLDER}/{job.name}-{width}.webp"


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
