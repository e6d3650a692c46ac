"""Addresses: where a page stands in the site.

An address is the path of a page below the site's root without a suffix, not percent-encoded: ``papers/2024/Quest``.
How it becomes a file and a link depends on the site's ``use_directory_urls``.
"""

import functools
from dataclasses import dataclass
from urllib.parse import quote

from mkdocs_papers.library.model import Attachment
from mkdocs_papers.pages.page_value import PageValue
from mkdocs_papers.views.query import query

_quoted = functools.lru_cache(maxsize=100_000)(quote)
"""Many pages link to the same one."""


class Address(PageValue, frozen=True):
    """The address of a page.

    Attributes:
        path: below the site's root, without a suffix: ``papers/2024/Quest``; ``""`` is the home page.
        index: whether the page is the index of a folder (``venues/index.html`` under both settings).
        query: what the browse page is asked for, ``venue:ICML``; empty for a page as such. (``?find=`` holds it: at
            ``?q=``, Material opens its own search.)
    """

    path: str
    index: bool = False
    query: str = ""

    def file(self, *, directory_urls: bool) -> str:
        """The file in the built site: ``papers/2024/Quest/index.html`` or ``papers/2024/Quest.html``."""
        if self.index or directory_urls:
            return f"{self.path}/index.html" if self.path else "index.html"
        return f"{self.path}.html"

    def url(self, *, directory_urls: bool) -> str:
        """The page relative to the root, percent-encoded: ``papers/2024/Quest/`` or ``papers/2024/Quest.html``."""
        rest = f"?find={quote(self.query, safe=':,', errors='replace')}" if self.query else ""
        if directory_urls:
            return (_quoted(f"{self.path}/") if self.path else "./") + rest
        return _quoted(self.file(directory_urls=False)) + rest

    def base(self, *, directory_urls: bool) -> str:
        """The way from this page up to the site's root: ``../../../``; ``""`` for a page at the root."""
        return "../" * self.file(directory_urls=directory_urls).count("/")


@dataclass(frozen=True, slots=True)
class Website:
    """Where the site is on the web: makes addresses that mean the same anywhere.

    Attributes:
        root: the site's address, with the final slash: ``https://example.org/library/``.
        directory_urls: the site's ``use_directory_urls``.
    """

    root: str
    directory_urls: bool

    def page(self, address: Address) -> str:
        """The address of a page."""
        url = address.url(directory_urls=self.directory_urls)
        return self.root if url == "./" else self.root + url

    def file(self, path: str) -> str:
        """The address of a file, its path below the site's root percent-encoded."""
        return self.root + path


HOME = Address("", index=True)
PAPERS = Address("papers", index=True)
NOTES = Address("notes", index=True)
STATISTICS = Address("stats", index=True)


def browse_address(*terms: tuple[str, str]) -> Address:
    """The browse page with the papers that fit all terms: ``("venue", "ICML"), ("keyword", "kernels")``."""
    return Address(PAPERS.path, index=True, query=query(terms))


def paper_address(key: str) -> Address:
    """The page of the paper with that key."""
    return Address(f"papers/{key}")


def note_address(path: str) -> Address:
    """The page of a note, by its path below the notes folder, as MkDocs places Markdown files."""
    stem = path.rsplit(".", 1)[0]
    folder, _, name = stem.rpartition("/")
    if name in ("index", "README"):
        return Address("/".join(filter(None, ("notes", folder))), index=True)
    return Address(f"notes/{stem}")


def file_path(attachment: Attachment) -> str | None:
    """The path of an attached file below the site's root, percent-encoded; None for an address."""
    return None if attachment.path is None else quote(f"notes/{attachment.path}")


def numbered(address: Address, number: int) -> Address:
    """Page ``number`` of a paged listing: the address itself, then ``papers/page/2``."""
    return address if number == 1 else Address(f"{address.path}/page/{number}")
