"""Small MkDocs sites, built in process and served like on GitHub Pages."""

import functools
import http.server
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import yaml
from mkdocs.commands import build
from mkdocs.config import load_config

from tests import log

ROOT = Path(__file__).parent.parent
"""The folder of this repository."""

SITE_URL = "https://example.org/sub/path/"
"""Where the sites of the tests live: under a sub-path, as on GitHub Pages."""


@dataclass(frozen=True, slots=True)
class Build:
    """One build of a site.

    Attributes:
        root: the project's folder, with mkdocs.yml.
        site: the built site.
        warnings: what MkDocs and its plugins warned of, each message as written.
        messages: everything they logged, INFO and above.
    """

    root: Path
    site: Path
    warnings: tuple[str, ...]
    messages: tuple[str, ...]

    def text(self, path: str) -> str:
        """The text of one file of the site, ``papers/2024/Quest/index.html``."""
        return (self.site / path).read_text(encoding="utf-8")

    def paths(self, pattern: str = "**/*") -> list[str]:
        """The files of the site that fit the pattern, with ``/``, in order."""
        return sorted(file.relative_to(self.site).as_posix() for file in self.site.glob(pattern) if file.is_file())


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files by their path below the folder; text as UTF-8, line ends as given."""
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)


def build_site(
    folder: Path,
    files: Mapping[str, str | bytes] | None = None,
    config: Mapping[str, Any] | None = None,
    *,
    directory_urls: bool = True,
    strict: bool = True,
) -> Build:
    """Write a project and build its site, in process.

    Args:
        folder: where the project goes; the site goes to its ``site`` folder. What is there already stays.
        files: the project's files by path: ``meta/2024/Quest.prototxt``, ``notes/...``, ``docs/...``. Without a home
            page it gets one; a ``mkdocs.yml`` among them is taken as it is.
        config: settings of mkdocs.yml that differ from the default, by top-level name; None removes one.
        directory_urls: MkDocs' ``use_directory_urls``.
        strict: whether a warning fails the test; otherwise assert on `Build.warnings`.

    Returns:
        The site and what was logged.

    Raises:
        AssertionError: a warning in a strict build.
        mkdocs.exceptions.Abort: an error that stops a build.
    """
    files = dict(files or {})
    settings: dict[str, Any] = {
        "site_name": "Test library",
        "site_url": SITE_URL,
        "use_directory_urls": directory_urls,
        "theme": {"name": "material", "font": False},
        "plugins": ["search", "papers"],
        **(config or {}),
    }
    settings = {name: value for name, value in settings.items() if value is not None}
    files.setdefault("mkdocs.yml", yaml.safe_dump(settings, allow_unicode=True, sort_keys=False))
    if not (folder / "docs").exists():
        files.setdefault("docs/index.md", "# Home\n\nWords.\n")
    write_files(folder, files)
    return rebuild(folder, strict=strict)


def rebuild(folder: Path, *, strict: bool = True, site: Path | None = None, **settings: Any) -> Build:
    """Build a project as it lies in its folder, in process.

    Args:
        folder: the project's folder, with mkdocs.yml.
        strict: whether a warning fails the test; otherwise assert on `Build.warnings`.
        site: where the site goes; by default the project's ``site`` folder.
        settings: settings that replace those of mkdocs.yml, by top-level name.
    """
    if site:
        settings["site_dir"] = str(site)
    with log.collected() as logged:
        config = load_config(str(folder / "mkdocs.yml"), **settings)
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build.build(config)
        finally:
            config.plugins.on_shutdown()
    if strict and logged.warnings:
        raise AssertionError("unexpected warnings:\n" + "\n".join(logged.warnings))
    messages = tuple(record.getMessage() for record in logged.records)
    return Build(folder, Path(config.site_dir), tuple(logged.warnings), messages)


class SiteHandler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder under a prefix: no listings, the site's own 404 page, silence."""

    extensions_map = {  # noqa: RUF012 - declared so by the base class
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".avif": "image/avif",
        ".js": "text/javascript",
        ".json": "application/json",
        ".svg": "image/svg+xml",
        ".webp": "image/webp",
        ".woff2": "font/woff2",
        ".xml": "application/xml",
    }

    def __init__(self, *args: Any, prefix: str, **kwargs: Any) -> None:
        self.prefix = prefix
        super().__init__(*args, **kwargs)

    def send_head(self) -> Any:
        if self.path == "/favicon.ico":  # of the host, as browsers ask for where a page names none
            self.send_response(HTTPStatus.NO_CONTENT)
            self.end_headers()
            return None
        if not unquote(urlsplit(self.path).path).startswith(self.prefix):
            return self.send_error(HTTPStatus.NOT_FOUND)
        return super().send_head()

    def translate_path(self, path: str) -> str:
        inside = unquote(urlsplit(path).path)[len(self.prefix) :]
        # Only the path below the folder counts: the base class drops `..` and the like from it.
        return super().translate_path("/" + quote(inside))

    def list_directory(self, path: Any) -> None:  # noqa: ARG002 - the base class's signature
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self) -> None:
        # A test may write a page anew and load it again; scripts and style sheets of a built site stay as they are.
        self.send_header("Cache-Control", "max-age=3600" if "/assets/" in self.path else "no-store")
        super().end_headers()

    def log_message(self, *args: Any) -> None:
        """Say nothing: a test's own words are enough."""


LEAVING: list[Callable[[str], None]] = []
"""What is called with the address of a site before its server ends: whoever shows pages of it leaves them.

A page that is still fetching a picture or its icon would complain of a server that is gone.
"""


class _Server(http.server.ThreadingHTTPServer):
    """A page asks for dozens of files at once; each waits for its turn, however busy the machine is."""

    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        # Whoever closes a page does not wait for its pictures.
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def serve_folder(site: Path, prefix: str = "/sub/path/", handler: type[SiteHandler] = SiteHandler) -> Iterator[str]:
    """Serve a built site on this machine's loopback address, under a sub-path like GitHub Pages.

    Args:
        site: the folder.
        prefix: the sub-path, between slashes.
        handler: what answers.

    Yields:
        The address of the site's root, with the final slash.
    """
    answering = functools.partial(handler, directory=str(site), prefix=prefix)
    with _Server(("127.0.0.1", 0), answering) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        home = f"http://127.0.0.1:{server.server_port}{prefix}"
        try:
            yield home
        finally:
            for leave in LEAVING:
                leave(home)
            server.shutdown()
            thread.join()
