"""Page sources: a page before it is rendered.

A page is a pure function of its source: the template, and the values that the template sees. Two equal sources give
equal pages, so whoever rebuilds a site renders only sources that changed.
"""

from __future__ import annotations

from dataclasses import dataclass

from mkdocs_papers.pages.address import Address

TITLE_ID = "__title"
"""The anchor of a page's first heading, to which keyboards skip."""


@dataclass(frozen=True, slots=True)
class Heading:
    """One entry of a page's outline: its anchor and its plain text."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class PageSource:
    """A page before it is rendered.

    Attributes:
        address: where it stands.
        title: plain text, for ``<title>`` and the navigation.
        template: the template's name below ``papers/``.
        content: all that the template sees, as ``page``: one frozen dataclass from `contents`.
        outline: its sections, in order.
        section: the address of the index page under which it belongs; ``""`` for index pages themselves.
        record: the record to edit, relative to the project's root, or None.
        searchable: whether the site's search finds it. Listings are not: what a search finds is the paper.
        description: one plain line for search engines; may be empty.
    """

    address: Address
    title: str
    template: str
    content: object
    outline: tuple[Heading, ...] = ()
    section: str = ""
    record: str | None = None
    searchable: bool = False
    description: str = ""
