"""The line that says how far a command has come."""

import io
from dataclasses import dataclass

from mkdocs_papers.command.progress import Progress


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
    progress.step()
    progress.clear()
    progress.clear()
    first = "0 of 3: asking arXiv about arXiv:2205.14135"
    second = "2 of 3, 0.5 a second"
    assert stream.getvalue() == f"\r{first}\r{second}{' ' * (len(first) - len(second))}\r{' ' * len(second)}\r"


def test_a_stream_that_is_no_terminal_is_left_alone() -> None:
    stream, time = io.StringIO(), Time()
    progress = Progress(0, stream, time)
    time.now = 100
    progress.say("asking arXiv")
    progress.clear()
    assert stream.getvalue() == ""
