"""``mkdocs-papers add``: papers put into the library, from whatever one has at hand.

What came in becomes a record, is there already, or is named as failed.
"""

import argparse
import contextlib
import itertools
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mkdocs_papers.command import answering
from mkdocs_papers.command.configuration import ConfigurationError, read_settings
from mkdocs_papers.command.deciding import New, There, decide, origins
from mkdocs_papers.command.exits import DONE, NOTHING, SOME_FAILED, UNUSABLE
from mkdocs_papers.command.given import Input, inputs
from mkdocs_papers.command.known import new_key
from mkdocs_papers.command.note import note_path, note_text
from mkdocs_papers.command.opening import editor, open_files
from mkdocs_papers.command.placing import LibraryRecords, Match, Wanted
from mkdocs_papers.command.progress import Progress, read_library
from mkdocs_papers.command.writing import remove_leftovers, write_new
from mkdocs_papers.library.names import printable
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.records.formats import FORMATS
from mkdocs_papers.records.suggest import did_you_mean
from mkdocs_papers.sources.found import Failure, Found
from mkdocs_papers.sources.resolve import Resolver

DESCRIPTION = (
    "Put papers into the library: writes a record for each and prints its path. Exits with 0 where "
    "records were written, 1 where there was nothing to write, 2 where nothing could be done with what was given, "
    "3 where that is so of some."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "what",
        nargs="+",
        metavar="WHAT",
        help="an arXiv id, a DOI, an address; a PDF, BibTeX, RIS, CSL-JSON, EndNote or PubMed file; - for any of them "
        "on standard input",
    )
    parser.add_argument(
        "--from-text", action="store_true", help="find the ids and addresses in texts, such as an e-mail"
    )
    parser.add_argument("--dry-run", action="store_true", help="print the records instead of writing them")
    add_record_arguments(parser)
    parser.add_argument("--note", action="store_true", help="write the beginning of a note, too")
    parser.add_argument("--open", action="store_true", help="open the records in $VISUAL or $EDITOR afterwards")
    parser.add_argument(
        "--update", action="store_true", help="fill gaps in the records of papers that are there already"
    )
    parser.add_argument(
        "--complete", action="store_true", help="ask about the entries of files, too, and fill their gaps"
    )
    answering.add_arguments(parser)


def add_record_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments that say how records are written."""
    parser.add_argument("--keyword", action="append", default=[], metavar="WORD", help="give it a keyword (repeatable)")
    parser.add_argument("--key", help="the record's key, such as 2024/Quest, or only its name")
    parser.add_argument(
        "--format", choices=tuple(known.name for known in FORMATS), help="what to write (what the library mostly uses)"
    )


_MOST_NAMED = 100
"""So many fields of files for which records have none are named."""

_MOST_WAITING = 200
"""So many records of a file are written at once."""


@dataclass
class Outcome:
    """What came of everything that was given.

    Attributes:
        dry_run: whether none was, and `written` counts those that would be.
        unsupported: how many entries of files have each field for which a record has none.
        updated: how many of those that were there already have fewer gaps now.
    """

    written: int = 0
    known: int = 0
    failed: int = 0
    files: list[Path] = field(default_factory=list)
    dry_run: bool = False
    updated: int = 0
    unsupported: Counter[str] = field(default_factory=Counter)

    @property
    def status(self) -> int:
        """The exit status."""
        if self.failed:
            return SOME_FAILED if self.written or self.known else UNUSABLE
        return DONE if self.written or self.updated else NOTHING

    def __str__(self) -> str:
        """In one line."""
        total = self.written + self.known + self.failed
        written = "would be written" if self.dry_run else "written"
        updated = f" ({self.updated} of them updated)" if self.updated else ""
        known = f"{self.known} there already{updated}"
        return f"{total} came in: {self.written} {written}, {known}, {self.failed} failed"


def run(arguments: argparse.Namespace) -> int:
    """Add papers."""
    settings = read_settings(arguments.config)
    if arguments.key is not None and len(arguments.what) > 1:
        raise ConfigurationError("--key is for one paper; add several without it")
    if arguments.open:
        editor()
    if not arguments.dry_run:
        remove_leftovers(*settings.folders)
    records = LibraryRecords(read_library(settings), settings, wanted_of(arguments, settings))
    progress = Progress(0)
    resolver = answering.resolver(arguments, settings, progress)
    stream = (each for what in arguments.what for each in inputs(what, from_text=arguments.from_text))
    first = list(itertools.islice(stream, 2))
    # Where each field came from is worth its lines unless a whole file comes in.
    talkative = len(first) < 2 or not any(isinstance(each, Found) for each in first)  # noqa: PLR2004  # one entry
    outcome = Outcome(dry_run=arguments.dry_run)
    adder = _Adder(records, resolver, progress, outcome, arguments, talkative=talkative)
    for each in itertools.chain(first, stream):
        adder.add(each)
        progress.step()
    adder.write()
    progress.clear()
    noted = not arguments.note or _begin_notes(outcome.files, settings)
    if outcome.unsupported:
        fields = ", ".join(f"{name} ({count})" for name, count in outcome.unsupported.most_common(_MOST_NAMED))
        others = len(outcome.unsupported) - _MOST_NAMED
        more = f" and {others} others" if others > 0 else ""
        print(printable(f"records have no field for {fields}{more}"), file=sys.stderr)
    if not first:
        print("nothing to write: no identifier is in what was given", file=sys.stderr)
    elif len(first) > 1:
        print(outcome, file=sys.stderr)
    if arguments.open and outcome.files:
        open_files(outcome.files).wait()
    return outcome.status if noted else SOME_FAILED


@dataclass
class _Adder:
    """Adds one paper after the other.

    Attributes:
        progress: is cleared before anything is printed.
        outcome: what came of it so far; says whether records are printed instead of written.
        talkative: whether it is told where each field came from.
    """

    records: LibraryRecords
    resolver: Resolver
    progress: Progress
    outcome: Outcome
    arguments: argparse.Namespace
    talkative: bool
    _waiting: list[New] = field(default_factory=list)

    def add(self, given: Input) -> None:
        """Add a paper, or say why not."""
        if isinstance(given, Found):
            self._tell(*given.odd)
            self.outcome.unsupported.update(given.unsupported)
        decided = decide(given, self.records, self.resolver, complete=self.arguments.complete)
        if isinstance(decided, Failure):
            self._fail(decided)
        elif isinstance(decided, There):
            if self.arguments.update and decided.found and decided.match.certain:
                self.write()  # it may be one of those that wait
                self._update(decided.match, decided.found, decided.what)
            else:
                self._there(decided.what, decided.match)
        else:
            self._waiting.append(decided)
            if decided.resolved or len(self._waiting) == _MOST_WAITING:
                self.write()

    def _update(self, match: Match, found: Found, what: str) -> None:
        """Fill the gaps of a record that is there."""
        path, names = self.records.path(match.key), []
        try:
            names = [] if path is None else self.records.fill(path, found, dry_run=self.outcome.dry_run)
        except (OSError, ValueError) as error:
            self._fail(Failure(what, f"{path} cannot be changed: {error}"))
            return
        if not names:
            self._there(what, match)
            return
        self.outcome.known += 1
        self.outcome.updated += 1
        print(path)
        self._tell(f"{path}: {', '.join(names)}: {found.source}")

    def write(self) -> None:
        """Write the records that wait for it."""
        waiting, self._waiting = self._waiting, []
        failures = (
            [None] * len(waiting) if self.outcome.dry_run else self.records.write([new.placed for new in waiting])
        )
        for new, error in zip(waiting, failures, strict=True):
            if error:
                self._fail(Failure(new.what, f"{new.placed.path} cannot be written: {error.strerror}"))
            else:
                self._written(new)

    def _written(self, new: New) -> None:
        self.progress.clear()
        if self.outcome.dry_run:
            print(new.placed.text, end="")
        else:
            self.outcome.files.append(self.records.file(new.placed))
            print(new.placed.path)
        self.outcome.written += 1
        if self.talkative:
            self._tell(*origins(new))

    def _there(self, what: str, match: Match) -> None:
        self.outcome.known += 1
        self._tell(f"{what}: {self.records.told(match)}")

    def _fail(self, failure: Failure) -> None:
        self.outcome.failed += 1
        self._tell(failure)

    def _tell(self, *lines: object) -> None:
        self.progress.clear()
        for line in lines:
            print(printable(str(line)), file=sys.stderr)


def _begin_notes(files: Sequence[Path], settings: Settings) -> bool:
    """Write the beginning of a note for each record that was written; whether that was so of all."""
    library = read_library(settings)
    wrong: dict[str, None] = {}
    for file in files:
        paper = library.papers.get(f"{file.parent.name}/{file.stem}")
        if paper is None:  # the option `exclude` leaves it out
            continue
        path = ""
        try:
            path = note_path(paper, settings)
            with contextlib.suppress(FileExistsError):
                write_new(settings.root / path, note_text(paper, path, settings).encode())
                print(path)
        except ConfigurationError as error:
            wrong[f"without a note: {error}"] = None
        except OSError as error:
            wrong[f"without a note: {path} cannot be written: {error.strerror}"] = None
    for line in wrong:
        print(printable(line), file=sys.stderr)
    return not wrong


def wanted_of(arguments: argparse.Namespace, settings: Settings) -> Wanted:
    """What whoever adds a paper has decided, by the arguments of `add.add_record_arguments`.

    Raises:
        ConfigurationError: the key or a keyword cannot be used.
    """
    for word in arguments.keyword:
        if settings.keywords and word not in settings.keywords:
            remedy = did_you_mean(word, settings.keywords) or "the option 'keywords' lists them"
            raise ConfigurationError(f"--keyword {word!r} is not listed; {remedy}")
    key = None if arguments.key is None else new_key(arguments.key, "", settings)
    return Wanted(key, tuple(arguments.keyword), arguments.format)
