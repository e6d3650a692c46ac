"""CSV, for spreadsheets.

Quoting as in RFC 4180; lines end with a carriage return and a line feed, the last one with neither. Each paper is one
line: line breaks in a value are spaces. The file begins with a byte-order mark, without which Excel does not take it
for UTF-8. Several values in one cell are parted by ``; ``.

A spreadsheet takes a text that begins with ``=``, ``+``, ``-``, ``@`` or a sign that is like one of them for a formula
and runs it. So each of these gets an apostrophe before it, which makes it text again
(https://owasp.org/www-community/attacks/CSV_Injection), where a cell begins, invisible characters aside, and where one
would begin for a program that parts lines at semicolons, spaces or quotes as well; a sign between spaces stays, for it
computes nothing. A tab or a carriage return, which would do the same, is a space. Programs that want the bare text read
``papers.json``.
"""

import re
from collections.abc import Callable

from mkdocs_papers.incremental.database import Database
from mkdocs_papers.library.model import Paper
from mkdocs_papers.library.names import one_line
from mkdocs_papers.pages.exports.citation import citation_key
from mkdocs_papers.pages.exports.export import cover, keywords, note, other_lines, other_names, page, plain_line
from mkdocs_papers.views import groups

LINE_END = "\r\n"

_SIGNS = r"=+\-@＝＋－＠﹦﹢﹣﹫⁼⁺⁻₌₊₋−"
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Characters that show nothing and are no white space: Unicode's ``Default_Ignorable_Code_Point``, and a blank."""
_FORMULA = re.compile(
    rf"(?:\A|[;,\"])[\s\"{_INVISIBLE}]*(?=[{_SIGNS}])|\s[{_INVISIBLE}]*(?=[{_SIGNS}][{_INVISIBLE}]*[^\s{_INVISIBLE}])"
)
"""What stands before a sign that may begin a formula."""

Cell = str | int | None

COLUMNS: tuple[tuple[str, Callable[[Paper, Database], Cell]], ...] = (
    ("key", lambda paper, _: paper.key),
    ("citation_key", lambda paper, db: citation_key(db, paper.key)),
    ("title", lambda paper, _: plain_line(paper.title)),
    ("abbreviation", lambda paper, _: plain_line(paper.abbreviation or "")),
    ("authors", lambda paper, _: "; ".join(paper.authors)),
    ("institutions", lambda paper, _: "; ".join(paper.institutions)),
    ("venue", lambda paper, _: plain_line(paper.venue or "")),
    ("year", lambda paper, _: paper.year),
    ("url", lambda paper, _: paper.url),
    ("pdf", lambda paper, _: paper.pdf),
    ("doi", lambda paper, _: paper.doi),
    ("code", lambda paper, _: paper.code.url if paper.code else None),
    ("keywords", lambda paper, db: "; ".join(keywords(paper, db))),
    ("status", lambda paper, _: paper.status),
    ("rating", lambda paper, _: paper.rating),
    ("added", lambda paper, db: groups.added(db, paper.key).text),
    ("page", page),
    ("note", note),
    ("cover", lambda paper, _: cover(paper)),
    ("abstract", lambda paper, _: plain_line(paper.abstract or "")),
)
"""The columns in order, before those of `other_names`: name, and what stands there for a paper."""


def header() -> str:
    """The first line: the names of the columns."""
    return ",".join([*(name for name, _ in COLUMNS), *other_names("csv")])


def row(paper: Paper, db: Database) -> str:
    """A paper as one line, without its end."""
    others = dict(other_lines(paper, "csv"))
    return ",".join(map(_cell, [*(value(paper, db) for _, value in COLUMNS), *map(others.get, other_names("csv"))]))


def _cell(value: Cell) -> str:
    if value is None or isinstance(value, int):
        return "" if value is None else str(value)
    text = _FORMULA.sub(lambda before: f"{before[0]}'", one_line(value))
    return '"' + text.replace('"', '""') + '"' if any(character in text for character in ',";') else text
