"""The files of other programs that can be read, told apart by what is in them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mkdocs_papers.sources import bibtex, csl_json, endnote, medline, refer, ris
from mkdocs_papers.sources.found import Failure, Found


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A format of files.

    Attributes:
        iterate: gives the entries of a text one after the other; the second argument is the file's name.
        looks: whether a text is in this format; hardly one in another is.
    """

    name: str
    iterate: Callable[[str, str], Iterator[Found | Failure]]
    looks: Callable[[str], object]


FORMATS = (
    FileFormat("csl-json", csl_json.iterate, re.compile(r"\ufeff?\s*(?:\[\s*[{\]]|\{)").match),
    FileFormat("endnote-xml", endnote.iterate, endnote.looks),
    FileFormat("medline", medline.iterate, medline.looks),
    FileFormat("refer", refer.iterate, refer.looks),
    FileFormat("ris", ris.iterate, re.compile(r"(?s:.*?)^\ufeff?[ \t]*TY[ \t]{1,2}-", re.MULTILINE).match),
    FileFormat("bibtex", bibtex.iterate, re.compile(r"(?s:.*?)@\s*[A-Za-z]\w*\s*[{(]").match),
)
"""The formats, in the order in which a text is tried; to add one, add it here."""


def format_of(text: str) -> FileFormat | None:
    """The format of a text, or None where it is in none."""
    return next((known for known in FORMATS if known.looks(text)), None)
