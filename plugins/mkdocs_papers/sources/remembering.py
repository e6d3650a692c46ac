"""Answers remembered for a while, so that asking again costs nobody anything.

What is remembered are the bytes of strangers: plain JSON, whose every value is looked at.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import time
from collections.abc import Callable
from pathlib import Path

from mkdocs_papers.sources.asking import Answer, Asker, Request, Unanswered, checked

FRESH = 86_400.0
"""Seconds for which an answer is remembered."""

_OLD = 30 * FRESH
"""Seconds after which a file is removed; until then it still answers offline."""


class Remembering:
    """Answers from what was remembered, else asks, and remembers what was found."""

    def __init__(self, asker: Asker | None, folder: Path, now: Callable[[], float] = time.time) -> None:
        """Remember in a folder.

        Args:
            asker: who is asked for what is not remembered; None asks nobody, and takes older answers too.
            folder: where answers are remembered; it exists.
            now: tells the time, in seconds since 1970.
        """
        self._asker = asker
        self._folder = folder
        self._now = now
        for file in folder.glob("*.answer.json"):
            if self._age(file) > _OLD:
                file.unlink(missing_ok=True)

    def ask(self, request: Request) -> Answer:
        """The answer.

        Raises:
            Unanswered: nobody gives one.
        """
        file = self._folder / f"{hashlib.sha256(request.url.encode()).hexdigest()[:32]}.answer.json"
        if (self._asker is None or self._age(file) <= FRESH) and (known := _read(file, request)):
            return known
        if self._asker is None:
            raise Unanswered("is not asked: --offline, and no answer of it is remembered")
        answer = self._asker.ask(request)
        if checked(request, answer) is not None:
            _write(file, request, answer)
        return answer

    def _age(self, file: Path) -> float:
        """Seconds since the file was written; a time in the future, of a clock that went wrong, counts as long ago."""
        try:
            age = self._now() - file.stat().st_mtime
        except OSError:
            return _OLD
        return age if age >= -1 else _OLD


def _read(file: Path, request: Request) -> Answer | None:
    """The answer that a file holds; None where it holds none to this request."""
    try:
        kept = json.loads(file.read_bytes())
        if kept["asked"] != request.url:
            return None
        body = base64.b64decode(kept["base64"]) if "base64" in kept else str(kept["text"]).encode()
        return Answer(str(kept["url"]), int(kept["status"]), str(kept["content_type"]), body, str(kept["date"]))
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError, binascii.Error):
        return None


def _write(file: Path, request: Request, answer: Answer) -> None:
    kept = {
        "asked": request.url,
        "url": answer.url,
        "status": answer.status,
        "content_type": answer.content_type,
        "date": answer.date,
    }
    try:
        kept["text"] = answer.body.decode()
    except UnicodeDecodeError:
        kept["base64"] = base64.b64encode(answer.body).decode()
    staging = file.with_suffix(".new")
    try:
        staging.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
        staging.replace(file)
    except OSError:  # nothing depends on what is remembered
        staging.unlink(missing_ok=True)
