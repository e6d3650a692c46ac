"""From MkDocs' events to pages: a whole build page by page, and the saves after it.

MkDocs calls `Engine.write` for each page of the library that is not in the navigation (see `files.OwnFile`).
``mkdocs build`` takes over from the build before whatever would come out the same (see `build_cache`). In ``mkdocs
serve``, after the first build, a save comes to `Engine.rebuild` (see `rebuild`).

It touches ``LiveReloadServer.builder``: what the server calls after a change; it has no hook for it.
"""

from __future__ import annotations

import gc
import logging
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_build_date

from mkdocs_papers.library.cache_folder import cache_folder
from mkdocs_papers.search.document import Document
from mkdocs_papers.search.index import Postings
from mkdocs_papers.site.assembly import Assembly
from mkdocs_papers.site.build import Build, Inputs, included
from mkdocs_papers.site.build_cache.cache import BuildCache
from mkdocs_papers.site.build_cache.fingerprint import (
    configuration_fingerprint,
    menu_fingerprint,
    page_fingerprint,
)
from mkdocs_papers.site.build_cache.readings import CachedReadings
from mkdocs_papers.site.context import Context
from mkdocs_papers.site.files import PLUGIN, OwnFile, SourceFile
from mkdocs_papers.site.garbage import LateCollector, release, uncollected
from mkdocs_papers.site.global_inputs import global_inputs, snapshot
from mkdocs_papers.site.library_files import LibraryFiles
from mkdocs_papers.site.macros import Macros
from mkdocs_papers.site.page_events import new_page, render
from mkdocs_papers.site.rebuild import Assemble, Pages, rebuild, takes_in
from mkdocs_papers.site.search_output import SearchOutput
from mkdocs_papers.site.shell import Shells, folders_of
from mkdocs_papers.site.sitemap import Sitemap
from mkdocs_papers.site.writer import SiteWriter

if TYPE_CHECKING:  # three megabytes, which a build needs not
    from mkdocs.livereload import LiveReloadServer

log = get_plugin_logger(__name__)


class Engine:
    """Renders the pages of one site.

    Attributes:
        sitemap: takes the pages that MkDocs does not list.
        rendered: source paths of the pages rendered since the last build or rebuild began, in order.
    """

    def __init__(self, assemble: Assemble, finish_pictures: Callable[[], None]) -> None:
        """Begin, with what reads the library again after a save, and what waits for pictures that are made."""
        self._assemble, self._finish_pictures = assemble, finish_pictures
        self.sitemap = Sitemap()
        self.writer = SiteWriter()
        self.rendered: list[str] = []
        self._build: Build | None = None
        self._cache: BuildCache | None = None
        self._warnings = _Warnings()

    @property
    def written(self) -> int:
        """How many files were written since the last build or rebuild began."""
        return self.writer.written

    @property
    def in_full(self) -> int:
        """For how many pages the theme's template was rendered; the others share what stands around them."""
        return self._pages.shells.in_full

    # A whole build

    def begin(self, context: Context, macros: Macros) -> None:
        """A whole build begins; whatever is known of the last one is void."""
        self.abandon()
        self._context, self._build, self._macros = context, None, macros
        self.rendered.clear()
        self.writer.begin()
        # Before MkDocs reads any of it, so that no change in between is lost.
        docs = snapshot([Path(context.config.docs_dir)])
        self._inputs = Inputs(snapshot(global_inputs(context.config)), docs, get_build_date())
        shells = Shells(enabled=not context.unknown_plugins)
        self._pages = Pages({}, {}, SearchOutput(context), self.sitemap, shells, self.rendered, macros.reads)
        self._warnings.listen()

    def open_cache(self) -> CachedReadings | None:
        """What the build before has read, which is nothing the first time; None where nothing may be kept."""
        context = self._context
        if not context.options.incremental or self._needs_whole_site("build renders"):
            return None
        self._cache = BuildCache(cache_folder(context.root, "build"), configuration_fingerprint(context.config))
        with uncollected():
            self._cache.open()
            index = self._cache.index()
            if index:
                self._pages.search.resume(*index)
        return self._cache.readings

    def keep_readings(self, readings: CachedReadings) -> None:
        """Keep for the next build what this one has read."""
        if self._cache is not None:
            self._cache.keep_readings(readings)

    def adopt(self, assembly: Assembly, nav: Navigation, env: jinja2.Environment) -> None:
        """Take over what pages are rendered in; from now on they can be."""
        documents = tuple(assembly.files.documentation_pages(inclusion=included(self._context)))
        others = tuple([file for file in assembly.files if file.generated_by != PLUGIN])
        self._build = Build(self._context, self._inputs, assembly, nav, env, documents, others)
        self.sitemap.build = self._build
        self._pages.shells.folders = folders_of(page.url for page in nav.pages)
        if self._cache:
            self._menu = menu_fingerprint(nav, documents)

    @property
    def build(self) -> Build:
        """The build, once pages can be rendered."""
        assert self._build is not None  # noqa: S101 - hooks come in MkDocs' order
        return self._build

    def env(self) -> jinja2.Environment:
        """The theme's templates; before MkDocs has shown them to all plugins, as the theme has them."""
        return self._build.env if self._build else self._context.config.theme.get_env()

    def write(self, file: OwnFile) -> None:
        """Write a page that is not in the navigation, and forget it."""
        self._write(file)
        if isinstance(file, SourceFile) and not self._context.preview:
            # No save asks for it, and the search index finds room where the sources were.
            del file.source

    def _write(self, file: OwnFile) -> None:
        """Write a page, rendered or as the build before left it."""
        cache, pages, path = self._cache, self._pages, file.src_uri
        fingerprint = page_fingerprint(file, self._menu) if cache else None
        if cache and fingerprint:
            finished = cache.take(path, fingerprint, file.url, self.build.assembly.files.address)
            if finished:
                self.writer.write(file.abs_dest_path, finished.output)
                pages.search.take(path, finished.found)
                return
        warned = self._warnings.count
        output = render(new_page(file, self.build), self.build, pages.shells)
        file.page = None
        self.writer.write(file.abs_dest_path, output)
        # What macros or other files say, nobody can foresee; and what is wrong is said every time.
        is_foreseen = not self._macros.has_run(path) and not takes_in(file, self.build)
        if cache and fingerprint and is_foreseen and warned == self._warnings.count:
            cache.keep(path, fingerprint, output, pages.lookups.get(path, {}), pages.search.of(path))

    @staticmethod
    def begin_page(files: LibraryFiles) -> None:
        """A page begins to be read: what it asks of the files from now on is what it depends on."""
        files.lookups = {}

    def end_page(self, page: Page, files: LibraryFiles) -> None:
        """A page is read."""
        self._pages.note_lookups(page.file.src_uri, files.lookups or {})
        files.lookups = None

    def note_content(self, page: Page) -> None:
        """The search plugin is about to look at a page, whose content is whole."""
        self._pages.search.read(page)

    def note_rendered(self, page: Page) -> None:
        """The search plugin has looked at a page, which is about to be written."""
        self._pages.search.note(page)
        self.rendered.append(page.file.src_uri)

    def complete(self) -> None:
        """The build is done, and may be what saves start from."""
        self._finish_pictures()
        search = self._pages.search
        if not self._context.preview:
            # The search index takes as much memory.
            self._context.renderer.forget()

        def write_index() -> tuple[Mapping[str, Document], Postings]:
            return search.finish_build(self.build, self.writer.write)

        if self._cache is None:
            write_index()
        else:
            self._cache.close(write_index)
            self._cache = None
        self._warnings.stop()
        release()
        context = self._context
        self.writer.served = (
            context.preview and context.options.incremental and not self._needs_whole_site("save rebuilds")
        )
        if self.writer.served:
            # Most of what is there now stays for as long as the server runs: no use in looking through it for garbage.
            gc.collect()
            gc.freeze()

    def abandon(self) -> None:
        """The build has failed: it keeps nothing for the next."""
        self._cache = None
        self._warnings.stop()
        release()

    def _needs_whole_site(self, what: str) -> bool:
        """Whether a plugin may do more than look at one page at a time; says so in one line."""
        names = self._context.unknown_plugins
        if names and self._context.options.incremental:
            log.info(
                "every %s the whole site, because of the plugin %s; if it looks at one page at a time, "
                "name it in the option 'incremental_plugins'",
                what,
                ", ".join(map(repr, sorted(names))),
            )
        return bool(names)

    # After a save

    def serve(self, server: LiveReloadServer) -> None:
        """Answer changes by a rebuild of what changed, where that is possible."""
        whole, collector = server.builder, LateCollector()

        def builder() -> None:
            started = time.monotonic()
            with collector.later():
                rebuilt = self.rebuild()
            if rebuilt:
                log.info("Rebuilt %d pages in %.2f seconds", len(self.rendered), time.monotonic() - started)
            else:
                collector.resume()
                whole()

        server.builder = builder

    def rebuild(self) -> bool:
        """Render what has changed since the last build or save; whether the site is as a fresh build would give it."""
        if self._build is None or not self.writer.served:
            return False
        self.rendered.clear()
        self.writer.written, self._pages.shells.in_full = 0, 0
        now = None
        try:
            with uncollected():
                now = rebuild(self._build, self._pages, self.writer, self._assemble)
        except Exception as error:  # noqa: BLE001 - whatever it is, a whole build says it better, and stops where it must
            log.warning("The changed pages could not be rebuilt by themselves (%r), so everything is built", error)
        if now is None:
            self.writer.served = False
            return False
        self._finish_pictures()
        self._build = now
        return True


class _Warnings(logging.Handler):
    """Counts what is warned of, so that a page of which something is said is not taken over in silence."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:  # noqa: ARG002 - logging's signature
        self.count += 1

    def listen(self) -> None:
        """Begin to count."""
        logging.getLogger("mkdocs").addHandler(self)

    def stop(self) -> None:
        """Count no more."""
        logging.getLogger("mkdocs").removeHandler(self)
