"""What a search in the site's header finds of papers and notes, and shows of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mkdocs_papers.library.model import Paper
from mkdocs_papers.library.papers import other_fields
from mkdocs_papers.pages.description import published
from mkdocs_papers.pages.summaries import Summary
from mkdocs_papers.pages.text import plain
from mkdocs_papers.search.document import Document, Part

_MOST_PAPERS = 3


@dataclass(frozen=True, slots=True)
class Version:
    """Another paper of the same work: what other pages show of it, and its `identifiers`."""

    summary: Summary
    identifiers: tuple[str, ...]


def identifiers(paper: Paper) -> tuple[str, ...]:
    """The words by which nothing but a paper goes, in small letters."""
    return tuple(each.lower() for each in (paper.arxiv, paper.doi) if each)


def paper_document(
    summary: Summary, paper: Paper, keywords: Sequence[str], location: str, versions: Sequence[Version] = ()
) -> Document:
    """A paper as the search knows it, with the other versions of the same work, which no hit of their own shows."""
    title, abbreviation = plain(summary.title), plain(summary.abbreviation or "")
    names = [name or "" for each in versions for name in (each.summary.title, each.summary.abbreviation)]
    subjects = (
        ", ".join(paper.institutions),
        ", ".join(keywords),
        paper.code.label if paper.code else "",
        # A method that the library holds has a hit of its own.
        ", ".join(each.name for each in paper.baselines if each.key is None),
        *(
            ", ".join(value) if isinstance(value, tuple) else str(value)
            for _, value in other_fields(paper, lambda field: field.searched)
        ),
    )
    return Document(
        location,
        title=title if _holds(title, abbreviation) else f"{abbreviation}: {title}",
        about=" · ".join(
            dict.fromkeys(published(each.venue, each.year) for each in (summary, *[each.summary for each in versions]))
        ),
        names=tuple(filter(None, (abbreviation,))),
        identifiers=(*identifiers(paper), *[each for version in versions for each in version.identifiers]),
        people=tuple(paper.authors),
        subjects=tuple(filter(None, subjects)),
        hidden=(*_words_of_keywords(paper, keywords), *filter(None, map(plain, names))),
        parts=() if paper.abstract is None else (Part("", "", plain(paper.abstract)),),
    )


def _words_of_keywords(paper: Paper, keywords: Sequence[str]) -> Iterator[str]:
    """The words of keywords as the record writes them, where their labels do not say the same."""
    shown = " ".join(keywords).casefold()
    for keyword in paper.keywords:
        yield from (word for word in re.findall(r"[^\W_]+", keyword) if word.casefold() not in shown)


def note_about(title: str, papers: tuple[Summary, ...]) -> tuple[str, ...]:
    """Which papers a note is about, where its title does not say it, and where and when they were published."""
    found = []
    for paper in papers[:_MOST_PAPERS]:
        name = plain(paper.abbreviation or paper.title)
        found.append(
            " · ".join(filter(None, ("" if _holds(title, name) else name, published(paper.venue, paper.year))))
        )
    return tuple(found)


def _holds(title: str, name: str) -> bool:
    return not name or re.search(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", title.casefold()) is not None
