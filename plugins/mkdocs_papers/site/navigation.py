"""Where index pages stand in the navigation of a site that has no ``nav`` of its own."""

from collections.abc import Iterator, Mapping
from typing import Any

from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.utils import nest_paths

from mkdocs_papers.site.files import SourceFile


def navigation(files: Files, indices: Mapping[str, SourceFile], label: str) -> list[Any]:
    """The site's own pages as MkDocs would nest them, then the library's index pages under one heading."""
    own = [file.src_uri for file in files.documentation_pages(inclusion=InclusionLevel.is_in_nav)]
    home = [path for path, file in indices.items() if file.source.address.path == ""]
    ours: list[Any] = [{file.source.title: path} for path, file in indices.items() if file.source.address.path != ""]
    return [*home, *nest_paths(own), {label: ours}]


def entries(nav: object, title: str | None = None) -> Iterator[tuple[str, str | None]]:
    """The source paths that a ``nav`` names, each with its title there, or None."""
    if isinstance(nav, str):
        yield nav, title
    elif isinstance(nav, dict):
        for name, value in nav.items():
            yield from entries(value, str(name))
    elif isinstance(nav, list):
        for entry in nav:
            yield from entries(entry)
