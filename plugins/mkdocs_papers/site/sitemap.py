"""The library's pages in the sitemap.

MkDocs' template says the same around each address. So it is rendered with two marks, and the addresses take their
place, with what stood between the two between all of them: there are ten thousands, and each save that makes a page
come or go needs it anew.
"""

from __future__ import annotations

import gzip
import io
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import mkdocs
from markupsafe import escape

if TYPE_CHECKING:
    import jinja2

_MARKS = tuple(f"\ue000{secrets.token_hex(8)}\ue001" for _ in range(2))
"""Of this run alone, so that no address can be taken for one."""
_PLAIN = Path(mkdocs.__file__).parent / "templates" / "sitemap.xml"


@dataclass(frozen=True, slots=True)
class _Page:
    canonical_url: str
    update_date: str
    is_link: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """What the sitemap's template reads of a file."""

    page: _Page


def is_plain(template: jinja2.Template) -> bool:
    """Whether a template is MkDocs' own, and not a theme's or a site's, which may do more than print addresses."""
    return template.filename is not None and Path(template.filename) == _PLAIN


def listed(urls: Sequence[str], date: str) -> list[Listed]:
    """Pages as the sitemap's template reads them.

    Args:
        urls: their addresses.
        date: when they were changed, as the sitemap says it.
    """
    return [Listed(_Page(url, date)) for url in urls]


def marks(date: str) -> list[Listed]:
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
