"""``mkdocs-papers check``: everything that is wrong in a library, each with its line."""

import argparse
import dataclasses
import os
import sys
from pathlib import Path

from mkdocs_papers.command.configuration import ConfigurationFileError, read_settings
from mkdocs_papers.command.exits import DONE, NOTHING
from mkdocs_papers.command.fixing import fix
from mkdocs_papers.command.known import chosen
from mkdocs_papers.command.progress import read_library
from mkdocs_papers.command.report import FORMATS, annotation, summary
from mkdocs_papers.library.problems import in_order
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.pages.library_pictures import LibraryPictures
from mkdocs_papers.pages.rendition_cache import RenditionCache
from mkdocs_papers.records.problem import Level, Problem

DESCRIPTION = (
    "Name everything that is wrong in the library. Exits with 0 where there is nothing worse than "
    "hints, with 1 where there is, and with 2 where the configuration cannot be used."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("paths", nargs="*", type=Path, help="report on these files and folders only")
    parser.add_argument("--format", choices=tuple(FORMATS), default="text", help="how to write problems (text)")
    parser.add_argument("--fix", action="store_true", help="first mend what has one safe answer, in the files")


def run(arguments: argparse.Namespace) -> int:
    """Check a library and print its problems."""
    try:
        settings = read_settings(arguments.config)
    except ConfigurationFileError as error:
        if arguments.format == "github":
            sys.stdout.write(annotation(error.path.as_posix(), error.place, "configuration", error.wrong))
        raise
    wanted = chosen(settings, arguments.paths)
    if arguments.fix:
        for path, count in fix(settings, wanted).items():
            print(f"{path}: {count} {'changes' if count > 1 else 'change'}", file=sys.stderr)
    problems = [_from_here(problem, settings) for problem in _problems(settings) if wanted(problem.path)]
    sys.stdout.write(FORMATS[arguments.format](problems))
    print(summary(problems), file=sys.stderr)
    return DONE if all(problem.level is Level.HINT for problem in problems) else NOTHING


def _problems(settings: Settings) -> tuple[Problem, ...]:
    """Everything that is wrong in a library, its covers too."""
    library = read_library(settings)
    renditions = RenditionCache(settings)
    pictures = LibraryPictures(settings, renditions)
    pictures.read_covers(library)
    renditions.stop()
    return in_order((*library.problems, *pictures.cover_problems), settings)


def _from_here(problem: Problem, settings: Settings) -> Problem:
    """The problem with its path relative to the working directory, as editors and GitHub open it."""
    return dataclasses.replace(problem, path=Path(os.path.relpath(settings.root / problem.path)).as_posix())
