"""Asking the web: at each host's pace, within limits, and nobody who is not public."""

import ipaddress
import math
import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter

from mkdocs_papers import __version__
from mkdocs_papers.records.limits import LARGEST_ANSWER
from mkdocs_papers.sources.asking import BUSY, Answer, Request, Unanswered

MOST_SECONDS = 30.0
"""How long one answer may take in all, from the look-up of the name to the last byte."""

MOST_REDIRECTS = 5
"""How many times one request may be sent on."""

LONGEST_WAIT = 20.0
"""How many seconds a request waits because its host has asked for patience; it is given up where that is not enough."""

USUAL_PACE = 1.0
"""Seconds between two requests to a host that has no pace of its own."""

_SILENCE = 15.0
"""Seconds after which a connection on which nothing comes is given up."""

_LONGEST_PATIENCE = 86_400.0
"""A host that asks for more than a day is asked again after a day."""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PORTS = {"http": 80, "https": 443}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Lookup = Callable[[str, int], list[str]]
"""The addresses of a host and port, as numbers."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """What is sent along to one host; it is neither recorded nor remembered."""

    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Clock:
    """Tells the time, in seconds since 1970, and waits."""

    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep


def look_up(host: str, port: int) -> list[str]:
    """The addresses of a host, as the operating system knows them.

    Raises:
        OSError: it knows none.
    """
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def is_public(address: str) -> bool:
    """Whether an IP address in numbers is of the public internet, and any IPv4 address that is wrapped in it, too."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        wrapped = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            wrapped = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if wrapped and not is_public(str(wrapped)):
            return False
        if ip.ipv4_mapped:
            return True
    return ip.is_global and not ip.is_multicast


def public_address(host: str, port: int, lookup: Lookup = look_up) -> str:
    """The address to connect to: the host's first, where all of its addresses are public.

    Raises:
        Unanswered: one is not, or the name has none.
    """
    try:
        found = lookup(host, port)
    except (OSError, UnicodeError) as error:
        raise Unanswered(f"cannot be reached: the name {host} is not known") from error
    if not found or not all(map(is_public, found)):
        raise Unanswered(f"is not asked: {host} is no public address")
    return found[0]


class Pace:
    """When each host may be asked next."""

    def __init__(
        self,
        known: Mapping[str, float] | None = None,
        keep: Callable[[Mapping[str, float]], None] = lambda _: None,
        clock: Clock | None = None,
    ) -> None:
        """Begin with what earlier runs have left.

        Args:
            known: the moment from which each host may be asked, in seconds since 1970.
            keep: is told of each change, for later runs.
        """
        self._keep = keep
        self._clock = clock or Clock()
        latest = self._clock.now() + _LONGEST_PATIENCE
        self._next = {host: moment for host, moment in (known or {}).items() if moment <= latest}

    def wait(self, host: str, seconds: float) -> None:
        """Wait until the host may be asked, and claim the moment.

        Raises:
            Unanswered: it has asked to be left alone for longer than anybody waits.
        """
        patience = self._next.get(host, 0.0) - self._clock.now()
        if patience > LONGEST_WAIT:
            raise Unanswered(f"has asked not to be asked again for {math.ceil(patience)} s")
        if patience > 0:
            self._clock.sleep(patience)
        self.hold(host, seconds)

    def hold(self, host: str, seconds: float) -> None:
        """Let nobody ask the host for so many seconds from now."""
        until = self._clock.now() + min(seconds, _LONGEST_PATIENCE)
        self._next[host] = max(until, self._next.get(host, 0.0))
        self._keep(self._next)


class _PinnedAdapter(HTTPAdapter):
    """Connects to the address that was checked, so that a name cannot lead elsewhere in between."""

    def __init__(self, lookup: Lookup) -> None:
        super().__init__()
        self._lookup = lookup

    def get_connection_with_tls_context(
        self,
        request: requests.PreparedRequest,
        verify: Any,
        proxies: Any = None,  # noqa: ARG002  # there are none
        cert: Any = None,
    ) -> Any:
        where, tls = self.build_connection_pool_key_attributes(request, verify, cert)
        host, scheme = where["host"], where["scheme"]
        port = where.get("port") or _PORTS[scheme]
        ip = public_address(host, port, self._lookup)
        request.headers["Host"] = host if port == _PORTS[scheme] else f"{host}:{port}"
        named: dict[str, str] = {}
        if scheme == "https":  # the certificate is the host's, whatever its address
            named = {"server_hostname": host, "assert_hostname": host}
        return self.poolmanager.connection_from_host(ip, port=port, scheme=scheme, pool_kwargs={**tls, **named})


class _Session(requests.Session):
    """Follows no redirect by itself, and so reads nothing of what came with one either."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        """None: whoever asked looks at where it leads first."""


class Web:
    """Answers requests by asking the web."""

    def __init__(
        self,
        paces: Mapping[str, float],
        credentials: Mapping[str, Credentials],
        pace: Pace | None = None,
        lookup: Lookup = look_up,
    ) -> None:
        """Begin a session.

        Args:
            credentials: what to send along to a host.
            pace: when each host may be asked next.
        """
        self._paces = paces
        self._credentials = credentials
        self._pace = pace or Pace()
        self._session = _Session()
        # No proxy and no password of the environment: a proxy looks names up again, and no source wants a login.
        self._session.trust_env = False
        self._session.headers["User-Agent"] = f"mkdocs-papers/{__version__} (+https://pypi.org/project/mkdocs-papers/)"
        for scheme in _PORTS:
            self._session.mount(f"{scheme}://", _PinnedAdapter(lookup))

    def ask(self, request: Request) -> Answer:
        """The answer, after redirects and, where a host asks for a little patience, after that."""
        answer = self._answer(request.url)
        if answer.status in BUSY:
            host = (urlsplit(answer.url).hostname or "").lower()
            self._pace.hold(host, _retry_after(dict(answer.rate).get("retry-after", "")))
            answer = self._answer(request.url)
            if answer.status in BUSY:
                self._pace.hold(host, _retry_after(dict(answer.rate).get("retry-after", "")))
        return answer

    def _answer(self, url: str) -> Answer:
        """The answer after redirects."""
        for _ in range(MOST_REDIRECTS + 1):
            parts = urlsplit(url)
            if parts.scheme not in _PORTS or not parts.hostname:
                raise Unanswered(f"leads to {url[:200]}, which is no http(s) address")
            host = parts.hostname.lower()
            self._pace.wait(host, self._paces.get(host, USUAL_PACE))
            answer, location = _in_time(lambda url=url, host=host: self._get(url, host))  # type: ignore[misc]  # defaults
            if not location:
                return answer
            url = urljoin(url, location)
        raise Unanswered(f"sends on more than {MOST_REDIRECTS} times")

    def _get(self, url: str, host: str) -> tuple[Answer, str]:
        """One answer, and where it sends on to; "" for nowhere."""
        # Keys go only to their host, and never in the clear.
        sent = self._credentials.get(host, Credentials()) if url.startswith("https://") else Credentials()
        try:
            with self._session.get(
                url,
                params=dict(sent.query),
                headers=dict(sent.headers),
                allow_redirects=False,
                stream=True,
                timeout=_SILENCE,
            ) as response:
                status = response.status_code
                location = response.headers.get("Location", "") if status in _REDIRECTS else ""
                body = b"" if location else _body(response)
                rate = {
                    name.lower(): value
                    for name, value in response.headers.items()
                    if "rate" in name.lower() or name.lower() in {"retry-after", "x-api-pool"}
                }
                content_type, date = response.headers.get("Content-Type", ""), response.headers.get("Date", "")
                return Answer(url, status, content_type, body, date, tuple(sorted(rate.items()))), location
        except (requests.RequestException, OSError, UnicodeError, ValueError) as error:
            raise Unanswered(f"cannot be reached: {_why(error)}") from error


def _body(response: requests.Response) -> bytes:
    body = bytearray()
    for chunk in response.iter_content(65_536):
        body += chunk
        if len(body) > LARGEST_ANSWER:
            raise Unanswered(f"gave more than {LARGEST_ANSWER // 1024**2} MiB")
    return bytes(body)


def _in_time(get: Callable[[], tuple[Answer, str]]) -> tuple[Answer, str]:
    """What it gives, unless that takes too long: a server may send a byte now and then for ever."""
    given: list[tuple[Answer, str]] = []
    raised: list[BaseException] = []

    def run() -> None:
        try:
            given.append(get())
        except BaseException as error:  # noqa: BLE001  # raised again below, in the thread that waits
            raised.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(MOST_SECONDS)
    if raised:
        raise raised[0]
    if not given:
        raise Unanswered(f"gave no whole answer in {MOST_SECONDS:.0f} s")
    return given[0]


def _retry_after(header: str) -> float:
    """The seconds that a header Retry-After asks for: a number, or a date (RFC 9110, 10.2.3); without one, a few."""
    try:
        return max(float(header), 0.0)
    except ValueError:
        pass
    try:
        return max(parsedate_to_datetime(header).timestamp() - time.time(), 0.0)
    except (ValueError, TypeError):
        return 2.0


def _why(error: BaseException) -> str:
    """The kind of failure in a few words, without addresses, which may hold a key."""
    if isinstance(error, requests.Timeout):
        return f"no answer for {_SILENCE:.0f} s"
    if isinstance(error, requests.exceptions.SSLError):
        return "its certificate cannot be trusted"
    if isinstance(error, requests.ConnectionError):
        return "no connection"
    return type(error).__name__
