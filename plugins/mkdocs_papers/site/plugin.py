"""The plugin: MkDocs' hooks, each a few lines that call a plain function."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority

from mkdocs_papers.library.cache import cache_folder
from mkdocs_papers.pages.markup import MarkupError
from mkdocs_papers.pages.render import Renderer
from mkdocs_papers.pages.thumbnails import Thumbnails
from mkdocs_papers.site import assembly, content, macros, notes, search
from mkdocs_papers.site.build_cache.readings import recalled
from mkdocs_papers.site.engine import Engine
from mkdocs_papers.site.files import NotePage
from mkdocs_papers.site.garbage import uncollected
from mkdocs_papers.site.global_inputs import global_inputs
from mkdocs_papers.site.loader import Loader
from mkdocs_papers.site.macro_values import LibraryVariable
from mkdocs_papers.site.options import PapersConfig, core_settings, page_options, project_root, site_language
from mkdocs_papers.site.picture_sizes import PictureSizes
from mkdocs_papers.site.reports import Reports
from mkdocs_papers.site.strangers import Strangers
from mkdocs_papers.site.watch import quicken, watch_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    import jinja2
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from mkdocs_papers.library.model import Library
    from mkdocs_papers.library.settings import Settings
    from mkdocs_papers.pages.sources import Site


class PapersPlugin(BasePlugin[PapersConfig]):
    """A folder of records and notes as pages of the site."""

    def __init__(self) -> None:
        super().__init__()
        self.preview, self._dirty = False, False
        self.engine = Engine(self)
        self.loader = Loader()
        self.reports = Reports()

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Learn whether this is the owner's preview; a plugin with this hook lives across the rebuilds of ``serve``."""
        self.preview = command == "serve"
        self._dirty = dirty

    # Before the search plugin fills in what the site's owner left open.
    @event_priority(100)
    def _on_config_for_search(self, config: MkDocsConfig) -> MkDocsConfig | None:
        """Tell the search plugin how to take words apart."""
        if not self.config.enabled:
            return None
        search.configure(config)
        return config

    # After mkdocs-macros-plugin's on_config, whichever comes first in the configuration.
    @event_priority(-100)
    def _on_config(self, config: MkDocsConfig) -> MkDocsConfig | None:
        """Check the options, and add what the pages need: assets, folders to watch, macros."""
        if not self.config.enabled:
            return None
        self.settings: Settings = core_settings(self.config, config)
        self.root = project_root(config)
        self.reports.levels = self.settings.levels
        if not self.preview:
            self.reports.forget()
        self.renderer = Renderer(
            site_language(config),
            directory_urls=config.use_directory_urls,
            overrides=[Path(folder) for folder in config.theme.dirs],
            meta_dir=self.settings.meta,
            notes_dir=self.settings.notes,
        )
        assembly.add_assets(config)
        config.watch += [str(path) for path in (*self._folders(), *global_inputs(config)) if path.exists()]
        self.loader.begin(preview=self.preview)
        self.thumbnails = Thumbnails(self.root, self.settings.notes)
        self.strangers = Strangers(self.root, self.settings.notes)
        self.engine.begin(config)
        self.macros = macros.Macros(lambda: self.site, lambda: self.renderer, lambda: self._page, self.root)
        macros_plugin = config.plugins.get("macros")
        if macros_plugin is not None:
            macros.register(macros_plugin, self.macros, {"library": LibraryVariable(self._asked_library)})
            macros.name_anchors(config, self.macros)
        if not self.preview and not self._dirty:
            cache = self.engine.open_cache(config, cache_folder(self.root, "build"))
            if cache is not None:
                self.loader.readings.known = recalled(cache.readings, self.settings.meta)
        self.picture_sizes = PictureSizes(self.root / self.settings.notes, self.loader.readings)
        return config

    on_config = CombinedEvent(_on_config_for_search, _on_config)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files | None:
        """Load the library and add its pages, notes and files."""
        if not self.config.enabled:
            return None
        with uncollected():
            self.assembly = self.assemble(files, config)
        # What is there now stays until the end of the build: no use in looking through it for garbage.
        gc.freeze()
        assembly.place_indices(self.assembly, config, site_language(config)("view.library"))
        return self.assembly.files

    def assemble(
        self, others: Iterable[File], config: MkDocsConfig, before: assembly.Assembly | None = None
    ) -> assembly.Assembly:
        """Load the library, and put it among the site's other files; report what is wrong."""
        with uncollected():
            library = self.loader.library(self.settings)
            if self.config.sanitize_notes:
                library = self.strangers.cleaned(library)
            options = page_options(self.config, config, preview=self.preview)
            self.covers = self.thumbnails.covers_of(library)
            sizes = self.picture_sizes.of(library.stamps)
            self.site: Site = self.loader.site(library, self.settings, options, self.covers.pictures, sizes)
            found = assembly.assemble(others, self.site, config, self, before)
            self.reports.update(
                "the library", [*library.problems, *self.strangers.problems, *self.covers.problems, *found.problems]
            )
            self.files = found.files
        return found

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
        """Take over the navigation that pages are rendered in."""
        if self.config.enabled:
            self.engine.adopt(config, self.assembly, nav)

    # After all other plugins: what they add to the theme's templates is there then.
    @event_priority(-100)
    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> None:
        """Take over the theme's templates: from here on pages can be rendered."""
        if self.config.enabled:
            self._env = env
            self.engine.adopt_env(env)

    def on_pre_template(
        self, template: jinja2.Template, *, template_name: str, config: MkDocsConfig
    ) -> jinja2.Template:
        """Keep the template at hand: the sitemap may be the theme's own or another."""
        self._template = template
        return template

    def on_template_context(
        self,
        context: TemplateContext,
        *,
        template_name: str,
        config: MkDocsConfig,
    ) -> TemplateContext:
        """List our pages in the sitemap."""
        if self.config.enabled and template_name == "sitemap.xml":
            self.engine.begin_sitemap(context, self._template)
        return context

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Put the addresses of our pages into the sitemap."""
        if self.config.enabled and template_name == "sitemap.xml":
            return self.engine.finish_sitemap(output)
        return output

    # After the search plugin, which looks at pages in this event.
    @event_priority(-100)
    def on_page_context(
        self,
        context: TemplateContext,
        *,
        page: Page,
        config: MkDocsConfig,
        nav: Navigation,
    ) -> None:
        """Settle what the search finds on the page, and remember it."""
        if self.config.enabled:
            self.engine.note_entries(page)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """The build is done."""
        if self.config.enabled:
            self.engine.complete()
            # In a preview a record may be half written, and want its cover again with the next save.
            if not self.preview:
                self.thumbnails.forget_others()

    def on_build_error(self, *, error: Exception) -> None:
        """The build has failed."""
        self.engine.abandon()

    @event_priority(100)
    def on_pre_page(self, page: Page, *, config: MkDocsConfig, files: Files) -> Page:
        """Keep the page at hand for the macros on it, and begin to note what it asks for."""
        if self.config.enabled:
            self._page = page
            self.macros.start(page)
            self.engine.note_lookups(page, begins=True)
        return page

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str | None:
        """Put in what macros gave, and a note's header."""
        if not self.config.enabled:
            return None
        finished = content.finish(html, page, self)
        self.engine.note_lookups(page, begins=False)
        return finished

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str | None:
        """Put in what the page says of itself to programs."""
        if not self.config.enabled:
            return None
        return content.add_head(output, page, self)

    # Last: other plugins hand the server's builder back to it, and it takes no other then.
    @event_priority(-100)
    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> None:
        """Watch the library's folders, those that do not exist yet too, and rebuild what a change touches."""
        if not self.config.enabled:
            return
        quicken(server, self._folders())
        for folder in self._folders():
            if not folder.is_dir():
                watch_for(server, folder)
        self.engine.serve(server)

    def convert_note(self, page: NotePage, config: MkDocsConfig) -> None:
        """Convert a note's Markdown."""
        content.settle_template(page, self, self._env)
        context = content.note_context(page, self)
        try:
            converted = notes.convert(page.markdown or "", config, context, sanitize=self.config.sanitize_notes)
        except MarkupError as error:
            converted = content.as_source(page, self, str(error))
        page.content = converted.content
        page.toc = converted.toc
        page.present_anchor_ids = converted.anchors
        page.links_to_anchors = {}

    def _asked_library(self) -> Library:
        self.macros.note(macros.Asked.EVERYTHING)
        return self.site.library

    def _folders(self) -> list[Path]:
        return [self.root / self.settings.meta, self.root / self.settings.notes]
