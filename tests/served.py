"""``mkdocs serve`` as its owner runs it: a program of its own, asked over HTTP."""

import contextlib
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from tests.programs import KEPT
from tests.sites import write_files

CONFIG = """\
site_name: Papers
theme: {name: mkdocs}
plugins: [search, papers]
"""

PATIENCE = 1200
"""Seconds after which a change that does not show is a failure; how soon it shows is not tested here."""


@dataclass
class Server:
    """A running ``mkdocs serve``.

    Attributes:
        root: the project's folder.
        address: where it answers.
        output: the file that takes what it prints.
        program: its process.
    """

    root: Path
    address: str
    output: Path
    program: subprocess.Popen[bytes]

    def get(self, path: str) -> tuple[int, str]:
        """Status and text of an address; status 0 while nobody answers."""
        try:
            with urlopen(self.address + path, timeout=PATIENCE) as answer:  # noqa: S310 - an address of this machine
                return answer.status, answer.read().decode()
        except HTTPError as error:
            with error:
                return error.code, error.read().decode()
        except (URLError, OSError):
            return 0, ""

    def wait(self, path: str, shows: Callable[[int, str], bool]) -> str:
        """The text of an address as soon as it is as it should be."""
        status, text = 0, ""
        for _ in range(PATIENCE * 10):
            assert self.program.poll() is None, self.output.read_text(encoding="utf-8")
            status, text = self.get(path)
            if shows(status, text):
                return text
            time.sleep(0.1)
        raise AssertionError(f"{path} stays {status}:\n{text[-3000:]}\n{self.output.read_text(encoding='utf-8')}")

    def wait_for(self, path: str, words: str) -> str:
        """The text of a page as soon as it holds these words."""
        return self.wait(path, lambda status, text: status == 200 and words in text)

    def problems(self) -> list[str]:
        """What it has said of problems, as ``path:line:column code``, mended ones with a word before."""
        printed = self.output.read_text(encoding="utf-8")
        found = re.findall(r"papers: (mended: )?(\S+:\d+:\d+): .* \[([a-z-]+)\]", printed)
        return [f"{mended}{place} {code}" for mended, place, code in found]

    def wait_for_output(self, words: str) -> None:
        """Wait until it has printed these words."""
        for _ in range(PATIENCE * 10):
            if words in self.output.read_text(encoding="utf-8"):
                return
            time.sleep(0.1)
        raise AssertionError(self.output.read_text(encoding="utf-8"))

    def wait_for_problems(self, *expected: str) -> None:
        """Wait until that is all that it has said of problems."""
        for _ in range(PATIENCE * 10):
            if self.problems() == list(expected):
                return
            time.sleep(0.1)
        assert self.problems() == list(expected)


@contextlib.contextmanager
def served(
    root: Path, files: Mapping[str, str | bytes], variables: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """A server of a project while it runs.

    Args:
        root: the project's folder, which is made.
        files: its files; without ``mkdocs.yml`` it has `CONFIG`.
        variables: of the environment, besides those that every program sees.
    """
    write_files(root, {"mkdocs.yml": CONFIG, "docs/index.md": "# Home\n\nWords.\n", **files})
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    output = root.parent / f"{root.name}.log"
    seen = {name: os.environ[name] for name in KEPT if name in os.environ} | {**(variables or {})}
    seen |= {"NO_MKDOCS_2_WARNING": "true", "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    with output.open("wb") as log:
        program = subprocess.Popen(command, cwd=root, env=seen, stdout=log, stderr=subprocess.STDOUT)
    try:
        server = Server(root, f"http://127.0.0.1:{port}/", output, program)
        server.wait("", lambda status, _: status == 200)
        yield server
    finally:
        program.terminate()
        program.wait(timeout=PATIENCE)
