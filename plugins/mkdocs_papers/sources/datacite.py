"""DataCite's REST interface (https://support.datacite.org/docs/api): DOIs of data, theses, and all of arXiv."""

from typing import Any
from urllib.parse import quote

from mkdocs_papers.sources.asking import Answer, Expected, Request, Unanswered
from mkdocs_papers.sources.found import Found, Kind
from mkdocs_papers.sources.identify import Identifier, Scheme, plain_doi
from mkdocs_papers.sources.latex import from_tex, paragraphs_from_tex
from mkdocs_papers.sources.plain_text import (
    all_of,
    code_addresses,
    each_once,
    is_withdrawn,
    joined_lines,
    line,
    natural,
    page_range,
    person,
    with_subtitle,
    year_of,
)
from mkdocs_papers.sources.source import Host, Role, Source
from mkdocs_papers.sources.values import at, objects, text

NAME = "DataCite"
_ARXIV_PREFIX = "10.48550/arXiv."
_PREPRINT = "Preprint"

_NOT_KNOWN = "(:"
"""How what stands for an unknown value begins: ``(:unav)``, ``(:tba)``
(https://datacite-metadata-schema.readthedocs.io/en/4.6/appendices/appendix-3/)."""


def request(identifier: Identifier) -> Request:
    """Asks for one DOI."""
    return Request(f"https://api.datacite.org/dois/{quote(_doi(identifier), safe='/')}", Expected.JSON)


def read(answer: Answer, identifier: Identifier) -> tuple[Found, ...]:
    """What it says of the paper."""
    said = at(answer.json(), "data", "attributes")
    doi = text(said, "doi")
    if doi is None:
        raise Unanswered("gave no record of a DOI")
    if doi.lower() != _doi(identifier).lower():
        raise Unanswered(f"answered about another paper, {doi}")
    on_arxiv = identifier.scheme is Scheme.ARXIV
    plain, plain_abstract = (from_tex, paragraphs_from_tex) if on_arxiv else (line, joined_lines)
    described = _described(said, "Abstract")
    abstract = plain_abstract(described)
    said_of_code = abstract if on_arxiv else f"{abstract} {described}"  # links in HTML have theirs in a tag
    comment = line(_described(said, "Other")) if on_arxiv else None
    date = _date(said, on_arxiv=on_arxiv)
    preprint = on_arxiv or text(said, "types", "resourceTypeGeneral") == _PREPRINT
    kind = Kind.PREPRINT if preprint else Kind.PUBLISHED
    if on_arxiv and is_withdrawn(comment, abstract):
        kind = Kind.WITHDRAWN
    found = Found(
        NAME,
        title=plain(_title(said)),
        authors=all_of(plain(_author(each)) for each in objects(said, "creators")),
        institutions=each_once(_affiliations(said)),
        year=year_of(date) or year_of(at(said, "publicationYear")),
        venue=None if on_arxiv else _venue(said),
        volume=line(text(said, "container", "volume")),
        number=line(text(said, "container", "issue")),
        pages=page_range(line(text(said, "container", "firstPage")), line(text(said, "container", "lastPage"))),
        doi=None if on_arxiv else identifier.value,
        arxiv=identifier.value if on_arxiv else None,
        url=None if on_arxiv else text(said, "url"),
        abstract=abstract,
        codes=(*code_addresses(comment, "arXiv's comment"), *code_addresses(said_of_code, "the abstract")),
        comment=comment,
        kind=kind,
        published_doi=_published(said),
    )
    return (found,)


def _doi(identifier: Identifier) -> str:
    on_arxiv = identifier.scheme is Scheme.ARXIV
    return f"{_ARXIV_PREFIX}{identifier.value}" if on_arxiv else identifier.value


def _title(said: Any) -> str | None:
    """The title itself, which has no type, with its subtitle; others are translations."""
    language = text(said, "language")
    titles = [each for each in objects(said, "titles") if text(each, "title")]
    titles.sort(key=lambda each: (bool(each.get("titleType")), bool(language) and each.get("lang") != language))
    below = next((each for each in titles[1:] if each.get("titleType") == "Subtitle"), None)
    return with_subtitle(text(titles, 0, "title"), text(below, "title"))


def _described(said: Any, kind: str) -> str | None:
    """The first description of a kind; one without kind is the abstract."""
    named = (each for each in objects(said, "descriptions") if (text(each, "descriptionType") or "Abstract") == kind)
    return next(filter(None, (text(each, "description") for each in named)), None)


def _venue(said: Any) -> str | None:
    venue = text(said, "container", "title") or text(said, "publisher") or text(said, "publisher", "name")
    return None if venue and venue.startswith(_NOT_KNOWN) else line(venue)


def _author(creator: dict[str, Any]) -> str | None:
    if (text(creator, "name") or "").startswith(_NOT_KNOWN):
        return None
    if text(creator, "nameType") == "Organizational":
        return line(creator.get("name"))
    given, family = text(creator, "givenName"), text(creator, "familyName")
    if family and (given or not text(creator, "name")):
        return person(given, family)
    return natural(creator.get("name"))


def _affiliations(said: Any) -> list[str | None]:
    creators = objects(said, "creators")
    listed = (at(creator, "affiliation") for creator in creators)
    places = (place for each in listed for place in (each if isinstance(each, list) else [each]))
    return [line(text(place, "name") if isinstance(place, dict) else place) for place in places]


def _date(said: Any, *, on_arxiv: bool) -> str | None:
    """When it was issued; of a paper on arXiv, when its first version came."""
    kinds = ("Submitted", "Created", "Issued") if on_arxiv else ("Issued", "Available")
    for kind in kinds:
        dates = [
            date for each in objects(said, "dates") if each.get("dateType") == kind and (date := text(each, "date"))
        ]
        if dates:
            return min(dates)
    return None


def _published(said: Any) -> str | None:
    """The DOI of the version of record that a preprint names."""
    for each in objects(said, "relatedIdentifiers"):
        doi = plain_doi(text(each, "relatedIdentifier"))
        kinds = {"IsVersionOf", "IsPreviousVersionOf", "IsPreprintOf"}
        if doi and each.get("relatedIdentifierType") == "DOI" and each.get("relationType") in kinds:
            return doi
    return None


SOURCE = Source(
    NAME,
    ((Scheme.ARXIV, Role.RECORD), (Scheme.DOI, Role.RECORD)),
    request,
    read,
    Host("api.datacite.org", pace=0.5),
    agency="DataCite",
)
