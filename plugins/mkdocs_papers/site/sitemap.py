"""The library's pages in the sitemap, which MkDocs' template makes of its own pages."""

from __future__ import annotations

import gzip
import io
import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

from mkdocs.commands import build as mkdocs_build
from mkdocs.structure.files import Files
from mkdocs.utils import get_build_timestamp

if TYPE_CHECKING:
    from mkdocs.utils.templates import TemplateContext

    from mkdocs_papers.site.build import Build


class Sitemap:
    """Puts the pages that MkDocs does not list itself into the sitemap, while MkDocs renders its template.

    Attributes:
        build: the build whose pages these are.
    """

    def __init__(self) -> None:
        self.build: Build | None = None

    def add(self, context: TemplateContext) -> None:
        """Put our pages into what the template reads."""
        build = self.build
        if build is None or not build.config.site_url:
            return
        date = build.inputs.date
        pages = [SimpleNamespace(canonical_url=url, update_date=date, is_link=False) for url in _urls(build)]
        context["pages"] = [*context["pages"], *[SimpleNamespace(page=page) for page in pages]]  # type: ignore[list-item] # what it reads


def _urls(build: Build) -> list[str]:
    """The addresses of the pages that MkDocs does not list itself."""
    base = str(build.config.site_url).rstrip("/")
    return [f"{base}/{'' if file.url == './' else file.url}" for file in build.out_of_nav()]


def rendered(build: Build) -> bytes:
    """The sitemap as a whole build renders it."""
    # MkDocs has no public way to render a template of its own.
    return mkdocs_build._build_template(  # noqa: SLF001
        "sitemap.xml", build.env.get_template("sitemap.xml"), Files(build.documents), build.config, build.nav
    ).encode()


def write(content: bytes, build: Build, write: Callable[[str, bytes], None]) -> None:
    """Write the sitemap as a whole build does, and compressed."""
    path = os.fspath(Path(build.config.site_dir, "sitemap.xml"))
    changed = get_build_timestamp(pages=[file.page for file in build.documents if file.page is not None])
    write(path, content)
    write(f"{path}.gz", compressed(content, f"{path}.gz", changed))


def compressed(content: bytes, path: str, changed: float) -> bytes:
    """The sitemap compressed, byte for byte as MkDocs does.

    Args:
        content: the sitemap.
        path: where it is to be written; gzip (RFC 1952) notes the name.
        changed: when it says that the last page was changed, in Unix seconds.
    """
    written = io.BytesIO()
    with gzip.GzipFile(path, "wb", fileobj=written, mtime=changed) as file:
        file.write(content)
    return written.getvalue()
