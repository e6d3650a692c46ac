"""Any other page about a paper, by its tags: PMLR, CVF, NeurIPS, publishers, and what has no interface that answers."""

from urllib.parse import quote, urlsplit

from mkdocs_papers.sources.asking import Answer, Expected, Request, Unanswered
from mkdocs_papers.sources.citation_tags import read_tags
from mkdocs_papers.sources.found import Found
from mkdocs_papers.sources.identify import Identifier, Scheme
from mkdocs_papers.sources.pdf import PdfError, is_pdf, read_pdf
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


def read(answer: Answer, identifier: Identifier) -> tuple[Found, ...]:
    """What its tags say; of a PDF, which paper it is."""
    host = urlsplit(answer.url).hostname or NAME
    if is_pdf(answer.body):
        if identifier.scheme is not Scheme.PAGE:
            raise Unanswered("is a PDF and no page")
        return (_of_pdf(answer),)
    found = read_tags(answer, host.removeprefix("www."))
    if found is None:
        raise Unanswered("has no citation_* tags, so it says nothing of a paper")
    return (found,)


def _of_pdf(answer: Answer) -> Found:
    """Which paper a PDF says that it is, and no more."""
    try:
        identifier, page = read_pdf(answer.body)
    except PdfError as error:
        raise Unanswered(f"is a PDF, but {error}") from error
    return Found("the PDF", names=identifier, page=page)


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
