"""DataCite's REST interface (https://support.datacite.org/docs/api): DOIs of data, theses, and all of arXiv."""

from typing import Any
from urllib.parse import quote

from mkdocs_papers.sources.asking import Answer, Expected, Request, Unanswered
from mkdocs_papers.sources.found import Found, Kind
from mkdocs_papers.sources.identify import Identifier, Scheme, plain_doi
from mkdocs_papers.sources.latex import from_tex, paragraphs_from_tex
from mkdocs_papers.sources.source import Host, Role, Source
from mkdocs_papers.sources.text import (
    all_of,
    code_addresses,
    each_once,
    joined_lines,
    line,
    natural,
    page_range,
    person,
    year_of,
)
from mkdocs_papers.sources.values import at, objects, text, texts

NAME = "DataCite"
_ARXIV_PREFIX = "10.48550/arXiv."
_PREPRINT = "Preprint"


def request(identifier: Identifier) -> Request:
    """Asks for one DOI."""
    return Request(f"https://api.datacite.org/dois/{quote(_doi(identifier), safe='/')}", Expected.JSON)


def read(answer: Answer, identifier: Identifier) -> tuple[Found, ...]:
    """What it says of the paper.

    Raises:
        Unanswered: it is about another DOI, or of another form.
    """
    said = at(answer.json(), "data", "attributes")
    doi = text(said, "doi")
    if doi is None:
        raise Unanswered("gave no record of a DOI")
    if doi.lower() != _doi(identifier).lower():
        raise Unanswered(f"answered about another paper, {doi}")
    on_arxiv = identifier.scheme is Scheme.ARXIV
    plain, plain_abstract = (from_tex, paragraphs_from_tex) if on_arxiv else (line, joined_lines)
    abstract = next(
        (
            plain_abstract(found)
            for each in objects(said, "descriptions")
            if each.get("descriptionType", "Abstract") == "Abstract" and (found := text(each, "description"))
        ),
        None,
    )
    date = _date(said, on_arxiv=on_arxiv)
    preprint = on_arxiv or text(said, "types", "resourceTypeGeneral") == _PREPRINT
    return (
        Found(
            NAME,
            title=plain(_title(said)),
            authors=all_of(_author(each) for each in objects(said, "creators")),
            institutions=each_once(_affiliations(said)),
            year=year_of(date) or year_of(at(said, "publicationYear")),
            venue=None
            if on_arxiv
            else line(text(said, "container", "title") or text(said, "publisher") or text(said, "publisher", "name")),
            volume=line(text(said, "container", "volume")),
            number=line(text(said, "container", "issue")),
            pages=page_range(line(text(said, "container", "firstPage")), line(text(said, "container", "lastPage"))),
            doi=None if on_arxiv else identifier.value,
            arxiv=identifier.value if on_arxiv else None,
            url=None if on_arxiv else text(said, "url"),
            abstract=abstract,
            codes=code_addresses(abstract, "the abstract"),
            kind=Kind.PREPRINT if preprint else Kind.PUBLISHED,
            published_doi=_published(said),
        ),
    )


def _doi(identifier: Identifier) -> str:
    on_arxiv = identifier.scheme is Scheme.ARXIV
    return f"{_ARXIV_PREFIX}{identifier.value}" if on_arxiv else identifier.value


def _title(said: Any) -> str | None:
    """The title itself, which has no type, with its subtitle; others are translations."""
    titles = [each for each in objects(said, "titles") if text(each, "title")]
    own = [each for each in titles if not each.get("titleType")] or titles
    below = [each for each in titles if each.get("titleType") == "Subtitle" and each not in own[:1]]
    return ": ".join(title for each in (*own[:1], *below[:1]) if (title := text(each, "title"))) or None


def _author(creator: dict[str, Any]) -> str | None:
    if text(creator, "nameType") == "Organizational":
        return line(creator.get("name"))
    if text(creator, "familyName"):
        return person(creator.get("givenName"), creator.get("familyName"))
    return natural(creator.get("name"))


def _affiliations(said: Any) -> list[str | None]:
    creators = objects(said, "creators")
    names = [name for creator in creators for name in texts(creator, "affiliation")]
    names += [name for creator in creators for each in objects(creator, "affiliation") if (name := text(each, "name"))]
    return [line(name) for name in names]


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
