"""The page sources of a library: which pages there are."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping

from mkdocs_papers.library.model import Note
from mkdocs_papers.pages import contents, home, listing_pages, note_pages, paper_pages
from mkdocs_papers.pages.address import HOME
from mkdocs_papers.pages.browse import INDEX
from mkdocs_papers.pages.catalogue import Catalogue, Options
from mkdocs_papers.pages.exports.export import Export
from mkdocs_papers.pages.exports.registry import EXPORTS
from mkdocs_papers.pages.feeds import feed_files
from mkdocs_papers.pages.source import PageSource
from mkdocs_papers.pages.statistics import statistics_page
from mkdocs_papers.views.view import VIEWS

__all__ = ["HOME", "Options", "Site"]


class Site(Catalogue):
    """The pages of one library, under the site's options."""

    def sources(self) -> Iterator[PageSource]:
        """All pages that the library makes, index pages first; the home page and the notes are not among them."""
        yield from self.indices()
        for view in VIEWS:
            yield from listing_pages.group_pages(self, view)
        yield from paper_pages.paper_pages(self)
        if self.options.preview:
            yield from paper_pages.unreadable_pages(self)

    def indices(self) -> Iterator[PageSource]:
        """The index pages and their further pages."""
        for view in VIEWS:
            yield from listing_pages.view_index(self, view)
        yield from listing_pages.all_papers(self)
        yield from note_pages.notes_index(self)
        yield statistics_page(self)

    def files(self, *, directory_urls: bool) -> Iterator[tuple[str, bytes]]:
        """The files beside the pages, for other programs and for the browse page's script: path and content.

        Args:
            directory_urls: the site's ``use_directory_urls``.
        """
        for export in EXPORTS:
            made_from = (self.shown.values, self.citation_keys)
            content = functools.partial(self._export, export, directory_urls)
            yield export.file, self.memory.recall("export", (export.name, directory_urls), made_from, content)
        yield INDEX, self.browse_index(directory_urls=directory_urls)
        yield from feed_files(self)

    def _export(self, export: Export, directory_urls: bool) -> bytes:  # noqa: FBT001 - called in one place
        surroundings = self.surroundings(directory_urls=directory_urls)
        shown, keys = self.shown, self.citation_keys
        entries = self.memory.recall_each(
            f"entry of {export.name}, {directory_urls}",
            self.keys,
            lambda key: (shown.values[key], keys[key]),
            lambda _, made_from: export.encoded(made_from[0], surroundings),
            stale=shown.renewed | self.recited,
            part=True,
        ).values
        return export.joined(entries.values())

    def home(self) -> PageSource:
        """A home page, for a site that has none of its own."""
        return home.home_page(self)

    def overview(self) -> contents.Overview:
        """What the library holds, for a home page."""
        return home.overview(self)

    def note_header(self, note: Note) -> contents.NoteHeader:
        """What stands above and below a note that is shown."""
        return self._note_headers[note.path]

    @functools.cached_property
    def _note_headers(self) -> Mapping[str, contents.NoteHeader]:
        return note_pages.note_headers(self)
