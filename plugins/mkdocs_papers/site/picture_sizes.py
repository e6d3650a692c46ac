"""How large the pictures beside notes are, so that a page can leave room for them before they load."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from pathlib import Path

from PIL import Image

from mkdocs_papers.library.folder import COVER_SUFFIXES
from mkdocs_papers.library.memory import SIZE, ReadingMemory, Stamp
from mkdocs_papers.pages.pictures import dimensions

_MOST_BYTES = 64 * 1024 * 1024
"""Larger files are not read."""


class PictureSizes:
    """Reads the sizes of pictures, and remembers them."""

    def __init__(self, notes: Path) -> None:
        """Look into the notes folder."""
        self._notes = notes
        self._memory = ReadingMemory()

    def of(self, files: Mapping[str, Stamp]) -> dict[str, tuple[int, int]]:
        """Width and height in pixels of the pictures among these files, by path below the notes folder.

        What is no picture, or a damaged one, is left out.

        Args:
            files: their stamps by path below the notes folder.
        """
        pictures = [path for path in files if path.lower().endswith(COVER_SUFFIXES)]
        with warnings.catch_warnings():
            # No pixel is read here.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            found = {path: self._size(path, files[path]) for path in pictures}
        self._memory.keep_only("size", found.keys())
        return {path: size for path, size in found.items() if size is not None}

    def _size(self, path: str, stamp: Stamp) -> tuple[int, int] | None:
        if stamp[SIZE] > _MOST_BYTES:
            return None

        def read() -> bytes:
            return (self._notes / path).read_bytes()

        try:
            return self._memory.recall(
                "size", path, stamp, read, lambda content: dimensions(content, Path(path).suffix.lower())
            )
        except OSError:
            # Whoever serves the file will say so.
            return None
