"""``mkdocs-papers rename``: another key for a record, and for all that goes by it."""

import argparse
import dataclasses
import posixpath
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from mkdocs_papers.command.configuration import ConfigurationError, read_configuration, read_settings
from mkdocs_papers.command.exits import DONE, NOTHING
from mkdocs_papers.command.journal import Journal, Move, Write, carry_out, read_journal
from mkdocs_papers.command.known import known_paper, new_key
from mkdocs_papers.command.progress import read_library
from mkdocs_papers.command.references import docs_folder, documents, naming, targets
from mkdocs_papers.command.writing import remove_leftovers
from mkdocs_papers.library.attachments import find, shortest
from mkdocs_papers.library.edits import apply, replaced
from mkdocs_papers.library.keys import former_keys
from mkdocs_papers.library.model import Library, Paper
from mkdocs_papers.library.names import fold_case
from mkdocs_papers.library.notes import leads
from mkdocs_papers.library.notes_folder import notes_folder
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.records.amend import amended
from mkdocs_papers.records.problem import Edit
from mkdocs_papers.records.schema import PaperInfo

JOURNAL = ".rename.json"
"""In the folder of records, which takes no hidden file for a record."""

_UNSAFE = re.compile(r'[\s<>()"%#?]')

DESCRIPTION = (
    "Give a record another key: moves it, its folder of notes and its pictures, and changes every baseline, same_work "
    "and link of a note, or of a page in docs/, that leads to them. Prints the files it changes. Killed at any moment, "
    "the same command finishes it."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("old", metavar="OLD", help="the key, such as 2024/Quest")
    parser.add_argument("new", metavar="NEW", help="the key to be, such as 2025/Quest, or a name in the same year")


def run(arguments: argparse.Namespace) -> int:
    """Rename a record."""
    settings = read_settings(arguments.config)
    file = settings.root / settings.meta / JOURNAL
    docs = docs_folder(read_configuration(arguments.config), settings)
    folders = [*settings.folders, *([docs] if docs else [])]
    remove_leftovers(*folders)
    begun = read_journal(file, settings.root, folders)
    asked = f"rename {arguments.old} {arguments.new}"
    if begun:
        status = _carry_out(begun, file, settings)
        if begun.about == asked or status != DONE:
            return status
    library = read_library(settings)
    paper = known_paper(arguments.old, library, settings)
    new = new_key(arguments.new, paper.key.partition("/")[0], settings)
    if new == paper.key and arguments.old in former_keys(paper):
        print(f"{arguments.old} is {new} already", file=sys.stderr)  # it was killed after its last step
        return DONE
    _check(paper, new, library, settings)
    renaming = _Renaming(library, settings, paper, new, documents(docs, settings))
    return _carry_out(Journal(asked, tuple(renaming.writes()), tuple(renaming.moves())), file, settings)


def _carry_out(journal: Journal, file: Path, settings: Settings) -> int:
    for write in journal.writes:
        print(write.path)
    for move in journal.moves:
        print(f"{move.source} -> {move.target}")
    left = carry_out(journal, file, settings.root)
    for path in left:
        print(f"{path}: has changed since, and is left as it is; see mkdocs-papers check", file=sys.stderr)
    return NOTHING if left else DONE


def _check(paper: Paper, new: str, library: Library, settings: Settings) -> None:
    """Whether a record can have that key."""
    if new == paper.key:
        raise ConfigurationError(f"{new} is its key already")
    taken = [key for key in (*library.papers, *library.unreadable) if fold_case(key) == fold_case(new)]
    if [key for key in taken if key != paper.key]:
        raise ConfigurationError(f"there is a record {taken[0]} already")
    home = settings.root / settings.notes
    if (home / new).exists() and (home / paper.key).exists() and not (home / new).samefile(home / paper.key):
        raise ConfigurationError(f"{settings.notes}/{new}: there is such a folder already")


class _Renaming:
    """What has to change for a record to have another key."""

    def __init__(self, library: Library, settings: Settings, paper: Paper, new: str, others: tuple[str, ...]) -> None:
        self._library = library
        self._others = others
        self._settings = settings
        self._old = paper.key
        self._new = new
        self._paper = paper
        self._files = (*library.notes, *library.files)
        self._moved_files = dict(self._own_files())
        self._folder = notes_folder(map(self._moved_note, self._files))
        self._folder_before = notes_folder(self._files)

    def moves(self) -> Iterator[Move]:
        """The record, its folder of notes, and files that are named after it."""
        notes = self._settings.notes
        if (self._settings.root / notes / self._old).is_dir():
            yield Move(f"{notes}/{self._old}", f"{notes}/{self._new}")
        yield from (Move(f"{notes}/{old}", f"{notes}/{new}") for old, new in self._moved_files.items())
        yield Move(self._paper.record.path, self._moved(self._paper.record.path))

    def writes(self) -> Iterator[Write]:
        """The records and notes whose text changes, at the paths that they have before.

        Raises:
            ConfigurationError: a record cannot be changed without loss.
        """
        named: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        for key, path, position in naming(self._library, self._old):
            named.setdefault(key, []).append((path, position))
        for key, paper in self._library.papers.items():
            wanted = self._wanted(paper, named.get(key, []))
            if wanted != paper.record.info:
                yield self._record(paper.record.path, wanted)
        edits: dict[str, set[Edit]] = {}
        for target in targets(self._library, self._settings, lambda path: self._moved(path) != path, self._others):
            text = self._text(target.note)
            place, goal = self._moved(target.note), self._moved(target.path)
            way = posixpath.relpath(goal, posixpath.dirname(place))
            is_another = way != posixpath.relpath(target.path, posixpath.dirname(target.note))
            if is_another or leads(place, target.link) != goal:
                shown = _UNSAFE.sub(lambda found: quote(found[0]), way)
                edits.setdefault(target.note, set()).update(replaced(text, target.link.place, target.written, shown))
        for note, changes in edits.items():
            text = self._text(note)
            yield _write(note, text, apply(text, changes))

    def _wanted(self, paper: Paper, named: list[tuple[tuple[str, ...], int]]) -> PaperInfo:
        """What a record is to say."""
        info = paper.record.info
        methods, same_work = list(info.baseline.methods), list(info.same_work)
        for path, position in named:
            (same_work if path == ("same_work",) else methods)[position] = self._new
        info = dataclasses.replace(
            info,
            baseline=dataclasses.replace(info.baseline, methods=tuple(methods)),
            same_work=tuple(same_work),
            note=dataclasses.replace(info.note, url=self._url(paper, info.note.url)),
            cover=dataclasses.replace(info.cover, url=self._url(paper, info.cover.url)),
        )
        if paper is self._paper:
            former = dict.fromkeys((*info.former_keys, self._old))
            former.pop(self._new, None)
            info = dataclasses.replace(info, former_keys=tuple(former))
        return info

    def _url(self, paper: Paper, url: str | None) -> str | None:
        """How a record is to write the path of its note or cover."""
        if not url or not url.strip():
            return url
        before = find(url.strip(), paper.key, self._folder_before).path
        if before is None:
            return url
        key, after = self._new if paper is self._paper else paper.key, self._moved_note(before)
        now = find(url.strip(), key, self._folder)
        return url if now.path == after and now.exact else shortest(after, key, self._folder)

    def _record(self, path: str, wanted: PaperInfo) -> Write:
        before = self._text(path)
        after = amended(before, path, wanted)
        if after is None:
            raise ConfigurationError(f"{path}: cannot be changed without loss; see mkdocs-papers check")
        return _write(path, before, after)

    def _text(self, path: str) -> str:
        return (self._settings.root / path).read_bytes().decode(errors="surrogateescape")

    def _own_files(self) -> Iterator[tuple[str, str]]:
        """The note and the cover of only this paper that are named after it, though they lie elsewhere."""
        stem, new_stem = self._old.partition("/")[2], self._new.partition("/")[2]
        for path in self._files:
            folder, _, name = path.rpartition("/")
            base, dot, suffix = name.rpartition(".")
            if base == stem and folder in {"", self._old.partition("/")[0]} and self._is_own(path):
                year = self._new.partition("/")[0] if folder else ""
                yield path, posixpath.join(year, f"{new_stem}{dot}{suffix}")

    def _is_own(self, path: str) -> bool:
        using = [
            key
            for key, paper in self._library.papers.items()
            if path in {attachment.path for attachment in (paper.note, paper.cover) if attachment}
        ]
        return using == [self._old]

    def _moved_note(self, path: str) -> str:
        inside = path.removeprefix(f"{self._old}/")
        return self._moved_files.get(path, path) if inside == path else f"{self._new}/{inside}"

    def _moved(self, path: str) -> str:
        """Where a file is afterwards, relative to the root."""
        record, notes = self._paper.record.path, self._settings.notes
        if path == record:
            return f"{self._settings.meta}/{self._new}{Path(record).suffix}"
        inside = path.removeprefix(f"{notes}/")
        if inside == path:
            return path
        return f"{notes}/{self._new}" if inside == self._old else f"{notes}/{self._moved_note(inside)}"


def _write(path: str, before: str, after: str) -> Write:
    return Write(path, *(text.encode(errors="surrogateescape") for text in (before, after)))
