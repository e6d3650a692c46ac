"""Large folders are watched by the operating system where it can, and looked at again and again where it cannot."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from watchdog.events import FileClosedNoWriteEvent, FileOpenedEvent, FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.polling import PollingObserver

from mkdocs_papers.site import watch
from mkdocs_papers.site.watch import Watchers

LONG = 20
"""Seconds after which something that never comes is given up."""


class Listener(FileSystemEventHandler):
    """Takes down what it hears."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.any = threading.Event()

    def on_any_event(self, event: FileSystemEvent) -> None:
        if not event.is_directory:
            self.heard.append(event.event_type)
            self.any.set()


def polling() -> PollingObserver:
    return PollingObserver(timeout=0.05)


def test_a_write_is_heard_and_a_read_is_not(tmp_path: Path) -> None:
    folder = tmp_path / "notes" / "2024"
    folder.mkdir(parents=True)
    note = folder / "note.md"
    note.write_text("old", encoding="utf-8")
    looked = polling()
    watchers, listener = Watchers(looked, [tmp_path / "notes"]), Listener()
    watched = watchers.schedule(listener, str(tmp_path / "notes"), recursive=True)
    # Not even asked for: the reads of one build of a large library are more than the system keeps for us.
    assert watched.event_filter is not None
    assert watched.event_filter.isdisjoint({FileOpenedEvent, FileClosedNoWriteEvent})
    watchers.start()
    try:
        note.read_text(encoding="utf-8")
        note.write_text("new", encoding="utf-8")
        assert listener.any.wait(LONG)
    finally:
        watchers.stop()
        watchers.join(LONG)
    assert not {"opened", "closed_no_write"} & set(listener.heard)
    assert not looked.emitters, "the server looks at it as well"


def test_a_system_that_refuses_is_looked_after_by_the_server(tmp_path: Path) -> None:
    class Refusing(type(Observer())):  # type: ignore[misc] # the class depends on the system
        def start(self) -> None:
            raise OSError(28, "no space left on device")

    watchers, listener = Watchers(polling(), [tmp_path], Refusing()), Listener()
    watchers.schedule(listener, str(tmp_path), recursive=True)
    watchers.start()
    try:
        (tmp_path / "note.md").write_text("new", encoding="utf-8")
        assert listener.any.wait(LONG)
    finally:
        watchers.stop()
        watchers.join(LONG)


def test_a_share_is_looked_at_since_linux_hears_nothing_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/x / ext4 rw 0 0\nhost {tmp_path}/share virtiofs rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(watch, "_MOUNTS", mounts)
    share = tmp_path / "share" / "notes"
    share.mkdir(parents=True)
    looked = polling()
    watchers = Watchers(looked, [share, tmp_path])
    watchers.schedule(Listener(), str(share), recursive=True)
    assert len(looked.emitters) == 1
    watchers.schedule(Listener(), str(tmp_path), recursive=False)
    assert len(looked.emitters) == 1


def test_what_is_no_large_folder_is_left_to_the_server(tmp_path: Path) -> None:
    looked = polling()
    watchers = Watchers(looked, [tmp_path / "notes"])
    watched = watchers.schedule(Listener(), str(tmp_path), recursive=True)
    assert len(looked.emitters) == 1
    watchers.unschedule(watched)
    assert not looked.emitters
