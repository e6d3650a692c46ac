"""``mkdocs-papers new``: a record by hand."""

import argparse
import datetime as dt
import sys

from mkdocs_papers.command.add import add_record_arguments, wanted_of
from mkdocs_papers.command.configuration import ConfigurationError, read_settings
from mkdocs_papers.command.exits import DONE, NOTHING
from mkdocs_papers.command.opening import editor, open_files
from mkdocs_papers.command.placing import LibraryRecords, Placed
from mkdocs_papers.command.progress import read_library
from mkdocs_papers.command.writing import remove_leftovers
from mkdocs_papers.library.names import one_line
from mkdocs_papers.records.addresses import is_http_address
from mkdocs_papers.sources.found import Found

DESCRIPTION = (
    "Write a record of a paper that no service knows, and print its path. Exits with 1 where there is "
    "one of that paper already."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("title", metavar="TITLE", help="the title, as printed; may hold $math$")
    parser.add_argument("--year", type=_year, help="the year of publication (that of the key, or this year)")
    parser.add_argument("--author", action="append", default=[], metavar="NAME", help="an author (repeatable)")
    parser.add_argument("--venue", help="where it was published")
    parser.add_argument("--url", help="where the paper is read")
    add_record_arguments(parser)
    parser.add_argument("--open", action="store_true", help="open the record in $VISUAL or $EDITOR")


def _year(text: str) -> int:
    if not (len(text) == 4 and text.isascii() and text.isdigit() and text >= "1000"):  # noqa: PLR2004 - as folders are named
        raise argparse.ArgumentTypeError(f"{text!r} is no year; write four digits")
    return int(text)


def run(arguments: argparse.Namespace) -> int:
    """Write a record."""
    settings = read_settings(arguments.config)
    if arguments.open:
        editor()
    remove_leftovers(*settings.folders)
    wanted = wanted_of(arguments, settings)
    if arguments.url is not None and not is_http_address(arguments.url):
        raise ConfigurationError(f"--url {arguments.url!r} is no http(s) address; write one that begins with https://")
    folder = (wanted.key or "").rpartition("/")[0]
    records = LibraryRecords(read_library(settings), settings, wanted)
    found = Found(
        source="by hand",
        title=one_line(arguments.title),
        authors=tuple(filter(None, map(one_line, arguments.author))),
        year=arguments.year or int(folder or dt.datetime.now(dt.UTC).year),
        venue=one_line(arguments.venue or "") or None,
        url=arguments.url,
    )
    if match := records.known(found):
        print(records.told(match), file=sys.stderr)
        return NOTHING
    placed = records.place(found)
    if not isinstance(placed, Placed):
        raise ConfigurationError(f"{placed.wrong}; {placed.right}".removesuffix("; "))
    if error := records.write([placed])[0]:
        raise error
    print(placed.path)
    if arguments.open:
        open_files([records.file(placed)]).wait()
    return DONE
