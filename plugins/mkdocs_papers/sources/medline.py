"""PubMed's own format (``.nbib``): a tag of up to four letters, a hyphen, a value that goes on in indented lines.

The fields are those of the National Library of Medicine's "MEDLINE/PubMed Data Element (Field) Descriptions".
"""

import dataclasses
import re
from collections.abc import Iterator

from mkdocs_papers.sources import ris
from mkdocs_papers.sources.found import Failure, Found

_TAGGED = re.compile(r"(?=.{4}-)([A-Z][A-Z0-9]{1,3}) {0,2}-(?: (.*))?")
_PAGES = re.compile(r"([0-9]+)-([0-9]+)")
"""Pages, the last with those digits alone in which it differs from the first: "1054-74"."""

_DOI = re.compile(r"(\S+) \[doi\]")

_RIS = {
    "PMID": "TY", "FAU": "AU", "CN": "AU", "AU": ris.SHORT_NAME, "BTI": "BT", "CTI": "T2", "JT": "JF", "TA": "JA",
    "DP": "PY", "VI": "VL", "IP": "IS", "PG": "SP", "LID": "DO", "AID": "DO", "OT": "KW", "MH": "KW", "AB": "AB",
    "TI": "TI",
}  # fmt: skip
"""The tags of what RIS has too; where others have the names of RIS's, they mean something else."""

looks = re.compile(r"(?s:.*?)^\ufeff?PMID- [0-9]+\s*$", re.MULTILINE).match
"""Whether a text is such a file."""


def _tagged(line: str) -> tuple[str, str]:
    found = _TAGGED.fullmatch(line)
    if not found:
        return "", ""
    name, value = found[1], (found[2] or "").strip()
    tag = _RIS.get(name, name.lower())
    if tag == "DO":
        doi = _DOI.fullmatch(value)
        return ("DO", doi[1]) if doi else (name.lower(), value)
    if tag == ris.SHORT_NAME:
        family, _, initials = value.rpartition(" ")
        return tag, f"{family}, {initials}" if family else value
    pages = _PAGES.fullmatch(value) if tag == "SP" else None
    if pages and (missing := len(pages[1]) - len(pages[2])) > 0:
        return tag, f"{pages[1]}-{pages[1][:missing]}{pages[2]}"
    return tag, value


_TAGGING = ris.Tagging(_tagged, "PMID- 1234", "TI  - ...", " ", _RIS)


def iterate(text: str, path: str) -> Iterator[Found | Failure]:
    """The references of a file from PubMed, one after the other."""
    for each in ris.iterate(text, path, _TAGGING):
        # Every title ends like a sentence there.
        if isinstance(each, Found) and each.title:
            yield dataclasses.replace(each, title=each.title.removesuffix("."))
        else:
            yield each
