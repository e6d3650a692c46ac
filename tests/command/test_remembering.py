"""Answers remembered for a while."""

import contextlib
import math
import os
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pytest

from mkdocs_papers.command.remembering import FRESH, Remembering, kept_pace
from mkdocs_papers.library.cache_folder import KEY_VARIABLE
from mkdocs_papers.library.store import save
from mkdocs_papers.sources.asking import Answer, Expected, Request, Unanswered
from mkdocs_papers.sources.web import Clock
from tests.sources.recorded import BOT_CHECK


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "answers"


def kept(folder: Path) -> Path:
    """The only answer that is remembered."""
    (file,) = folder.glob("*.answer")
    return file


REQUEST = Request("https://api.example.org/x", Expected.JSON)


@dataclass
class Asked:
    """Answers always the same, and counts."""

    answer: Answer
    times: int = 0
    requests: list[Request] = field(default_factory=list)

    def ask(self, request: Request) -> Answer:
        self.times += 1
        self.requests.append(request)
        return self.answer


def answer(body: bytes = b'{"a": "\xc3\xa9"}', status: int = 200, kind: str = "application/json") -> Answer:
    return Answer("https://api.example.org/y", status, kind, body, "Thu, 05 Nov 2026 12:00:00 GMT")


@pytest.mark.parametrize("body", [b'{"a": "\xc3\xa9"}', b"\xff\xfe\x00"])
def test_an_answer_is_asked_for_once(folder: Path, body: bytes) -> None:
    asked = Asked(answer(body))
    for _ in range(2):
        assert Remembering(asked, folder).ask(REQUEST) == answer(body)
    assert asked.times == 1
    assert Remembering(None, folder).ask(REQUEST).body == body


def test_after_a_while_it_is_asked_for_again(folder: Path) -> None:
    asked = Asked(answer())
    Remembering(asked, folder).ask(REQUEST)
    file = kept(folder)
    for age, times in ((FRESH + 1, 2), (-3600, 3)):
        os.utime(file, (file.stat().st_atime - age, file.stat().st_mtime - age))
        Remembering(asked, folder).ask(REQUEST)
        assert asked.times == times
    os.utime(file, (0, file.stat().st_mtime - FRESH - 1))
    assert Remembering(None, folder).ask(REQUEST).status == 200
    os.utime(file, (0, 0))
    Remembering(None, folder)
    assert not file.exists()


@pytest.mark.parametrize("said", [answer(b"", 404), answer(BOT_CHECK.encode(), kind="text/html"), answer(b"", 429)])
def test_what_says_nothing_is_not_remembered(folder: Path, said: Answer) -> None:
    asked = Asked(said)
    for _ in range(2):
        with contextlib.suppress(Unanswered):
            Remembering(asked, folder).ask(REQUEST)
    assert asked.times == 2
    assert not list(folder.glob("*.answer"))


def _planted(file: Path, value: object) -> None:
    """A value as whoever knows the key, or that there is none, can seal it."""
    save(file, b"", value)


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {"asked": REQUEST.url},
        {"asked": 1, "answer": msgspec.to_builtins(answer(), builtin_types=(bytes,))},
        {"asked": REQUEST.url, "answer": {"url": "", "status": math.inf, "content_type": "", "body": b""}},
        {"asked": REQUEST.url, "answer": {"url": "", "status": 200, "content_type": "", "body": b"", "rate": [1]}},
    ],
)
def test_a_value_that_is_no_answer_is_passed_over(folder: Path, value: object) -> None:
    asked = Asked(answer())
    Remembering(asked, folder).ask(REQUEST)
    _planted(kept(folder), value)
    assert Remembering(asked, folder).ask(REQUEST) == answer()
    assert asked.times == 2


def test_what_is_sealed_with_another_key_is_passed_over(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked(answer())
    Remembering(asked, folder).ask(REQUEST)
    monkeypatch.setenv(KEY_VARIABLE, "a secret")
    assert Remembering(asked, folder).ask(REQUEST) == answer()
    assert asked.times == 2
    for damaged in (b"", b"x" * 20, kept(folder).read_bytes() + b"x"):
        kept(folder).write_bytes(damaged)
        with pytest.raises(Unanswered, match="is not asked: --offline"):
            Remembering(None, folder).ask(REQUEST)


@pytest.mark.parametrize("place", ["answer", "hosts"])
def test_no_pipe_is_waited_for_and_nothing_is_written_through_a_link(folder: Path, place: str) -> None:
    asked = Asked(answer())
    Remembering(asked, folder).ask(REQUEST)
    file = kept(folder) if place == "answer" else folder / "hosts"
    file.unlink(missing_ok=True)
    os.mkfifo(file)
    assert Remembering(asked, folder).ask(REQUEST) == answer()
    kept_pace(folder).hold("a.org", 1)
    file.unlink()
    elsewhere = folder.parent / "elsewhere"
    elsewhere.write_text("precious", encoding="utf-8")
    file.symlink_to(elsewhere)
    assert Remembering(asked, folder).ask(REQUEST) == answer()
    kept_pace(folder).hold("a.org", 1)
    assert elsewhere.read_text(encoding="utf-8") == "precious"
    assert asked.times == (3 if place == "answer" else 1)


@pytest.mark.parametrize("value", [[], {"a.org": "x"}, {1: 1.0}, {"a.org": 10**18}, None])
def test_a_pace_that_cannot_be_read_is_none(folder: Path, value: object) -> None:
    slept: list[float] = []
    _planted(folder / "hosts", value)
    kept_pace(folder, Clock(lambda: 0.0, slept.append)).wait("a.org", 1)
    assert slept == []


def test_an_answer_to_another_request_is_not_taken(folder: Path) -> None:
    Remembering(Asked(answer()), folder).ask(Request("https://api.example.org/z", Expected.JSON))
    other = kept(folder)
    Remembering(Asked(answer()), folder).ask(REQUEST)
    (file,) = {*folder.glob("*.answer")} - {other}
    file.write_bytes(other.read_bytes())
    with pytest.raises(Unanswered, match="is not asked: --offline"):
        Remembering(None, folder).ask(REQUEST)
