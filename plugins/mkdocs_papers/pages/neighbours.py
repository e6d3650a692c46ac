"""What stands before and after each page of a series."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from mkdocs_papers.pages.contents import Link

Name = TypeVar("Name")

Around = tuple[Link | None, Link | None]
"""The links to what stands before and after; None at the ends."""


def neighbours(links: Mapping[Name, Link]) -> dict[Name, Around]:
    """The links around each one of a series, by its name.

    Args:
        links: the series, in order, by name.
    """
    ordered = list(links.values())
    return dict(zip(links, zip([None, *ordered], [*ordered[1:], None], strict=False), strict=False))
