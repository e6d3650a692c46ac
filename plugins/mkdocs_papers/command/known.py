"""Which paper of a library a command is asked about."""

from __future__ import annotations

from pathlib import PurePosixPath

from mkdocs_papers.command.configuration import ConfigurationError
from mkdocs_papers.library.folder import RECORD_SUFFIXES
from mkdocs_papers.library.keys import keys_of
from mkdocs_papers.library.model import Library, Paper
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.records.suggest import did_you_mean


def known_paper(written: str, library: Library, settings: Settings) -> Paper:
    """The paper that a key means, in any letter case, or by its abbreviation or its record's path.

    Raises:
        ConfigurationError: there is no such paper, or its record cannot be read.
    """
    key = written.removeprefix("./").removeprefix(f"{settings.meta}/")
    if PurePosixPath(key).suffix in RECORD_SUFFIXES:
        key = key.rpartition(".")[0]
    keys = keys_of(library.papers)
    meant = keys.by_key(key, "", suggest=False).key or keys.by_name(key, "")
    if meant:
        return library.papers[meant]
    if key in library.unreadable:
        raise ConfigurationError(f"the record of {key!r} cannot be read; see mkdocs-papers check")
    remedy = did_you_mean(key, library.papers)
    raise ConfigurationError(f"there is no paper {written!r}" + (f"; {remedy}" if remedy else ""))
