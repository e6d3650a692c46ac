"""Requests and answers, whoever answers: the web, a recording, or what was remembered."""

import contextlib
import enum
import json
import re
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlencode, urlsplit
from xml.etree import ElementTree as ET

from mkdocs_papers.records.lines import BYTE_ORDER_MARK
from mkdocs_papers.sources.encoding import decoded
from mkdocs_papers.sources.values import whole

NOT_FOUND = frozenset({404, 410})
"""Statuses that say there is no such thing."""

BUSY = frozenset({429, 503})
"""Statuses that ask to come back later."""

_OK = 200
_SERVER_ERROR = 500

_LOOKED_AT = 50_000
"""So many bytes of a page are looked at for what it says of itself."""

_BOT_CHECK = re.compile(
    rb"making sure you(?:'|&#39;|&#x27;|\xe2\x80\x99)re not a bot|anubis|just a moment\.\.\.|cf-chl|challenge-platform"
    rb"|captcha|are you a (?:robot|human)|verify(?:ing)? (?:that )?you are (?:a )?human|ddos-guard"
    rb"|ChallengeRequiredError",
    re.IGNORECASE,
)
"""What pages say that are put before a site to keep programs out."""


_SUMMARY = "{http://www.w3.org/2005/Atom}summary"
"""What is wrong, in an entry of arXiv's that is an error."""

_CHARSET = re.compile(r"charset\s*=\W{0,2}([\w.:-]+)", re.IGNORECASE)
_HEAD = 1024
"""So many bytes of a page may name its encoding (https://html.spec.whatwg.org/multipage/semantics.html#charset)."""


class Expected(enum.Enum):
    """What an answer is expected to be, by the name that people know."""

    JSON = "JSON"
    ATOM = "Atom"
    BIBTEX = "BibTeX"
    PAGE = "a page"


@dataclass(frozen=True, slots=True)
class Request:
    """A GET request, its address without keys and mail addresses: whoever sends it adds those."""

    url: str
    expected: Expected

    @property
    def host(self) -> str:
        """The host that is asked."""
        return (urlsplit(self.url).hostname or "").lower()


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer.

    Attributes:
        url: the address that answered, after redirects.
        content_type: as the header says; may be empty.
        body: the body, decompressed.
        rate: the headers that tell of rate limits, by name in lower case.
    """

    url: str
    status: int
    content_type: str
    body: bytes
    date: str = ""
    rate: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """The body as text: UTF-8, else in the encoding that its header or head names; else with U+FFFD."""
        named = _CHARSET.search(self.content_type) or _CHARSET.search(self.body[:_HEAD].decode("latin-1"))
        return decoded(self.body, named[1] if named else "utf-8")

    def json(self) -> Any:
        """The body as JSON's plain values.

        Raises:
            Unanswered: it is no JSON.
        """
        try:
            return whole(json.loads(self.text.removeprefix(BYTE_ORDER_MARK)))
        except (ValueError, RecursionError) as error:
            raise Unanswered("gave no JSON") from error

    def xml(self) -> ET.Element:
        """The body as an XML tree. A document type, which could define entities that grow, is refused.

        Raises:
            Unanswered: it is no XML.
        """
        if b"<!DOCTYPE" in self.body or b"<!ENTITY" in self.body:
            raise Unanswered("gave XML with a document type, which is not read")
        try:
            return ET.fromstring(self.body)  # noqa: S314  # without a document type there are no entities to grow
        except (ET.ParseError, ValueError, RecursionError) as error:
            raise Unanswered("gave no XML") from error


class Unanswered(Exception):  # noqa: N818  # that nobody answers is no error of the program's
    """Why there is no answer, in words that follow the source's name: "asks to wait for 60 s"."""


class Asker(Protocol):
    """Answers requests."""

    def ask(self, request: Request) -> Answer:
        """The answer, whatever its status.

        Raises:
            Unanswered: there is none.
        """


def address(base: str, /, **query: str | int) -> str:
    """An address with a query."""
    return f"{base}?{urlencode(query)}" if query else base


def checked(request: Request, answer: Answer) -> Answer | None:
    """An answer that can be read as what was expected; None where it says that there is no such thing.

    Raises:
        Unanswered: it is neither.
    """
    if _is_bot_check(request, answer):
        raise Unanswered(f"gave a bot check instead of {request.expected.value}, which says nothing about the paper")
    if answer.status in NOT_FOUND:
        return None
    if answer.status in BUSY:
        raise Unanswered(f"is busy (status {answer.status})")
    if answer.status != _OK:
        raise Unanswered(f"answered with status {answer.status}{_reason(answer)}")
    return answer


def _is_bot_check(request: Request, answer: Answer) -> bool:
    """Whether a page came where none was expected, or one that asks whether a person is there."""
    start = answer.body[:512].lstrip().lower()
    is_page = "html" in answer.content_type.lower() or start.startswith((b"<!doctype html", b"<html"))
    says_so = _BOT_CHECK.search(answer.body[:_LOOKED_AT]) is not None
    if request.expected is Expected.PAGE:
        # A long page may hold such a check around its comments; one that is a check is short.
        short = answer.status != _OK or len(answer.body) < _LOOKED_AT
        return says_so and short and b"citation_title" not in answer.body
    if is_page:
        return says_so or not (answer.status in NOT_FOUND | BUSY or answer.status >= _SERVER_ERROR)
    return says_so and answer.status not in NOT_FOUND | {_OK}


def _reason(answer: Answer) -> str:
    """What an answer of another status says about itself, where that is a short line of JSON or of arXiv's Atom."""
    if b"/api/errors" in answer.body:
        with contextlib.suppress(Unanswered):
            summary = next((element.text for element in answer.xml().iter(_SUMMARY)), None) or ""
            return f": {' '.join(summary.split())[:120]}" if summary else ""
    try:
        said = json.loads(answer.body)
    except (ValueError, RecursionError):
        return ""
    if not isinstance(said, dict):
        return ""
    words = next((said[key] for key in ("message", "error", "detail") if isinstance(said.get(key), str)), "")
    return f": {' '.join(words.split())[:120]}" if words else ""
