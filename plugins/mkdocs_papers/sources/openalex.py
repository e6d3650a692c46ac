"""OpenAlex (https://docs.openalex.org): affiliations of published papers, by their DOI.

A preprint and its paper are two works there, and it knows nothing of where authors of preprints work.
"""

from typing import Any
from urllib.parse import quote

from mkdocs_papers.records.limits import MOST_ABSTRACT_WORDS
from mkdocs_papers.sources.agree import folded, fuller
from mkdocs_papers.sources.asking import Answer, Expected, Request, Unanswered
from mkdocs_papers.sources.found import Found, Kind
from mkdocs_papers.sources.identify import Identifier, Scheme, plain_doi
from mkdocs_papers.sources.plain_text import all_of, each_once, line, natural, page_range, paragraphs, year_of
from mkdocs_papers.sources.source import Host, Role, Source
from mkdocs_papers.sources.values import at, objects, text

NAME = "OpenAlex"


def request(identifier: Identifier) -> Request:
    """Asks for one DOI."""
    return Request(f"https://api.openalex.org/works/doi:{quote(identifier.value, safe='/')}", Expected.JSON)


def read(answer: Answer, identifier: Identifier) -> tuple[Found, ...]:
    """What it says of the work."""
    work = answer.json()
    doi = plain_doi(text(work, "doi"))
    if doi is None:
        raise Unanswered("gave no work with a DOI")
    if doi.lower() != identifier.value.lower():
        raise Unanswered(f"answered about another paper, {doi}")
    preprint = text(work, "type") == "preprint" or text(work, "primary_location", "source", "type") == "repository"
    kind = Kind.PREPRINT if preprint else Kind.PUBLISHED
    authorships = objects(work, "authorships")
    found = Found(
        NAME,
        title=line(text(work, "title") or text(work, "display_name")),
        authors=all_of(map(_author, authorships)),
        institutions=each_once(
            line(text(place, "display_name")) for each in authorships for place in objects(each, "institutions")
        ),
        year=year_of(at(work, "publication_year")),
        venue=_venue(work),
        volume=line(text(work, "biblio", "volume")),
        number=line(text(work, "biblio", "issue")),
        pages=page_range(line(text(work, "biblio", "first_page")), line(text(work, "biblio", "last_page"))),
        doi=identifier.value,
        url=f"https://doi.org/{identifier.value}",
        abstract=paragraphs(_abstract(at(work, "abstract_inverted_index"))),
        kind=Kind.WITHDRAWN if at(work, "is_retracted") is True else kind,
    )
    return (found,)


def _author(authorship: dict[str, Any]) -> str | None:
    """The name as the paper has it, which a merged profile's need not be; that writes out an initial."""
    names = (natural(text(authorship, "raw_author_name")), natural(text(authorship, "author", "display_name")))
    own, merged = (name.removeprefix("and ") if name else "" for name in names)
    if own.isupper() and folded(own) == folded(merged):
        return merged
    return fuller((own,), (merged,))[0] or merged


def _venue(work: Any) -> str | None:
    """The venue; of a conference the source is null, and its name stands beside that."""
    place = at(work, "primary_location")
    return line(text(place, "source", "display_name") or text(place, "raw_source_name"))


def _abstract(index: Any) -> str | None:
    """The abstract from the positions of its words."""
    if not isinstance(index, dict):
        return None
    words = {
        position: word
        for word, positions in index.items()
        if isinstance(positions, list)
        for position in positions
        if isinstance(position, int) and 0 <= position < MOST_ABSTRACT_WORDS
    }
    return " ".join(words[position] for position in sorted(words)) or None


SOURCE = Source(
    NAME,
    ((Scheme.DOI, Role.AFFILIATIONS), (Scheme.DOI, Role.PUBLISHED), (Scheme.DOI, Role.FALLBACK)),
    request,
    read,
    Host("api.openalex.org", pace=0.2, mail="mailto", key_variable="OPENALEX_API_KEY", key_parameter="api_key"),
)
