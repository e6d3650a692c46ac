"""Editing in the preview: puts the means to edit around MkDocs' server, where that is safe.

It touches ``LiveReloadServer.serve_request``: the application of the server, which has no hook for another, and
``RequestHandlerClass``, which alone sees the headers as they came.
"""

import secrets
from collections.abc import Callable
from wsgiref.types import WSGIEnvironment

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import get_plugin_logger

from mkdocs_papers.editing.app import Edited, EditingApp
from mkdocs_papers.editing.guard import TWICE, Guard, is_loopback
from mkdocs_papers.pages.address import Website
from mkdocs_papers.site.context import Context, LibraryContext

log = get_plugin_logger(__name__)


def edit_in_place(
    server: LiveReloadServer, config: MkDocsConfig, current: Callable[[], tuple[Context, LibraryContext]]
) -> None:
    """Let the pages that a server answers with change records, if nobody else can reach it."""
    host, port = config.dev_addr
    if not is_loopback(host):
        log.warning(
            "option 'editing': others can reach %s:%s, so nothing can be edited; serve at 127.0.0.1:%s",
            host,
            port,
            port,
        )
        return

    def edited() -> Edited | None:
        context, library = current()
        if not context.options.editing:
            return None
        website = Website(server.mount_path, context.config.use_directory_urls)
        return Edited(library.site.library, context.settings, context.renderer, website)

    class Handler(server.RequestHandlerClass):  # type: ignore[misc, name-defined]  # the server's own, known when it runs
        """Says whether a header came twice."""

        def get_environ(self) -> WSGIEnvironment:
            """What the application is told of a request."""
            names = [name.lower().replace("_", "-") for name in self.headers]
            return {**super().get_environ(), TWICE: len(names) > len(set(names))}

    server.RequestHandlerClass = Handler
    server.set_app(EditingApp(server.serve_request, Guard(port, secrets.token_urlsafe(32)), edited))
