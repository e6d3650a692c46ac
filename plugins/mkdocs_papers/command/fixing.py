"""Mending what has one safe answer, in the files themselves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from mkdocs_papers.command.writing import write_whole
from mkdocs_papers.library.edits import apply
from mkdocs_papers.library.load import load
from mkdocs_papers.library.memory import ReadingMemory
from mkdocs_papers.library.model import Library
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.records.problem import Edit
from mkdocs_papers.records.read import read_record

_MOST_ROUNDS = 10
"""Two edits that overlap take two rounds; this many only end what would never end."""


def fix(settings: Settings, wanted: Callable[[str], bool]) -> dict[str, int]:
    """Make the safe edits of a library's problems, each file at once, until none is left.

    Nothing else of a file changes. A record that could no longer be read afterwards stays as it is.

    Args:
        settings: where the library is; problems that it switches off are not mended.
        wanted: whether the file of a path, relative to the root, may be changed.

    Returns:
        How many edits were made in each file.

    Raises:
        OSError: a file cannot be written.
    """
    memory = ReadingMemory()
    done: dict[str, int] = {}
    refused: set[str] = set()
    for _ in range(_MOST_ROUNDS):
        waiting = {path: edits for path, edits in _edits(load(settings, memory)).items() if path not in refused}
        for path, edits in waiting.items():
            if wanted(path) and _mend(settings, path, edits):
                done[path] = done.get(path, 0) + len(edits)
            else:
                refused.add(path)
        if not waiting:
            break
    return done


def _edits(library: Library) -> dict[str, set[Edit]]:
    edits: dict[str, set[Edit]] = {}
    for problem in library.problems:
        if problem.edits:
            edits.setdefault(problem.path, set()).update(problem.edits)
    return edits


def _mend(settings: Settings, path: str, edits: set[Edit]) -> bool:
    """Make the edits in one file; whether it has changed."""
    file = settings.root / path
    before = file.read_bytes()
    try:
        text = before.decode()
    except UnicodeDecodeError:
        return False
    after = apply(text, edits).encode()
    if after == before or (_is_record(settings, path) and read_record(path, Path(path).stem, after).record is None):
        return False
    write_whole(file, after)
    return True


def _is_record(settings: Settings, path: str) -> bool:
    return path.startswith(f"{settings.meta}/")
