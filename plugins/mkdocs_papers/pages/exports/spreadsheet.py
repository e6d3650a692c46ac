"""CSV, for spreadsheets.

Quoting as in RFC 4180; lines end with a carriage return and a line feed, the last one with neither. Each paper is one
line: line breaks in a value are spaces. The file begins with a byte-order mark, without which Excel does not take it
for UTF-8. Several values in one cell are parted by ``; ``.

A spreadsheet takes a text that begins with ``=``, ``+``, ``-``, ``@`` or their full-width forms for a formula and runs
it. So such a text gets an apostrophe before it, which makes it text again
(https://owasp.org/www-community/attacks/CSV_Injection); a tab or a carriage return, which would do the same, begins no
value. Programs that want the bare text read ``papers.json``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from mkdocs_papers.library.model import Paper
from mkdocs_papers.library.names import one_line
from mkdocs_papers.pages.exports.export import Surroundings, plain_line

LINE_END = "\r\n"

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")

Cell = str | int | None

COLUMNS: tuple[tuple[str, Callable[[Paper, Surroundings], Cell]], ...] = (
    ("key", lambda paper, _: paper.key),
    ("citation_key", lambda paper, around: around.citation_keys[paper.key]),
    ("title", lambda paper, _: plain_line(paper.title)),
    ("abbreviation", lambda paper, _: plain_line(paper.abbreviation or "")),
    ("authors", lambda paper, _: _several(paper.authors)),
    ("institutions", lambda paper, _: _several(paper.institutions)),
    ("venue", lambda paper, _: plain_line(paper.venue or "")),
    ("year", lambda paper, _: paper.year),
    ("url", lambda paper, _: paper.url),
    ("pdf", lambda paper, _: paper.pdf),
    ("doi", lambda paper, _: paper.doi),
    ("code", lambda paper, _: paper.code.url if paper.code else None),
    ("keywords", lambda paper, around: _several(around.keywords(paper))),
    ("status", lambda paper, _: paper.status),
    ("rating", lambda paper, _: paper.rating),
    ("page", lambda paper, around: around.page(paper)),
    ("note", lambda paper, around: around.note(paper)),
    ("cover", lambda paper, around: around.cover(paper)),
    ("abstract", lambda paper, _: plain_line(paper.abstract or "")),
)
"""The columns in order: name, and what stands there for a paper."""


def header() -> str:
    """The first line: the names of the columns."""
    return ",".join(name for name, _ in COLUMNS)


def row(paper: Paper, surroundings: Surroundings) -> str:
    """A paper as one line, without its end."""
    return ",".join(_cell(value(paper, surroundings)) for _, value in COLUMNS)


def _several(values: Iterable[str]) -> str:
    return "; ".join(values)


def _cell(value: Cell) -> str:
    if value is None or isinstance(value, int):
        return "" if value is None else str(value)
    text = one_line(value)
    if text.startswith(_FORMULA):
        text = f"'{text}"
    return '"' + text.replace('"', '""') + '"' if any(character in text for character in ',";') else text
