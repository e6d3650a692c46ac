"""arXiv's Atom interface (https://info.arxiv.org/help/api/user-manual.html).

An identifier that it does not know is an empty feed, a bad one a feed with one entry that is an error. That a paper was
withdrawn stands in its comment only.
"""

from xml.etree.ElementTree import Element

from mkdocs_papers.sources.asking import Answer, Expected, Request, Unanswered, address
from mkdocs_papers.sources.found import Found, Kind
from mkdocs_papers.sources.identify import Identifier, Scheme, identify, plain_doi
from mkdocs_papers.sources.latex import from_tex, paragraphs_from_tex
from mkdocs_papers.sources.plain_text import all_of, code_addresses, each_once, is_withdrawn, line, year_of
from mkdocs_papers.sources.source import Host, Role, Source

NAME = "arXiv"
_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
_ERROR = "/api/errors"


def request(identifier: Identifier) -> Request:
    """Asks for one paper."""
    return Request(address("https://export.arxiv.org/api/query", id_list=identifier.value), Expected.ATOM)


def read(answer: Answer, identifier: Identifier) -> tuple[Found, ...]:
    """What the feed says of the paper; nothing where it is empty."""
    feed = answer.xml()
    if feed.tag != f"{_ATOM}feed":
        raise Unanswered("gave no Atom feed")
    for entry in feed.iter(f"{_ATOM}entry"):
        place = entry.findtext(f"{_ATOM}id") or ""
        if _ERROR in place:
            raise Unanswered(f"says: {line(entry.findtext(f'{_ATOM}summary'))}")
        if identify(place) == identifier:
            return (_found(entry, identifier),)
    return ()


def _found(entry: Element, identifier: Identifier) -> Found:
    published = entry.findtext(f"{_ATOM}published")
    abstract = paragraphs_from_tex(entry.findtext(f"{_ATOM}summary"))
    comment, reference = (line(entry.findtext(f"{_ARXIV}{name}")) for name in ("comment", "journal_ref"))
    authors = entry.findall(f"{_ATOM}author")
    return Found(
        NAME,
        title=from_tex(entry.findtext(f"{_ATOM}title")),
        authors=all_of(from_tex(author.findtext(f"{_ATOM}name")) for author in authors),
        institutions=each_once(
            line(place.text) for author in authors for place in author.findall(f"{_ARXIV}affiliation")
        ),
        year=year_of(published),
        arxiv=identifier.value,
        abstract=abstract,
        codes=(*code_addresses(comment, "arXiv's comment"), *code_addresses(abstract, "the abstract")),
        # The journal reference that the authors gave is no venue: its form is anybody's.
        comment="; ".join(filter(None, (comment, f"journal reference: {reference}" if reference else None))) or None,
        kind=Kind.WITHDRAWN if is_withdrawn(comment, abstract) else Kind.PREPRINT,
        published_doi=plain_doi(entry.findtext(f"{_ARXIV}doi")),
    )


SOURCE = Source(
    NAME,
    ((Scheme.ARXIV, Role.RECORD),),
    request,
    read,
    # One request in three seconds, over one connection (https://info.arxiv.org/help/api/tou.html).
    Host("export.arxiv.org", pace=3.0),
)
