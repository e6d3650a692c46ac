"""The plugin: MkDocs' hooks, each a few lines that call a plain function."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.utils.templates import TemplateContext

from mkdocs_papers.library.model import Library
from mkdocs_papers.pages.exports.registry import export_files
from mkdocs_papers.pages.library_pictures import LibraryPictures
from mkdocs_papers.pages.markup import MarkupError
from mkdocs_papers.pages.page_inputs import Candidate, PictureFile
from mkdocs_papers.pages.rendition_cache import RenditionCache
from mkdocs_papers.pages.sources import papers_shown
from mkdocs_papers.pages.untrusted import UntrustedFiles
from mkdocs_papers.records.problem import Place, problem
from mkdocs_papers.site import assembly, content, garbage, macros, missing, note_markdown, search
from mkdocs_papers.site.build_cache.readings import known_readings, readings_of
from mkdocs_papers.site.context import LibraryContext, context_of
from mkdocs_papers.site.engine import Engine
from mkdocs_papers.site.files import MediaFile, NotePage
from mkdocs_papers.site.global_inputs import global_inputs
from mkdocs_papers.site.home_comment import with_home
from mkdocs_papers.site.loader import Loader
from mkdocs_papers.site.macro_values import LibraryVariable
from mkdocs_papers.site.options import PapersConfig, page_options
from mkdocs_papers.site.reports import Reports

if TYPE_CHECKING:  # as in `engine`
    from mkdocs.livereload import LiveReloadServer


class PapersPlugin(BasePlugin[PapersConfig]):
    """A folder of records and notes as pages of the site."""

    def __init__(self) -> None:
        super().__init__()
        self.preview, self._dirty = False, False
        self.engine = Engine(self._assemble_again, lambda: self.reports.update("pictures", self.pictures.finish()))
        self.loader = Loader()
        self.reports = Reports()

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Learn whether this is the owner's preview; a plugin with this hook lives across the rebuilds of ``serve``."""
        self.preview = command == "serve"
        self._dirty = dirty

    # After mkdocs-macros-plugin's on_config, whichever comes first in the configuration.
    @event_priority(-100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig | None:
        """Check the options, and add what the pages need: assets, folders to watch, macros."""
        if not self.config.enabled:
            return None
        self.context = context_of(self.config, config, self._candidates, preview=self.preview)
        settings, root = self.context.settings, self.context.root
        self.reports.levels = settings.levels
        if not self.preview:
            self.reports.forget()
        assembly.add_assets(config)
        self.loader.begin(preview=self.preview)
        self.loader.read_history(root)
        log = self.loader.history.log
        watched = (*self._folders(), *global_inputs(config), *([log] if log else []))
        config.watch += [str(path) for path in watched if path.exists()]
        site, writer = Path(config.site_dir), self.engine.writer
        self.renditions = RenditionCache(
            settings,
            lambda path, content: writer.write(str(site / path), content),
            lambda paths: writer.remove([str(site / path) for path in paths], site),
        )
        self.pictures = LibraryPictures(settings, self.renditions, self.loader.readings)
        self.untrusted = UntrustedFiles(root, settings.notes)
        self.macros = macros.Macros(lambda: self.library.site, lambda: self.context.renderer, lambda: self._page, root)
        macros_plugin = config.plugins.get("macros")
        if macros_plugin is not None:
            macros.register(macros_plugin, self.macros, {"library": LibraryVariable(self._library_for_macros)})
            macros.name_anchors(config, self.macros)
        self.engine.begin(self.context, self.macros)
        readings = None if self.preview or self._dirty else self.engine.open_cache()
        if readings is not None:
            self.loader.readings.known = known_readings(readings, settings)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files | None:
        """Load the library and add its pages, notes and files."""
        if not self.config.enabled:
            return None
        search.answer_by_own_worker(files, config)
        with garbage.uncollected():
            made = self._assemble(files)
            if not self.preview:
                self.engine.keep_readings(readings_of(self.loader.readings))
            garbage.keep()
        self._assembled = assembly.place_indices(made, config, self.context.renderer.language("view.library"))
        return self._assembled.files

    def _assemble(self, others: Iterable[File], before: assembly.Assembly | None = None) -> assembly.Assembly:
        """Read the library, and put it among the site's other files; report what is wrong."""
        context = self.context
        with garbage.uncollected():
            self.loader.read_history(context.root)
            library = self.loader.library(context.settings)
            if self.config.sanitize_notes:
                library = self.untrusted.cleaned(library)
            pictures = self.pictures
            pictures.read(library)
            options = page_options(self.config, context.config, preview=self.preview)
            site = self.loader.site(library, context.settings, options, pictures.covers, pictures.files)
            pictures.make(site, responsive=self.config.responsive_images)
            engine = self.engine
            maker = assembly.FileMaker(
                context, self._convert_note, engine.write, engine.writer.copy, self._report_missing
            )
            contents = self.untrusted.contents, export_files(site)
            found = assembly.assemble(others, site, maker, contents, before)
        self.reports.update(
            "the library", [*library.problems, *self.untrusted.problems, *pictures.cover_problems, *found.problems]
        )
        self.library = LibraryContext(
            context.settings, context.root, context.renderer, self.macros, self.reports, site, found.files
        )
        return found

    def _assemble_again(self, others: Iterable[File], before: assembly.Assembly) -> tuple[assembly.Assembly, bool]:
        """The same after a save; says whether a macro that asks for papers may give something else."""
        shown = papers_shown(self.library.site)
        found = self._assemble(others, before)
        return found, papers_shown(self.library.site) is not shown

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
        """Take over the navigation that pages are rendered in."""
        self._nav = nav

    # After all other plugins: what they add to the theme's templates is there then.
    @event_priority(-100)
    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> None:
        """Take over the theme's templates: from here on pages can be rendered."""
        if self.config.enabled:
            env.filters["striptags"] = content.without_tags
            if not self.preview:
                # The macros of the documentation have run, and no others ask for much.
                self.loader.forget(self.library.site)
            self.engine.adopt(self._assembled, self._nav, env)
            # Saves make others: this one would stay until the end, with all that it holds.
            del self._assembled

    def on_pre_template(
        self, template: jinja2.Template, *, template_name: str, config: MkDocsConfig
    ) -> jinja2.Template:
        """Put our words on the 404 page."""
        if self.config.enabled and template_name == missing.TEMPLATE:
            return missing.with_papers(template, config, self.library)
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
            self.engine.sitemap.add(context)
        return context

    # After other plugins, which may make something else of it.
    @event_priority(-100)
    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str | None:
        """Take over what stands around our pages in the sitemap."""
        if self.config.enabled and self.preview and template_name == "sitemap.xml":
            self.engine.sitemap.learn(output_content)
        return None

    # The search plugin looks at pages in this event.
    @event_priority(100)
    def _before_search(self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation) -> None:
        """Decide what our own search finds on the page."""
        if self.config.enabled:
            self.engine.note_content(page)

    @event_priority(-100)
    def _after_search(self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation) -> None:
        """Decide what the search plugin's own index finds there."""
        if self.config.enabled:
            self.engine.note_rendered(page)

    on_page_context = CombinedEvent(_before_search, _after_search)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """The build is done."""
        if self.config.enabled:
            self.engine.complete()
            # In a preview a record may be half written, and want its cover again with the next save.
            if not self.preview:
                self.renditions.forget_others()

    def on_build_error(self, *, error: Exception) -> None:
        """The build has failed."""
        self.engine.abandon()
        self.on_shutdown()

    def on_shutdown(self) -> None:
        """Nobody waits any more for what is being made."""
        if hasattr(self, "renditions"):
            self.renditions.stop()

    @event_priority(100)
    def on_pre_page(self, page: Page, *, config: MkDocsConfig, files: Files) -> Page:
        """Keep the page at hand for the macros on it, and begin to note what it asks for."""
        if self.config.enabled:
            self._page = page
            self.macros.start(page)
            self.engine.begin_page(self.library.files)
        return page

    # After macros, which may write the page.
    @event_priority(-100)
    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str | None:
        """Put what the library holds where a page asks for it, and on a home page that says nothing."""
        return with_home(markdown, page, self.macros) if self.config.enabled else None

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str | None:
        """Put in what macros gave, and a note's header."""
        if not self.config.enabled:
            return None
        finished = content.finish(html, page, self.library)
        self.engine.end_page(page, self.library.files)
        return finished

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str | None:
        """Put in what the page says of itself to programs."""
        if not self.config.enabled:
            return None
        return content.add_head(output, page, self.library)

    # Last: other plugins hand the server's builder back to it, and it takes no other then.
    @event_priority(-100)
    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> None:
        """Watch the library's folders, those that do not exist yet too, and rebuild what a change touches."""
        if not self.config.enabled:
            return
        # A build needs no server, nor what watches folders.
        from mkdocs_papers.site.watch import watch_for, watch_natively  # noqa: PLC0415

        self.loader.changed_paths = watch_natively(server, self._folders()).changed_paths
        for folder in self._folders():
            if not folder.is_dir():
                watch_for(server, folder)
        self.engine.serve(server)
        if self.config.editing:
            # Only who edits needs what asks the web and reads other programs' files.
            from mkdocs_papers.site.in_place import edit_in_place  # noqa: PLC0415

            edit_in_place(server, config, lambda: (self.context, self.library))

    def _convert_note(self, page: NotePage, config: MkDocsConfig) -> None:
        """Convert a note's Markdown."""
        content.check_template(page, self.library, self.engine.env)
        context = content.note_context(page, self.library)
        try:
            converted = note_markdown.convert(page.markdown or "", config, context, sanitize=self.config.sanitize_notes)
        except MarkupError as error:
            converted = content.as_source(page, self.library, str(error))
        page.content, page.has_title = converted.content, converted.has_title
        page.toc = get_toc(converted.outline)
        page.present_anchor_ids = {*converted.anchors}
        page.links_to_anchors = {}

    def _candidates(self, picture: PictureFile) -> tuple[Candidate, ...]:
        """What a browser may choose from to show a picture."""
        return self.pictures.candidates(picture)

    def _report_missing(self, file: MediaFile, error: OSError) -> None:
        """Report that a file beside notes cannot be read, such as one deleted after its folder was listed."""
        wrong = f"the file cannot be read ({error.strerror})"
        path = f"{self.context.settings.notes}/{file.path}"
        self.reports.update(file.src_uri, [problem("broken-image", path, Place(), wrong, "put it back")])

    def _library_for_macros(self) -> Library:
        self.macros.note(macros.Reads.EVERYTHING)
        return self.library.site.library

    def _folders(self) -> list[Path]:
        return [self.context.root / self.context.settings.meta, self.context.root / self.context.settings.notes]
