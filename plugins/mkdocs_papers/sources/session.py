"""Who answers in one run of the program: the web, what was remembered, a recording, or nobody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from mkdocs_papers.sources.asking import Asker
from mkdocs_papers.sources.recording import Recording, Replaying
from mkdocs_papers.sources.registry import HOSTS
from mkdocs_papers.sources.remembering import Remembering
from mkdocs_papers.sources.source import Host
from mkdocs_papers.sources.web import Credentials, Pace, Web

MAIL = "MKDOCS_PAPERS_MAIL"
"""The environment variable of the mail address for polite pools."""


def session(
    cache: Path,
    environment: Mapping[str, str],
    *,
    offline: bool = False,
    record: Path | None = None,
    replay: Path | None = None,
) -> Asker:
    """Who answers.

    Args:
        cache: the folder in which answers are remembered; it exists.
        environment: may hold keys and a mail address.
        offline: nobody is asked.
        record: a folder in which each answer is kept.
        replay: a recording that answers; nobody is asked, and nothing is remembered.

    Raises:
        RecordingError: a folder is no recording.
        OSError: a folder cannot be made.
    """
    if replay:
        asker: Asker = Replaying(replay)
    else:
        sent = credentials(HOSTS, environment)
        web = None if offline else Web({host.name: host.pace for host in HOSTS}, sent, Pace(cache))
        asker = Remembering(web, cache)
    if record:
        secrets = [environment.get(MAIL, ""), *(environment.get(host.key_variable, "") for host in HOSTS)]
        asker = Recording(asker, record, secrets)
    return asker


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
