"""EndNote's tagged files (``.enw``), as Google Scholar, publishers and Zotero write them: one ``%X value`` a line.

The tags are those of EndNote's manual, "Tagged EndNote Import Format"; a reference begins with its type, ``%0``.
"""

import re
from collections.abc import Iterator

from mkdocs_papers.sources import ris
from mkdocs_papers.sources.endnote import PUBLISHED_ALONE
from mkdocs_papers.sources.found import Failure, Found

_TAGGED = re.compile(r"(%[!-~])(?:[ \t]+(.*))?")

_RIS = {
    "%0": "TY", "%A": "AU", "%B": "T2", "%D": "PY", "%E": "A2", "%F": "LB", "%I": "PB", "%J": "JF", "%K": "KW",
    "%M": "AN", "%N": "IS", "%P": "SP", "%R": "DO", "%S": "T3", "%T": "TI", "%U": "UR", "%V": "VL", "%X": "AB",
    "%Z": "N1", "%8": "DA", "%!": "ST", "%>": "L1",
}  # fmt: skip
"""The tags that RIS has too."""

looks = re.compile(r"(?s:.*?)^\ufeff?%0[ \t]+[A-Z]", re.MULTILINE).match
"""Whether a text is such a file."""


def _tagged(line: str) -> tuple[str, str]:
    found = _TAGGED.fullmatch(line)
    if not found:
        return "", ""
    tag, value = _RIS.get(found[1], found[1]), (found[2] or "").strip()
    if tag == "TY":
        return tag, "BOOK" if value.lower() in PUBLISHED_ALONE else "JOUR"
    # A comma behind a name alone says that it is a group's.
    return tag, value.removesuffix(",") if tag in {"AU", "A2"} else value


_TAGGING = ris.Tagging(_tagged, "%0 Journal Article", "%T ...", tags=_RIS)


def iterate(text: str, path: str) -> Iterator[Found | Failure]:
    """The references of an EndNote file, one after the other."""
    return ris.iterate(text, path, _TAGGING)
