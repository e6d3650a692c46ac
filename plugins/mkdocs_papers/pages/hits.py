"""What a search in the site's header finds of papers and notes, and shows of them."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mkdocs_papers.pages.contents import PaperPage, Summary
from mkdocs_papers.pages.text import plain
from mkdocs_papers.pages.unspaced import MARK
from mkdocs_papers.records.schema import Kind, Path, fields

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
"""The fields of words that `paper_hit` knows by name, or better than the record has them."""

_MOST_PAPERS = 3
_SHORT = 5
"""From how many characters on an abbreviation needs no help, see `_weight`."""


@dataclass(frozen=True, slots=True)
class PaperHit:
    """``search_paper.html``: what a search shows of a paper. All is plain text.

    Attributes:
        title: the title, after the abbreviation where it does not hold that.
        named: words that find it by its abbreviation, but are not shown.
        published: venue and year.
        facts: people, places, keywords, and whatever else the record has words for.
        abstract: the abstract, or None.
        also: what finds it, but is not shown: identifiers, and keywords as the record writes them.
    """

    title: str
    named: tuple[str, ...]
    published: str
    facts: tuple[str, ...]
    abstract: str | None
    also: tuple[str, ...]


def paper_hit(page: PaperPage) -> PaperHit:
    """What a search shows of a paper, and finds it by."""
    paper, title = page.paper, plain(page.summary.title)
    abbreviation = plain(page.summary.abbreviation or "")
    facts = (
        ", ".join(paper.authors),
        ", ".join(paper.institutions),
        ", ".join(link.text for link in page.keywords),
        paper.code.label if paper.code else "",
        *_other_words(paper.record.info),
    )
    return PaperHit(
        title=title if _holds(title, abbreviation) else f"{abbreviation}: {title}",
        named=_weight(abbreviation),
        published=published(page.summary),
        facts=tuple(filter(None, facts)),
        abstract=None if paper.abstract is None else plain(paper.abstract),
        also=tuple(filter(None, (paper.arxiv, paper.doi, *_spelt_otherwise(page)))),
    )


def _weight(abbreviation: str) -> tuple[str, ...]:
    """Words that begin with a short abbreviation, the more the shorter it is.

    A search engine that finds words by their beginning prefers the rarest of them: LoRAShear where one asks for LoRA.
    """
    name = abbreviation.casefold()
    if not (name.isascii() and name.isalnum()):
        return ()
    return tuple(name + MARK * number for number in range(1, _SHORT - len(name) + 1))


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
