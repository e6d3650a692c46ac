"""Any other page about a paper, by its tags: PMLR, CVF, NeurIPS, publishers, and what has no interface that answers."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from mkdocs_papers.sources.asking import Answer, Expected, Request, Unanswered
from mkdocs_papers.sources.citation_tags import read_tags
from mkdocs_papers.sources.found import Found
from mkdocs_papers.sources.identify import Identifier, Scheme
from mkdocs_papers.sources.source import Role, Source

NAME = "the page"


def request(identifier: Identifier) -> Request:
    """Asks for the page."""
    pages = {
        Scheme.DOI: f"https://doi.org/{quote(identifier.value, safe='/')}",
        Scheme.ACL: f"https://aclanthology.org/{identifier.value}/",
        Scheme.OPENREVIEW: f"https://openreview.net/forum?id={identifier.value}",
    }
    return Request(pages.get(identifier.scheme, identifier.value), Expected.PAGE)


def read(answer: Answer, _identifier: Identifier) -> tuple[Found, ...]:
    """What its tags say.

    Raises:
        Unanswered: it has none.
    """
    host = urlsplit(answer.url).hostname or NAME
    if answer.body.startswith(b"%PDF-"):
        raise Unanswered("is a PDF and no page; save it, and add the file")
    found = read_tags(answer, host.removeprefix("www."))
    if found is None:
        raise Unanswered("has no citation_* tags, so it says nothing of a paper")
    return (found,)


SOURCE = Source(
    NAME,
    (
        (Scheme.PAGE, Role.RECORD),
        (Scheme.DOI, Role.FALLBACK),
        (Scheme.ACL, Role.FALLBACK),
        (Scheme.OPENREVIEW, Role.FALLBACK),
    ),
    request,
    read,
)
