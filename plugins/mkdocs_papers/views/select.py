"""Choosing papers by their facets, as queries of the browse page do."""

import operator
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from mkdocs_papers.library.keys import current_key
from mkdocs_papers.library.model import Note, Paper
from mkdocs_papers.library.settings import Keyword
from mkdocs_papers.records.suggest import did_you_mean
from mkdocs_papers.views.facets import FACETS_BY_NAME, Facet
from mkdocs_papers.views.view import NONE, NUMBERS, Kind

_Shown = tuple[Paper, Note | None]
"""A paper, and the note of it that the site shows."""

ByValue = Callable[[Facet], Mapping[str, Collection[str]]]

NOTE, COMPARED_BY, KEY = "note", "comparedby", "key"
"""The filters that are no facets: for words of notes, for what a paper compares itself with, and for a paper itself."""

_ALSO = {"compares": "baseline"}
"""Other names of filters."""

_COMPARED = re.compile(r"(?P<sign>[<>]=?)?(?P<limit>\d[\d-]*)|(?P<low>\d[\d-]*)?\.\.(?P<high>\d[\d-]*)?")


@dataclass(frozen=True, slots=True)
class SelectionError(ValueError):
    """A filter that does not exist, or a value that no paper has: what is wrong, what would be right, which word."""

    wrong: str
    right: str
    word: str = ""


def select(
    papers: Iterable[_Shown], keywords: Mapping[str, Keyword], wanted: Mapping[str, object], by_value: ByValue
) -> list[Paper]:
    """The papers that have every wanted value, in the order given.

    Args:
        keywords: the configured keywords; a keyword may be named by its label too.
        wanted: values by facet, and words of the note: ``{"venue": "ICML", "year": ">=2023", "keyword": "a+b"}``; None
            filters nothing, ``""`` wants papers without any value. Names are compared without regard to letter case. A
            plus stands between values that a paper is to have together, unless one of just that name exists.
        by_value: gives the keys of the papers that have each value of a facet.

    Raises:
        SelectionError: there is no such filter, or no paper has such a value.
    """
    every = list(papers)
    chosen = every
    for given, value in wanted.items():
        name = _ALSO.get(given, given)
        if name not in {NOTE, COMPARED_BY, KEY} and name not in FACETS_BY_NAME:
            known = (*FACETS_BY_NAME, *_ALSO, NOTE, COMPARED_BY, KEY)
            wrong = f"there is no filter {name!r}"
            raise SelectionError(wrong, did_you_mean(name, known) or f"the filters are {', '.join(known)}", name)
        if value is not None:
            keys: AbstractSet[str | None]
            if name == NOTE:
                keys = _holding(str(value), chosen)
            elif name == COMPARED_BY:
                keys = _compared_by(str(value), every)
            elif name == KEY:
                keys = _named(str(value), every)
            else:
                keys = _having(FACETS_BY_NAME[name], every, str(value), keywords, by_value)
            chosen = [shown for shown in chosen if shown[0].key in keys]
    return [paper for paper, _ in chosen]


def _holding(words: str, papers: Iterable[_Shown]) -> AbstractSet[str]:
    """The keys of the papers whose notes hold some words as they stand."""
    folded = [" ".join(each.split()).casefold() for each in words.split("+")]
    texts = {paper.key: f"{note.title} {note.text}" for paper, note in papers if note is not None}
    return {key for key, text in texts.items() if all(word in " ".join(text.split()).casefold() for word in folded)}


def _compared_by(wanted: str, papers: Iterable[_Shown]) -> AbstractSet[str | None]:
    """The keys of the baselines of a paper that is named by its key, abbreviation or title."""
    meant = _named(wanted, papers)
    return {baseline.key for paper, _ in papers if paper.key in meant for baseline in paper.baselines}


def _named(wanted: str, papers: Iterable[_Shown]) -> frozenset[str]:
    """The keys of the papers that a key, a former key, an abbreviation or a title names."""
    names = {paper.key: paper.name for paper, _ in papers}
    meant = _meant(wanted, names, names)
    if not meant and (now := current_key({paper.key: paper for paper, _ in papers}, wanted)):
        return frozenset({now})
    if not meant:
        raise SelectionError(f"there is no paper {wanted!r}", did_you_mean(wanted, (*names, *names.values())), wanted)
    return meant


def _having(
    facet: Facet, papers: Sequence[_Shown], wanted: str, keywords: Mapping[str, Keyword], by_value: ByValue
) -> AbstractSet[str]:
    """The keys of the papers that have what is wanted of a facet."""
    compared = facet.kind in NUMBERS or facet.kind is Kind.DATE
    known = {value: keys for value, keys in by_value(facet).items() if value != NONE}
    if compared and wanted != NONE and (test := _comparison(facet, wanted)):
        return frozenset().union(*[keys for value, keys in known.items() if test(value)])
    labels = {word: keyword.label for word, keyword in keywords.items()} if facet.view and facet.view.configured else {}
    if facet.name == "baseline" and (now := current_key({paper.key: paper for paper, _ in papers}, wanted)):
        wanted = now
    if facet.kind is Kind.HIDDEN:
        labels = {paper.key: paper.name for paper, _ in papers}
    together = [wanted] if _meant(wanted, known, labels) else wanted.split("+")
    every = [_meant(each, known, labels) for each in together]
    if frozenset() in every:
        wrong = f"no paper has the {facet.name} {wanted!r}"
        right = "write 2024, >=2023 or 2020..2022" if compared else did_you_mean(wanted, [*known, *labels.values()])
        raise SelectionError(wrong, right, wanted)
    if NONE in together:
        known[NONE] = {paper.key for paper, _ in papers}.difference(*known.values())
    return frozenset.intersection(*[frozenset().union(*map(known.__getitem__, meant)) for meant in every])


def _meant(wanted: str, known: Iterable[str], labels: Mapping[str, str]) -> frozenset[str]:
    """The values that are meant: in any letter case, as on the browse page."""
    if wanted == NONE:
        return frozenset({NONE})
    folded = wanted.casefold()
    return frozenset(value for value in known if folded in (value.casefold(), labels.get(value, "").casefold()))


def _comparison(facet: Facet, text: str) -> Callable[[str], bool] | None:
    """What a text asks of numbers or dates, ``>=2023``, ``2024-06``, ``2020..2022``; None where it names a number.

    A date of which only the month or the year is known is that of its beginning, but no day in it.
    """
    is_date = facet.kind is Kind.DATE
    found = _COMPARED.fullmatch(text.strip())
    if found is None or ("-" in text and not is_date):
        return None
    if found["limit"] and not found["sign"]:
        return (lambda date: date.startswith(found["limit"])) if is_date else None
    at: Callable[[str], Any] = _beginning if is_date else int
    first: Callable[[str], Any] = str if is_date else int
    last: Callable[[str], Any] = _end if is_date else int
    if found["sign"]:
        compare, bound = _SIGNS[found["sign"]], (first if found["sign"] in {">=", "<"} else last)(found["limit"])
        return lambda value: bool(compare(at(value), bound))
    low, high = found["low"], found["high"]
    return lambda value: (not low or at(value) >= first(low)) and (not high or at(value) <= last(high))


_SIGNS = {">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le}


def _beginning(date: str) -> str:
    """The first day of a day, a month or a year."""
    return f"{date}-01-01"[:10]


def _end(date: str) -> str:
    """What comes right after all dates that begin with a text."""
    return f"{date}~"
