"""How long the values of a record may be.

A title stands on many pages: one of a megabyte in a record with ten thousand authors would be ten gigabytes of site. No
real value is as long as this, and what is longer is cut.
"""

from __future__ import annotations

from mkdocs_papers.records.schema import Field, Kind

LONGEST_LINE = 1_000
"""Longest title, name or other line, in characters; of several authors in one value each counts by itself."""

LONGEST_ABSTRACT = 20_000
"""Longest abstract, in characters."""

LONGEST_ADDRESS = 2_000
"""Longest address that is linked, in characters: about what every browser and server takes."""

DEEPEST_MARKUP = 500
"""Deepest nesting of HTML elements in a note: browsers flatten what is deeper."""

MOST_MARKUP = 100_000
"""How many HTML elements unclosed tags may make of a short note: each ``<b>`` left open is repeated in every paragraph
that follows. A longer note may have twelve for each of its tags and texts."""

MOST_ATTRIBUTES = 60
"""How many attributes of an HTML element are looked at in a stranger's note."""

LARGEST_PICTURE = 64 * 1024 * 1024
"""Largest picture beside a note whose size is looked up, in bytes; a page leaves no room for a larger one."""

LARGEST_SVG = 8 * 1024 * 1024
"""Largest SVG picture that is rewritten so that nothing in it acts, in bytes; a larger one is left out."""


def longest(field: Field) -> int:
    """The longest value of a field, in characters."""
    if field.kind in {Kind.ADDRESS, Kind.FILE}:
        return LONGEST_ADDRESS
    return LONGEST_ABSTRACT if field.name == "abstract" else LONGEST_LINE


def cut(text: str, limit: int) -> str:
    """The text, cut where it is longer."""
    return text if len(text) <= limit else text[: limit - 1] + "…"
