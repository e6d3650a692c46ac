"""``mkdocs-papers issue``: a library that takes papers from an issue of its repository on GitHub."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any


def add_to(commands: Any) -> None:
    """Declare the command's arguments.

    Args:
        commands: what `argparse.ArgumentParser.add_subparsers` gave.
    """
    parser = commands.add_parser(
        "issue",
        help="take papers from an issue on GitHub, in a workflow",
        description="Take papers from an issue on GitHub: for the two jobs of the workflow that the guide shows.",
    )
    steps = parser.add_subparsers(required=True, metavar="STEP")
    read = steps.add_parser("read", help="print what the issue's form says, from the event that started the workflow")
    read.set_defaults(run=_read)
    place = steps.add_parser("place", help="check records that another job has made, and write those that are new")
    place.add_argument("folder", type=Path, help="where they are: YEAR/NAME.prototxt or .yaml")
    place.set_defaults(run=_place)


def _read(arguments: argparse.Namespace) -> int:
    # No other command needs what reads other programs' files.
    from mkdocs_papers.command import from_issue  # noqa: PLC0415

    return from_issue.read(arguments)


def _place(arguments: argparse.Namespace) -> int:
    from mkdocs_papers.command import from_issue  # noqa: PLC0415 - as above

    return from_issue.place(arguments)
