"""The theme around a page: rendered once for pages that differ in their words only.

Around the content of ten thousand papers stands the same header, menu and footer. So the theme's template is rendered
for one page of each kind, with marks where the page's own words go, and the other pages take theirs in between. The
first pages of each kind are rendered in full as well: where a theme does anything else with a page than to print it,
the two differ, and from then on every page is rendered in full.
"""

from __future__ import annotations

import copy
import posixpath
import secrets
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mkdocs.structure.toc import get_toc

from mkdocs_papers.site.files import SourcePage

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page

_PROOFS = 3
"""Pages of each kind that are rendered in full, to compare."""

_FIELDS = ("content", "title", "description", "canonical", "edit", "toc title")
# Of this run alone, so that no text of a page can be taken for one.
_MARKS = {name: f"\ue000{secrets.token_hex(8)}\ue001" for name in _FIELDS}
# Themes look into the content to see whether it brings its own heading.
_MARKS["content"] = f"<h1>{_MARKS['content']}</h1>"


@dataclass
class _Shell:
    """A theme's page in pieces: plain text, and between it the names of fields."""

    pieces: tuple[str, ...]
    fields: tuple[str, ...]
    proofs: int = 0

    def filled(self, values: dict[str, str]) -> str:
        parts = [self.pieces[0]]
        for name, piece in zip(self.fields, self.pieces[1:], strict=True):
            parts += (values[name], piece)
        return "".join(parts)


@dataclass
class Shells:
    """The shells of one build.

    Attributes:
        enabled: whether pages may share a shell at all.
        in_full: for how many pages the theme's template was rendered.
    """

    enabled: bool = True
    in_full: int = 0
    _known: dict[Hashable, _Shell] = field(default_factory=dict)

    def output(self, page: Page, render: Callable[[Page], str]) -> str:
        """A page with the theme around it."""

        def in_full(page: Page) -> str:
            self.in_full += 1
            return render(page)

        # An index page is marked in the menu, as no other page is.
        if (
            not self.enabled
            or not isinstance(page, SourcePage)
            or page.file.in_nav
            or "<h1" not in (page.content or "")
        ):
            return in_full(page)
        kind = _kind(page)
        shell = self._known.get(kind)
        if shell is None:
            shell = self._known[kind] = _cut(in_full(_marked(page)))
        output = shell.filled(_values(page))
        if shell.proofs < _PROOFS:
            shell.proofs += 1
            full = in_full(page)
            if full != output:
                self.enabled = False
                return full
        return output


def _kind(page: SourcePage) -> Hashable:
    """What two pages have in common that may share a shell: all that a theme can see of them but their words."""
    return (
        posixpath.dirname(page.url.rstrip("/")),
        id(page.parent),
        tuple(page.meta.get("hide", ())),
        "title" in page.meta,
        "description" in page.meta,
        page.canonical_url is None,
        page.edit_url is None,
        page.file.source.outline,
        page.file.source.template,
    )


def _values(page: SourcePage) -> dict[str, str]:
    return {
        "content": page.content or "",
        "title": str(page.title),
        "description": str(page.meta.get("description", "")),
        "canonical": page.canonical_url or "",
        "edit": page.edit_url or "",
        "toc title": page.toc.items[0].title if page.toc.items else "",
    }


def _marked(page: SourcePage) -> SourcePage:
    """A page of the same kind with marks for words."""
    marked = copy.copy(page)
    marked.title = _MARKS["title"]
    marked.content = _MARKS["content"]
    marked.meta = dict(page.meta)
    for name in ("title", "description"):
        if name in marked.meta:
            marked.meta[name] = _MARKS[name]
    if page.canonical_url is not None:
        marked.canonical_url = _MARKS["canonical"]
    if page.edit_url is not None:
        marked.edit_url = _MARKS["edit"]
    marked.toc = get_toc([])
    for item in page.toc.items:
        first = copy.copy(item)
        first.title = _MARKS["toc title"]
        marked.toc.items.append(first)
    return marked


def _cut(text: str) -> _Shell:
    pieces: list[str] = [text]
    fields: list[str] = []
    while True:
        found = min(((at, name) for name, mark in _MARKS.items() if (at := pieces[-1].find(mark)) >= 0), default=None)
        if found is None:
            return _Shell(tuple(pieces), tuple(fields))
        at, name = found
        last = pieces.pop()
        pieces += [last[:at], last[at + len(_MARKS[name]) :]]
        fields.append(name)
