"""How large what is read may be, so that nothing stops a build or fills the memory.

A title stands on many pages: one of a megabyte in a record with ten thousand authors would be ten gigabytes of site. No
real value is as long as this, and what is longer is cut. The guide lists these limits in the same order
(``docs/guide/limits.md``), and a test holds it to them.
"""

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
LONGEST_PLAIN = 10_000
"""Titles and first lines are made of far less."""
DEEPEST_LISTS = 150
"""Python-Markdown goes down by recursion, and can follow some more."""
DEEPEST_MARKUP = 500
"""Browsers flatten what is deeper."""
MOST_MARKUP = 100_000
"""Each ``<b>`` left open is repeated in every paragraph that follows. A longer note may have twelve elements for each
of its tags and texts."""
MOST_ATTRIBUTES = 60
MOST_STEPS = 10_000_000
STEPS_A_CHARACTER = 50
"""Markdown takes some three steps for a character of an ordinary note, of which a million take about 50 ms."""
MOST_SECONDS = 600
"""Nothing comes near it but what is not counted, such as an extension of the site's own."""
LONGEST_RENDERED = 20_000_000

LARGEST_PICTURE = 64 * 1024 * 1024
MOST_PIXELS = 60_000_000
"""Each takes four bytes of memory."""
LARGEST_THUMBNAIL = 30 * 1024
LARGEST_SVG = 8 * 1024 * 1024
DEEPEST_SVG = 200

LARGEST_CACHE = 2047 * 1024 * 1024
LARGEST_CACHED_PAGE = 32 * 1024 * 1024
"""What is packed says how large it is, which is looked at before it is unpacked."""

LARGEST_INPUT = 256 * 1024 * 1024
LONGEST_JOINED = 1_000_000
"""Each `@string` may hold the one before several times."""
DEEPEST_LATEX = 50
"""Pylatexenc goes down by recursion."""
LARGEST_ANSWER = 20 * 1024 * 1024
MOST_ABSTRACT_WORDS = 20_000

LARGEST_EVENT = 1024 * 1024
LONGEST_ISSUE = 20_000
MOST_ISSUE_RECORDS = 50
LARGEST_ISSUE_RECORD = 256 * 1024

LARGEST_REQUEST = 512 * 1024
"""A BibTeX file of some hundred entries."""
LARGEST_REFUSED_REQUEST = 32 * 1024 * 1024
"""So much is read and forgotten, so that its sender hears why it is refused."""
MOST_PASTED_ENTRIES = 200
MOST_PASTED_IDENTIFIERS = 20
"""Each is asked about at the pace that its sources set."""
MOST_SHOWN = 1_000
MOST_CHOSEN_KEYWORDS = 100


def longest(field: Field) -> int:
    """The longest value of a field, in characters."""
    if field.kind in {Kind.ADDRESS, Kind.FILE}:
        return LONGEST_ADDRESS
    return LONGEST_ABSTRACT if field.name == "abstract" else LONGEST_LINE


def cut(text: str, limit: int) -> str:
    """The text, cut where it is longer."""
    return text if len(text) <= limit else text[: limit - 1] + "…"
