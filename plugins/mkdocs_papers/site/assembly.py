"""A site's files with the library's among them."""

import dataclasses
import functools
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeGuard, TypeVar

from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.utils import nest_paths

from mkdocs_papers.library.model import Note
from mkdocs_papers.library.names import fold_case
from mkdocs_papers.pages.address import HOME
from mkdocs_papers.pages.home import home_page
from mkdocs_papers.pages.moves import moves as pages_moved
from mkdocs_papers.pages.note_pages import NoteHeader, note_headers
from mkdocs_papers.pages.page_source import PageSource
from mkdocs_papers.pages.sources import Site
from mkdocs_papers.records.problem import Problem
from mkdocs_papers.site.context import Context
from mkdocs_papers.site.files import (
    PLUGIN,
    ExportFile,
    MediaFile,
    NoteFile,
    NotePage,
    OwnFile,
    SourceFile,
    relative,
    source_path,
)
from mkdocs_papers.site.library_files import LibraryFiles
from mkdocs_papers.site.places import Moves, Places, moves, without_place
from mkdocs_papers.views.view_inputs import NOTES

AnyFile = TypeVar("AnyFile", bound=File)

ASSETS = Path(__file__).parent.parent / "assets"
"""The package's stylesheets and scripts; they lie below ``assets/papers/`` on the site."""

STYLE_SHEET = "assets/papers/papers.css"
"""Where the stylesheets that every page needs lie, joined: on a slow line each request is a wait."""


def add_assets(config: MkDocsConfig) -> None:
    """Link the package's stylesheet and script on every page."""
    # Before the site's own style sheets: theirs is the last word.
    config.extra_css.insert(0, STYLE_SHEET)
    script = ExtraScriptValue("assets/papers/papers.js")
    script.type = "module"
    config.extra_javascript.append(script)


@dataclass(frozen=True, slots=True)
class Difference:
    """What a save has made different of a site's files.

    Attributes:
        made: the files of ours that are not those of before.
        gone: the files that are no more, or elsewhere.
        in_place: whether each page stands where one of before stood, and its source where that was.
        moved: the names, without letter case, of files and sources that are not where they were.
    """

    made: tuple[File, ...] = ()
    gone: tuple[File, ...] = ()
    in_place: bool = True
    moved: frozenset[str] = frozenset()

    @property
    def changed(self) -> dict[str, OwnFile]:
        """The pages that are not those of before, by source path."""
        return {file.src_uri: file for file in self.made if isinstance(file, OwnFile)}


@dataclass(frozen=True)
class Assembly:
    """A site's files with the library's among them.

    Attributes:
        own: pages of the library by source path, in order: the notes last, which wait for their pictures.
        media: the files beside notes, by source path.
        exports: the files for other programs and for scripts, by source path.
        others: the site's other files.
        problems: one for each address that is taken already.
        in_nav: the source paths of our pages that stand in the navigation.
        sources: those of the first of our pages, kept so that no others have their places in memory.
        places: where the files lie; None where some may be in the way of others.
        difference: from the assembly before.
    """

    files: LibraryFiles
    own: dict[str, OwnFile] = field(default_factory=dict)
    media: Mapping[str, MediaFile] = field(default_factory=dict)
    exports: Mapping[str, ExportFile] = field(default_factory=dict)
    others: tuple[File, ...] = ()
    assets: tuple[File, ...] = ()
    problems: tuple[Problem, ...] = ()
    in_nav: tuple[str, ...] = ()
    sources: tuple[PageSource, ...] = ()
    places: Places | None = None
    difference: Difference = field(default_factory=Difference)

    def notes(self) -> Iterator[NoteFile]:
        """The pages that are notes, the last first."""
        for file in reversed(self.own.values()):
            if not isinstance(file, NoteFile):
                return
            yield file

    def indices(self) -> dict[str, SourceFile]:
        """The index pages, which stand in the navigation where the site does not say otherwise, by source path."""
        return {path: file for path, file in self.own.items() if _is_index(file)}


def _is_index(file: File | None) -> TypeGuard[SourceFile]:
    return isinstance(file, SourceFile) and not file.source.section


@dataclass(frozen=True)
class FileMaker:
    """Makes the files of pages and of what lies beside notes; `missing` is told of one that can be read no more."""

    context: Context
    convert: Callable[[NotePage, MkDocsConfig], None]
    write: Callable[[OwnFile], None]
    copy: Callable[[str, str], None]
    missing: Callable[[MediaFile, OSError], None]
    made: list[File] = field(default_factory=list)

    def note(self, note: Note, header: NoteHeader) -> NoteFile:
        """The file of a note."""
        context = self.context
        folder = context.root / context.settings.notes
        edit_uri = f"{self._from_docs[context.settings.notes]}/{note.path}"
        sanitize = context.options.sanitize_notes
        file = NoteFile(note, header, folder / note.path, edit_uri, context.config, self.convert, sanitize=sanitize)
        file.writer = self.write
        self.made.append(file)
        return file

    def page(self, source: PageSource) -> SourceFile:
        """The file of a page of the library."""
        context, edit_uri = self.context, None
        if source.record is not None:
            meta = context.settings.meta
            edit_uri = f"{self._from_docs[meta]}/{source.record.removeprefix(meta).lstrip('/')}"
        page = SourceFile(source, context.config, edit_uri, context.renderer)
        page.writer = self.write
        self.made.append(page)
        return page

    def media(self, path: str, site: Site, content: bytes | None) -> MediaFile:
        """The file of what lies beside notes, with another content than its own where that is given."""
        folder = self.context.root / self.context.settings.notes
        file = MediaFile(path, folder / path, site.library.stamps[path], self.context.config)
        file.copy, file.missing = self.copy, self.missing
        if content is not None:
            file.content_bytes = content
        self.made.append(file)
        return file

    def filled(self, path: str, *parts: bytes) -> ExportFile:
        """A file of the site with a content of ours; made here because ``File.generated`` works in events only."""
        file = self._file(path, ExportFile)
        file.parts = parts
        return file

    def assets(self) -> tuple[File, ...]:
        """The package's own files."""
        everywhere = sorted(ASSETS.glob("*.css"))
        style_sheet = _joined(each.read_text(encoding="utf-8") for each in everywhere)
        found: list[File] = [self.filled(STYLE_SHEET, style_sheet.encode())]
        for path in sorted(each for each in ASSETS.rglob("*") if each.is_file() and each not in everywhere):
            file = self._file(f"assets/papers/{path.relative_to(ASSETS).as_posix()}", File)
            file.abs_src_path = str(path)
            found.append(file)
        return tuple(found)

    def _file(self, path: str, kind: type[AnyFile]) -> AnyFile:
        config = self.context.config
        file = kind(path, None, config.site_dir, config.use_directory_urls, inclusion=InclusionLevel.INCLUDED)
        file.generated_by = PLUGIN
        self.made.append(file)
        return file

    @functools.cached_property
    def _from_docs(self) -> Mapping[str, str]:
        """The ways from the docs folder to those of records and notes."""
        settings, docs = self.context.settings, Path(self.context.config.docs_dir)
        return {folder: relative(self.context.root / folder, docs) for folder in (settings.meta, settings.notes)}


def assemble(
    others: Iterable[File],
    site: Site,
    maker: FileMaker,
    contents: tuple[Mapping[str, bytes], Iterable[tuple[str, tuple[bytes, ...]]]] = ({}, ()),
    before: Assembly | None = None,
) -> Assembly:
    """Put the pages, notes and other files of a library among the files of a site.

    There are ten thousands of them, and a save changes a few. So what is done for each is no more than to see whether
    it is made from the very same as before.

    Args:
        others: the site's other files.
        contents: what to serve instead of files beside notes, by path below the notes folder; and the exports, in
            parts, by path below the site's root.
        before: what an earlier call gave under the same configuration; files that still say the same are its very
            files.
    """
    context, others = maker.context, tuple(others)
    old = before or Assembly(LibraryFiles((), "", {}))
    instead, exported = contents
    sources, pages = _pages(site, maker, others, old)
    headers = note_headers(site).values()
    notes = [_note(note, header, maker, old) for note, header in zip(NOTES(site).values(), headers, strict=True)]
    media = [_media(path, site, maker, old, instead.get(path)) for path in site.library.files]
    whole = [(path, (content,)) for path, content in (*site.files(), *_moved(site, context))]
    exports = [_export(path, parts, maker, old) for path, parts in (*whole, *exported)]
    assets = old.assets or maker.assets()
    own, beside, given = _by_path((*pages, *notes), old.own), _by_path(media, old.media), _by_path(exports, old.exports)
    known, made, moved, places = old.files.src_uris, tuple(maker.made), Moves(), None
    problems: tuple[Problem, ...] = ()
    if old.places and old.others == others:
        kinds = ((old.own, own), (old.media, beside), (old.exports, given))
        missing = [known[path] for before, now in kinds for path in before.keys() - now.keys()]
        moved = moves(made, missing, known, context)
        places = old.places.after(moved)
    if places is None:
        left_out, problems = without_place(others, (*notes, *media, *pages, *assets, *exports), context)
        others, assets = tuple(_rest(others, left_out)), tuple(_rest(assets, left_out))
        own = _by_path(_rest((*pages, *notes), left_out), old.own)
        beside, given = _by_path(_rest(media, left_out), old.media), _by_path(_rest(exports, left_out), old.exports)
        now = {file.src_uri: file for file in (*others, *beside.values(), *own.values(), *assets, *given.values())}
        made = tuple([file for path, file in now.items() if known.get(path) is not file])
        moved = moves(made, [known[path] for path in known.keys() - now.keys()], known, context)
        places = None if problems else Places().after(Moves(tuple(now.values())))
    in_place = not moved and [*own] == [*old.own]
    docs = relative(Path(context.config.docs_dir), context.root)
    return Assembly(
        LibraryFiles(
            (*others, *beside.values(), *own.values(), *assets, *given.values()),
            docs,
            moved.applied(old.files.by_project_path, context),
            moved.applied_folded(old.files.by_folded_path, context),
        ),
        own,
        beside,
        given,
        others,
        assets,
        problems,
        sources=sources if context.preview and not problems else (),
        places=places,
        difference=Difference(made, moved.gone(), in_place, moved.names(context)) if before else Difference(),
    )


def _rest(files: Iterable[AnyFile], left_out: Container[int]) -> list[AnyFile]:
    return [file for file in files if id(file) not in left_out]


def _by_path(files: Sequence[AnyFile], before: Mapping[str, AnyFile]) -> dict[str, AnyFile]:
    """Files by source path, in order; where all stand as before, only those that are others are looked at."""
    if len(files) == len(before):
        changed = [(file, known) for file, known in zip(files, before.values(), strict=True) if file is not known]
        if all(file.src_uri == known.src_uri for file, known in changed):
            return {**before, **{file.src_uri: file for file, _ in changed}}
    return {file.src_uri: file for file in files}


def _pages(
    site: Site, maker: FileMaker, others: Sequence[File], old: Assembly
) -> tuple[tuple[PageSource, ...], list[SourceFile]]:
    """The sources of the pages that the library makes, and their files."""
    context = maker.context
    home = fold_case(HOME.file(directory_urls=context.config.use_directory_urls))
    has_home = any(fold_case(file.dest_uri) == home for file in others)
    # Most often a source is the very same as before.
    known: dict[int, Any] = dict(zip(map(id, old.sources), old.own.values(), strict=False))

    def page(source: PageSource) -> SourceFile:
        file = old.own.get(source_path(source))
        return file if isinstance(file, SourceFile) and file.source == source else maker.page(source)

    sources = tuple(site.sources() if has_home else (home_page(site), *site.sources()))
    files = map(known.get, map(id, sources))
    return sources, [file or page(source) for file, source in zip(files, sources, strict=True)]


def _joined(style_sheets: Iterable[str]) -> str:
    """Style sheets as one, without comments and indentation: every page loads it."""
    first, *others = "\n".join(style_sheets).split("/*")
    told = first + "".join(other.partition("*/")[2] for other in others)
    return "\n".join(filter(None, map(str.strip, told.splitlines())))


def _same(old: object, new: object) -> bool:
    """Whether two values are equal; what did not change is most often the very same, and to see that costs nothing."""
    return old is new or old == new


def _note(note: Note, header: NoteHeader, maker: FileMaker, old: Assembly) -> NoteFile:
    file = old.own.get(f"notes/{note.path}")
    if isinstance(file, NoteFile) and _same(file.note, note) and _same(file.header, header):
        return file
    return maker.note(note, header)


def _media(path: str, site: Site, maker: FileMaker, old: Assembly, instead: bytes | None) -> MediaFile:
    file = old.media.get(f"notes/{path}")
    return file if file and file.stamp == site.library.stamps[path] else maker.media(path, site, instead)


def _export(path: str, parts: tuple[bytes, ...], maker: FileMaker, old: Assembly) -> ExportFile:
    file = old.exports.get(path)
    return file if file and file.parts == parts else maker.filled(path, *parts)


def _moved(site: Site, context: Context) -> Iterator[tuple[str, bytes]]:
    """Pages that lead on to where others are now: path and content."""
    directory_urls = context.config.use_directory_urls
    for moved in pages_moved(site):
        base = moved.old.base(directory_urls=directory_urls)
        yield (
            moved.old.file(directory_urls=directory_urls),
            context.renderer.fragment("moved.html", base, moved=moved).encode(),
        )


def place_indices(assembly: Assembly, config: MkDocsConfig, label: str) -> Assembly:
    """Put index pages into the navigation: where the site's ``nav`` says, else below a label where they make sense."""
    if config.nav is None:
        config.nav = _navigation(assembly.files, assembly.indices(), label)
    mentioned = dict(_entries(config.nav))
    in_nav = tuple([path for path in assembly.own if path in mentioned])
    for path in in_nav:
        file = assembly.own[path]
        file.in_nav = True
        file.inclusion = InclusionLevel.INCLUDED
        # MkDocs takes the page that a file has; it would make one that knows nothing of the library.
        file.page = file.new_page(config)
        if mentioned[path] is not None:
            file.page.title = mentioned[path]
    return dataclasses.replace(assembly, in_nav=in_nav)


def _navigation(files: Files, indices: Mapping[str, SourceFile], label: str) -> list[Any]:
    """The ``nav`` of a site without one: its own pages as MkDocs nests them, then our indices under one heading."""
    own = [file.src_uri for file in files.documentation_pages(inclusion=InclusionLevel.is_in_nav)]
    home = [path for path, file in indices.items() if file.source.address.path == ""]
    ours: list[Any] = [{file.source.title: path} for path, file in indices.items() if file.source.address.path != ""]
    return [*home, *nest_paths(own), {label: ours}]


def _entries(nav: object, title: str | None = None) -> Iterator[tuple[str, str | None]]:
    """The source paths that a ``nav`` names, each with its title there, or None."""
    if isinstance(nav, str):
        yield nav, title
    elif isinstance(nav, dict):
        for name, value in nav.items():
            yield from _entries(value, str(name))
    elif isinstance(nav, list):
        for entry in nav:
            yield from _entries(entry)


def with_same_menu(before: Assembly, now: Assembly) -> Assembly | None:
    """An assembly with the pages that MkDocs has made for the menu; None where the menu would say something else."""
    changed, gone = now.difference.changed, now.difference.gone
    indices = [path for path, file in changed.items() if _is_index(file) != _is_index(before.own.get(path))]
    if indices or any(map(_is_index, gone)):
        return None
    for path in before.in_nav:
        old, new = before.own[path], now.own.get(path)
        if new is None or old.page is None:
            return None
        if new is old:
            continue
        if not isinstance(old, SourceFile) or not isinstance(new, SourceFile) or new.source.title != old.source.title:
            return None
        new.in_nav, new.inclusion, new.page = True, old.inclusion, old.page
        new.page.file = new
    return dataclasses.replace(now, in_nav=before.in_nav)
