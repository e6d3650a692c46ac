"""Addresses of papers: which a page may link, what a wrong one should be, and what they say about the paper."""

import functools
import re
from urllib.parse import parse_qs, urlsplit

from mkdocs_papers.records.draft import quoted
from mkdocs_papers.records.limits import LONGEST_ADDRESS
from mkdocs_papers.records.suggest import nearest

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_MEANT = re.compile(
    r"(?:[a-z][a-z0-9+.-]*:)?//|(?:https?|javascript|vbscript|data|file|mailto|ftp|blob|about):", re.IGNORECASE
)
_SPACE_OR_CONTROL = re.compile(r"[\s\x00-\x1f\x7f-\x9f]")
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[:/?#]|$)", re.IGNORECASE)

ARXIV = r"(?P<id>[0-9]{4}\.[0-9]{4,5}|[a-z][a-z-]*(?:\.[a-z]{2})?/[0-9]{7})(?P<version>v[0-9]+)?"
"""An arXiv identifier, in letters of either case, as a regular expression
(https://info.arxiv.org/help/arxiv_identifier.html)."""

ARXIV_ADDRESS = re.compile(
    rf"https?://(?:[a-z]+\.)?arxiv\.org/(?:abs|pdf|html|format|ps)/{ARXIV}(?:\.pdf)?/?(?:[?#].*)?", re.IGNORECASE
)
_OPENREVIEW = re.compile(r"https?://(?:www\.)?openreview\.net/(?:forum|pdf)\?(?P<query>\S+)", re.IGNORECASE)
_DOI_PREFIX = re.compile(r"(?:https?://(?:dx\.|www\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_DOI = re.compile(r"10\.[0-9.]+/\S+")
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(?P<id>\S+)", re.IGNORECASE)


def is_address(value: str) -> bool:
    """Whether the value of a note or cover, without the space around it, is meant as an address and not as a path."""
    return _MEANT.match(value) is not None


def is_http_address(value: str) -> bool:
    """Whether a page may link to a value: http or https, a host, no space or control character, and not too long."""
    if len(value) > LONGEST_ADDRESS:
        return False
    try:
        parts = urlsplit(value)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and not _SPACE_OR_CONTROL.search(value)
    except ValueError:  # Such as an unclosed bracket around an IPv6 host.
        return False


def better_address(value: str) -> str:
    """What an address should be that is none, as the clause of a problem."""
    if _SPACE_OR_CONTROL.search(value):
        return "an address holds no space; write %20 for one"
    scheme = _SCHEME.match(value)
    rest = value
    if scheme and nearest(scheme[0][:-1], ("http", "https")):
        rest = value[scheme.end() :]
    rest = rest.lstrip("/")
    if _HOST.match(rest):
        return f"did you mean {quoted(f'https://{rest}')}?"
    return "write an address that begins with https://"


def http_address(text: str | None) -> str | None:
    """The address without surrounding space, or None where it is not an http(s) address that a page may link."""
    address = (text or "").strip()
    return address if is_http_address(address) else None


def arxiv_id(address: str | None) -> str | None:
    """The arXiv identifier, without version, that an address holds: ``2406.10774``, or ``cs/0112017`` of old."""
    found = ARXIV_ADDRESS.fullmatch(address or "")
    return found["id"] if found else None


def pdf_address(address: str | None) -> str | None:
    """The address of the PDF where the paper's own address implies it: on arXiv (version kept) and OpenReview."""
    if not address:
        return None
    if found := ARXIV_ADDRESS.fullmatch(address):
        return f"https://arxiv.org/pdf/{found['id']}{found['version'] or ''}"
    if forum := _openreview_id(address):
        return f"https://openreview.net/pdf?id={forum}"
    return None


def _openreview_id(address: str) -> str | None:
    found = _OPENREVIEW.fullmatch(address)
    if not found:
        return None
    forum = parse_qs(found["query"].split("#")[0]).get("id", [""])[0]
    return forum if re.fullmatch(r"[\w-]+", forum) else None


def bare_doi(text: str | None) -> str | None:
    """The DOI without its resolver's address or a ``doi:`` before it; None for none."""
    doi = "".join((text or "").split())
    return _DOI_PREFIX.sub("", doi, count=1) or None


def is_doi(text: str) -> bool:
    """Whether a value is a DOI, without anything before it, and not ``N/A`` or a number of another kind."""
    return _DOI.fullmatch(text) is not None


@functools.lru_cache(maxsize=100_000)
def identities(address: str | None, doi: str | None) -> tuple[str, ...]:
    """What tells the work apart, in the same words for every way of writing it.

    Two records that share one of these describe one work: arXiv addresses count without version, host or format, DOIs
    without letter case or resolver, other addresses without scheme, ``www.`` and trailing slash. What is no DOI tells
    nothing: ``N/A`` stands in many records.
    """
    found = []
    if address:
        found.append(_address_identity(address))
    if doi and is_doi(doi):
        found.append(_doi_identity(doi))
    return tuple(dict.fromkeys(found))


def _address_identity(address: str) -> str:
    if arxiv := arxiv_id(address):
        return f"arxiv:{arxiv.lower()}"
    if is_doi(doi := _DOI_PREFIX.sub("", address, count=1)):
        return _doi_identity(doi)
    if forum := _openreview_id(address):
        return f"openreview:{forum}"
    parts = urlsplit(address)
    query = f"?{parts.query}" if parts.query else ""
    return f"//{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}{query}"


def _doi_identity(doi: str) -> str:
    if found := _ARXIV_DOI.fullmatch(doi):
        return f"arxiv:{found['id'].lower()}"
    return f"doi:{doi.lower()}"
