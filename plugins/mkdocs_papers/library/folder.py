"""The files of a library: which records, notes and other files its folders hold."""

import bisect
import dataclasses
import itertools
import os
import re
import stat
from collections.abc import Callable, Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Self

import pathspec

from mkdocs_papers.library.memory import FolderContents, ReadingMemory, Stamp, stamp
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

    def content(self, limit: int) -> bytes:
        """Its first bytes, so many at most."""
        # Not by `Path`, which takes longer than the reading: there are ten thousands.
        with open(self.location, "rb", buffering=0) as file:  # noqa: PTH123 - as above
            # Room for no more than there is: that for the largest would be asked of the system for each.
            return file.read(min(limit, os.fstat(file.fileno()).st_size + 1))


@dataclass(frozen=True)
class Listing:
    """The files that a search found.

    Attributes:
        files: by path relative to the folder that was searched, in order.
        unusable: paths, shown in printable characters, of files that are left out since their own are not: no address
            and no line of text can hold them.
        changed: those of the files that the search before did not find, or with another stamp.
        gone: the paths of those that only the search before found.
        has_links: whether links were met: what they lead to may change without an event.
    """

    files: Mapping[str, FoundFile] = field(default_factory=dict)
    unusable: tuple[str, ...] = ()
    changed: Mapping[str, FoundFile] = field(default_factory=dict, compare=False)
    gone: AbstractSet[str] = field(default=frozenset(), compare=False)
    has_links: bool = field(default=True, compare=False)


def is_note(path: str) -> bool:
    """Whether the file of that path is Markdown."""
    return path.lower().endswith(NOTE_SUFFIXES)


ChangedPaths = AbstractSet[str] | None
"""The paths of all files below a folder that may have come, changed or gone; None where any may have."""


def find_records(
    settings: Settings, last: Listing | None = None, memory: ReadingMemory | None = None, among: ChangedPaths = None
) -> Listing:
    """The record files, in order of key, then of suffix.

    Only files directly in a folder whose name is four digits are records. Hidden and excluded ones are left out, and so
    are links that lead out of the folder. A folder that does not exist holds none.

    Args:
        last: what an earlier call gave; a file that has not changed is the very same.
        memory: what earlier calls under the same settings remembered of folders, which are listed only where something
            came to them or went.
        among: the paths among which are all files that have changed since that earlier call; None for all.

    Raises:
        OSError: a folder is there and cannot be listed.
    """
    last = last or Listing()
    found = _changes(_Search.of(settings, settings.meta, _YEAR), last, memory or ReadingMemory(), among)
    records = [file for file in found.changed if file.path.count("/") == 1 and _suffix(file.path) in RECORD_SUFFIXES]
    found = found._replace(changed=records)
    return _listing(found, last, lambda path: (path.rpartition(".")[0], RECORD_SUFFIXES.index(_suffix(path))))


def _suffix(path: str) -> str:
    """The suffix of a path with the dot, in lower case."""
    return "." + path.rpartition(".")[2].lower()


def find_notes(
    settings: Settings, last: Listing | None = None, memory: ReadingMemory | None = None, among: ChangedPaths = None
) -> Listing:
    """The files below the notes folder, at any depth; hidden and excluded ones and links that lead out are left out.

    What is given is that of `find_records`.

    Raises:
        OSError: a folder is there and cannot be listed.
    """
    last = last or Listing()
    return _listing(_changes(_Search.of(settings, settings.notes), last, memory or ReadingMemory(), among), last, str)


class _Changes(NamedTuple):
    """What a search found.

    Attributes:
        changed: the files that are new or have changed, in no order.
        gone: the paths of those that are no more.
        has_links: see `Listing`.
    """

    changed: Collection[FoundFile]
    gone: AbstractSet[str]
    has_links: bool = False


def _listing(found: _Changes, last: Listing, order: Callable[[str], Any]) -> Listing:
    """The files of the last listing but for those that are gone, and what was found besides; in the order given."""
    unusable = sorted([file.path for file in found.changed if not is_usable_name(file.path)], key=order)
    changed = {file.path: file for file in found.changed if is_usable_name(file.path)}
    shown, gone = tuple(map(printable, unusable)), found.gone
    if not changed and not gone and shown == last.unusable and found.has_links == last.has_links:
        return dataclasses.replace(last, changed={}, gone=frozenset()) if last.changed or last.gone else last
    files, new = {**last.files, **changed}, changed.keys() - last.files.keys()
    if new or gone:
        paths = [path for path in last.files if path not in gone]
        if len(new) < _FEW:
            for path in new:
                bisect.insort(paths, path, key=order)
        else:
            paths = sorted([*paths, *new], key=order)
        files = {path: files[path] for path in paths}
    return Listing(files, shown, changed, gone, found.has_links)


_FEW = 100
"""So few new files are put in their places one by one."""


@dataclass(frozen=True, slots=True)
class _Search:
    """What is wanted of the folders of a search.

    Attributes:
        home: where it begins.
        searched: the same, relative to the root.
        leaves_out: what `_exclusion` gives.
        within: what the whole name of a folder directly in it must fit, to be searched; nothing deeper is then.
    """

    home: str
    searched: str
    leaves_out: Callable[[str], bool] | None
    within: re.Pattern[str] | None

    @classmethod
    def of(cls, settings: Settings, searched: str, within: re.Pattern[str] | None = None) -> Self:
        """A search in a folder relative to the root."""
        return cls(os.path.normpath(settings.root / searched), searched, _exclusion(settings), within)

    def file(self, path: str, stamp: Stamp) -> FoundFile:
        """A file that it found."""
        return FoundFile(path, f"{self.home}/{path}", stamp)

    def wants(self, path: str) -> bool:
        """Whether a file of that path would be found."""
        names = path.split("/")
        *folders, _ = itertools.accumulate(names, "{}/{}".format)
        return (
            not any(name.startswith(".") for name in names)
            and (self.within is None or self.within.fullmatch("/".join(names[:-1])) is not None)
            and not any(self._leaves_out(each) for each in (*[f"{folder}/" for folder in folders], path))
        )

    def contents(self, folder: str) -> FolderContents:
        """What a folder holds, whose path below the first one ends with a slash; it is empty for that one."""
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
        return FolderContents(tuple(files), tuple(folders), lasts)

    def _leaves_out(self, path: str) -> bool:
        return self.leaves_out is not None and self.leaves_out(f"{self.searched}/{path}")


def _changes(search: _Search, last: Listing, memory: ReadingMemory, among: ChangedPaths) -> _Changes:
    """The files below a folder that are new or have changed, and those that are no more.

    Links to folders are not followed, and links to files only where they stay inside the folder. After a save, `among`
    names all files that may have changed since.
    """
    if among is not None and not last.has_links and not last.unusable:
        found = _changes_among(among, search, last.files)
        if found is not None:
            return found
    changed: list[FoundFile] = []
    folders, found_paths, gone, has_links = [""], list[str](), set[str](), False
    for folder in folders:
        try:
            known: Stamp | None = stamp(os.stat(f"{search.home}/{folder}"))  # noqa: PTH116 - there are ten thousands
        except OSError:
            known = None
        contents = memory.folder(search.searched, folder, known, search.contents)
        folders += contents.folders
        found_paths += contents.files
        has_links = has_links or not contents.lasts
    for path in found_paths:
        before = last.files.get(path)
        try:
            now = stamp(os.stat(f"{search.home}/{path}"))  # noqa: PTH116 - as above
        except (FileNotFoundError, NotADirectoryError):
            gone.add(path)  # since the folder was listed
            continue
        if before is None or before.stamp != now:
            changed.append(search.file(path, now))
    return _Changes(changed, gone & last.files.keys() | (last.files.keys() - found_paths), has_links)


def _changes_among(paths: AbstractSet[str], search: _Search, last: Mapping[str, FoundFile]) -> _Changes | None:
    """The same where no files but these may have changed; None where one is neither a file nor gone."""
    changed, gone = list[FoundFile](), set[str]()
    for path in filter(search.wants, paths):
        try:
            status = os.lstat(f"{search.home}/{path}")
        except (FileNotFoundError, NotADirectoryError):
            gone.add(path)
            continue
        except OSError:
            return None
        if not stat.S_ISREG(status.st_mode):
            return None
        if path not in last or last[path].stamp != stamp(status):
            changed.append(search.file(path, stamp(status)))
    return _Changes(changed, gone & last.keys())


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
