"""The names of what is below the notes folder."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mkdocs_papers.incremental.database import Database, query
from mkdocs_papers.incremental.operators import Groups
from mkdocs_papers.library.folder import is_note
from mkdocs_papers.library.library_inputs import FILES
from mkdocs_papers.library.memory import Stamp
from mkdocs_papers.library.names import fold_case
from mkdocs_papers.library.spelling import NearestPath

_by_folder: Groups[[], str, str] = Groups(FILES, lambda path, _: (path.rpartition("/")[0],))
_by_folded_path: Groups[[], str, str] = Groups(FILES, lambda path, _: (fold_case(path),))


@dataclass(frozen=True, slots=True)
class NotesFolder:
    """The notes folder, as queries see it."""

    db: Database

    def __contains__(self, path: str) -> bool:
        return FILES.get(self.db, path) is not None

    def folded(self, path: str) -> tuple[str, ...]:
        """The paths that are this one but for letter case."""
        return _by_folded_path.get(self.db, fold_case(path)) or ()

    def inside(self, folder: str) -> tuple[str, ...]:
        """The paths of the files directly in a folder; "" is the notes folder itself."""
        return _by_folder.get(self.db, folder) or ()

    def is_folder(self, path: str) -> bool:
        """Whether a path is that of a folder which holds files, at any depth; "" is the notes folder itself."""
        return path in _folders(self.db)

    def first_inside(self, path: str) -> str:
        """The file of a path; for a folder its first file."""
        return path if path in self else next(file for file in FILES.names(self.db) if file.startswith(f"{path}/"))

    def nearest(self, path: str) -> str | None:
        """The path of a file that is most like this one, or None where none is near."""
        return _nearest(self.db, path)


def notes_folder(paths: Iterable[str]) -> NotesFolder:
    """A notes folder with files of these paths."""
    db = Database(keeps_up=False)
    db.set(FILES, dict.fromkeys(sorted(paths), (0, 0, 0, 0)))
    return NotesFolder(db)


@query
def other_files(db: Database) -> Mapping[str, Stamp]:
    """The stamps of the files that are no notes, by path, in order of path."""
    return {path: stamp for path, stamp in FILES(db).items() if not is_note(path)}


@query
def _folders(db: Database) -> frozenset[str]:
    found = {""}
    for direct in _by_folder.names(db):
        folder = direct
        while folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return frozenset(found)


_nearest = NearestPath(FILES)


@query
def name_collisions(db: Database) -> tuple[tuple[str, str], ...]:
    """Files and folders whose names differ from an earlier neighbour's in letter case only, after that one."""
    alike: dict[str, list[str]] = {}
    for path in sorted({*FILES.names(db), *_folders(db)}):
        # Without the letter case of its last name: what lies in a folder that collides is no collision again.
        folder, slash, name = path.rpartition("/")
        alike.setdefault(f"{folder}{slash}{fold_case(name)}", []).append(path)
    return tuple(sorted([(first, other) for first, *others in alike.values() for other in others]))
