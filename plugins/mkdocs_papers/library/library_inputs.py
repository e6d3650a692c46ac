"""What the disk says of a library, and what its owner decides: the inputs of its queries."""

from mkdocs_papers.incremental.database import Constant, Input, Table
from mkdocs_papers.library.memory import Stamp
from mkdocs_papers.library.notes import NoteText
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.records.problem import Problem
from mkdocs_papers.records.record import Reading

SETTINGS: Constant[Settings] = Constant("settings")

READINGS: Table[str, Reading] = Table("readings")
"""What came of reading each record, by key, in order of key."""

RECORDS: Table[str, str] = Table("records")
"""The key of each record, by its path relative to the root."""

TEXTS: Table[str, NoteText] = Table("texts")
"""What each note says by itself, by path below the notes folder, in order of path."""

FILES: Table[str, Stamp] = Table("files")
"""The stamp of each file below the notes folder, by path, in order of path."""

NOT_READ: Input[tuple[Problem, ...]] = Input("not read")
"""The problems of files that are no part of the library: their names cannot be used, or another has their key."""
