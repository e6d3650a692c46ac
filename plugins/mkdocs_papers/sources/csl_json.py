"""CSL-JSON, as Zotero, Mendeley, Crossref and Pandoc write it.

Variables as in the schema of CSL 1.0.2,
https://github.com/citation-style-language/schema/blob/v1.0.2/schemas/input/csl-data.json. In the wild a value may be
null or a list, a number a text, and a date any of them.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from mkdocs_papers.records.lines import BYTE_ORDER_MARK, Lines
from mkdocs_papers.sources.entry import Words, found, is_arxiv
from mkdocs_papers.sources.found import Failure, Found
from mkdocs_papers.sources.plain_text import all_of, natural, person
from mkdocs_papers.sources.values import whole
from mkdocs_papers.sources.without_markup import plain, plain_paragraphs

_BETWEEN = re.compile(r"[\s,\[\]]*")
"""What stands between items, those of several lists in one file and of one object a line too."""

_WITHIN = re.compile(r"[\s,]*")
_AROUND = re.compile(
    r'\s*\{(?:[^{}\[\]]|\{[^{}\[\]]*\}|\[[^{}\[\]]*\])*?"(?:items|references|message)"\s*:\s*\[?\s*(?=[{\]])'
)
"""What programs put around a list, and Crossref around a work, with words about it."""

_BRACE = re.compile(r'"(?>(?:[^"\\\n]|\\.)*)"?|[{}]')
"""A brace, or what is in quotes, in which none counts; a quote that nothing closes ends with its line."""
_DECODER = json.JSONDecoder()
_SUPPORTED = frozenset(
    """
    id type title subtitle title-short shortTitle author issued container-title container-title-short
    journalAbbreviation event-title event volume issue number page page-first article-number DOI doi URL url archive
    archive_location archive-location eprint arxiv abstract keyword citation-key genre
    """.split()  # noqa: SIM905 - many words read better than many quoted ones
)
"""The variables of which a record says what they say."""

_VENUES = ("container-title", "event-title", "event", "container-title-short", "journalAbbreviation")
_BY_PUBLISHER = frozenset((
    "article", "book", "dataset", "document", "manuscript", "post", "post-weblog", "report", "software", "standard",
    "thesis", "webpage",
))  # fmt: skip
"""Types of what its publisher, an institute or a site publishes by itself."""


def iterate(text: str, path: str) -> Iterator[Found | Failure]:
    """The items of a CSL-JSON file, one after the other: those of its list, or its only one."""
    lines = Lines(text)
    halves = "\\u" in text
    at = int(text.startswith(BYTE_ORDER_MARK))
    around = None
    while within := _AROUND.match(text, at):
        around, at = within, within.end()
    between = _WITHIN if around else _BETWEEN
    at = _skip(between, text, at)
    while at < len(text) and not (around and text[at] in "]}"):
        place = lines.place(at)
        try:
            item, end = _DECODER.raw_decode(text, at)
            item = whole(item) if halves else item
        except (ValueError, RecursionError) as error:
            stopped = lines.place(error.pos) if isinstance(error, json.JSONDecodeError) else place
            wrong = f"the item is not JSON (line {stopped.line}, column {stopped.column})"
            yield Failure(path, wrong, "mend it and add the file again", place)
            end = _end(text, at)
        else:
            if isinstance(item, dict):
                yield found(_words(item), path, place)
            else:
                yield Failure(path, "an item is no object", "write {...}", place)
        at = _skip(between, text, end)


def _skip(between: re.Pattern[str], text: str, at: int) -> int:
    found = between.match(text, at)
    return found.end() if found else at


def _end(text: str, at: int) -> int:
    """Where an item ends that is not JSON: at its own brace, else at the end of the text."""
    depth = 0
    for brace in _BRACE.finditer(text, at):
        depth += {"{": 1, "}": -1}.get(brace[0], 0)
        if depth <= 0 and brace[0] == "}":
            return brace.end()
    return len(text)


def _words(item: Mapping[str, Any]) -> Words:
    kind = _text(item.get("type"))
    by_publisher = kind in _BY_PUBLISHER
    edited = by_publisher and not item.get("author")
    people = item.get("editor" if edited else "author")
    supported = _SUPPORTED.union(("publisher",) if by_publisher else (), ("editor",) if edited else ())
    return Words(
        title=": ".join(filter(None, (plain(_text(item.get(name))) for name in ("title", "subtitle")))),
        authors=all_of(map(_person, people if isinstance(people, list) else [people])),
        year=tuple(
            date
            for name in ("issued", "published", "published-print", "original-date")
            if (date := _date(item.get(name)))
        ),
        venue=tuple(plain(_text(item.get(name))) for name in _VENUES),
        publisher=plain(_text(item.get("publisher"))) if by_publisher else "",
        volume=plain(_text(item.get("volume"))),
        number=plain(_text(item.get("issue")) or _text(item.get("number"))),
        pages=plain(next(iter(_all(item, "page", "page-first", "article-number")), "")),
        dois=_all(item, "DOI", "doi"),
        addresses=_all(item, "URL", "url"),
        eprints=tuple(
            value
            for value in _all(item, "number", "archive_location", "archive-location", "eprint", "arxiv")
            if is_arxiv(value) or _text(item.get("archive")).lower() == "arxiv"
        ),
        remarks=_all(item, "note", "annote", "publisher"),
        abstract=plain_paragraphs(_text(item.get("abstract"))),
        short=plain(_text(item.get("title-short") or item.get("shortTitle"))),
        keywords=tuple(_keywords(item.get("keyword"))),
        key=_text(item.get("citation-key") or item.get("id")),
        unsupported=tuple(name for name in item if name not in supported),
    )


def _text(value: object) -> str:
    """A value as text: of a list the first one, of an object its name, of what is neither text nor number nothing."""
    if isinstance(value, list):
        return next(filter(None, map(_text, value)), "")
    if isinstance(value, Mapping):
        return _text(value.get("name"))
    if isinstance(value, float):
        return f"{value:.15g}" if math.isfinite(value) else ""
    return str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _all(item: Mapping[str, Any], *names: str) -> tuple[str, ...]:
    return tuple(value for name in names if (value := _text(item.get(name))))


def _person(value: object) -> str:
    if not isinstance(value, Mapping):
        return natural(_text(value)) or ""
    said = {name: plain(_text(part)) for name, part in value.items()}
    particle = " ".join(filter(None, (said.get("dropping-particle"), said.get("non-dropping-particle"))))
    family, given = said.get("family", ""), said.get("given", "")
    if not family and not given:
        return said.get("literal", "") or said.get("name", "")
    return person(given, family, said.get("suffix"), particle) or ""


def _date(value: object) -> str:
    """A date's year, or what says it."""
    if isinstance(value, list):
        return next(filter(None, map(_date, value)), "")
    if not isinstance(value, Mapping):
        return _text(value)
    parts = value.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else None
    numbers = list(map(_text, first if isinstance(first, list) else parts if isinstance(parts, list) else ()))
    return next(iter(numbers), "") or _text(value.get("year")) or _text(value.get("raw")) or _text(value.get("literal"))


def _keywords(value: object) -> Iterator[str]:
    listed = value if isinstance(value, list) else _text(value).split(";" if ";" in _text(value) else ",")
    for each in listed:
        if word := plain(_text(each)):
            yield word
