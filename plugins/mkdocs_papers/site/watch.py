"""Watching folders that do not exist yet.

MkDocs' server watches folders that exist; one that comes later would go unseen. So the folder above is watched, not
its contents, until the missing one appears.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from watchdog.events import DirCreatedEvent, DirMovedEvent, FileSystemEvent, FileSystemEventHandler

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer


class _Appearance(FileSystemEventHandler):
    def __init__(self, server: LiveReloadServer, folder: Path) -> None:
        self._server = server
        self._folder = folder

    def on_any_event(self, event: FileSystemEvent) -> None:
        if not isinstance(event, (DirCreatedEvent, DirMovedEvent)) or not self._folder.is_dir():
            return
        if str(self._folder) in self._server._watched_paths:  # noqa: SLF001 - the server has no public list of them
            return
        self._server.watch(str(self._folder))
        # The server has no public call for a rebuild; this is what its own handlers do.
        with self._server._rebuild_cond:  # noqa: SLF001
            self._server._want_rebuild = True  # noqa: SLF001
            self._server._rebuild_cond.notify_all()  # noqa: SLF001


def watch_for(server: LiveReloadServer, folder: Path) -> None:
    """Watch for a folder to appear, then watch the folder."""
    above = folder.parent
    while not above.is_dir():
        above = above.parent
    server.observer.schedule(_Appearance(server, folder), str(above), recursive=above != folder.parent)
