"""The facets of the browse page: by what its readers filter papers.

Each view is a facet by itself, so that a new view needs no entry here. To add another facet, add one to `_OTHERS`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mkdocs_papers.library.model import Paper
from mkdocs_papers.views.view import VIEWS, Kind, View, places


@dataclass(frozen=True, slots=True)
class Facet:
    """A property by which papers are filtered.

    Attributes:
        name: as queries name it: ``venue:ICML``.
        title: its key in the language table.
        english: its English name, where a language table has none.
        values: the values of a paper, each once.
        kind: how they are chosen and compared.
        view: the view whose groups they are, or None.
        searched: whether plain words of a query look into it.
    """

    name: str
    title: str
    english: str
    values: Callable[[Paper], tuple[str, ...]]
    kind: Kind = Kind.NAMES
    view: View | None = None
    searched: bool = False

    @property
    def grouping(self) -> str:
        """The name of the property by whose values papers are grouped: the view's, or the facet's own."""
        return self.view.name if self.view else self.name


def _of_view(view: View) -> Facet:
    return Facet(
        name=view.one,
        title=f"view.{view.name}",
        english=view.title,
        values=view.values,
        kind=view.kind,
        view=view,
        searched=view.searched,
    )


def _rating(paper: Paper) -> tuple[str, ...]:
    return () if paper.rating is None else (str(paper.rating),)


def _status(paper: Paper) -> tuple[str, ...]:
    return () if paper.status is None else (str(paper.status),)


def _has(paper: Paper) -> tuple[str, ...]:
    shown = {
        "note": paper.note is not None,
        "code": paper.code is not None,
        # A cover that lies elsewhere is no picture here: it would be a request to a third party.
        "cover": paper.cover is not None and paper.cover.path is not None,
    }
    return tuple(name for name, there in shown.items() if there)


def _baselines(paper: Paper) -> tuple[str, ...]:
    return tuple(dict.fromkeys(baseline.key or baseline.name for baseline in paper.baselines))


def _arxiv(paper: Paper) -> tuple[str, ...]:
    return () if paper.arxiv is None else (paper.arxiv,)


def _doi(paper: Paper) -> tuple[str, ...]:
    return () if paper.doi is None else (paper.doi,)


_OTHERS = (
    Facet("status", "status", "Status", _status),
    Facet("rating", "rating", "Rating", _rating, Kind.SCALE),
    Facet("has", "browse.has", "Has", _has, Kind.FLAGS),
    Facet("baseline", "browse.baselines", "Compares with", _baselines, Kind.HIDDEN),
    Facet("arxiv", "arxiv", "arXiv", _arxiv, Kind.HIDDEN),
    Facet("doi", "doi", "DOI", _doi, Kind.HIDDEN),
)

FACETS: tuple[Facet, ...] = (*[_of_view(view) for view in VIEWS if view.facet], *_OTHERS)

FACETS_BY_NAME: Mapping[str, Facet] = {facet.name: facet for facet in FACETS}

FACETS_BY_GROUPING: Mapping[str, Facet] = {facet.grouping: facet for facet in FACETS}

PROPERTIES: Mapping[str, Callable[[Paper], tuple[str, ...]]] = {
    **{view.name: functools.partial(places, view) for view in VIEWS},
    **{facet.name: facet.values for facet in _OTHERS},
}
"""What gives a paper's values, each once: of a view by its name, of another facet by its own."""
