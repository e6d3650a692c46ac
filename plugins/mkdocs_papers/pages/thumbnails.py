"""Thumbnails of covers: made once, kept in a cache folder under the digest of what they were made from."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import warnings
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from PIL import Image

from mkdocs_papers.library.cache import CacheError, cache_folder, read_bounded, replace_file, seal
from mkdocs_papers.library.memory import ReadingMemory, Stamp, stamp
from mkdocs_papers.library.model import Library
from mkdocs_papers.pages.inputs import Picture
from mkdocs_papers.pages.pictures import VERSION, PictureError, size, thumbnail
from mkdocs_papers.records.codes import problem
from mkdocs_papers.records.limits import LARGEST_PICTURE, LARGEST_THUMBNAIL
from mkdocs_papers.records.problem import Place, Problem

FOLDER = "assets/papers/thumbnails"
"""Where thumbnails lie on the site."""

_CACHED = re.compile(r"[0-9a-f]{32}-[0-9a-f]{16,64}\.webp")
"""The names of cached thumbnails: the digest of what one was made from, and the seal of both."""


@dataclass(frozen=True, slots=True)
class _Made:
    """What came of one cover: its thumbnail, where it has one, by its names on the site and in the cache."""

    name: str | None = None
    content: bytes | None = None
    width: int | None = None
    height: int | None = None
    small: bool = True
    wrong: str | None = None
    cached: str | None = None


@dataclass(frozen=True)
class Covers:
    """The covers of a library, as its pages show them.

    Attributes:
        pictures: by path below the notes folder.
        thumbnails: their files' contents, by path below the site's root.
        problems: what is wrong with them.
    """

    pictures: dict[str, Picture]
    thumbnails: dict[str, bytes]
    problems: tuple[Problem, ...]


class Thumbnails:
    """Makes thumbnails, and remembers them: in this process, and in a folder for the next.

    What is in the folder is believed only if its seal, which is part of its name, is right.
    """

    def __init__(self, root: Path, notes: str) -> None:
        """Look into the cache folder.

        Args:
            root: the project's root folder.
            notes: the notes folder, relative to it.
        """
        self._notes = root / notes
        self._folder_of_notes = os.fspath(self._notes)
        self._name = notes
        self._memory = ReadingMemory()
        self._seen: frozenset[str] = frozenset()
        self._stamps: Mapping[str, Stamp] = {}
        self._used: frozenset[str] = frozenset()
        self._last: tuple[list[tuple[str, Stamp | None]], Covers] | None = None
        self._folder = cache_folder(root, "thumbnails")
        self._cached: dict[str, Path] = {}
        if self._folder.is_dir():
            self._cached = {path.name.partition("-")[0]: path for path in self._folder.glob("*-*.webp")}

    def covers_of(self, library: Library) -> Covers:
        """The covers of a library's papers."""
        named = (paper.cover for paper in library.papers.values())
        return self.covers((cover.path for cover in named if cover and cover.path), library.stamps)

    def covers(self, paths: Iterable[str], stamps: Mapping[str, Stamp] | None = None) -> Covers:
        """The covers with these paths below the notes folder; the stamps are those of files whose folder was listed."""
        self._stamps = stamps or {}
        ordered = sorted(set(paths))
        asked = [(path, self._stamps.get(path)) for path in ordered]
        settled = all(now for _, now in asked) and not self._memory.unsettled("cover")
        if settled and self._last and self._last[0] == asked:
            return self._last[1]
        new = [path for path in ordered if path not in self._seen and not path.lower().endswith(".svg")]
        with warnings.catch_warnings():
            # Pillow warns of pictures with very many pixels; these have a limit of their own.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            if len(new) > 1:
                # Drawing small happens outside of Python's lock; what is remembered needs no help.
                with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
                    list(pool.map(self._remembered, new))
            found = {path: self._remembered(path) for path in ordered}
        self._memory.keep_only("cover", found.keys())
        self._seen = frozenset(ordered)
        self._used = frozenset(made.cached for made in found.values() if made.cached)
        covers = Covers(
            {path: _picture(path, made) for path, made in found.items()},
            {f"{FOLDER}/{made.name}": made.content for made in found.values() if made.name and made.content},
            tuple(self._problem(path, made.wrong) for path, made in found.items() if made.wrong),
        )
        self._last = (asked, covers)
        return covers

    def forget_others(self) -> None:
        """Remove from the cache folder what none of the covers uses that were asked for last."""
        # What cannot be removed takes room, and nothing else.
        with contextlib.suppress(OSError):
            for path in list(self._folder.iterdir()):
                if _CACHED.fullmatch(path.name) and path.name not in self._used:
                    with contextlib.suppress(OSError):
                        path.unlink()

    def _remembered(self, path: str) -> _Made:
        def read() -> bytes:
            # Not by `Path`, which takes longer than the reading: there are thousands.
            with open(f"{self._folder_of_notes}/{path}", "rb") as file:  # noqa: PTH123 - as above
                return file.read(LARGEST_PICTURE + 1)

        try:
            now = self._stamps.get(path) or stamp((self._notes / path).stat())
            return self._memory.recall("cover", path, now, read, lambda content: self._made(path, content))
        except OSError as error:
            return _Made(small=False, wrong=f"cannot be read ({error.strerror})")

    def _made(self, path: str, content: bytes) -> _Made:
        suffix = Path(path).suffix.lower()
        key = hashlib.blake2b(content, digest_size=16, key=VERSION.encode()).hexdigest()
        cached = self._from_cache(key)
        if cached is not None:
            return _Made(f"{key}.webp", cached, *size(cached), cached=_cached_name(key, cached))
        try:
            made = thumbnail(content, suffix)
        except PictureError as error:
            return _Made(small=False, wrong=str(error))
        if made.content is None:
            return _Made(width=made.width, height=made.height, small=made.small)
        self._keep(key, made.content)
        return _Made(f"{key}.webp", made.content, made.width, made.height, cached=_cached_name(key, made.content))

    def _from_cache(self, key: str) -> bytes | None:
        path = self._cached.get(key)
        if path is None:
            return None
        with contextlib.suppress(OSError, CacheError, PictureError):
            content = read_bounded(path, LARGEST_THUMBNAIL)
            if path.name == _cached_name(key, content):
                size(content)
                return content
        return None

    def _keep(self, key: str, content: bytes) -> None:
        # A cache that cannot be written costs time next time, and nothing else.
        with contextlib.suppress(OSError):
            replace_file(self._folder / _cached_name(key, content), [content])

    def _problem(self, path: str, wrong: str) -> Problem:
        right = "until it is mended, listings show a card of words in its stead"
        return problem("unusable-cover", f"{self._name}/{path}", Place(), f"the cover {wrong}", right)


def _cached_name(key: str, content: bytes) -> str:
    return f"{key}-{seal(key.encode(), content).hex()}.webp"


def _picture(path: str, made: _Made) -> Picture:
    original = quote(f"notes/{path}")
    if not made.small:
        return Picture(None, original, made.width, made.height, whole=made.wrong is None)
    shown = f"{FOLDER}/{made.name}" if made.name else original
    return Picture(shown, original, made.width, made.height)
