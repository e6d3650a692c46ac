"""Addresses: which values are meant as one, which a page may link, and what a wrong one should be."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from mkdocs_papers.records.draft import quoted
from mkdocs_papers.records.limits import LONGEST_ADDRESS
from mkdocs_papers.records.suggest import nearest

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_MEANT = re.compile(
    r"(?:[a-z][a-z0-9+.-]*:)?//|(?:https?|javascript|vbscript|data|file|mailto|ftp|blob|about):", re.IGNORECASE
)
_SPACE_OR_CONTROL = re.compile(r"[\s\x00-\x1f\x7f-\x9f]")
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[:/?#]|$)", re.IGNORECASE)


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
