"""What a search in the site's header finds of papers and notes, and shows of them."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from typing import Any

from mkdocs_papers.pages.contents import PaperPage, Summary
from mkdocs_papers.pages.text import plain
from mkdocs_papers.records.schema import Kind, Path, fields
from mkdocs_papers.search.document import Document, Part

_SHOWN = frozenset(
    (
        ("paper", "title"),
        ("paper", "abbr"),
        ("paper", "authors"),
        ("paper", "institutions"),
        ("paper", "doi"),
        ("paper", "abstract"),
        ("pub", "where"),
        ("code", "type"),
    )
)
"""The fields of words that `paper_document` knows by name, or better than the record has them."""

_MOST_PAPERS = 3


def paper_document(page: PaperPage, location: str) -> Document:
    """A paper as the search knows it.

    Args:
        page: the paper's page.
        location: its address, relative to the site's root.
    """
    paper, title = page.paper, plain(page.summary.title)
    abbreviation = plain(page.summary.abbreviation or "")
    subjects = (
        ", ".join(paper.institutions),
        ", ".join(link.text for link in page.keywords),
        paper.code.label if paper.code else "",
        *_other_words(paper.record.info),
    )
    return Document(
        location,
        title=title if _holds(title, abbreviation) else f"{abbreviation}: {title}",
        about=published(page.summary),
        names=tuple(filter(None, (abbreviation,))),
        identifiers=tuple(each.lower() for each in (paper.arxiv, paper.doi) if each),
        people=tuple(paper.authors),
        subjects=tuple(filter(None, subjects)),
        hidden=tuple(_spelt_otherwise(page)),
        parts=() if paper.abstract is None else (Part("", "", plain(paper.abstract)),),
    )


def _spelt_otherwise(page: PaperPage) -> Iterator[str]:
    """The words of keywords as the record writes them, where their labels do not say the same."""
    for keyword in page.paper.keywords:
        shown = " ".join(link.text for link in page.keywords).casefold()
        yield from (word for word in re.findall(r"[^\W_]+", keyword) if word.casefold() not in shown)


def note_about(title: str, papers: tuple[Summary, ...]) -> tuple[str, ...]:
    """Which papers a note is about, where its title does not say it, and where and when they were published.

    Args:
        title: the note's title as plain text.
        papers: the papers that name the note.
    """
    found = []
    for paper in papers[:_MOST_PAPERS]:
        name = plain(paper.abbreviation or paper.title)
        found.append(" · ".join(filter(None, ("" if _holds(title, name) else name, published(paper)))))
    return tuple(found)


def published(paper: Summary) -> str:
    """Venue and year."""
    return f"{paper.venue} {paper.year}".strip()


def _holds(title: str, name: str) -> bool:
    return not name or re.search(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", title.casefold()) is not None


def _other_words(block: Any, path: Path = ()) -> Iterator[str]:
    """The words in a record's other fields, which a site's owner may have added to the schema."""
    message: type = type(block)
    for field in fields(message).values():
        value, here = getattr(block, field.name), (*path, field.name)
        if dataclasses.is_dataclass(value):
            yield from _other_words(value, here)
        elif value and field.kind in {Kind.TEXT, Kind.NAME} and here not in _SHOWN:
            yield " ".join((", ".join(value) if field.repeated else str(value)).split())
