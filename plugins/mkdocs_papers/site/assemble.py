"""Putting a library's pages among the files of a site."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.utils import get_relative_url

from mkdocs_papers.pages.exports.registry import EXPORTS
from mkdocs_papers.pages.source import PageSource
from mkdocs_papers.pages.sources import HOME, Site
from mkdocs_papers.records.codes import problem
from mkdocs_papers.records.problem import Place, Problem
from mkdocs_papers.site.files import PLUGIN, LibraryFiles, NotePage, SourceFile, SourcePage, relative
from mkdocs_papers.site.navigation import navigation
from mkdocs_papers.site.notes import local_path

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page

    from mkdocs_papers.library.model import Library
    from mkdocs_papers.library.settings import Settings
    from mkdocs_papers.site.plugin import PapersPlugin

ASSETS = Path(__file__).parent.parent / "assets"
"""The package's stylesheets and scripts; they lie below ``assets/papers/`` on the site."""


class LibraryVariable:
    """The library as a variable of macros, read when it is used: macros are registered before it is loaded."""

    def __init__(self, library: Callable[[], Library]) -> None:
        self._library = library

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - stands for any attribute of the library
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self._library(), name)


def add_assets(config: MkDocsConfig) -> None:
    """Link the package's stylesheet and script on every page."""
    for path in sorted(ASSETS.glob("*.css")):
        config.extra_css.append(f"assets/papers/{path.name}")
    script = ExtraScriptValue("assets/papers/papers.js")
    script.type = "module"
    config.extra_javascript.append(script)


def add_library(
    files: LibraryFiles, site: Site, config: MkDocsConfig, plugin: PapersPlugin
) -> tuple[LibraryFiles, list[Problem]]:
    """Add the pages, notes and other files of a library to the files of a site.

    Returns:
        The files, and a problem for each address that is taken already.
    """
    taken = {file.dest_uri.casefold(): file for file in files}
    problems: list[Problem] = []
    settings = site.settings
    docs = Path(config.docs_dir)

    def add(file: File, project_path: str | None, *, ours: str) -> bool:
        other = taken.setdefault(file.dest_uri.casefold(), file)
        if other is file:
            files.add(file, project_path)
            return True
        where = relative(Path(other.abs_src_path), plugin.root) if other.abs_src_path else other.src_uri
        wrong = f"the address {file.url!r} is taken by this page, so {ours} has none"
        problems.append(problem("address-taken", where, Place(), wrong, "give the page another name"))
        return False

    for path, note in site.notes.items():
        file = _beside(files, path, config, plugin, settings)
        if add(file, f"{settings.notes}/{path}", ours=f"the note {settings.notes}/{path}"):
            file.inclusion = InclusionLevel.NOT_IN_NAV
            NotePage(file, config, note, lambda page: plugin.convert_note(page, config))
    for path in site.library.files:
        file = _beside(files, path, config, plugin, settings)
        file.inclusion = InclusionLevel.INCLUDED
        add(file, f"{settings.notes}/{path}", ours=f"the file {settings.notes}/{path}")
    indices: list[tuple[str, PageSource]] = []
    sources = list(site.sources())
    if HOME.file(directory_urls=config.use_directory_urls) not in taken:
        sources.insert(0, site.home())
    for source in sources:
        edit_uri = None if source.record is None else relative(plugin.root / source.record, docs)
        page_file = SourceFile(source, config, edit_uri)
        if add(page_file, source.record, ours=f"the library's page {source.title!r}"):
            SourcePage(page_file, config, plugin.renderer)
            if not source.section:
                indices.append((page_file.src_uri, source))
    for path in sorted(ASSETS.iterdir()):
        asset = File.generated(config, f"assets/papers/{path.name}", abs_src_path=str(path), inclusion=InclusionLevel.INCLUDED)
        add(asset, None, ours=f"the asset {path.name}")
    surroundings = site.surroundings(directory_urls=config.use_directory_urls)
    for export in EXPORTS:
        content = export.content(site.library.papers.values(), surroundings)
        generated = File.generated(config, export.file, content=content, inclusion=InclusionLevel.INCLUDED)
        add(generated, None, ours=f"the export {export.file}")
    place_indices(files, indices, config, site)
    return files, problems


def place_indices(
    files: LibraryFiles, indices: list[tuple[str, PageSource]], config: MkDocsConfig, site: Site
) -> None:
    """Put the index pages into the navigation: where the site's ``nav`` says, else where they make sense."""
    if config.nav is None:
        config.nav = navigation(files, indices, site.options.language("view.library"))
        return
    mentioned = set(_paths(config.nav))
    for path, _ in indices:
        file = files.get_file_from_path(path)
        if path not in mentioned and file is not None:
            file.inclusion = InclusionLevel.NOT_IN_NAV


def _paths(nav: object) -> list[str]:
    if isinstance(nav, str):
        return [nav]
    if isinstance(nav, dict):
        return [path for value in nav.values() for path in _paths(value)]
    return [path for entry in nav for path in _paths(entry)] if isinstance(nav, list) else []


def _beside(files: LibraryFiles, path: str, config: MkDocsConfig, plugin: PapersPlugin, settings: Settings) -> File:
    """A file below the notes folder as a file of the site."""
    source = plugin.root / settings.notes / path
    file = File(f"notes/{path}", None, config.site_dir, config.use_directory_urls)
    file.abs_src_path = os.fspath(source)
    file.generated_by = PLUGIN
    file.edit_uri = relative(source, Path(config.docs_dir))
    return file


def resolve(address: str, page: NotePage, files: LibraryFiles, settings: Settings) -> str:
    """The address on the site for one in a note, which says where its target lies in the repository.

    A record stands for its paper's page, a Markdown file for its page, a folder for its index; whatever is no file of
    the site stays as it is.
    """
    local = local_path(address)
    if local is None:
        return address
    path, rest = local
    folder = posixpath.dirname(f"{settings.notes}/{page.note.path}")
    target = posixpath.normpath(posixpath.join(folder, path))
    for candidate in (target, f"{target}/index.md", f"{target}/README.md", f"{target}/note.md"):
        file = files.at(candidate)
        if file is not None:
            return get_relative_url(file.url, page.file.url) + rest
    return address


def finish(content: str, page: Page, plugin: PapersPlugin) -> str:
    """The content of a page with what its macros gave, and, on a note, its header."""
    if isinstance(page, SourcePage):
        return content
    content = plugin.macros.fill(page, content)
    _fill_outline(page, plugin)
    if isinstance(page, NotePage):
        base = "../" * page.file.dest_uri.count("/")
        header = plugin.renderer.fragment("note_header.html", base, page=plugin.site.note_header(page.note))
        content = f"{header}{content}"
    return content


def _fill_outline(page: Page, plugin: PapersPlugin) -> None:
    def fill(entries: Any) -> None:  # noqa: ANN401 - MkDocs' outline nests
        for entry in entries:
            entry.title = plugin.macros.fill_text(page, entry.title)
            fill(entry.children)

    fill(page.toc)
    if page.title is not None and "\ue000" in str(page.title):
        page.title = plugin.macros.fill_text(page, str(page.title))


def front_matter_lines(page: Page) -> int:
    """How many lines of the page's file stand before its Markdown."""
    text = page.file.content_string
    body = (page.markdown or "").splitlines()
    return max(0, len(text.splitlines()) - len(body)) if body else 0
