"""What the search finds on each page of a build, kept page by page, so that a save changes what it has rendered.

It touches the search plugin's ``search_index``: a list of entries, to which the plugin adds those of each page.
"""

import contextlib
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from pathlib import Path
from typing import Any

from mkdocs.structure.pages import Page

from mkdocs_papers.search.document import Document
from mkdocs_papers.search.index import Postings, SearchIndex
from mkdocs_papers.site import search
from mkdocs_papers.site.build import Build
from mkdocs_papers.site.build_cache.pages import Found
from mkdocs_papers.site.context import Context


class SearchOutput:
    """What the search finds on each page of a build, and of the saves after it."""

    def __init__(self, context: Context) -> None:
        self._language = context.renderer.language
        self._plugin: Any = search.search_plugin(context.config)
        self._has_own_index = search.worker(context.config) is not None
        self._index = SearchIndex()
        self._found: dict[str, Found] = {}
        self._documents: dict[str, Document] = {}
        self._changed: set[str] = set()
        """The locations of documents that have come, changed or gone since the index was written."""
        self._seen = 0
        self._meta: MutableMapping[str, Any] = {}
        self._content: str | None = None
        self._is_looked_at = search.is_looked_at_by_others(context.config)

    def read(self, page: Page) -> None:
        """The search plugin is about to look at a page: where the index is ours, keep it from looking."""
        if self._has_own_index and self._list is not None:
            self.take(page.file.src_uri, search.document(page, self._language))
            self._meta, page.meta = page.meta, {**page.meta, "search": {"exclude": True}}
            if not self._is_looked_at and not search.has_search_attributes(page.content or ""):
                # It would go through all of it by a slow pattern, and take nothing out.
                self._content, page.content = page.content, ""

    def note(self, page: Page) -> None:
        """The search plugin has looked at a page: decide what the search finds there, and remember it."""
        entries = self._list
        if entries is None:
            return
        if self._has_own_index:
            page.meta = self._meta
            if self._content is not None:
                page.content, self._content = self._content, None
        else:
            made = entries[self._seen :]
            del entries[self._seen :]
            in_html = search.is_in_html(self._plugin.search_index)
            self.take(page.file.src_uri, tuple(search.entries(page, made, in_html=in_html)))

    def take(self, path: str, found: Found) -> None:
        """Remember what the search finds on a page."""
        entries = self._list
        if entries is None:
            return
        self._replace(path, found)
        if isinstance(found, tuple):
            entries += found
            self._seen = len(entries)

    def of(self, path: str) -> Found:
        """What the search finds on a page."""
        return self._found.get(path)

    def begin_save(self) -> None:
        """Pages are going to be rendered again."""
        if self._list is not None:
            self._list.clear()
        self._seen = 0

    def forget(self, paths: Iterable[str]) -> None:
        """Pages are no more."""
        for path in paths:
            self._replace(path, None)

    def _replace(self, path: str, found: Found) -> None:
        before = self._found.pop(path, None)
        if isinstance(before, Document) and self._documents.get(before.location) is before:
            del self._documents[before.location]
            self._changed.add(before.location)
        if found is not None:
            self._found[path] = found
        if isinstance(found, Document):
            self._documents[found.location] = found
            self._changed.add(found.location)

    def resume(self, documents: Mapping[str, Document], postings: Postings) -> None:
        """Go on from the index of the build before; see `SearchIndex.resume`."""
        if self._has_own_index:
            # Whatever stands in the cache: else it is made anew.
            with contextlib.suppress(ValueError):
                self._index.resume(documents, postings)

    def finish_build(
        self, build: Build, write: Callable[[str, bytes], None]
    ) -> tuple[Mapping[str, Document], Postings]:
        """Write our index after a whole build, and give what `resume` takes; the search plugin writes its own."""
        if self._has_own_index:
            self._write(build, write)
        return self._documents, self._index.postings()

    def finish_save(
        self, build: Build, write: Callable[[str, bytes], None], remove: Callable[[Iterable[str], Path], None]
    ) -> None:
        """Write what a save has changed in the index."""
        if self._list is None:
            return
        if self._has_own_index:
            remove(self._write(build, write, self._changed), Path(build.config.site_dir))
        else:
            found = [self._found.get(path) for path in build.order()]
            self._list[:] = [entry for each in found if isinstance(each, tuple) for entry in each]
            self._plugin.on_post_build(config=build.config)

    def _write(
        self, build: Build, write: Callable[[str, bytes], None], among: Iterable[str] | None = None
    ) -> list[str]:
        """Write the files of our index that are not as they were; gives those that are no more."""
        changes = self._index.update(self._documents, among)
        self._changed.clear()
        folder = Path(build.config.site_dir, search.FOLDER)
        for name, content in changes.written.items():
            write(str(folder / name), content)
        return [str(folder / name) for name in changes.removed]

    @property
    def _list(self) -> list[Any] | None:
        """The list of entries of the search plugin's index."""
        index: Any = getattr(self._plugin, "search_index", None)
        if index is None:
            return None
        entries: list[Any] = index.entries if search.is_in_html(index) else index._entries  # noqa: SLF001
        return entries
