"""The files of a library: which records, notes and other files its folders hold."""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pathspec

from mkdocs_papers.library.memory import Stamp, stamp
from mkdocs_papers.library.names import fold_case
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.library.spelling import Dictionary

RECORD_SUFFIXES = (".prototxt", ".yaml", ".yml")
"""Suffixes of record files, in any letter case; where two files have one key, the suffix that comes first here wins."""

NOTE_SUFFIXES = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
"""Suffixes of Markdown files, in any letter case; the list is MkDocs's."""

COVER_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif")
"""Suffixes of pictures that browsers show, in any letter case."""

_YEAR = re.compile(r"[0-9]{4}")


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file on the disk.

    Attributes:
        path: relative to the folder that was searched, with ``/``.
        location: where the operating system finds it.
        stamp: differs after the file was written to.
    """

    path: str
    location: str
    stamp: Stamp

    @property
    def bare_path(self) -> str:
        """Its path without suffix; for a record its key."""
        return self.path.rpartition(".")[0]

    @property
    def suffix(self) -> str:
        """Its suffix with the dot, in lower case."""
        return "." + self.path.rpartition(".")[2].lower()

    def content(self, limit: int) -> bytes:
        """Its first bytes.

        Args:
            limit: how many at most.

        Raises:
            OSError: it cannot be read.
        """
        with Path(self.location).open("rb") as file:
            return file.read(limit)


@dataclass(frozen=True)
class NotesFolder:
    """What is below the notes folder.

    Attributes:
        files: by path relative to the notes folder, in order of path.
    """

    files: dict[str, FoundFile] = field(default_factory=dict)

    @functools.cached_property
    def by_folded_path(self) -> dict[str, list[str]]:
        """The paths, by path without letter case."""
        return self._grouped(fold_case)

    @functools.cached_property
    def by_folder(self) -> dict[str, list[str]]:
        """The paths, by the folder that each file is in; "" is the notes folder itself."""
        return self._grouped(lambda path: path.rpartition("/")[0])

    @functools.cached_property
    def folders(self) -> frozenset[str]:
        """The folders that hold files, at any depth; "" is the notes folder itself."""
        found = {""}
        for direct in self.by_folder:
            folder = direct
            while folder not in found:
                found.add(folder)
                folder = folder.rpartition("/")[0]
        return frozenset(found)

    @functools.cached_property
    def by_folded_name(self) -> dict[str, list[str]]:
        """The paths, by the file's name without letter case."""
        return self._grouped(lambda path: fold_case(path.rpartition("/")[2]))

    @functools.cached_property
    def dictionary(self) -> Dictionary:
        """The paths, to be found by one that is nearly right."""
        return Dictionary(self.files)

    def _grouped(self, name: Callable[[str], str]) -> dict[str, list[str]]:
        groups: dict[str, list[str]] = {}
        for path in self.files:
            groups.setdefault(name(path), []).append(path)
        return groups


def is_note(path: str) -> bool:
    """Whether the file of that path is Markdown."""
    return path.lower().endswith(NOTE_SUFFIXES)


def find_records(settings: Settings) -> list[FoundFile]:
    """The record files, in order of key, then of suffix; paths are relative to the folder of records.

    Only files directly in a folder whose name is four digits are records. Hidden and excluded ones are left out, and so
    are links to files outside the folder. A folder that does not exist holds none.
    """
    leave_out = _exclusion(settings)
    home = Path(os.path.normpath(settings.root / settings.meta))
    found = [
        file
        for year in _entries(home)
        if _YEAR.fullmatch(year.name) and year.is_dir() and not leave_out(f"{settings.meta}/{year.name}/")
        for file in _files(home, year.name, f"{settings.meta}/", leave_out, deeper=False)
        if file.suffix in RECORD_SUFFIXES
    ]
    return sorted(found, key=lambda file: (file.bare_path, RECORD_SUFFIXES.index(file.suffix)))


def find_notes(settings: Settings) -> NotesFolder:
    """The files below the notes folder, at any depth; hidden and excluded ones and links that lead out are left out."""
    home = Path(os.path.normpath(settings.root / settings.notes))
    found = _files(home, "", f"{settings.notes}/", _exclusion(settings), deeper=True)
    return NotesFolder({file.path: file for file in sorted(found, key=lambda f: f.path)})


def _exclusion(settings: Settings) -> Callable[[str], bool]:
    """Whether the option ``exclude`` leaves out a path relative to the root; a folder's path ends with ``/``."""
    if not settings.exclude:
        return lambda _path: False
    return pathspec.GitIgnoreSpec.from_lines(settings.exclude).match_file


def _entries(folder: Path | str) -> list[os.DirEntry[str]]:
    """The visible entries of a folder, in order of name; none where there is no such folder."""
    try:
        with os.scandir(folder) as entries:
            return sorted((e for e in entries if not e.name.startswith(".")), key=lambda e: e.name)
    except (FileNotFoundError, NotADirectoryError):
        return []


def _files(
    home: Path, folder: str, prefix: str, leave_out: Callable[[str], bool], *, deeper: bool
) -> Iterator[FoundFile]:
    """The files of a folder below ``home``; links to folders are not followed, links to files only inside ``home``."""
    for entry in _entries(home / folder):
        path = f"{folder}/{entry.name}" if folder else entry.name
        if entry.is_dir(follow_symlinks=False):
            if deeper and not leave_out(f"{prefix}{path}/"):
                yield from _files(home, path, prefix, leave_out, deeper=True)
        elif entry.is_file() and not leave_out(prefix + path) and _stays_inside(entry, home):
            yield FoundFile(path, entry.path, stamp(entry.stat()))


def _stays_inside(entry: os.DirEntry[str], home: Path) -> bool:
    return not entry.is_symlink() or Path(entry.path).resolve().is_relative_to(home.resolve())
