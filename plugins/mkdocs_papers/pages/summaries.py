"""What pages show of other papers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mkdocs_papers.incremental.database import Database, query
from mkdocs_papers.incremental.operators import Each
from mkdocs_papers.library.model import Attachment, Note, Paper
from mkdocs_papers.library.names import one_line
from mkdocs_papers.pages import contents
from mkdocs_papers.pages.address import file_path, note_address, paper_address
from mkdocs_papers.pages.byline import byline
from mkdocs_papers.pages.contents import Figures, Link, Summary
from mkdocs_papers.pages.inputs import OPTIONS, PICTURES
from mkdocs_papers.pages.labels import facet_label
from mkdocs_papers.pages.listing import COLUMNS, Column, Value
from mkdocs_papers.pages.text import plain
from mkdocs_papers.views import groups
from mkdocs_papers.views.facets import FACETS_BY_NAME
from mkdocs_papers.views.inputs import PAPERS, SETTINGS

_GITHUB = re.compile(r"https?://(?:www\.)?github\.com/([\w.-]+)/([\w.-]+?)(?:\.git)?(?:[/?#]|$)")


@query
def summary(db: Database, key: str) -> Summary:
    """What other pages show of a paper."""
    (paper, note), options = groups.shown_paper(db, key), OPTIONS(db)
    code = None
    if paper.code:
        found = _GITHUB.match(paper.code.url) if options.badges else None
        code = contents.CodeLink(
            paper.code.label or options.language("code"),
            paper.code.url,
            f"{found[1]}/{found[2]}" if found else None,
        )
    authors, between = byline(paper.authors)
    return Summary(
        key=paper.key,
        address=paper_address(paper.key),
        abbreviation=paper.abbreviation,
        title=paper.title,
        url=paper.url,
        venue=paper.venue or "",
        year=paper.year,
        cover=_picture(db, paper.cover),
        code=code,
        note=_note_link(paper.note),
        keywords=tuple([keyword_label(db, word) for word in paper.keywords[:2]]),
        authors=authors,
        between=between,
        cells=tuple([_cell(db, column, paper, note) for column in COLUMNS]),
    )


def _cell(db: Database, column: Column, paper: Paper, note: Note | None) -> Value:
    """What a column shows of a paper."""
    if column.value:
        return column.value(paper)
    if column.drawn:
        return None
    facet = FACETS_BY_NAME[column.facet]
    values, language = facet.values(paper, note), OPTIONS(db).language
    return ", ".join([facet_label(facet, value, SETTINGS(db), language) for value in values])


def _picture(db: Database, cover: Attachment | None) -> contents.Picture | None:
    path = None if cover is None else file_path(cover)
    if cover is None or path is None:
        return None
    return PICTURES.get(db, cover.path) or contents.Picture(path, path)


def _note_link(note: Attachment | None) -> contents.NoteLink | None:
    if note is None:
        return None
    if note.path is None:
        return contents.NoteLink(url=note.address)
    return contents.NoteLink(address=note_address(note.path))


summaries: Each[[], str, Summary] = Each(summary, PAPERS.names)
"""What other pages show of each paper, by key, in order of key."""


@query
def listed(db: Database) -> tuple[Summary, ...]:
    """What the listing of all papers shows of each."""
    shown = summaries(db)
    return tuple([shown[key] for key in groups.newest(db)])


@query
def paper_link(db: Database, key: str) -> Link:
    """A link to a paper, by its short name."""
    return Link(PAPERS.at(db, key).name, paper_address(key))


@query
def all_figures(db: Database) -> Figures:
    """The line of figures about all papers."""
    return figures(tuple(summaries(db).values()))


def figures(papers: Sequence[Summary]) -> Figures:
    """The line of figures about some papers."""
    years = [paper.year for paper in papers]
    return Figures(
        papers=len(papers),
        notes=len([paper for paper in papers if paper.note]),
        code=len([paper for paper in papers if paper.code]),
        years=(min(years), max(years)) if years else None,
    )


def keyword_label(db: Database, word: str) -> str:
    """How a keyword is called."""
    known = SETTINGS(db).keywords.get(word)
    return known.label if known else word


def plain_keyword(db: Database, word: str) -> str:
    """How a keyword is called in plain text."""
    return one_line(plain(keyword_label(db, word)))
