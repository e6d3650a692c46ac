"""Where the files of a site lie: each place is taken once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path

from mkdocs.structure.files import File

from mkdocs_papers.library.names import fold_case
from mkdocs_papers.records.problem import Place, Problem, problem
from mkdocs_papers.site.context import Context
from mkdocs_papers.site.files import MediaFile, NoteFile, OwnFile, SourceFile, file_name, relative
from mkdocs_papers.site.library_files import folded


def project_path(file: File, context: Context) -> str | None:
    """Where the source of a file of ours lies, relative to the project's root."""
    if isinstance(file, SourceFile):
        return file.source.record
    if isinstance(file, NoteFile):
        return f"{context.settings.notes}/{file.note.path}"
    return f"{context.settings.notes}/{file.path}" if isinstance(file, MediaFile) else None


def by_project_path(files: Iterable[File], context: Context) -> dict[str, str]:
    """The source paths of the library's files, by where they lie in the project."""
    return {path: file.src_uri for file in files if (path := project_path(file, context)) is not None}


@dataclass(frozen=True, slots=True)
class Moves:
    """What of a site's files does not lie as before: files that came to a place, and files that left one."""

    came: tuple[File, ...] = ()
    left: tuple[File, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything moved."""
        return bool(self.came or self.left)

    def gone(self) -> tuple[File, ...]:
        """Those that left a place at which none of the same source lies now."""
        now = {file.src_uri: file.dest_uri for file in self.came}
        return tuple([file for file in self.left if now.get(file.src_uri) != file.dest_uri])

    def names(self, context: Context) -> frozenset[str]:
        """The names, without letter case, of these files and of their sources."""
        files = (*self.came, *self.left)
        paths = [path for file in files for path in (file.src_uri, project_path(file, context)) if path is not None]
        return frozenset(map(file_name, paths))

    def applied(self, known: Mapping[str, str], context: Context) -> Mapping[str, str]:
        """What `by_project_path` gives after them, of what it gave before; the very same where nothing moved."""
        if not self:
            return known
        now = {**known}
        for path in by_project_path(self.left, context):
            now.pop(path, None)
        return now | by_project_path(self.came, context)

    def applied_folded(
        self, known: Mapping[str, tuple[str, ...]] | None, context: Context
    ) -> Mapping[str, tuple[str, ...]] | None:
        """The same of what `library_files.folded` gave; None where that is not known."""
        if not self or known is None:
            return known
        now = {**known}
        for path, source_path in by_project_path(self.left, context).items():
            alike = fold_case(path)
            now[alike] = tuple([other for other in now.get(alike, ()) if other != source_path])
        return folded(by_project_path(self.came, context), now)


def moves(made: Iterable[File], missing: Iterable[File], before: Mapping[str, File], context: Context) -> Moves:
    """What does not lie as before.

    Args:
        made: the files of ours that are not the very ones of before.
        missing: the files of before of whose source there is none any more.
        before: all files of before, by source path.
    """
    came, left = [], [*missing]
    for file in made:
        known = before.get(file.src_uri)
        if known is None:
            came.append(file)
        elif file.dest_uri != known.dest_uri or project_path(file, context) != project_path(known, context):
            came.append(file)
            left.append(known)
    return Moves(tuple(came), tuple(left))


@dataclass(frozen=True, slots=True)
class Places:
    """Where the files of a site lie, each at a place of its own.

    Attributes:
        taken: the source path of each, by where it is written, in one letter case.
        folders: the folders that this takes, and perhaps others that it took before.
    """

    taken: Mapping[str, str] = field(default_factory=dict)
    folders: AbstractSet[str] = frozenset()

    def after(self, moves: Moves) -> Places | None:
        """The places after files have moved; None where they may be in the way of each other."""
        if not moves:
            return self
        taken = {**self.taken}
        for file in moves.left:
            taken.pop(_folded(file), None)
        came = {_folded(file): file.src_uri for file in moves.came}
        above = _folders_above(came)
        if len(came) < len(moves.came) or not (came.keys().isdisjoint(taken) and came.keys().isdisjoint(self.folders)):
            return None
        taken |= came
        return Places(taken, self.folders | above) if taken.keys().isdisjoint(above) else None


def without_place(
    others: Sequence[File], ours: Sequence[File], context: Context
) -> tuple[set[int], tuple[Problem, ...]]:
    """The ids of the files that cannot lie where they would be written, and a problem for each.

    Args:
        others: the site's other files: of two that want one place they stay.
        ours: those of the library, of which the first stays.
    """
    # Folders whose names differ only by case cannot live on every machine. (Two such records are a problem of the
    # library, and both have their page where they can.)
    first, left_out, problems = {_folded(file): file for file in others}, set[int](), list[Problem]()
    taken: dict[str, File] = {}

    def leave_out(file: File, where: str, wrong: str, right: str) -> None:
        left_out.add(id(file))
        problems.append(problem("address-taken", where, Place(), wrong, right))

    for file in ours:
        other = first.get(_folded(file)) or taken.setdefault(file.dest_uri, file)
        if other is not file:
            mine = project_path(file, context) or f"the library's page {file.dest_uri}"
            wrong = f"the address {file.url!r} is taken by this page, so {mine} has none"
            leave_out(file, _source(other, context) or other.src_uri, wrong, "give the page another name")
    placed = {_folded(file): file for file in (*others, *ours) if id(file) not in left_out}
    for address in placed.keys() & _folders_above(placed):
        file = placed[address]
        wrong = f"the site has a folder {file.dest_uri!r}, so this file has no place in it"
        where = project_path(file, context) or _source(file, context) or file.src_uri
        leave_out(file, where, wrong, "give the file another name")
    return left_out, tuple(problems)


def _source(file: File, context: Context) -> str | None:
    return relative(Path(file.abs_src_path), context.root) if file.abs_src_path else None


def _folders_above(addresses: Iterable[str]) -> AbstractSet[str]:
    folders = above = {address.rpartition("/")[0] for address in addresses}
    while above:
        above = {folder.rpartition("/")[0] for folder in above} - folders
        folders = folders | above
    return folders


def _folded(file: File) -> str:
    """Where a file is written, in one letter case."""
    return file.folded if isinstance(file, OwnFile) else fold_case(file.dest_uri)
