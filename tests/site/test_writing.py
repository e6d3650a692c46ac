"""Files are written beside other work, all of them, and what goes wrong is said."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from mkdocs_papers.site.writing import BesideWriter


def test_all_files_are_there_at_the_end(tmp_path: Path) -> None:
    def write(path: str, content: bytes) -> None:
        Path(path).write_bytes(content)

    writer = BesideWriter(write)
    for number in range(1000):
        name = str(number)
        writer.write(str(tmp_path / name), name.encode())
    writer.finish()
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {str(n): b"%d" % n for n in range(1000)}


def test_it_goes_on_after_it_has_finished(tmp_path: Path) -> None:
    def write(path: str, content: bytes) -> None:
        Path(path).write_bytes(content)

    writer = BesideWriter(write)
    for name in ("a", "b"):
        writer.write(str(tmp_path / name), b"")
        writer.finish()
        assert (tmp_path / name).exists()
    writer.finish()


def test_a_file_that_cannot_be_written_is_an_error_in_the_end(tmp_path: Path) -> None:
    def write(path: str, content: bytes) -> None:
        Path(path).write_bytes(content)

    writer = BesideWriter(write)
    for name in ("a", "missing/b", "c"):
        writer.write(str(tmp_path / name), b"")
    with pytest.raises(OSError, match="missing"):
        writer.finish()
    writer.finish()


def test_what_waits_does_not_fill_the_memory() -> None:
    may_write = threading.Event()
    waiting = 0

    def write(_path: str, _content: bytes) -> None:
        may_write.wait(60)

    writer = BesideWriter(write)

    def hand_over() -> None:
        nonlocal waiting
        for number in range(5000):
            writer.write(str(number), b"")
            waiting = number

    thread = threading.Thread(target=hand_over)
    thread.start()
    thread.join(1)
    assert waiting < 1000
    may_write.set()
    thread.join(60)
    writer.finish()
    assert waiting == 4999
