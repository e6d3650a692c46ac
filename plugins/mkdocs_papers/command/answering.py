"""Who answers a command that asks sources: the web, what was remembered, a recording, or nobody."""

import argparse
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from mkdocs_papers.command.configuration import ConfigurationError
from mkdocs_papers.command.progress import Progress
from mkdocs_papers.command.remembering import Remembering, kept_pace
from mkdocs_papers.library.cache_folder import cache_folder
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.sources.asking import Asker
from mkdocs_papers.sources.recording import Recording, RecordingError, Replaying
from mkdocs_papers.sources.registry import HOSTS
from mkdocs_papers.sources.resolve import Resolver
from mkdocs_papers.sources.source import Host
from mkdocs_papers.sources.web import Credentials, Web

MAIL = "MKDOCS_PAPERS_MAIL"
"""The environment variable of the mail address for polite pools."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments that say who answers."""
    whom = parser.add_mutually_exclusive_group()
    whom.add_argument("--offline", action="store_true", help="ask nobody; answers of before still count")
    whom.add_argument("--replay", type=Path, metavar="FOLDER", help="take answers from a recording, and ask nobody")
    parser.add_argument("--record", type=Path, metavar="FOLDER", help="keep each answer in a folder, without keys")


def asker(arguments: argparse.Namespace, settings: Settings, environment: Mapping[str, str] = os.environ) -> Asker:
    """Who answers.

    Args:
        arguments: as `add_arguments` declares them. A recording that answers is all there is: nothing is remembered.
        environment: may hold keys and a mail address.

    Raises:
        ConfigurationError: a folder is no recording.
    """
    try:
        if arguments.replay:
            answering: Asker = Replaying(arguments.replay)
        else:
            cache, sent = cache_folder(settings.root, "answers"), credentials(HOSTS, environment)
            paces = {host.name: host.pace for host in HOSTS}
            answering = Remembering(None if arguments.offline else Web(paces, sent, kept_pace(cache)), cache)
        if arguments.record:
            secrets = [environment.get(MAIL, ""), *(environment.get(host.key_variable, "") for host in HOSTS)]
            answering = Recording(answering, arguments.record, secrets)
    except RecordingError as error:
        raise ConfigurationError(str(error)) from error
    return answering


def resolver(arguments: argparse.Namespace, settings: Settings, progress: Progress) -> Resolver:
    """Tells what is known of identifiers, and who is being asked.

    Raises:
        ConfigurationError: a folder is no recording.
    """
    return Resolver(asker(arguments, settings), lambda source, about: progress.say(f"asking {source} about {about}"))


def credentials(hosts: Iterable[Host], environment: Mapping[str, str]) -> dict[str, Credentials]:
    """What is sent along to each host, of the keys and the mail address that the environment may hold."""
    found = {}
    for host in hosts:
        mail = environment.get(MAIL, "").strip() if host.mail else ""
        key = environment.get(host.key_variable, "").strip() if host.key_variable else ""
        query = {host.mail: mail} if mail else {}
        if key and host.key_parameter:
            query[host.key_parameter] = key
        found[host.name] = Credentials(query, {host.key_header: key} if key and host.key_header else {})
    return found
