"""``mkdocs serve`` as its owner runs it: a program of its own, asked over HTTP, while files change."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from tests.programs import KEPT
from tests.site.libraries import PAIR
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
            with urlopen(self.address + path, timeout=60) as answer:  # noqa: S310 - an address of this machine
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
def _served(root: Path, files: dict[str, str | bytes]) -> Iterator[Server]:
    write_files(root, {"mkdocs.yml": CONFIG, "docs/index.md": "# Home\n\nWords.\n", **files})
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    output = root.parent / f"{root.name}.log"
    variables = {name: os.environ[name] for name in KEPT if name in os.environ}
    variables |= {"NO_MKDOCS_2_WARNING": "true", "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    with output.open("wb") as log:
        program = subprocess.Popen(command, cwd=root, env=variables, stdout=log, stderr=subprocess.STDOUT)
    try:
        server = Server(root, f"http://127.0.0.1:{port}/", output, program)
        server.wait("", lambda status, _: status == 200)
        yield server
    finally:
        program.terminate()
        program.wait(timeout=PATIENCE)


def _sources(root: Path) -> set[str]:
    return {
        path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file() and ".cache" not in path.parts
    }


@pytest.mark.slow
def test_every_save_shows(tmp_path: Path) -> None:
    root = tmp_path / "project"
    with _served(root, dict(PAIR)) as server:
        before = _sources(root)
        assert server.problems() == []

        # A note.
        write_files(root, {"notes/2024/Quest/note.md": "# Quest\n\nOther words, ![no](none.png)\n"})
        server.wait_for("notes/2024/Quest/note/", "Other words")
        server.wait_for("papers/2024/Quest/", "Other words")
        said = ["notes/2024/Quest/note.md:3:20 broken-image"]
        server.wait_for_problems(*said)
        assert "leads to a file that is not there" in server.get("notes/2024/Quest/note/")[1]

        # A record: its own page, and every page that shows it.
        record = str(PAIR["meta/2023/SparQ.yaml"])
        write_files(root, {"meta/2023/SparQ.yaml": record.replace("abbr: SparQ", "abbr: SparQling")})
        for path in ("papers/2023/SparQ/", "venues/", "venues/ICML/", "papers/2024/Quest/"):
            server.wait_for(path, "SparQling")
        assert server.problems() == said

        # A record that cannot be read: its problem stands at its address, the rest of the site goes on.
        write_files(root, {"meta/2023/SparQ.yaml": "paper:\n  title: [\n"})
        server.wait("papers/2023/SparQ/", lambda status, text: status == 200 and "meta/2023/SparQ.yaml:" in text)
        assert "SparQling" not in server.get("venues/")[1]
        assert server.get("papers/2024/Quest/")[0] == 200
        said.append("meta/2023/SparQ.yaml:3:1 syntax")
        server.wait_for_problems(*said)

        # Mended, without a restart.
        write_files(root, {"meta/2023/SparQ.yaml": record, "notes/2024/Quest/note.md": "# Quest\n\nMore words\n"})
        server.wait("papers/2023/SparQ/", lambda status, text: status == 200 and "Bandwidth-Efficient" in text)
        server.wait_for("notes/2024/Quest/note/", "More words")
        server.wait_for("venues/ICML/", "Bandwidth-Efficient")
        assert sorted(server.problems()[len(said) :]) == sorted(f"mended: {each}" for each in said)
        assert "papers-problems" not in server.get("notes/2024/Quest/note/")[1]

        # Records and notes that come and go.
        write_files(
            root, {"meta/2025/New.prototxt": 'paper { title: "A new paper" }\n', "notes/2025/new.md": "# New\n"}
        )
        server.wait_for("papers/2025/New/", "A new paper")
        server.wait_for("years/2025/", "A new paper")
        server.wait_for("notes/2025/new/", "New")
        (root / "meta/2025/New.prototxt").unlink()
        server.wait("papers/2025/New/", lambda status, _: status == 404)
        assert "A new paper" not in server.get("papers/")[1]

        assert _sources(root) == before | {"notes/2025/new.md"}


@pytest.mark.slow
def test_folders_that_come_later(tmp_path: Path) -> None:
    root = tmp_path / "project"
    with _served(root, {}) as server:
        assert "meta/2024/Quest.prototxt" in server.wait_for("papers/", "meta/2024/Quest.prototxt")
        write_files(root, {path: content for path, content in PAIR.items() if path.startswith("meta/")})
        server.wait_for("papers/2023/SparQ/", "Bandwidth-Efficient")
        write_files(root, {path: content for path, content in PAIR.items() if path.startswith("notes/")})
        server.wait_for("notes/2024/Quest/note/", "Limits")
        server.wait("papers/2024/Quest/", lambda _, text: "quest.png" in text)
        # From now on they are watched like any other folder.
        write_files(root, {"notes/2024/Quest/note.md": "# Quest\n\nOther words\n"})
        server.wait_for("notes/2024/Quest/note/", "Other words")


@pytest.mark.slow
def test_drafts_and_docs(tmp_path: Path) -> None:
    root = tmp_path / "project"
    config = CONFIG.replace("[search, papers]", "[search, macros, papers]")
    note = "---\ndraft: true\n---\n\n# Unfinished\n"
    files = {
        **PAIR,
        "mkdocs.yml": config,
        "docs/index.md": "# Home\n\n{{ papers_count() }} papers\n",
        "notes/d.md": note,
    }
    with _served(root, files) as server:
        assert "Unfinished" in server.wait_for("notes/d/", "Unfinished")
        assert "2 papers" in server.get("")[1]
        write_files(root, {"meta/2024/Third.prototxt": 'paper { title: "A third" }\n'})
        server.wait_for("", "3 papers")
        write_files(root, {"docs/index.md": "# Home\n\n{{ paper('2024/Thrid') }}\n"})
        server.wait_for_problems("notes/d.md:1:1 orphan-note", "docs/index.md:3:4 macro")
        server.wait_for("", "there is no paper")
        write_files(root, {"docs/index.md": "# Home\n\n{{ paper('2024/Third') }}\n"})
        server.wait_for("", "A third")
        assert "mended: docs/index.md:3:4 macro" in server.problems()
        assert len(server.problems()) == 3
        # A configuration that makes no sense does not end the preview.
        write_files(root, {"mkdocs.yml": config.replace("papers]", "papers: {page_size: 0}]")})
        server.wait_for_output("option 'page_size': 0 is no number of rows")
        write_files(root, {"mkdocs.yml": config, "docs/index.md": "# Home\n\nGood again\n"})
        server.wait_for("", "Good again")
        assert len(server.problems()) == 3
