"""How large the pictures beside notes are, so that a page can leave room for them before they load."""

from __future__ import annotations

import os
import warnings
from collections.abc import Mapping
from pathlib import Path

from PIL import Image

from mkdocs_papers.library.folder import COVER_SUFFIXES
from mkdocs_papers.library.memory import SIZE, ReadingMemory, Stamp
from mkdocs_papers.pages.pictures import dimensions
from mkdocs_papers.records.limits import LARGEST_PICTURE


class PictureSizes:
    """Reads the sizes of pictures, and remembers them."""

    def __init__(self, notes: Path, memory: ReadingMemory | None = None) -> None:
        """Look into the notes folder.

        Args:
            notes: the folder.
            memory: what is remembered of its files already.
        """
        self._folder = os.fspath(notes)
        self._memory = ReadingMemory() if memory is None else memory
        self._files: Mapping[str, Stamp] = {}
        self._sizes: dict[str, tuple[int, int]] = {}

    def of(self, files: Mapping[str, Stamp]) -> dict[str, tuple[int, int]]:
        """Width and height in pixels of the pictures among these files, by path below the notes folder.

        What is no picture, or a damaged one, is left out.

        Args:
            files: their stamps by path below the notes folder.
        """
        if files == self._files and not self._memory.unsettled("size"):
            return self._sizes
        pictures = [path for path in files if path.lower().endswith(COVER_SUFFIXES)]
        with warnings.catch_warnings():
            # No pixel is read here.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            found = {path: self._size(path, files[path]) for path in pictures}
        self._memory.keep_only("size", found.keys())
        sizes = {path: size for path, size in found.items() if size is not None}
        self._files, self._sizes = files, self._sizes if sizes == self._sizes else sizes
        return self._sizes

    def _size(self, path: str, stamp: Stamp) -> tuple[int, int] | None:
        if stamp[SIZE] > LARGEST_PICTURE:
            return None

        def read() -> bytes:
            # Not by `Path`, which takes longer than the reading: there are thousands.
            with open(f"{self._folder}/{path}", "rb") as file:  # noqa: PTH123 - as above
                return file.read()

        try:
            return self._memory.recall(
                "size", path, stamp, read, lambda content: dimensions(content, Path(path).suffix.lower())
            )
        except OSError:
            # Whoever serves the file will say so.
            return None
