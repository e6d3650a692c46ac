"""Macros for pages in ``docs/``, through mkdocs-macros-plugin.

What a macro returns goes through Markdown, where a title such as ``*b*`` would become markup. So a macro returns a
token, and the HTML takes the token's place after Markdown.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from mkdocs_papers.pages.contents import Link
from mkdocs_papers.records.problem import Place
from mkdocs_papers.records.suggest import did_you_mean
from mkdocs_papers.views.order import newest_first
from mkdocs_papers.views.select import SelectionError, select

if TYPE_CHECKING:
    from types import FrameType

    from mkdocs.plugins import BasePlugin
    from mkdocs.structure.pages import Page

    from mkdocs_papers.library.model import Library
    from mkdocs_papers.pages.render import Renderer
    from mkdocs_papers.pages.sources import Site

# Private-use characters: Markdown passes them through, and no text holds them by chance.
_TOKEN = "\ue000papers-{}\ue001"
_TOKENS = re.compile("(?:<p>\\s*)?\ue000papers-(\\d+)\ue001(?:\\s*</p>)?")
_INLINE = re.compile("\ue000papers-(\\d+)\ue001")


class LibraryVariable:
    """The library as a variable of macros, read when it is used: macros are registered before it is loaded."""

    def __init__(self, library: Callable[[], Library]) -> None:
        self._library = library

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self._library(), name)


@dataclass(frozen=True, slots=True)
class Slot:
    """What takes a token's place: HTML, its plain words (for titles and outlines), and whether it is a block."""

    content: Markup
    text: str
    block: bool = False


@dataclass
class Macros:
    """The macros of one build.

    Args:
        site: gives the pages of the library, once it is loaded.
        renderer: renders fragments.
        report: takes a defect in the page that is being rendered: its place, what is wrong, what would be right.
    """

    site: Callable[[], Site]
    renderer: Callable[[], Renderer]
    report: Callable[[Page, Place, str, str], None]
    page: Callable[[], Page]
    _slots: dict[str, list[Slot]] = field(default_factory=dict)

    def functions(self) -> dict[str, Callable[..., object]]:
        """The macros by name."""
        return {"papers_table": self.papers_table, "paper": self.paper, "papers_count": self.papers_count}

    def papers_table(self, *, limit: int | None = None, **wanted: object) -> str:
        """A table of the papers that fit, newest first: ``venue="ICLR", year=2024, limit=5``."""
        try:
            papers = sorted(self._chosen(wanted), key=newest_first)[:limit]
        except (SelectionError, TypeError) as error:
            return self._failed(error)
        rows = tuple(self.site().summaries[paper.key] for paper in papers)
        html = self.renderer().fragment("table.html", self._base(), rows=rows)
        return f"\n\n{self._slot(Slot(html, '', block=True))}\n\n"

    def paper(self, key: str, text: str | None = None) -> str:
        """A link to a paper's page, by its name or by other words: ``"2024/Quest", "this paper"``."""
        papers = self.site().library.papers
        if key not in papers:
            known = did_you_mean(str(key), papers) or "a key is a year and a file name without suffix, '2024/Quest'"
            return self._failed(SelectionError(f"there is no paper {key!r}", known))
        link = self.site().paper_link(key)
        link = link if text is None else Link(str(text), link.address)
        html = self.renderer().fragment("link.html", self._base(), link=link)
        return self._slot(Slot(html, link.text))

    def papers_count(self, **wanted: object) -> str:
        """How many papers fit: ``keyword="quantization"``."""
        try:
            return str(len(self._chosen(wanted)))
        except SelectionError as error:
            return self._failed(error)

    def fill(self, page: Page, content: str) -> str:
        """The content of a page with what its macros gave in place of their tokens."""
        slots = self._slots.get(page.file.src_uri, [])

        def content_of(match: re.Match[str]) -> str:
            number = int(match[1])
            if number >= len(slots):
                return match[0]
            slot = slots[number]
            if slot.block:
                return str(slot.content)
            return _INLINE.sub(lambda _: str(slot.content), match[0])

        return _TOKENS.sub(content_of, content)

    def fill_text(self, page: Page, text: str) -> str:
        """A title or an outline's entry with plain words in place of tokens."""
        slots = self._slots.get(page.file.src_uri, [])
        return _INLINE.sub(
            lambda match: str(Markup.escape(slots[int(match[1])].text)) if int(match[1]) < len(slots) else "", text
        )

    def start(self, page: Page) -> None:
        """Forget what the page held before."""
        self._slots.pop(page.file.src_uri, None)

    def _chosen(self, wanted: Mapping[str, object]) -> list[Any]:
        site = self.site()
        return select(site.library.papers.values(), site.settings.keywords, wanted)

    def _slot(self, slot: Slot) -> str:
        slots = self._slots.setdefault(self.page().file.src_uri, [])
        slots.append(slot)
        return _TOKEN.format(len(slots) - 1)

    def _base(self) -> str:
        return "../" * self.page().file.dest_uri.count("/")

    def _failed(self, error: Exception) -> str:
        wrong, right = (error.wrong, error.right) if isinstance(error, SelectionError) else (str(error), "")
        self.report(self.page(), _line_of_call(), wrong, right)
        message = Markup('<strong class="papers-failed">{}</strong>').format(wrong)
        return self._slot(Slot(message, wrong))


def _line_of_call() -> Place:
    """The line of the page, after its front matter, on which the macro stands that is being called.

    Jinja keeps the template of a compiled frame in the frame's globals, for the same purpose: error messages.
    """
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 - the one way to the caller's frame
    while frame is not None:
        template = frame.f_globals.get("__jinja_template__")
        if template is not None:
            return Place(template.get_corresponding_lineno(frame.f_lineno), 1)
        frame = frame.f_back
    return Place()


def register(plugin: BasePlugin[Any], macros: Macros, variables: Mapping[str, object]) -> None:
    """Make the macros known to mkdocs-macros-plugin, whose ``on_config`` has run.

    Its registration refuses a name that it has; names left over from another build of the same process are ours.
    """
    functions = macros.functions()
    for name in functions:
        plugin.macros.pop(name, None)  # type: ignore[attr-defined] # the plugin has no types
    for name in variables:
        plugin.variables.pop(name, None)  # type: ignore[attr-defined]
    plugin.register_macros(functions)  # type: ignore[attr-defined]
    plugin.register_variables(dict(variables))  # type: ignore[attr-defined]
