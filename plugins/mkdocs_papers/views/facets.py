"""The facets of the browse page: by what its readers filter papers.

Each view is a facet by itself, so that a new view needs no entry here. To add another facet, add one to `_OTHERS`.
"""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mkdocs_papers.library.model import Note, Paper
from mkdocs_papers.views.dates import published
from mkdocs_papers.views.languages import language_of
from mkdocs_papers.views.view import VIEWS, Kind, View, places, some

Values = Callable[[Paper, Note | None], tuple[str, ...]]
"""Gives the values of a paper, of which its note may say some."""


@dataclass(frozen=True, slots=True)
class Facet:
    """A property by which papers are filtered.

    Attributes:
        name: as queries name it: ``venue:ICML``.
        title: its key in the language table.
        english: its English name, where a language table has none.
        values: the values of a paper, each once; its note is the one that the site shows, or None.
    """

    name: str
    title: str
    english: str
    values: Values
    kind: Kind = Kind.NAMES
    view: View | None = None

    @property
    def grouping(self) -> str:
        """The name of the property by whose values papers are grouped: the view's, or the facet's own."""
        return self.view.name if self.view else self.name

    @property
    def searched(self) -> bool:
        """Whether plain words of a query look into it."""
        return self.view is not None


def _of_paper(values: Callable[[Paper], tuple[str, ...]]) -> Values:
    """What gives the values of a paper that its note has nothing to do with."""
    return lambda paper, _: values(paper)


def _of_view(view: View) -> Facet:
    return Facet(view.one, f"view.{view.name}", view.title, _of_paper(view.values), view.kind, view)


_FLAGS: Mapping[str, Callable[[Paper], bool]] = {
    "note": lambda paper: paper.note is not None,
    "code": lambda paper: paper.code is not None,
    # A cover that lies elsewhere is no picture here: it would be a request to a third party.
    "cover": lambda paper: paper.cover is not None and paper.cover.path is not None,
}
"""What a paper has or lacks, by the name under which queries ask for it: ``has:note``."""


def _flags(paper: Paper, *, there: bool) -> tuple[str, ...]:
    return tuple([name for name, has in _FLAGS.items() if has(paper) is there])


def _compared(paper: Paper) -> tuple[str, ...]:
    """What a paper compares itself with: keys, or names of what the library does not have."""
    return tuple(dict.fromkeys(baseline.key or baseline.name for baseline in paper.baselines))


_PREPRINTS = frozenset({"arxiv", "biorxiv", "chemrxiv", "corr", "medrxiv", "preprint", "psyarxiv", "ssrn", "techrxiv"})
"""Venues in small letters that are places for preprints."""


def _place(paper: Paper) -> tuple[str, ...]:
    """Whether a paper is a preprint or was published; neither where its record does not say."""
    if paper.venue is None:
        return some("preprint" if paper.arxiv else None)
    return ("preprint" if paper.venue.casefold() in _PREPRINTS else "published",)


_OTHERS = (
    Facet("place", "browse.place", "Kind of place", lambda paper, _: _place(paper)),
    Facet("status", "status", "Status", lambda paper, _: some(paper.status)),
    Facet("rating", "rating", "Rating", lambda paper, _: some(paper.rating), Kind.SCALE),
    Facet("has", "browse.has", "With", lambda paper, _: _flags(paper, there=True), Kind.FLAGS),
    Facet("lacks", "browse.lacks", "Without", lambda paper, _: _flags(paper, there=False), Kind.FLAGS),
    Facet("language", "browse.language", "Language of the note", lambda _, note: some(note and language_of(note))),
    Facet("added", "column.added", "Added", lambda paper, _: some(paper.added), Kind.DATE),
    Facet("published", "column.published", "Published", lambda paper, _: (published(paper),), Kind.DATE),
    Facet("baseline", "browse.baselines", "Compares with", lambda paper, _: _compared(paper), Kind.HIDDEN),
    Facet("arxiv", "arxiv", "arXiv", lambda paper, _: some(paper.arxiv), Kind.HIDDEN),
    Facet("doi", "doi", "DOI", lambda paper, _: some(paper.doi), Kind.HIDDEN),
)

FACETS: tuple[Facet, ...] = (*[_of_view(view) for view in VIEWS if view.facet], *_OTHERS)

FACETS_BY_NAME: Mapping[str, Facet] = {facet.name: facet for facet in FACETS}

FACETS_BY_GROUPING: Mapping[str, Facet] = {facet.grouping: facet for facet in FACETS}

PROPERTIES: Mapping[str, Values] = {
    **{view.name: _of_paper(functools.partial(places, view)) for view in VIEWS},
    **{facet.name: facet.values for facet in _OTHERS},
}
"""What gives a paper's values, each once: of a view by its name, of another facet by its own."""
