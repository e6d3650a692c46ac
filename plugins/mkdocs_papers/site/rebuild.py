"""What a save renders: the pages that differ from those of the build before, and no others.

What is left behind is, byte for byte, what a fresh build would write. Where that cannot be promised (another
configuration, theme or macro file, a page whose title is part of the menu), everything is to be built.
"""

import dataclasses
import functools
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path

from mkdocs.structure.files import File
from mkdocs.structure.pages import Page
from mkdocs.utils import get_build_date

from mkdocs_papers.site.assembly import Assembly, Difference, with_same_menu
from mkdocs_papers.site.build import Build, included
from mkdocs_papers.site.files import ExportFile, MediaFile, NoteFile, OwnFile, file_name
from mkdocs_papers.site.global_inputs import global_inputs, snapshot
from mkdocs_papers.site.library_files import Lookup
from mkdocs_papers.site.macros import Reads
from mkdocs_papers.site.note_markdown import INCLUDING
from mkdocs_papers.site.page_events import new_page, render
from mkdocs_papers.site.search_output import SearchOutput
from mkdocs_papers.site.shell import Shells
from mkdocs_papers.site.sitemap import Sitemap
from mkdocs_papers.site.writer import Background, SiteWriter

_INCLUDES = ("{%", "--8<--")
"""What may take other files into a page: a macro language's statements, and snippets."""

_INCLUDING_NOTES = INCLUDING - {"pymdownx.snippets"}
"""Markdown extensions under which a note may take in other files in words that are not known here."""


@dataclass(frozen=True)
class Pages:
    """What a build and the saves after it remember of rendered pages.

    Attributes:
        lookups: the paths that a page asked for, with the addresses that they had, by its source path.
        asked: the names, without letter case, at the ends of these paths.
        search: what the search finds on each.
        shells: what pages of one kind share.
        rendered: the source paths of the pages rendered since the last build or save began, in order.
        reads: what the macros of each page have read of the library, by source path.
    """

    lookups: dict[str, dict[Lookup, str | None]]
    asked: dict[str, frozenset[str]]
    search: SearchOutput
    sitemap: Sitemap
    shells: Shells
    rendered: list[str]
    reads: Mapping[str, Reads]

    def note_lookups(self, path: str, lookups: dict[Lookup, str | None]) -> None:
        """Remember what a page asked for; most ask for nothing, and they are not looked through after each save."""
        self.lookups.pop(path, None)
        self.asked.pop(path, None)
        if lookups:
            self.lookups[path] = lookups
            self.asked[path] = frozenset([file_name(asked) for _, asked in lookups])


Assemble = Callable[[Iterable[File], Assembly], tuple[Assembly, bool]]
"""Reads the library again and puts it among the site's other files; says whether the papers differ."""


def rebuild(before: Build, pages: Pages, writer: SiteWriter, assemble: Assemble) -> Build | None:
    """Render what has changed since a build or save; gives the build as it is now, None where all is to be built."""
    inputs, config = before.inputs, before.config
    if inputs.date != get_build_date() or snapshot(global_inputs(config)) != inputs.everywhere:
        return None
    docs = snapshot([Path(config.docs_dir)])
    if docs.keys() != inputs.docs.keys():
        return None
    edited = {path for path in docs if docs[path] != inputs.docs[path]}
    found, papers_differ = assemble(before.others, before.assembly)
    assembly = with_same_menu(before.assembly, found)
    if assembly is None:
        return None
    documents = tuple([assembly.own.get(document.src_uri, document) for document in before.documents])
    now = dataclasses.replace(
        before, inputs=dataclasses.replace(inputs, docs=docs), assembly=assembly, documents=documents
    )
    with Background() as background:
        done = _Save(now, before, pages, writer, background, edited, papers_differ=papers_differ).run()
    return now if done else None


def takes_in(file: File, build: Build) -> bool:
    """Whether a page may show other files, whatever has changed."""
    if isinstance(file, NoteFile):
        return file.has_snippets or _any_note_takes_in(build)
    return not isinstance(file, OwnFile) and any(mark in file.content_string for mark in _INCLUDES)


def _any_note_takes_in(build: Build) -> bool:
    return not _INCLUDING_NOTES.isdisjoint(build.config.markdown_extensions)


@dataclass
class _Save:
    """One save, from the library as it is now to the files of the site."""

    now: Build
    before: Build
    pages: Pages
    writer: SiteWriter
    background: Background
    edited: AbstractSet[str]
    """The files in the docs folder that were edited, by their paths on the disk."""
    papers_differ: bool
    difference: Difference = field(init=False)

    def __post_init__(self) -> None:
        self.difference = self.now.assembly.difference

    def run(self) -> bool:
        """Do it; gives whether the menu is as it was."""
        difference, own = self.difference, self.now.assembly.own
        moved = set() if difference.in_place else self._moved()
        anything = bool(difference.made or self.edited or not difference.in_place)
        stale = moved | (self._stale() if anything else set())
        changed = difference.changed
        changed |= {path: own[path] for path in stale if path in own and path not in changed}
        self.pages.search.begin_save()
        self.pages.search.forget(file.src_uri for file in difference.gone)
        self.pages.sitemap.build = self.now
        for file in changed.values():
            self._render(file.page if file.in_nav and file.page else new_page(file, self.now))
            if not file.in_nav:
                file.page = None
        if not self._render_documents(stale):
            return False
        self._write_sitemap()
        self._copy()
        in_place = difference.in_place
        if self.pages.rendered or not in_place:
            self.pages.search.finish_save(self.now, self.writer.write, self.writer.remove)
        if not in_place:
            # A folder that is empty goes, so whatever comes to one has to be there.
            self.background.wait()
            self._remove()
        return True

    def _render(self, page: Page) -> None:
        self.writer.write(page.file.abs_dest_path, render(page, self.now, self.pages.shells))

    def _render_documents(self, stale: AbstractSet[str]) -> bool:
        """Render pages in docs/ that were edited, or may show other things now; whether the menu is as it was."""
        for document in self.now.documents:
            page = document.page
            if isinstance(document, OwnFile) or page is None:
                continue
            is_edited = document.abs_src_path in self.edited
            if is_edited or document.src_uri in stale:
                title, meta = page.title, dict(page.meta)
                self._render(page)
                # A title and an icon stand in the menu, and so on every page.
                if is_edited and (title, meta) != (page.title, page.meta):
                    return False
        return True

    def _moved(self) -> set[str]:
        """The pages one of whose paths leads elsewhere than it did; only those to files of some names can."""
        # Whatever a path is relative to, it ends with the name of its file, or does not say it.
        files, names = self.now.assembly.files, self.difference.moved | {"", ".", ".."}
        return {
            path
            for path, asked in self.pages.asked.items()
            if not names.isdisjoint(asked)
            and any(files.address(lookup) != address for lookup, address in self.pages.lookups[path].items())
        }

    def _stale(self) -> set[str]:
        """The pages that show more than themselves, and something of that may have changed."""
        reads = self.pages.reads
        stale = {path for path, of in reads.items() if of is Reads.EVERYTHING or self.papers_differ}
        any_note = _any_note_takes_in(self.now)
        stale |= {note.src_uri for note in self.now.assembly.notes() if any_note or note.has_snippets}
        return stale | {file.src_uri for file in self.now.documents if takes_in(file, self.now)}

    def _write_sitemap(self) -> None:
        """Write the sitemap where pages came or went."""
        now, before = self.now, self.before.assembly
        # The order counts too: a record that is mended moves up from behind the papers.
        if self.difference.in_place or not now.config.site_url or list(before.own) == list(now.assembly.own):
            return
        content = self.pages.sitemap.rendered()
        if content.strip():
            self.background.do(functools.partial(self.pages.sitemap.write, content, self.writer.write))

    def _copy(self) -> None:
        """Copy the files that changed: pictures beside notes, exports, and what is no page in the docs folder."""
        is_included = included(self.now.context)
        for file in self.now.assembly.others:
            if file.abs_src_path in self.edited and not file.is_documentation_page() and is_included(file.inclusion):
                self.writer.write(file.abs_dest_path, file.content_bytes)
        for file in self.difference.made:
            if isinstance(file, MediaFile):
                if (content := file.content()) is not None:
                    self.writer.write(file.abs_dest_path, content)
            elif isinstance(file, ExportFile):
                self.background.do(functools.partial(self.writer.write, file.abs_dest_path, *file.parts))

    def _remove(self) -> None:
        """Remove what is no longer part of the site, and folders that are empty then."""
        still = {file.dest_uri for file in self.difference.made}
        gone = [file for file in self.difference.gone if file.dest_uri not in still]
        self.writer.remove([file.abs_dest_path for file in gone], Path(self.now.config.site_dir))
        for file in gone:
            if file.src_uri not in self.now.assembly.own:
                self.pages.note_lookups(file.src_uri, {})
