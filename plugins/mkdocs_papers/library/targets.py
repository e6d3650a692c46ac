"""Where the links of notes lead, and whether anything is there.

The core knows notes, the files beside them and records. A link that leaves the notes folder for anything else, a page
in ``docs/`` say, is looked up on the disk.
"""

from __future__ import annotations

import enum
import functools
import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from mkdocs_papers.library.attachments import recased
from mkdocs_papers.library.edits import replaced
from mkdocs_papers.library.folder import RECORD_SUFFIXES, NotesFolder, grouped
from mkdocs_papers.library.links import Link, Use
from mkdocs_papers.library.names import fold_case
from mkdocs_papers.library.notes import NoteText
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.library.spelling import Paths
from mkdocs_papers.records.codes import problem
from mkdocs_papers.records.problem import Edit, Problem
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
    NOWHERE = "no path"


@dataclass(frozen=True, slots=True)
class _Goal:
    """Where a link means to lead.

    Attributes:
        area: what to look among.
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


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of checking the links of one note.

    Attributes:
        text: the note.
        problems: the links and images that lead nowhere.
        lasting: whether that depends on nothing but the note and which files the library has.
    """

    text: NoteText
    problems: tuple[Problem, ...]
    lasting: bool


@dataclass(frozen=True)
class LinkChecker:
    """Checks the links of notes.

    Attributes:
        settings: where the library is.
        folder: the files below the notes folder.
        records: the paths of the record files, relative to the root.
    """

    settings: Settings
    folder: NotesFolder
    records: frozenset[str]

    def check(
        self,
        texts: Mapping[str, NoteText],
        source: Callable[[str], str],
        before: LinkChecker | None = None,
        last: Mapping[str, Checked] | None = None,
    ) -> dict[str, Checked]:
        """Check the links of all notes.

        Args:
            texts: what the notes say, by path below the notes folder.
            source: gives the text of a file, by its path relative to the root.
            before: the checker of the time before.
            last: what it gave; what that says of a note that has not changed is kept where it still holds.
        """
        found = {}
        same = before == self
        # A link that leads to a file goes on to lead there where others come.
        grown = before is not None and before.records <= self.records and before.folder.known <= self.folder.known
        known = last if last and (same or grown) else {}
        for note, text in texts.items():
            before_it = known.get(note)
            if before_it and before_it.text is text and before_it.lasting and (same or not before_it.problems):
                found[note] = before_it
            else:
                found[note] = self._checked(note, texts, source)
        return found

    def _checked(self, note: str, texts: Mapping[str, NoteText], source: Callable[[str], str]) -> Checked:
        problems: list[Problem] = []
        lasting = True
        path = f"{self.settings.notes}/{note}"
        for link in texts[note].links:
            goal = self._goal(note, link)
            lasting = lasting and goal.area is not _Area.PROJECT and not (goal.area is _Area.NOTES and goal.anchor)
            trouble = self._trouble(note, link, goal, texts)
            if trouble and len(problems) == _MOST_PROBLEMS:
                wrong, right = "more links of this note do not work", "mend the ones above first"
                problems.append(problem(f"broken-{link.use.value}", path, link.place, wrong, right))
                lasting = False  # the links that follow are not looked at
                break
            if trouble:
                problems.append(self._problem(path, link, trouble, source))
        return Checked(texts[note], tuple(problems), lasting)

    def _problem(self, path: str, link: Link, trouble: _Trouble, source: Callable[[str], str]) -> Problem:
        edits: tuple[Edit, ...] = ()
        if trouble.path:
            written = re.split("[?#]", link.source, maxsplit=1)[0]
            edits = replaced(source(path), link.place, written, trouble.path)
        code = "broken-anchor" if trouble.anchor else f"broken-{link.use.value}"
        shown = link.target if len(link.target) <= _LONGEST_SHOWN else link.target[: _LONGEST_SHOWN - 1] + "…"
        wrong = f"the {link.use.value} {shown!r} {trouble.wrong}"
        return problem(code, path, link.place, wrong, trouble.right, edits=edits)

    def _goal(self, note: str, link: Link) -> _Goal:
        target = link.target.strip()
        if not target or _SCHEME.match(target):
            return _Goal(_Area.WORLD)
        address, _, anchor = target.partition("#")
        written, anchor = unquote(address.partition("?")[0]), unquote(anchor)
        if not written:
            return _Goal(_Area.NOTE, anchor=anchor)
        if _NO_PATH.search(written):
            return _Goal(_Area.NOWHERE, written)
        path = posixpath.normpath(posixpath.join(self._folder(note), written))
        if path == self.settings.notes or path.startswith(f"{self.settings.notes}/"):
            return _Goal(_Area.NOTES, path, anchor)
        return _Goal(_Area.RECORDS if path.startswith(f"{self.settings.meta}/") else _Area.PROJECT, path, anchor)

    def _trouble(self, note: str, link: Link, goal: _Goal, texts: Mapping[str, NoteText]) -> _Trouble | None:
        """Why a link of a note does not work; None where it does, or leads to another site."""
        match goal.area:
            case _Area.NOTE:
                return _anchor_trouble(texts[note], goal.anchor)
            case _Area.NOTES:
                return self._in_notes(note, link, goal, texts)
            case _Area.RECORDS:
                return self._in_records(note, link, goal.path)
            case _Area.PROJECT:
                return self._in_project(goal.path)
            case _Area.NOWHERE:
                return _Trouble("is no path from the note to a file", _better_path(goal.path))
            case _Area.WORLD:
                return None

    def _in_project(self, path: str) -> _Trouble | None:
        if path == ".." or path.startswith("../"):
            return _Trouble("leads out of the project")
        on_disk = self.settings.root / path
        if on_disk.is_dir():
            return _Trouble(_IS_FOLDER, "name a file in it")
        return None if on_disk.is_file() else _Trouble(_IS_MISSING)

    def _in_notes(self, note: str, link: Link, goal: _Goal, texts: Mapping[str, NoteText]) -> _Trouble | None:
        inner = goal.path[len(self.settings.notes) + 1 :]
        if inner in self.folder:
            return _anchor_trouble(texts.get(inner), goal.anchor) if link.use is Use.LINK else None
        if inner in self.folder.folders:
            names = [posixpath.basename(file) for file in self.folder.by_folder.get(inner, ())]
            index = next((name for name in names if name in {"index.md", "README.md"}), None)
            right = f"write {self._way(note, f'{goal.path}/{index}')!r}" if index else "name a file in it"
            return _Trouble(_IS_FOLDER, right)
        cased = self.folder.by_folded_path.get(fold_case(inner), [])
        if len(cased) == 1:
            return self._cased(note, link, f"{self.settings.notes}/{cased[0]}")
        near = self.folder.suggestions.nearest(inner)
        return self._missing(note, f"{self.settings.notes}/{near}" if near else None)

    def _in_records(self, note: str, link: Link, path: str) -> _Trouble | None:
        if path in self.records:
            return None
        cased = self._folded_records.get(fold_case(path), [])
        if len(cased) == 1:
            return self._cased(note, link, cased[0])
        stem = path.rpartition(".")[0]
        other = next((f"{stem}{suffix}" for suffix in RECORD_SUFFIXES if f"{stem}{suffix}" in self.records), None)
        return self._missing(note, other or self._record_suggestions.nearest(path))

    @functools.cached_property
    def _folded_records(self) -> dict[str, list[str]]:
        return grouped((fold_case(path), path) for path in sorted(self.records))

    @functools.cached_property
    def _record_suggestions(self) -> Paths:
        return Paths(sorted(self.records))

    def _folder(self, note: str) -> str:
        """The folder of a note, relative to the root."""
        return posixpath.dirname(f"{self.settings.notes}/{note}")

    def _way(self, note: str, path: str) -> str:
        """How a note writes a path that is relative to the root."""
        return posixpath.relpath(path, self._folder(note))

    def _missing(self, note: str, near: str | None) -> _Trouble:
        return _Trouble(_IS_MISSING, f"did you mean {self._way(note, near)!r}?" if near else "")

    def _cased(self, note: str, link: Link, path: str) -> _Trouble:
        """The trouble with a link whose letter case alone is wrong."""
        written = re.split("[?#]", link.target, maxsplit=1)[0]
        right = recased(written, path)
        if posixpath.normpath(posixpath.join(self._folder(note), right)) != path:
            right = self._way(note, path)
        plain = link.source == link.target and "%" not in written
        return _Trouble("leads to a file in other letter case", f"write {right!r}", right if plain else "")


def _anchor_trouble(text: NoteText | None, anchor: str) -> _Trouble | None:
    """What is wrong with an anchor of a note; of a file that is no note nothing is known."""
    if text is None or not anchor or anchor in text.anchors or _MADE_BY_MARKDOWN.fullmatch(anchor):
        return None
    right = did_you_mean(anchor, sorted(text.anchors, key=str.swapcase)) if len(text.anchors) <= _MOST_ANCHORS else ""
    return _Trouble("leads to a heading that is not there", right, anchor=True)


def _better_path(written: str) -> str:
    return f"write {written.replace(chr(92), '/')!r}" if "\\" in written else "write it relative to the note"
