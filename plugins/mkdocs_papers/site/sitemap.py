"""The library's pages in the sitemap.

The theme's template says the same around each address. So it is rendered with two marks, and the addresses take their
place, with what stood between the two between all of them. It is rendered for a few addresses in full as well: where it
does anything else than to print them one after the other, the two differ, and it is rendered in full for all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import escape

_MARKS = ("\ue000first\ue001", "\ue000second\ue001")
_PROOFS = 3
"""So many addresses are rendered in full, to compare."""


@dataclass(frozen=True, slots=True)
class _Page:
    canonical_url: str
    update_date: str
    is_link: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """What the sitemap's template reads of a file."""

    page: _Page


def listed(urls: Sequence[str], date: str) -> list[Listed]:
    """Pages as the sitemap's template reads them.

    Args:
        urls: their addresses.
        date: when they were changed, as the sitemap says it.
    """
    return [Listed(_Page(url, date)) for url in urls]


def marks(date: str) -> list[Listed]:
    """Two pages of no address, for `filled`; see `listed`."""
    return listed(_MARKS, date)


def filled(output: str, urls: Sequence[str], render: Callable[[Sequence[str]], str]) -> str:
    """The sitemap with all addresses.

    Args:
        output: what the template makes of `marks`.
        urls: the addresses.
        render: renders the template in full for some addresses.
    """
    if len(urls) > _PROOFS:
        pieces = _pieces(output)
        if pieces is not None and _filled(pieces, some := _some(urls)) == render(some):
            return _filled(pieces, urls)
    return render(urls)


def _pieces(output: str) -> tuple[str, str, str] | None:
    """What stands before the first mark, between the two, and behind the second; None where each is not there once."""
    first, second = _MARKS
    if output.count(first) != 1 or output.count(second) != 1:
        return None
    before, _, rest = output.partition(first)
    between, found, behind = rest.partition(second)
    return (before, between, behind) if found else None


def _filled(pieces: tuple[str, str, str], urls: Sequence[str]) -> str:
    before, between, behind = pieces
    return f"{before}{between.join(map(str, map(escape, urls)))}{behind}"


def _some(urls: Sequence[str]) -> Sequence[str]:
    """A few addresses, among them one that has to be escaped, if there is one."""
    escaped = next((url for url in urls if escape(url) != url), urls[-1])
    return [*urls[: _PROOFS - 1], escaped]
