"""Answers remembered for a while."""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from mkdocs_papers.sources.asking import Answer, BotCheck, Expected, Request, Unanswered
from mkdocs_papers.sources.remembering import FRESH, Remembering
from tests.sources.recorded import BOT_CHECK

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
def test_an_answer_is_asked_for_once(tmp_path: Path, body: bytes) -> None:
    asked = Asked(answer(body))
    for _ in range(2):
        assert Remembering(asked, tmp_path).ask(REQUEST) == answer(body)
    assert asked.times == 1
    assert Remembering(None, tmp_path).ask(REQUEST).body == body


def test_after_a_while_it_is_asked_for_again(tmp_path: Path) -> None:
    asked = Asked(answer())
    Remembering(asked, tmp_path).ask(REQUEST)
    (file,) = tmp_path.iterdir()
    for age, times in ((FRESH + 1, 2), (-3600, 3)):
        os.utime(file, (file.stat().st_atime - age, file.stat().st_mtime - age))
        Remembering(asked, tmp_path).ask(REQUEST)
        assert asked.times == times
    os.utime(file, (0, file.stat().st_mtime - FRESH - 1))
    assert Remembering(None, tmp_path).ask(REQUEST).status == 200
    os.utime(file, (0, 0))
    Remembering(None, tmp_path)
    assert not file.exists()


@pytest.mark.parametrize("said", [answer(b"", 404), answer(BOT_CHECK.encode(), kind="text/html"), answer(b"", 429)])
def test_what_says_nothing_is_not_remembered(tmp_path: Path, said: Answer) -> None:
    asked = Asked(said)
    for _ in range(2):
        with contextlib.suppress(BotCheck, Unanswered):
            Remembering(asked, tmp_path).ask(REQUEST)
    assert asked.times == 2
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        '{"asked": 1}',
        json.dumps({"asked": REQUEST.url, "url": "", "status": "x", "content_type": "", "date": "", "text": ""}),
        "[" * 100_000,
    ],
)
def test_a_file_that_holds_something_else_is_passed_over(tmp_path: Path, content: str) -> None:
    asked = Asked(answer())
    Remembering(asked, tmp_path).ask(REQUEST)
    (file,) = tmp_path.iterdir()
    file.write_text(content, encoding="utf-8")
    assert Remembering(asked, tmp_path).ask(REQUEST) == answer()
    assert asked.times == 2


def test_an_answer_to_another_request_is_not_taken(tmp_path: Path) -> None:
    Remembering(Asked(answer()), tmp_path).ask(REQUEST)
    (file,) = tmp_path.iterdir()
    file.write_text(file.read_text(encoding="utf-8").replace("org/x", "org/z"), encoding="utf-8")
    with pytest.raises(Unanswered, match="is not asked: --offline"):
        Remembering(None, tmp_path).ask(REQUEST)
