"""Small libraries in temporary folders."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mkdocs_papers.library.load import load
from mkdocs_papers.library.model import Library
from mkdocs_papers.library.settings import settings_from
from tests.sites import write_files

QUEST = 'paper {\n  title: "Quest"\n}\n'
"""The smallest record."""

PIXEL = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1H0z"/></svg>\n'
"""The smallest picture."""


def loaded(folder: Path, files: Mapping[str, str | bytes], **options: Any) -> Library:
    """The library that these files and the plugin's options make."""
    write_files(folder, files)
    return load(settings_from(options, folder))


def lines(library: Library) -> list[str]:
    """Its problems as every surface prints them."""
    return [str(problem) for problem in library.problems]


def codes(library: Library) -> list[str]:
    """The codes of its problems."""
    return [problem.code for problem in library.problems]
