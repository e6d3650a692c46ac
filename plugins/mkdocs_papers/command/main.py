"""The program ``mkdocs-papers``."""

import argparse
import contextlib
import importlib
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from mkdocs_papers import __version__
from mkdocs_papers.command.configuration import ConfigurationError
from mkdocs_papers.command.exits import INTERRUPTED, UNUSABLE

COMMANDS = {
    "init": "begin a library",
    "add": "put papers into the library",
    "new": "write a record by hand",
    "note": "begin a reading note",
    "check": "name everything that is wrong in the library",
    "fmt": "bring records into one layout",
    "radar": "find the preprints that have been published since",
    "rename": "give a record another key",
    "remove": "remove a record",
    "export": "write papers in the format of another program",
    "schema": "print the schema of records, for other programs",
    "issue": "take papers from an issue on GitHub, in a workflow",
}
"""The commands, in the order in which ``--help`` lists them, and what it says of each.

Each is a module beside this one, imported where it is asked for. It has ``DESCRIPTION``, ``add_arguments(parser)`` and
``run(arguments)``, which takes what was parsed, with ``config`` as the path of ``mkdocs.yml``, and gives its status. It
raises `ConfigurationError` where something cannot be used as it was configured or asked for, and `OSError` where a file
cannot be read or written.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; gives the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a title need not fit the terminal's encoding
            stream.reconfigure(errors="backslashreplace")
    given = sys.argv[1:] if arguments is None else arguments
    chosen = _parser(given).parse_args(given)
    try:
        status: int = chosen.run(chosen)
        sys.stdout.flush()
    except ConfigurationError as error:
        print(error, file=sys.stderr)
        return UNUSABLE
    except BrokenPipeError:  # `mkdocs-papers check | head` has seen enough
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return UNUSABLE
    except KeyboardInterrupt:
        print("interrupted; what is done stays done", file=sys.stderr)
        return INTERRUPTED
    except OSError as error:
        print(f"{error.filename}: {error.strerror}" if error.filename else error, file=sys.stderr)
        return UNUSABLE
    return status


def _parser(given: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="mkdocs-papers",
        description="A library of papers, added to, checked and exported without building its site.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for name, summary in COMMANDS.items():
        declared = commands.add_parser(name, help=summary)
        if name == next(iter(given), None):
            command = importlib.import_module(f"mkdocs_papers.command.{name}")
            declared.description = command.DESCRIPTION
            command.add_arguments(declared)
            declared.add_argument("--config", type=Path, default=Path("mkdocs.yml"), help="the site's configuration")
            declared.set_defaults(run=command.run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
