"""arXiv's page about a paper, for when neither its interface nor DataCite answers."""

import dataclasses

from mkdocs_papers.sources.asking import Answer, Expected, Request, Unanswered
from mkdocs_papers.sources.citation_tags import read_tags
from mkdocs_papers.sources.found import Found, Kind
from mkdocs_papers.sources.identify import Identifier, Scheme
from mkdocs_papers.sources.latex import from_tex, paragraphs_from_tex
from mkdocs_papers.sources.source import Host, Role, Source

NAME = "arXiv's page"


def request(identifier: Identifier) -> Request:
    """Asks for the page of one paper."""
    return Request(f"https://arxiv.org/abs/{identifier.value}", Expected.PAGE)


def read(answer: Answer, identifier: Identifier) -> tuple[Found, ...]:
    """What its tags say."""
    found = read_tags(answer, NAME)
    if found is None:
        raise Unanswered("has no citation_* tags")
    if found.arxiv != identifier.value:
        raise Unanswered(f"answered about another paper, {found.arxiv}")
    title, abstract = from_tex(found.title), paragraphs_from_tex(found.abstract)
    preprint = dataclasses.replace(found, title=title, abstract=abstract, kind=Kind.PREPRINT, venue=None)
    return (dataclasses.replace(preprint, published_doi=found.doi, doi=None),)


SOURCE = Source(NAME, ((Scheme.ARXIV, Role.FALLBACK),), request, read, Host("arxiv.org", pace=3.0))
