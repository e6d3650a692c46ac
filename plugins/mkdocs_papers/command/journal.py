"""Changes of several files that are all made, or made to the end by the next try.

What is to be done is written down first. A program that is killed in between leaves the journal, and whoever opens it
goes on where it ended: each step can be made again. A journal may also come with anybody's pull request. So it can
do no more than a change of records and pages could: what it names lies in their folders, and is not hidden.
"""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from mkdocs_papers.command.configuration import ConfigurationError
from mkdocs_papers.command.writing import write_new, write_whole
from mkdocs_papers.library.cache_folder import CacheError, read_bounded
from mkdocs_papers.library.folder import NOTE_SUFFIXES, RECORD_SUFFIXES
from mkdocs_papers.records.limits import LARGEST_INPUT


@dataclass(frozen=True, slots=True)
class Write:
    """A file's new content; paths are relative to the root."""

    path: str
    before: bytes
    after: bytes


@dataclass(frozen=True, slots=True)
class Move:
    """A file or folder that goes elsewhere."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Journal:
    """What is to be done, in this order, and in words what for."""

    about: str
    writes: tuple[Write, ...]
    moves: tuple[Move, ...]


def read_journal(file: Path, root: Path, folders: Sequence[Path]) -> Journal | None:
    """The journal that a program has left; None where there is none.

    Args:
        root: what its paths are relative to.
        folders: where it may change something.

    Raises:
        ConfigurationError: it is no journal, or would change something elsewhere.
    """
    try:
        journal = msgspec.json.decode(read_bounded(file, LARGEST_INPUT), type=Journal)
    except FileNotFoundError:
        return None
    except (CacheError, msgspec.DecodeError, ValueError, RecursionError) as error:
        raise ConfigurationError(f"{file}: is not what a rename leaves behind; remove it") from error
    written = [write.path for write in journal.writes]
    moved = [path for move in journal.moves for path in (move.source, move.target)]
    if not all(_is_inside(path, root, folders) for path in (*written, *moved)) or not (
        all(path.lower().endswith((*NOTE_SUFFIXES, *RECORD_SUFFIXES)) for path in written)
        and not any(part.startswith(".") for path in moved for part in path.split("/"))
    ):
        raise ConfigurationError(f"{file}: would change what no rename changes; remove it")
    return journal


def _is_inside(path: str, root: Path, folders: Sequence[Path]) -> bool:
    """Whether a path leads into one of the folders, and whatever links there are, not out of it."""
    try:
        return any(folder.resolve() in (root / path).resolve().parents for folder in folders)
    except (OSError, ValueError, RuntimeError):  # a zero, or a link that leads to itself
        return False


def carry_out(journal: Journal, file: Path, root: Path) -> tuple[str, ...]:
    """Write the journal down, do what it says, and remove it; gives the files that somebody has changed since.

    Raises:
        OSError: a step cannot be made; the journal stays for another try.
    """
    with contextlib.suppress(FileExistsError):
        write_new(file, msgspec.json.encode(journal))
    left = tuple(_steps(journal, root))
    file.unlink()
    return left


def _steps(journal: Journal, root: Path) -> Iterator[str]:
    for write in journal.writes:
        path = root / write.path
        # Moves come after all writes: a file that has gone had been written.
        if (
            path.exists()
            and path.read_bytes() != write.after
            and not write_whole(path, write.after, expected=write.before)
        ):
            yield write.path
    for move in journal.moves:
        source, target = root / move.source, root / move.target
        if source.exists() and (not target.exists() or target.samefile(source)):
            target.parent.mkdir(parents=True, exist_ok=True)
            source.rename(target)
        with contextlib.suppress(OSError):
            source.parent.rmdir()
