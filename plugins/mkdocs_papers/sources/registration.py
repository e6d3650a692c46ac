"""Which agency has registered a DOI, by its prefix (https://www.doi.org/the-identifier/resources/handbook/)."""

from mkdocs_papers.sources.asking import Answer, Expected, Request
from mkdocs_papers.sources.identify import Identifier
from mkdocs_papers.sources.source import Host
from mkdocs_papers.sources.values import objects, text

NAME = "doi.org"
HOST = Host("doi.org", pace=0.2)


def request(identifier: Identifier) -> Request:
    """Asks who has registered a DOI's prefix."""
    return Request(f"https://doi.org/ra/{identifier.value.partition('/')[0]}", Expected.JSON)


def read(answer: Answer) -> str | None:
    """The agency's name; None where the prefix is nobody's."""
    return next((agency for each in objects(answer.json()) if (agency := text(each, "RA"))), None)
