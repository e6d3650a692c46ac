"""The XML of EndNote, which Zotero and Mendeley write as well.

Elements as in the ``RSXML.dtd`` that comes with EndNote; the text of each may stand in pieces, in elements ``style``.
A file is cut into its records before any is parsed, so that a broken one costs only itself, no document type is ever
read, and one record at a time is held as a tree.
"""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from mkdocs_papers.records.lines import Lines
from mkdocs_papers.records.problem import Place
from mkdocs_papers.sources.entry import Words, found, is_arxiv
from mkdocs_papers.sources.found import Failure, Found
from mkdocs_papers.sources.plain_text import people
from mkdocs_papers.sources.without_markup import plain, plain_paragraphs

_BEGIN, _END = "<record>", "</record>"
_HEAD = 1000
"""Within so many characters the records begin."""

_FORBIDDEN = {sign: "\u2060" for sign in (*range(0x20), 0xFFFE, 0xFFFF) if chr(sign) not in "\t\n\r"}
"""Characters that XML forbids and EndNote writes, and what is left out of texts for each, so that places stay."""

_SCRIPTS = {"superscript": "sup", "subscript": "sub"}

_VENUES = (
    "periodical/full-title", "titles/secondary-title", "alt-periodical/full-title", "titles/alt-title",
    "periodical/abbr-1",
)  # fmt: skip
"""Where the names of a venue stand. Some databases give the full one first, others the one in short."""

PUBLISHED_ALONE = frozenset((
    "blog", "book", "computer program", "dataset", "edited book", "electronic book", "generic", "manuscript",
    "report", "standard", "thesis", "unpublished work", "web page",
))  # fmt: skip
"""Types of what its publisher, an institute or a site publishes by itself; the title above theirs is of a series."""

_EDITORS = "contributors/secondary-authors"
_SUPPORTED = frozenset((
    "abstract", "contributors/authors", "custom7", "dates/year", "dates/pub-dates", "electronic-resource-num",
    "keywords/keyword", "label", "number", "pages", "titles/short-title", "titles/title", "volume", "urls/pdf-urls",
    "urls/related-urls", "urls/text-urls", "urls/web-urls",
    "alt-periodical/abbr-1", "periodical/abbr-2", "periodical/abbr-3",
))  # fmt: skip
"""The elements of which a record says what they say; journals have their names twice and more."""

_OF_THE_PROGRAM = frozenset(("database", "source-app", "rec-number", "foreign-keys", "ref-type"))
"""Elements that say nothing of the paper."""


def looks(text: str) -> bool:
    """Whether a text is in this format."""
    head = text[:_HEAD].lstrip("\ufeff \t\r\n")
    return head.startswith(("<?xml", "<xml>")) and "<records>" in head


def iterate(text: str, path: str) -> Iterator[Found | Failure]:
    """The records of a file, one after the other."""
    lines = Lines(text)
    following = text.find(_BEGIN)
    while (start := following) >= 0:
        following = text.find(_BEGIN, start + 1)
        end = text.rfind(_END, start, following if following >= 0 else len(text))
        place = lines.place(start)
        if end < 0:
            yield Failure(path, "the record is never closed", f"end it with {_END}", place)
            continue
        source = text[start : end + len(_END)]
        try:
            record = ET.fromstring(source.translate(_FORBIDDEN))  # noqa: S314  # there is no document type
        except (ET.ParseError, ValueError) as error:
            line, column = getattr(error, "position", (1, 0))
            at = lines.place(start + (Lines(source).offset(Place(line, column + 1)) or 0))
            wrong = f"the record is not XML (line {at.line}, column {at.column})"
            yield Failure(path, wrong, "mend it and add the file again", place)
        else:
            yield found(_words(record), path, place)


def _words(record: ET.Element) -> Words:
    def every(*paths: str) -> tuple[str, ...]:
        return tuple(text for path in paths for each in record.iterfind(path) if (text := _text(each)))

    def first(*paths: str) -> str:
        return plain(next(iter(every(*paths)), ""))

    kind = record.find("ref-type")
    alone = kind is not None and kind.get("name", "").lower() in PUBLISHED_ALONE
    authors = every("contributors/authors/author")
    edited = alone and not authors
    publisher = first("publisher") if alone else ""
    venues = () if publisher else every(*_VENUES)
    supported = _SUPPORTED.union(("publisher",) if publisher else _VENUES, (_EDITORS,) if edited else ())
    return Words(
        title=first("titles/title"),
        authors=tuple(
            name for value in (every(f"{_EDITORS}/author") if edited else authors) for name in people(plain(value))
        ),
        year=every("dates/year", "dates/pub-dates/date"),
        venue=tuple(sorted(map(plain, venues), key=len, reverse=True)),
        publisher=publisher,
        volume=first("volume"),
        number=first("number"),
        pages=first("pages", "custom7"),
        dois=every("electronic-resource-num"),
        addresses=every(*(f"urls/{kind}-urls/url" for kind in ("related", "web", "text"))),
        pdfs=every("urls/pdf-urls/url"),
        eprints=tuple(filter(is_arxiv, every("accession-num", "number", "pages", "custom1"))),
        remarks=every("notes", "research-notes", "publisher"),
        abstract=plain_paragraphs(next(iter(every("abstract")), "")),
        short=first("titles/short-title"),
        keywords=tuple(
            word
            for value in every("keywords/keyword")
            for part in re.split("[\r\n;]", value)
            if (word := plain(part).lstrip("*"))  # PubMed's mark of a main topic
        ),
        key=first("label"),
        unsupported=tuple(dict.fromkeys(_unsupported(record, supported))),
    )


def _text(element: ET.Element) -> str:
    """The text of an element and its pieces; what is raised or lowered stands between tags that say so."""
    pieces = [element.text or ""]
    for piece in element:
        script = _SCRIPTS.get(piece.get("face", ""))
        inner = "".join(piece.itertext())
        pieces += [f"<{script}>{inner}</{script}>" if script and inner.strip() else inner, piece.tail or ""]
    return "".join(pieces).replace("\r\n", "\n").replace("\r", "\n").strip()


def _unsupported(record: ET.Element, supported: frozenset[str]) -> Iterator[str]:
    """The names of elements that say what a record has no field for."""
    for element in record:
        for each in element if len(element) and element[0].tag != "style" else (element,):
            path = element.tag if each is element else f"{element.tag}/{each.tag}"
            if element.tag not in _OF_THE_PROGRAM and path not in supported and "".join(each.itertext()).strip():
                yield str(each.tag)
