"""Macros for pages in ``docs/``, through mkdocs-macros-plugin.

What a macro returns goes through Markdown, where a title such as ``*b*`` would become markup. So a macro returns a
token, and the HTML takes the token's place after Markdown.
"""

from __future__ import annotations

import enum
import functools
import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from markdown.extensions.toc import slugify
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.pages import Page

from mkdocs_papers.incremental.database import Database
from mkdocs_papers.library.keys import current_key
from mkdocs_papers.pages.group_links import Link
from mkdocs_papers.pages.home import newest, newest_notes, overview
from mkdocs_papers.pages.render import Renderer
from mkdocs_papers.pages.slots import Slot, filled
from mkdocs_papers.pages.sources import Site
from mkdocs_papers.pages.statistics import MOST_BARS, chart
from mkdocs_papers.pages.summaries import paper_link, summary
from mkdocs_papers.records.problem import Problem, problem
from mkdocs_papers.records.suggest import did_you_mean
from mkdocs_papers.site.files import relative
from mkdocs_papers.site.macro_failures import Failure, guard, line_of_call, place_of, place_of_title
from mkdocs_papers.site.macro_values import adapt, as_written
from mkdocs_papers.views import groups
from mkdocs_papers.views.groups import shown_papers
from mkdocs_papers.views.select import NOTE, SelectionError, select
from mkdocs_papers.views.view import VIEWS_BY_NAME

_BEGINS, _ENDS = "\ue000", "\ue001"
"""Private-use characters, which Markdown passes through, around a token."""


class Reads(enum.IntEnum):
    """What a page's macros read of the library, and so what it changes with."""

    PAPERS = 1
    """The papers and what listings show of them."""
    EVERYTHING = 2
    """Notes, problems, whatever there is."""


_READS = {
    "papers_table": Reads.PAPERS,
    "paper": Reads.PAPERS,
    "papers_count": Reads.PAPERS,
    "papers_home": Reads.EVERYTHING,
    "papers_chart": Reads.PAPERS,
    "papers_newest": Reads.PAPERS,
    "notes_newest": Reads.EVERYTHING,
}
"""The macros, methods of `Macros`, each with what it reads."""


_OF_NOTES = frozenset({"language", NOTE})
"""The filters that look into notes."""

_ORDERS: Mapping[str, Callable[[Database, str], Any]] = {
    "published": groups.newest_first,
    "added": groups.last_added_first,
}
"""The orders of tables, the last first."""


@dataclass
class Macros:
    """The macros of one build."""

    site: Callable[[], Site]
    renderer: Callable[[], Renderer]
    page: Callable[[], Page]
    root: Path
    _source: str = ""
    reads: dict[str, Reads] = field(default_factory=dict)
    """What the macros of each page, by its source path, have read of the library."""
    _run: set[str] = field(default_factory=set)
    _slots: dict[str, list[Slot]] = field(default_factory=dict)
    _problems: dict[str, list[Problem]] = field(default_factory=dict)
    # Made anew in each run, so that no text of a record can be taken for one.
    _secret: str = field(default_factory=lambda: secrets.token_hex(8))

    def functions(self) -> dict[str, Callable[..., object]]:
        """The macros by name, each noting what it reads of the library, and reporting what cannot be chosen."""
        return {name: self._noting(name, reads) for name, reads in _READS.items()}

    def _noting(self, name: str, reads: Reads) -> Callable[..., object]:
        function = getattr(self, name)

        def noted(*values: object, **named: object) -> object:
            # What notes say is none of what listings show of papers.
            self.note(Reads.EVERYTHING if _OF_NOTES & named.keys() else reads)
            written = {name: as_written(value) for name, value in named.items()}
            try:
                return function(*map(as_written, values), **written)
            except SelectionError as error:
                return self.fail(Failure(line_of_call(), error.wrong, error.right, name, error.word))

        return noted

    def note(self, reads: Reads) -> None:
        """The page that is being rendered asks for something of the library."""
        path = self.page().file.src_uri
        self.reads[path] = max(reads, self.reads.get(path, reads))

    def papers_table(self, *, limit: int | None = None, sort: str = "published", **wanted: object) -> str:
        """A table of the papers that fit, the last first: ``venue="ICLR", year=2024, sort="added", limit=5``."""
        order = _order(sort)
        papers = sorted(self._chosen(wanted), key=lambda paper: order(self.site(), paper.key))[: _limit(limit)]
        return self._block("table.html", rows=tuple(summary(self.site(), paper.key) for paper in papers))

    def paper(self, key: str, text: str | None = None) -> str:
        """A link to a paper's page, by its name or by other words: ``"2024/Quest", "this paper"``."""
        papers = self.site().library.papers
        now = current_key(papers, str(key))
        if now is None:
            known = did_you_mean(str(key), papers) or "a key is a year and a file name without suffix, '2024/Quest'"
            raise SelectionError(f"there is no paper {key!r}", known, str(key))
        link = paper_link(self.site(), now)
        link = link if text is None else Link(str(text), link.address)
        card = f"papers-link-{len(self._slots.get(self.page().file.src_uri, ()))}"
        html = self.renderer().fragment("link.html", self._base(), link=link, paper=summary(self.site(), now), id=card)
        return self._slot(Slot(html, link.text))

    def papers_count(self, **wanted: object) -> str:
        """How many papers fit: ``keyword="quantization"``."""
        return str(len(self._chosen(wanted)))

    def papers_home(self) -> str:
        """What the library holds, for a home page: its numbers, charts, and what is newest."""
        return self._block("overview.html", overview=overview(self.site()))

    def home(self) -> str:
        """The same, for whoever asks for it without macros."""
        self.note(Reads.EVERYTHING)
        return self.papers_home()

    def papers_chart(self, by: str = "years", *, limit: int | None = None) -> str:
        """A chart of the papers by the values of a view, the most frequent ones: ``"venues", limit=8``."""
        most = MOST_BARS if limit is None else _limit(limit) or 0
        return self._block("chart.html", chart=chart(self.site(), _view_name(by), most))

    def papers_newest(self, *, limit: int | None = 10, **wanted: object) -> str:
        """The newest of the papers that fit, one line each: ``keyword="quantization", limit=5``."""
        keys = [paper.key for paper in self._chosen(wanted)]
        return self._block("newest.html", papers=newest(self.site(), keys, _limit(limit)))

    def notes_newest(self, *, limit: int | None = 10) -> str:
        """The newest notes, one line each: ``limit=5``."""
        return self._block("newest_notes.html", notes=newest_notes(self.site(), _limit(limit)))

    def fill(self, page: Page, content: str) -> str:
        """The content of a page with what its macros gave in place of their tokens."""
        slots = self._slots.get(page.file.src_uri, [])
        return filled(content, self._tokens, functools.partial(_slot, slots)) if slots else content

    def fill_text(self, page: Page, text: str) -> str:
        """A title or an outline's entry with plain words in place of tokens."""
        slots = self._slots.get(page.file.src_uri, [])
        return self._tokens.sub(lambda token: str(Markup.escape(_slot(slots, token[1]).text)), text)

    def words(self, text: str) -> str:
        """A heading of the page that is being rendered, with plain words in place of tokens."""
        slots = self._slots.get(self.page().file.src_uri, [])
        return self._tokens.sub(lambda token: _slot(slots, token[1]).text, text)

    @functools.cached_property
    def _tokens(self) -> re.Pattern[str]:
        return re.compile(f"{_BEGINS}papers-{self._secret}-([0-9]+){_ENDS}")

    def start(self, page: Page) -> None:
        """Forget what the page held before."""
        self._slots.pop(page.file.src_uri, None)
        self.reads.pop(page.file.src_uri, None)
        self._run.discard(page.file.src_uri)
        self._problems.pop(page.file.src_uri, None)

    def _chosen(self, wanted: Mapping[str, object]) -> list[Any]:
        site = self.site()
        papers = shown_papers(site).values()
        return select(papers, site.settings.keywords, wanted, lambda facet: groups.members(site, facet.grouping))

    def _block(self, template: str, **values: object) -> str:
        html = self.renderer().fragment(template, self._base(), **values)
        return f"\n\n{self._slot(Slot(html, '', block=True))}\n\n"

    def _slot(self, slot: Slot) -> str:
        slots = self._slots.setdefault(self.page().file.src_uri, [])
        slots.append(slot)
        return f"{_BEGINS}papers-{self._secret}-{len(slots) - 1}{_ENDS}"

    def _base(self) -> str:
        return "../" * self.page().file.dest_uri.count("/")

    def begin(self, source: str) -> None:
        """A text of the page is about to be rendered: its Markdown, or only its title."""
        self._source = source
        self._run.add(self.page().file.src_uri)

    def has_run(self, path: str) -> bool:
        """Whether a page, by its source path, has gone through mkdocs-macros-plugin: it may show whatever it likes."""
        return path in self._run

    def fail(self, failure: Failure) -> str:
        """Take down a failure on the page that is being rendered; gives what stands there instead.

        mkdocs-macros-plugin renders a title by itself once more: what fails in it has failed in the page's text before,
        unless the title comes from the front matter.
        """
        page = self.page()
        found = self._problems.setdefault(page.file.src_uri, [])
        alike = sum(each.wrong == failure.wrong for each in found)
        in_title = self._source == page.title and self._source != page.markdown
        if not (in_title and alike):
            place = place_of_title(page) if in_title else place_of(failure, page, before=alike)
            source = page.file.abs_src_path
            path = relative(Path(source), self.root) if source else page.file.src_uri
            found.append(problem("macro", path, place, failure.wrong, failure.right))
        message = Markup('<strong class="papers-failed">{}</strong>').format(failure.wrong)
        return self._slot(Slot(message, failure.wrong))

    def problems(self, page: Page) -> tuple[Problem, ...]:
        """What has failed on a page since `start`."""
        return tuple(self._problems.get(page.file.src_uri, ()))


def _slot(slots: Sequence[Slot], number: str) -> Slot:
    """What takes a token's place: nothing for one of another page, as in a title that the page repeats."""
    return slots[int(number)] if int(number) < len(slots) else Slot(Markup(), "")


def _view_name(name: object) -> str:
    if str(name) in VIEWS_BY_NAME:
        return str(name)
    known = did_you_mean(str(name), VIEWS_BY_NAME) or f"the charts are {', '.join(VIEWS_BY_NAME)}"
    raise SelectionError(f"there is no chart {name!r}", known, str(name))


def _order(sort: object) -> Callable[[Database, str], Any]:
    if str(sort) in _ORDERS:
        return _ORDERS[str(sort)]
    right = did_you_mean(str(sort), _ORDERS) or f"the orders are {', '.join(_ORDERS)}"
    raise SelectionError(f"there is no order {sort!r}", right, str(sort))


def _limit(limit: object) -> int | None:
    if limit is None or (isinstance(limit, int) and limit >= 0):
        return limit
    raise SelectionError(f"limit is {limit!r}", "write a whole number", "limit")


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
    adapt(plugin.env.filters)  # type: ignore[attr-defined]
    guard(plugin, macros)


def name_anchors(config: MkDocsConfig, macros: Macros) -> None:
    """Let headings with macros have the anchors that their words would give them, not those of the tokens."""
    written = config.mdx_configs.get("toc") or {}
    slug: Callable[[str, str], str] = written.get("slugify") or slugify
    config.mdx_configs["toc"] = {
        **written,
        "slugify": lambda heading, separator: slug(macros.words(heading), separator),
    }
