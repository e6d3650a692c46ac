"""``papers.json``: the library for other programs.

The file is one object: ``version`` (1), and ``papers``, one object per paper in order of key, each with the same keys
in the same order. Addresses of the site (``page``, and ``note`` and ``cover`` where they are files) are relative to the
site's root and percent-encoded.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Container

from mkdocs_papers.library.model import Attachment, Library, Paper
from mkdocs_papers.pages.address import Address, file_path, note_address, paper_address

VERSION = 1

Url = Callable[[Address], str]


def papers_json(library: Library, url: Url, *, shown: Container[str]) -> str:
    """The library as JSON text, safe inside a ``<script>`` element.

    Args:
        library: the library.
        url: the address of a page relative to the site's root.
        shown: paths of the notes that have a page.
    """
    papers = ",\n".join(safe_json(_paper(paper, url, shown)) for paper in library.papers.values())
    return f'{{"version": {VERSION}, "papers": [\n{papers}\n]}}\n'


def safe_json(value: object) -> str:
    """JSON that cannot end a ``<script>`` element, begin a comment in it, or break a line of JavaScript."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _paper(paper: Paper, url: Url, shown: Container[str]) -> dict[str, object]:
    return {
        "key": paper.key,
        "title": paper.title,
        "abbreviation": paper.abbreviation,
        "url": paper.url,
        "authors": list(paper.authors),
        "institutions": list(paper.institutions),
        "venue": paper.venue,
        "year": paper.year,
        "code": None if paper.code is None else {"type": paper.code.label or None, "url": paper.code.url},
        "keywords": list(paper.keywords),
        "cover": _file(paper.cover),
        "note": _note(paper.note, url, shown),
        "page": url(paper_address(paper.key)),
        "baselines": [baseline.key or baseline.name for baseline in paper.baselines],
        "rating": paper.rating,
        "status": paper.status,
        "updated": paper.updated,
    }


def _file(attachment: Attachment | None) -> str | None:
    return None if attachment is None else file_path(attachment) or attachment.address


def _note(note: Attachment | None, url: Url, shown: Container[str]) -> str | None:
    if note is None or note.path is None:
        return None if note is None else note.address
    return url(note_address(note.path)) if note.path in shown else None
