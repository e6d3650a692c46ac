"""What pages say of groups of papers: what they are called, where they lead, how many papers they have."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from mkdocs_papers.incremental.database import Database, query
from mkdocs_papers.incremental.operators import Around, Mapped, Sorted
from mkdocs_papers.library.person import person
from mkdocs_papers.pages.address import NOTES, Address, browse_address, paper_address
from mkdocs_papers.pages.page_inputs import OPTIONS
from mkdocs_papers.pages.page_value import PageValue
from mkdocs_papers.views import groups
from mkdocs_papers.views.facets import Facet
from mkdocs_papers.views.view import NONE, VIEWS_BY_NAME
from mkdocs_papers.views.view_inputs import SETTINGS


class Link(PageValue, frozen=True):
    """A link to a page of the site: its words (may hold ``$math$``) and where it leads."""

    text: str
    address: Address


class Name(PageValue, frozen=True):
    """The name of a group: its words, and where its papers are, or None where they are but the one that names it."""

    text: str
    address: Address | None = None


class Count(PageValue, frozen=True):
    """A link to a group of papers and how many there are."""

    link: Link
    papers: int
    about: str = ""


def view_title(db: Database, view: str) -> str:
    """How a view is called."""
    return OPTIONS(db).language.find(f"view.{view}") or VIEWS_BY_NAME[view].title


def index_link(db: Database, name: str) -> Link:
    """A link to the index of a view, or to ``notes``."""
    if name == "notes":
        return Link(OPTIONS(db).language("view.notes"), NOTES)
    return Link(view_title(db, name), Address(name, index=True))


def label(db: Database, view: str, value: str) -> str:
    """How a group is called."""
    known, language = VIEWS_BY_NAME[view], OPTIONS(db).language
    if value == NONE:
        return language.find(f"none.{view}") or "–"
    if known.configured:
        return keyword_label(db, value)
    return (language.find(f"{known.words}.{value}") or value) if known.words else value


def facet_label(db: Database, facet: Facet, value: str) -> str:
    """How a value of a facet is called."""
    if facet.view:
        return label(db, facet.view.name, value)
    return OPTIONS(db).language.find(f"{facet.title}.{value}") or value


def keyword_label(db: Database, word: str) -> str:
    """How a keyword is called."""
    known = SETTINGS(db).keywords.get(word)
    return known.label if known else word


def about(db: Database, view: str, value: str) -> str:
    """One line of definition of a group; may be empty."""
    keyword = SETTINGS(db).keywords.get(value) if VIEWS_BY_NAME[view].configured else None
    return keyword.about if keyword else ""


def own_page_from(db: Database, view: str) -> int:
    """From how many papers on a group of a view has a page of its own."""
    least, chosen = VIEWS_BY_NAME[view].own_page_from, OPTIONS(db).own_page_from
    return least if least == 1 or chosen is None else chosen


def address(db: Database, view: str, value: str) -> Address:
    """The address of a group's own page, if it has one."""
    return Address(f"{view}/{groups.slug_of(db, view, value)}")


@query
def link(db: Database, view: str, value: str) -> Link:
    """A link to the papers of a group: to its page, else to its one paper, else to the browse page with its few."""
    text, least = label(db, view, value), own_page_from(db, view)
    if least == 1 or groups.size(db, view, value) >= least:
        return Link(text, address(db, view, value))
    keys = groups.members.at(db, view, value)
    return Link(text, paper_address(keys[0]) if len(keys) == 1 else browse_address((VIEWS_BY_NAME[view].one, value)))


def name(db: Database, view: str, value: str, key: str) -> Name:
    """What a group is called, on the page of one of its papers: a link where it leads to more than that."""
    found = link(db, view, value)
    return Name(found.text, None if found.address == paper_address(key) else found.address)


@query
def count(db: Database, view: str, value: str) -> Count:
    """A group in the index of its view, where people have their family names first."""
    found = link(db, view, value)
    if VIEWS_BY_NAME[view].people:
        found = Link(person(found.text).inverted, found.address)
    return Count(found, groups.size(db, view, value), about(db, view, value))


@query
def count_of(db: Database, view: str, value: str, papers: int) -> Count:
    """A link to a group with a number of papers: a query so that all pages that show it share one."""
    return Count(link(db, view, value), papers)


_with_page: Sorted[[str], str] = Sorted(
    Mapped(groups.sizes, lambda least, size, _view: size if size >= least else None, own_page_from, arguments=None),
    groups.value_place,
    groups.value_order,
)


def with_page(db: Database, view: str) -> tuple[str, ...]:
    """The groups of a view that have a page of their own, by their values, in the view's order."""
    return _with_page.names(db, view)


neighbours: Around[[str], str] = Around(_with_page)
"""The groups before and after each group of a view that has a page, by their values; None at the ends."""


def optional_link(db: Database, view: str, value: str | None) -> Link | None:
    """A link to a group, or None for none."""
    return None if value is None else link(db, view, value)


@dataclass(frozen=True, slots=True)
class Letter:
    """The groups whose names begin with a letter; ``#`` is for what sorts before A, ``…`` for what does after Z."""

    name: str
    id: str
    counts: tuple[Count, ...]


def letter_of(count: Count) -> str:
    """The letter with which a group's name begins, as `Letter` has it."""
    first = count.link.text.casefold()[:1]
    return "#" if first < "a" else first.upper() if first <= "z" else "…"


def letter_id(name: str) -> str:
    """The anchor of a letter in an index."""
    ends = {"#": "before", "…": "after"}
    return f"letter-{ends.get(name, name)}"


def by_letter(counts: Iterable[Count]) -> tuple[Letter, ...]:
    """Groups, in order of their names in any letter case, by their first letters."""
    return tuple([Letter(name, letter_id(name), tuple(alike)) for name, alike in groupby(counts, letter_of)])
