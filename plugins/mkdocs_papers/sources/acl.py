"""ACL Anthology (https://aclanthology.org): the BibTeX entry of each paper, abstract included."""

import dataclasses

from mkdocs_papers.sources import bibtex
from mkdocs_papers.sources.asking import Answer, Expected, Request, Unanswered
from mkdocs_papers.sources.found import Failure, Found, Kind
from mkdocs_papers.sources.identify import Identifier, Scheme, identify
from mkdocs_papers.sources.plain_text import code_addresses
from mkdocs_papers.sources.source import Host, Role, Source

NAME = "ACL Anthology"


def request(identifier: Identifier) -> Request:
    """Asks for the entry of one paper."""
    return Request(f"https://aclanthology.org/{identifier.value}.bib", Expected.BIBTEX)


def read(answer: Answer, identifier: Identifier) -> tuple[Found, ...]:
    """What the entry says."""
    found, *others = *bibtex.iterate(answer.text, NAME), None
    if not isinstance(found, Found) or len(others) > 1:
        raise Unanswered(f"gave no BibTeX entry{f': {found.wrong}' if isinstance(found, Failure) else ''}")
    if not found.url or identify(found.url) != identifier:
        raise Unanswered(f"answered about another paper, {found.url}")
    codes = code_addresses(found.abstract, "the abstract")
    published = dataclasses.replace(found, source=NAME, codes=codes, kind=Kind.PUBLISHED)
    return (dataclasses.replace(published, key=None, place=None, odd=()),)


SOURCE = Source(NAME, ((Scheme.ACL, Role.RECORD),), request, read, Host("aclanthology.org"))
