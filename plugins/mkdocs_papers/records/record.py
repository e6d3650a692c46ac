"""A record: one file in ``meta/``, read."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mkdocs_papers.records.problem import Place, Problem
from mkdocs_papers.records.schema import PaperInfo, Path


@dataclass(frozen=True, slots=True)
class Record:
    """One file in ``meta/``.

    Attributes:
        path: the file, relative to the project's root, with ``/``: ``meta/2024/Quest.prototxt``.
        key: its year folder and stem: ``2024/Quest``.
        info: what it says, exactly as written (nothing trimmed, split or defaulted).
        places: where each value begins, by its path in the record; ``()`` is the file's start, a block's path its name.
    """

    path: str
    key: str
    info: PaperInfo
    places: Mapping[Path, Place] = field(default_factory=dict, hash=False, repr=False)

    def place(self, *path: str | int) -> Place:
        """Where that value begins, else its nearest block, else the file's start."""
        while path:
            if path in self.places:
                return self.places[path]
            path = path[:-1]
        return Place()


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading one file: the record, unless it cannot be read, and the problems of the text."""

    record: Record | None
    problems: tuple[Problem, ...] = ()
