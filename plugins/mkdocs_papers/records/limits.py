"""How large what is read may be, so that nothing stops a build or fills the memory.

A title stands on many pages: one of a megabyte in a record with ten thousand authors would be ten gigabytes of site. No
real value is as long as this, and what is longer is cut. `LIMITS` lists them all; the guide's table is made from it.
"""

from __future__ import annotations

from dataclasses import dataclass

from mkdocs_papers.records.schema import Field, Kind

LARGEST_RECORD = 2 * 1024 * 1024
DEEPEST_RECORD = 20
MOST_VALUES = 50_000
LONGEST_LINE = 1_000
LONGEST_ABSTRACT = 20_000
LONGEST_ADDRESS = 2_000
"""About what every browser and server takes."""
LONGEST_FORMULA = 4_000
DEEPEST_BRACES = 20
"""Pybtex and BibTeX itself give up at some depth, and no formula comes near this one."""

LARGEST_NOTE = 4 * 1024 * 1024
LONGEST_FRONT_MATTER = 64 * 1024
DEEPEST_FRONT_MATTER = 20
DEEPEST_MARKUP = 500
"""Browsers flatten what is deeper."""
MOST_MARKUP = 100_000
"""Each ``<b>`` left open is repeated in every paragraph that follows. A longer note may have twelve elements for each
of its tags and texts."""
MOST_ATTRIBUTES = 60
MOST_SECONDS = 5
CHARACTERS_A_SECOND = 100_000
"""Markdown takes about a seventh of this time for an ordinary note."""

LARGEST_PICTURE = 64 * 1024 * 1024
MOST_PIXELS = 60_000_000
"""Each takes four bytes of memory."""
LARGEST_THUMBNAIL = 30 * 1024
LARGEST_SVG = 8 * 1024 * 1024
DEEPEST_SVG = 200


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit, as the guide tells of it.

    Attributes:
        name: its name here.
        of: what is limited.
        unit: what it is counted in.
        beyond: what becomes of what goes beyond it.
    """

    name: str
    of: str
    unit: str
    beyond: str

    @property
    def value(self) -> int:
        """The limit itself."""
        return int(globals()[self.name])

    def __str__(self) -> str:
        """The limit with its unit, such as ``4 MiB``."""
        if self.unit != "bytes":
            return f"{self.value:,} {self.unit}"
        return f"{self.value // 1024**2} MiB" if self.value >= 1024**2 else f"{self.value // 1024} KiB"


LIMITS: tuple[Limit, ...] = (
    Limit("LARGEST_RECORD", "a record's file", "bytes", "its paper is left out"),
    Limit("DEEPEST_RECORD", "blocks and lists inside one another in a record", "levels", "its paper is left out"),
    Limit("MOST_VALUES", "values of a record", "values", "its paper is left out"),
    Limit("LONGEST_LINE", "a title, a name or another line of a record", "characters", "it is cut"),
    Limit("LONGEST_ABSTRACT", "an abstract", "characters", "it is cut"),
    Limit("LONGEST_ADDRESS", "an address, in a record or a note", "characters", "nothing links to it"),
    Limit("LONGEST_FORMULA", "a formula", "characters", "it is shown as it was written"),
    Limit("DEEPEST_BRACES", "braces inside one another in a formula of the BibTeX file", "levels", "it is text there"),
    Limit("LARGEST_NOTE", "a note's file", "bytes", "only its beginning is shown"),
    Limit("LONGEST_FRONT_MATTER", "a note's front matter", "characters", "it is taken for text"),
    Limit("DEEPEST_FRONT_MATTER", "lists and mappings inside one another in it", "levels", "it counts for nothing"),
    Limit("DEEPEST_MARKUP", "HTML elements inside one another in a note", "levels", "the note is shown as its source"),
    Limit(
        "MOST_MARKUP",
        "HTML elements that unclosed tags, such as `<b>`, make of a short note",
        "elements",
        "the note is shown as its source; a longer one may have 12 for each of its tags and texts",
    ),
    Limit("MOST_ATTRIBUTES", "attributes of an HTML element, with `sanitize_notes`", "attributes", "others go"),
    Limit(
        "MOST_SECONDS",
        "the processor's time for a note, besides that for its length",
        "seconds",
        "the note is shown as its source (not on Windows)",
    ),
    Limit("CHARACTERS_A_SECOND", "characters of a note that give it a second more", "characters", "as above"),
    Limit(
        "LARGEST_PICTURE",
        "a cover, or a picture in a note",
        "bytes",
        "it is not made smaller, and no room is kept for it",
    ),
    Limit("MOST_PIXELS", "the width times the height of either", "pixels", "it is not made smaller"),
    Limit("LARGEST_THUMBNAIL", "an SVG cover that listings show as it is", "bytes", "they show a card in its stead"),
    Limit("LARGEST_SVG", "an SVG picture, with `sanitize_notes`", "bytes", "it is left out"),
    Limit("DEEPEST_SVG", "elements inside one another in it", "levels", "it is left out"),
)


def longest(field: Field) -> int:
    """The longest value of a field, in characters."""
    if field.kind in {Kind.ADDRESS, Kind.FILE}:
        return LONGEST_ADDRESS
    return LONGEST_ABSTRACT if field.name == "abstract" else LONGEST_LINE


def cut(text: str, limit: int) -> str:
    """The text, cut where it is longer."""
    return text if len(text) <= limit else text[: limit - 1] + "…"
