"""The program ``mkdocs-papers``."""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from mkdocs_papers import __version__
from mkdocs_papers.command import add, check, export, fmt, init, issue, new, note, radar, remove, rename, schema
from mkdocs_papers.command.configuration import ConfigurationError

UNUSABLE = 2
"""What the program exits with where it cannot do what it was asked, as argparse does."""

INTERRUPTED = 130
"""What the program exits with where somebody stops it, as shells count."""

COMMANDS = (init, add, new, note, check, fmt, radar, rename, remove, export, schema, issue)
"""The modules of the commands, in the order in which ``--help`` lists them.

Each has ``SUMMARY``, ``DESCRIPTION``, ``add_arguments(parser)`` and ``run(arguments)``, which takes what was parsed,
with ``config`` as the path of ``mkdocs.yml``, and gives the exit status.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program.

    Returns:
        The exit status.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a title need not fit the terminal's encoding
            stream.reconfigure(errors="backslashreplace")
    chosen = _parser().parse_args(arguments)
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
        print(error, file=sys.stderr)
        return UNUSABLE
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="mkdocs-papers",
        description="A library of papers, added to, checked and exported without building its site.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for command in COMMANDS:
        name = command.__name__.rpartition(".")[2]
        declared = commands.add_parser(name, help=command.SUMMARY, description=command.DESCRIPTION)
        command.add_arguments(declared)
        declared.add_argument("--config", type=Path, default=Path("mkdocs.yml"), help="the site's configuration")
        declared.set_defaults(run=command.run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
