"""Small libraries as sites, without MkDocs: what a test of one page, one export or one hit needs."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mkdocs_papers.library.settings import settings_from
from mkdocs_papers.pages.exports.registry import export_files
from mkdocs_papers.pages.language import language
from mkdocs_papers.pages.page_inputs import Options
from mkdocs_papers.pages.page_source import PageSource
from mkdocs_papers.pages.render import Renderer
from mkdocs_papers.pages.sources import Site
from mkdocs_papers.search.document import Document
from tests.libraries import loaded


def small_site(folder: Path, files: Mapping[str, str | bytes], **options: Any) -> Site:
    """The pages of the library that these files make.

    Args:
        folder: where to write the files.
        files: their texts by path.
        options: what the site decides about its pages; see `Options`.
    """
    library = loaded(folder, files)
    return Site(library, settings_from({}, folder), Options(language("en"), **options))


def html(made: Site, url: str) -> str:
    """The content of the page at an address, ``papers/2024/Quest/``."""
    source = _source(made, url)
    return str(Renderer(language("en"), directory_urls=True).page(source))


def hit(made: Site, url: str) -> Document | None:
    """What the site's search knows of the page at an address."""
    return _source(made, url).content.document(url)


def export(made: Site, path: str) -> str:
    """The text of a file for other programs, or of another file beside the pages, such as ``papers/browse.json``."""
    files = {**dict(made.files()), **{path: b"".join(parts) for path, parts in export_files(made)}}
    return files[path].decode("utf-8-sig")


def _source(made: Site, url: str) -> PageSource:
    return next(source for source in made.sources() if source.address.url(directory_urls=True) == url)
