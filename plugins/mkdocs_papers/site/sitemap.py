"""The library's pages in the sitemap.

MkDocs' template says the same around each address. So it is rendered with two marks, and the addresses take their
place, with what stood between the two between all of them: there are ten thousands, and each save that makes a page
come or go needs it anew.
"""

from __future__ import annotations

import gzip
import io
import os
import secrets
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import mkdocs
from markupsafe import escape
from mkdocs.commands import build as mkdocs_build
from mkdocs.structure.files import Files
from mkdocs.utils import get_build_timestamp

if TYPE_CHECKING:
    import jinja2
    from mkdocs.utils.templates import TemplateContext

    from mkdocs_papers.site.build import Build

_MARKS = tuple(f"\ue000{secrets.token_hex(8)}\ue001" for _ in range(2))
"""Of this run alone, so that no address can be taken for one."""
_PLAIN = Path(mkdocs.__file__).parent / "templates" / "sitemap.xml"


def is_plain(template: jinja2.Template) -> bool:
    """Whether a template is MkDocs' own, and not a theme's or a site's, which may do more than print addresses."""
    return template.filename is not None and Path(template.filename) == _PLAIN


def listed(urls: Sequence[str], date: str) -> list[SimpleNamespace]:
    """Pages as the sitemap's template reads them."""
    pages = [SimpleNamespace(canonical_url=url, update_date=date, is_link=False) for url in urls]
    return [SimpleNamespace(page=page) for page in pages]


def marks(date: str) -> list[SimpleNamespace]:
    """Two pages of no address, for `filled`; see `listed`."""
    return listed(_MARKS, date)


def filled(output: str, urls: Sequence[str]) -> str:
    """The sitemap with all addresses, at least one.

    Args:
        output: what MkDocs' template makes of `marks`.
        urls: the addresses.
    """
    first, second = _MARKS
    before, _, rest = output.partition(first)
    between, _, behind = rest.partition(second)
    # Most often there is nothing to escape in any of them, and to see that takes less than to escape each.
    plain = "".join(urls)
    shown = urls if escape(plain) == plain else [str(escape(url)) for url in urls]
    return f"{before}{between.join(shown)}{behind}"


class Sitemap:
    """Puts the pages that MkDocs does not list itself into the sitemap, while MkDocs renders its template.

    Attributes:
        build: the build whose pages these are.
    """

    def __init__(self) -> None:
        self.build: Build | None = None
        self._unlisted: list[str] = []

    def begin(self, context: TemplateContext, template: jinja2.Template) -> None:
        """Put our pages into what the template reads."""
        build = self.build
        if build is None or not build.config.site_url:
            return
        urls = _urls(build)
        # Other plugins see all pages, or may see them, and so may another template.
        self._unlisted = urls if lists_only_addresses(template, build) else []
        ours = marks(build.inputs.date) if self._unlisted else listed(urls, build.inputs.date)
        context["pages"] = [*context["pages"], *ours]  # type: ignore[list-item] # what it reads

    def finish(self, output: str) -> str:
        """The sitemap, given what its template made of the pages."""
        urls, self._unlisted = self._unlisted, []
        return filled(output, urls) if urls else output


def _urls(build: Build) -> list[str]:
    """The addresses of the pages that MkDocs does not list itself."""
    base = str(build.config.site_url).rstrip("/")
    return [f"{base}/{'' if file.url == './' else file.url}" for file in build.out_of_nav()]


def lists_only_addresses(template: jinja2.Template, build: Build) -> bool:
    """Whether the sitemap says nothing but where pages are; another plugin or template may tell what is on them."""
    return build.context.only_known_plugins and is_plain(template)


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
