"""Page sources: a page before it is rendered.

A page is a pure function of its source: the template, and the values that the template sees. Two equal sources give
equal pages, so whoever rebuilds a site renders only sources that changed. A page shows other papers only through
`summaries.Summary` and `group_links.Link`, so that it depends on just what it shows.
"""

from dataclasses import dataclass
from typing import ClassVar

from mkdocs_papers.pages.address import Address
from mkdocs_papers.search.document import Document

TITLE_ID = "__title"
"""The anchor of a page's first heading, to which keyboards skip."""


@dataclass(frozen=True, slots=True)
class Heading:
    """One entry of a page's outline: its anchor and its plain text."""

    id: str
    text: str


class Content:
    """All that a template sees of a page, as ``page``; nothing is computed in a template.

    Each kind of page has a frozen dataclass of its own below this one, in the module that makes it. `template` is the
    template's name below ``papers/``.
    """

    __slots__ = ()

    template: ClassVar[str]

    def document(self, location: str) -> Document | None:  # noqa: ARG002 - for kinds that override it
        """What the site's search knows of the page; None where it does not find it.

        Listings are not found: what a search finds is the paper. The location is the page's address, relative to the
        site's root.
        """
        return None


@dataclass(frozen=True, slots=True)
class PageSource:
    """A page before it is rendered.

    Attributes:
        title: plain text, for ``<title>`` and the navigation.
        outline: its sections, in order.
        section: the address of the index page under which it belongs; ``""`` for index pages themselves.
        listed: of an index page, how many there are of what it lists; None where it lists nothing.
        record: the record to edit, relative to the project's root, or None.
        description: one plain line for search engines; may be empty.
    """

    address: Address
    title: str
    content: Content
    outline: tuple[Heading, ...] = ()
    section: str = ""
    listed: int | None = None
    record: str | None = None
    description: str = ""

    @property
    def template(self) -> str:
        """The template's name below ``papers/``."""
        return self.content.template
