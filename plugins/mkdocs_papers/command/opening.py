"""Opening files in the user's editor."""

import os
import shlex
import subprocess
from collections.abc import Sequence
from pathlib import Path

from mkdocs_papers.command.configuration import ConfigurationError


def open_files(files: Sequence[Path]) -> subprocess.Popen[bytes]:
    """Open files in the user's editor, whose end nobody waits for yet.

    Raises:
        ConfigurationError: none is named, or it cannot be started.
    """
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    if not named.strip():
        raise ConfigurationError("no editor is named; set VISUAL or EDITOR")
    try:
        return subprocess.Popen([*shlex.split(named), *map(str, files)])  # noqa: S603  # the user's own editor
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise ConfigurationError(f"the editor {named} cannot be started: {why}") from error
