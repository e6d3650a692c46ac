"""Opening files in the user's editor."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from mkdocs_papers.command.configuration import ConfigurationError


def open_files(files: Sequence[Path], environment: Mapping[str, str] = os.environ) -> None:
    """Open files in the user's editor.

    Args:
        files: the files.
        environment: names the editor, as ``VISUAL`` or ``EDITOR``.

    Raises:
        ConfigurationError: none is named, or it cannot be started.
    """
    command = shlex.split(environment.get("VISUAL") or environment.get("EDITOR") or "")
    if not command:
        raise ConfigurationError("--open: no editor is named; set EDITOR")
    try:
        subprocess.run([*command, *map(str, files)], check=False)  # noqa: S603  # the user's own editor
    except OSError as error:
        raise ConfigurationError(f"--open: {command[0]}: {error.strerror}") from error
