"""Who answers a command that asks sources: the web, what was remembered, a recording, or nobody."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs_papers.command.configuration import ConfigurationError
from mkdocs_papers.library.cache import cache_folder, make_cache_folder
from mkdocs_papers.library.settings import Settings

if TYPE_CHECKING:
    from mkdocs_papers.sources.asking import Asker


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments that say who answers."""
    whom = parser.add_mutually_exclusive_group()
    whom.add_argument("--offline", action="store_true", help="ask nobody; answers of before still count")
    whom.add_argument("--replay", type=Path, metavar="FOLDER", help="take answers from a recording, and ask nobody")
    parser.add_argument("--record", type=Path, metavar="FOLDER", help="keep each answer in a folder, without keys")


def asker(arguments: argparse.Namespace, settings: Settings) -> Asker:
    """Who answers.

    Raises:
        ConfigurationError: a folder is no recording.
        OSError: a folder cannot be made.
    """
    # No other command needs what asks the web.
    from mkdocs_papers.sources.recording import RecordingError  # noqa: PLC0415
    from mkdocs_papers.sources.session import session  # noqa: PLC0415

    cache = cache_folder(settings.root, "answers")
    if arguments.replay is None:
        make_cache_folder(cache)
    try:
        return session(cache, os.environ, offline=arguments.offline, record=arguments.record, replay=arguments.replay)
    except RecordingError as error:
        raise ConfigurationError(str(error)) from error
