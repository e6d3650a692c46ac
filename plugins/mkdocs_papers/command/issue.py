"""``mkdocs-papers issue``: a library that takes papers from an issue of its repository on GitHub."""

from __future__ import annotations

import argparse
from pathlib import Path

SUMMARY = "take papers from an issue on GitHub, in a workflow"
DESCRIPTION = "Take papers from an issue on GitHub: for the two jobs of the workflow that the guide shows."
"""What the program's and the command's help say of it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    steps = parser.add_subparsers(required=True, metavar="STEP", dest="step")
    steps.add_parser("read", help="print what the issue's form says, from the event that started the workflow")
    place = steps.add_parser("place", help="check records that another job has made, and write those that are new")
    place.add_argument("folder", type=Path, help="where they are: YEAR/NAME.prototxt or .yaml")


def run(arguments: argparse.Namespace) -> int:
    """Do one of the two steps; gives the program's exit status."""
    # No other command needs what reads other programs' files.
    from mkdocs_papers.command import from_issue  # noqa: PLC0415

    return from_issue.read(arguments) if arguments.step == "read" else from_issue.place(arguments)
