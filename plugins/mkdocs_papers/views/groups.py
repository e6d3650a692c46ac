"""Papers by the values of a property: of a view, or of another facet."""

import heapq
import operator
from collections.abc import Iterator, Mapping
from dataclasses import replace

from mkdocs_papers.incremental.database import Database, query, table
from mkdocs_papers.incremental.operators import Around, Each, Groups, Mapped, Sorted, Tally
from mkdocs_papers.library.keys import several
from mkdocs_papers.library.model import Note, Paper
from mkdocs_papers.views import dates, order
from mkdocs_papers.views.facets import PROPERTIES
from mkdocs_papers.views.slug import family, slug, slugs
from mkdocs_papers.views.view import NONE, NUMBERS, VIEWS_BY_NAME, View
from mkdocs_papers.views.view_inputs import ADDED, NOTES, PAPERS, SETTINGS

shown_notes: Mapped[[], str, bool] = Mapped(NOTES, lambda _: True)
"""The notes that the site shows, for who asks for no more of them."""


def dated_paper(db: Database, key: str) -> Paper:
    """A paper as the site shows it: with the date on which it came, and a note without a page is none."""
    paper = replace(PAPERS.at(db, key), added=added(db, key).text)
    path = paper.note.path if paper.note else None
    return replace(paper, note=None) if path is not None and not shown_notes.get(db, path) else paper


@query
def shown_paper(db: Database, key: str) -> tuple[Paper, Note | None]:
    """A paper and its note as the site shows them."""
    return dated_paper(db, key), shown_note(db, key)


shown_papers: Each[[], str, tuple[Paper, Note | None]] = Each(shown_paper, PAPERS.names)
"""Each paper and its note, for who asks for all of them."""


def shown_note(db: Database, key: str) -> Note | None:
    """The note of a paper, where it has one that the site shows."""
    note = PAPERS.at(db, key).note
    return None if note is None or note.path is None else NOTES.get(db, note.path)


@query
def all_values(db: Database, key: str) -> tuple[tuple[str, ...], ...]:
    """The values of a paper in all properties, in their order, each once."""
    paper, note = shown_paper(db, key)
    return tuple([values(paper, note) for values in PROPERTIES.values()])


_POSITIONS = {name: position for position, name in enumerate(PROPERTIES)}

values_of_each: Each[[], str, tuple[tuple[str, ...], ...]] = Each(all_values, PAPERS.names, is_in_order=False)
"""The values of each paper in all properties, by key."""


def values_of(db: Database, name: str, key: str) -> tuple[str, ...]:
    """The values of a paper in the property of that name, each once."""
    return values_among(all_values(db, key), name)


def values_among(values: tuple[tuple[str, ...], ...], name: str) -> tuple[str, ...]:
    """Those in the property of that name, of what `all_values` gives."""
    return values[_POSITIONS[name]]


members: Groups[[str], str, str] = Groups(
    values_of_each, lambda _, values, name: values_among(values, name), arguments=0
)
"""The keys of the papers that have each value of a property."""


sizes: Mapped[[str], str, int] = Mapped(members, lambda keys, _name: len(keys), arguments=None)
"""How many papers have each value of a property, in no order."""


@query
def largest(db: Database, name: str) -> Mapping[str, int]:
    """The values of a property that most papers have, and how many these are: 16 values, and all of as many papers."""
    numbers = sizes(db, name)
    least = min(heapq.nlargest(_MOST, numbers.values()), default=0)
    return {value: number for value, number in numbers.items() if number >= least}


_MOST = 16


def size(db: Database, name: str, value: str) -> int:
    """How many papers have that value of a property."""
    return sizes.at(db, name, value)


def value_order(db: Database, name: str) -> tuple[View, Mapping[str, int]]:
    """By what a view puts its values in order: itself, and the ranks of configured keywords, where they are such."""
    view = VIEWS_BY_NAME[name]
    return view, {word: rank for rank, word in enumerate(SETTINGS(db).keywords)} if view.configured else _NO_RANKS


_NO_RANKS: Mapping[str, int] = {}


def value_place(by: tuple[View, Mapping[str, int]], value: str, _size: int) -> tuple[object, ...]:
    """The sort key of a value of a view: the configured keywords first, then by name; what has none is last."""
    view, ranks = by
    if view.kind in NUMBERS:
        return (-int(value),)
    name = order.by_family_name(value) if view.people else order.by_name(value)
    return (value == NONE, ranks.get(value, len(ranks)), name)


_sorted_values: Sorted[[str], str] = Sorted(sizes, value_place, value_order)


def values(db: Database, name: str) -> tuple[str, ...]:
    """The values of a view, in its order."""
    return _sorted_values.names(db, name)


_repeated: Sorted[[str], str] = Sorted(
    Mapped(sizes, lambda size, _name: size if size > 1 else None, arguments=None),
    lambda by, value, size: (-size, value_place(by, value, size)),
    value_order,
)


def repeated_values(db: Database, name: str) -> tuple[str, ...]:
    """The values of a view that several papers have, those of the most papers first, equal ones in its order."""
    return _repeated.names(db, name)


_families: Groups[[str], str, str] = Groups(members, lambda value, _keys, _name: (family(slug(value)),))


_large_families: Mapped[[str], str, tuple[str, ...]] = Mapped(_families, several, arguments=None)


@table
def _slugs_in(db: Database, name: str, family: str) -> Mapping[str, str]:
    return slugs(_families.at(db, name, family))


def slug_of(db: Database, name: str, value: str) -> str:
    """The last segment of the address of a group of a view."""
    wanted = slug(value)
    alike = family(wanted)
    return _slugs_in.at(db, name, alike, value) if _large_families.get(db, name, alike) else wanted


@query
def added(db: Database, key: str) -> dates.Date:
    """When a paper came into the library."""
    return dates.added(PAPERS.at(db, key), ADDED.get(db, f"{SETTINGS(db).meta}/{key}"))


@query
def dates_differ(db: Database) -> bool:
    """Whether the dates on which papers were added tell any of them apart."""
    return len(members.names(db, "added")) > 1


@query
def newest_first(db: Database, key: str) -> tuple[int, str, str]:
    """The sort key of a paper, the last published first."""
    return order.newest_first(PAPERS.at(db, key))


@query
def oldest_first(db: Database, key: str) -> tuple[int, str, str]:
    """The sort key of a paper, the oldest first."""
    return order.oldest_first(PAPERS.at(db, key))


@query
def last_added_first(db: Database, key: str) -> tuple[int, tuple[int, str, str]]:
    """The sort key of a paper, the last added first."""
    return (-added(db, key).seconds, newest_first(db, key))


_newest: Sorted[[], str] = Sorted(Each(last_added_first, PAPERS.names, is_in_order=False))


def newest(db: Database) -> tuple[str, ...]:
    """The keys of all papers, the last added first."""
    return _newest.names(db)


def keys_of(db: Database, name: str, value: str) -> tuple[str, ...]:
    """The keys of the papers in a group of a view, in the view's order."""
    keys = members.at(db, name, value)
    return keys if len(keys) == 1 else _in_order(db, name, keys) if len(keys) < MANY else _keys_of_many(db, name, value)


def _baselines(_key: str, paper: Paper) -> list[str]:
    return [each.key for each in paper.baselines if each.key]


_building: Groups[[], str, str] = Groups(PAPERS, _baselines)


def built_on(db: Database, key: str) -> tuple[str, ...]:
    """The keys of the papers that name a paper as a baseline, the oldest first."""
    return tuple(sorted(_building.get(db, key) or (), key=lambda other: oldest_first(db, other)))


MANY = 16
"""What is made from so many papers is kept by itself: in a library there are few such groups, and many small ones."""


@query
def _keys_of_many(db: Database, name: str, value: str) -> tuple[str, ...]:
    return (_downwards if VIEWS_BY_NAME[name].newest_first else _upwards).names(db, name, value)


_downwards: Sorted[[str, str], str] = Sorted(
    Each(newest_first, members.at, arguments=0, transient=True, is_in_order=False)
)
_upwards: Sorted[[str, str], str] = Sorted(
    Each(oldest_first, members.at, arguments=0, transient=True, is_in_order=False)
)

neighbours: Around[[str, str], str] = Around(_upwards)
"""The papers before and after each one in a group of a view, from the oldest on; None at the ends."""

_values_in: Each[[str, str], str, tuple[tuple[str, ...], ...]] = Each(
    all_values, members.at, arguments=0, transient=True, is_in_order=False
)


tally: Tally[[str, str, str], str, str] = Tally(
    _values_in, lambda values, _view, _value, name: values_among(values, name), arguments=2
)
"""How many papers in a group of a view have each value of a property, in no order."""


def values_in_order(db: Database, view: str, value: str, name: str) -> Iterator[tuple[str, ...]]:
    """The values of each paper in a group of a view in a property, in the order of the group."""
    # Without a loop of Python's own: there may be thousands.
    papers = map(_values_in(db, view, value).__getitem__, keys_of(db, view, value))
    return map(operator.itemgetter(_POSITIONS[name]), papers)


def _in_order(db: Database, name: str, keys: tuple[str, ...]) -> tuple[str, ...]:
    by = newest_first if VIEWS_BY_NAME[name].newest_first else oldest_first
    return tuple(sorted(keys, key=lambda key: by(db, key)))
