"""A site's files with the library's among them."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.structure.files import File, InclusionLevel

from mkdocs_papers.library.names import fold_case
from mkdocs_papers.pages.note_pages import note_headers
from mkdocs_papers.pages.sources import HOME, Site
from mkdocs_papers.records.codes import problem
from mkdocs_papers.records.problem import Place, Problem
from mkdocs_papers.site.files import PLUGIN, MediaFile, NoteFile, OwnFile, SourceFile, file_name, relative, source_path
from mkdocs_papers.site.library_files import LibraryFiles
from mkdocs_papers.site.navigation import entries, navigation

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from mkdocs_papers.library.model import Note
    from mkdocs_papers.pages.note_pages import NoteHeader
    from mkdocs_papers.pages.source import PageSource
    from mkdocs_papers.site.context import Context
    from mkdocs_papers.site.files import NotePage

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


@dataclass(frozen=True)
class Assembly:
    """A site's files with the library's among them.

    Attributes:
        files: all files.
        own: pages of the library by source path, in order: the notes last, which wait for their pictures.
        media: the files beside notes, by source path.
        exports: the files for other programs and for scripts, by source path.
        others: the site's other files.
        assets: the package's own files.
        problems: one for each address that is taken already.
        in_nav: the source paths of our pages that stand in the navigation.
    """

    files: LibraryFiles
    own: Mapping[str, OwnFile] = field(default_factory=dict)
    media: Mapping[str, MediaFile] = field(default_factory=dict)
    exports: Mapping[str, File] = field(default_factory=dict)
    others: tuple[File, ...] = ()
    assets: tuple[File, ...] = ()
    problems: tuple[Problem, ...] = ()
    in_nav: tuple[str, ...] = ()

    def notes(self) -> list[NoteFile]:
        """The pages that are notes."""
        return [file for file in self.own.values() if isinstance(file, NoteFile)]

    def indices(self) -> dict[str, SourceFile]:
        """The index pages, which stand in the navigation where the site does not say otherwise, by source path."""
        return {
            path: file for path, file in self.own.items() if isinstance(file, SourceFile) and not file.source.section
        }


@dataclass(frozen=True)
class FileMaker:
    """Makes the files of pages, and of what lies beside notes.

    Attributes:
        context: what is known of the build.
        convert: converts the Markdown of a note's page.
        write: writes a page that is not in the navigation.
        missing: is told of a file beside notes that cannot be read any more.
    """

    context: Context
    convert: Callable[[NotePage, MkDocsConfig], None]
    write: Callable[[OwnFile], None]
    missing: Callable[[MediaFile, OSError], None]

    def note(self, note: Note, header: NoteHeader) -> NoteFile:
        """The file of a note."""
        context = self.context
        folder = context.root / context.settings.notes
        edit_uri = f"{self._from_docs(context.settings.notes)}/{note.path}"
        sanitize = context.options.sanitize_notes
        file = NoteFile(note, header, folder / note.path, edit_uri, context.config, self.convert, sanitize=sanitize)
        file.writer = self.write
        return file

    def page(self, source: PageSource) -> SourceFile:
        """The file of a page of the library."""
        context, edit_uri = self.context, None
        if source.record is not None:
            meta = context.settings.meta
            edit_uri = f"{self._from_docs(meta)}/{source.record.removeprefix(meta).lstrip('/')}"
        page = SourceFile(source, context.config, edit_uri, context.renderer)
        page.writer = self.write
        return page

    def media(self, path: str, site: Site, content: bytes | None) -> MediaFile:
        """The file of what lies beside notes.

        Args:
            path: where, below the notes folder.
            site: the library's pages.
            content: what to serve instead of what the file holds, or None.
        """
        folder = self.context.root / self.context.settings.notes
        file = MediaFile(path, folder / path, site.library.stamps[path], self.context.config)
        file.missing = self.missing
        if content is not None:
            file.content_bytes = content
        return file

    def made(self, path: str, content: bytes) -> File:
        """A file of the site with a content of ours; made here because ``File.generated`` works in events only."""
        file = self._file(path)
        file.content_bytes = content
        return file

    def assets(self) -> tuple[File, ...]:
        """The package's own files."""
        everywhere = sorted(ASSETS.glob("*.css"))
        found = [self.made(STYLE_SHEET, _joined(each.read_text(encoding="utf-8") for each in everywhere).encode())]
        for path in sorted(each for each in ASSETS.rglob("*") if each.is_file() and each not in everywhere):
            file = self._file(f"assets/papers/{path.relative_to(ASSETS).as_posix()}")
            file.abs_src_path = str(path)
            found.append(file)
        return tuple(found)

    def _file(self, path: str) -> File:
        config = self.context.config
        file = File(path, None, config.site_dir, config.use_directory_urls, inclusion=InclusionLevel.INCLUDED)
        file.generated_by = PLUGIN
        return file

    def _from_docs(self, folder: str) -> str:
        return relative(self.context.root / folder, Path(self.context.config.docs_dir))


def assemble(
    others: Iterable[File],
    site: Site,
    maker: FileMaker,
    contents: tuple[Mapping[str, bytes], Iterable[tuple[str, bytes]]] = ({}, ()),
    before: Assembly | None = None,
) -> Assembly:
    """Put the pages, notes and other files of a library among the files of a site.

    There are ten thousands of them, and a save changes a few. So what is done for each is no more than to see whether
    it is made from the very same as before.

    Args:
        others: the site's other files.
        site: the library's pages.
        maker: makes files.
        contents: what to serve instead of files beside notes, by path below the notes folder; and the exports, by path
            below the site's root.
        before: what an earlier call gave under the same configuration; files that still say the same are its very
            files.
    """
    context, others = maker.context, tuple(others)
    old = before or Assembly(LibraryFiles((), "", {}))
    instead, exported = contents
    headers = note_headers(site).values()
    notes = [_note(note, header, maker, old) for note, header in zip(site.notes.values(), headers, strict=True)]
    media = [_media(path, site, maker, old, instead.get(path)) for path in site.library.files]
    pages = _pages(site, maker, others, old)
    directory_urls = context.config.use_directory_urls
    files = itertools.chain(site.files(directory_urls=directory_urls), exported, _moved(site, context))
    exports = [_export(path, content, maker, old) for path, content in files]
    assets = old.assets or maker.assets()
    by_project_path, problems = old.files.by_project_path, tuple[Problem, ...]()
    if not _lie_as_before(others, (*pages, *notes), media, exports, old, context):
        places = _Places(others, context)
        if not places.are_free((*notes, *media, *pages, *assets, *exports)):
            notes, media, pages = places.taken(notes), places.taken(media), places.taken(pages)
            assets, exports = tuple(places.taken(assets)), places.taken(exports)
        in_the_way = places.in_the_way((*others, *notes, *media, *pages, *assets, *exports))
        if in_the_way:
            others = tuple(_without(in_the_way, others))
            notes, media = _without(in_the_way, notes), _without(in_the_way, media)
            pages, exports = _without(in_the_way, pages), _without(in_the_way, exports)
        by_project_path, problems = _by_project_path((*notes, *media, *pages), context), tuple(places.problems)
    everything = (*others, *media, *pages, *notes, *assets, *exports)
    docs = relative(Path(context.config.docs_dir), context.root)
    return Assembly(
        LibraryFiles(everything, docs, by_project_path),
        {file.src_uri: file for file in (*pages, *notes)},
        {file.src_uri: file for file in media},
        {file.src_uri: file for file in exports},
        others,
        tuple(assets),
        problems,
    )


def _pages(site: Site, maker: FileMaker, others: Sequence[File], old: Assembly) -> list[SourceFile]:
    """The files of the pages that the library makes."""
    context = maker.context
    home = fold_case(HOME.file(directory_urls=context.config.use_directory_urls))
    has_home = any(fold_case(file.dest_uri) == home for file in others)
    # Most often a source is the very same as before; the old files keep theirs, so no other is at its place in memory.
    known = {id(file.source): file for file in old.own.values() if isinstance(file, SourceFile)}

    def page(source: PageSource) -> SourceFile:
        file = old.own.get(source_path(source))
        return file if isinstance(file, SourceFile) and file.source == source else maker.page(source)

    sources = site.sources() if has_home else (site.home(), *site.sources())
    return [known.get(id(source)) or page(source) for source in sources]


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


def _export(path: str, content: bytes, maker: FileMaker, old: Assembly) -> File:
    file = old.exports.get(path)
    return file if file and file.content_bytes == content else maker.made(path, content)


def _moved(site: Site, context: Context) -> Iterator[tuple[str, bytes]]:
    """Pages that lead on to where others are now: path and content."""
    directory_urls = context.config.use_directory_urls
    for moved in site.moves():
        base = moved.old.base(directory_urls=directory_urls)
        yield (
            moved.old.file(directory_urls=directory_urls),
            context.renderer.fragment("moved.html", base, moved=moved).encode(),
        )


def project_path(file: File, context: Context) -> str | None:
    """Where the source of a file of ours lies, relative to the project's root."""
    if isinstance(file, SourceFile):
        return file.source.record
    if isinstance(file, NoteFile):
        return f"{context.settings.notes}/{file.note.path}"
    return f"{context.settings.notes}/{file.path}" if isinstance(file, MediaFile) else None


def _without(left_out: Sequence[File], files: Iterable[AnyFile]) -> list[AnyFile]:
    return [file for file in files if not any(file is each for each in left_out)]


def _by_project_path(files: Iterable[File], context: Context) -> dict[str, str]:
    return {path: file.src_uri for file in files if (path := project_path(file, context)) is not None}


def _lie_as_before(
    others: Sequence[File],
    own: Sequence[OwnFile],
    media: Sequence[File],
    exports: Sequence[File],
    old: Assembly,
    context: Context,
) -> bool:
    """Whether each file is at the place of one of before, and its source where that was."""
    if old.problems or old.others != others or len(own) != len(old.own):
        return False
    beside = [file.src_uri for file in (*media, *exports)]
    return beside == [*old.media, *old.exports] and all(
        file is known or (file.src_uri == known.src_uri and project_path(file, context) == project_path(known, context))
        for file, known in zip(own, old.own.values(), strict=True)
    )


class _Places:
    """The places of a site's files, each taken once."""

    def __init__(self, others: Iterable[File], context: Context) -> None:
        # Folders whose names differ only by case cannot live on every machine. (Two such records are a problem of the
        # library, and both have their page where they can.)
        self._others = {fold_case(file.dest_uri): file for file in others}
        self._ours: dict[str, File] = {}
        self._context = context
        self.problems: list[Problem] = []

    def are_free(self, files: Sequence[File]) -> bool:
        """Whether all files can be where they belong."""
        places = {file.dest_uri for file in files}
        return len(places) == len(files) and self._others.keys().isdisjoint(map(_folded, files))

    def taken(self, files: Iterable[AnyFile]) -> list[AnyFile]:
        """Those files that can be where they belong."""
        return list(filter(self._take, files))

    def _take(self, file: File) -> bool:
        """Take the place of a file, unless it is taken: then that is a problem, and the other file stays."""
        other = self._others.get(_folded(file)) or self._ours.setdefault(file.dest_uri, file)
        if other is file:
            return True
        context = self._context
        where = relative(Path(other.abs_src_path), context.root) if other.abs_src_path else other.src_uri
        ours = project_path(file, context) or f"the library's page {file.dest_uri}"
        wrong = f"the address {file.url!r} is taken by this page, so {ours} has none"
        self.problems.append(problem("address-taken", where, Place(), wrong, "give the page another name"))
        return False

    def in_the_way(self, files: Sequence[File]) -> list[File]:
        """The files that would be written where others need a folder: that is a problem, and the others stay."""
        placed = {_folded(file): file for file in files}
        folders = above = {address.rpartition("/")[0] for address in placed}
        while above:
            above = {folder.rpartition("/")[0] for folder in above} - folders
            folders = folders | above
        found = [placed[address] for address in placed.keys() & folders]
        for file in found:
            source = relative(Path(file.abs_src_path), self._context.root) if file.abs_src_path else None
            where = project_path(file, self._context) or source or file.src_uri
            wrong = f"the site has a folder {file.dest_uri!r}, so this file has no place in it"
            self.problems.append(problem("address-taken", where, Place(), wrong, "give the file another name"))
        return found


def _folded(file: File) -> str:
    """Where a file is written, in one letter case."""
    return file.folded if isinstance(file, OwnFile) else fold_case(file.dest_uri)


@dataclass(frozen=True, slots=True)
class Difference:
    """What a save has made different of a site's files.

    Attributes:
        changed: the pages of ours that are not those of before, by source path.
        gone: the files that are no more, or elsewhere.
        in_place: whether each file is at the place of one of before, and its source where that was.
        moved: the names, without letter case, of files and sources that are not where they were.
    """

    changed: Mapping[str, OwnFile]
    gone: tuple[File, ...] = ()
    in_place: bool = True
    moved: frozenset[str] = frozenset()


def difference(before: Assembly, now: Assembly) -> Difference:
    """What is not as before."""
    known = before.own
    changed = {path: file for path, file in now.own.items() if known.get(path) is not file}
    places, places_before = now.files.by_project_path, before.files.by_project_path
    if places is places_before:
        return Difference(changed)
    files, files_before = now.files.src_uris, before.files.src_uris
    gone = [
        file
        for path, file in files_before.items()
        if (other := files.get(path)) is not file and (other is None or other.dest_uri != file.dest_uri)
    ]
    moved = {path for path, _ in places.items() ^ places_before.items()} | (files.keys() ^ files_before.keys())
    return Difference(changed, tuple(gone), in_place=False, moved=frozenset(map(file_name, moved)))


def place_indices(assembly: Assembly, config: MkDocsConfig, label: str) -> Assembly:
    """Put the index pages into the navigation: where the site's ``nav`` says, else where they make sense.

    Args:
        assembly: the site's files.
        config: the site's configuration; its ``nav`` is set where it had none.
        label: the heading under which the index pages stand where the site does not say.
    """
    if config.nav is None:
        config.nav = navigation(assembly.files, assembly.indices(), label)
    mentioned = dict(entries(config.nav))
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


def with_same_menu(before: Assembly, now: Assembly) -> Assembly | None:
    """An assembly with the pages that MkDocs has made for the menu; None where the menu would say something else.

    Args:
        before: the assembly that the menu was made for.
        now: the assembly after a save.
    """
    if list(before.own) != list(now.own) and before.indices().keys() != now.indices().keys():
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
