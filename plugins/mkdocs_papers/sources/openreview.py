"""OpenReview's second interface (https://docs.openreview.net): what was accepted where. It often asks for a login."""

import re
from datetime import UTC, datetime
from typing import Any

from mkdocs_papers.sources.asking import Answer, Expected, Request, Unanswered, address
from mkdocs_papers.sources.found import Found, Kind
from mkdocs_papers.sources.identify import Identifier, Scheme
from mkdocs_papers.sources.latex import from_tex
from mkdocs_papers.sources.plain_text import all_of, code_addresses, joined_lines, line, natural
from mkdocs_papers.sources.source import Host, Role, Source
from mkdocs_papers.sources.values import at, objects, text, texts

NAME = "OpenReview"
_FORUM = "https://openreview.net/forum?id="
_NOT_ACCEPTED = re.compile(r"submi|withdrawn|reject|under review", re.IGNORECASE)
_PREPRINTS = frozenset({"corr", "arxiv", "arxiv.org"})
_YEAR = re.compile(r"\s*\b(?P<year>(?:19|20)[0-9]{2})\b")
_MANNER = re.compile(
    r"\s*[-(]?\s*\b(?:poster|oral|spotlight|notable[ -]top[ -][0-9]+%?|talk|conference(?: paper)?|main)\)?\s*$",
    re.IGNORECASE,
)
_ACCEPTED = re.compile(r"accepted (?:by|at|to)\s+", re.IGNORECASE)


def request(identifier: Identifier) -> Request:
    """Asks for one forum, or for papers of a title."""
    notes = "https://api2.openreview.net/notes"
    if identifier.scheme is Scheme.OPENREVIEW:
        return Request(address(notes, id=identifier.value), Expected.JSON)
    return Request(address(notes, **{"content.title": identifier.value}), Expected.JSON)


def read(answer: Answer, identifier: Identifier) -> tuple[Found, ...]:
    """The papers that it found. Of a search, those that were accepted somewhere."""
    said = answer.json()
    if not isinstance(at(said, "notes"), list):
        raise Unanswered("gave no list of papers")
    found = tuple(_found(note) for note in objects(said, "notes") if at(note, "content", "title"))
    if identifier.scheme is Scheme.OPENREVIEW:
        return tuple(paper for paper in found if paper.url == f"{_FORUM}{identifier.value}")
    return tuple(paper for paper in found if paper.venue)


def _found(note: dict[str, Any]) -> Found:
    # The second interface wraps each value in an object.
    content = {
        name: value.get("value", value) if isinstance(value, dict) else value for name, value in note["content"].items()
    }
    venue, year = _venue(content)
    abstract = joined_lines(content.get("abstract"))
    withdrawn = "withdrawn" in f"{content.get('venueid')} {content.get('venue')}".lower()
    kind = Kind.WITHDRAWN if withdrawn else Kind.PUBLISHED if venue else Kind.PREPRINT
    forum = text(note, "forum") or text(note, "id")
    code = text(content, "code")
    return Found(
        NAME,
        title=from_tex(content.get("title")),
        authors=tuple(name for name in all_of(map(natural, texts(content, "authors"))) if name != "Anonymous"),
        year=year or _year(note.get("pdate") or note.get("cdate")),
        venue=venue,
        url=f"{_FORUM}{forum}",
        abstract=abstract,
        codes=(*code_addresses(code, "OpenReview"), *code_addresses(abstract, "the abstract")),
        kind=kind,
    )


def _venue(content: dict[str, Any]) -> tuple[str | None, int | None]:
    """Where and when it was accepted; a paper that was only submitted has no venue."""
    name, group = line(content.get("venue")), text(content, "venueid") or ""
    if not name or _NOT_ACCEPTED.search(name) or _NOT_ACCEPTED.search(group):
        return None, None
    found = _YEAR.search(name) or _YEAR.search(group.replace("/", " "))
    venue = _MANNER.sub("", _YEAR.sub("", _ACCEPTED.sub("", name))).strip()
    if not venue or venue.casefold() in _PREPRINTS:
        return None, None
    return venue, int(found["year"]) if found else None


def _year(milliseconds: Any) -> int | None:
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC).year if milliseconds else None
    except (TypeError, ValueError, OverflowError, OSError):
        return None


SOURCE = Source(
    NAME, ((Scheme.OPENREVIEW, Role.RECORD), (Scheme.TITLE, Role.SEARCH)), request, read, Host("api2.openreview.net")
)
