"""RIS, as Zotero, Mendeley, EndNote, Scopus and publishers write it, and other files that are lines with tags.

Tags as in Research Information Systems' own description of 2011, refman.com/support/risformat_intro.asp, which the
Internet Archive keeps. In the wild a reference may have no ``ER``, a byte-order mark, a single space around the hyphen,
values that go on in the next line, and the same tag several times.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from mkdocs_papers.records.lines import BYTE_ORDER_MARK, Lines
from mkdocs_papers.records.problem import Place
from mkdocs_papers.sources.entry import Words, found, is_arxiv
from mkdocs_papers.sources.found import Failure, Found
from mkdocs_papers.sources.identify import plain_doi
from mkdocs_papers.sources.plain_text import page_range, people
from mkdocs_papers.sources.without_markup import decoded, plain, plain_paragraphs

_ROW = re.compile(r"([^\r\n]*)(?:\r\n?|\n|\Z)")
_TAGGED = re.compile(r"[ \t]*(?P<tag>[A-Z][A-Z0-9])(?P<gap>[ \t]{1,3})-(?P<value>.*)")
_ENDS = ("ER", "EF")
"""The ends of a reference, and of a file of the Web of Science."""

_ENDED = re.compile(r"[ \t]*ER[ \t]*-?[ \t]*")

_KNOWN = re.compile(
    "A[1-4BDNUV]|BT|C[1-8ANPTY]|D[ABIOPS]|E[DPT]|I[DS]|J[12AFO]|KW|L[1-4ABK]|M[1-3]|N[12V]|OP|P[BPY]|R[INP]|S[ENPTV]"
    "|T[1-3AITY]|U[1-5R]|V[LO]|W[PTV]|Y[1-3]|ZZ"
)
"""Tags, which are taken for tags before a single space too; other words before a hyphen may stand in an abstract."""

SHORT_NAME = "AU in short"
"""A tag of an author's name with initials, which counts where the full names are nowhere."""

_VENUES = ("JF", "T2", "JO", "BT", "C3", "JA", "J2", "J1", "T3")
"""Tags of the venue; full names before abbreviated ones."""

_PUBLISHED_ALONE = frozenset((
    "BLOG", "BOOK", "COMP", "CPAPER", "DATA", "EBOOK", "EDBOOK", "ELEC", "GEN", "MANSCPT", "PAMP", "RPRT", "STAND",
    "THES", "UNPB",
))  # fmt: skip
"""Types of what its publisher, an institute or a site publishes by itself."""


_SUPPORTED = frozenset({
    *_VENUES, "TY", "TI", "T1", "CT", "AU", "PY", "Y1", "DA", "DO", "UR", "LK", "L1", "AB", "N2", "ST", "KW",
    "VL", "IS", "SP", "EP", "C7", "AN", "ID", "LB", SHORT_NAME,
})  # fmt: skip
"""Tags of which a record says what they say."""


@dataclass(slots=True)
class _Reference:
    """One reference: where it begins, and its values by tag, in order."""

    start: int
    values: dict[str, list[str]] = field(default_factory=dict)

    def all(self, *tags: str) -> tuple[str, ...]:
        return tuple(text for tag in tags for value in self.values.get(tag, ()) if (text := value.strip()))

    def first(self, *tags: str) -> str:
        return next(iter(self.all(*tags)), "")


@dataclass(frozen=True, slots=True)
class Tagging:
    """How a format puts tags before its values.

    Attributes:
        tagged: the tag and value of a line, in RIS's tags; no tag where it goes on with the value before.
        begins: the line that begins a reference, for whoever forgot it.
        title: the line with its title.
        joins: what stands between a value and the line that it goes on in.
        tags: the format's own tags, each with that of RIS which means the same.
    """

    tagged: Callable[[str], tuple[str, str]]
    begins: str = "TY  - JOUR"
    title: str = "TI  - ..."
    joins: str = "\n"
    tags: Mapping[str, str] = field(default_factory=dict)

    def named(self, tag: str) -> str:
        """What the format calls a tag; those that RIS has not may stand in small letters until here."""
        return next((name for name, known in self.tags.items() if known == tag), tag.upper())


def iterate(text: str, path: str, tagging: Tagging | None = None) -> Iterator[Found | Failure]:
    """The references of a file with tags, one after the other; RIS's tags unless said otherwise."""
    lines, tagging = Lines(text), tagging or _RIS
    for each in _references(text, tagging):
        place = lines.place(each.start)
        if "TY" not in each.values:
            tag = next(iter(each.values))
            wrong = f"the tag {tagging.named(tag)} stands outside of a reference"
            yield Failure(path, wrong, f"begin it with {tagging.begins!r}", place)
        elif len(each.values) == 1:
            yield Failure(path, "the reference is empty", f"give it a title, {tagging.title!r}", place)
        else:
            yield found(_words(each, tagging, tuple(_said_twice(each, path, place))), path, place)


def _references(text: str, tagging: Tagging) -> Iterator[_Reference]:
    """The references, and what tags stand outside of any."""
    current: _Reference | None = None
    last: list[str] | None = None
    at = int(text.startswith(BYTE_ORDER_MARK))
    for row in _ROW.finditer(text, at):
        line = row[1]
        tag, value = tagging.tagged(line)
        if tag in _ENDS:
            if current:
                yield current
            current = last = None
        elif tag:
            if current is None or (tag == "TY" and current.values):
                if current:
                    yield current
                current = _Reference(row.start())
            # Some programs write A1 for the first author, or for all.
            last = current.values.setdefault("AU" if tag == "A1" else tag, [])
            last.append(value)
        elif last is not None:
            last[-1] += f"{tagging.joins}{line.strip()}"
    if current:
        yield current


def _tagged(line: str) -> tuple[str, str]:
    """The tag and value of a line; no tag where it goes on with the value before."""
    if _ENDED.fullmatch(line):
        return "ER", ""
    found = _TAGGED.fullmatch(line)
    if not found:
        return "", ""
    single = len(found["gap"]) == 1
    if single and (not _KNOWN.fullmatch(found["tag"]) or (found["value"] and not found["value"][0].isspace())):
        return "", ""
    return found["tag"], found["value"].strip()


_RIS = Tagging(_tagged)


def _said_twice(each: _Reference, path: str, place: Place) -> Iterator[Failure]:
    """What is said of further values of a tag of which a record has one."""
    for tags, name in ((("DO",), "DOIs"), (("TI", "T1"), "titles"), (("PY",), "years")):
        values = dict.fromkeys(" ".join(value.lower().split()) for value in each.all(*tags))
        if len(values) > 1:
            wrong = f"the reference has {len(values)} {name}: {', '.join(values)}"
            yield Failure(path, wrong, "the first one counts", place)


def _words(each: _Reference, tagging: Tagging, odd: tuple[Failure, ...]) -> Words:
    by_publisher, editors = each.first("TY") in _PUBLISHED_ALONE, ("A2", "ED")
    edited = by_publisher and not each.all("AU")
    authors = each.all(*editors) if edited else each.all("AU") or each.all(SHORT_NAME)
    supported = _SUPPORTED.union(("PB", "Y3") if by_publisher else (), editors if edited else ())
    title = each.first("TI", "T1", "CT")
    book = each.first("BT") if by_publisher and not title else ""
    return Words(
        title=plain(title or book),
        authors=tuple(name for value in authors for name in people(value)),
        year=each.all("PY", "Y1", "DA"),
        venue=tuple(venue for value in each.all(*_VENUES) if value != book and (venue := plain(value))),
        publisher=plain(each.first("PB", "Y3") if by_publisher else ""),
        volume=plain(each.first("VL")),
        number=plain(each.first("IS")),
        pages=plain(page_range(each.first("SP") or each.first("C7"), each.first("EP")) or ""),
        dois=(
            *each.all("DO"),
            *(doi for value in each.all("M3", "L3", "ID", "N1") if (doi := plain_doi(value)) and value.endswith(doi)),
        ),
        addresses=each.all("UR", "LK"),
        pdfs=each.all("L1"),
        eprints=tuple(value for value in each.all("AN", "M1", "C1", "AR") if is_arxiv(value)),
        remarks=each.all("N1", "PB", "M3"),
        abstract=plain_paragraphs(each.first("AB", "N2")),
        short=plain(each.first("ST")),
        keywords=tuple(
            word
            for value in each.all("KW")
            for part in re.split("[\n;]", decoded(value))
            if (word := plain(part).lstrip("*"))  # PubMed's mark of a main topic
        ),
        key=each.first("ID", "LB"),
        odd=odd,
        unsupported=tuple(tagging.named(tag) for tag in each.values if tag not in supported),
    )
