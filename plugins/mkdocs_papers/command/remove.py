"""``mkdocs-papers remove``: a record that goes, once what leads to it is known."""

import argparse
import contextlib
import sys

from mkdocs_papers.command.configuration import read_configuration, read_settings
from mkdocs_papers.command.exits import DONE, NOTHING
from mkdocs_papers.command.known import known_paper
from mkdocs_papers.command.progress import read_library
from mkdocs_papers.command.references import docs_folder, documents, references
from mkdocs_papers.command.writing import remove_leftovers

DESCRIPTION = (
    "Remove a record. What leads to it (baselines, same_work, links of notes) is named first, and then "
    "nothing is removed unless --force says so: exits with 1. Its note stays, and is named."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("key", metavar="KEY", help="the paper, such as 2024/Quest")
    parser.add_argument("--force", action="store_true", help="remove it although something leads to it")


def run(arguments: argparse.Namespace) -> int:
    """Remove a record."""
    settings = read_settings(arguments.config)
    remove_leftovers(*settings.folders)
    library = read_library(settings)
    paper = known_paper(arguments.key, library, settings)
    docs = docs_folder(read_configuration(arguments.config), settings)
    leading = list(references(library, settings, paper.key, documents(docs, settings)))
    for reference in leading:
        print(reference, file=sys.stderr)
    if leading and not arguments.force:
        print(f"{paper.key} stays; --force removes it all the same", file=sys.stderr)
        return NOTHING
    record = settings.root / paper.record.path
    record.unlink()
    with contextlib.suppress(OSError):
        record.parent.rmdir()
    print(paper.record.path)
    if paper.note and paper.note.path:
        print(f"{settings.notes}/{paper.note.path}: stays", file=sys.stderr)
    return DONE
