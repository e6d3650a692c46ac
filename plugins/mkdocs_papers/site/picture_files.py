"""How large the pictures beside notes are, so that a page can leave room for them, and which cannot be read."""

from __future__ import annotations

import os
import warnings
from collections.abc import Mapping
from pathlib import Path

from PIL import Image

from mkdocs_papers.library.folder import COVER_SUFFIXES
from mkdocs_papers.library.memory import SIZE, ReadingMemory, Stamp
from mkdocs_papers.pages.inputs import PictureFile
from mkdocs_papers.pages.pictures import PictureError, dimensions
from mkdocs_papers.pages.renditions import may_have_renditions
from mkdocs_papers.records.limits import LARGEST_PICTURE


class PictureFiles:
    """Reads the sizes of pictures, and remembers them.

    Attributes:
        wrong: why a picture cannot be read, by path below the notes folder.
    """

    def __init__(self, notes: Path, memory: ReadingMemory | None = None) -> None:
        """Look into the notes folder.

        Args:
            notes: the folder.
            memory: what is remembered of its files already.
        """
        self.wrong: Mapping[str, str] = {}
        self._folder = os.fspath(notes)
        self._memory = ReadingMemory() if memory is None else memory
        self._stamps: Mapping[str, Stamp] = {}
        self._files: dict[str, PictureFile] = {}

    def of(self, stamps: Mapping[str, Stamp]) -> dict[str, PictureFile]:
        """The pictures among these files that say how large they are, by path below the notes folder."""
        if stamps == self._stamps and not self._memory.unsettled("picture"):
            return self._files
        pictures = [path for path in stamps if path.lower().endswith(COVER_SUFFIXES)]
        with warnings.catch_warnings():
            # No pixel is read here.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            found = {path: self._read(path, stamps[path]) for path in pictures}
        self._memory.keep_only("picture", found.keys())
        self.wrong = {path: why for path, why in found.items() if isinstance(why, str)}
        digests = {path: digest.hex() for path, digest, _ in self._memory.values("picture")}
        files = {
            path: PictureFile(*size, digests[path] if _may_be_smaller(path, stamps[path]) else "")
            for path, size in found.items()
            if size and not isinstance(size, str)
        }
        self._stamps, self._files = stamps, self._files if files == self._files else files
        return self._files

    def _read(self, path: str, stamp: Stamp) -> tuple[int, int] | str | None:
        """Width and height of a picture, or why it cannot be read; None where it does not say how large it is."""
        if stamp[SIZE] > LARGEST_PICTURE:
            return f"has more than {LARGEST_PICTURE // 1024**2} MiB"

        def read() -> bytes:
            # Not by `Path`, which takes longer than the reading: there are thousands.
            with open(f"{self._folder}/{path}", "rb") as file:  # noqa: PTH123 - as above
                return file.read()

        try:
            return self._memory.recall("picture", path, stamp, read, lambda content: _parsed(content, path))
        except OSError:
            # Whoever serves the file will say so.
            return None


def _may_be_smaller(path: str, stamp: Stamp) -> bool:
    return may_have_renditions(Path(path).suffix.lower(), stamp[SIZE])


def _parsed(content: bytes, path: str) -> tuple[int, int] | str | None:
    try:
        return dimensions(content, Path(path).suffix.lower())
    except PictureError as error:
        return str(error)
