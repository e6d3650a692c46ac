"""What a command is asked about: a paper, a key to give, files of the library."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath

from mkdocs_papers.command.configuration import ConfigurationError
from mkdocs_papers.library.folder import RECORD_SUFFIXES
from mkdocs_papers.library.keys import keys_of
from mkdocs_papers.library.model import Library, Paper
from mkdocs_papers.library.names import is_usable_name
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.records.suggest import did_you_mean

_KEY = re.compile(r"(?:[0-9]{4}/)?[^/\\.][^/\\]*(?<! )")


def _as_key(written: str, settings: Settings) -> str:
    """A key, also where it was written as the path of its record."""
    key = written.removeprefix("./").removeprefix(f"{settings.meta}/")
    return key.rpartition(".")[0] if PurePosixPath(key).suffix in RECORD_SUFFIXES else key


def new_key(written: str, year: str, settings: Settings) -> str:
    """The key that a record is to have, with its year where that was left out and one is known.

    Raises:
        ConfigurationError: it is no key.
    """
    key = _as_key(written, settings)
    if not _KEY.fullmatch(key) or not is_usable_name(key):
        raise ConfigurationError(f"{written!r} is no key; write a year and a name, such as 2024/Quest")
    return key if "/" in key or not year else f"{year}/{key}"


def known_paper(written: str, library: Library, settings: Settings) -> Paper:
    """The paper that a key means, in any letter case, or by its abbreviation or its record's path.

    Raises:
        ConfigurationError: there is no such paper, or its record cannot be read.
    """
    key = _as_key(written, settings)
    keys = keys_of(library.papers)
    meant = keys.by_key(key, "", suggest=False).key or keys.by_name(key, "")
    if meant:
        return library.papers[meant]
    if key in library.unreadable:
        raise ConfigurationError(f"the record of {key!r} cannot be read; see mkdocs-papers check")
    remedy = did_you_mean(key, library.papers)
    raise ConfigurationError(f"there is no paper {written!r}" + (f"; {remedy}" if remedy else ""))


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
