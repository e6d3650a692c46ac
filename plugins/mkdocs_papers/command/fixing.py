"""Mending what has one safe answer, in the files themselves."""

import contextlib
import dataclasses
import functools
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from mkdocs_papers.command.progress import read_library
from mkdocs_papers.command.writing import remove_leftovers, write_whole
from mkdocs_papers.library.edits import apply
from mkdocs_papers.library.links import Link
from mkdocs_papers.library.memory import ReadingMemory
from mkdocs_papers.library.model import Library
from mkdocs_papers.library.notes import NoteText, read_note
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.records.checks import differs_only_as_mended
from mkdocs_papers.records.problem import Edit, Place
from mkdocs_papers.records.read import read_record

_MOST_ROUNDS = 20
"""One to see what is to be mended, two for edits that overlap; this many only end what would never end."""


def fix(settings: Settings, wanted: Callable[[str], bool]) -> dict[str, int]:
    """Make the safe edits of a library's problems, each file at once, until none is left.

    Nothing else of a file changes. A file that would say something else afterwards stays as it is, and so does what its
    owner saves in the meantime. Files that a killed run left behind are removed. It gives how many edits were made in
    each file.
    """
    remove_leftovers(*settings.folders)
    memory = ReadingMemory()
    done: dict[str, int] = {}
    refused: set[str] = set()
    waiting: dict[str, set[Edit]] = {}
    for _ in range(_MOST_ROUNDS):
        # Read before the library is, and once more when it is written: what lies between is what edits were made for.
        texts = {path: text for path in waiting if (text := _content(settings, path)) is not None}
        found = _edits(read_library(settings, memory))
        waiting = {path: edits for path, edits in found.items() if path not in refused and wanted(path)}
        for path in waiting.keys() & texts.keys():
            after = _mended(settings, path, texts[path], waiting[path])
            if after is None:
                refused.add(path)
            elif write_whole(settings.root / path, after, expected=texts[path]):
                done[path] = done.get(path, 0) + len(waiting[path])
        if not waiting.keys() - refused:
            break
    return dict(sorted(done.items()))


def _content(settings: Settings, path: str) -> bytes | None:
    """What is in a file; None where it is gone."""
    with contextlib.suppress(FileNotFoundError):
        return (settings.root / path).read_bytes()
    return None


def _edits(library: Library) -> dict[str, set[Edit]]:
    edits: dict[str, set[Edit]] = {}
    for problem in library.problems:
        if problem.edits:
            edits.setdefault(problem.path, set()).update(problem.edits)
    return edits


def _mended(settings: Settings, path: str, before: bytes, edits: Collection[Edit]) -> bytes | None:
    """A file after the edits; None where they change nothing, or something else than what is to be mended."""
    try:
        after = apply(before.decode(), edits).encode()
    except UnicodeDecodeError:
        return None
    written = {edit.text for edit in edits}
    is_record = path.startswith(f"{settings.meta}/")
    same = (_is_same_record if is_record else functools.partial(_is_same_note, settings))(path, before, after, written)
    return after if same and after != before else None


def _is_same_record(path: str, before: bytes, after: bytes, written: Collection[str]) -> bool:
    old, new = (read_record(path, Path(path).stem, content).record for content in (before, after))
    return old is not None and new is not None and differs_only_as_mended(old.info, new.info, written)


def _is_same_note(settings: Settings, path: str, before: bytes, after: bytes, written: Collection[str]) -> bool:
    """Whether a note says the same, but for links that lead where it was mended to."""
    old, new = (read_note(path, content, markdown_in_html=settings.markdown_in_html) for content in (before, after))
    return (
        _but_for_links(old) == _but_for_links(new)
        and len(old.links) == len(new.links)
        and all(_leads_as_mended(*pair, written=written) for pair in zip(old.links, new.links, strict=True))
    )


def _but_for_links(note: NoteText) -> NoteText:
    return dataclasses.replace(note, text="", links=(), targets=())


def _leads_as_mended(old: Link, new: Link, *, written: Iterable[str]) -> bool:
    """Whether a link is as it was, wherever it stands now, or leads to a path that was written."""
    there = dataclasses.replace(new, place=Place(), target=old.target, source=old.source)
    return there == dataclasses.replace(old, place=Place()) and (
        new.target == old.target or any(new.target.startswith(path) for path in written)
    )
