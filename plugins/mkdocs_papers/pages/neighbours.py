"""What stands before and after each page of a series."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from mkdocs_papers.library.counting import alike
from mkdocs_papers.pages.contents import Link

Name = TypeVar("Name")

Around = tuple[Link | None, Link | None]
"""The links to what stands before and after; None at the ends."""


_FEW = 100
"""So many that may have other neighbours are not looked at one by one."""


def neighbours(links: Mapping[Name, Link]) -> dict[Name, Around]:
    """The links around each one of a series, by its name.

    Args:
        links: the series, in order, by name.
    """
    ordered = list(links.values())
    return dict(zip(links, zip([None, *ordered], [*ordered[1:], None], strict=False), strict=False))


def displaced(before: Mapping[Name, Link], now: Mapping[Name, Link]) -> set[Name]:
    """The names of a series that may have other neighbours than before: where most have not, few others.

    Args:
        before: the links of the series before, in order, by name.
        now: its links now; those that have not changed are the very same.
    """
    names, links, others = list(now), list(before.values()), list(now.values())
    first, last = alike(links, others), alike(links[::-1], others[::-1])
    between = names[max(0, first - 1) : len(names) - last + 1]
    if len(between) <= _FEW:
        return set(between)
    around, around_before = neighbours(now), neighbours(before)
    return {name for name in between if around_before.get(name) != around[name]}
