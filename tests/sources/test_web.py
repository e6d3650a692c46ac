"""Asking the web: whom, how often, how long, how much. Nothing here opens a socket."""

import io
import math
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests
import urllib3
from requests.adapters import BaseAdapter

from mkdocs_papers.command.remembering import kept_pace
from mkdocs_papers.sources import web
from mkdocs_papers.sources.asking import Expected, Request, Unanswered
from mkdocs_papers.sources.web import Clock, Credentials, Pace, Web, is_public, public_address

URL = "https://api.example.org/works/1"
REQUEST = Request(URL, Expected.JSON)
OK: tuple[int, Mapping[str, str], bytes | Exception] = (200, {}, b"{}")


@dataclass
class Time:
    """A clock that only sleeping moves."""

    now: float = 1_000.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.now, self.sleep)


class Counted(io.BytesIO):
    """A body that tells how much of it was read."""

    def __init__(self, body: bytes, read: list[int]) -> None:
        super().__init__(body)
        self._read = read

    def read(self, size: int | None = -1, /) -> bytes:
        found = super().read(size)
        self._read.append(len(found))
        return found


class Given(BaseAdapter):
    """Gives answers in order, whoever is asked, and keeps what was sent."""

    def __init__(self, *answers: tuple[int, Mapping[str, str], bytes | Exception]) -> None:
        super().__init__()
        self.answers = list(answers)
        self.sent: list[requests.PreparedRequest] = []
        self.read: list[int] = []

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        self.sent.append(request)
        status, headers, body = self.answers.pop(0)
        if isinstance(body, Exception):
            raise body
        response = requests.Response()
        response.status_code = status
        response.headers.update(headers)
        response.raw = urllib3.HTTPResponse(Counted(body, self.read), headers=headers, preload_content=False)
        response.url, response.request = request.url or "", request
        return response

    def close(self) -> None:
        """Nothing is open."""


@pytest.fixture
def time() -> Time:
    return Time()


def asking(
    given: Given, time: Time, credentials: Mapping[str, Credentials] | None = None, pace: Pace | None = None
) -> Web:
    asker = Web({"api.example.org": 3.0}, credentials or {}, pace or Pace(clock=time.clock))
    asker._session.mount("https://", given)  # noqa: SLF001  # in place of the one that connects
    asker._session.mount("http://", given)  # noqa: SLF001
    return asker


def test_an_answer(time: Time) -> None:
    headers = {"Content-Type": "application/json", "Date": "now", "X-Rate-Limit-Limit": "5", "Set-Cookie": "a=b"}
    given = Given((200, headers, b'{"a": 1}'))
    answer = asking(given, time).ask(REQUEST)
    assert (answer.status, answer.url, answer.content_type, answer.body) == (200, URL, "application/json", b'{"a": 1}')
    assert (answer.date, answer.rate) == ("now", (("x-rate-limit-limit", "5"),))
    assert given.sent[0].headers["User-Agent"].startswith("mkdocs-papers/")


def test_each_host_has_its_pace(time: Time) -> None:
    asker = asking(Given(OK, OK, OK, OK), time)
    asker.ask(REQUEST)
    asker.ask(Request("https://other.example.org/", Expected.JSON))
    assert time.slept == []
    asker.ask(REQUEST)
    assert time.slept == [3.0]
    asker.ask(Request("https://other.example.org/", Expected.JSON))
    assert time.slept == [3.0]


def test_the_pace_is_kept_from_one_run_to_the_next(time: Time, tmp_path: Path) -> None:
    asking(Given(OK), time, pace=kept_pace(tmp_path, time.clock)).ask(REQUEST)
    time.now += 1
    asking(Given(OK), time, pace=kept_pace(tmp_path, time.clock)).ask(REQUEST)
    assert time.slept == [2.0]


def test_a_moment_further_off_than_anybody_asks_for_is_none(time: Time) -> None:
    for moment in (1e12, math.inf, math.nan):
        asking(Given(OK), time, pace=Pace({"api.example.org": moment}, clock=time.clock)).ask(REQUEST)
    assert time.slept == []


def test_a_little_patience_is_had(time: Time) -> None:
    given = Given((429, {"Retry-After": "7"}, b""), (200, {}, b"{}"))
    assert asking(given, time).ask(REQUEST).status == 200
    assert time.slept == [7.0]


def test_much_patience_is_not_but_it_is_kept(time: Time, tmp_path: Path) -> None:
    given = Given((503, {"Retry-After": "3600"}, b""))
    with pytest.raises(Unanswered, match=r"has asked not to be asked again for 3600 s"):
        asking(given, time, pace=kept_pace(tmp_path, time.clock)).ask(REQUEST)
    again = Given((200, {}, b"{}"))
    with pytest.raises(Unanswered, match=r"has asked not to be asked again for 3600 s"):
        asking(again, time, pace=kept_pace(tmp_path, time.clock)).ask(REQUEST)
    time.now += 3600
    assert asking(again, time, pace=kept_pace(tmp_path, time.clock)).ask(REQUEST).status == 200


def test_a_host_that_stays_busy_is_asked_twice(time: Time) -> None:
    given = Given((429, {}, b""), (429, {"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}, b""))
    assert asking(given, time).ask(REQUEST).status == 429
    assert len(given.sent) == 2


def test_redirects_are_followed_a_few_times(time: Time) -> None:
    given = Given(
        (302, {"Location": "/works/2"}, b"x"), (301, {"Location": "https://b.example.org/3"}, b""), (200, {}, b"{}")
    )
    assert asking(given, time).ask(REQUEST).url == "https://b.example.org/3"
    assert [request.url for request in given.sent] == [
        URL,
        "https://api.example.org/works/2",
        "https://b.example.org/3",
    ]
    round_and_round = Given(*[(302, {"Location": URL}, b"")] * 10)
    with pytest.raises(Unanswered, match="sends on more than 5 times"):
        asking(round_and_round, time).ask(REQUEST)
    assert len(round_and_round.sent) == 6


def test_what_comes_with_a_redirect_is_not_read(time: Time) -> None:
    given = Given((302, {"Location": "/works/2"}, b"x" * 1_000), (200, {}, b"{}"))
    asking(given, time).ask(REQUEST)
    assert sum(given.read) == 2


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://example.org/", "javascript:x"])
def test_redirects_lead_to_the_web_only(time: Time, location: str) -> None:
    with pytest.raises(Unanswered, match="is no http"):
        asking(Given((302, {"Location": location}, b"")), time).ask(REQUEST)


def test_keys_go_to_their_host_alone(time: Time) -> None:
    credentials = {"api.example.org": Credentials({"mailto": "a@example.org"}, {"x-api-key": "secret"})}
    clear = "http://api.example.org/"
    given = Given((302, {"Location": clear}, b""), (302, {"Location": "https://evil.example.org/"}, b""), OK)
    answer = asking(given, time, credentials).ask(REQUEST)
    assert given.sent[0].url == f"{URL}?mailto=a%40example.org"
    assert given.sent[0].headers["x-api-key"] == "secret"
    assert [request.url for request in given.sent[1:]] == [clear, "https://evil.example.org/"]
    assert not any("x-api-key" in request.headers for request in given.sent[1:])
    assert "mailto" not in answer.url


def test_a_long_answer_is_not_read(time: Time, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "LARGEST_ANSWER", 1_000_000)
    with pytest.raises(Unanswered, match="gave more than 0 MiB"):
        asking(Given((200, {}, b"x" * 1_000_001)), time).ask(REQUEST)


def test_an_endless_answer_is_given_up(time: Time, monkeypatch: pytest.MonkeyPatch) -> None:
    never = threading.Event()
    monkeypatch.setattr(web, "MOST_SECONDS", 0.01)
    given = Given((200, {}, b""))
    monkeypatch.setattr(given, "send", lambda *_, **__: never.wait(60))
    with pytest.raises(Unanswered, match="gave no whole answer in 0 s"):
        asking(given, time).ask(REQUEST)
    never.set()


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (requests.ConnectionError("https://api.example.org/?key=secret"), "cannot be reached: no connection"),
        (requests.Timeout("secret"), "cannot be reached: no answer for 15 s"),
        (requests.exceptions.SSLError("secret"), "cannot be reached: its certificate cannot be trusted"),
        (requests.exceptions.ContentDecodingError("secret"), "cannot be reached: ContentDecodingError"),
    ],
)
def test_why_nobody_answers(time: Time, error: Exception, why: str) -> None:
    with pytest.raises(Unanswered) as raised:
        asking(Given((0, {}, error)), time).ask(REQUEST)
    assert str(raised.value) == why


@pytest.mark.parametrize(
    "ip",
    [
        *("127.0.0.1", "0.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
        *(
            "224.0.0.1",
            "255.255.255.255",
            "192.0.2.1",
            "::1",
            "::",
            "fe80::1%eth0",
            "fc00::1",
            "ff02::1",
            "2001:db8::1",
        ),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"),
    ],
)
def test_private_addresses(ip: str) -> None:
    assert not is_public(ip)
    with pytest.raises(Unanswered, match="is not asked: host is no public address"):
        public_address("host", 443, lambda *_: [ip])
    with pytest.raises(Unanswered, match="is no public address"):
        public_address("host", 443, lambda *_: ["93.184.215.14", ip])


@pytest.mark.parametrize("ip", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:93.184.215.14"])
def test_public_addresses(ip: str) -> None:
    assert public_address("host", 443, lambda *_: [ip]) == ip


def test_a_name_that_nobody_knows() -> None:
    def unknown(*_: object) -> list[str]:
        raise OSError("no such name")

    with pytest.raises(Unanswered, match="cannot be reached: the name host is not known"):
        public_address("host", 443, unknown)


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[Any, dict[str, Any]]]]:
    """Where a pool would have connected, and what it would have sent."""
    seen: list[tuple[Any, dict[str, Any]]] = []

    def urlopen(pool: Any, **sent: Any) -> urllib3.HTTPResponse:
        seen.append((pool, sent))
        return urllib3.HTTPResponse(io.BytesIO(b"{}"), status=200, preload_content=False)

    monkeypatch.setattr(urllib3.connectionpool.HTTPConnectionPool, "urlopen", urlopen)
    return iter([seen])


def test_the_address_that_was_checked_is_connected_to(
    time: Time, connected: Iterator[list[tuple[Any, dict[str, Any]]]]
) -> None:
    looked_up: list[str] = []

    def lookup(host: str, _port: int) -> list[str]:
        looked_up.append(host)
        # A name that leads to another address when it is looked up again.
        return ["93.184.215.14" if len(looked_up) == 1 else "127.0.0.1"]

    asker = Web({}, {}, Pace(clock=time.clock), lookup)
    asker.ask(REQUEST)
    pool, sent = next(connected)[0]
    assert looked_up == ["api.example.org"]
    assert (pool.host, pool.port, pool.scheme) == ("93.184.215.14", 443, "https")
    assert sent["headers"]["Host"] == "api.example.org"
    assert (pool.conn_kw["server_hostname"], pool.assert_hostname) == ("api.example.org", "api.example.org")
    assert pool.cert_reqs in {"CERT_REQUIRED", None}
    with pytest.raises(Unanswered, match=r"is not asked: api.example.org is no public address"):
        asker.ask(REQUEST)


def test_a_private_address_is_not_asked_nor_by_redirect(time: Time) -> None:
    addresses = {"api.example.org": "93.184.215.14", "127.0.0.1": "127.0.0.1", "inside.example.org": "10.0.0.1"}
    asker = Web({}, {}, Pace(clock=time.clock), lambda host, _port: [addresses[host]])
    for url in ("http://127.0.0.1:8000/", "https://inside.example.org/"):
        with pytest.raises(Unanswered, match="is no public address"):
            asker.ask(Request(url, Expected.PAGE))
    asker._session.mount("https://api.example.org", Given((302, {"Location": "http://127.0.0.1:8000/"}, b"")))  # noqa: SLF001
    with pytest.raises(Unanswered, match=r"127.0.0.1 is no public address"):
        asker.ask(REQUEST)


def test_neither_proxies_nor_passwords_of_the_environment(time: Time, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    asker = Web({}, {}, Pace(clock=time.clock), lambda *_: ["127.0.0.1"])
    with pytest.raises(Unanswered, match="is no public address"):
        asker.ask(REQUEST)
