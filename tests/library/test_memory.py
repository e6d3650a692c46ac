import os
from pathlib import Path

import pytest

from mkdocs_papers.library.memory import FolderContents, ReadingMemory, Stamp, is_certain, stamp


class Reads:
    """Counts how often a file is opened and parsed."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.memory = ReadingMemory()
        self.opened = self.parsed = 0

    def memoize(self, kind: str = "note", now: Stamp | None = None) -> str:
        return self.memory.memoize(kind, "a", now or stamp(self.file.stat()), self._read, self._parse)

    def _read(self) -> bytes:
        self.opened += 1
        return self.file.read_bytes()

    def _parse(self, content: bytes) -> str:
        self.parsed += 1
        return content.decode()


def old(file: Path, text: str) -> None:
    """Write a file as if long ago; the inode's own time shows all the same that it is new."""
    file.write_text(text)
    os.utime(file, (1_000_000_000, 1_000_000_000))


def test_a_file_just_written_is_opened_again_but_parsed_only_if_it_changed(tmp_path: Path) -> None:
    reads = Reads(tmp_path / "a")
    reads.file.write_text("one")
    assert [reads.memoize(), reads.memoize()] == ["one", "one"]
    assert (reads.opened, reads.parsed) == (2, 1)
    reads.file.write_text("two")
    assert reads.memoize() == "two"
    assert reads.parsed == reads.memory.read == 2


def test_a_change_that_keeps_size_and_time_is_seen(tmp_path: Path) -> None:
    reads = Reads(tmp_path / "a")
    old(reads.file, "one")
    assert reads.memoize() == "one"
    old(reads.file, "two")
    assert reads.memoize() == "two"


def test_a_file_at_rest_is_not_opened_again(tmp_path: Path) -> None:
    reads = Reads(tmp_path / "a")
    reads.file.write_text("one")
    long_ago = (1, 1, 3, 1)
    assert [reads.memoize(now=long_ago), reads.memoize(now=long_ago)] == ["one", "one"]
    assert reads.opened == 1


def test_kinds_are_kept_apart_and_forgotten_apart(tmp_path: Path) -> None:
    reads = Reads(tmp_path / "a")
    reads.file.write_text("one")
    reads.memoize("note")
    reads.memoize("record")
    assert reads.parsed == 2
    reads.memory.keep_only("note", set())
    reads.memoize("record")
    assert reads.parsed == 2
    reads.memoize("note")
    assert reads.parsed == 3


@pytest.mark.parametrize(("lasts", "certain", "looks"), [(True, True, 1), (True, False, 3), (False, True, 3)])
def test_a_folder_is_looked_into_again_while_its_stamp_may_not_tell(
    monkeypatch: pytest.MonkeyPatch, *, lasts: bool, certain: bool, looks: int
) -> None:
    monkeypatch.setattr("mkdocs_papers.library.memory.is_certain", lambda *_: certain)
    memory, looked = ReadingMemory(), list[str]()

    def look(folder: str) -> FolderContents:
        looked.append(folder)
        return FolderContents(("a",), (), lasts)

    for _ in range(3):
        assert memory.folder("notes", "2024", (1, 1, 1, 1), look).files == ("a",)
    assert looked == looks * ["2024"]


def test_what_an_earlier_run_has_made_of_the_same_content_is_not_made_again(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"x")
    first, again = ReadingMemory(), ReadingMemory()
    first.memoize("kind", "a", stamp(file.stat()), file.read_bytes, lambda _: "parsed")
    known = {(path, digest): value for path, digest, value in first.values("kind")}
    again.known = lambda _, path, digest, __: known.get((path, digest))
    assert again.memoize("kind", "a", stamp(file.stat()), file.read_bytes, lambda _: "anew") == "parsed"
    file.write_bytes(b"other")
    assert again.memoize("kind", "a", stamp(file.stat()), file.read_bytes, lambda _: "anew") == "anew"


def test_a_file_is_known_for_certain_once_both_of_its_times_are_past() -> None:
    now = 10**18
    assert is_certain((1, 1, 3, 1), now)
    assert not is_certain((now, 1, 3, 1), now)
    assert not is_certain((1, now, 3, 1), now)
