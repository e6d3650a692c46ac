"""Semantic Scholar's graph (https://api.semanticscholar.org/api-docs/graph): which identifiers are of one paper.

It dates a paper by its preprint and abbreviates names, so it is asked for nothing but what it joins.
"""

from mkdocs_papers.sources.asking import Answer, Expected, Request, Unanswered
from mkdocs_papers.sources.found import Found, Kind
from mkdocs_papers.sources.identify import Identifier, Scheme, plain_doi
from mkdocs_papers.sources.plain_text import all_of, line, year_of
from mkdocs_papers.sources.source import Host, Role, Source
from mkdocs_papers.sources.values import at, objects, text

NAME = "Semantic Scholar"
_FIELDS = "externalIds,venue,publicationVenue,year,authors,title"
_PREFIXES = {Scheme.ARXIV: "arXiv", Scheme.DOI: "DOI"}
_PREPRINTS = frozenset({"arxiv.org", "arxiv", "corr", "biorxiv", "medrxiv", "ssrn electronic journal", "openreview"})


def request(identifier: Identifier) -> Request:
    """Asks for one paper."""
    paper = f"{_PREFIXES[identifier.scheme]}:{identifier.value}"
    return Request(f"https://api.semanticscholar.org/graph/v1/paper/{paper}?fields={_FIELDS}", Expected.JSON)


def read(answer: Answer, identifier: Identifier) -> tuple[Found, ...]:
    """What it joins with the paper: `Found.doi` is that of the published version."""
    said = answer.json()
    if text(said, "title") is None:
        raise Unanswered("gave no paper")
    arxiv, doi = text(said, "externalIds", "ArXiv"), text(said, "externalIds", "DOI")
    own = {Scheme.ARXIV: arxiv, Scheme.DOI: doi}[identifier.scheme]
    if own is not None and own.lower() != identifier.value.lower():
        raise Unanswered(f"answered about another paper, {own}")
    venue = line(text(said, "publicationVenue", "name") or text(said, "venue"))
    if venue and venue.casefold() in _PREPRINTS:
        venue = None
    found = Found(
        NAME,
        title=line(text(said, "title")),
        authors=all_of(line(text(each, "name")) for each in objects(said, "authors")),
        year=year_of(at(said, "year")),
        venue=venue,
        doi=plain_doi(doi),
        arxiv=arxiv,
        kind=Kind.PUBLISHED if venue else Kind.UNKNOWN,
    )
    return (found,)


SOURCE = Source(
    NAME,
    ((Scheme.ARXIV, Role.JOIN), (Scheme.DOI, Role.JOIN)),
    request,
    read,
    Host("api.semanticscholar.org", pace=1.1, key_variable="SEMANTIC_SCHOLAR_API_KEY", key_header="x-api-key"),
)
