"""The browse page: its facets, and the index file with which a reader's browser filters and sorts all papers.

The index is one JSON object, ``papers/browse.json``, its papers in the order of the listing (newest first). It is made
to be small and quick to read rather than pleasant to look at: columns instead of one object per paper, each name once,
and whatever a paper's key implies left out. It is no interface for other programs: that is ``papers.json``.

=================  ===================================================================================================
``version``        1
``page``           where papers have their pages, relative to the site's root; ``*`` stands for the key,
                   percent-encoded, here and in the columns below
``keys``           one per paper
``former``         for each key that a paper had before the paper's position
``titles``         as records write them, with ``$math$``
``math``           by position: the ``title`` and the ``abbreviation`` that hold math, as lists of strings and of MathML
                   elements; an element is its name, its attributes, and its children
``abbreviations``  ``0`` for none, ``1`` for the stem of the key, or the abbreviation
``urls``           of the papers themselves, or ``0``
``notes``          pages of the notes relative to the root, or addresses elsewhere, or ``0``
``code``           ``labels``: the words of the links; ``ids``: positions in them, or ``-1``; ``urls``: or ``0``
``covers``         by position: path of the picture (``0`` where a card of words stands in for it) and of its original
                   (``0`` for the same), width, height (``0`` where unknown)
``works``          for each work of several papers their positions, that of the one that stands for it first
``columns``        one object for each column of the listing: ``name``; ``facet``, whose values its cells show, or
                   ``values``, one per paper (``null`` for none); ``heading``, ``descending``, ``wide`` and
                   ``shown`` where `listing.Column` says so
``added``          when the first ones were added, in seconds since the Unix epoch
``facets``         one object each: ``name``, ``kind``, ``searched`` (whether plain words look into it), ``aside`` (true
                   where those that only it holds find a paper last), ``values`` (in their order; a number is a paper's
                   position, and stands for its key), ``labels`` (where they differ from the values), and ``ids``: for
                   each paper the position of its value, or a list of positions
=================  ===================================================================================================
"""

import functools
import itertools
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

from turbohtml import Element, Node, parse_fragment

from mkdocs_papers.incremental.database import Database, query, table, transient
from mkdocs_papers.incremental.operators import Each, Mapped, Sorted
from mkdocs_papers.library.prose import words_of
from mkdocs_papers.pages.address import Address, paper_address
from mkdocs_papers.pages.exports.registry import EXPORTS
from mkdocs_papers.pages.group_links import facet_label
from mkdocs_papers.pages.language import Language
from mkdocs_papers.pages.listing import COLUMNS
from mkdocs_papers.pages.mathml import MathError, mathml
from mkdocs_papers.pages.moves import key_by_former_key
from mkdocs_papers.pages.page_inputs import OPTIONS
from mkdocs_papers.pages.paging import in_parts
from mkdocs_papers.pages.safe_json import safe_json
from mkdocs_papers.pages.summaries import Summary, summary
from mkdocs_papers.pages.text import runs
from mkdocs_papers.views import groups, works
from mkdocs_papers.views.facets import FACETS, FACETS_BY_GROUPING, Facet
from mkdocs_papers.views.view import NONE, NUMBERS, UNLISTED, Kind
from mkdocs_papers.views.view_inputs import PAPERS, SETTINGS


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet: as queries name it, as readers see it, and how many papers have it."""

    value: str
    label: str
    papers: int


@dataclass(frozen=True, slots=True)
class FacetPanel:
    """A facet on the browse page.

    Attributes:
        name: as queries name it.
        kind: one of `Kind`, as text.
        values: those shown at first.
        open: whether it is unfolded at first.
        most: the most papers that one of the values shown has.
    """

    name: str
    title: str
    kind: str
    values: tuple[FacetValue, ...]
    total: int
    open: bool
    most: int


INDEX = "papers/browse.json"
"""Where the index lies, relative to the site's root. (No paper's key is ``browse.json``: keys hold a year.)"""

NOTES = "papers/notes.json"
"""Where the words of notes lie, which a query may ask for: one JSON object, by the paper's key."""

VERSION = 2

SCRIPTS = tuple(sorted(path.stem for path in (Path(__file__).parent.parent / "assets" / "browse").iterdir()))
"""The modules of the page's script, so that a browser can fetch all of them at once, when the papers show."""

_LATEST = 100
"""So many papers can be new to a reader who comes back."""

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
    """The values of one facet (numbers rising, names as configured, then in order), and what readers see for them."""

    facet: Facet
    values: tuple[str, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndexPart:
    """What the index file says of some papers, but for their facets; see the head of this module.

    Attributes:
        labels: the words of the links to their code; None for none.
        columns: one value for each paper, as JSON, commas between.
        cells: the same of the columns of the listing.
        math: what of their names holds math, as JSON, by position among them.
        covers: their pictures, in the same way.
    """

    papers: int
    labels: tuple[str | None, ...]
    columns: Mapping[str, bytes]
    cells: tuple[bytes, ...]
    math: Mapping[int, bytes]
    covers: Mapping[int, bytes]


def _places(db: Database, name: str) -> tuple[bool, Mapping[str, int]]:
    """Whether the values of a facet are numbers, and the ranks of the configured ones."""
    facet = FACETS_BY_GROUPING[name]
    configured = SETTINGS(db).keywords if facet.view is not None and facet.view.configured else ()
    return facet.kind in NUMBERS, {value: rank for rank, value in enumerate(configured)}


def _place(by: tuple[bool, Mapping[str, int]], value: str, _papers: int) -> tuple[object, ...]:
    # Not by the number of papers, which changes with each of them: the ids of all others would change with it.
    in_numbers, ranks = by
    return (int(value),) if in_numbers else (ranks.get(value, len(ranks)), value.casefold(), value)


_sorted_values: Sorted[[str], str] = Sorted(groups.sizes, _place, _places)


@query
def facet_table(db: Database, name: str) -> FacetTable:
    """The values of the facet by that property; none where they would not tell any paper from another."""
    facet, ordered = FACETS_BY_GROUPING[name], _sorted_values.names(db, name)
    if ordered == (NONE,):
        ordered = ()
    has_labels = facet.kind not in UNLISTED and (
        facet.view is None or facet.view.configured or facet.view.words or groups.sizes.get(db, name, NONE)
    )
    labels = tuple([facet_label(db, facet, value) for value in ordered]) if has_labels else ordered
    return FacetTable(facet, ordered, labels)


def facets(db: Database) -> tuple[FacetTable, ...]:
    """The facets that tell papers apart."""
    return tuple([table for facet in FACETS if (table := facet_table(db, facet.grouping)).values])


def panels(db: Database) -> tuple[FacetPanel, ...]:
    """The facets as the page first shows them, before any script has run."""
    shown = [table for table in facets(db) if table.facet.kind not in UNLISTED and _tells_apart(db, table)]
    panels = [_panel(db, table.facet.grouping) for table in shown]
    return tuple([replace(panel, open=panel.open or place < _UNFOLDED) for place, panel in enumerate(panels)])


def _tells_apart(db: Database, table: FacetTable) -> bool:
    """Whether not all papers have the same flags."""
    if table.facet.kind is not Kind.FLAGS:
        return True
    papers = len(PAPERS.names(db))
    return any(groups.size(db, table.facet.grouping, value) < papers for value in table.values)


@query
def _panel(db: Database, name: str) -> FacetPanel:
    table, language = facet_table(db, name), OPTIONS(db).language
    total = len(table.values)
    shown = total if table.facet.kind is Kind.RANGE or total <= _MOST_SHOWN + 2 else _MOST_SHOWN
    if table.facet.kind in NUMBERS:
        values: Sequence[str] = table.values[:shown]
    else:
        sizes, ranks = groups.largest(db, name), _sorted_values(db, name)
        values = sorted(sizes, key=lambda value: (-sizes[value], ranks[value]))[:shown]
    labels = [facet_label(db, table.facet, value) for value in values]
    papers = [groups.size(db, name, value) for value in values]
    return FacetPanel(
        name=table.facet.name,
        title=language.find(table.facet.title) or table.facet.english,
        kind=str(table.facet.kind),
        values=tuple(map(FacetValue, values, labels, papers)),
        total=total,
        open=table.facet.kind is Kind.FLAGS,
        most=max(papers),
    )


def script_settings(language: Language, *, page_size: int, badges: bool) -> str:
    """What the page's script needs to know besides the index, as JSON."""
    words = {
        key: text
        for key, text in language.texts.items()
        if key.removesuffix(".one") in _WORDS
        or (key.startswith(("browse.", "column.")) and not key.startswith("browse.help"))
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
            "notes": NOTES,
            "pageSize": page_size,
            "badges": badges,
            "language": language.code,
            "exports": exports,
            "words": words,
        }
    )


@table
def _parts(db: Database) -> Mapping[str, tuple[str, ...]]:
    """The keys of the papers in the order of the listing."""
    return in_parts(groups.newest(db))


@query
def _index_part(db: Database, first: str) -> IndexPart:
    """What the index file says of the papers of a part."""
    papers, url = [summary(db, key) for key in _parts.at(db, first)], _url(db)
    columns: Mapping[str, Iterable[object]] = {
        "keys": [paper.key for paper in papers],
        "titles": [paper.title for paper in papers],
        "abbreviations": map(_abbreviation, papers),
        "urls": [paper.url or 0 for paper in papers],
        "notes": [_note(paper, url) for paper in papers],
        "code": [paper.code.url if paper.code else 0 for paper in papers],
    }
    return IndexPart(
        len(papers),
        tuple([paper.code.label if paper.code else None for paper in papers]),
        {name: _row(values) for name, values in columns.items()},
        tuple(map(_row, zip(*[paper.cells for paper in papers], strict=True))),
        {place: _json(math) for place, paper in enumerate(papers) if (math := _math(paper))},
        {place: _json(cover) for place, paper in enumerate(papers) if (cover := _cover(paper))},
    )


def _url(db: Database) -> Url:
    return functools.partial(Address.url, directory_urls=OPTIONS(db).directory_urls)


@transient
def browse_index(db: Database) -> bytes:
    """The index file: see the head of this module."""
    parts, url = [_index_part(db, first) for first in _parts(db)], _url(db)
    shown = [index_facet(db, table.facet.grouping) for table in facets(db)]
    labels = dict.fromkeys(itertools.chain.from_iterable([part.labels for part in parts]))
    labels.pop(None, None)
    label_ids: dict[str | None, int] = {label: position for position, label in enumerate(labels)} | {None: -1}

    def column(name: str) -> bytes:
        return _array([part.columns[name] for part in parts])

    index = _object(
        version=_json(VERSION),
        page=_json(url(paper_address("*")).replace("%2A", "*")),
        keys=column("keys"),
        former=_json(_former(db)),
        titles=column("titles"),
        math=_by_position(parts, [part.math for part in parts]),
        abbreviations=column("abbreviations"),
        urls=column("urls"),
        notes=column("notes"),
        code=_object(
            labels=_json([*labels]),
            ids=_json([label_ids[label] for part in parts for label in part.labels]),
            urls=column("code"),
        ),
        covers=_by_position(parts, [part.covers for part in parts]),
        works=_json(_works(db)),
        added=_json([groups.added(db, key).seconds for key in groups.newest(db)[:_LATEST]]),
        columns=_array(_columns([part.cells for part in parts])),
        facets=_array(shown),
    )
    return b"%s\n" % index


@query
def _place_of_each(db: Database) -> Mapping[str, int]:
    """The positions of all papers, by key."""
    return {key: place for place, key in enumerate(groups.newest(db))}


_other_versions: Mapped[[], str, tuple[str, ...]] = Mapped(PAPERS, lambda paper: paper.same_work or None)


@query
def _former(db: Database) -> Mapping[str, int]:
    """The positions of papers by the keys that they had before."""
    former = key_by_former_key(db)
    places = _place_of_each(db) if former else {}
    return {old: places[key] for old, key in former.items()}


@query
def _works(db: Database) -> tuple[tuple[int, ...], ...]:
    """The positions of the papers of each work that has several."""
    several = _other_versions(db)
    if not several:
        return ()
    places = _place_of_each(db)
    found = dict.fromkeys([works.versions(db, key) for key in sorted(several, key=places.__getitem__)])
    return tuple([tuple([places[key] for key in work]) for work in found])


@transient
def note_words(db: Database, key: str) -> bytes:
    """The words of a paper's note as a member of a JSON object; empty where the site shows no note of it."""
    note = groups.shown_note(db, key)
    return b"" if note is None else b"%s:%s" % (_json(key), _json(words_of(f"{note.title} {note.text}")))


_words_of_notes: Each[[], str, bytes] = Each(note_words, PAPERS.names)


@transient
def notes_file(db: Database) -> bytes:
    """The file with the words of the notes."""
    return b"{%s}\n" % b",".join(filter(None, _words_of_notes(db).values()))


def _json(value: object) -> bytes:
    """JSON as the file holds it: half a surrogate pair is no UTF-8, and written as an escape it is still JSON."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace")


def _array(parts: Iterable[bytes]) -> bytes:
    """A JSON array of what is JSON already."""
    return b"[%s]" % b",".join(parts)


def _object(**members: bytes) -> bytes:
    """A JSON object of what is JSON already."""
    return b"{%s}" % b",".join([b'"%s":%s' % (name.encode(), text) for name, text in members.items()])


def _row(values: Iterable[object]) -> bytes:
    """The values of a JSON array."""
    return _json([*values])[1:-1]


def _by_position(parts: Sequence[IndexPart], values: Iterable[Mapping[int, bytes]]) -> bytes:
    """A JSON object of what is JSON already, by position among all papers."""
    starts = itertools.accumulate([part.papers for part in parts], initial=0)
    numbered = zip(starts, values, strict=False)
    return b"{%s}" % b",".join(
        [b'"%d":%s' % (start + place, each) for start, some in numbered for place, each in some.items()]
    )


def _columns(cells: Sequence[Sequence[bytes]]) -> list[bytes]:
    """What the index file says of each column of the listing."""
    said = ("name", "facet", "heading", "descending", "wide", "shown")
    return [
        _object(
            **{name: _json(known) for name in said if (known := getattr(column, name))},
            **({"values": _array([each[place] for each in cells])} if column.value else {}),
        )
        for place, column in enumerate(COLUMNS)
    ]


@transient
def index_facet(db: Database, name: str) -> bytes:
    """What the index file says of the facet by that property."""
    return b'%s,"ids":%s}' % (_facet_head(db, name), _array([_ids(db, name, first) for first in _parts(db)]))


@query
def _facet_head(db: Database, name: str) -> bytes:
    """What the index file says of a facet but for the values of each paper, without the closing brace."""
    table = facet_table(db, name)
    values: Sequence[str | int] = table.values
    if table.facet.kind is Kind.HIDDEN:
        positions = _place_of_each(db)
        values = [positions.get(value, value) for value in table.values]
    written = {
        "name": table.facet.name,
        "kind": str(table.facet.kind),
        "searched": table.facet.searched,
        "values": values,
    }
    if table.facet.view and table.facet.view.aside:
        written["aside"] = True
    if table.labels != table.values:
        written["labels"] = table.labels
    return _object(**{name: _json(value) for name, value in written.items()})[:-1]


@query
def _positions(db: Database, name: str) -> Mapping[str, bytes]:
    """The position of each value of a facet, as JSON."""
    return {value: b"%d" % position for position, value in enumerate(facet_table(db, name).values)}


@query
def _values(db: Database, first: str) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """The values of the papers of a part in all properties."""
    return tuple([groups.all_values(db, key) for key in _parts.at(db, first)])


@query
def _ids(db: Database, name: str, first: str) -> bytes:
    """The positions of the values of the papers of a part in a facet, as JSON, commas between."""
    positions, ids = _positions(db, name), []
    for values in _values(db, first):
        found = [positions[value] for value in groups.values_among(values, name)]
        ids.append(found[0] if len(found) == 1 else b"[%s]" % b",".join(found))
    return b",".join(ids)


def _abbreviation(paper: Summary) -> str | int:
    stem = paper.key.partition("/")[2]
    return 0 if paper.abbreviation is None else 1 if paper.abbreviation == stem else paper.abbreviation


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
                parts += map(_tree, parse_fragment(mathml(run.text), positions=False).children)
                drawn = True
            except MathError:
                parts.append(f"${run.text}$")
        else:
            parts.append(run.text)
    return parts if drawn else []


def _tree(node: Node) -> object:
    """An element as a list: its name, its attributes, its children; a text as it is."""
    if not isinstance(node, Element):
        return node.text
    attributes = {name: node.attr(name) or "" for name in node.attrs}
    return [node.tag, attributes, *map(_tree, node.children)]
