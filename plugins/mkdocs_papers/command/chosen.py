"""Which files of a library a command is asked to look at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from mkdocs_papers.command.configuration import ConfigurationError
from mkdocs_papers.library.settings import Settings


def chosen(settings: Settings, paths: Sequence[Path]) -> Callable[[str], bool]:
    """Whether the file of a path relative to the root is among the paths that were asked for, or below them.

    Raises:
        ConfigurationError: one of the paths is not there.
    """
    asked = [path.absolute() for path in paths]
    for path in asked:
        if not path.exists():
            raise ConfigurationError(f"{path}: there is no such file or folder")
    if not asked:
        return lambda _path: True
    real = [path.resolve() for path in asked]
    return lambda path: any((settings.root / path).resolve().is_relative_to(each) for each in real)
