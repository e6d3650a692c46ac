"""A site's files with the library's among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.structure.files import File, InclusionLevel

from mkdocs_papers.library.names import fold_case
from mkdocs_papers.pages.sources import HOME, Site
from mkdocs_papers.records.codes import problem
from mkdocs_papers.records.problem import Place, Problem
from mkdocs_papers.site.files import (
    PLUGIN,
    LibraryFiles,
    MediaFile,
    NoteFile,
    OwnFile,
    SourceFile,
    file_name,
    relative,
    source_path,
)
from mkdocs_papers.site.navigation import entries, navigation

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from mkdocs_papers.library.model import Note
    from mkdocs_papers.pages.contents import NoteHeader
    from mkdocs_papers.pages.source import PageSource
    from mkdocs_papers.site.plugin import PapersPlugin

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
class Footing:
    """What an assembly keeps for the next, so that nothing has to be asked of files that have not changed.

    There are ten thousands of them, and only to look at each takes longer than all else that a small change takes.

    Attributes:
        sources: what the pages of the library are made from, in order.
        paths: the source path of each of these pages, by the identity of what it is made from.
        addresses: where the files are written, those of the site itself left out.
        urls: of all pages, notes among them, by source path.
    """

    sources: Sequence[PageSource]
    paths: Mapping[int, str]
    addresses: AbstractSet[str]
    urls: Mapping[str, str]


@dataclass
class Assembly:
    """A site's files with the library's among them.

    Attributes:
        files: all files.
        own: pages of the library by source path, in order: the notes first.
        notes: those of them that are notes.
        indices: the index pages, which stand in the navigation where the site does not say otherwise, by source path.
        in_nav: the source paths of the pages that stand there.
        media: the files beside notes, by source path.
        exports: the files for other programs and for scripts, and thumbnails, by source path.
        others: the site's other files.
        assets: the package's own files.
        problems: one for each address that is taken already.
        footing: what the next assembly can go on from; None where it cannot.
        changed: the pages that are not those of the assembly that this one goes on from, by source path; None where it
            goes on from none.
        replaced: the files of that one that are not here.
        in_place: whether each file is at the place of one of those, and its source where that was.
        moved: the names, without letter case, of files and sources that are not where they were; None where that is not
            known.
    """

    files: LibraryFiles
    own: dict[str, OwnFile] = field(default_factory=dict)
    notes: tuple[NoteFile, ...] = ()
    indices: dict[str, SourceFile] = field(default_factory=dict)
    in_nav: tuple[str, ...] = ()
    media: dict[str, MediaFile] = field(default_factory=dict)
    exports: dict[str, File] = field(default_factory=dict)
    others: tuple[File, ...] = ()
    assets: tuple[File, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    footing: Footing | None = None
    changed: Mapping[str, OwnFile] | None = None
    replaced: Sequence[File] = ()
    in_place: bool = False
    moved: AbstractSet[str] | None = None


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
    return _Assembler(LibraryFiles(others, config, plugin.root), site, config, plugin, before).assembled()


class _Files:
    """Makes the files of pages."""

    def __init__(self, config: MkDocsConfig, plugin: PapersPlugin) -> None:
        self._config, self._plugin = config, plugin
        docs = Path(config.docs_dir)
        self._meta = relative(plugin.root / plugin.settings.meta, docs)
        self._notes = relative(plugin.root / plugin.settings.notes, docs)

    def note(self, note: Note, header: NoteHeader) -> NoteFile:
        plugin = self._plugin
        source = plugin.root / plugin.settings.notes / note.path
        sanitize = plugin.config.sanitize_notes
        file = NoteFile(
            note, header, source, f"{self._notes}/{note.path}", self._config, plugin.convert_note, sanitize=sanitize
        )
        file.writer = plugin.engine.write
        return file

    def page(self, source: PageSource) -> SourceFile:
        edit_uri = None
        if source.record is not None:
            edit_uri = f"{self._meta}/{source.record.removeprefix(self._plugin.settings.meta).lstrip('/')}"
        page = SourceFile(source, self._config, edit_uri, self._plugin.renderer)
        page.writer = self._plugin.engine.write
        return page


class _Assembler:
    def __init__(
        self, files: LibraryFiles, site: Site, config: MkDocsConfig, plugin: PapersPlugin, before: Assembly | None
    ) -> None:
        self._site, self._config, self._plugin = site, config, plugin
        self._makes = _Files(config, plugin)
        self._before = before or Assembly(files)
        self._made = Assembly(files, others=tuple(files))
        # Folders whose names differ only by case cannot live on every machine. (Two such records are a problem of the
        # library, and both have their page where they can.)
        self._taken = {fold_case(file.dest_uri): file for file in files}
        self._ours: dict[str, File] = {}
        self._has_home = fold_case(HOME.file(directory_urls=config.use_directory_urls)) in self._taken

    def assembled(self) -> Assembly:
        site = self._site
        sources = list(site.sources() if self._has_home else (site.home(), *site.sources()))
        exports = (*site.files(directory_urls=self._config.use_directory_urls), *self._plugin.covers.thumbnails.items())
        return self._going_on(sources, exports) or self._anew(sources, exports)

    def _going_on(self, sources: Sequence[PageSource], exports: Iterable[tuple[str, bytes]]) -> Assembly | None:
        """The assembly before with what has changed of it, which is what `_anew` makes.

        There are ten thousands of pages, and after a save a few have changed: of the others nothing is asked but
        whether they are made from the very same.

        Returns:
            None where there is none before, or where files may be in each other's way.
        """
        site, before, others = self._site, self._before, self._made.others
        footing = before.footing
        if footing is None or before.others != others:
            return None
        notes = [self._note(note, site.note_header(note)) for note in site.notes.values()]
        media = [self._picture(path) for path in site.library.files]
        exported = [self._export(path, content) for path, content in exports]
        identities = list(map(id, sources))
        unchanged = list(map(footing.paths.get, identities))
        remade = {place: self._page(sources[place]) for place, path in enumerate(unchanged) if path is None}
        paths = [path or remade[place].src_uri for place, path in enumerate(unchanged)]
        known = before.files.src_uris
        mine = {file.src_uri: file for file in (*notes, *media, *exported, *remade.values())}
        new = {path: file for path, file in mine.items() if known.get(path) is not file}
        changed = {path: file for path, file in new.items() if isinstance(file, OwnFile)}
        own_paths = [*[note.src_uri for note in notes], *paths]
        made = Assembly(
            before.files,
            notes=tuple(notes),
            media={file.src_uri: file for file in media},
            exports={file.src_uri: file for file in exported},
            others=others,
            assets=before.assets,
            changed=changed,
        )
        in_order = (
            own_paths == list(before.own)
            and list(made.media) == list(before.media)
            and list(made.exports) == list(before.exports)
        )
        new_urls = {path: file.url for path, file in changed.items()}
        own, urls = {**before.own, **changed}, {**footing.urls, **new_urls}
        if in_order:
            made.own = own
            files = {**known, **new}
            gone: AbstractSet[str] = frozenset()
        else:
            made.own = dict(zip(own_paths, map(own.__getitem__, own_paths), strict=True))
            files = {file.src_uri: file for file in (*others, *notes, *media)}
            files.update(made.own)
            files.update({file.src_uri: file for file in (*made.assets, *exported)})
            gone = known.keys() - files.keys()
            for path in gone:
                urls.pop(path, None)
        made.replaced = [known[path] for path in (*new, *gone) if path in known]
        addresses = footing.addresses - {file.dest_uri for file in made.replaced}
        addresses |= {file.dest_uri for file in new.values()}
        ours = len(own_paths) + len(media) + len(made.assets) + len(exported)
        if len(files) < len(others) + ours or len(addresses) < ours or self._meet_others(new.values()):
            return None
        made.footing = Footing(sources, dict(zip(identities, paths, strict=True)), addresses, urls)
        in_question = [made.own[path] for path in dict.fromkeys((*before.indices, *new)) if path in made.own]
        made.indices = {
            file.src_uri: file for file in in_question if isinstance(file, SourceFile) and not file.source.section
        }
        went, came = self._project_paths(made.replaced), self._project_paths(new.values())
        made.files = before.files.amended([*[file.src_uri for file in others], *before.in_nav], went, came)
        self._plugin.engine.hold(made.files, files)
        made.in_place = in_order and went == came
        moved = {path for path, _ in went.items() ^ came.items()}
        made.moved = {file_name(path) for path in (*moved, *gone, *[path for path in new if path not in known])}
        return made

    def _meet_others(self, files: Iterable[File]) -> bool:
        """Whether one of our files has the address of one of the site's."""
        return any(_folded(file) in self._taken for file in files)

    def _project_paths(self, files: Iterable[File]) -> dict[str, str]:
        """The source paths of files by where they lie in the project; files that lie nowhere are left out."""
        return {path: file.src_uri for file in files if (path := self._project_path(file)) is not None}

    def _project_path(self, file: File) -> str | None:
        """Where the source of a file of ours lies, relative to the project's root."""
        if isinstance(file, SourceFile):
            return file.source.record
        if isinstance(file, NoteFile):
            return f"{self._site.settings.notes}/{file.note.path}"
        return f"{self._site.settings.notes}/{file.path}" if isinstance(file, MediaFile) else None

    def _anew(self, sources: Sequence[PageSource], exports: Iterable[tuple[str, bytes]]) -> Assembly:
        made, site = self._made, self._site
        notes = [self._note(note, site.note_header(note)) for note in site.notes.values()]
        made.notes = tuple([note for note in notes if self._add(note)])
        made.own.update({note.src_uri: note for note in made.notes})
        for path in site.library.files:
            picture = self._picture(path)
            if self._add(picture):
                made.media[picture.src_uri] = picture
        pages = [self._page(source) for source in sources]
        for page in pages:
            if self._add(page):
                made.own[page.src_uri] = page
                if not page.source.section:
                    made.indices[page.src_uri] = page
        everywhere = sorted(ASSETS.glob("*.css"))
        style_sheet = self._file(STYLE_SHEET)
        style_sheet.content_bytes = b"\n".join(each.read_bytes() for each in everywhere)
        scripts = sorted(each for each in ASSETS.rglob("*") if each.is_file() and each not in everywhere)
        made.assets = (style_sheet, *map(self._asset, scripts))
        for asset in made.assets:
            self._add(asset)
        for path, content in exports:
            export = self._export(path, content)
            if self._add(export):
                made.exports[export.src_uri] = export
        self._clear_folders()
        if self._plugin.preview and not made.problems:
            made.footing = Footing(
                sources,
                {id(source): page.src_uri for source, page in zip(sources, pages, strict=True)},
                frozenset(self._ours),
                {path: file.url for path, file in made.own.items()},
            )
        return made

    def _add(self, file: File) -> bool:
        """Add a file, unless its address is taken: then that is a problem, and the other file stays."""
        other = self._ours.setdefault(file.dest_uri, file)
        if self._taken and other is file:
            other = self._taken.get(_folded(file), file)
        project_path = self._project_path(file)
        if other is file:
            self._made.files.add(file, project_path)
            return True
        where = relative(Path(other.abs_src_path), self._plugin.root) if other.abs_src_path else other.src_uri
        ours = project_path or f"the library's page {file.dest_uri}"
        wrong = f"the address {file.url!r} is taken by this page, so {ours} has none"
        self._made.problems.append(problem("address-taken", where, Place(), wrong, "give the page another name"))
        return False

    def _clear_folders(self) -> None:
        """Leave out what would be written where other files need a folder; that is a problem, and the others stay."""
        made = self._made
        placed = {_folded(file): file for file in made.files}
        folders = {address.rpartition("/")[0] for address in placed}
        folders |= {above.as_posix() for folder in folders for above in PurePosixPath(folder).parents}
        for file in [placed[address] for address in placed.keys() & folders]:
            source = relative(Path(file.abs_src_path), self._plugin.root) if file.abs_src_path else None
            where = self._project_path(file) or source or file.src_uri
            wrong = f"the site has a folder {file.dest_uri!r}, so this file has no place in it"
            made.problems.append(problem("address-taken", where, Place(), wrong, "give the file another name"))
            made.files.remove(file)
            made.others = tuple([other for other in made.others if other is not file])
            made.notes = tuple([note for note in made.notes if note is not file])
            for held in (made.own, made.indices, made.media, made.exports):
                held.pop(file.src_uri, None)

    def _note(self, note: Note, header: NoteHeader) -> NoteFile:
        old = self._before.own.get(f"notes/{note.path}")
        if not isinstance(old, NoteFile):
            return self._makes.note(note, header)
        # What did not change is most often the very same value, and to see that costs nothing.
        if (old.note is note or old.note == note) and (old.header is header or old.header == header):
            return old
        return self._makes.note(note, header)

    def _picture(self, path: str) -> MediaFile:
        old = self._before.media.get(f"notes/{path}")
        stamp = self._site.library.stamps[path]
        if old is not None and old.stamp == stamp:
            return old
        picture = MediaFile(path, self._plugin.root / self._site.settings.notes / path, stamp, self._config)
        content = self._plugin.strangers.contents.get(path)
        if content is not None:
            picture.content_bytes = content
        return picture

    def _page(self, source: PageSource) -> SourceFile:
        old = self._before.own.get(source_path(source))
        if isinstance(old, SourceFile) and (old.source is source or old.source == source):
            return old
        return self._makes.page(source)

    def _export(self, path: str, content: bytes) -> File:
        old = self._before.exports.get(path)
        if old is not None and old.content_bytes == content:
            return old
        export = self._file(path)
        export.content_bytes = content
        return export

    def _asset(self, path: Path) -> File:
        asset = self._file(f"assets/papers/{path.relative_to(ASSETS).as_posix()}")
        asset.abs_src_path = str(path)
        return asset

    def _file(self, path: str) -> File:
        """A file of the site; made here because ``File.generated`` works in a plugin's event only."""
        config = self._config
        file = File(path, None, config.site_dir, config.use_directory_urls, inclusion=InclusionLevel.INCLUDED)
        file.generated_by = PLUGIN
        return file


def _folded(file: File) -> str:
    """Where a file is written, in one letter case."""
    return file.folded if isinstance(file, OwnFile) else fold_case(file.dest_uri)


def place_indices(assembly: Assembly, config: MkDocsConfig, label: str) -> None:
    """Put the index pages into the navigation: where the site's ``nav`` says, else where they make sense.

    Args:
        assembly: the site's files.
        config: the site's configuration; its ``nav`` is set where it had none.
        label: the heading under which the index pages stand where the site does not say.
    """
    if config.nav is None:
        config.nav = navigation(assembly.files, assembly.indices, label)
    mentioned = dict(entries(config.nav))
    assembly.in_nav = tuple([path for path in assembly.own if path in mentioned])
    for path in assembly.in_nav:
        file = assembly.own[path]
        file.in_nav = True
        file.inclusion = InclusionLevel.INCLUDED
        # MkDocs takes the page that a file has; it would make one that knows nothing of the library.
        file.page = file.new_page(config)
        if mentioned[path] is not None:
            file.page.title = mentioned[path]
