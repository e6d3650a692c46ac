"""Choosing papers by what the views group them by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mkdocs_papers.library.model import Paper
from mkdocs_papers.library.settings import Keyword
from mkdocs_papers.records.suggest import did_you_mean
from mkdocs_papers.views.view import NONE, VIEWS, View


@dataclass(frozen=True, slots=True)
class SelectionError(ValueError):
    """A filter that does not exist, or a value that no paper has: what is wrong, what would be right, which word."""

    wrong: str
    right: str
    word: str = ""


def select(papers: Iterable[Paper], keywords: Mapping[str, Keyword], wanted: Mapping[str, object]) -> list[Paper]:
    """The papers that stand under every wanted value, in the order given.

    Args:
        papers: the papers to choose from.
        keywords: the configured keywords; a keyword may be named by its label too.
        wanted: values by filter: ``{"venue": "ICML", "year": 2024}``; None filters nothing, ``""`` wants papers
            without any value. Names are compared without regard to letter case.

    Raises:
        SelectionError: there is no such filter, or no paper has such a value.
    """
    chosen = list(papers)
    views = {view.one: view for view in VIEWS}
    everything = list(chosen)
    for name, value in wanted.items():
        if name not in views:
            wrong = f"there is no filter {name!r}"
            raise SelectionError(wrong, did_you_mean(name, views) or f"the filters are {', '.join(views)}", name)
        if value is None:
            continue
        meant = _meant(everything, views[name], str(value), keywords)
        chosen = [paper for paper in chosen if not meant.isdisjoint(views[name].values(paper) or (NONE,))]
    return chosen


def _meant(papers: Iterable[Paper], view: View, wanted: str, keywords: Mapping[str, Keyword]) -> frozenset[str]:
    """The values that are meant: in any letter case, as on the browse page."""
    if wanted == NONE:
        return frozenset({NONE})
    known = dict.fromkeys(value for paper in papers for value in view.values(paper))
    folded = wanted.casefold()
    labels = {word: keyword.label.casefold() for word, keyword in keywords.items()} if view.configured else {}
    meant = frozenset(value for value in known if folded in (value.casefold(), labels.get(value)))
    if meant:
        return meant
    wrong = f"no paper has the {view.one} {wanted!r}"
    raise SelectionError(wrong, did_you_mean(wanted, known), wanted)
