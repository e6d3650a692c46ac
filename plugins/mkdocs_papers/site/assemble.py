"""Putting a library's pages among the files of a site."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.utils import get_relative_url

from mkdocs_papers.library.names import fold_case
from mkdocs_papers.pages.exports.registry import EXPORTS
from mkdocs_papers.pages.source import PageSource
from mkdocs_papers.pages.sources import HOME, Site
from mkdocs_papers.records.codes import problem
from mkdocs_papers.records.problem import Place, Problem
from mkdocs_papers.site.files import (
    PLUGIN,
    LibraryFiles,
    MediaFile,
    NoteFile,
    NotePage,
    OwnFile,
    SourceFile,
    SourcePage,
    relative,
    source_path,
)
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


@dataclass(frozen=True)
class Assembly:
    """A site's files with the library's among them.

    Attributes:
        files: all files.
        own: pages of the library by source path, in order.
        indices: the index pages, which stand in the navigation where the site does not say otherwise, by source path.
        media: the files beside notes, by source path.
        exports: the files for other programs, by source path.
        added: everything that was added.
        problems: one for each address that is taken already.
    """

    files: LibraryFiles
    own: dict[str, OwnFile]
    indices: dict[str, SourceFile]
    media: dict[str, MediaFile]
    exports: dict[str, File]
    added: tuple[File, ...]
    problems: tuple[Problem, ...]


def assemble(
    others: Iterable[File], site: Site, config: MkDocsConfig, plugin: PapersPlugin, before: Assembly | None = None
) -> Assembly:
    """Put the pages, notes and other files of a library among the files of a site.

    Args:
        others: the site's other files.
        site: the library's pages.
        config: the site's configuration.
        plugin: gives what pages are rendered with.
        before: what an earlier call gave under the same configuration; files that still say the same are its very
            files.
    """
    files = LibraryFiles(others, config, plugin.root)
    taken = {fold_case(file.dest_uri): file for file in files}
    problems: list[Problem] = []
    own: dict[str, OwnFile] = {}
    indices: dict[str, SourceFile] = {}
    media: dict[str, MediaFile] = {}
    exports: dict[str, File] = {}
    added: list[File] = []
    known = before.own if before else {}
    notes, root = site.settings.notes, plugin.root

    def add(file: File, project_path: str | None) -> bool:
        other = taken.setdefault(fold_case(file.dest_uri), file)
        if other is file:
            files.add(file, project_path)
            added.append(file)
            return True
        where = relative(Path(other.abs_src_path), root) if other.abs_src_path else other.src_uri
        ours = project_path or f"the library's page {file.dest_uri}"
        wrong = f"the address {file.url!r} is taken by this page, so {ours} has none"
        problems.append(problem("address-taken", where, Place(), wrong, "give the page another name"))
        return False

    for path, note in site.notes.items():
        old = known.get(f"notes/{path}")
        if isinstance(old, NoteFile) and old.note == note and old.header == site.note_header(note):
            file = old
        else:
            file = NoteFile(note, site.note_header(note), root / notes / path, config, plugin.convert_note)
            file.writer = plugin.engine.write
        if add(file, f"{notes}/{path}"):
            own[file.src_uri] = file
    for path in site.library.files:
        picture = MediaFile(path, root / notes / path, config)
        if before and (same := before.media.get(picture.src_uri)) and same.stamp == picture.stamp:
            picture = same
        if add(picture, f"{notes}/{path}"):
            media[picture.src_uri] = picture
    sources: Iterable[PageSource] = site.sources()
    if fold_case(HOME.file(directory_urls=config.use_directory_urls)) not in taken:
        sources = (site.home(), *sources)
    for source in sources:
        page = known.get(source_path(source))
        if not isinstance(page, SourceFile) or page.source != source:
            edit_uri = None if source.record is None else relative(root / source.record, Path(config.docs_dir))
            page = SourceFile(source, config, edit_uri, plugin.renderer)
            page.writer = plugin.engine.write
        if add(page, source.record):
            own[page.src_uri] = page
            if not source.section:
                indices[page.src_uri] = page
    for path in sorted(each for each in ASSETS.rglob("*") if each.is_file()):
        name = f"assets/papers/{path.relative_to(ASSETS).as_posix()}"
        asset = File(name, None, config.site_dir, config.use_directory_urls, inclusion=InclusionLevel.INCLUDED)
        asset.abs_src_path = str(path)
        asset.generated_by = PLUGIN
        add(asset, None)
    surroundings = site.surroundings(directory_urls=config.use_directory_urls)
    for export in EXPORTS:
        content = export.content(site.library.papers.values(), surroundings)
        generated = _generated(config, export.file, content)
        if add(generated, None):
            exports[generated.src_uri] = generated
    return Assembly(files, own, indices, media, exports, tuple(added), tuple(problems))


def _generated(config: MkDocsConfig, path: str, content: str | bytes) -> File:
    """A file of the site that has no source. (``File.generated`` works in a plugin's event only.)"""
    file = File(path, None, config.site_dir, config.use_directory_urls, inclusion=InclusionLevel.INCLUDED)
    file.generated_by = PLUGIN
    file.content_bytes = content.encode() if isinstance(content, str) else content
    return file


def place_indices(assembly: Assembly, config: MkDocsConfig, label: str) -> None:
    """Put the index pages into the navigation: where the site's ``nav`` says, else where they make sense.

    Args:
        assembly: the site's files.
        config: the site's configuration; its ``nav`` is set where it had none.
        label: the heading under which the index pages stand where the site does not say.
    """
    if config.nav is None:
        config.nav = navigation(assembly.files, assembly.indices, label)
    mentioned = set(_paths(config.nav))
    for path, file in assembly.own.items():
        if path in mentioned:
            file.in_nav = True
            file.inclusion = InclusionLevel.INCLUDED
            # MkDocs takes the page that a file has; it would make one that knows nothing of the library.
            file.page = file.new_page(config)


def _paths(nav: object) -> list[str]:
    if isinstance(nav, str):
        return [nav]
    if isinstance(nav, dict):
        return [path for value in nav.values() for path in _paths(value)]
    return [path for entry in nav for path in _paths(entry)] if isinstance(nav, list) else []


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
        header = plugin.renderer.fragment("note_header.html", base, page=page.file.header)
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
