"""The search index of the site, kept page by page, so that a save changes the entries of the pages that it renders.

It touches the search plugin's ``search_index``: a list of entries, to which the plugin adds those of each page.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs_papers.site import search

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page

    from mkdocs_papers.site.build import Build
    from mkdocs_papers.site.context import Context


class SearchOutput:
    """What the search finds on each page of a build, and of the saves after it."""

    def __init__(self, context: Context) -> None:
        """A whole build begins."""
        self._renderer = context.renderer
        self._plugin: Any = search.search_plugin(context.config)
        self._entries: dict[str, list[Any]] = {}
        self._texts: dict[str, bytes] = {}
        """The entries as they are written, by source path."""
        self._found: dict[str, None] | None = None
        """The pages that a search finds, in the order of the index; None where that has to be worked out."""
        self._seen = 0

    def note(self, page: Page) -> None:
        """The search plugin has looked at a page: decide what the search finds there, and remember it."""
        entries = self._list
        if entries is not None:
            in_html = search.is_in_html(self._index)
            found = search.entries(page, entries[self._seen :], self._renderer, in_html=in_html)
            del entries[self._seen :]
            self.take(page.file.src_uri, found)

    def take(self, path: str, found: list[Any]) -> None:
        """Put what the search finds on a page into the index.

        Args:
            path: the page's source path.
            found: the entries.
        """
        entries = self._list
        if entries is not None:
            entries += found
            self._seen = len(entries)
            self._entries[path] = found
            self._texts.pop(path, None)

    def entries_of(self, path: str) -> list[Any]:
        """What the search finds on a page."""
        return self._entries.get(path, [])

    def begin_save(self) -> None:
        """Pages are going to be rendered again."""
        if self._list is not None:
            self._list.clear()
        self._seen = 0

    def forget(self, paths: Iterable[str]) -> None:
        """Pages are no more."""
        for path in paths:
            self._entries.pop(path, None)
            self._texts.pop(path, None)

    def settle(self, build: Build, rendered: Iterable[str] = (), *, in_place: bool = True) -> Iterable[str]:
        """Bring what is written of each page up to date; gives the pages that a search finds, in order.

        Args:
            build: the build.
            rendered: the pages that a save has rendered.
            in_place: whether it has left each page at its place.
        """
        if self._index is None or not search.is_in_html(self._index):
            return ()
        for path in self._entries.keys() - self._texts.keys():
            self._texts[path] = b",".join(map(_entry_text, self._entries[path]))
        # Most pages are listings, which no search finds.
        known = self._found if in_place else None
        if known is None or any(bool(self._texts.get(path)) != (path in known) for path in rendered):
            known = dict.fromkeys(filter(self._texts.get, build.order()))
        self._found = known
        return known

    def write(
        self, build: Build, rendered: Iterable[str], write: Callable[[str, bytes], None], *, in_place: bool
    ) -> None:
        """Write the index after a save, its entries in the order of a whole build.

        Args:
            build: the build.
            rendered: the pages that the save has rendered.
            write: writes a file of the site.
            in_place: whether the save has left each page at its place.
        """
        index = self._index
        if index is None:
            return
        if not search.is_in_html(index):
            index._entries = [entry for path in build.order() for entry in self.entries_of(path)]  # noqa: SLF001
            self._plugin.on_post_build(config=build.config)
            return
        # Material's own index without entries, and between its brackets the entries that are written already.
        index.entries.clear()
        opening, brackets, closing = index.generate_search_index(None).rpartition("[]")
        docs = [self._texts[path] for path in self.settle(build, rendered, in_place=in_place)] or [b""]
        docs[0] = f"{opening}{brackets[0]}".encode() + docs[0]
        docs[-1] += f"{brackets[1]}{closing}".encode()
        write(str(Path(build.config.site_dir, "search", "search_index.json")), b",".join(docs))

    @property
    def _index(self) -> Any:
        return getattr(self._plugin, "search_index", None)

    @property
    def _list(self) -> list[Any] | None:
        """The index's own list of entries."""
        index = self._index
        if index is None:
            return None
        entries: list[Any] = index.entries if search.is_in_html(index) else index._entries  # noqa: SLF001
        return entries


def _entry_text(entry: Mapping[str, Any]) -> bytes:
    """An entry as Material's search index writes it."""
    return json.dumps(entry, separators=(",", ":"), default=str).encode()
