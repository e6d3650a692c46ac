"""Files in which new content waits: those of a killed program go, those of a running one stay."""

import contextlib
import fcntl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mkdocs_papers.command import writing
from mkdocs_papers.command.main import main
from mkdocs_papers.command.writing import remove_leftovers, write_new, write_whole
from tests.sites import write_files

FILES = {
    "mkdocs.yml": "site_name: T\nplugins: [papers]\n",
    "meta/2024/a.prototxt": 'paper { title: "A" }\n',
    "two.bib": "@misc{two, title = {Two}, year = 2024}\n",
}
WAITING = ".mkdocs-papers-abcdefg1.tmp"
STOPPED = """
import os, sys, threading

def stop(handle):
    print("waits", flush=True)
    threading.Event().wait()

os.fsync = stop
from mkdocs_papers.command.main import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_files(tmp_path, FILES)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@contextlib.contextmanager
def stopped(*command: str) -> Iterator[None]:
    """A program that has written the first of its files, which waits; it is killed afterwards."""
    with subprocess.Popen([sys.executable, "-c", STOPPED, *command], stdout=subprocess.PIPE, text=True) as program:
        try:
            assert program.stdout
            assert "waits\n" in iter(program.stdout.readline, "")
            yield
        finally:
            program.kill()


def left(library: Path) -> list[str]:
    return [path.relative_to(library).parent.as_posix() for path in library.rglob(".mkdocs-papers-*")]


@pytest.mark.parametrize(
    ("command", "folder", "written"),
    [
        (["fmt"], "meta/2024", "meta/2024/a.prototxt"),
        (["add", "two.bib"], "meta/2024", "meta/2024/Two.prototxt"),
        (["note", "2024/a"], "notes/2024/a", "notes/2024/a/note.md"),
        (["init", "new"], "new/docs", "new/mkdocs.yml"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_a_killed_command_leaves_nothing_once_it_has_run_again(
    library: Path, command: list[str], folder: str, written: str
) -> None:
    before = FILES.get(written)
    with stopped(*command):
        assert left(library) == [folder]
        if command[0] != "init":
            assert main(["new", "Three", "--key", "2025/Three"]) == 0
            assert left(library) == [folder]
    assert left(library) == [folder]
    assert ((library / written).read_text() if (library / written).exists() else None) == before
    assert main(command) == 0
    assert left(library) == []
    assert (library / written).read_text() != before


@pytest.mark.parametrize(
    ("command", "status"),
    [
        (["fmt"], 0),
        (["add", "two.bib"], 0),
        (["new", "Three"], 0),
        (["note", "2024/a"], 0),
        (["radar", "--fix", "all", "--offline"], 0),
        (["check", "--fix"], 0),
        (["rename", "2024/a", "2024/b"], 0),
        (["remove", "2024/a"], 0),
        (["issue", "place", "empty"], 1),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_whatever_writes_begins_by_removing_what_was_left(library: Path, command: list[str], status: int) -> None:
    (library / "empty").mkdir()
    write_files(library, {f"{folder}/{WAITING}": "half" for folder in ("meta/2024", "notes/2024/a", "meta")})
    assert main(command) == status
    assert left(library) == []


@pytest.mark.parametrize(
    "command", [["fmt", "--check"], ["add", "--dry-run", "two.bib"], ["check"], ["radar"]], ids=str
)
def test_whatever_writes_nothing_removes_nothing(library: Path, command: list[str]) -> None:
    write_files(library, {f"meta/2024/{WAITING}": "half"})
    main(command)
    assert left(library) == ["meta/2024"]


def test_what_somebody_saves_in_the_moment_of_the_exchange_is_not_taken_for_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, exchanged = tmp_path / "a", writing.exchange
    file.write_bytes(b"old")
    saves = iter([b"second", b"third"])

    def save_first(one: Path, other: Path) -> bool:
        if text := next(saves, None):
            (tmp_path / "b").write_bytes(text)
            (tmp_path / "b").replace(file)
        is_done = exchanged(one, other)
        remove_leftovers(tmp_path)
        return is_done

    monkeypatch.setattr(writing, "exchange", save_first)
    assert not write_whole(file, b"new", expected=b"old")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"third"]


def test_without_locks_files_are_written_and_none_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(fcntl, "flock", refuse)
    write_files(tmp_path, {WAITING: "half"})
    write_new(tmp_path / "a", b"new")
    remove_leftovers(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [WAITING, "a"]
