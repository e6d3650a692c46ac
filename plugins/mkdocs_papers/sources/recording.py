"""Recordings: a folder with answers and an ``index.json``, written while asking and read instead of asking.

The index is a list of objects with ``file``, ``url``, ``method``, ``request_body``, ``status``, ``content_type``,
``date`` and ``rate``, the headers of rate limits or null; others are passed over. No key and no mail address is in it.
"""

import dataclasses
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from mkdocs_papers.sources.asking import Answer, Asker, Request, Unanswered

INDEX = "index.json"

SECRETS = frozenset({"api_key", "apikey", "api-key", "key", "token", "access_token", "mailto", "mail", "email"})
"""Parameters that say who asks."""

_FIELDS = frozenset({"fields", "select"})
"""Parameters that say which fields are wanted."""

_FORM = frozenset(
    {"include", "sortby", "sortorder", "start", "max_results", "search_query", "rows", "per-page", "per_page"}
)
"""Parameters of form, which a recording by another program may have besides those of a request."""

_UNSAFE = re.compile(r"[^A-Za-z0-9.]+")
_WORD = re.compile(r"\w+")
_SUFFIXES = {"json": ".json", "atom": ".xml", "xml": ".xml", "html": ".html", "bibtex": ".bib"}


_Query = frozenset[tuple[str, str]]
"""Name and words of the parameters, without those that say who asks and which fields are wanted."""


class RecordingError(Exception):
    """A folder that is no recording; its one line says which and why."""


@dataclass(frozen=True, slots=True)
class _Entry:
    place: tuple[str, str]
    query: _Query
    file: str
    answer: Answer


class Replaying:
    """Answers from a recording, and asks nobody."""

    def __init__(self, folder: Path) -> None:
        """Read a recording.

        Raises:
            RecordingError: it is none.
        """
        self._folder = folder
        self._entries = tuple(_entries(folder))

    def ask(self, request: Request) -> Answer:
        """The recorded answer: of the same method, host, path and query, the query in any order."""
        place, wanted = _asked(request.url)
        alike = [entry for entry in self._entries if entry.place == place]
        # Of another program's recording, parameters of form do not count.
        own = (
            entry for entry in alike if wanted <= entry.query and all(name in _FORM for name, _ in entry.query - wanted)
        )
        entry = next((entry for entry in alike if entry.query == wanted), None) or next(own, None)
        if entry is None:
            raise Unanswered(f"is not in the recording: GET {request.url}")
        try:
            body = (self._folder / entry.file).read_bytes()
        except OSError as error:
            raise Unanswered(f"is not in the recording: {entry.file} cannot be read, {error.strerror}") from error
        return dataclasses.replace(entry.answer, body=body)


class Recording:
    """Asks, and keeps each answer."""

    def __init__(self, asker: Asker, folder: Path, secrets: Sequence[str] = ()) -> None:
        """Keep answers in a folder, beside those that it has.

        Args:
            folder: made where it is not there.
            secrets: keys and mail addresses, which are taken out of bodies too.

        Raises:
            RecordingError: the folder holds something else.
        """
        self._asker = asker
        self._folder = folder
        self._secrets = tuple(secret for secret in secrets if secret)
        folder.mkdir(parents=True, exist_ok=True)
        self._index: list[dict[str, Any]] = _read_index(folder) if (folder / INDEX).exists() else []

    def ask(self, request: Request) -> Answer:
        """The answer, kept."""
        answer = self._asker.ask(request)
        url = without_secrets(request.url)
        self._index = [entry for entry in self._index if entry.get("url") != url]
        taken = {entry.get("file") for entry in self._index}
        file = _file_name(url, answer.content_type, taken)
        body = answer.body
        for secret in self._secrets:
            body = body.replace(secret.encode(), b"-")
        (self._folder / file).write_bytes(body)
        self._index.append({
            "file": file, "url": url, "method": "GET", "request_body": None, "status": answer.status,
            "content_type": answer.content_type, "date": answer.date, "rate": dict(answer.rate) or None,
        })  # fmt: skip
        text = json.dumps(self._index, ensure_ascii=False, indent=1) + "\n"
        (self._folder / INDEX).write_text(text, encoding="utf-8")
        return answer


def without_secrets(url: str) -> str:
    """An address without the parameters that say who asks."""
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    if not any(name.lower() in SECRETS for name, _ in pairs):
        return url
    return urlunsplit(parts._replace(query=urlencode([pair for pair in pairs if pair[0].lower() not in SECRETS])))


def _entries(folder: Path) -> Iterator[_Entry]:
    for entry in _read_index(folder):
        url, file = entry.get("url"), entry.get("file")
        if not isinstance(url, str) or not isinstance(file, str) or entry.get("method", "GET") != "GET":
            continue
        if Path(file).name != file:
            raise RecordingError(f"{folder / INDEX}: {file!r} is no file of the folder")
        try:
            (place, query), status = _asked(url), int(entry.get("status") or 0)
        except (ValueError, TypeError) as error:
            raise RecordingError(f"{folder / INDEX}: {file}: {error}") from error
        content_type, date, rate = str(entry.get("content_type") or ""), str(entry.get("date") or ""), entry.get("rate")
        rates = tuple((str(name), str(value)) for name, value in rate.items()) if isinstance(rate, dict) else ()
        yield _Entry(place, query, file, Answer(url, status, content_type, b"", date, rates))


def _read_index(folder: Path) -> list[dict[str, Any]]:
    path = folder / INDEX
    try:
        index = json.loads(path.read_bytes())
    except OSError as error:
        raise RecordingError(f"{path}: {error.strerror}; a recording is a folder as --record makes it") from error
    except (ValueError, RecursionError) as error:
        raise RecordingError(f"{path}: not JSON: {error}") from error
    if not isinstance(index, list) or not all(isinstance(entry, dict) for entry in index):
        raise RecordingError(f"{path}: expected a list of objects")
    return index


def _asked(url: str) -> tuple[tuple[str, str], _Query]:
    """Host and path, without percent signs and letter case, at which no DOI and no arXiv id looks; the query."""
    parts = urlsplit(url)
    pairs = [
        (name.lower(), " ".join(_WORD.findall(value))) for name, value in parse_qsl(parts.query, keep_blank_values=True)
    ]
    query = frozenset(pair for pair in pairs if pair[0] not in SECRETS | _FIELDS)
    path = unquote(parts.path).rstrip("/").lower().replace("/https://doi.org/", "/doi:")
    return ((parts.hostname or "").lower(), path), query


def _file_name(url: str, content_type: str, taken: set[Any]) -> str:
    parts = urlsplit(url)
    stem = _UNSAFE.sub("-", unquote(f"{parts.hostname}{parts.path}-{parts.query}")).strip("-.")[:80]
    kind = content_type.partition(";")[0].lower()
    suffix = next((suffix for word, suffix in _SUFFIXES.items() if word in kind), ".txt")
    name, number = f"{stem}{suffix}", 2
    while name in taken:
        name, number = f"{stem}-{number}{suffix}", number + 1
    return name
