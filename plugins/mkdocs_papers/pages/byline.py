"""Who wrote a paper and where it is, in the few words that a row of a table has room for; ``rows.js`` says the same."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

_FEW = 3
"""So many authors are all named."""


def byline(authors: Sequence[str]) -> tuple[tuple[str, ...], int]:
    """The authors to name, each once, and how many are left out between the first and the last of them."""
    names = tuple(dict.fromkeys(authors))
    return (names, 0) if len(names) <= _FEW else ((names[0], names[-1]), len(names) - 2)


def host_mark(url: str) -> str | None:
    """What a link to a paper elsewhere is called: ``arXiv`` or ``PDF``; None for no more than that it is elsewhere."""
    try:
        address = urlsplit(url)
    except ValueError:
        return None
    host = address.netloc.lower()
    if host == "arxiv.org" or host.endswith(".arxiv.org"):
        return "arXiv"
    return "PDF" if address.path.lower().endswith(".pdf") else None
