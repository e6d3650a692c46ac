"""``mkdocs-papers note``: the beginning of a reading note."""

import argparse
import posixpath
import re
import sys
from importlib.resources import files
from typing import Any

import jinja2
from jinja2.sandbox import SandboxedEnvironment

from mkdocs_papers.command.configuration import ConfigurationError, read_settings
from mkdocs_papers.command.exits import DONE, NOTHING
from mkdocs_papers.command.known import known_paper
from mkdocs_papers.command.opening import editor, open_files
from mkdocs_papers.command.progress import read_library
from mkdocs_papers.command.writing import remove_leftovers, write_new
from mkdocs_papers.library.model import Paper
from mkdocs_papers.library.names import one_line
from mkdocs_papers.library.settings import Settings

TEMPLATE = ".template.md"
"""The library's own template, in the folder of notes, which takes no hidden file for a note."""

STARTER = files("mkdocs_papers") / "starter"
"""The files of a new library."""

_MATH = re.compile(r"(\$[^$\n]+\$)")
_MARKUP = re.compile(r"([\\`*_\[\]<>])")

DESCRIPTION = (
    f"Write the beginning of a paper's note and print its path. {TEMPLATE} in the folder of notes is "
    "the library's own template. Exits with 1 where there is a note already, which stays as it is."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("key", metavar="KEY", help="the paper, such as 2024/Quest")
    parser.add_argument(
        "--open", action="store_true", help="open the note in $VISUAL or $EDITOR, also one that is there"
    )


def run(arguments: argparse.Namespace) -> int:
    """Begin a note."""
    settings = read_settings(arguments.config)
    if arguments.open:
        editor()
    remove_leftovers(*settings.folders)
    paper = known_paper(arguments.key, read_library(settings), settings)
    path = note_path(paper, settings)
    file = settings.root / path
    status = DONE
    try:
        write_new(file, note_text(paper, path, settings).encode())
        print(path)
    except FileExistsError:
        print(f"{path}: is there already", file=sys.stderr)
        status = NOTHING
    if arguments.open:
        open_files([file]).wait()
    return status


def note_path(paper: Paper, settings: Settings) -> str:
    """Where a paper's note is or belongs, relative to the root.

    Raises:
        ConfigurationError: its record names an address, or a path that no note can have.
    """
    if paper.note and paper.note.path:
        return f"{settings.notes}/{paper.note.path}"
    written = (paper.record.info.note.url or "").strip()
    where = f"{paper.record.path}:{paper.record.place('note', 'url').line}"
    if paper.note:
        raise ConfigurationError(f"{where}: the note of {paper.key} is elsewhere: {paper.note.address}")
    path = posixpath.normpath(posixpath.join(settings.notes, paper.key, written or "note.md"))
    if not path.startswith(f"{settings.notes}/") or not path.lower().endswith((".md", ".markdown")):
        raise ConfigurationError(f"{where}: {written!r} is no path of a note below {settings.notes}/")
    return path


def note_text(paper: Paper, path: str, settings: Settings) -> str:
    """The beginning of a paper's note, from the library's own template or the usual one.

    Raises:
        ConfigurationError: the library's template cannot be used.
    """
    own = settings.root / settings.notes / TEMPLATE
    usual = STARTER / "notes" / "template.md"
    environment = SandboxedEnvironment(
        undefined=jinja2.StrictUndefined, keep_trailing_newline=True, autoescape=False
    )  # a note is Markdown; the values are escaped for that
    try:
        source = (own if own.is_file() else usual).read_text(encoding="utf-8")
        return environment.from_string(source).render(_values(paper, path))
    except Exception as error:
        line = f":{error.lineno}" if isinstance(error, jinja2.TemplateSyntaxError) else ""
        raise ConfigurationError(f"{settings.notes}/{TEMPLATE}{line}: {one_line(str(error))}") from error


def _values(paper: Paper, path: str) -> dict[str, Any]:
    """What a template may say of a paper, as Markdown."""
    return {
        "key": paper.key,
        "name": as_markdown(paper.name),
        "title": as_markdown(paper.title),
        "abbreviation": as_markdown(paper.abbreviation or ""),
        "authors": [as_markdown(author) for author in paper.authors],
        "institutions": [as_markdown(institution) for institution in paper.institutions],
        "venue": as_markdown(paper.venue or ""),
        "year": paper.year,
        "keywords": list(paper.keywords),
        "abstract": as_markdown(paper.abstract or ""),
        "url": paper.url or "",
        "doi": paper.doi or "",
        "record": posixpath.relpath(paper.record.path, posixpath.dirname(path)).replace(" ", "%20"),
    }


def as_markdown(text: str) -> str:
    """A text that means itself in Markdown; its ``$math$`` stays math."""
    return "".join(part if _MATH.fullmatch(part) else _MARKUP.sub(r"\\\1", part) for part in _MATH.split(text))
