"""The page sources of a library: which pages there are."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterator

from mkdocs_papers.library.model import Note, Paper
from mkdocs_papers.pages import contents, home, listing_pages, note_pages, paper_pages
from mkdocs_papers.pages.address import HOME
from mkdocs_papers.pages.browse import INDEX
from mkdocs_papers.pages.catalogue import Catalogue, Options
from mkdocs_papers.pages.exports.export import Export, Surroundings
from mkdocs_papers.pages.exports.registry import EXPORTS
from mkdocs_papers.pages.feeds import feed_files
from mkdocs_papers.pages.source import PageSource
from mkdocs_papers.pages.statistics import statistics_page
from mkdocs_papers.views.view import VIEWS, View

__all__ = ["HOME", "Options", "Site"]


class Site(Catalogue):
    """The pages of one library, under the site's options."""

    def sources(self) -> Iterator[PageSource]:
        """All pages that the library makes, index pages first; the home page and the notes are not among them."""
        yield from self.indices()
        for view in VIEWS:
            made_from = (self.groups[view.name], self.summaries)
            yield from self.memory.recall("view pages", view.name, made_from, functools.partial(self._pages_of, view))
        yield from paper_pages.paper_pages(self)
        if self.options.preview:
            yield from paper_pages.unreadable_pages(self)

    def _pages_of(self, view: View) -> tuple[PageSource, ...]:
        return tuple(listing_pages.group_pages(self, view))

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
        surroundings = self.surroundings(directory_urls=directory_urls)
        for export in EXPORTS:
            made_from = (self.papers, tuple(self.notes))
            content = functools.partial(self._export, export, surroundings)
            yield export.file, self.memory.recall("export", (export.name, directory_urls), made_from, content)
        yield INDEX, self.browse_index(directory_urls=directory_urls)
        yield from feed_files(self)

    def _export(self, export: Export, surroundings: Surroundings) -> bytes:
        kind = f"entry of {export.name}, {surroundings.directory_urls}"
        self.memory.keep_only(kind, self.library.papers)

        def entry(paper: Paper, surroundings: Surroundings) -> str:
            made_from = (paper, surroundings.note(paper), surroundings.citation_keys[paper.key])
            return self.memory.recall_part(kind, paper.key, made_from, lambda: export.entry(paper, surroundings))

        return dataclasses.replace(export, entry=entry).content(self.papers, surroundings)

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
    def _note_headers(self) -> dict[str, contents.NoteHeader]:
        return note_pages.note_headers(self)
