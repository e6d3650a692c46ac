"""Answers remembered for a while, so that asking again costs nobody anything, and when each host may be asked next.

Both lie in the cache, which is not trusted: sealed values of a schema are read, and no links.
"""

import contextlib
import hashlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec

from mkdocs_papers.library.cache_folder import CacheError, make_cache_folder
from mkdocs_papers.library.store import load, save
from mkdocs_papers.sources.asking import Answer, Asker, Request, Unanswered, checked
from mkdocs_papers.sources.web import Clock, Pace

FRESH = 86_400.0
"""Seconds for which an answer is remembered."""

_OLD = 30 * FRESH
"""Seconds after which a file is removed; until then it still answers offline."""

_HOSTS = "hosts"

Value = TypeVar("Value")


class _Kept(msgspec.Struct, frozen=True):
    """An answer, and the address that was asked."""

    asked: str
    answer: Answer


class Remembering:
    """Answers from what was remembered, else asks, and remembers what was found."""

    def __init__(self, asker: Asker | None, folder: Path, now: Callable[[], float] = time.time) -> None:
        """Remember in a folder.

        Args:
            asker: who is asked for what is not remembered; None asks nobody, and takes older answers too.

        Raises:
            OSError: it cannot be made, or leads elsewhere.
        """
        make_cache_folder(folder)
        self._asker = asker
        self._folder = folder
        self._now = now
        for file in folder.glob("*.answer"):
            if self._age(file) > _OLD:
                with contextlib.suppress(OSError):
                    file.unlink()

    def ask(self, request: Request) -> Answer:
        """The answer.

        Raises:
            Unanswered: nobody gives one.
        """
        file = self._folder / f"{hashlib.sha256(request.url.encode()).hexdigest()[:32]}.answer"
        known = _read(file, _Kept) if self._asker is None or self._age(file) <= FRESH else None
        if known and known.asked == request.url:
            return known.answer
        if self._asker is None:
            raise Unanswered("is not asked: --offline, and no answer of it is remembered")
        answer = self._asker.ask(request)
        if checked(request, answer) is not None:
            _write(file, _Kept(request.url, answer))
        return answer

    def _age(self, file: Path) -> float:
        """Seconds since the file was written; a time in the future, of a clock that went wrong, counts as long ago."""
        try:
            age = self._now() - file.lstat().st_mtime
        except OSError:
            return _OLD
        return age if age >= -1 else _OLD


def kept_pace(folder: Path, clock: Clock | None = None) -> Pace:
    """When each host may be asked next, remembered in a cache folder from one run to the next."""
    file = folder / _HOSTS
    return Pace(_read(file, dict[str, float]) or {}, lambda moments: _write(file, moments), clock)


def _read(file: Path, kind: type[Value]) -> Value | None:
    """What a file holds, of a type; None where it holds nothing of that, or what nobody has sealed."""
    with contextlib.suppress(OSError, CacheError):
        return load(file, b"", kind)
    return None


def _write(file: Path, value: object) -> None:
    with contextlib.suppress(OSError):  # nothing depends on what is remembered
        save(file, b"", value)
