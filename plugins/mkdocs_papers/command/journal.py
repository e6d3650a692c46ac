"""Changes of several files that are all made, or made to the end by the next try.

What is to be done is written down first. A program that is killed in between leaves the journal, and whoever opens it
goes on where it ended: each step can be made again.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from mkdocs_papers.command.writing import write_new, write_whole


@dataclass(frozen=True, slots=True)
class Write:
    """A file's new text; paths are relative to the root."""

    path: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Move:
    """A file or folder that goes elsewhere."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Journal:
    """What is to be done, in this order.

    Attributes:
        about: what all of it is for, in words.
        writes: the files to write.
        moves: the files and folders to move, after that.
    """

    about: str
    writes: tuple[Write, ...]
    moves: tuple[Move, ...]


def read_journal(file: Path) -> Journal | None:
    """The journal that a program has left; None where there is none, or it is not whole."""
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        writes = tuple(Write(**write) for write in kept["writes"])
        return Journal(str(kept["about"]), writes, tuple(Move(**move) for move in kept["moves"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def carry_out(journal: Journal, file: Path, root: Path) -> tuple[str, ...]:
    """Write the journal down, do what it says, and remove it.

    Returns:
        The files that somebody has changed since, and that are left as they are.

    Raises:
        OSError: a step cannot be made; the journal stays for another try.
    """
    with contextlib.suppress(FileExistsError):
        write_new(file, json.dumps(asdict(journal)).encode())
    left = tuple(_steps(journal, root))
    file.unlink()
    return left


def _steps(journal: Journal, root: Path) -> Iterator[str]:
    for write in journal.writes:
        path = root / write.path
        before, after = (text.encode(errors="surrogateescape") for text in (write.before, write.after))
        # Moves come after all writes: a file that has gone had been written.
        if path.exists() and path.read_bytes() != after and not write_whole(path, after, expected=before):
            yield write.path
    for move in journal.moves:
        source, target = root / move.source, root / move.target
        if source.exists() and (not target.exists() or target.samefile(source)):
            target.parent.mkdir(parents=True, exist_ok=True)
            source.rename(target)
        with contextlib.suppress(OSError):
            source.parent.rmdir()
