"""Starting programs from tests."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

KEPT = ("PATH", "SYSTEMROOT", "TMPDIR")
"""The variables of the environment that a started program sees."""


def run(*command: str | Path, cwd: Path, variables: Mapping[str, str] | None = None) -> str:
    """Run a program to its end, cut off from this environment's variables.

    Args:
        command: the program and its arguments.
        cwd: the folder in which it runs.
        variables: variables that it sees besides the path.

    Returns:
        What it printed.

    Raises:
        AssertionError: it failed; the message is what it printed.
    """
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    environment = {**kept, "NO_MKDOCS_2_WARNING": "true", **(variables or {})}
    done = subprocess.run(
        command, cwd=cwd, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode:
        raise AssertionError(f"{command[0]} ended with {done.returncode}:\n{done.stdout}")
    return done.stdout
