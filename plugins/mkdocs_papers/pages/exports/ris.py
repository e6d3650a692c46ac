"""RIS, for EndNote, Zotero, Mendeley and other reference managers.

Tags and types as in Research Information Systems' own description of 2011, refman.com/support/risformat_intro.asp,
which the Internet Archive keeps. Every line is a tag, two spaces, a hyphen, a space and one value; lines end with a
carriage return and a line feed. As a value is one line, nothing in it can begin a tag. An entry has no blank line.
"""

from collections.abc import Iterable

from mkdocs_papers.incremental.database import Database
from mkdocs_papers.library.model import Paper
from mkdocs_papers.library.names import one_line
from mkdocs_papers.library.person import people
from mkdocs_papers.pages.exports.citation import citation_key
from mkdocs_papers.pages.exports.export import keywords, other_lines, plain_line
from mkdocs_papers.pages.exports.publication import DASHES, form_of

LINE_END = "\r\n"


def ris(paper: Paper, db: Database) -> str:
    """A paper as a RIS reference, from ``TY`` to ``ER``."""
    lines = [f"{tag}  - {one_line(value)}" for tag, value in _fields(paper, db) if value]
    return LINE_END.join([*lines, "ER  - "])


def _fields(paper: Paper, db: Database) -> Iterable[tuple[str, str | None]]:
    published = form_of(paper)
    yield "TY", published.ris
    yield "ID", citation_key(db, paper.key)
    yield "TI", plain_line(paper.title)
    yield "ST", plain_line(paper.abbreviation or "")
    for person in people(paper):
        yield "AU", person.inverted
    yield "PY", str(paper.year)
    yield published.ris_venue, plain_line(paper.venue or "")
    yield "AN", f"arXiv:{paper.arxiv}" if paper.arxiv else None
    yield "DO", paper.doi
    yield "UR", paper.url
    yield "L1", paper.pdf
    yield "AB", plain_line(paper.abstract or "")
    for keyword in keywords(paper, db):
        yield "KW", keyword
    for tag, line in other_lines(paper, "ris"):
        pages = DASHES.split(line) if tag == "SP" else []
        if len(pages) == 2 and all(pages) and pages[0] != pages[1]:  # noqa: PLR2004 - the first and the last
            yield from zip(("SP", "EP"), pages, strict=True)
        else:
            yield tag, line
