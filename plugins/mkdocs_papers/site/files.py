"""MkDocs' files and pages for page sources, notes and what lies beside them."""

from __future__ import annotations

import functools
import html
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from mkdocs_papers.library.memory import Stamp
from mkdocs_papers.library.model import Note
from mkdocs_papers.library.names import fold_case
from mkdocs_papers.pages.address import note_address
from mkdocs_papers.pages.description import note_description
from mkdocs_papers.pages.note_pages import NoteHeader
from mkdocs_papers.pages.page_source import TITLE_ID, PageSource
from mkdocs_papers.pages.render import Renderer
from mkdocs_papers.pages.text import plain
from mkdocs_papers.records.problem import Problem

PLUGIN = "papers"


class OwnFile(File):
    """A page of ours among MkDocs' files.

    MkDocs reads every documentation page before it writes the first, and keeps them all. So only what stands in the
    navigation is a documentation page to MkDocs; any other page of ours is, to MkDocs, a file that is copied, and is
    rendered, written and forgotten in that moment: see `engine.Engine.write`.
    """

    in_nav = False
    """Whether MkDocs has it among its documentation pages."""
    writer: Callable[[OwnFile], None]

    def __init__(self, src_uri: str, dest_uri: str, config: MkDocsConfig, edit_uri: str | None) -> None:
        super().__init__(
            src_uri,
            src_dir=None,
            dest_dir=config.site_dir,
            use_directory_urls=config.use_directory_urls,
            dest_uri=dest_uri,
            # Only index pages are in the navigation: it is part of every page, so its cost is the square of its length.
            inclusion=InclusionLevel.NOT_IN_NAV,
        )
        self.generated_by = PLUGIN
        # MkDocs puts it into the address as it is, unless the site's template of addresses says otherwise by "!q".
        encodes = config.edit_uri_template is not None and "!q" in str(config.edit_uri_template)
        self.edit_uri = edit_uri if edit_uri is None or encodes else quote(edit_uri)
        self.folded = fold_case(dest_uri)
        """Where it is written, in one letter case."""

    @property
    def src_path(self) -> str:
        """As in MkDocs' own file, which takes it apart and puts it together again, for each of ten thousands."""
        return os.path.normpath(self.src_uri)

    @src_path.setter
    def src_path(self, value: str) -> None:
        self.src_uri = value

    def is_documentation_page(self) -> bool:
        """Whether MkDocs builds it."""
        return self.in_nav

    def copy_file(self, dirty: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - MkDocs' signature
        """Render and write the page."""
        self.writer(self)

    @property
    def sections(self) -> tuple[str, ...]:
        """The index pages under which it may belong, by address, the nearest first."""
        raise NotImplementedError

    def new_page(self, config: MkDocsConfig) -> Page:
        """The page of this file, to be rendered."""
        raise NotImplementedError


class SourceFile(OwnFile):
    """A page of the library; its address, not its source path, decides where it is written."""

    def __init__(self, source: PageSource, config: MkDocsConfig, edit_uri: str | None, renderer: Renderer) -> None:
        super().__init__(
            source_path(source),
            source.address.file(directory_urls=config.use_directory_urls),
            config,
            edit_uri,
        )
        self._content = ""
        # Few attributes: there are ten thousands of these, and Python keeps those of few in less room.
        self.source, self.renderer = source, renderer

    @property
    def sections(self) -> tuple[str, ...]:
        """Its own index page, else the listing of all papers."""
        return (self.source.section, "papers")

    def new_page(self, config: MkDocsConfig) -> SourcePage:
        """The page, to be rendered from its source."""
        return SourcePage(self, config)


class NoteFile(OwnFile):
    """A note among MkDocs' files."""

    def __init__(
        self,
        note: Note,
        header: NoteHeader,
        source: Path,
        edit_uri: str,
        config: MkDocsConfig,
        convert: Callable[[NotePage, MkDocsConfig], None],
        *,
        sanitize: bool = False,
    ) -> None:
        super().__init__(
            f"notes/{note.path}",
            note_address(note.path).file(directory_urls=config.use_directory_urls),
            config,
            edit_uri,
        )
        self.abs_src_path = os.fspath(source)
        self.note = note
        self.header = header
        self.convert = convert
        self.sanitize = sanitize

    @functools.cached_property
    def has_snippets(self) -> bool:
        """Whether it says that other files are to be taken in."""
        return "--8<--" in self.note.text

    @property
    def sections(self) -> tuple[str, ...]:
        """The index of notes."""
        return ("notes",)

    def new_page(self, config: MkDocsConfig) -> NotePage:
        """The page, to be converted from Markdown."""
        return NotePage(self, config)


class MediaFile(File):
    """A file beside notes, such as a picture; it may be deleted after its folder was listed."""

    copy: Callable[[str, str], None]
    """Copies a file."""
    missing: Callable[[MediaFile, OSError], None]

    def __init__(self, path: str, source: Path, stamp: Stamp, config: MkDocsConfig) -> None:
        super().__init__(f"notes/{path}", None, config.site_dir, config.use_directory_urls, dest_uri=f"notes/{path}")
        self.inclusion = InclusionLevel.INCLUDED
        self.generated_by = PLUGIN
        self.abs_src_path = os.fspath(source)
        self.path = path
        """Below the notes folder."""
        self.stamp = stamp
        """Of the file on the disk, when this was made."""

    def is_documentation_page(self) -> bool:
        """Never: Markdown below the notes folder is a note."""
        return False

    def copy_file(self, dirty: bool = False) -> None:  # noqa: FBT001, FBT002 - MkDocs' signature
        """Copy the file, if it can still be read."""
        try:
            if self._content is None:
                # MkDocs looks at each folder and file five times before it copies it.
                self.copy(str(self.abs_src_path), self.abs_dest_path)
            else:
                super().copy_file(dirty)
        except OSError as error:
            # A full disk is another matter.
            if error.filename != self.abs_src_path:
                raise
            self.missing(self, error)

    def content(self) -> bytes | None:
        """What it holds; None where it cannot be read any more."""
        try:
            return self.content_bytes
        except OSError as error:
            self.missing(self, error)
            return None


class ExportFile(File):
    """A file for other programs or for scripts, in parts: many megabytes are joined only where another plugin asks."""

    parts: tuple[bytes, ...] = ()

    @property
    def _content(self) -> bytes:
        """What MkDocs has of a file in memory."""
        return b"".join(self.parts)

    @_content.setter
    def _content(self, value: str | bytes | None) -> None:
        self.parts = (value.encode() if isinstance(value, str) else value or b"",)


class OwnPage(Page):
    """A page of ours.

    MkDocs' themes print titles, addresses and metadata as they are: what is plain text here is HTML there.
    """

    def _set_edit_url(self, *arguments: Any, **named: Any) -> None:
        super()._set_edit_url(*arguments, **named)
        if self.edit_url is not None:
            self.edit_url = quote(self.edit_url, safe=_OF_ADDRESSES)


_OF_ADDRESSES = "/:?#[]@!$&()*+,;=%~"
"""What an address is parted by (RFC 3986, section 2.2), but the quotation mark."""


class SourcePage(OwnPage):
    """A page of the library: its content comes from a template as HTML, without a Markdown pass."""

    file: SourceFile

    def __init__(self, file: SourceFile, config: MkDocsConfig) -> None:
        super().__init__(html.escape(file.source.title), file, config)

    def read_source(self, config: MkDocsConfig) -> None:
        """Set what Markdown pages have in their front matter."""
        source = self.file.source
        self.markdown = ""
        self.meta = {
            "title": html.escape(source.title),
            "render_macros": False,
            # What search finds of it comes from the library, not from its HTML: see `search.entries`.
            "search": {"exclude": True},
            "hide": [*_idle_navigation(self, config), *([] if source.outline else ["toc"])],
        }
        # What a site says of itself is said of its home.
        is_home = source.address.path == ""
        if source.description and not (is_home and config.site_description):
            self.meta["description"] = html.escape(source.description)
        if is_home:
            del self.meta["title"]

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002 - MkDocs' signature
        """Render the content from its template, and hand over its outline."""
        source = self.file.source
        self.content = str(self.file.renderer.page(source, edit_url=self.edit_url))
        sections: list[Any] = [
            {"level": 2, "id": heading.id, "name": html.escape(heading.text), "children": []}
            for heading in source.outline
        ]
        # Material's link to skip to the content leads to the first heading.
        self.toc = get_toc([{"level": 1, "id": TITLE_ID, "name": html.escape(source.title), "children": sections}])
        self.present_anchor_ids = {TITLE_ID, *(heading.id for heading in source.outline)}
        self.links_to_anchors = {}


class NotePage(OwnPage):
    """A note: Markdown like any page in ``docs/``, but read by the library, and converted by `notes.convert`."""

    file: NoteFile

    def __init__(self, file: NoteFile, config: MkDocsConfig) -> None:
        super().__init__(None, file, config)
        self.note = file.note
        self.problems: tuple[Problem, ...] = ()
        """What turned out to be wrong when it was made into a page."""
        self.has_title = True
        """Whether its own text shows its title."""

    def read_source(self, config: MkDocsConfig) -> None:
        """Hand over the note's text and front matter; other plugins may give another source, as for any page."""
        source = config.plugins.on_page_read_source(page=self, config=config)
        self.markdown = self.note.text if source is None else source
        self.problems = ()
        meta = _trusted_part(self.note.meta) if self.file.sanitize else self.note.meta
        self.meta = {name: _printed(value) for name, value in meta.items()}
        self.meta["title"] = html.escape(plain(str(meta.get("title", self.note.title))))
        if description := note_description(self.note):
            self.meta["description"] = html.escape(description)
        # Double braces in a note are LaTeX far more often than macros.
        self.meta.setdefault("render_macros", False)
        self.meta.setdefault("hide", _idle_navigation(self, config))

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002 - MkDocs' signature
        """Convert the note's Markdown."""
        self.file.convert(self, config)


def _printed(value: object) -> Any:
    """A value of the front matter whose texts are HTML that shows them, at any depth."""
    if isinstance(value, str):
        return html.escape(value)
    if isinstance(value, Mapping):
        return {name: _printed(each) for name, each in value.items()}
    return [_printed(each) for each in value] if isinstance(value, list) else value


def _trusted_part(meta: Mapping[str, object]) -> dict[str, object]:
    """The front matter of a note without what would let it choose templates, run macros or write into ``<head>``."""
    usable: dict[str, object] = {name: str(meta[name]) for name in ("title", "description", "date") if name in meta}
    hidden = meta.get("hide")
    if isinstance(hidden, list):
        usable["hide"] = [part for part in hidden if part in ("navigation", "toc", "footer")]
    return usable


def _idle_navigation(page: Page, config: MkDocsConfig) -> list[str]:
    """What a page hides whose sidebar would be idle.

    Where Material's tabs are on, the sidebar holds the pages of one section; a page outside of one needs its room more.
    """
    tabs = "navigation.tabs" in (config.theme.get("features") or [])
    # A page out of the navigation may have an index page for its parent, but no section.
    in_section = page.parent is not None and page.parent.is_section
    return ["navigation"] if tabs and not in_section else []


@functools.lru_cache(maxsize=100_000)
def file_name(path: str) -> str:
    """The last part of a path, without letter case."""
    return fold_case(path.rpartition("/")[2])


def source_path(source: PageSource) -> str:
    """The path under which MkDocs knows a page of the library, as if it were Markdown in the docs folder."""
    path = source.address.path
    return f"{path}/index.md" if source.address.index and path else f"{path or 'index'}.md"


@functools.lru_cache
def relative(path: Path, root: Path) -> str:
    """A path relative to a folder, with ``/``, going up where it must."""
    return Path(os.path.relpath(path, root)).as_posix()
