"""``mkdocs-papers fmt``: records in one layout."""

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from mkdocs_papers.command.configuration import read_settings
from mkdocs_papers.command.exits import DONE, NOTHING
from mkdocs_papers.command.known import chosen
from mkdocs_papers.command.progress import Progress
from mkdocs_papers.command.writing import remove_leftovers, write_whole
from mkdocs_papers.library.folder import find_records
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.records.layout import laid_out

DESCRIPTION = (
    "Bring records into one layout: one value a line, fields in the order of the schema. What they say "
    "and their comments stay. Prints the files that change. Exits with 1 where a record cannot be laid out, or, "
    "with --check, where one is not in the layout."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("paths", nargs="*", type=Path, help="these files and folders only")
    parser.add_argument("--check", action="store_true", help="change nothing, and name what would change")


def run(arguments: argparse.Namespace) -> int:
    """Lay out records."""
    settings = read_settings(arguments.config)
    if not arguments.check:
        remove_leftovers(*settings.folders)
    status = DONE
    for path, before, after in _records(settings, chosen(settings, arguments.paths)):
        shown = Path(os.path.relpath(settings.root / path)).as_posix()
        if after is None:
            print(
                f"{shown}: left as it is, for something in it cannot be read; see mkdocs-papers check", file=sys.stderr
            )
            status = NOTHING
            continue
        print(shown)
        if arguments.check:
            status = NOTHING
        elif not write_whole(settings.root / path, after, expected=before):
            print(f"{shown}: left as it is, for somebody saved it meanwhile", file=sys.stderr)
            status = NOTHING
    return status


def _records(settings: Settings, wanted: Callable[[str], bool]) -> Iterator[tuple[str, bytes, bytes | None]]:
    """The wanted records that are not in the layout: the file, its content, and what that should be.

    The last is None where something would be lost.
    """
    paths = [path for name in find_records(settings).files if wanted(path := f"{settings.meta}/{name}")]
    progress = Progress(len(paths))
    for path in paths:
        progress.step(f"laying out {path}")
        try:
            before = (settings.root / path).read_bytes()
        except OSError:  # it is the check that says why
            before, after = b"", None
        else:
            after = _laid_out(before, path)
        if after != before:
            progress.clear()
            yield path, before, after
    progress.clear()


def _laid_out(content: bytes, path: str) -> bytes | None:
    try:
        after = laid_out(content.decode(), path)
    except UnicodeDecodeError:
        return None
    return None if after is None else after.encode()
