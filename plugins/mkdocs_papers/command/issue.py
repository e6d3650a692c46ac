"""``mkdocs-papers issue``: papers from an issue of the library's repository on GitHub.

Anybody can write the issue. One job, which may only read, makes records of what it names. Another, which may write,
takes over from these files nothing but what says which papers they are, and only of papers that are new.
"""

import argparse
import json
import os
import re
import sys
from pathlib import Path

from mkdocs_papers.command.configuration import ConfigurationError, read_settings
from mkdocs_papers.command.exits import DONE, NOTHING, SOME_FAILED
from mkdocs_papers.command.placing import WRITERS, LibraryRecords
from mkdocs_papers.command.progress import read_library
from mkdocs_papers.command.writing import remove_leftovers, write_new
from mkdocs_papers.library.names import fold_case, printable
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.records.limits import LARGEST_EVENT, LARGEST_ISSUE_RECORD, LONGEST_ISSUE, MOST_ISSUE_RECORDS
from mkdocs_papers.records.problem import Level
from mkdocs_papers.records.read import read_record
from mkdocs_papers.records.record import Record
from mkdocs_papers.records.schema import PaperInfo
from mkdocs_papers.sources.found import Found

DESCRIPTION = "Take papers from an issue on GitHub: for the two jobs of the workflow that the guide shows."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    steps = parser.add_subparsers(required=True, metavar="STEP", dest="step")
    steps.add_parser("read", help="print what the issue's form says, from the event that started the workflow")
    place = steps.add_parser("place", help="check records that another job has made, and write those that are new")
    place.add_argument("folder", type=Path, help="where they are: YEAR/NAME.prototxt or .yaml")


FIELD = "Papers"
"""The label of the form's field that names them: GitHub makes it a heading of the issue."""

_HEADING = re.compile(r"^### +(.+?)[ \t]*\r?$", re.MULTILINE)
_KEY = re.compile(r"[0-9]{4}/[^\W_][\w.+-]{0,99}")
"""What the name of such a record may look like; `add` makes no other."""


def run(arguments: argparse.Namespace) -> int:
    """Do one of the two steps; gives the program's exit status."""
    return read(arguments) if arguments.step == "read" else place(arguments)


def read(_: argparse.Namespace) -> int:
    """Print what the form of the issue says."""
    path = os.environ.get("GITHUB_EVENT_PATH")
    if not path:
        raise ConfigurationError("GITHUB_EVENT_PATH is not set: this is for a workflow on GitHub")
    with Path(path).open("rb") as file:
        print(form_field(file.read(LARGEST_EVENT + 1)))
    return DONE


def form_field(event: bytes) -> str:
    """What the field `FIELD` of an issue form says.

    Args:
        event: the event of the issue, as GitHub hands it to a workflow: JSON.

    Raises:
        ConfigurationError: it is no event of such an issue.
    """
    try:
        body = json.loads(event)["issue"]["body"]
        # Between its headings, GitHub puts what was written there as it is; the first is the form's own.
        headings = list(_HEADING.finditer(body))
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        raise ConfigurationError("the event is none of an issue with a form") from error
    for place, heading in enumerate(headings):
        if heading[1] == FIELD:
            end = headings[place + 1].start() if place + 1 < len(headings) else len(body)
            named = str(body[heading.end() : end]).strip()
            if len(named) > LONGEST_ISSUE:
                raise ConfigurationError(f"the issue names papers in more than {LONGEST_ISSUE:,} characters")
            return named
    raise ConfigurationError(f"the issue has no field {FIELD!r}")


def place(arguments: argparse.Namespace) -> int:
    """Check records that another job has made, and write those that are new."""
    settings = read_settings(arguments.config)
    remove_leftovers(*settings.folders)
    written, refused = 0, 0
    records = LibraryRecords(read_library(settings), settings)
    for path in _files(arguments.folder):
        name = path.relative_to(arguments.folder).as_posix()
        try:
            info = _new_paper(path, name, settings, records)
            write_new(settings.root / settings.meta / name, WRITERS[name.rpartition(".")[2]](info).encode())
        except (_RefusedError, OSError) as error:
            refused += 1
            print(printable(f"{name}: {error}"), file=sys.stderr)
        else:
            written += 1
            print(f"{settings.meta}/{name}")
    if refused:
        return SOME_FAILED
    return DONE if written else NOTHING


def _new_paper(path: Path, name: str, settings: Settings, records: LibraryRecords) -> PaperInfo:
    """Of the record in a file that another job has made, what says which paper it is."""
    record = _checked(path, name, settings)
    paper, pub = record.info.paper, record.info.pub
    found = Found(record.path, paper.title, paper.authors, year=pub.year, doi=paper.doi, url=paper.url)
    if known := records.known(found):
        raise _RefusedError(records.told(known))
    return PaperInfo(paper=paper, pub=pub)


def _files(folder: Path) -> list[Path]:
    """The files in a folder, links left out."""
    if not folder.is_dir():
        raise ConfigurationError(f"{folder}: there is no such folder")
    every = sorted(path for path in folder.rglob("*") if not path.is_dir() or path.is_symlink())
    if len(every) > MOST_ISSUE_RECORDS:
        raise ConfigurationError(f"{len(every)} files are more than {MOST_ISSUE_RECORDS}: nothing is written")
    return every


class _RefusedError(Exception):
    """A file is no record to be added; why, to be read after its name."""


def _checked(path: Path, name: str, settings: Settings) -> Record:
    """The record in a file that another job has made."""
    key, _, suffix = name.rpartition(".")
    if suffix not in WRITERS or not _KEY.fullmatch(key):
        raise _RefusedError("is no name of a record: YEAR/NAME.prototxt or .yaml")
    if path.is_symlink() or not path.is_file():
        raise _RefusedError("is no file")
    year = settings.root / settings.meta / key.partition("/")[0]
    if year.is_dir() and any(fold_case(there.stem) == fold_case(path.stem) for there in year.iterdir()):
        raise _RefusedError("there is a record of that name already")
    with path.open("rb") as file:
        content = file.read(LARGEST_ISSUE_RECORD + 1)
    if len(content) > LARGEST_ISSUE_RECORD:
        raise _RefusedError(f"has more than {LARGEST_ISSUE_RECORD:,} bytes")
    reading = read_record(name, key, content)
    wrong = [found for found in reading.problems if found.level is Level.ERROR]
    if reading.record is None or wrong:
        raise _RefusedError(str((wrong or reading.problems)[0]))
    return reading.record
