"""The preview's server with the means to edit: a WSGI application around another (PEP 3333).

What the other answers is passed on; into pages it puts the controls. Nothing of them is in the site's files. Below
`PREFIX` it answers itself: with the controls' script and style sheet, and to requests for changes, in JSON.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from importlib.resources import files
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import msgspec

from mkdocs_papers.editing.adding import Adding, LookUp, Write
from mkdocs_papers.editing.changeable import RefusedError
from mkdocs_papers.editing.controls import controls
from mkdocs_papers.editing.guard import Guard, body_of
from mkdocs_papers.editing.note import NoteWanted, open_note
from mkdocs_papers.editing.record import Change, change
from mkdocs_papers.library.model import Library
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.pages.address import Website, paper_address
from mkdocs_papers.pages.render import Renderer

PREFIX = "/papers-editing/"
"""Where it answers itself, from the server's root, whatever the site's own address is."""

_HERE = files("mkdocs_papers") / "editing"
_ASSETS = {"editing.js": "text/javascript", "editing.css": "text/css"}

_OWN_ONLY = (
    ("Cache-Control", "no-store"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Content-Security-Policy", "frame-ancestors 'self'"),
    ("X-Content-Type-Options", "nosniff"),
)
"""Of what holds the token: it is kept nowhere, and no other site's page can take it in or stand around it."""


@dataclass(frozen=True, slots=True)
class Edited:
    """What is edited, as it is at the moment, and where the preview's pages are, below the server's root."""

    library: Library
    settings: Settings
    renderer: Renderer
    website: Website


@dataclass
class EditingApp:
    """The preview's server with the means to edit: around what serves the site, where there is something to edit."""

    inner: WSGIApplication
    guard: Guard
    edited: Callable[[], Edited | None]
    adding: Adding = field(default_factory=Adding)
    _pages: tuple[Edited | None, Mapping[str, str]] = (None, MappingProxyType({}))

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        edited = self.edited()
        if edited is None:
            return self.inner(environ, start_response)
        if environ["PATH_INFO"].startswith(PREFIX):
            return self._answer(environ, start_response, edited)
        if environ["REQUEST_METHOD"] != "GET" or not self.guard.is_own(environ):
            return self.inner(environ, start_response)
        return self._page(environ, start_response, edited)

    # Pages

    def _page(self, environ: WSGIEnvironment, start_response: StartResponse, edited: Edited) -> Iterable[bytes]:
        """What the site answers, with the controls in it where it is a page."""
        begun: list[tuple[str, list[tuple[str, str]]]] = []

        def begin(status: str, headers: list[tuple[str, str]], _: Any = None, /) -> Callable[[bytes], object]:
            begun.append((status, headers))
            return lambda _: None  # takes what old applications write in place of returning it; MkDocs' server does not

        answer = self.inner(environ, begin)
        status, headers = begun[-1]
        named = {name.lower(): value for name, value in headers}
        if not status.startswith("200 ") or not named.get("content-type", "").startswith("text/html"):
            start_response(status, headers)
            return answer
        try:
            page = b"".join(answer)
        finally:
            if close := getattr(answer, "close", None):
                close()
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
        page = self._with_controls(page, path, edited)
        passed_on = [
            (name, value) for name, value in headers if name.lower() not in {"content-length", "cache-control"}
        ]
        start_response(status, [*passed_on, *_OWN_ONLY, ("Content-Length", str(len(page)))])
        return [page]

    def _with_controls(self, page: bytes, path: str, edited: Edited) -> bytes:
        render = edited.renderer.fragment
        box = render("editing_box.html", "", prefix=PREFIX, token=self.guard.token)
        page = _before_last(page, b"</body>", box)
        key = self._keys(edited).get(path)
        if key is None:
            return page
        try:
            shown = controls(edited.library.papers[key], edited.library, edited.settings)
        except RefusedError as error:
            return _before_last(page, b"</article>", render("editing.html", "", controls=None, why=error.why))
        return _before_last(page, b"</article>", render("editing.html", "", controls=shown, why=""))

    def _keys(self, edited: Edited) -> Mapping[str, str]:
        """The keys of papers by the paths of their pages, made once for each state of the library."""
        known, keys = self._pages
        if known is None or known.library is not edited.library or known.website != edited.website:
            keys = {unquote(edited.website.page(paper_address(key))): key for key in edited.library.papers}
            self._pages = (edited, keys)
        return keys

    # Requests

    def _answer(self, environ: WSGIEnvironment, start_response: StartResponse, edited: Edited) -> Iterable[bytes]:
        name = environ["PATH_INFO"].removeprefix(PREFIX)
        if name in _ASSETS and environ["REQUEST_METHOD"] == "GET" and self.guard.is_own(environ):
            return _answered(start_response, HTTPStatus.OK, (_HERE / name).read_bytes(), _ASSETS[name])
        try:
            self.guard.check(environ)
            said = self._changed(name, body_of(environ), edited)
            status = HTTPStatus.OK
        except RefusedError as error:
            status, said = error.status, {"error": error.why, **error.more}
        except OSError as error:
            status, said = HTTPStatus.INTERNAL_SERVER_ERROR, {"error": f"{error.filename}: {error.strerror}"}
        more = (("Allow", "POST"),) if status == HTTPStatus.METHOD_NOT_ALLOWED else ()
        return _answered(start_response, status, msgspec.json.encode(said), "application/json", more)

    def _changed(self, name: str, body: bytes, edited: Edited) -> Mapping[str, object]:
        """Make the change that a request asks for; what the page is told."""
        library, settings = edited.library, edited.settings
        try:
            match name:
                case "record":
                    now = change(msgspec.json.decode(body, type=Change), library, settings)
                    return {"path": now.path, "digest": now.digest, "now": now.values}
                case "note":
                    return open_note(msgspec.json.decode(body, type=NoteWanted), library, settings)
                case "look-up":
                    return self.adding.look_up(msgspec.json.decode(body, type=LookUp), library, settings)
                case "write":
                    written, failed = self.adding.write(msgspec.json.decode(body, type=Write), library, settings)
                    pages = [
                        {"path": each.path, "address": edited.website.page(paper_address(each.key))} for each in written
                    ]
                    return {"written": pages, "failed": failed}
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise RefusedError(HTTPStatus.BAD_REQUEST, f"the request is not as it should be: {error}") from error
        raise RefusedError(HTTPStatus.NOT_FOUND, "there is nothing here")


def _answered(
    start_response: StartResponse, status: HTTPStatus, content: bytes, kind: str, more: Iterable[tuple[str, str]] = ()
) -> Iterable[bytes]:
    headers = [("Content-Type", f"{kind}; charset=utf-8"), ("Content-Length", str(len(content))), *_OWN_ONLY, *more]
    start_response(f"{status.value} {status.phrase}", headers)
    return [content]


def _before_last(page: bytes, end: bytes, fragment: str) -> bytes:
    """A page with something before the last of its end tags of one name; at its end where it has none."""
    at = page.rfind(end)
    at = len(page) if at < 0 else at
    return page[:at] + fragment.encode() + page[at:]
