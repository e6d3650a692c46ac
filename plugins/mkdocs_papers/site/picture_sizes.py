"""How large the pictures beside notes are, so that a page can leave room for them before they load."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from pathlib import Path

from PIL import Image

from mkdocs_papers.library.folder import COVER_SUFFIXES
from mkdocs_papers.library.memory import ReadingMemory, stamp
from mkdocs_papers.pages.pictures import dimensions

_MOST_BYTES = 64 * 1024 * 1024
"""Larger files are not read."""


class PictureSizes:
    """Reads the sizes of pictures, and remembers them."""

    def __init__(self, notes: Path) -> None:
        """Look into the notes folder."""
        self._notes = notes
        self._memory = ReadingMemory()

    def of(self, paths: Iterable[str]) -> dict[str, tuple[int, int]]:
        """Width and height in pixels of the pictures among the files with these paths below the notes folder.

        What is no picture, or a damaged one, is left out.
        """
        pictures = [path for path in paths if path.lower().endswith(COVER_SUFFIXES)]
        with warnings.catch_warnings():
            # No pixel is read here.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            found = {path: self._size(path) for path in pictures}
        self._memory.keep_only("size", found.keys())
        return {path: size for path, size in found.items() if size is not None}

    def _size(self, path: str) -> tuple[int, int] | None:
        file = self._notes / path
        try:
            status = file.stat()
            if status.st_size > _MOST_BYTES:
                return None
            return self._memory.recall(
                "size", path, stamp(status), file.read_bytes, lambda content: dimensions(content, file.suffix.lower())
            )
        except OSError:
            # Whoever serves the file will say so.
            return None
