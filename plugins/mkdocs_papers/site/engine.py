"""Rendering pages, all of them or only those that changed: the one module that touches MkDocs' insides.

In a build, MkDocs calls `Engine.write` for each page of the library (see `files.OwnFile`). ``mkdocs build`` takes over
from the build before whatever would come out the same (see `build_cache`). In ``mkdocs serve``, after the first build,
a save comes to `Engine.rebuild`: it loads the library again, finds the pages whose sources differ, and renders just
those into the same folder. What it leaves behind is, byte for byte, what a fresh build would write; where it cannot
promise that (another configuration, theme or macro file, a page whose title is part of the menu), it does nothing and
says so, and MkDocs builds everything.

What is touched, and why:

- ``build.get_context``: what a theme's templates see. There is no public way to render one page.
- ``build._build_template``: renders the sitemap anew when a page comes or goes.
- ``files._src_uris``: MkDocs makes this map of its files by asking each for its path, and there are ten thousands.
- ``config._current_page``: MkDocs sets it around each page, and other plugins read it.
- ``LiveReloadServer.builder``: what the server calls after a change; it has no hook for it.
- the search plugin's ``search_index``: its entries are kept page by page.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import json
import logging
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from mkdocs.commands import build
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.utils import get_build_date, get_build_timestamp

from mkdocs_papers.library.memory import Stamp
from mkdocs_papers.site import search, sitemap
from mkdocs_papers.site.build_cache.cache import BuildCache
from mkdocs_papers.site.build_cache.fingerprint import configuration_fingerprint, menu_fingerprint, page_fingerprint
from mkdocs_papers.site.build_cache.readings import readings_of
from mkdocs_papers.site.files import PLUGIN, Lookup, NoteFile, OwnFile, SourcePage, file_name
from mkdocs_papers.site.garbage import LateCollector, uncollected
from mkdocs_papers.site.global_inputs import global_inputs, snapshot
from mkdocs_papers.site.loader import papers_differ
from mkdocs_papers.site.macros import Asked
from mkdocs_papers.site.notes import INCLUDING
from mkdocs_papers.site.shell import Shells
from mkdocs_papers.site.writing import BesideWriter, make_folder, write_new

if TYPE_CHECKING:
    import jinja2
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from mkdocs_papers.site.assembly import Assembly
    from mkdocs_papers.site.files import LibraryFiles
    from mkdocs_papers.site.plugin import PapersPlugin

log = get_plugin_logger(__name__)

SAFE_PLUGINS = frozenset({"papers", "search", "material/search", "macros", "material/info", "material/offline"})
"""Plugins whose hooks look at one page at a time, so that a page may be rendered alone."""

_TAKES_IN = ("{%", "--8<--")
"""What may take other files into a page: a macro language's statements, and snippets."""

_SEARCH_MARK = re.compile(r'data-search-\w+="')
"""What Material's search plugin takes away from a page once it has read it; all else stays."""

_READING = INCLUDING - {"pymdownx.snippets"}
"""Markdown extensions under which a note may take in other files in words that are not known here."""


@dataclass
class _Build:
    """What MkDocs has made in the last whole build, and pages are rendered in."""

    config: MkDocsConfig
    assembly: Assembly
    nav: Navigation
    env: jinja2.Environment
    others: tuple[File, ...]
    outside: dict[str, Stamp]
    docs: dict[str, Stamp]
    date: str
    shells: Shells
    only_safe: bool
    """Whether there are no plugins but the safe ones, whose every hook is known."""
    context: Mapping[str, Any] = field(default_factory=dict)
    documents: list[File] = field(default_factory=list)
    lookups: dict[str, dict[Lookup, str | None]] = field(default_factory=dict)
    entries: dict[str, list[Any]] = field(default_factory=dict)
    texts: dict[str, bytes] = field(default_factory=dict)
    """The search index's entries as they are written, page by page."""
    found: dict[str, None] | None = None
    """The pages that a search finds, in the order of the index; None where it has to be settled."""


class Engine:
    """Renders the pages of one site.

    Attributes:
        rendered: source paths of the pages rendered since the last build or rebuild began, in order.
        written: how many files were written in that time.
        in_full: for how many pages the theme's template was rendered; the others share what stands around them.
    """

    def __init__(self, plugin: PapersPlugin) -> None:
        self._plugin = plugin
        self._build: _Build | None = None
        self._complete = False
        self.rendered: list[str] = []
        self.written = 0
        self.in_full = 0
        self._seen = 0
        self._folders: set[str] = set()
        self._cache: BuildCache | None = None
        self._menu = b""
        self._warnings = _Warnings()
        self._beside = BesideWriter(self._write)
        self._unwritten = 0
        self._unlisted: list[str] = []

    # In every build

    def begin(self, config: MkDocsConfig) -> None:
        """A whole build begins; whatever is known of the last one is void."""
        self._build, self._complete, self._seen = None, False, 0
        gc.unfreeze()
        self._folders, self._unlisted = set(), []
        self.rendered, self.written, self.in_full = [], 0, 0
        # Before MkDocs reads any of it, so that no change in between is lost.
        self._outside = snapshot(global_inputs(config))
        self._docs = snapshot([Path(config.docs_dir)])
        self.abandon()
        self._warnings.listen()

    def abandon(self) -> None:
        """The build has failed: it keeps nothing for the next."""
        self._cache, self._unwritten = None, 0
        with contextlib.suppress(OSError):
            self._beside.finish()
        self._warnings.stop()

    def open_cache(self, config: MkDocsConfig, folder: Path) -> BuildCache | None:
        """What the build before has kept, which is nothing the first time; None where nothing may be kept.

        Args:
            config: the site's configuration.
            folder: the cache folder.
        """
        if not self._plugin.config.incremental or self._stands_in_the_way(config, "build renders"):
            return None
        self._cache = BuildCache(folder, configuration_fingerprint(config))
        self._cache.open()
        return self._cache

    def adopt(self, config: MkDocsConfig, assembly: Assembly, nav: Navigation) -> None:
        """Take over the files and the navigation that pages are rendered in."""
        self._build = _Build(
            config,
            assembly,
            nav,
            env=None,  # type: ignore[arg-type] # comes next, before any page
            others=tuple(file for file in assembly.files if file.generated_by != PLUGIN),
            outside=self._outside,
            docs=self._docs,
            date=get_build_date(),
            shells=Shells(self._in_full, enabled=not self._strangers(config)),
            only_safe=SAFE_PLUGINS.issuperset(config.plugins),
        )

    def adopt_env(self, env: jinja2.Environment) -> None:
        """Take over the theme's templates; from now on pages can be rendered."""
        made = self._made
        made.env = env
        made.documents = list(made.assembly.files.documentation_pages(inclusion=self._inclusion))
        if self._cache is not None:
            self._menu = menu_fingerprint(made.nav, made.documents)
        self._unwritten = len(made.assembly.own) - len(made.assembly.in_nav)

    @property
    def _made(self) -> _Build:
        assert self._build is not None  # noqa: S101 - hooks come in MkDocs' order
        return self._build

    @property
    def _inclusion(self) -> Callable[[InclusionLevel], bool]:
        return InclusionLevel.is_in_serve if self._plugin.preview else InclusionLevel.is_included

    def write(self, file: OwnFile) -> None:
        """Write a page that is not in the navigation, and forget it; it is there when the last of them has come."""
        self._write_own(file)
        self._unwritten -= 1
        if not self._unwritten:
            # Whatever MkDocs and other plugins do next finds all pages there.
            self._beside.finish()

    def _write_own(self, file: OwnFile) -> None:
        """Write a page rendered, or as the build before left it."""
        cache, path, made = self._cache, file.src_uri, self._made
        fingerprint = page_fingerprint(file, self._menu) if cache else None
        if cache is None or fingerprint is None:
            self._render_own([file])
            return
        finished = cache.take(path, fingerprint, file.url, made.assembly.files.address)
        if finished is not None:
            self.written += 1
            self._beside.write(file.abs_dest_path, finished.output)
            if finished.lookups:
                made.lookups[path] = finished.lookups
            self._take_entries(path, finished.entries)
            return
        warned = self._warnings.count
        output = self._render(self._new_page(file))
        file.page = None
        if warned == self._warnings.count and not self._is_of_its_own(file):
            cache.keep(path, fingerprint, output, made.lookups.get(path, {}), made.entries.get(path, []))

    def _take_entries(self, path: str, found: list[Any]) -> None:
        """Put what the search finds on a page into the index, where the build before has found it out."""
        self._made.entries[path] = found
        index = self._search_index()
        if index is not None:
            entries = getattr(index, self._entries_name(index))
            entries += found
            self._seen = len(entries)

    def _is_of_its_own(self, file: OwnFile) -> bool:
        """Whether a page may show what nobody can foresee, so that each build has to render it."""
        return self._plugin.macros.has_run(file.src_uri) or self._takes_in(file)

    def _new_page(self, file: OwnFile) -> Page:
        """A page that is not in the navigation, with the index page above it that the navigation marks as its place."""
        made = self._made
        page = file.new_page(made.config)
        for section in file.sections:
            index = made.assembly.files.get_file_from_path(f"{section}/index.md")
            if index is not None and index.page in made.nav.pages:
                # A page's parent is a section, says MkDocs; all that it and themes ask of it, a page can answer too.
                page.parent = index.page  # type: ignore[assignment]
                break
        return page

    def _render(self, page: Page) -> bytes:
        """Render a page as MkDocs does, with all events in its order, and write it; gives what was written."""
        made = self._made
        config, files, plugins = made.config, made.assembly.files, made.config.plugins
        config._current_page = page  # noqa: SLF001
        try:
            page = plugins.on_pre_page(page, config=config, files=files)
            page.read_source(config)
            page.markdown = plugins.on_page_markdown(page.markdown or "", page=page, config=config, files=files)
            page.render(config, files)
            page.content = plugins.on_page_content(page.content or "", page=page, config=config, files=files)
            page.active = True
            context = build.get_context(made.nav, made.documents, config, page)
            with self._unseen(page):
                made.context = plugins.on_page_context(context, page=page, config=config, nav=made.nav)
            output = plugins.on_post_page(made.shells.output(page), page=page, config=config)
        finally:
            page.active = False
            config._current_page = None  # noqa: SLF001
        content = output.encode("utf-8", errors="xmlcharrefreplace")
        self._write_now(page.file.abs_dest_path, content)
        return content

    @contextlib.contextmanager
    def _unseen(self, page: Page) -> Iterator[None]:
        """Keep a page of the library from the search plugin, which would go through all of it for nothing.

        What the search finds there comes from the library, and no other plugin is there to look.
        """
        content = page.content or ""
        if isinstance(page, SourcePage) and self._made.only_safe and not _SEARCH_MARK.search(content):
            page.content = ""
            try:
                yield
            finally:
                page.content = content
        else:
            yield

    def _in_full(self, page: Page) -> str:
        """A page with the theme around it, its template rendered for it alone."""
        made = self._made
        self.in_full += 1
        template = made.env.get_template(page.meta.get("template", "main.html"))
        return template.render({**made.context, "page": page})

    def _write_now(self, path: str, content: bytes) -> None:
        self.written += 1
        self._write(path, content)

    def _write(self, path: str, content: bytes) -> None:
        """Write a file so that no reader ever sees half of it; in any thread."""
        if not self._complete:
            # In a whole build nobody reads yet: the folder was emptied, and the server waits.
            write_new(self._folders, path, content)
            return
        folder = os.path.dirname(path)  # noqa: PTH120 - pages' paths are text: there are many thousands
        make_folder(self._folders, folder)
        handle, name = tempfile.mkstemp(dir=folder, prefix=".")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise

    def note_lookups(self, page: Page, *, begins: bool) -> None:
        """A page begins to be read, or is read: what it asks for in between is what it depends on."""
        made = self._made
        files = made.assembly.files
        if begins:
            files.lookups = {}
        else:
            # Most pages ask for nothing; what these are is not looked through after each save.
            made.lookups.pop(page.file.src_uri, None)
            if files.lookups:
                made.lookups[page.file.src_uri] = files.lookups
            files.lookups = None

    def note_entries(self, page: Page) -> None:
        """The search plugin has looked at a page: settle what the search finds there, and remember it."""
        index = self._search_index()
        if index is not None and self._build is not None:
            entries = getattr(index, self._entries_name(index))
            found = search.entries(page, entries[self._seen :], self._plugin.renderer, in_html=search.is_in_html(index))
            entries[self._seen :] = found
            self._build.entries[page.file.src_uri] = found
            self._build.texts.pop(page.file.src_uri, None)
            self._seen = len(entries)
        self.rendered.append(page.file.src_uri)

    def _search_index(self) -> Any:
        plugin = search.search_plugin(self._made.config) if self._build else None
        return getattr(plugin, "search_index", None)

    @staticmethod
    def _entries_name(index: Any) -> str:
        return "entries" if search.is_in_html(index) else "_entries"

    def begin_sitemap(self, context: TemplateContext, template: jinja2.Template) -> None:
        """Put the pages that MkDocs does not list itself into what the sitemap's template reads."""
        made = self._made
        if made.config.site_url:
            urls = self._urls()
            # Other plugins see all pages, or may see them, and so may another template.
            self._unlisted = urls if self._sitemap_is_known(template) else []
            ours = sitemap.marks(made.date) if self._unlisted else sitemap.listed(urls, made.date)
            context["pages"] = [*context["pages"], *ours]  # type: ignore[list-item] # what it reads

    def finish_sitemap(self, output: str) -> str:
        """The sitemap, given what its template made of the pages."""
        urls, self._unlisted = self._unlisted, []
        return sitemap.filled(output, urls) if urls else output

    def _urls(self) -> list[str]:
        """The addresses of the pages that MkDocs does not list itself."""
        base = str(self._made.config.site_url).rstrip("/")
        assembly = self._made.assembly
        known, in_nav = assembly.footing.urls if assembly.footing else {}, set(assembly.in_nav)
        urls = [known.get(path) or file.url for path, file in assembly.own.items() if path not in in_nav]
        return [f"{base}/{'' if url == './' else url}" for url in urls]

    def complete(self) -> None:
        """The build is done, and may be the ground of rebuilds."""
        # Where another plugin has taken a page of ours away, the last page has not come.
        self._beside.finish()
        if self._cache is not None:
            self._cache.close(readings_of(self._plugin.loader.readings))
            self._cache = None
        self._warnings.stop()
        gc.unfreeze()
        self._complete = self._plugin.preview and self._can_rebuild()
        if self._complete:
            # Before the first save, which somebody waits for.
            self._settle_search(self._search_index())
            # Most of what is there now stays for as long as the server runs: no use in looking through it for garbage.
            gc.collect()
            gc.freeze()

    def _can_rebuild(self) -> bool:
        return self._plugin.config.incremental and not self._stands_in_the_way(self._made.config, "save rebuilds")

    def _stands_in_the_way(self, config: MkDocsConfig, what: str) -> bool:
        """Whether a plugin may do more than look at one page at a time; says so in one line."""
        names = self._strangers(config)
        if names and self._plugin.config.incremental:
            log.info(
                "every %s the whole site, because of the plugin %s; if it looks at one page at a time, "
                "name it in the option 'incremental_plugins'",
                what,
                ", ".join(map(repr, sorted(names))),
            )
        return bool(names)

    def _strangers(self, config: MkDocsConfig) -> set[str]:
        """The plugins that may do more than look at one page at a time."""
        return set(config.plugins) - SAFE_PLUGINS - set(self._plugin.config.incremental_plugins)

    # After a save

    @staticmethod
    def hold(files: LibraryFiles, by_path: dict[str, File]) -> None:
        """Let MkDocs' files be these, by source path, in order."""
        files._src_uris = by_path  # noqa: SLF001

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
        """Render what has changed since the last build or rebuild.

        Returns:
            Whether the site is now what a fresh build would give. If not, a whole build is due.
        """
        made = self._build
        if made is None or not self._complete:
            return False
        if made.date != get_build_date() or snapshot(global_inputs(made.config)) != made.outside:
            return False
        self.rendered, self.written, self.in_full = [], 0, 0
        done = False
        try:
            with uncollected(), _Beside() as beside:
                done = self._rebuild(made, beside)
        except Exception as error:  # noqa: BLE001 - whatever it is, a whole build is the answer to it
            # What was done beside may have failed after all the rest.
            done = False
            log.warning("The changed pages could not be rebuilt alone (%r), so everything is built", error)
        if not done:
            self._complete = False
        return done

    def _rebuild(self, made: _Build, beside: _Beside) -> bool:
        config, before = made.config, made.assembly
        docs = snapshot([Path(config.docs_dir)])
        if docs.keys() != made.docs.keys():
            return False
        edited = {path for path in docs if docs[path] != made.docs[path]}
        made.docs = docs
        site = self._plugin.site
        assembly = self._plugin.assemble(made.others, config, before)
        papers_changed = papers_differ(site, self._plugin.site)
        if not _same_menu(before, assembly):
            return False
        made.assembly = assembly
        in_place = assembly.in_place
        changed = list(_changed(before, assembly).values())
        lookups = {} if in_place else made.lookups
        moved = {path for path, looked in lookups.items() if self._leads_elsewhere(looked, assembly.moved)}
        anything = bool(changed or edited or not in_place)
        stale = moved | (self._stale(assembly, papers_changed=papers_changed) if anything else set())
        if stale:
            changed += [file for path, file in assembly.own.items() if path in stale and before.own.get(path) is file]
        index = self._search_index()
        if index is not None:
            setattr(index, self._entries_name(index), [])
            self._seen = 0
        if in_place:
            made.documents = [assembly.own.get(document.src_uri, document) for document in made.documents]
        else:
            made.documents = list(assembly.files.documentation_pages(inclusion=self._inclusion))
        # In the sitemap the order counts too: a record that is mended moves up from behind the papers.
        lists_others = not in_place and bool(config.site_url) and list(before.own) != list(assembly.own)
        sitemap_is_known = self._sitemap_is_known(made.env.get_template("sitemap.xml"))
        if lists_others and sitemap_is_known:
            # To compress it takes a while, in which the pages are rendered.
            self._rewrite_sitemap(made, beside)
        doubtful = {
            document.src_uri
            for document in made.documents
            if document.src_uri in moved or (anything and self._is_stale(document, papers_changed=papers_changed))
        }
        self._render_own(changed)
        if not self._render_documents(made, edited, doubtful):
            return False
        if lists_others and not sitemap_is_known:
            self._rewrite_sitemap(made, beside)
        self._copy(before, assembly, edited, beside)
        if not in_place:
            made.found = None
        if self.rendered or not in_place:
            self._write_search(index)
        if not in_place:
            # A folder that is empty goes, so whatever comes to one has to be there.
            beside.wait()
            self._remove(before, assembly, made)
        return True

    def _sitemap_is_known(self, template: jinja2.Template) -> bool:
        """Whether the sitemap says nothing but where pages are; another plugin or template may tell what is on them."""
        return self._made.only_safe and sitemap.is_plain(template)

    def _rewrite_sitemap(self, made: _Build, beside: _Beside) -> None:
        """Write the sitemap as a whole build does."""
        files = made.assembly.files
        template = made.env.get_template("sitemap.xml")
        content = build._build_template("sitemap.xml", template, files, made.config, made.nav).encode()  # noqa: SLF001
        changed = get_build_timestamp(
            pages=[file.page for file in files.documentation_pages() if file.page is not None]
        )
        path = os.fspath(Path(made.config.site_dir, "sitemap.xml"))

        def write() -> None:
            self._write(path, content)
            self._write(f"{path}.gz", sitemap.compressed(content, f"{path}.gz", changed))

        if content.strip():
            beside.do(write)

    def _render_own(self, files: Iterable[OwnFile]) -> None:
        """Render pages of ours."""
        for file in files:
            self._render(file.page if file.in_nav and file.page else self._new_page(file))
            if not file.in_nav:
                file.page = None

    def _render_documents(self, made: _Build, edited: set[str], stale: set[str]) -> bool:
        """Render the pages of the docs folder that were edited, or may show something else now.

        Args:
            made: the build.
            edited: the files that were edited, by their paths on the disk.
            stale: the pages that may show something else, by their source paths.

        Returns:
            Whether the navigation is as it was.
        """
        for document in made.documents:
            page = document.page
            if isinstance(document, OwnFile) or page is None:
                continue
            is_edited = document.abs_src_path in edited
            if is_edited or document.src_uri in stale:
                title, meta = page.title, dict(page.meta)
                self._render(page)
                # A title and an icon stand in the menu, and so on every page.
                if is_edited and (title, meta) != (page.title, page.meta):
                    return False
        return True

    def _stale(self, assembly: Assembly, *, papers_changed: bool) -> set[str]:
        """The pages of ours that show more than themselves, and something of that may have changed."""
        asking = (assembly.own.get(path) for path in self._plugin.macros.asked)
        candidates = [file for file in asking if file is not None]
        candidates += [file for file in assembly.notes if self._takes_in(file)]
        return {file.src_uri for file in candidates if self._is_stale(file, papers_changed=papers_changed)}

    def _is_stale(self, file: File, *, papers_changed: bool) -> bool:
        """Whether a page shows more than itself, and something of that may have changed."""
        asked = self._plugin.macros.asked.get(file.src_uri)
        if asked is Asked.EVERYTHING or (asked is Asked.PAPERS and papers_changed):
            return True
        if isinstance(file, NoteFile):
            return self._takes_in(file)
        return not isinstance(file, OwnFile) and any(mark in file.content_string for mark in _TAKES_IN)

    def _takes_in(self, file: OwnFile) -> bool:
        """Whether a note may show more than what it says."""
        if not isinstance(file, NoteFile):
            return False
        return file.has_snippets or not _READING.isdisjoint(self._made.config.markdown_extensions)

    def _leads_elsewhere(self, looked: dict[Lookup, str | None], moved: AbstractSet[str] | None = None) -> bool:
        """Whether a path leads elsewhere than it did; only those to files of some names can, where these are known."""
        files = self._made.assembly.files
        return any(
            files.address(lookup) != address
            for lookup, address in looked.items()
            # Whatever a path is relative to, it ends with the name of its file, or does not say it.
            if moved is None or (name := file_name(lookup[1])) in moved or name.strip(".") == ""
        )

    def _copy(self, before: Assembly, assembly: Assembly, edited: set[str], beside: _Beside) -> None:
        """Copy the files that changed: pictures beside notes, exports, and what is no page in the docs folder."""
        for path, picture in assembly.media.items():
            if before.media.get(path) is not picture:
                self._write_now(picture.abs_dest_path, picture.content_bytes)
        for file in assembly.others:
            if file.abs_src_path in edited and not file.is_documentation_page() and self._inclusion(file.inclusion):
                self._write_now(file.abs_dest_path, file.content_bytes)
        for path, export in assembly.exports.items():
            old = before.exports.get(path)
            if old is not export and (old is None or old.content_bytes != export.content_bytes):
                self.written += 1
                beside.do(functools.partial(self._write, export.abs_dest_path, export.content_bytes))

    def _remove(self, before: Assembly, assembly: Assembly, made: _Build) -> None:
        """Remove what is no longer part of the site, and folders that are empty then."""
        now = assembly.files.src_uris
        replaced = assembly.replaced or [
            file for path, file in before.files.src_uris.items() if now.get(path) is not file
        ]
        gone = [
            file for file in replaced if now.get(file.src_uri) is None or now[file.src_uri].dest_uri != file.dest_uri
        ]
        kept = {file.dest_uri for file in assembly.files} if gone and assembly.footing is None else set()
        kept |= assembly.footing.addresses if assembly.footing else set()
        for file in gone:
            if file.dest_uri in kept:
                continue
            Path(file.abs_dest_path).unlink(missing_ok=True)
            made.lookups.pop(file.src_uri, None)
            made.entries.pop(file.src_uri, None)
            made.texts.pop(file.src_uri, None)
        site = Path(made.config.site_dir)
        folders = {folder for file in gone for folder in Path(file.abs_dest_path).parents if site in folder.parents}
        for folder in sorted(folders, key=lambda folder: len(folder.parts), reverse=True):
            with contextlib.suppress(OSError):
                folder.rmdir()
                self._folders.discard(os.fspath(folder))

    def _write_search(self, index: Any) -> None:
        """Write the search index anew, its entries in the order of a whole build."""
        if index is None:
            return
        made = self._made
        if not search.is_in_html(index):
            index._entries = [entry for path in self._order(made) for entry in made.entries.get(path, ())]  # noqa: SLF001
            made.config.plugins["search"].on_post_build(config=made.config)
            return
        # Material's own index without entries, and between its brackets the entries that are written already.
        index.entries = []
        opening, brackets, closing = index.generate_search_index(None).rpartition("[]")
        docs = list(map(made.texts.__getitem__, self._settle_search(index))) or [b""]
        docs[0] = f"{opening}{brackets[0]}".encode() + docs[0]
        docs[-1] += f"{brackets[1]}{closing}".encode()
        self._write_now(os.fspath(Path(made.config.site_dir, "search", "search_index.json")), b",".join(docs))

    def _settle_search(self, index: Any) -> Iterable[str]:
        """The pages that a search finds, in the order of the index, with their entries written."""
        made = self._made
        if index is None or not search.is_in_html(index):
            return ()
        for path in made.entries.keys() - made.texts.keys():
            made.texts[path] = b",".join(map(_entry_text, made.entries[path]))
        # Most pages are listings, which no search finds.
        if made.found is None or any(bool(made.texts[path]) != (path in made.found) for path in self.rendered):
            made.found = dict.fromkeys(filter(made.texts.get, self._order(made)))
        return made.found

    @staticmethod
    def _order(made: _Build) -> list[str]:
        """The source paths of all pages, in the order in which a whole build writes them."""
        ours = dict.fromkeys(made.assembly.own)
        for path in made.assembly.in_nav:
            ours.pop(path, None)
        return [*ours, *[file.src_uri for file in made.documents]]


def _entry_text(entry: Mapping[str, Any]) -> bytes:
    """An entry as Material's search index writes it."""
    return json.dumps(entry, separators=(",", ":"), default=str).encode()


def _changed(before: Assembly, assembly: Assembly) -> Mapping[str, OwnFile]:
    """The pages of ours that are not those of before."""
    if assembly.changed is not None:
        return assembly.changed
    return {path: file for path, file in assembly.own.items() if before.own.get(path) is not file}


def _same_menu(before: Assembly, assembly: Assembly) -> bool:
    """Whether the navigation says the same; where it does, its pages are handed over to the new files."""
    if before.indices.keys() != assembly.indices.keys():
        return False
    assembly.in_nav = before.in_nav
    for path in before.in_nav:
        old, new = before.own[path], assembly.own.get(path)
        if new is None or old.page is None:
            return False
        if new is old:
            continue
        if isinstance(old, NoteFile) or isinstance(new, NoteFile) or new.source.title != old.source.title:  # type: ignore[attr-defined]
            return False
        new.in_nav, new.inclusion, new.page = True, old.inclusion, old.page
        new.page.file = new
    return True


class _Beside:
    """Does work in a thread beside the rest, in order: to compress and to write many megabytes.

    Python need not wait for it then. For small files it is of no use: each call waits for its turn.
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "papers-beside")
        self._work: list[Future[object]] = []

    def do(self, work: Callable[[], object]) -> None:
        """Have some work done."""
        self._work.append(self._thread.submit(work))

    def wait(self) -> None:
        """Wait until all is done.

        Raises:
            Exception: what went wrong with it.
        """
        for each in self._work:
            each.result()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Wait until all is done.

        Raises:
            Exception: what went wrong with it, where nothing else has.
        """
        self._thread.shutdown(cancel_futures=kind is not None)
        if kind is None:
            self.wait()


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
