"""The files of a library: which records, notes and other files its folders hold."""

from __future__ import annotations

import bisect
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pathspec

from mkdocs_papers.library.memory import Held, ReadingMemory, Stamp, stamp
from mkdocs_papers.library.names import is_usable_name, printable
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.records.formats import FORMATS_BY_SUFFIX

RECORD_SUFFIXES = tuple(FORMATS_BY_SUFFIX)
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
        # Not by `Path`, which takes longer than the reading: there are ten thousands.
        with open(self.location, "rb") as file:  # noqa: PTH123 - as above
            return file.read(limit)


@dataclass(frozen=True)
class Listing:
    """The files that a search found.

    Attributes:
        files: by path relative to the folder that was searched, in order.
        unusable: paths, shown in printable characters, of files that are left out since their own are not: no address
            and no line of text can hold them.
    """

    files: Mapping[str, FoundFile] = field(default_factory=dict)
    unusable: tuple[str, ...] = ()


def grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """The second ones of the pairs, by their first ones."""
    groups: dict[str, list[str]] = {}
    for name, value in pairs:
        groups.setdefault(name, []).append(value)
    return groups


def differing(groups: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Of the names that are alike, each but the first one in order, after that one.

    Args:
        groups: the names, by what those that are alike have in common.
    """
    for alike in groups.values():
        if len(alike) > 1:
            first, *others = sorted(alike)
            yield from ((first, other) for other in others)


def is_note(path: str) -> bool:
    """Whether the file of that path is Markdown."""
    return path.lower().endswith(NOTE_SUFFIXES)


def find_records(settings: Settings, last: Listing | None = None, memory: ReadingMemory | None = None) -> Listing:
    """The record files, in order of key, then of suffix.

    Only files directly in a folder whose name is four digits are records. Hidden and excluded ones are left out, and so
    are links that lead out of the folder. A folder that does not exist holds none.

    Args:
        settings: where the library is.
        last: what an earlier call gave; a file that has not changed is the very same.
        memory: what earlier calls under the same settings remembered of folders, which are listed only where something
            came to them or went.

    Raises:
        OSError: a folder is there and cannot be listed.
    """
    last = last or Listing()
    found = [
        file
        for file in _files(settings, settings.meta, last.files, memory, within=_YEAR)
        if file.path in last.files or (file.path.count("/") == 1 and file.suffix in RECORD_SUFFIXES)
    ]
    return _listing(found, last, lambda file: (file.bare_path, RECORD_SUFFIXES.index(file.suffix)))


def find_notes(settings: Settings, last: Listing | None = None, memory: ReadingMemory | None = None) -> Listing:
    """The files below the notes folder, at any depth; hidden and excluded ones and links that lead out are left out.

    Args:
        settings: where the library is.
        last: what an earlier call gave; a file that has not changed is the very same.
        memory: what earlier calls under the same settings remembered of folders, which are listed only where something
            came to them or went.

    Raises:
        OSError: a folder is there and cannot be listed.
    """
    last = last or Listing()
    return _listing(_files(settings, settings.notes, last.files, memory), last, lambda file: file.path)


def _listing(searched: Iterable[FoundFile], last: Listing, order: Callable[[FoundFile], Any]) -> Listing:
    """The files in order, which is that of the last listing where their paths are the same."""
    files = {file.path: file for file in searched}
    changed = {path: file for path, file in files.items() if last.files.get(path) is not file}
    new = [file for path, file in changed.items() if path not in last.files]
    if not new and len(files) == len(last.files):
        return Listing({**last.files, **changed}) if changed else last
    usable = [file for file in new if is_usable_name(file.path)]
    found = [files[path] for path in last.files if path in files]
    if len(usable) < _FEW:
        for file in usable:
            bisect.insort(found, file, key=order)
    else:
        found = sorted([*found, *usable], key=order)
    unusable = sorted([file for file in new if not is_usable_name(file.path)], key=order)
    return Listing({file.path: file for file in found}, tuple([printable(file.path) for file in unusable]))


_FEW = 100
"""So few new files are put in their places one by one."""


def _files(
    settings: Settings,
    searched: str,
    last: Mapping[str, FoundFile],
    memory: ReadingMemory | None = None,
    within: re.Pattern[str] | None = None,
) -> Iterator[FoundFile]:
    """The files below a folder, in no order.

    Links to folders are not followed, and links to files only where they stay inside the folder.

    Args:
        settings: where the folder is, and what to leave out.
        searched: the folder, relative to the root.
        last: the files that were there the time before, by path; those that have not changed are given again.
        memory: what is remembered of folders.
        within: what the whole name of a folder directly in it must fit, to be searched; nothing deeper is then.
    """
    home = os.path.normpath(settings.root / searched)
    search = _Search(home, searched, _exclusion(settings), within)
    memory = memory or ReadingMemory()
    folders = [""]
    while folders:
        folder = folders.pop()
        held = memory.folder(searched, f"{home}/{folder}", search.held, folder)
        folders += held.folders
        for path in held.files:
            before = last.get(path)
            location = f"{home}/{path}" if before is None else before.location
            try:
                now = stamp(os.stat(location))  # noqa: PTH116 - not by `Path`: there are ten thousands
            except (FileNotFoundError, NotADirectoryError):
                continue  # deleted since the folder was listed
            yield before if before is not None and before.stamp == now else FoundFile(path, location, now)


@dataclass(frozen=True, slots=True)
class _Search:
    """What is wanted of the folders of a search.

    Attributes:
        home: where it begins.
        searched: the same, relative to the root.
        leaves_out: what `_exclusion` gives.
        within: see `_files`.
    """

    home: str
    searched: str
    leaves_out: Callable[[str], bool] | None
    within: re.Pattern[str] | None

    def held(self, folder: str) -> Held:
        """What a folder holds.

        Args:
            folder: its path below the folder where the search begins, with a slash at the end; empty for that one.
        """
        files, folders, lasts = [], [], True
        for entry in _entries(f"{self.home}/{folder}"):
            path = folder + entry.name
            if entry.is_file(follow_symlinks=False):
                if not self._leaves_out(path):
                    files.append(path)
            elif entry.is_dir(follow_symlinks=False):
                wanted = self.within is None or (not folder and self.within.fullmatch(entry.name))
                if wanted and not self._leaves_out(f"{path}/"):
                    folders.append(f"{path}/")
            else:
                # Where a link leads may change, and its folder does not show it.
                lasts = False
                if _is_link_inside(entry, self.home) and not self._leaves_out(path):
                    files.append(path)
        return Held(tuple(files), tuple(folders), lasts)

    def _leaves_out(self, path: str) -> bool:
        return self.leaves_out is not None and self.leaves_out(f"{self.searched}/{path}")


def _exclusion(settings: Settings) -> Callable[[str], bool] | None:
    """What says whether the option ``exclude`` leaves out a path relative to the root; a folder's ends with ``/``."""
    if not settings.exclude:
        return None
    return pathspec.GitIgnoreSpec.from_lines(settings.exclude).match_file


def _entries(folder: str) -> list[os.DirEntry[str]]:
    """The visible entries of a folder; none where there is no such folder."""
    try:
        with os.scandir(folder) as entries:
            return [entry for entry in entries if not entry.name.startswith(".")]
    except (FileNotFoundError, NotADirectoryError):
        return []


def _is_link_inside(entry: os.DirEntry[str], home: str) -> bool:
    """Whether it is a link to a file that lies below the folder."""
    try:
        return entry.is_file() and Path(entry.path).resolve().is_relative_to(Path(home).resolve())
    except (OSError, RuntimeError):  # a link that leads to itself
        return False
