"""``mkdocs-papers radar``: which preprints of the library have been published since."""

from __future__ import annotations

import argparse

from mkdocs_papers.command import answering

FORMATS = ("text", "markdown")
"""The formats of what is printed."""

SUMMARY = "find the preprints that have been published since"
DESCRIPTION = (
    "Find the preprints on arXiv that have been published since, and print what their records would "
    "say, each with its source. Nothing is written without --fix. Exits with 3 where a source did not answer about "
    "some."
)
"""What the program's and the command's help say of it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("keys", nargs="*", metavar="KEY", help="look at these papers only, such as 2024/Quest")
    parser.add_argument(
        "--fix", nargs="+", default=[], metavar="KEY", help="write what was found of these papers, or of 'all'"
    )
    parser.add_argument(
        "--format", choices=FORMATS, default="text", help="markdown is the body of a pull request (text)"
    )
    answering.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Look for published versions.

    Raises:
        ConfigurationError: the configuration or an argument cannot be used.
        OSError: something cannot be read or written.
    """
    # No other command needs what asks the web.
    from mkdocs_papers.command import publishing  # noqa: PLC0415

    return publishing.run(arguments)
