"""The pictures of a site: covers as listings show them, and what the pages of notes and papers show."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs_papers.library.memory import ReadingMemory
from mkdocs_papers.pages.note_pages import note_headers
from mkdocs_papers.pages.thumbnails import Covers, Thumbnails
from mkdocs_papers.records.codes import problem
from mkdocs_papers.records.problem import Place, Problem
from mkdocs_papers.site.picture_files import PictureFiles
from mkdocs_papers.site.renditions import Renditions

if TYPE_CHECKING:
    from mkdocs_papers.library.model import Library
    from mkdocs_papers.library.settings import Settings
    from mkdocs_papers.pages.inputs import Candidate, PictureFile
    from mkdocs_papers.pages.sources import Site
    from mkdocs_papers.site.writer import SiteWriter


class Pictures:
    """Reads the pictures of a library, and makes them smaller.

    Attributes:
        covers: the covers that were read last.
        files: the pictures beside notes that were read last, by path below the notes folder.
    """

    covers: Covers
    files: Mapping[str, PictureFile]

    def __init__(self, settings: Settings, site: Path, writer: SiteWriter, memory: ReadingMemory) -> None:
        """Begin.

        Args:
            settings: where the library is.
            site: the site's folder.
            writer: writes files of the site.
            memory: what is remembered of the library's files already.
        """
        self._notes = settings.notes
        self._thumbnails = Thumbnails(settings.root, settings.notes)
        self._files = PictureFiles(settings.root / settings.notes, memory)
        self._renditions = Renditions(settings.root, settings.notes, site, writer)

    def read(self, library: Library) -> None:
        """Read the pictures of a library."""
        self.covers = self._thumbnails.covers_of(library)
        self.files = self._files.of(library.stamps)

    def make(self, site: Site, *, responsive: bool) -> None:
        """Begin to make the pictures that pages show at several widths.

        Args:
            site: the pages.
            responsive: whether any is to be made.
        """
        self._named = (
            {target for note in site.notes.values() for target in note.targets} if self._files.wrong else set()
        )
        shown = {path: picture for header in note_headers(site).values() for path, picture in header.pictures}
        shown |= {path: self.files[path] for path in self.covers.pictures if path in self.files}
        usable = {path: picture for path, picture in shown.items() if self._is_usable(path)}
        self._renditions.want(usable if responsive else {})

    def candidates(self, picture: PictureFile) -> tuple[Candidate, ...]:
        """What a browser may choose from to show a picture; waits until that is made."""
        return self._renditions.of(picture)

    def finish(self) -> list[Problem]:
        """Wait for all that is being made; gives what is wrong with pictures in notes."""
        wrong = {path: why for path, why in self._files.wrong.items() if f"{self._notes}/{path}" in self._named}
        wrong |= self._renditions.finish()
        right = "until it is mended, its note shows it as it is"
        return [
            problem("unusable-picture", f"{self._notes}/{path}", Place(), f"the picture {why}", right)
            for path, why in sorted(wrong.items())
            if self._is_usable(path)
        ]

    def stop(self) -> None:
        """Make nothing more."""
        self._renditions.stop()

    def forget_others(self) -> None:
        """Remove from the cache what no page shows."""
        self._thumbnails.forget_others()
        self._renditions.forget_others()

    def _is_usable(self, path: str) -> bool:
        """Whether a picture is no cover of which something is wrong, which is said already."""
        cover = self.covers.pictures.get(path)
        return cover is None or cover.whole
