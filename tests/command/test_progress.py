"""The line that says how far a command has come."""

import io
import itertools
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from mkdocs_papers.command.main import main
from mkdocs_papers.command.progress import Progress
from tests.sites import write_files


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@dataclass
class Time:
    """A clock that is moved by hand."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_moment_is_quiet() -> None:
    stream, time = Terminal(), Time()
    progress = Progress(3, stream, time)
    time.now = 1.9
    progress.say("asking arXiv")
    progress.step()
    progress.clear()
    assert stream.getvalue() == ""


def test_what_takes_longer_says_how_far_it_is() -> None:
    stream, time = Terminal(), Time()
    progress = Progress(3, stream, time)
    time.now = 2.0
    progress.say("asking arXiv about arXiv:2205.14135")
    progress.step()
    time.now = 4.0
    progress.step("thinking")
    progress.clear()
    progress.clear()
    first = "0 of 3: asking arXiv about arXiv:2205.14135"
    second = "2 of 3, 0.5 a second: thinking"
    assert stream.getvalue() == f"\r{first}\r{second}{' ' * (len(first) - len(second))}\r{' ' * len(second)}\r"


def test_a_stream_that_is_no_terminal_is_left_alone() -> None:
    stream, time = io.StringIO(), Time()
    progress = Progress(0, stream, time)
    time.now = 100
    progress.say("asking arXiv")
    progress.clear()
    assert stream.getvalue() == ""


FILES = {"mkdocs.yml": "plugins: [papers]\n", "meta/2024/a.prototxt": 'paper { title: "A" }', "notes/a.md": "# A\n"}


@pytest.mark.parametrize("command", ["check", "fmt", "export", "note 2024/a", "remove 2024/a", "rename 2024/a b"])
def test_whatever_reads_a_large_library_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    write_files(tmp_path, FILES)
    monkeypatch.chdir(tmp_path)
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(Progress.__init__, "__defaults__", (None, itertools.count(0, 2).__next__))
    main(command.split())
    first = "1 of 1, 0.2 a second: laying out" if command == "fmt" else "1, 0.2 a second: reading"
    assert terminal.getvalue().startswith(f"\r{first} meta/2024/a.prototxt")
    assert terminal.getvalue().rpartition("\r")[0].endswith(" ")
