"""What the readers of other programs' files share: from the words of an entry to facts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from mkdocs_papers.records.addresses import ARXIV, is_http_address
from mkdocs_papers.records.problem import Place
from mkdocs_papers.records.schema import KeywordBlock, PaperBlock, PaperInfo, Status
from mkdocs_papers.sources.found import Failure, Found, Kind
from mkdocs_papers.sources.identify import Scheme, identify

_ARXIV_ID = re.compile(rf"(?:arxiv:\s*)?{ARXIV}(?:\s*\[[^\]]*\])?", re.IGNORECASE)
_ARXIV_DOI = re.compile(rf"(?:https?://(?:dx\.)?doi\.org/)?10\.48550/arxiv\.{ARXIV}", re.IGNORECASE)
_ARXIV_MENTIONED = re.compile(
    rf"\barxiv(?:\.org)?(?: e-?prints?| preprint)?[:,\s]+(?:arxiv:\s*|abs/)?{ARXIV}", re.IGNORECASE
)
_ARXIV_REMARKED = re.compile(
    r"(?:^|[\n;.,(:])\s*(?:(?:also|available|online|as|at|on|in|e-?print|preprint)[:\s]+)*" + _ARXIV_MENTIONED.pattern,
    re.IGNORECASE,
)
"""A remark that this paper is on arXiv; "extends arXiv:2001.00001" is about another."""

_CORR = re.compile(rf"corr[,\s]+abs/{ARXIV}", re.IGNORECASE)
"""Dblp's name for arXiv."""

_ARXIV_VENUE = re.compile(
    r"(?:arxiv(?:\.org)?|corr|computing research repository)"
    rf"(?:[ ,:]*(?:e-?prints?|preprints?|\[[^\]]*\]|(?:arxiv:|abs/|vol\.? ?abs/)?{ARXIV}))*",
    re.IGNORECASE,
)
_DOI_REMARKED = re.compile(
    r"^\s*doi\s*[:=]\s*(?:https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)\s*$", re.IGNORECASE | re.MULTILINE
)
"""A line of a remark that says nothing else: Zotero keeps there what a type of its has no field for."""

_DOI_PREFIX = re.compile(r"(?:https?://(?:[a-z]+\.)*doi\.org/|doi:?\s*(?=10\.))", re.IGNORECASE)
_DOI_ADDRESS = re.compile(r"https?://(?:dx\.|www\.)?doi\.org/(?P<doi>10\.\d{4,9}/\S+)", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)([1-9]\d{3})(?!\d)")
_BETWEEN_ADDRESSES = re.compile(r"\s+|[;,](?=https?://)", re.IGNORECASE)
_WWW = re.compile(r"www\.[^\s/]+\.[a-z]{2,}(?:/|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one entry, in no program's format any more.

    Attributes:
        authors: one name each.
        year: what says when it was published, the most telling first.
        venue: what says where it was published, the most telling first.
        publisher: who published it, where no venue is named.
        pages: the pages, or an article's number.
        dois: what should be DOIs.
        addresses: what should be addresses, the paper's own first.
        pdfs: what should be addresses of its PDF; they count where nothing else leads to the paper.
        eprints: what should be arXiv identifiers.
        remarks: other words, among which "arXiv:2205.14135" may stand.
        key: what the entry is called.
        status: how far the owner has got.
        odd: what is odd about the entry and has cost nothing but itself.
        unsupported: the fields for which a record has none.
    """

    title: str = ""
    authors: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    venue: tuple[str, ...] = ()
    publisher: str = ""
    volume: str = ""
    number: str = ""
    pages: str = ""
    dois: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    pdfs: tuple[str, ...] = ()
    eprints: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    abstract: str = ""
    short: str = ""
    keywords: tuple[str, ...] = ()
    key: str = ""
    status: Status | None = None
    rating: int | None = None
    odd: tuple[Failure, ...] = ()
    unsupported: tuple[str, ...] = ()


def found(words: Words, path: str, place: Place) -> Found:
    """The facts that an entry gives."""
    addresses = [address for each in words.addresses if (address := http_address(each))]
    dois = (*words.dois, *(said[1] for each in words.remarks for said in _DOI_REMARKED.finditer(each)))
    arxiv, doi = _arxiv(words, dois, addresses), _doi(dois, addresses)
    pdfs = () if doi else filter(None, map(http_address, words.pdfs))
    venue = next(filter(None, words.venue), "")
    if arxiv and _ARXIV_VENUE.fullmatch(venue):
        venue = ""
    if not venue and not (arxiv and _ARXIV_VENUE.fullmatch(words.publisher)):
        venue = words.publisher
    return Found(
        source=f"{path}:{place.line}:{place.column}",
        title=words.title or None,
        authors=words.authors,
        year=_year(words.year),
        venue=venue or None,
        # What arXiv's papers have in these fields is an identifier.
        volume=None if words.volume.startswith("abs/") else words.volume or None,
        number=None if arxiv and _named(arxiv, words.number) else words.number or None,
        pages=None if arxiv and _named(arxiv, words.pages) else words.pages or None,
        doi=doi,
        arxiv=arxiv,
        url=next(iter((*addresses, *pdfs)), None),
        abstract=words.abstract or None,
        kind=Kind.PUBLISHED if venue else Kind.PREPRINT if arxiv else Kind.UNKNOWN,
        key=words.key or None,
        rest=PaperInfo(
            paper=PaperBlock(abbr=words.short or None),
            keyword=KeywordBlock(tuple(dict.fromkeys(words.keywords))),
            status=words.status,
            rating=words.rating,
        ),
        place=place,
        odd=words.odd,
        unsupported=words.unsupported,
    )


def http_address(text: str) -> str | None:
    """The first http(s) address in a value, or None: some programs put several into one."""
    for word in _BETWEEN_ADDRESSES.split(text):
        address = f"https://{word}" if _WWW.match(word) else word.rstrip(";,")
        if is_http_address(address):
            return address
    return None


def _arxiv(words: Words, dois: Iterable[str], addresses: Iterable[str]) -> str | None:
    """The arXiv identifier that an entry names, without version."""
    named = map(identify, (*words.eprints, *map(_bare, dois), *addresses))
    if known := next((each.value for each in named if each and each.scheme is Scheme.ARXIV), None):
        return known
    venues = (_CORR.match(each) or _ARXIV_MENTIONED.search(each) for each in words.venue)
    remarks = (_CORR.match(each) or _ARXIV_REMARKED.search(each) for each in words.remarks)
    return next((match["id"] for match in (*venues, *remarks) if match), None)


def is_arxiv(text: str) -> bool:
    """Whether a value says of itself that it is an arXiv identifier."""
    return text.lower().startswith("arxiv")


def _named(arxiv: str, text: str) -> bool:
    """Whether a text is an arXiv identifier."""
    match = _ARXIV_ID.fullmatch(text) or _ARXIV_MENTIONED.match(text)
    return match is not None and match["id"] == arxiv


def _doi(written: Iterable[str], addresses: Iterable[str]) -> str | None:
    """The paper's own DOI: the first one that looks like one and is not arXiv's."""
    dois = [doi for each in written if (doi := _bare(each)) and not _ARXIV_DOI.match(doi)]
    dois += [match["doi"] for each in addresses if (match := _DOI_ADDRESS.fullmatch(each))]
    dois = [doi for doi in dois if not _ARXIV_DOI.match(doi)]
    return next((doi for doi in dois if doi.startswith("10.")), dois[0] if dois else None)


def _bare(doi: str) -> str:
    return _DOI_PREFIX.sub("", "".join(doi.split()), count=1).rstrip(".,;")


def _year(written: Iterable[str]) -> int | None:
    """The first year in what says when."""
    return next((int(found[1]) for text in written if (found := _YEAR.search(text))), None)
