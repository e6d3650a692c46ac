"""Large folders are watched by the operating system where it can, and looked at again and again where it cannot."""

import itertools
import os
import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path
from unittest.mock import Mock

import pytest
from watchdog.events import FileClosedNoWriteEvent, FileOpenedEvent, FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.polling import PollingObserver

from mkdocs_papers.library.folder import Listing, find_notes, find_records
from mkdocs_papers.library.memory import ReadingMemory
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.site import watch
from mkdocs_papers.site.watch import Watchers
from tests.sites import write_files

LONG = 20
"""Seconds after which something that never comes is given up."""

LINUX = sys.platform == "linux"


class Listener(FileSystemEventHandler):
    """Takes down what it hears."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.paths: list[str] = []
        self.any = threading.Event()

    def on_any_event(self, event: FileSystemEvent) -> None:
        if not event.is_directory:
            self.heard.append(event.event_type)
            self.paths.append(str(event.src_path))
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


class WatchedNotes:
    """A library whose folder of notes is watched."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.watchers, self.listener = Watchers(polling(), [root / "notes"]), Listener()
        self.watchers.schedule(self.listener, str(root / "notes"), recursive=True)
        self.watchers.start()

    def paths(self) -> AbstractSet[str] | None:
        """What has changed of the notes; waits for all events."""
        mark = self.root / "notes" / f".{time.monotonic_ns()}"
        mark.touch()
        for _ in range(LONG * 100):
            if str(mark) in self.listener.paths:
                break
            time.sleep(0.01)
        found = self.watchers.changed_paths(self.root / "notes")
        return None if found is None else {path for path in found if not path.startswith(".")}

    def close(self) -> None:
        """Watch no more."""
        self.watchers.stop()
        self.watchers.join(LONG)


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[WatchedNotes]:
    write_files(tmp_path, {f"notes/2024/{name}.md": name for name in "abc"} | {"meta/2024/a.yaml": ""})
    made = WatchedNotes(tmp_path)
    yield made
    made.close()


def told(*paths: str) -> set[str] | None:
    """What `Watchers.changed_paths` gives where just these have changed: no system but Linux tells each file."""
    return set(paths) if LINUX else None


def test_the_changed_paths_are_the_files_that_changed(watched: WatchedNotes) -> None:
    notes = watched.root / "notes"
    assert watched.paths() is None, "what happened before is not known"
    assert watched.paths() == told()
    (notes / "2024/a.md").write_text("other", encoding="utf-8")
    (notes / "2024/b.md").unlink()
    assert watched.paths() == told("2024/a.md", "2024/b.md")
    (notes / "2024/part").write_text("whole", encoding="utf-8")
    (notes / "2024/part").rename(notes / "2024/c.md")
    assert watched.paths() == told("2024/part", "2024/c.md")


def test_after_many_events_or_one_of_a_folder_all_files_may_have_changed(
    watched: WatchedNotes, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert watched.paths() is None
    (watched.root / "notes/2025").mkdir()
    assert watched.paths() is None
    assert watched.paths() == told()
    for number in range(watch.MANY):
        (watched.root / f"notes/{number}.md").touch()
    assert watched.paths() is None
    assert watched.paths() == told()
    assert watched.watchers.changed_paths(watched.root / "meta") is None
    monkeypatch.setattr("mkdocs_papers.site.watch.time.monotonic", lambda: float("inf"))
    assert watched.watchers.changed_paths(watched.root / "notes") is None
    watched.close()
    monkeypatch.undo()
    assert watched.watchers.changed_paths(watched.root / "notes") is None


def change_a_file(root: Path, chance: random.Random) -> None:
    """Write, remove or rename a file somewhere below the notes, or make a link."""
    folders, files = ("", "2024/", "2024/deep/", "2025/", ".hidden/"), ("a.md", "a.yaml", "b.md", ".e.md", "c\nd.md")
    names = itertools.product(folders, files)
    one, other = [root / "notes" / folder / name for folder, name in chance.sample(list(names), 2)]
    match chance.randrange(8):
        case 0 if os.path.lexists(one):
            one.rename(other)
        case 1 | 2:
            one.unlink(missing_ok=True)
        case 3 if not os.path.lexists(one):
            one.symlink_to(other)
        case _:
            one.write_text(str(chance.random()), encoding="utf-8")


def test_a_search_among_the_changed_paths_finds_what_a_whole_one_finds(
    watched: WatchedNotes, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance, among = random.Random(3), Counter[bool]()
    settings = Settings(watched.root, meta="notes", exclude=("notes/2025", "!notes/2025/a.md", "b.md"))
    notes, records, memory = Listing(), Listing(), ReadingMemory()
    for folder in ("2024/deep", "2025", ".hidden"):
        (watched.root / "notes" / folder).mkdir()
    for number in range(240):
        if number % 8 == 0:
            for file in (watched.root / "notes").rglob("*"):
                if file.is_symlink() or "\n" in file.name:
                    file.unlink()
        change_a_file(watched.root, chance)
        paths = watched.paths()
        with monkeypatch.context() as patch:
            looked = Mock(wraps=memory.folder)
            patch.setattr(memory, "folder", looked)
            notes, records = find_notes(settings, notes, memory, paths), find_records(settings, records, memory, paths)
            among[looked.called] += 1
        assert notes == find_notes(settings)
        assert records == find_records(settings)
    assert min(among.values()) > 20 if LINUX else among.keys() == {True}


def test_what_a_link_leads_to_may_change_without_an_event(watched: WatchedNotes) -> None:
    settings, memory = Settings(watched.root), ReadingMemory()
    (watched.root / "notes/link.md").symlink_to(watched.root / "notes/2024/a.md")
    watched.paths()
    before = find_notes(settings, None, memory)
    (watched.root / "notes/2024/a.md").write_text("other words", encoding="utf-8")
    assert find_notes(settings, before, memory, watched.paths()).changed.keys() == {"2024/a.md", "link.md"}
    (watched.root / "notes/link.md").unlink()
    plain = find_notes(settings, before, memory, watched.paths())
    (watched.root / "notes/link.md").symlink_to(watched.root / "notes/2024/a.md")
    assert find_notes(settings, plain, memory, watched.paths()) == find_notes(settings)
