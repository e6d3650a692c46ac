"""Rendering: page sources to HTML, through templates that a site may override."""

import functools
import secrets
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

import jinja2
from markupsafe import Markup, escape

from mkdocs_papers.pages import charts
from mkdocs_papers.pages.address import Address
from mkdocs_papers.pages.description import host_mark
from mkdocs_papers.pages.exports.bibtex import entry as bibtex_entry
from mkdocs_papers.pages.exports.registry import EXPORTS
from mkdocs_papers.pages.group_links import Count, by_letter
from mkdocs_papers.pages.hue import hue
from mkdocs_papers.pages.language import Language
from mkdocs_papers.pages.listing import COLUMNS
from mkdocs_papers.pages.mathml import MathError, mathml
from mkdocs_papers.pages.page_inputs import Candidate, PictureFile
from mkdocs_papers.pages.page_source import PageSource
from mkdocs_papers.pages.summaries import Summary
from mkdocs_papers.pages.text import is_long, pieces, plain, runs
from mkdocs_papers.views.view import VIEWS_BY_NAME

Shown = TypeVar("Shown")

_Rendered = dict[tuple[str, ...], tuple[Shown, Markup]]
"""How values read, by names, with the values."""

_BASE = f"\ue000{secrets.token_hex(8)}\ue001"
"""Stands in a row for the way up to the site's root, which is another on pages of each depth.

It is made anew in each run, so that no text can be taken for it. On the root page itself links read otherwise.
"""

_quoted = functools.partial(quote, errors="replace")
"""A text as a part of an address."""

_TEMPLATES = Path(__file__).parent.parent / "templates"


@functools.lru_cache(maxsize=50_000)
def with_math(text: str) -> Markup:
    """A short text as HTML: escaped, its ``$math$`` drawn; math that cannot be read stays as it was written."""
    return Markup("").join(_drawn(run.text) if run.math else escape(run.text) for run in runs(text))


@functools.lru_cache(maxsize=50_000)
def name_with_math(text: str) -> Markup:
    """A name as HTML, like `with_math`; a long one may wrap between the words that it is made of."""
    return Markup("").join(_drawn(run.text) if run.math else wrapped(run.text) for run in runs(text))


def wrapped(text: str) -> Markup:
    """A text as HTML; a long name in it may wrap between the words that it is made of."""
    return Markup("<wbr>").join(pieces(text))


def _drawn(latex: str) -> Markup:
    try:
        return mathml(latex)
    except MathError:
        return escape(f"${latex}$")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stands, as templates need it to link.

    Attributes:
        base: the way from the page up to the site's root, ``../../``.
        directory_urls: the site's ``use_directory_urls``.
    """

    base: str
    directory_urls: bool

    def url(self, address: Address) -> str:
        """The relative link from here to a page."""
        target = address.url(directory_urls=self.directory_urls)
        if self.base and target == "./":
            return self.base
        return self.base + target

    def file(self, path: str) -> str:
        """The relative link from here to a file, its path below the site's root percent-encoded."""
        return self.base + path


_escaped_text = functools.lru_cache(maxsize=4096)(escape)


def _escaped(value: object) -> str:
    """What a template prints, escaped: most texts are printed again and again, and HTML is the most often as it is."""
    if type(value) is Markup:
        return value
    return _escaped_text(value) if type(value) is str else escape(value)


class _Context(jinja2.runtime.Context):
    """What a template sees; nothing that ours call wants to see it too, which Jinja asks of each thing each time."""

    def call(self, wanted: Callable[..., object], /, *arguments: object, **named: object) -> object:
        """What a call in a template gives."""
        named.pop("_loop_vars", None)
        named.pop("_block_vars", None)
        return wanted(*arguments, **named)


class _Environment(jinja2.Environment):
    """Templates, a few dozens of which are asked for many ten thousands of times, each with all that it sees."""

    context_class = _Context

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._known: dict[str | jinja2.Template, jinja2.Template] = {}

    def make_globals(self, d: Mapping[str, object] | None) -> dict[str, object]:
        """All that a template sees besides what it is given, which is no other once there are templates."""
        return {**self.globals, **(d or {})}

    def get_template(
        self,
        name: str | jinja2.Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002, ARG002 - Jinja's signature
    ) -> jinja2.Template:
        """A template, whose own code finds our `_escaped` under the name of Jinja's."""
        template = self._known.get(name)
        if template is None:
            template = self._known[name] = super().get_template(name, parent)
            template.root_render_func.__globals__["escape"] = _escaped
        return template


class Renderer:
    """Renders page sources and fragments.

    The row of a paper reads the same on all pages but for the way up to the site's root, so it is rendered once; so is
    a group in an index, of which every page changes where one is put in.

    Args:
        directory_urls: the site's ``use_directory_urls``.
        overrides: folders of the site's own templates, searched first, for ``papers/paper.html`` and the like.
        meta_dir: the folder of records, for an empty library's first steps.
        notes_dir: the folder of notes, for the same.
        candidates: gives what a browser may choose from to show a picture.
    """

    def __init__(
        self,
        language: Language,
        *,
        directory_urls: bool,
        overrides: Sequence[Path] = (),
        meta_dir: str = "meta",
        notes_dir: str = "notes",
        candidates: Callable[[PictureFile], tuple[Candidate, ...]] = lambda _: (),
    ) -> None:
        self.language = language
        self.candidates = candidates
        self.directory_urls = directory_urls
        self._environment = _Environment(
            loader=jinja2.FileSystemLoader([*overrides, _TEMPLATES]),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.filters.update(
            bibtex=bibtex_entry, by_letter=by_letter, host_mark=host_mark, hue=hue,
            math=with_math, name=name_with_math, plain=plain, quoted=_quoted, wrapped=wrapped,
        )  # fmt: skip
        self._environment.tests["long"] = is_long
        self._environment.globals.update(
            t=language,
            columns=COLUMNS,
            exports=EXPORTS,
            views=VIEWS_BY_NAME,
            rows_of=self.rows,
            counted=self.counted,
            candidates=candidates,
            lang=language.code,
            charts=charts,
            meta_dir=meta_dir,
            notes_dir=notes_dir,
        )
        self._rows: _Rendered[Summary] = {}
        self._counts: _Rendered[Count] = {}

    def forget(self) -> None:
        """Forget what is rendered once, where no more pages are rendered."""
        self._rows.clear()
        self._counts.clear()

    def page(self, source: PageSource, *, edit_url: str | None = None) -> Markup:
        """The content of a page, without the theme around it; a record may be edited at an address."""
        base = source.address.base(directory_urls=self.directory_urls)
        return self.fragment(source.template, base, page=source.content, source=source, edit_url=edit_url)

    def fragment(self, template: str, base: str, **values: object) -> Markup:
        """A template rendered for a page whose way up to the site's root is ``base``."""
        return Markup(  # noqa: S704 - the environment escapes
            self._environment.get_template(f"papers/{template}").render(here=Place(base, self.directory_urls), **values)
        )

    def rows(self, summaries: Iterable[Summary], here: Place) -> Markup:
        """The listing rows of papers, as they read there."""
        base = here.base and _BASE
        rows = [
            _once(
                self._rows,
                (summary.key, base),
                summary,
                functools.partial(self.fragment, "row.html", base, paper=summary),
            )
            for summary in summaries
        ]
        return _placed("".join(rows), here)

    def counted(self, counts: Iterable[Count], here: Place) -> Markup:
        """Groups and their numbers of papers in an index, as they read there, each on a line."""
        base = here.base and _BASE
        return _placed("".join([self._line(count, base) for count in counts]), here)

    def _line(self, count: Count, base: str) -> Markup:
        # Groups of one paper lead to that paper, so their addresses do not tell them apart.
        return _once(
            self._counts,
            (count.link.text, count.link.address.path, base),
            count,
            lambda: self.fragment("count.html", base, count=count) + "\n",
        )


def _placed(html: str, here: Place) -> Markup:
    """What was rendered for pages of any depth, for one of them."""
    return Markup(str.replace(html, _BASE, here.base))  # noqa: S704 - the environment has escaped it


def _once(known: _Rendered[Shown], name: tuple[str, ...], shown: Shown, render: Callable[[], Markup]) -> Markup:
    """How a value reads: as it was rendered before under that name, if it was the same value then."""
    before = known.get(name)
    # Not only by identity: what is made anew but says the same reads the same.
    if before is not None and (before[0] is shown or before[0] == shown):
        return before[1]
    html = render()
    known[name] = (shown, html)
    return html
