"""The index pages of a library: they stand in the menu and on the home page, in this order."""

import itertools
from collections.abc import Callable, Iterable, Iterator

from mkdocs_papers.incremental.database import Database
from mkdocs_papers.pages import listing_pages, note_pages
from mkdocs_papers.pages.page_source import PageSource
from mkdocs_papers.pages.statistics import statistics_page
from mkdocs_papers.views.view import VIEWS

Sources = Callable[[Database], Iterable[PageSource]]
"""Makes the pages of a kind; their content and their template are in the module of that kind."""


INDICES: tuple[Sources, ...] = (
    listing_pages.all_papers,
    lambda db: itertools.chain.from_iterable(listing_pages.view_index(db, view.name) for view in VIEWS),
    note_pages.notes_index,
    lambda db: (statistics_page(db),),
)
"""Kinds of which the first page is an index page."""


def indices(db: Database) -> Iterator[PageSource]:
    """The index pages and their further pages."""
    for sources in INDICES:
        yield from sources(db)
