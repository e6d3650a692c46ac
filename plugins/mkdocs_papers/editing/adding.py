"""Adding papers from a page: what it would write is shown first, and then just that is written."""

import itertools
import os
import threading
from argparse import Namespace
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path

import msgspec

from mkdocs_papers.command.answering import asker
from mkdocs_papers.command.configuration import ConfigurationError
from mkdocs_papers.command.deciding import New, There, decide, origins
from mkdocs_papers.command.given import Mentioned, pasted
from mkdocs_papers.command.placing import LibraryRecords, Placed
from mkdocs_papers.command.writing import write_new
from mkdocs_papers.editing.changeable import RefusedError, digest, own_file
from mkdocs_papers.library.model import Library
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.records.limits import MOST_PASTED_ENTRIES, MOST_PASTED_IDENTIFIERS, MOST_SHOWN
from mkdocs_papers.sources.asking import Asker
from mkdocs_papers.sources.resolve import Resolver

OFFLINE, REPLAY = "MKDOCS_PAPERS_OFFLINE", "MKDOCS_PAPERS_REPLAY"
"""Environment variables: nobody is asked; the folder of a recording that answers. As the options of ``add``."""


class LookUp(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a page asks for: the records of what was pasted."""

    what: str


class Write(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a page asks for: that records be written which it was shown, by what each was called by."""

    records: list[str]


class Adding:
    """Papers that were looked up, until they are written. One look-up at a time: sources are asked at a pace.

    Attributes:
        busy: is held while somebody is asked.
    """

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        self._environment = environment
        self.busy = threading.Lock()
        self._shown: dict[str, New] = {}

    def look_up(self, wanted: LookUp, library: Library, settings: Settings) -> dict[str, object]:
        """What would be written of papers; who is asked is asked in the thread of the request.

        Returns:
            The ``records``, each with an ``id``, its ``path``, ``text`` and ``origins``; what is ``known`` already and
            what has ``failed``, one line each.

        Raises:
            RefusedError: it is too much, or another look-up is under way.
            OSError: nothing can be remembered.
        """
        given = list(itertools.islice(pasted(wanted.what), MOST_PASTED_ENTRIES + 1))
        asked = sum(isinstance(each, Mentioned) for each in given)
        if len(given) > MOST_PASTED_ENTRIES or asked > MOST_PASTED_IDENTIFIERS:
            most = f"{MOST_PASTED_IDENTIFIERS} identifiers or {MOST_PASTED_ENTRIES} entries"
            raise RefusedError(
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"paste no more than {most}; mkdocs-papers add takes any number"
            )
        if not self.busy.acquire(blocking=False):
            raise RefusedError(HTTPStatus.SERVICE_UNAVAILABLE, "another look-up is under way; wait for it")
        try:
            records, resolver = LibraryRecords(library, settings), Resolver(self._asker(settings))
            decided = [decide(each, records, resolver) for each in given]
        finally:
            self.busy.release()
        new = {_name(each.placed): each for each in decided if isinstance(each, New)}
        self._shown = dict(list({**self._shown, **new}.items())[-MOST_SHOWN:])
        known = [f"{each.what}: {records.told(each.match)}" for each in decided if isinstance(each, There)]
        return {
            "records": [
                {"id": name, "path": each.placed.path, "text": each.placed.text, "origins": list(origins(each))[1:]}
                for name, each in new.items()
            ],
            "known": known,
            "failed": [str(each) for each in decided if not isinstance(each, New | There)],
        }

    def write(self, wanted: Write, library: Library, settings: Settings) -> tuple[list[Placed], list[str]]:
        """Write records that were shown; gives what was written, and why others were not, one line each.

        Raises:
            RefusedError: one was not shown in this run.
        """
        if not all(name in self._shown for name in wanted.records):
            raise RefusedError(HTTPStatus.NOT_FOUND, "that record was not looked up in this run; look it up again")
        records = LibraryRecords(library, settings)
        written, failed = [], []
        for name in dict.fromkeys(wanted.records):
            new = self._shown[name]
            path = new.placed.path
            if match := records.known(new.found):
                failed.append(f"{new.what}: {records.told(match)}")
                continue
            try:
                write_new(own_file(path, settings), new.placed.text.encode(), follow_links=False)
            except OSError as error:
                failed.append(f"{path} cannot be written: {error.strerror}")
            else:
                written.append(new.placed)
        return written, failed

    def _asker(self, settings: Settings) -> Asker:
        replay = self._environment.get(REPLAY)
        arguments = Namespace(
            offline=bool(self._environment.get(OFFLINE)), replay=Path(replay) if replay else None, record=None
        )
        try:
            return asker(arguments, settings)
        except ConfigurationError as error:
            raise RefusedError(HTTPStatus.INTERNAL_SERVER_ERROR, str(error)) from error


def _name(placed: Placed) -> str:
    """What a record is called by until it is written; another text is another record."""
    return digest(f"{placed.path}\n{placed.text}".encode())
