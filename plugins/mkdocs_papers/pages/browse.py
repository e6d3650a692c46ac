"""The browse page: its facets, and the index file with which a reader's browser filters and sorts all papers.

The index is one JSON object, ``papers/browse.json``, its papers in the order of the listing (newest first). It is made
to be small and quick to read rather than pleasant to look at: columns instead of one object per paper, each name once,
and whatever a paper's key implies left out. It is no interface for other programs: that is ``papers.json``.

=================  ===================================================================================================
``version``        1
``page``           where papers have their pages, relative to the site's root; ``*`` stands for the key,
                   percent-encoded, here and in the columns below
``keys``           one per paper
``titles``         as records write them, with ``$math$``
``math``           by position: the ``title`` and the ``abbreviation`` that hold math, as lists of strings and of MathML
                   elements; an element is its name, its attributes, and its children
``abbreviations``  ``0`` for none, ``1`` for the stem of the key, or the abbreviation
``urls``           of the papers themselves, or ``0``
``notes``          pages of the notes relative to the root, or addresses elsewhere, or ``0``
``code``           ``labels``: the words of the links; ``ids``: positions in them, or ``-1``; ``urls``: or ``0``
``covers``         by position: path of the picture (``0`` where a card of words stands in for it) and of its original
                   (``0`` for the same), width, height (``0`` where unknown)
``facets``         one object each: ``name``, ``kind``, ``searched`` (whether plain words look into it), ``values``
                   (most frequent first; a number is a paper's position, and stands for its key), ``labels`` (where
                   they differ from the values), and ``ids``: for each paper the position of its value, or a list of
                   positions
=================  ===================================================================================================
"""

from __future__ import annotations

import bisect
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from urllib.parse import quote

from mkdocs_papers.library.model import Paper
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.pages.address import Address, paper_address
from mkdocs_papers.pages.contents import ExportLink, FacetPanel, FacetValue, Summary
from mkdocs_papers.pages.exports.registry import EXPORTS
from mkdocs_papers.pages.language import Language
from mkdocs_papers.pages.mathml import MathError, mathml
from mkdocs_papers.pages.safe_json import safe_json
from mkdocs_papers.pages.text import runs
from mkdocs_papers.views.facets import FACETS, Facet, Kind
from mkdocs_papers.views.view import NONE

INDEX = "papers/browse.json"
"""Where the index lies, relative to the site's root. (No paper's key is ``browse.json``: keys hold a year.)"""

VERSION = 1

SCRIPTS = (
    "address", "browse", "dom", "exports", "facet-panels", "fold", "hue", "identifiers", "keyboard", "match", "order",
    "paper-index", "query", "results", "rows", "words", "wrapping",
)  # fmt: skip
"""The modules of the page's script, so that a browser can fetch all of them at once, when the papers show."""

_MOST_SHOWN = 8
"""Values of a facet that a reader sees at once; a few more are not worth a button that shows them."""

_UNFOLDED = 3
"""So many facets are unfolded at first; the others wait to be asked, so that the page stays in view."""

_WORDS = frozenset({
    "authors_between", "code", "copied", "cover_of", "details", "next_page", "note", "page_of", "pages", "paper",
    "papers", "previous_page",
})  # fmt: skip
"""Words of the interface that the script needs besides those of the browse page itself."""

Url = Callable[[Address], str]


@dataclass(frozen=True, slots=True)
class FacetTable:
    """The values of one facet, and how many papers have each.

    Attributes:
        facet: the facet.
        values: each value once, the most frequent first.
        labels: what readers see in their place.
        counts: how many papers have each.
    """

    facet: Facet
    values: tuple[str, ...]
    labels: tuple[str, ...]
    counts: tuple[int, ...]


def as_shown(paper: Paper, has_page: bool) -> Paper:  # noqa: FBT001 - beside the paper
    """A paper as the site shows it: without its note, where that has no page."""
    return paper if has_page else replace(paper, note=None)


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """What the index file says of one paper, but for its facets, each part as JSON; see the head of this module.

    Attributes:
        key: the paper's.
        label: the words of the link to its code, not as JSON; None for none.
        math: what of its names holds math; empty for nothing.
        cover: its picture; empty for none.
    """

    key: str
    label: str | None
    keys: str
    titles: str
    abbreviations: str
    urls: str
    notes: str
    code: str
    math: str
    cover: str


FacetValues = tuple[tuple[str, ...], ...]
"""The values of a paper in each facet."""


def facet_values(paper: Paper) -> FacetValues:
    """The values of a paper, as the site shows it, in each facet, each once."""
    return tuple([tuple(dict.fromkeys(facet.values(paper))) or _BLANK[facet.name] for facet in FACETS])


_BLANK = {facet.name: (NONE,) if facet.view is not None and facet.view.blank else () for facet in FACETS}
"""The values of a paper that has none."""


def facet_table(
    facet: Facet,
    counts: Mapping[str, int],
    settings: Settings,
    language: Language,
    before: FacetTable | None = None,
) -> FacetTable:
    """The values of one facet; none where they would not tell any paper from another.

    Args:
        facet: the facet.
        counts: how many papers have each value.
        settings: the library's settings.
        language: the interface's words.
        before: what an earlier call gave under the same settings and language; most values keep their place then.
    """
    if set(counts) == {NONE}:
        return FacetTable(facet, (), (), ())
    configured = tuple(settings.keywords) if facet.view is not None and facet.view.configured else ()
    rank = {value: position for position, value in enumerate(configured)}
    in_numbers = facet.kind in (Kind.RANGE, Kind.SCALE)

    def place(value: str) -> tuple[object, ...]:
        return (int(value),) if in_numbers else (-counts[value], rank.get(value, len(rank)), value.casefold(), value)

    known = {} if before is None else dict(zip(before.values, before.counts, strict=True))
    ordered = [value for value, papers in known.items() if counts.get(value) == papers]
    others = [value for value, papers in counts.items() if known.get(value) != papers]
    if len(others) < len(ordered):
        for value in others:
            bisect.insort(ordered, value, key=place)
    else:
        ordered = sorted(counts, key=place)
    labels = tuple([_label(facet, value, settings, language) for value in ordered])
    return FacetTable(facet, tuple(ordered), labels, tuple([counts[value] for value in ordered]))


def _label(facet: Facet, value: str, settings: Settings, language: Language) -> str:
    if value == NONE and facet.view is not None:
        return language(f"none.{facet.view.name}")
    if facet.view is not None and facet.view.configured and value in settings.keywords:
        return settings.keywords[value].label
    if facet.view is None:
        return language.find(f"{facet.title}.{value}") or value
    return value


def panels(made: Iterable[FacetTable], language: Language) -> tuple[FacetPanel, ...]:
    """The facets as the page first shows them, before any script has run."""
    shown = [table for table in made if table.facet.kind is not Kind.HIDDEN]
    return tuple(_panel(table, language, unfolded=place < _UNFOLDED) for place, table in enumerate(shown))


def _panel(table: FacetTable, language: Language, *, unfolded: bool) -> FacetPanel:
    total = len(table.values)
    shown = total if table.facet.kind is Kind.RANGE or total <= _MOST_SHOWN + 2 else _MOST_SHOWN
    return FacetPanel(
        name=table.facet.name,
        title=language.find(table.facet.title) or table.facet.english,
        kind=str(table.facet.kind),
        values=tuple(map(FacetValue, table.values[:shown], table.labels, table.counts)),
        total=total,
        open=unfolded or table.facet.kind is Kind.FLAGS,
        most=max(table.counts[:shown]),
    )


def export_links() -> tuple[ExportLink, ...]:
    """All papers for other programs."""
    return tuple(ExportLink(export.title, export.file, export.media_type) for export in EXPORTS)


def script_settings(language: Language, *, page_size: int, badges: bool) -> str:
    """What the page's script needs to know besides the index, as JSON.

    Args:
        language: the interface's words.
        page_size: rows on one page of the listing.
        badges: whether listings ask GitHub for stars.
    """
    words = {
        key: text
        for key, text in language.texts.items()
        if key.removesuffix(".one") in _WORDS or key.startswith(("browse.", "column."))
    }
    exports = {
        export.file: {
            "path": export.file,
            "type": export.media_type,
            "opening": export.opening,
            "separator": export.separator,
            "closing": export.closing,
            "marked": export.encoding == "utf-8-sig",
        }
        for export in EXPORTS
    }
    return safe_json(
        {
            "index": INDEX,
            "pageSize": page_size,
            "badges": badges,
            "language": language.code,
            "exports": exports,
            "words": words,
        }
    )


def index_entry(paper: Summary, url: Url) -> IndexEntry:
    """What the index file says of a paper.

    Args:
        paper: the paper.
        url: the address of a page relative to the site's root.
    """
    math, cover = _math(paper), _cover(paper)
    return IndexEntry(
        key=paper.key,
        label=paper.code.label if paper.code else None,
        keys=_json(paper.key),
        titles=_json(paper.title),
        abbreviations=_json(_abbreviation(paper)),
        urls=_json(paper.url or 0),
        notes=_json(_note(paper, url)),
        code=_json(paper.code.url if paper.code else 0),
        math=_json(math) if math else "",
        cover=_json(cover) if cover else "",
    )


def browse_index(papers: Sequence[IndexEntry], facets: Iterable[bytes], url: Url) -> bytes:
    """The index file: see the head of this module.

    Args:
        papers: in the order of the listing.
        facets: what `index_facet` gives of each facet.
        url: the address of a page relative to the site's root.
    """
    labels = tuple(dict.fromkeys([paper.label for paper in papers if paper.label is not None]))
    label_ids: dict[str | None, str] = {label: str(position) for position, label in enumerate(labels)}
    label_ids[None] = "-1"
    index = _object(
        version=_encoded(_json(VERSION)),
        page=_encoded(_json(url(paper_address("*")).replace("%2A", "*"))),
        keys=_array([paper.keys for paper in papers]),
        titles=_array([paper.titles for paper in papers]),
        math=_by_position([paper.math for paper in papers]),
        abbreviations=_array([paper.abbreviations for paper in papers]),
        urls=_array([paper.urls for paper in papers]),
        notes=_array([paper.notes for paper in papers]),
        code=_object(
            labels=_encoded(_json(labels)),
            ids=_array([label_ids[paper.label] for paper in papers]),
            urls=_array([paper.code for paper in papers]),
        ),
        covers=_by_position([paper.cover for paper in papers]),
        facets=b"[%s]" % b",".join(facets),
    )
    return b"%s\n" % index


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


# Each part is encoded by itself: one letter that is not Latin makes text several times as large, and slow to join.


def _encoded(text: str) -> bytes:
    """JSON as the file holds it: half a surrogate pair is no UTF-8, and written as an escape it is still JSON."""
    return text.encode("utf-8", "backslashreplace")


def _array(texts: Iterable[str]) -> bytes:
    """A JSON array of what is JSON already."""
    return _encoded(f"[{','.join(texts)}]")


def _object(**members: bytes) -> bytes:
    """A JSON object of what is JSON already."""
    return b"{%s}" % b",".join([b'"%s":%s' % (name.encode(), text) for name, text in members.items()])


def _by_position(texts: Iterable[str]) -> bytes:
    """A JSON object of what is JSON already, by position; what is empty is left out."""
    members = ",".join([f'"{position}":{text}' for position, text in enumerate(texts) if text])
    return _encoded(f"{{{members}}}")


def index_facet(table: FacetTable, of_papers: Iterable[Sequence[str]], keys: Iterable[str]) -> bytes:
    """What the index file says of a facet.

    Args:
        table: the facet.
        of_papers: the values of each paper, in the order of the listing.
        keys: of each paper, in the same order.
    """
    values: Sequence[str | int] = table.values
    if table.facet.kind is Kind.HIDDEN:
        positions = {key: position for position, key in enumerate(keys)}
        values = [positions.get(value, value) for value in table.values]
    written = {
        "name": table.facet.name,
        "kind": str(table.facet.kind),
        "searched": table.facet.searched,
        "values": values,
    }
    if table.facet.kind is not Kind.HIDDEN and table.labels != table.values:
        written["labels"] = table.labels
    place = {value: position for position, value in enumerate(table.values)}.__getitem__
    written["ids"] = [place(each[0]) if len(each) == 1 else list(map(place, each)) for each in of_papers]
    return _object(**{name: _encoded(_json(value)) for name, value in written.items()})


def _abbreviation(paper: Summary) -> str | int:
    return 0 if paper.abbreviation is None else 1 if paper.abbreviation == _stem(paper.key) else paper.abbreviation


def _stem(key: str) -> str:
    return key.partition("/")[2]


def _short(path: str, key: str) -> str:
    """A percent-encoded path with ``*`` for the key: many papers then share it, and shared texts cost nothing."""
    return path.replace(quote(key), "*")


def _note(paper: Summary, url: Url) -> str | int:
    if paper.note is None:
        return 0
    if paper.note.address is None:
        return paper.note.url or 0
    return _short(url(paper.note.address), paper.key)


def _cover(paper: Summary) -> list[str | int]:
    cover = paper.cover
    if cover is None:
        return []
    path = 0 if cover.path is None else _short(cover.path, paper.key)
    original = 0 if cover.original == cover.path else _short(cover.original, paper.key)
    return [path, original, cover.width or 0, cover.height or 0]


def _math(paper: Summary) -> dict[str, list[object]]:
    texts = {"title": paper.title, "abbreviation": paper.abbreviation or ""}
    return {name: parts for name, text in texts.items() if "$" in text and (parts := _with_math(text))}


def _with_math(title: str) -> list[object]:
    """A title that holds math as a list of strings and elements; an empty list for any other title."""
    parts: list[object] = []
    drawn = False
    for run in runs(title):
        if run.math:
            try:
                parts.append(_tree(mathml(run.text)))
                drawn = True
            except MathError:
                parts.append(f"${run.text}$")
        else:
            parts.append(run.text)
    return parts if drawn else []


def _tree(markup: str) -> list[object]:
    """A MathML element as a list: its name, its attributes, its children."""
    reader = _TreeReader()
    reader.feed(markup)
    reader.close()
    return reader.root


class _TreeReader(HTMLParser):
    """Reads one element with all that it holds, which is written with every end tag."""

    def __init__(self) -> None:
        super().__init__()
        self.root: list[object] = []
        self._open: list[list[object]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element: list[object] = [tag, {name: value or "" for name, value in attrs}]
        if self._open:
            self._open[-1].append(element)
        else:
            self.root = element
        self._open.append(element)

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the base class's signature
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].append(data)
