"""Who may ask for a change: the pages of this preview, in a browser on this machine, and nobody else.

Any page on the web can make a browser send a request to this machine. What it cannot do is to send JSON without asking
first, to set ``Origin`` or ``Host``, or to read the token out of a page of another origin. A name that leads to this
machine only later (DNS rebinding) stands in ``Host``. Each of these is checked by itself, and a request with any header
twice, which no browser sends, is refused.
"""

import hmac
import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from mkdocs_papers.editing.changeable import RefusedError
from mkdocs_papers.records.limits import LARGEST_REFUSED_REQUEST, LARGEST_REQUEST

_CHUNK = 64 * 1024
_LENGTH = re.compile("[0-9]{1,15}")
_HTTP = 80

TWICE = "mkdocs_papers.twice"
"""In the environ, whether a header came twice: of two types or lengths of the content WSGI passes on only the first."""


def is_loopback(host: str) -> bool:
    """Whether a host's name or number is certainly this machine's own, which no other machine reaches."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Guard:
    """Decides whether a request is served: to its port, with a secret of this run that only its own pages hold."""

    port: int
    token: str

    def is_own(self, environ: Mapping[str, Any]) -> bool:
        """Whether a request comes from this machine, and names it by a name that nobody else can have."""
        hosts = ("127.0.0.1", "localhost", "[::1]")
        own = {f"{host}:{self.port}" for host in hosts} | ({*hosts} if self.port == _HTTP else set())
        return environ.get("HTTP_HOST", "").lower() in own and is_loopback(environ.get("REMOTE_ADDR", ""))

    def check(self, environ: Mapping[str, Any]) -> None:
        """Let a request for a change pass.

        Raises:
            RefusedError: it is not one of our own pages' requests.
        """
        if environ["REQUEST_METHOD"] != "POST":
            raise RefusedError(HTTPStatus.METHOD_NOT_ALLOWED, "changes are asked for by POST")
        if not self.is_own(environ):
            raise RefusedError(HTTPStatus.FORBIDDEN, "this preview answers to its own address only")
        if environ.get(TWICE):
            raise RefusedError(HTTPStatus.BAD_REQUEST, "send each header once")
        if environ.get("HTTP_ORIGIN", "").lower() != f"http://{environ['HTTP_HOST'].lower()}":
            raise RefusedError(HTTPStatus.FORBIDDEN, "only pages of this preview may ask for changes")
        if environ.get("HTTP_SEC_FETCH_SITE", "same-origin") != "same-origin":
            raise RefusedError(HTTPStatus.FORBIDDEN, "only pages of this preview may ask for changes")
        kind, _, parameters = environ.get("CONTENT_TYPE", "").lower().partition(";")
        if kind.strip() != "application/json" or parameters.strip() not in {"", "charset=utf-8"}:
            raise RefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "send application/json")
        given = environ.get("HTTP_X_PAPERS_TOKEN", "")
        if not hmac.compare_digest(given.encode("utf-8", "replace"), self.token.encode()):
            raise RefusedError(HTTPStatus.FORBIDDEN, "the page is of another run of the preview; reload it")


def body_of(environ: Mapping[str, Any]) -> bytes:
    """A request's body.

    Raises:
        RefusedError: it says no length, or is too large.
    """
    length = environ.get("CONTENT_LENGTH") or ""
    if not _LENGTH.fullmatch(length) or "HTTP_TRANSFER_ENCODING" in environ:
        raise RefusedError(HTTPStatus.LENGTH_REQUIRED, "say how long the request is")
    if int(length) > LARGEST_REQUEST:
        left = min(int(length), LARGEST_REFUSED_REQUEST)
        while left > 0 and (chunk := environ["wsgi.input"].read(min(left, _CHUNK))):
            left -= len(chunk)
        why = f"send no more than {LARGEST_REQUEST // 1024} KiB at once"
        raise RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, why)
    body: bytes = environ["wsgi.input"].read(int(length))
    return body
