"""Editing in the preview: nothing of it is in a build, and it is for this machine alone."""

import io
from http.client import parse_headers
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from mkdocs.config import load_config
from mkdocs.livereload import LiveReloadServer

from mkdocs_papers.editing.app import EditingApp
from mkdocs_papers.editing.guard import TWICE
from mkdocs_papers.site.in_place import edit_in_place
from tests import log
from tests.site.libraries import PAIR
from tests.sites import build_site, write_files


def test_nothing_of_it_is_in_a_build(tmp_path: Path) -> None:
    sites = []
    for editing in (False, True):
        papers = {"papers": {"editing": editing, "incremental": False}}
        built = build_site(tmp_path / str(editing), PAIR, {"plugins": ["search", papers]})
        sites.append({path: (built.site / path).read_bytes() for path in built.paths()})
    without, with_it = sites
    assert with_it.keys() == without.keys()
    # The site map and the feeds may have been made on two days.
    assert [
        path for path in without if path.endswith((".html", ".js", ".css")) and without[path] != with_it[path]
    ] == []
    assert not any("editing" in path for path in with_it)


class Server(LiveReloadServer):
    """A server that does not begin to serve."""

    def __init__(self) -> None:
        super().__init__(lambda: None, "127.0.0.1", 0, ".")

    def set_app(self, application: Any) -> None:
        self.application = application


def said_twice(server: Server, headers: bytes) -> bool | None:
    """Whether the server's handler says of a request that a header came twice; None where it does not say."""
    made: Any = server.RequestHandlerClass
    handler = made.__new__(made)
    handler.server, handler.client_address = SimpleNamespace(base_environ={}), ("127.0.0.1", 1)
    handler.command, handler.path, handler.request_version = "POST", "/", "HTTP/1.1"
    handler.headers = parse_headers(io.BytesIO(headers + b"\r\n\r\n"))
    said: bool | None = handler.get_environ().get(TWICE)
    return said


@pytest.mark.parametrize(("host", "edits"), [("127.0.0.1", True), ("[::1]", True), ("0.0.0.0", False)])  # noqa: S104
def test_it_is_turned_on_where_nobody_else_comes(tmp_path: Path, host: str, edits: bool) -> None:  # noqa: FBT001
    write_files(tmp_path, {"mkdocs.yml": "site_name: x\n", "docs/index.md": "# Home\n"})
    config = load_config(str(tmp_path / "mkdocs.yml"), dev_addr=f"{host}:8000")
    server = Server()
    with log.collected() as logged:
        edit_in_place(server, config, lambda: pytest.fail("nobody has asked"))
    server.server_close()
    assert said_twice(server, b"Content-Length: 3\r\nContent-Type: a") is (False if edits else None)
    assert said_twice(server, b"Content-Length: 3\r\ncontent_length: 9") is (True if edits else None)
    assert isinstance(server.application, EditingApp) is edits
    why = "others can reach 0.0.0.0:8000, so nothing can be edited; serve at 127.0.0.1:8000"
    assert logged.warnings == ([] if edits else [f"mkdocs_papers: option 'editing': {why}"])
