"""The pictures of a library: covers as listings show them, and what the pages of notes and papers show."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import quote

from mkdocs_papers.library.folder import COVER_SUFFIXES
from mkdocs_papers.library.memory import SIZE, ReadingMemory, Stamp
from mkdocs_papers.library.model import Library
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.pages.note_pages import note_headers
from mkdocs_papers.pages.page_inputs import Candidate, Picture, PictureFile
from mkdocs_papers.pages.pictures import PictureError, dimensions
from mkdocs_papers.pages.rendition_cache import RenditionCache
from mkdocs_papers.pages.renditions import Use, candidates, is_drawing, may_have_renditions
from mkdocs_papers.pages.sources import Site
from mkdocs_papers.records.limits import LARGEST_PICTURE, LARGEST_THUMBNAIL
from mkdocs_papers.records.problem import Place, Problem, problem
from mkdocs_papers.views.view_inputs import NOTES

_UNREAD = "cannot be read"


class LibraryPictures:
    """Reads the pictures of a library, and has them made smaller.

    Attributes:
        covers: the covers that were read last, by path below the notes folder.
        cover_problems: what is wrong with them.
        files: the pictures beside notes that were read last and say how large they are, by path below the notes folder.
    """

    def __init__(self, settings: Settings, renditions: RenditionCache, memory: ReadingMemory | None = None) -> None:
        self.covers: Mapping[str, Picture] = {}
        self.cover_problems: tuple[Problem, ...] = ()
        self.files: Mapping[str, PictureFile] = {}
        self._folder, self._name = os.fspath(settings.root / settings.notes), settings.notes
        self._renditions = renditions
        self._memory = ReadingMemory() if memory is None else memory
        self._stamps: Mapping[str, Stamp] = {}
        self._digests: Mapping[str, str] = {}
        self._wrong: Mapping[str, str] = {}
        self._shown: Mapping[str, PictureFile] = {}
        self._named: set[str] = set()
        self._asked: tuple[list[str], Mapping[str, str]] | None = None

    def read(self, library: Library) -> None:
        """Read the pictures of a library."""
        self._read(library.stamps)
        self._read_covers(library)

    def read_covers(self, library: Library) -> None:
        """Read the covers of a library, and no other pictures."""
        self._read({path: library.stamps[path] for path in _covers(library) if path in library.stamps})
        self._read_covers(library)

    def _read(self, stamps: Mapping[str, Stamp]) -> None:
        if stamps == self._stamps and not self._memory.uncertain("picture"):
            return
        pictures = [path for path in stamps if path.lower().endswith(COVER_SUFFIXES)]
        found = {path: self._dimensions(path, stamps[path]) for path in pictures}
        self._memory.keep_only("picture", found.keys())
        self._wrong = {path: why for path, why in found.items() if isinstance(why, str)}
        read = self._memory.values("picture")
        self._digests = {path: digest.hex() for path, digest, _ in read if path not in self._wrong}
        files = {
            path: PictureFile(*size, self._digests[path] if may_have_renditions(path, stamps[path][SIZE]) else "")
            for path, size in found.items()
            if size and not isinstance(size, str)
        }
        self._stamps, self.files = stamps, self.files if files == self.files else files

    def _dimensions(self, path: str, stamp: Stamp) -> tuple[int, int] | str | None:
        """Width and height of a picture, or why it cannot be read; None where it does not say how large it is."""
        if stamp[SIZE] > LARGEST_PICTURE:
            return f"has more than {LARGEST_PICTURE // 1024**2} MiB"

        def read() -> bytes:
            # Not by `Path`, which takes longer than the reading: there are thousands.
            with open(f"{self._folder}/{path}", "rb") as file:  # noqa: PTH123 - as above
                return file.read()

        try:
            return self._memory.memoize("picture", path, stamp, read, lambda content: _parsed(content, path))
        except OSError:
            return _UNREAD

    def _read_covers(self, library: Library) -> None:
        paths = sorted(set(_covers(library)))
        if self._asked == (asked := (paths, self._digests)):
            return
        drawn = {path: self._digests[path] for path in paths if path in self._digests and not is_drawing(path)}
        self._renditions.want(Use.LISTING, drawn)
        wrong = {path: why for path in paths if (why := self._wrong_with(path, drawn.get(path)))}
        self.covers = {path: self._cover(path, drawn.get(path), is_whole=path not in wrong) for path in paths}
        right = "until it is mended, listings show a card of words in its stead"
        self.cover_problems = tuple(
            problem("unusable-cover", f"{self._name}/{path}", Place(), f"the cover {why}", right)
            for path, why in wrong.items()
        )
        # What could not be read may be read the next time.
        self._asked = None if wrong else asked

    def _wrong_with(self, path: str, digest: str | None) -> str | None:
        """Why a cover cannot be shown, given its digest where it consists of pixels."""
        if path in self._wrong:
            return self._wrong[path]
        if digest is None:
            return None if path in self._digests else _UNREAD
        made = self._renditions.of(Use.LISTING, digest)
        return None if made else self._renditions.wrong(Use.LISTING, digest) or _UNREAD

    def _cover(self, path: str, digest: str | None, *, is_whole: bool) -> Picture:
        original = quote(f"notes/{path}")
        if not is_whole:
            return Picture(None, original, whole=False)
        if digest is not None:
            (made,) = self._renditions.of(Use.LISTING, digest)
            return Picture(made.path, original, made.width, made.height)
        shown = original if self._stamps[path][SIZE] <= LARGEST_THUMBNAIL else None
        drawing = self.files.get(path)
        return Picture(shown, original, drawing.width, drawing.height) if drawing else Picture(shown, original)

    def make(self, site: Site, *, responsive: bool) -> None:
        """Begin to make the pictures that pages show at several widths, if any is to be made."""
        self._named = {target for note in NOTES(site).values() for target in note.targets} if self._wrong else set()
        shown = {path: picture for header in note_headers(site).values() for path, picture in header.pictures}
        shown |= {path: self.files[path] for path in self.covers if path in self.files}
        self._shown = {
            path: picture for path, picture in shown.items() if responsive and picture.digest and self._is_usable(path)
        }
        self._renditions.want(Use.PAGE, {path: picture.digest for path, picture in self._shown.items()})

    def candidates(self, picture: PictureFile) -> tuple[Candidate, ...]:
        """What a browser may choose from to show a picture; waits until that is made."""
        return candidates(picture, self._renditions.of(Use.PAGE, picture.digest))

    def finish(self) -> list[Problem]:
        """Wait for all that is being made; gives what is wrong with pictures in notes."""
        self._renditions.finish()
        wrong = {path: why for path, why in self._wrong.items() if f"{self._name}/{path}" in self._named}
        for path, picture in self._shown.items():
            if why := self._renditions.wrong(Use.PAGE, picture.digest):
                wrong[path] = why
        right = "until it is mended, its note shows it as it is"
        # Of a file that cannot be read, whoever serves it says so.
        return [
            problem("unusable-picture", f"{self._name}/{path}", Place(), f"the picture {why}", right)
            for path, why in sorted(wrong.items())
            if why != _UNREAD and self._is_usable(path)
        ]

    def _is_usable(self, path: str) -> bool:
        """Whether a picture is no cover of which something is wrong, which is said already."""
        cover = self.covers.get(path)
        return cover is None or cover.whole


def _covers(library: Library) -> Iterable[str]:
    """The paths of the covers of a library's papers, below the notes folder."""
    return (paper.cover.path for paper in library.papers.values() if paper.cover and paper.cover.path)


def _parsed(content: bytes, path: str) -> tuple[int, int] | str | None:
    try:
        return dimensions(content, Path(path).suffix.lower())
    except PictureError as error:
        return str(error)
