"""Long listings, cut into pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from mkdocs_papers.pages.address import Address, numbered
from mkdocs_papers.pages.contents import Paging

Row = TypeVar("Row")

_ALONE = Paging()


def paged(address: Address, rows: Sequence[Row], size: int) -> Iterator[tuple[Paging, Sequence[Row]]]:
    """The pages of a listing, at least one: where each stands, and its rows.

    Args:
        address: of the first page.
        rows: all rows.
        size: rows on one page.
    """
    pages = max(1, -(-len(rows) // size))
    for number in range(1, pages + 1):
        yield place(address, number, pages), rows[(number - 1) * size : number * size]


def place(address: Address, number: int, pages: int) -> Paging:
    """Where page ``number`` of a listing stands that begins at ``address``."""
    if pages == 1:
        return _ALONE
    return Paging(
        number,
        pages,
        numbered(address, number - 1) if number > 1 else None,
        numbered(address, number + 1) if number < pages else None,
    )
