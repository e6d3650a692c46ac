"""Did you mean, among many thousands of paths."""

from collections.abc import Iterator, Mapping
from typing import Any

from mkdocs_papers.incremental.database import Database, Query, TableQuery
from mkdocs_papers.incremental.operators import Groups
from mkdocs_papers.library.names import fold_case


class NearestPath(Query[[str], str | None]):
    """The known path each part of which is near that of another, or the only one that ends alike; None for none."""

    def __init__(self, paths: TableQuery[[], str, Any]) -> None:
        """Take the known paths, with ``/``; of equally near ones the first is suggested."""
        super().__init__(self._nearest, f"nearest of {paths!r}")
        self._paths = paths
        self._inside: Groups[[], str, str] = Groups(paths, lambda path, _: (path.rpartition("/")[0],))
        self._below: Groups[[], str, str] = Groups(self._inside, lambda folder, _: _above(folder))
        self._by_name: Groups[[], str, str] = Groups(paths, lambda path, _: (fold_case(path.rpartition("/")[2]),))
        self._names: Query[[str], Mapping[str, str]] = Query(self._names_in, f"names of {paths!r}")

    def _names_in(self, db: Database, folder: str) -> Mapping[str, str]:
        """The names in a folder, each with what it is without letter case; "" is what all paths are relative to."""
        paths = (*(self._inside.get(db, folder) or ()), *(self._below.get(db, folder) or ()))
        start = len(folder) + 1 if folder else 0
        return {name: fold_case(name) for name in sorted({path[start:].partition("/")[0] for path in paths})}

    def _nearest(self, db: Database, path: str) -> str | None:
        reached = ""
        for part in path.split("/"):
            name = nearest_name(part, self._names(db, reached))
            if name is None:
                break
            reached = f"{reached}/{name}" if reached else name
        else:
            if self._paths.get(db, reached):
                return reached
        named = self._by_name.get(db, fold_case(path.rpartition("/")[2])) or ()
        return named[0] if len(named) == 1 else None


def nearest_name(name: str, known: Mapping[str, str]) -> str | None:
    """The known name that leaving out at most one letter of each makes equal to another, letter case aside.

    Args:
        name: the other.
        known: names, each with what it is without letter case; of equally near ones the first is taken.
    """
    if name in known:
        return name
    # As in `suggest`: four megabytes, which a library without a mistake needs not.
    from rapidfuzz import process  # noqa: PLC0415
    from rapidfuzz.distance import Indel  # noqa: PLC0415

    folded = fold_case(name)
    near = process.extract(folded, known, scorer=Indel.distance, score_cutoff=2, limit=None)
    return next((each for text, _, each in near if abs(len(text) - len(folded)) <= 1), None)


def _above(folder: str) -> Iterator[str]:
    """The folders in which a folder lies, up to the one that all paths are relative to."""
    while folder:
        folder = folder.rpartition("/")[0]
        yield folder
