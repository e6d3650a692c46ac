"""Where index pages stand in the navigation of a site that has no ``nav`` of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mkdocs.structure.files import InclusionLevel
from mkdocs.utils import nest_paths

if TYPE_CHECKING:
    from mkdocs.structure.files import Files

    from mkdocs_papers.pages.source import PageSource


def navigation(files: Files, indices: list[tuple[str, PageSource]], label: str) -> list[Any]:
    """The site's own pages as MkDocs would nest them, then the library's index pages under one heading.

    Args:
        files: all files of the site.
        indices: source path and page of each index page.
        label: the heading.
    """
    ours = {path for path, _ in indices}
    own = [
        file.src_uri
        for file in files.documentation_pages(inclusion=InclusionLevel.is_in_nav)
        if file.src_uri not in ours and not file.inclusion.is_not_in_nav()
    ]
    home = [path for path, source in indices if source.address.path == ""]
    entries: list[Any] = [{source.title: path} for path, source in indices if source.address.path != ""]
    return [*home, *nest_paths(own), {label: entries}]
