"""What is known of a build before its first page: values that the hooks hand to whoever needs them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from mkdocs_papers.library.settings import Settings
from mkdocs_papers.pages.page_inputs import Candidate, PictureFile
from mkdocs_papers.pages.render import Renderer
from mkdocs_papers.pages.sources import Site
from mkdocs_papers.site.library_files import LibraryFiles
from mkdocs_papers.site.macros import Macros
from mkdocs_papers.site.options import PapersConfig, core_settings, project_root, site_language
from mkdocs_papers.site.reports import Reports

KNOWN_PLUGINS = frozenset({"papers", "search", "material/search", "macros", "material/info", "material/offline"})
"""Plugins whose hooks look at one page at a time, so that a page may be rendered without the others."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a build knows once its configuration is final; it may be one of a preview, ``mkdocs serve``."""

    config: MkDocsConfig
    options: PapersConfig
    settings: Settings
    root: Path
    renderer: Renderer
    preview: bool

    @property
    def unknown_plugins(self) -> set[str]:
        """The plugins that may do more than look at one page at a time."""
        return set(self.config.plugins) - KNOWN_PLUGINS - set(self.options.incremental_plugins)

    @property
    def only_known_plugins(self) -> bool:
        """Whether every hook that sees a page is known; a plugin that the owner vouches for is not."""
        return KNOWN_PLUGINS.issuperset(self.config.plugins)


def context_of(
    options: PapersConfig,
    config: MkDocsConfig,
    candidates: Callable[[PictureFile], tuple[Candidate, ...]],
    *,
    preview: bool,
) -> Context:
    """What a build knows once its configuration is final.

    Raises:
        PluginError: an option makes no sense; its one line says which and why.
    """
    settings = core_settings(options, config)
    renderer = Renderer(
        site_language(config),
        directory_urls=config.use_directory_urls,
        overrides=[Path(folder) for folder in config.theme.dirs],
        meta_dir=settings.meta,
        notes_dir=settings.notes,
        candidates=candidates,
    )
    return Context(config, options, settings, project_root(config), renderer, preview)


@dataclass(frozen=True, slots=True)
class LibraryContext:
    """What pages are finished with: the library's pages as they are now, and what renders and reports."""

    settings: Settings
    root: Path
    renderer: Renderer
    macros: Macros
    reports: Reports
    site: Site
    files: LibraryFiles
