"""``mkdocs-papers add``: papers put into the library, from whatever one has at hand."""

from __future__ import annotations

import argparse

from mkdocs_papers.command import answering
from mkdocs_papers.records.formats import FORMATS

SUMMARY = "put papers into the library"
DESCRIPTION = (
    "Put papers into the library: writes a record for each and prints its path. Exits with 0 where "
    "records were written, 1 where there was nothing to write, 2 where nothing could be done with what was given, "
    "3 where that is so of some."
)
"""What the program's and the command's help say of it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "what",
        nargs="+",
        metavar="WHAT",
        help="an arXiv id, a DOI, an address; a PDF, BibTeX, RIS or CSL-JSON file; - for any of them on standard input",
    )
    parser.add_argument(
        "--from-text", action="store_true", help="find the ids and addresses in texts, such as an e-mail"
    )
    parser.add_argument("--dry-run", action="store_true", help="print the records instead of writing them")
    add_record_arguments(parser)
    parser.add_argument("--note", action="store_true", help="write the beginning of a note, too")
    parser.add_argument("--open", action="store_true", help="open the records in $VISUAL or $EDITOR afterwards")
    parser.add_argument(
        "--update", action="store_true", help="fill gaps in the records of papers that are there already"
    )
    parser.add_argument(
        "--complete", action="store_true", help="ask about the entries of files, too, and fill their gaps"
    )
    answering.add_arguments(parser)


def add_record_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments that say how records are written."""
    parser.add_argument("--keyword", action="append", default=[], metavar="WORD", help="give it a keyword (repeatable)")
    parser.add_argument("--key", help="the record's key, such as 2024/Quest, or its name alone")
    parser.add_argument(
        "--format", choices=tuple(known.name for known in FORMATS), help="what to write (what the library mostly uses)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Add papers.

    Raises:
        ConfigurationError: the configuration or an argument cannot be used.
        OSError: something cannot be read or written.
    """
    # No other command needs what asks the web and reads other programs' files.
    from mkdocs_papers.command import adding  # noqa: PLC0415

    return adding.run(arguments)
