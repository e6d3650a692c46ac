"""The plugin's options, as MkDocs validates them.

Options that the core needs too are checked by `library.settings`, so that the command line and the plugin say the same
of a configuration.
"""

from pathlib import Path
from urllib.parse import quote

from mkdocs.config.base import Config
from mkdocs.config.config_options import ListOfItems, Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from mkdocs_papers.library.settings import OptionError, Settings, settings_from
from mkdocs_papers.pages.address import Website
from mkdocs_papers.pages.language import Language, language
from mkdocs_papers.pages.page_inputs import Options


class PapersConfig(Config):
    """``plugins: - papers: ...`` in ``mkdocs.yml``."""

    enabled = Type(bool, default=True)
    """Whether the plugin does anything."""
    meta_dir = Type(str, default="meta")
    """Folder of records, relative to ``mkdocs.yml``."""
    notes_dir = Type(str, default="notes")
    """Folder of notes, relative to ``mkdocs.yml``."""
    exclude = Type((list, str), default=[])
    """Gitignore patterns of files to leave out of everything, relative to ``mkdocs.yml``."""
    keywords = Type(dict, default={})
    """Known keywords in display order: id to label, or to ``{label, about}``."""
    aliases = Type(dict, default={})
    """Other spellings of a ``venue``, ``institution``, ``author`` or ``keyword``, each with the one to use."""
    levels = Type(dict, default={})
    """Problem codes with another level: ``error``, ``warning``, ``hint`` or ``off``."""
    badges = Type(bool, default=False)
    """Whether listings show GitHub stars, which each reader's browser asks a third party for."""
    page_size = Type(int, default=200)
    """Rows on one page of a listing."""
    own_page_from = Type(int, default=2)
    """From how many papers on an author or an institution has a page of its own."""
    citation_tags = Type(bool, default=False)
    """Whether pages of papers carry the tags by which Google Scholar and Zotero know a paper."""
    social_image = Type(str, default="")
    """PNG, JPEG, GIF or WebP in the docs folder: what social networks show for pages without a picture of their own."""
    responsive_images = Type(bool, default=True)
    """Whether notes and papers show pictures at the width of the reader's screen, made smaller in WebP."""
    sanitize_notes = Type(bool, default=False)
    """Whether notes are untrusted: scripts, handlers and styles are taken out of them."""
    editing = Type(bool, default=False)
    """Whether pages in ``mkdocs serve`` can change records; nothing of it is in a build."""
    incremental = Type(bool, default=True)
    """Whether ``mkdocs serve`` renders only the pages that a save changes."""
    incremental_plugins = ListOfItems(Type(str), default=[])
    """Other plugins that look at one page at a time, so that they do not stand in the way of that."""


def project_root(config: MkDocsConfig) -> Path:
    """The folder of ``mkdocs.yml``, to which all paths of the library are relative."""
    return Path(config.config_file_path).resolve().parent if config.config_file_path else Path.cwd()


def core_settings(options: PapersConfig, config: MkDocsConfig) -> Settings:
    """The settings of the core.

    Raises:
        PluginError: an option makes no sense, or one of MkDocs' would cost the library; its one line says why.
    """
    # Hooks stand among the plugins: modules, without a configuration.
    configs = [getattr(each, "config", None) for each in config.plugins.values()]
    if sum(isinstance(each, PapersConfig) and each.enabled for each in configs) > 1:
        msg = "papers: the plugin is listed twice under 'plugins'; list it once"
        raise PluginError(msg)
    if options.page_size < 1:
        msg = f"papers: option 'page_size': {options.page_size} is no number of rows; use 1 or more"
        raise PluginError(msg)
    if options.own_page_from < 1:
        msg = f"papers: option 'own_page_from': {options.own_page_from} is no number of papers; use 1 or more"
        raise PluginError(msg)
    try:
        settings = settings_from(dict(options), project_root(config), config.markdown_extensions)
    except OptionError as error:
        msg = f"papers: {error}"
        raise PluginError(msg) from error
    site = Path(config.site_dir).resolve()
    for folder in (settings.meta, settings.notes):
        own = (settings.root / folder).resolve()
        # MkDocs empties its folder at the beginning of a build.
        if site == own or own in site.parents or site in own.parents:
            msg = f"papers: the site would be written into {folder}/ and cost what is there; name another 'site_dir'"
            raise PluginError(msg)
    return settings


def site_language(config: MkDocsConfig) -> Language:
    """The interface's language: that of the theme."""
    # A theme is a mapping of its own options; only some themes have this one.
    return language(str(config.theme.get("language", config.theme.get("locale", "en"))))


def page_options(options: PapersConfig, config: MkDocsConfig, *, preview: bool) -> Options:
    """What the site decides about its pages."""
    return Options(
        language=site_language(config),
        name=config.site_name,
        directory_urls=config.use_directory_urls,
        badges=options.badges,
        page_size=options.page_size,
        own_page_from=options.own_page_from,
        preview=preview,
        citation_tags=options.citation_tags,
        social=not {"social", "material/social"}.intersection(config.plugins),
        social_image=quote(options.social_image),
        website=Website(f"{config.site_url.rstrip('/')}/", config.use_directory_urls) if config.site_url else None,
    )
