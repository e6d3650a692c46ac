"""Where the links of notes lead, and whether anything is there.

The core knows notes, the files beside them and records. A link that leaves the notes folder for anything else, a page
in ``docs/`` say, is looked up on the disk.
"""

import enum
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from mkdocs_papers.incremental.database import Database, outside, query
from mkdocs_papers.incremental.operators import Groups
from mkdocs_papers.library.attachments import recased
from mkdocs_papers.library.edits import edits_of_file
from mkdocs_papers.library.folder import RECORD_SUFFIXES
from mkdocs_papers.library.library_inputs import RECORDS, SETTINGS, TEXTS
from mkdocs_papers.library.links import Link, Use
from mkdocs_papers.library.names import fold_case
from mkdocs_papers.library.notes_folder import NotesFolder
from mkdocs_papers.library.spelling import NearestPath
from mkdocs_papers.records.limits import cut
from mkdocs_papers.records.problem import Edit, Problem, problem
from mkdocs_papers.records.suggest import did_you_mean

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+:|//", re.IGNORECASE)
_NO_PATH = re.compile(r"^/|[\\\x00-\x1f\x7f]")
"""Makes an address no path from the note to a file: the web server's root, where the site need not be, Windows's
separators, control characters."""

_MADE_BY_MARKDOWN = re.compile(r"fn(?:ref[0-9]*)?:.*|_?top")
"""Anchors that are there without a heading: footnotes', and the page's own."""

_LONGEST_SHOWN = 80
_MOST_PROBLEMS = 200
"""After so many in one note one more says that there are others: a hostile note may hold a million."""

_MOST_ANCHORS = 500
"""In a note with more of them than this none is suggested: comparing takes time."""

_IS_MISSING = "leads to a file that is not there"
_IS_FOLDER = "leads to a folder, which is no page"


class _Area(enum.Enum):
    """What a link can lead to."""

    WORLD = "another site, or nothing"
    NOTE = "the note itself"
    NOTES = "a file below the notes folder"
    RECORDS = "a record"
    PROJECT = "another file of the project"
    FOLDER = "a folder of the project"
    NOWHERE = "no path"


@dataclass(frozen=True, slots=True)
class _Goal:
    """Where a link means to lead.

    Attributes:
        path: relative to the root; as written where it is no path.
        anchor: what follows ``#``, decoded; may be empty.
    """

    area: _Area
    path: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class _Trouble:
    """Why a link does not work.

    Attributes:
        wrong: to be read after the link.
        right: what to write instead; may be empty.
        path: the path to write instead, where only letter case is wrong.
        anchor: whether the file is there and the heading in it is not.
    """

    wrong: str
    right: str = ""
    path: str = ""
    anchor: bool = False


_by_folded_path: Groups[[], str, str] = Groups(RECORDS, lambda path, _: (fold_case(path),))


_nearest_record = NearestPath(RECORDS)


@query
def _anchors(db: Database, path: str) -> frozenset[str] | None:
    """What a link to a note may lead to after ``#``; None for a file that is no note."""
    text = TEXTS.get(db, path)
    return None if text is None else text.anchors


@outside
def _on_disk(db: Database, path: str) -> _Area | None:
    """Whether a file or a folder of the project, relative to its root, is on the disk; None for neither."""
    on_disk = SETTINGS(db).root / path
    return _Area.FOLDER if on_disk.is_dir() else _Area.PROJECT if on_disk.is_file() else None


@query
def link_problems(db: Database, note: str) -> tuple[Problem, ...]:
    """The links and images of a note that lead nowhere; after so many one more says that there are others."""
    return tuple(_Links(db, note, NotesFolder(db)).problems())


@dataclass(frozen=True, slots=True)
class _Links:
    """The links of one note, by its path below the notes folder."""

    db: Database
    note: str
    notes: NotesFolder

    def problems(self) -> Iterator[Problem]:
        """Those that do not work."""
        path, count = f"{SETTINGS(self.db).notes}/{self.note}", 0
        for link in TEXTS.at(self.db, self.note).links:
            trouble = self._trouble(link, self._goal(link))
            if trouble and count == _MOST_PROBLEMS:
                wrong, right = "more links of this note do not work", "mend the ones above first"
                yield problem(f"broken-{link.use.value}", path, link.place, wrong, right)
                return
            if trouble:
                count += 1
                yield self._problem(path, link, trouble)

    def _problem(self, path: str, link: Link, trouble: _Trouble) -> Problem:
        edits: tuple[Edit, ...] = ()
        if trouble.path:
            written = re.split("[?#]", link.source, maxsplit=1)[0]
            edits = edits_of_file(self.db, path, link.place, written, trouble.path)
        code = "broken-anchor" if trouble.anchor else f"broken-{link.use.value}"
        shown = cut(link.target, _LONGEST_SHOWN)
        wrong = f"the {link.use.value} {shown!r} {trouble.wrong}"
        return problem(code, path, link.place, wrong, trouble.right, edits=edits)

    def _goal(self, link: Link) -> _Goal:
        settings, target = SETTINGS(self.db), link.target.strip()
        if not target or _SCHEME.match(target):
            return _Goal(_Area.WORLD)
        address, _, anchor = target.partition("#")
        written, anchor = unquote(address.partition("?")[0]), unquote(anchor)
        if not written:
            return _Goal(_Area.NOTE, anchor=anchor)
        if _NO_PATH.search(written):
            return _Goal(_Area.NOWHERE, written)
        path = posixpath.normpath(posixpath.join(self._folder(), written))
        if path == settings.notes or path.startswith(f"{settings.notes}/"):
            return _Goal(_Area.NOTES, path, anchor)
        return _Goal(_Area.RECORDS if path.startswith(f"{settings.meta}/") else _Area.PROJECT, path, anchor)

    def _trouble(self, link: Link, goal: _Goal) -> _Trouble | None:
        """Why a link of the note does not work; None where it does, or leads to another site."""
        match goal.area:
            case _Area.NOTE:
                return self._anchor_trouble(self.note, goal.anchor)
            case _Area.NOTES:
                return self._in_notes(link, goal)
            case _Area.RECORDS:
                return self._in_records(link, goal.path)
            case _Area.PROJECT:
                return self._in_project(goal.path)
            case _Area.NOWHERE:
                return _Trouble("is no path from the note to a file", _better_path(goal.path))
            case _:
                return None

    def _in_project(self, path: str) -> _Trouble | None:
        if path == ".." or path.startswith("../"):
            return _Trouble("leads out of the project")
        found = _on_disk(self.db, path)
        if found is _Area.FOLDER:
            return _Trouble(_IS_FOLDER, "name a file in it")
        return None if found else _Trouble(_IS_MISSING)

    def _in_notes(self, link: Link, goal: _Goal) -> _Trouble | None:
        home = SETTINGS(self.db).notes
        inner = goal.path[len(home) + 1 :]
        if inner in self.notes:
            return self._anchor_trouble(inner, goal.anchor) if link.use is Use.LINK else None
        if self.notes.is_folder(inner):
            names = [posixpath.basename(file) for file in self.notes.inside(inner)]
            index = next((name for name in names if name in {"index.md", "README.md"}), None)
            right = f"write {self._way(f'{goal.path}/{index}')!r}" if index else "name a file in it"
            return _Trouble(_IS_FOLDER, right)
        cased = self.notes.folded(inner)
        if len(cased) == 1:
            return self._cased(link, f"{home}/{cased[0]}")
        near = self.notes.nearest(inner)
        return self._missing(f"{home}/{near}" if near else None)

    def _in_records(self, link: Link, path: str) -> _Trouble | None:
        if RECORDS.get(self.db, path):
            return None
        cased = _by_folded_path.get(self.db, fold_case(path)) or ()
        if len(cased) == 1:
            return self._cased(link, cased[0])
        others = [f"{path.rpartition('.')[0]}{suffix}" for suffix in RECORD_SUFFIXES]
        other = next((other for other in others if RECORDS.get(self.db, other)), None)
        return self._missing(other or _nearest_record(self.db, path))

    def _folder(self) -> str:
        """The folder of the note, relative to the root."""
        return posixpath.dirname(f"{SETTINGS(self.db).notes}/{self.note}")

    def _way(self, path: str) -> str:
        """How the note writes a path that is relative to the root."""
        return posixpath.relpath(path, self._folder())

    def _missing(self, near: str | None) -> _Trouble:
        return _Trouble(_IS_MISSING, f"did you mean {self._way(near)!r}?" if near else "")

    def _cased(self, link: Link, path: str) -> _Trouble:
        """The trouble with a link whose letter case alone is wrong."""
        written = re.split("[?#]", link.target, maxsplit=1)[0]
        right = recased(written, path)
        if posixpath.normpath(posixpath.join(self._folder(), right)) != path:
            right = self._way(path)
        plain = link.source == link.target and "%" not in written
        return _Trouble("leads to a file in other letter case", f"write {right!r}", right if plain else "")

    def _anchor_trouble(self, note: str, anchor: str) -> _Trouble | None:
        """What is wrong with an anchor of a note; of a file that is no note nothing is known."""
        if not anchor or _MADE_BY_MARKDOWN.fullmatch(anchor):
            return None
        anchors = _anchors(self.db, note)
        if anchors is None or anchor in anchors:
            return None
        right = did_you_mean(anchor, sorted(anchors, key=str.swapcase)) if len(anchors) <= _MOST_ANCHORS else ""
        return _Trouble("leads to a heading that is not there", right, anchor=True)


def _better_path(written: str) -> str:
    return f"write {written.replace(chr(92), '/')!r}" if "\\" in written else "write it relative to the note"
