"""Watching many files, and folders that do not exist yet.

MkDocs' server looks at every watched file twice a second. Over ten thousand files that takes longer than the pause in
between, and a change waits for the next look. So the folders of records and notes are watched by the operating system,
which says at once what was written, wherever it can do so.

A folder that comes later would go unseen, too: so the folder above is watched, not its contents, until it appears.

What Linux said of the files in a folder also tells a save which of them to look at (`Watchers.changed_paths`).
"""

import os
import sys
import time
from collections import deque
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import get_plugin_logger
from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

log = get_plugin_logger(__name__)

_WRITES: list[type[FileSystemEvent]] = [
    FileCreatedEvent,
    FileModifiedEvent,
    FileClosedEvent,
    FileMovedEvent,
    FileDeletedEvent,
    DirCreatedEvent,
    DirMovedEvent,
    DirDeletedEvent,
]
"""Events that change something. The others are not even asked for: a build that reads ten thousand files would drown
what was written, and cause the next build by itself."""

_SILENT = ("9p", "nfs", "cifs", "smb", "fuse", "vboxsf", "virtiofs", "prl_fs", "osxfs", "fakeowner", "grpcfuse")
"""Beginnings of the types of file systems on which changes are made elsewhere, and Linux hears nothing of them."""

_MOUNTS = Path("/proc/self/mounts")

MANY = 100
"""After so many events at once all files are looked at: Linux forgets some where very many come."""

_TRUSTED = 300
"""For so many seconds after all files were looked at, events are believed to tell of every change."""


class _Recorder(FileSystemEventHandler):
    """Records the events of a folder, and hands them on."""

    def __init__(self, handler: FileSystemEventHandler, folder: str) -> None:
        self._handler, self._folder = handler, f"{folder}/"
        # The system speaks in a thread of its own.
        self._events: deque[FileSystemEvent] = deque(maxlen=MANY + 1)
        self._trusted_until = 0.0

    def dispatch(self, event: FileSystemEvent) -> None:
        """Record an event before anybody acts on it."""
        self._events.append(event)
        self._handler.dispatch(event)

    def changed_paths(self) -> AbstractSet[str] | None:
        """See `Watchers.changed_paths`."""
        events = [self._events.popleft() for _ in range(len(self._events))]
        now = time.monotonic()
        if now > self._trusted_until or len(events) > MANY or any(event.is_directory for event in events):
            self._trusted_until = now + _TRUSTED
            return None
        paths = [str(path) for event in events for path in (event.src_path, event.dest_path)]
        return {path.removeprefix(self._folder) for path in paths if path.startswith(self._folder)}


class Watchers:
    """In place of the server's observer: the server's own, and the operating system's for large folders.

    Args:
        polling: the server's observer.
        folders: what the operating system is asked to watch.
        native: the operating system's observer.
    """

    def __init__(self, polling: BaseObserver, folders: Iterable[Path], native: BaseObserver | None = None) -> None:
        self._polling = polling
        self._native = native if native is not None else Observer()
        self._folders = [folder.resolve() for folder in folders]
        self._handed: dict[ObservedWatch, tuple[FileSystemEventHandler, str, bool]] = {}
        self._recorders: dict[str, _Recorder] = {}

    def schedule(self, handler: FileSystemEventHandler, path: str, *, recursive: bool = False) -> ObservedWatch:
        """Watch a path."""
        if self._native_can(path):
            recorder = _Recorder(handler, path)
            try:
                watch = self._native.schedule(recorder, path, recursive=recursive, event_filter=_WRITES)
            except OSError as error:
                log.info("%s is watched by looking at it again and again (%s)", path, error)
            else:
                self._recorders[path] = recorder
                self._handed[watch] = (handler, path, recursive)
                return watch
        return self._polling.schedule(handler, path, recursive=recursive)

    def unschedule(self, watch: ObservedWatch) -> None:
        """Stop watching a path."""
        if self._handed.pop(watch, None):
            self._recorders.pop(watch.path, None)
            self._native.unschedule(watch)
        else:
            self._polling.unschedule(watch)

    def start(self) -> None:
        """Start both observers; what the operating system refuses to watch is looked at again and again instead."""
        try:
            self._native.start()
        except OSError as error:
            log.info("records and notes are watched by looking at them again and again (%s)", error)
            for handler, path, recursive in self._handed.values():
                self._polling.schedule(handler, path, recursive=recursive)
            self._handed.clear()
            self._recorders.clear()
        self._polling.start()

    def stop(self) -> None:
        """Stop both observers."""
        self._native.stop()
        self._polling.stop()

    def join(self, timeout: float | None = None) -> None:
        """Wait until both have stopped."""
        for observer in (self._native, self._polling):
            if observer.ident is not None:
                observer.join(timeout)

    def changed_paths(self, folder: Path) -> AbstractSet[str] | None:
        """The paths below a folder of all files that may have come, changed or gone since the call before.

        None where any may have: where the system does not say, or did not from the beginning, where it said very much,
        or of a folder. Other systems than Linux may tell of a folder where files in it have changed.
        """
        recorder = self._recorders.get(os.path.normpath(folder))
        return recorder.changed_paths() if recorder and sys.platform == "linux" and self._native.is_alive() else None

    def _native_can(self, path: str) -> bool:
        return Path(path).resolve() in self._folders and not _is_silent(Path(path).resolve())


def watch_natively(server: LiveReloadServer, folders: Iterable[Path]) -> Watchers:
    """Let the server hear of changes in large folders from the operating system."""
    watchers = Watchers(server.observer, folders)
    server.observer = watchers  # type: ignore[assignment] # all that the server asks of it
    return watchers


def _is_silent(folder: Path) -> bool:
    """Whether a folder is on a file system whose changes Linux may not hear of."""
    try:
        mounts = [line.split() for line in _MOUNTS.read_text(encoding="utf-8").splitlines()]
    except OSError:
        return False
    above = [(len(mount[1]), mount[2]) for mount in mounts if folder.is_relative_to(mount[1].replace("\\040", " "))]
    return max(above, default=(0, ""))[1].startswith(_SILENT)


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
    observer: Any = server.observer
    observer.schedule(_Appearance(server, folder), str(above), recursive=above != folder.parent)
