"""Does what a guide tells its reader to do, in the guide's order.

A snippet with a title is a file, and is written. One in a shell language is commands, and is run; a text right after it
is what they print. There is no other kind: a snippet that nobody runs is one that nobody keeps true.
"""

import contextlib
import importlib.metadata
import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from packaging.requirements import Requirement

from mkdocs_papers.command.main import main
from tests import snippets
from tests.programs import KEPT
from tests.sites import rebuild, write_files

_FIRST_STEPS = re.compile(r"python3? -m venv |\. \S+/bin/activate$|cd ")
"""What makes an environment, in which the tests already are."""

_MACROS_ASIDE = re.compile(r"^\{% (?:end)?raw %\}\n", re.MULTILINE)
"""Keeps the site of the guide from running what a snippet shows."""


def follow(guide: str, folder: Path, variables: Mapping[str, str] | None = None) -> None:
    """Follow a guide.

    Args:
        guide: its Markdown.
        folder: where its reader begins.
        variables: what the environment holds besides.

    Raises:
        AssertionError: a command fails or prints something else, or a snippet cannot be followed.
    """
    printed: str | None = None
    for snippet in snippets.snippets(_MACROS_ASIDE.sub("", guide)):
        if snippet.language == "diff":
            continue  # A change of this project's own code.
        if snippet.title:
            write_files(folder, {snippet.title: snippet.text})
        elif snippet.language in snippets.SHELLS:
            commands = snippets.commands_of(snippet)
            printed = "".join(run_command(command, folder, variables or {}) for command in commands)
        elif snippet.language == "text":
            assert printed is not None, f"line {snippet.line}: no command printed this"
            assert _lines(printed) == _lines(snippet.text), f"line {snippet.line}: it printed\n{printed}"
        else:
            raise AssertionError(f"line {snippet.line}: a snippet in {snippet.language!r} that no test can run")


def run_command(command: str, folder: Path, variables: Mapping[str, str]) -> str:
    """Run one line of a shell, MkDocs and this project's own program within this process.

    Returns:
        What it printed.
    """
    words = shlex.split(command)
    match words:
        case _ if _FIRST_STEPS.match(command):
            return ""
        case ["pip", "install", "-r", file]:
            return "".join(
                run_command(f"pip install {line}", folder, variables)
                for line in (folder / file).read_text(encoding="utf-8").split()
            )
        case ["pip", "install", requirement]:
            assert importlib.metadata.version(Requirement(requirement).name)
            return ""
        case ["mkdocs", "serve" | "build", *flags]:
            rebuild(folder, strict="--strict" in flags or "serve" in words)
            return ""
        case ["mkdocs-papers", *arguments]:
            status, printed = _program(arguments, folder)
            assert status == 0 or (status, arguments[0]) == (1, "check"), printed
            return printed
    return _shell(command, folder, variables)


def _program(arguments: list[str], folder: Path) -> tuple[int, str]:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="utf-8", write_through=True)
    with contextlib.chdir(folder), contextlib.redirect_stdout(stream), contextlib.redirect_stderr(stream):
        status = main(arguments)
    return status, raw.getvalue().decode()


def _shell(command: str, folder: Path, variables: Mapping[str, str]) -> str:
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    path = f"{Path(sys.executable).parent}{os.pathsep}{kept['PATH']}"
    environment = {**kept, "PATH": path, "NO_MKDOCS_2_WARNING": "true", **variables}
    done = subprocess.run(
        ["sh", "-ec", command],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command}:\n{done.stdout}"
    return done.stdout


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip("\n").split("\n")]
