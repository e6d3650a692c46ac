"""From what is known of a paper to its record."""

import dataclasses
import re
from collections.abc import Callable
from typing import Any, TypeVar

from mkdocs_papers.records.addresses import is_doi
from mkdocs_papers.records.schema import PaperBlock, PaperInfo, PubBlock
from mkdocs_papers.sources.found import Found

Spell = Callable[[str, str], str]
"""Gives the spelling to use of a name: ``spell("institution", "Massachusetts Institute of Technology")``. The kinds are
those of the option ``aliases``."""

Block = TypeVar("Block", PaperBlock, PubBlock)

_DASHES = re.compile(r"\s*[-\u2010-\u2015\u2212]+\s*")
_NO_PAGES = re.compile(r"(?:n/?a)?-?(?:n/?a)?", re.IGNORECASE)

ARXIV = "arXiv"
"""The venue of a preprint on arXiv."""


def to_info(found: Found, spell: Spell = lambda _kind, name: name) -> PaperInfo:
    """The record of a paper.

    A paper without a venue that is on arXiv has the venue arXiv; any other has ``""``, for a record without venue is
    read as arXiv's. Institutions and venues are spelt as `spell` gives them: as the library does.
    """
    rest = found.rest
    venue = spell("venue", found.venue) if found.venue else None
    if venue is None and rest.pub.where is None:
        venue = ARXIV if found.arxiv else ""
    institutions = tuple(dict.fromkeys(spell("institution", name) for name in found.institutions))
    paper = _over(
        rest.paper,
        title=found.title,
        url=address(found),
        authors=found.authors,
        institutions=institutions,
        doi=found.doi,
        abstract=found.abstract,
    )
    pub = _over(
        rest.pub, where=venue, year=found.year, volume=found.volume, number=found.number, pages=_pages(found.pages)
    )
    return dataclasses.replace(rest, paper=paper, pub=pub)


def _pages(written: str | None) -> str | None:
    """Pages with a hyphen between the first and the last, however a source parts them; None for ``n/a``."""
    pages = _DASHES.sub("-", written or "")
    return None if _NO_PAGES.fullmatch(pages) else pages


def address(found: Found) -> str | None:
    """Where the paper is read: on arXiv if it is there, else at the address that the source gives, else by its DOI."""
    on_arxiv = found.url and found.url.startswith("https://arxiv.org/") and f"/{found.arxiv}" in found.url
    if found.arxiv and not on_arxiv:
        return f"https://arxiv.org/abs/{found.arxiv}"
    return found.url or (f"https://doi.org/{found.doi}" if found.doi and is_doi(found.doi) else None)


def _over(block: Block, **values: Any) -> Block:
    """A block with these values in it, where there are any."""
    said: dict[str, Any] = {name: value for name, value in values.items() if value not in {None, ()}}
    return dataclasses.replace(block, **said)
