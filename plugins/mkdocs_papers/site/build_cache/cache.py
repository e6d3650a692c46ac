"""The build cache: opened before the library is read, and written when a build is done."""

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mkdocs.plugins import get_plugin_logger

from mkdocs_papers.library import store
from mkdocs_papers.library.cache_folder import CacheError, remove_unfinished
from mkdocs_papers.records.limits import LARGEST_CACHED_PAGE
from mkdocs_papers.search.document import Document
from mkdocs_papers.search.index import Postings
from mkdocs_papers.site.build_cache.pages import (
    CachedIndex,
    CachedPage,
    CachedPages,
    Compressor,
    Found,
    belongs_to,
    documents_of,
    found_digest,
)
from mkdocs_papers.site.build_cache.readings import CachedReadings

log = get_plugin_logger(__name__)

_READINGS, _PAGES, _INDEX = "readings", "pages", "index"

Lookups = Mapping[tuple[str, str], str | None]
"""The paths that a page asked for, with the addresses that they had; see `files.Lookup`."""


@dataclass(frozen=True, slots=True)
class FinishedPage:
    """A page of the build before, and what the search finds on it."""

    output: bytes
    found: Found


@dataclass
class BuildCache:
    """What the build before has left, and what this one leaves for the next.

    Attributes:
        configuration: the fingerprint of what every page depends on.
        readings: what the build before has read of records and notes.
    """

    folder: Path
    configuration: bytes
    readings: CachedReadings = field(default_factory=CachedReadings)
    _index: CachedIndex | None = None
    _index_of: bytes | None = None
    _before: CachedPages = field(default_factory=CachedPages)
    _now: dict[str, CachedPage] = field(default_factory=dict)
    _compressor: Compressor = field(default_factory=Compressor)

    def open(self) -> None:
        """Read what the build before has left; where it cannot be used, say so in one line."""
        remove_unfinished(self.folder)
        try:
            readings = store.load(self.folder / _READINGS, self.configuration, CachedReadings)
            pages = store.load(self.folder / _PAGES, self.configuration, CachedPages)
            index = store.load(self.folder / _INDEX, self.configuration, CachedIndex)
            self._compressor = Compressor(pages.dictionary)
        except FileNotFoundError:
            return
        except (CacheError, OSError, ValueError) as error:
            log.info("every page is built: the build cache in %s cannot be used, %s", self.folder, error)
            return
        self.readings, self._before = readings, pages
        if index.of == found_digest(pages.pages):
            self._index, self._index_of = index, index.of

    def index(self) -> tuple[Mapping[str, Document], Postings] | None:
        """The search index of the build before, if there is one, told once: its pages by location, and its postings."""
        index, self._index = self._index, None
        if index is None:
            return None
        return {**documents_of(self._before.pages), **index.others}, Postings(index.words, index.rows)

    def take(
        self, path: str, fingerprint: bytes, url: str, leads: Callable[[tuple[str, str]], str | None]
    ) -> FinishedPage | None:
        """The page of the build before, if it would come out the same now; it is kept for the next build, too."""
        page = self._before.pages.get(path)
        if page is None or page.fingerprint != fingerprint or not belongs_to(page.found, url):
            return None
        if any(leads((folder, asked)) != address for folder, asked, address in page.lookups):
            return None
        try:
            output = self._compressor.decompress(page.output)
        except CacheError as error:
            log.info("%s is rendered: the build cache cannot be used, %s", path, error)
            return None
        self._now[path] = page
        return FinishedPage(output, page.found)

    def keep(self, path: str, fingerprint: bytes, output: bytes, lookups: Lookups, found: Found) -> None:
        """Keep a page that was rendered, unless it is larger than `LARGEST_CACHED_PAGE`.

        Args:
            fingerprint: of what it was made from.
            output: the page as it was written.
            lookups: the paths that it asked for, with the addresses that they had.
            found: what the search finds on it.
        """
        if len(output) > LARGEST_CACHED_PAGE:
            return
        asked = tuple([(folder, name, address) for (folder, name), address in lookups.items()])
        self._now[path] = CachedPage(fingerprint, asked, found, self._compressor.compress(output))

    def keep_readings(self, readings: CachedReadings) -> None:
        """Write what this build has read of records and notes."""
        if readings != self.readings:
            self._save(_READINGS, readings)
        self.readings = CachedReadings()

    def close(self, write_index: Callable[[], tuple[Mapping[str, Document], Postings]]) -> None:
        """Write the pages that this build keeps, and then the search index; what that gives is for the next `index`."""
        pages = CachedPages(self._compressor.dictionary, self._now)
        if pages != self._before:
            self._save(_PAGES, pages)
        of, locations = found_digest(self._now), documents_of(self._now).keys()
        # The index takes as much memory as the pages did.
        del pages
        self._before, self._now = CachedPages(), {}
        documents, postings = write_index()
        if self._index_of != of:
            others = {location: document for location, document in documents.items() if location not in locations}
            self._save(_INDEX, CachedIndex(of, others, dict(postings.words), dict(postings.rows)))

    def _save(self, name: str, value: object) -> None:
        # A cache that cannot be written costs time next time, and nothing else.
        with contextlib.suppress(OSError, ValueError):
            store.save(self.folder / name, self.configuration, value)
