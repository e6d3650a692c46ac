"""Where the path that a record gives for its note or cover leads."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from mkdocs_papers.library.names import fold_case
from mkdocs_papers.library.notes_folder import NotesFolder

DEFAULT_NOTES = ("note.md", "index.md")
"""Names under ``notes/<year>/<stem>/`` that are a paper's note where its record names none."""

_NO_PATH = re.compile(r"^/|\\|\0")
"""Makes a path one that is not followed: from the disk's root, with Windows's separators, or cut short by a NUL."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where a path leads.

    Attributes:
        path: the file, relative to the notes folder; None where there is none.
        exact: whether the path is written as the file is, letter case included.
        written: the path as it should be written, to lead to the same file.
        outside: whether there is none because it would have to be outside the notes folder.
        why: why there is none, to be read after the path.
    """

    path: str | None
    exact: bool = True
    written: str = ""
    outside: bool = False
    why: str = ""


def find(url: str, key: str, folder: NotesFolder) -> Found:
    """Find the file that a record's path means.

    It is looked for under ``notes/<year>/<stem>/``, then ``notes/<year>/``, then ``notes/``; then under each of these
    in other letter case, if just one file fits. It never leads out of the notes folder.
    """
    if (direct := f"{key}/{url}") in folder:
        return Found(direct)  # by far the most
    places = list(_candidates(url, key))
    if not places:
        return Found(None, outside=True, why=_why_outside(url))
    if exact := _exactly(url, key, folder):
        return Found(exact)
    fitting: tuple[str, ...] = ()
    for path in places:
        fitting = folder.folded(path) or fitting
        if len(fitting) == 1:
            return Found(fitting[0], exact=False, written=_rewritten(url, key, fitting[0], folder))
    if fitting:
        return Found(None, why=f"fits {len(fitting)} files in other letter case")
    return Found(None, why="is not there")


def default_note(key: str, folder: NotesFolder) -> str | None:
    """The note that a record without a note field has all the same, by the name of its file."""
    inside = folder.inside(key)
    return next((path for name in DEFAULT_NOTES if (path := f"{key}/{name}") in inside), None)


def _why_outside(url: str) -> str:
    if "\\" in url:
        return "holds a backslash, where folders are parted by '/'"
    return "is no path below the notes folder" if _NO_PATH.search(url) else "leads out of the notes folder"


def nearest(url: str, key: str, folder: NotesFolder, suffixes: tuple[str, ...]) -> str | None:
    """A path to write instead of one that leads nowhere, or None where no file stands to reason.

    That is a file of nearly that path, or else the only one of that name, or else the only one of the right type
    beside the paper's own files.
    """
    near = [folder.nearest(path) for path in _candidates(url, key)]
    own = [path for path in folder.inside(key) if path.lower().endswith(suffixes)]
    for path in (*near, *(own if len(own) == 1 else ())):
        if path and path.lower().endswith(suffixes):
            return shortest(path, key, folder)
    return None


def shortest(path: str, key: str, folder: NotesFolder) -> str:
    """The shortest way to write a path in that record."""
    ways = (posixpath.relpath(path, base) for base in (key, key.partition("/")[0], "."))
    return min((way for way in ways if _exactly(way, key, folder) == path), key=len)


def _candidates(url: str, key: str) -> Iterator[str]:
    """The paths below the notes folder that a record's path may mean, the likeliest first."""
    if _NO_PATH.search(url):
        return
    for base in (key, key.partition("/")[0], ""):
        path = posixpath.normpath(posixpath.join(base, url))
        if path not in (".", "..") and not path.startswith("../"):
            yield path


def _exactly(url: str, key: str, folder: NotesFolder) -> str | None:
    return next((path for path in _candidates(url, key) if path in folder), None)


def recased(written: str, path: str) -> str:
    """A path as written, its last parts in the letter case of a file's path.

    Args:
        written: the path as written; it may begin with ``./`` or ``../``.
        path: the file that it means, from some folder.
    """
    parts = written.split("/")
    for count, (part, true) in enumerate(zip(reversed(parts), reversed(path.split("/")), strict=False), start=1):
        if fold_case(part) != fold_case(true):
            break
        parts[-count] = true
    return "/".join(parts)


def _rewritten(url: str, key: str, path: str, folder: NotesFolder) -> str:
    """The path that leads to the file, written as the url was but for letter case where that is possible."""
    written = recased(url, path)
    return written if _exactly(written, key, folder) == path else posixpath.relpath(path, key)
