"""Crossref's REST interface (https://www.crossref.org/documentation/retrieve-metadata/rest-api/)."""

from typing import Any
from urllib.parse import quote

from mkdocs_papers.sources.asking import Answer, Expected, Request, Unanswered
from mkdocs_papers.sources.found import Found, Kind
from mkdocs_papers.sources.identify import Identifier, Scheme, plain_doi
from mkdocs_papers.sources.plain_text import (
    all_of,
    code_addresses,
    each_once,
    joined_lines,
    line,
    person,
    with_subtitle,
    year_of,
)
from mkdocs_papers.sources.source import Host, Role, Source
from mkdocs_papers.sources.values import at, objects, text, texts

NAME = "Crossref"
_SERIES = (
    "Lecture Notes in ",
    "Lecture Notes on ",
    "Communications in Computer and Information Science",
    "Advances in Experimental Medicine and Biology",
    "Advances in Intelligent Systems and Computing",
    "IFIP Advances in ",
    "Methods in Molecular Biology",
    "Proceedings of Machine Learning Research",
    "Springer ",
    "Studies in ",
    "Smart Innovation, Systems and Technologies",
    "The Springer ",
)
"""Series of books, which stand beside the book's own title."""

_BY_PUBLISHER = frozenset(
    """
    book dataset dissertation edited-book monograph proceedings reference-book report report-component standard
    """.split()  # noqa: SIM905 - one list
)
"""Types of what a publisher or an institute publishes by itself (https://api.crossref.org/types)."""

_EDITED = frozenset({"edited-book", "proceedings", "reference-book"})
"""Types that an editor stands for, where they have no author."""

_RETRACTED = ("RETRACTED:", "RETRACTED ARTICLE:", "WITHDRAWN:")

_SORTED = ("10.52202/",)
"""Prefixes whose publisher registers the authors in alphabetical order: proceedings of NeurIPS, by Curran."""

_ACL_PREFIX = "10.18653/v1/"


def request(identifier: Identifier) -> Request:
    """Asks for one DOI."""
    return Request(f"https://api.crossref.org/works/{quote(_doi(identifier), safe='/')}", Expected.JSON)


def read(answer: Answer, identifier: Identifier) -> tuple[Found, ...]:
    """What it says of the work."""
    work = at(answer.json(), "message")
    doi = text(work, "DOI")
    if doi is None:
        raise Unanswered("gave no record of a DOI")
    if doi.lower() != _doi(identifier).lower():
        raise Unanswered(f"answered about another paper, {doi}")
    title = _title(work)
    posted = text(work, "type") == "posted-content"
    abstract = joined_lines(work.get("abstract"))
    kind = Kind.PREPRINT if posted else Kind.PUBLISHED
    withdrawn = any(each.get("type") in {"retraction", "withdrawal"} for each in objects(work, "updated-by"))
    edited = text(work, "type") in _EDITED and not objects(work, "author")
    found = Found(
        NAME,
        title=title,
        authors=all_of(_author(each) for each in objects(work, "editor" if edited else "author")),
        institutions=each_once(
            line(text(place, "name")) for each in objects(work, "author") for place in objects(each, "affiliation")
        ),
        year=_year(work),
        venue=_venue(work, posted=posted),
        volume=line(text(work, "volume")),
        number=line(text(work, "issue")),
        pages=line(text(work, "page") or text(work, "article-number")),
        doi=_doi(identifier),
        url=f"https://doi.org/{_doi(identifier)}",
        abstract=abstract,
        codes=code_addresses(f"{abstract} {text(work, 'abstract')}", "the abstract"),  # links have theirs in a tag
        kind=Kind.WITHDRAWN if withdrawn or (title or "").upper().startswith(_RETRACTED) else kind,
        published_doi=next(
            filter(None, (plain_doi(text(each, "id")) for each in objects(work, "relation", "is-preprint-of"))),
            None,
        ),
        sorted_authors=doi.startswith(_SORTED),
    )
    return (found,)


def _doi(identifier: Identifier) -> str:
    return identifier.value if identifier.scheme is Scheme.DOI else f"{_ACL_PREFIX}{identifier.value}"


def _title(work: Any) -> str | None:
    title, subtitle, original = (
        line(next(iter(texts(work, name)), None)) for name in ("title", "subtitle", "original-title")
    )
    return with_subtitle(title or original, subtitle)


def _author(author: dict[str, Any]) -> str | None:
    if name := text(author, "name"):
        return line(name)  # a group
    return person(author.get("given"), author.get("family"), author.get("suffix"))


def _venue(work: Any, *, posted: bool) -> str | None:
    names = [name for found in texts(work, "container-title") if (name := line(found))]
    venue = next((name for name in names if not name.startswith(_SERIES)), names[0] if names else None)
    if venue:
        return venue
    institution = next(iter(objects(work, "institution")), {})
    if posted:
        return line(text(institution, "name") or text(work, "group-title") or text(work, "publisher"))
    publisher = text(institution, "name") or text(work, "publisher") if text(work, "type") in _BY_PUBLISHER else None
    short = next(iter(texts(work, "short-container-title")), None)
    return line(text(work, "event", "name") or short or publisher)


def _year(work: Any) -> int | None:
    """The year of the first publication, on paper or not."""
    fields = ("issued", "published", "published-online", "published-print", "posted")
    return next(filter(None, (year_of(at(work, field, "date-parts", 0, 0)) for field in fields)), None)


SOURCE = Source(
    NAME,
    ((Scheme.DOI, Role.RECORD), (Scheme.DOI, Role.PUBLISHED), (Scheme.ACL, Role.FALLBACK)),
    request,
    read,
    # Five requests a second, ten with a mail address.
    Host("api.crossref.org", pace=0.2, mail="mailto"),
    agency="Crossref",
)
