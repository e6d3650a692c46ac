"""MkDocs' files and pages for page sources, notes and what lies beside them."""

from __future__ import annotations

import html
import os
import posixpath
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from mkdocs_papers.library.names import fold_case

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from mkdocs_papers.library.model import Note
    from mkdocs_papers.pages.render import Renderer
    from mkdocs_papers.pages.source import PageSource

PLUGIN = "papers"


class SourceFile(File):
    """A page of the library among MkDocs' files; its address, not its source path, decides where it is written."""

    def __init__(self, source: PageSource, config: MkDocsConfig, edit_uri: str | None) -> None:
        suffix = "/index.md" if source.address.index and source.address.path else ".md"
        super().__init__(
            (source.address.path or "index") + suffix,
            src_dir=None,
            dest_dir=config.site_dir,
            use_directory_urls=config.use_directory_urls,
            dest_uri=source.address.file(directory_urls=config.use_directory_urls),
            # Only index pages are in the navigation: it is part of every page, so its cost is the square of its length.
            inclusion=InclusionLevel.NOT_IN_NAV if source.section else InclusionLevel.INCLUDED,
        )
        self.generated_by = PLUGIN
        self.edit_uri = edit_uri
        self._content = ""
        self.source = source


class SourcePage(Page):
    """A page of the library: its content comes from a template as HTML, without a Markdown pass."""

    def __init__(self, file: SourceFile, config: MkDocsConfig, renderer: Renderer) -> None:
        self._renderer = renderer
        self.source = file.source
        # MkDocs' themes print titles and metadata as they are: what is plain text here is HTML there.
        super().__init__(html.escape(self.source.title), file, config)

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002 - MkDocs' signature
        """Set what Markdown pages have in their front matter."""
        self.markdown = ""
        self.meta = {
            "title": html.escape(self.source.title),
            "render_macros": False,
            "search": {"exclude": not self.source.searchable},
        }
        if self.source.description:
            self.meta["description"] = html.escape(self.source.description)
        if self.source.address.path == "":
            del self.meta["title"]

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002 - MkDocs' signature
        """Render the content from its template, and hand over its outline."""
        self.content = str(self._renderer.page(self.source, edit_url=self.edit_url))
        self.toc = get_toc(
            [
                {"level": 2, "id": heading.id, "name": html.escape(heading.text), "children": []}
                for heading in self.source.outline
            ]
        )
        self.present_anchor_ids = {heading.id for heading in self.source.outline}
        self.links_to_anchors = {}


class NotePage(Page):
    """A note: Markdown like any page in ``docs/``, but read by the library, and converted by `notes.convert`."""

    def __init__(self, file: File, config: MkDocsConfig, note: Note, convert: Callable[[NotePage], None]) -> None:
        super().__init__(None, file, config)
        self.note = note
        self._convert = convert

    def read_source(self, config: MkDocsConfig) -> None:
        """Hand over the note's text and front matter; other plugins may give another source, as for any page."""
        source = config.plugins.on_page_read_source(page=self, config=config)
        self.markdown = self.note.text if source is None else source
        self.meta = dict(self.note.meta)
        self.meta["title"] = html.escape(str(self.meta.get("title", self.note.title)))
        if "description" in self.meta:
            self.meta["description"] = html.escape(str(self.meta["description"]))
        # Double braces in a note are LaTeX far more often than macros.
        self.meta.setdefault("render_macros", False)

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002 - MkDocs' signature
        """Convert the note's Markdown."""
        self._convert(self)


class LibraryFiles(Files):
    """MkDocs' files, which also know records, notes and docs by where they lie in the project.

    A link from ``docs/index.md`` to ``../meta/2024/Quest.prototxt`` works on GitHub; on the site it leads to the
    paper's page.
    """

    def __init__(self, files: Iterable[File], config: MkDocsConfig, root: Path) -> None:
        super().__init__(files)
        self._docs = relative(Path(config.docs_dir), root)
        self._by_project_path: dict[str, File] = {}
        self._by_folded_path: dict[str, list[File]] = {}

    def add(self, file: File, project_path: str | None = None) -> None:
        """Add a file, and remember where its source lies in the project, relative to the root."""
        self.append(file)
        if project_path is not None:
            self._by_project_path[project_path] = file
            self._by_folded_path.setdefault(fold_case(project_path), []).append(file)

    def at(self, project_path: str) -> File | None:
        """The file whose source lies there, relative to the project's root, or there but for letter case."""
        found = self._by_project_path.get(project_path)
        if found is None and project_path.startswith(f"{self._docs}/"):
            return super().get_file_from_path(project_path.removeprefix(f"{self._docs}/"))
        if found is None:
            # The library names it as a problem; until it is mended, the link works as it does on the writer's machine.
            alike = self._by_folded_path.get(fold_case(project_path), [])
            return alike[0] if len(alike) == 1 else None
        return found

    def get_file_from_path(self, path: str) -> File | None:
        """The file of that source path, relative to the docs folder, or None."""
        found = super().get_file_from_path(path)
        if found is None and path.startswith("../"):
            return self._by_project_path.get(posixpath.normpath(posixpath.join(self._docs, path)))
        return found


def relative(path: Path, root: Path) -> str:
    """A path relative to a folder, with ``/``, going up where it must."""
    return Path(os.path.relpath(path, root)).as_posix()
