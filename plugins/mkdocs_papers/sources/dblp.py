"""dblp's search (https://dblp.org/faq/How+to+use+the+dblp+search+API.html): venues and years in computer science."""

import re
from typing import Any

from mkdocs_papers.sources.asking import Answer, Expected, Request, Unanswered, address
from mkdocs_papers.sources.found import Found, Kind
from mkdocs_papers.sources.identify import Identifier, Scheme
from mkdocs_papers.sources.plain_text import all_of, line, without_number, year_of
from mkdocs_papers.sources.source import Host, Role, Source
from mkdocs_papers.sources.values import at, objects, text, texts

NAME = "dblp"
_PREPRINTS = frozenset({"corr"})
_WORD = re.compile(r"\w+")


def request(identifier: Identifier) -> Request:
    """Asks for papers with the words of a title."""
    words = " ".join(_WORD.findall(identifier.value))
    return Request(address("https://dblp.org/search/publ/api", q=words, format="json"), Expected.JSON)


def read(answer: Answer, _identifier: Identifier) -> tuple[Found, ...]:
    """The papers that it found, in its order; preprints are left out."""
    hits = at(answer.json(), "result", "hits")
    if not isinstance(hits, dict):
        raise Unanswered("gave no list of papers")
    papers = [_found(each) for hit in objects(hits, "hit") for each in objects(hit, "info")]
    return tuple(paper for paper in papers if paper.venue and paper.venue.casefold() not in _PREPRINTS)


def _found(paper: dict[str, Any]) -> Found:
    title = line(text(paper, "title") or text(paper, "title", "text"))
    return Found(
        NAME,
        title=title[:-1] if title and title.endswith(".") and not title.endswith("..") else title,
        # A lone author is no list.
        authors=all_of(map(_author, each if isinstance(each := at(paper, "authors", "author"), list) else [each])),
        year=year_of(paper.get("year")),
        venue=line(next(iter(texts(paper, "venue")), None)),
        volume=line(text(paper, "volume")),
        number=line(text(paper, "number")),
        pages=line(text(paper, "pages")),
        doi=text(paper, "doi"),
        kind=Kind.PUBLISHED,
    )


def _author(author: Any) -> str | None:
    name = line(author if isinstance(author, str) else text(author, "text"))
    return without_number(name) if name else None


SOURCE = Source(NAME, ((Scheme.TITLE, Role.SEARCH),), request, read, Host("dblp.org", pace=2.0))
