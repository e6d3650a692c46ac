"""A preview without a server: the application that edits, around one that serves a page, asked as PEP 3333 says."""

import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment
from wsgiref.validate import validator

from mkdocs_papers.editing.adding import Adding
from mkdocs_papers.editing.app import PREFIX, Edited, EditingApp
from mkdocs_papers.editing.guard import Guard
from mkdocs_papers.library.load import load
from mkdocs_papers.library.settings import Settings, settings_from
from mkdocs_papers.pages.address import Website
from mkdocs_papers.pages.language import language
from mkdocs_papers.pages.render import Renderer
from tests.sites import write_files

PORT = 8000
HOST = f"127.0.0.1:{PORT}"
TOKEN = "a-token-of-this-run"

QUEST = """\
# Mine.
paper {
  title: "Quest"  # as printed
}
keyword {
  words: kv_cache   # first
}
status: to_read
"""

FILES: dict[str, str | bytes] = {
    "meta/2024/Quest.prototxt": QUEST,
    "meta/2023/H2O.yaml": "paper:\n  title: H2O\n",
    "meta/2023/Broken.yaml": "paper: [\n",
    "notes/2023/H2O/note.md": "# H2O\n",
}

OPTIONS: dict[str, Any] = {
    "keywords": {"kv_cache": "KV Cache", "sparse": "Sparse Attention"},
    "aliases": {"keyword": {"Cache": "kv_cache"}},
}

PAGE = b"<html><body><article><article>Words</article> after</article><p></p></body></html>"


def site(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """A site whose every page is `PAGE`, with one picture."""
    if environ["PATH_INFO"].endswith(".png"):
        start_response("200 OK", [("Content-Type", "image/png"), ("Content-Length", "3")])
        return [b"png"]
    if environ["PATH_INFO"].endswith("/none/"):
        start_response("404 Not Found", [("Content-Type", "text/html")])
        return [b"<body>none</body>"]
    start_response("200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(PAGE)))])
    return [PAGE[:10], PAGE[10:]]


@dataclass
class Answer:
    """What was answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def said(self) -> dict[str, Any]:
        """The JSON in it, which is one line."""
        assert self.headers["Content-Type"] == "application/json; charset=utf-8"
        assert self.body.count(b"\n") == 0
        found: dict[str, Any] = json.loads(self.body)
        return found


@dataclass
class Preview:
    """A preview of a small library.

    Attributes:
        root: the project's folder.
        settings: the library's.
        app: what answers.
        on: whether anything can be edited.
    """

    root: Path
    settings: Settings
    app: EditingApp
    on: list[bool] = field(default_factory=lambda: [True])

    def ask(self, path: str, body: bytes | None = None, method: str = "GET", **changed: Any) -> Answer:
        """The answer to a request that a browser of this machine sends; `changed` are other values of the environ."""
        content = b"" if body is None else body
        environ = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": str(PORT),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": HOST,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(content),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            "QUERY_STRING": "",
            **changed,
        }
        begun: list[Any] = []

        def start_response(status: str, headers: list[tuple[str, str]], _: Any = None) -> Any:
            begun.append((status, headers))

        environ = {name: value for name, value in environ.items() if value is not None}
        answer = validator(self.app)(environ, start_response)
        try:
            content = b"".join(answer)
        finally:
            answer.close()  # type: ignore[attr-defined]  # the validator's answer has it
        status, headers = begun[0]
        named = dict(headers)
        assert int(named.get("Content-Length", len(content))) == len(content)
        return Answer(int(status[:3]), named, content)

    def post(self, what: str, wanted: object, **changed: Any) -> Answer:
        """The answer to a change that one of the preview's own pages asks for."""
        body = wanted if isinstance(wanted, bytes) else json.dumps(wanted).encode()
        own = {
            "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_ORIGIN": f"http://{HOST}",
            "HTTP_SEC_FETCH_SITE": "same-origin",
            "HTTP_X_PAPERS_TOKEN": TOKEN,
        }
        return self.ask(PREFIX + what, body, "POST", **{**own, **changed})

    def read_no_more(self) -> None:
        """From now on the library is what it is now, as before a change is noticed."""
        now = self.app.edited()
        self.app.edited = lambda: now

    def digest(self, key: str) -> str:
        """What a page of a paper says its record's digest is."""
        page = self.ask(f"/sub/papers/{key}/").body.decode()
        return page.partition('data-digest="')[2].partition('"')[0]

    def text(self, path: str) -> str:
        """What is in a file of the project."""
        return (self.root / path).read_text(encoding="utf-8")

    def files(self) -> dict[str, bytes]:
        """All files of the project but what is remembered."""
        found = (path for path in self.root.rglob("*") if path.is_file() and ".cache" not in path.parts)
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in found}


def preview(root: Path, *, environment: Mapping[str, str] | None = None, **options: Any) -> Preview:
    """A preview of a library of `FILES`; the library is read anew for each request, as after a save."""
    write_files(root, FILES)
    settings = settings_from({**OPTIONS, **options}, root)
    renderer = Renderer(language("en"), directory_urls=True)
    on = [True]

    def edited() -> Edited | None:
        return Edited(load(settings), settings, renderer, Website("/sub/", directory_urls=True)) if on[0] else None

    app = EditingApp(site, Guard(PORT, TOKEN), edited, Adding(environment or {}))
    return Preview(root, settings, app, on)
