"""Long listings, cut into pages.

Where a row comes or goes, the rows after it stay on the pages where they are: a page ends where the rows around its end
say so, and not where a number is reached. (The way of cutting is known from backups, as content-defined chunking: see
https://en.wikipedia.org/wiki/Rolling_hash#Content-based_slicing_using_a_rolling_hash.) Otherwise a new paper would move
one row on from each page to the next, and every page of every listing after it would have to be rendered.
"""

import functools
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from mkdocs_papers.pages.address import Address, numbered


@dataclass(frozen=True, slots=True)
class Paging:
    """Where a page of a long listing stands: its number, how many there are, and its neighbours."""

    number: int = 1
    pages: int = 1
    previous: Address | None = None
    next: Address | None = None


Row = TypeVar("Row")

_ALONE = Paging()

_SPARE = 4
"""One in so many rows may be missing from a page that another one follows,"""

_LONG = 50
"""if a page has so many at the most: whoever wants fewer counts them."""

_PAPERS_A_PART = 64


def paged(
    address: Address, rows: Sequence[Row], size: int, name: Callable[[Row], str]
) -> Iterator[tuple[Paging, Sequence[Row]]]:
    """The pages of a listing, at least one: where each stands, and its rows.

    Args:
        size: rows on one page at the most; but for the last page, it has at least three quarters of them, where they
            are many, else all.
        name: what a row is known by, whatever else of it changes.
    """
    parts = cut(rows, size, lambda _, places: stable_place(places, lambda place: name(rows[place])))
    for number, part in enumerate(parts, start=1):
        yield place(address, number, len(parts)), part


def cut(rows: Sequence[Row], size: int, end: Callable[[int, range], int]) -> list[Sequence[Row]]:
    """Rows, cut into parts, at least one.

    Args:
        size: rows in one part at the most.
        end: where a part ends, before which row: from where it begins, and the places among which to choose.
    """
    parts: list[Sequence[Row]] = []
    spare = size // _SPARE if size >= _LONG else 0
    start = 0
    while len(rows) - start > size:
        last = start + size
        stop = end(start, range(last - spare, last + 1))
        parts.append(rows[start:stop])
        start = stop
    parts.append(rows[start:])
    return parts


def in_parts(keys: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """The keys of papers, cut where few move on with each change; by their first."""
    parts = cut(keys, _PAPERS_A_PART, lambda _, places: stable_place(places, keys.__getitem__))
    return {part[0]: tuple(part) for part in parts if part}


def stable_place(places: Sequence[int], name: Callable[[int], str]) -> int:
    """One of some places (at least one), which stays the same while few rows with these names come and go there."""
    digests = [_digest(name(place)) for place in places]
    return places[digests.index(min(digests))]


@functools.lru_cache(maxsize=50_000)
def _digest(name: str) -> bytes:
    # A checksum of fewer demands, such as CRC-32, is not enough: those of "paper-1", "paper-2" are all but regular.
    return hashlib.blake2b(name.encode("utf-8", "surrogatepass")).digest()[:16]


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
