"""Opening files in the user's editor."""

import os
import shlex
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from mkdocs_papers.command.configuration import ConfigurationError


def editor() -> list[str]:
    """The command of the user's editor; whatever opens files asks for it before it writes them.

    Raises:
        ConfigurationError: none is named, or there is no such program.
    """
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    if not named.strip():
        raise ConfigurationError("no editor is named; set VISUAL or EDITOR")
    try:
        command = shlex.split(named)
    except ValueError as error:
        raise ConfigurationError(f"the editor {named} cannot be started: {error}") from error
    if not command or shutil.which(command[0]) is None:
        raise ConfigurationError(f"the editor {named} cannot be started: there is no such program")
    return command


def open_files(files: Sequence[Path]) -> subprocess.Popen[bytes]:
    """Open files in the user's editor, whose end nobody waits for yet.

    Raises:
        ConfigurationError: none is named, or it cannot be started.
    """
    command = editor()
    try:
        return subprocess.Popen([*command, *map(str, files)])  # noqa: S603  # the user's own editor
    except OSError as error:
        raise ConfigurationError(f"the editor {shlex.join(command)} cannot be started: {error.strerror}") from error
