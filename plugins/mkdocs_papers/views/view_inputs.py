"""What views and pages are made from: the inputs of their queries."""

from collections.abc import Mapping

from mkdocs_papers.incremental.database import Input, Table
from mkdocs_papers.library.library_inputs import SETTINGS
from mkdocs_papers.library.model import Note, Paper
from mkdocs_papers.records.problem import Problem

__all__ = ["ADDED", "NOTES", "PAPERS", "PROBLEMS", "SETTINGS", "UNREADABLE"]

PAPERS: Table[str, Paper] = Table("papers")
"""The papers by key, in order of key."""

NOTES: Table[str, Note] = Table("notes")
"""The notes that the site shows, by path, in order of path."""

ADDED: Table[str, int] = Table("added")
"""When git says that records and notes were added, in Unix seconds, by path relative to the root, without suffix."""

UNREADABLE: Input[Mapping[str, tuple[Problem, ...]]] = Input("unreadable")
"""Keys of records that cannot be read, with their problems."""

PROBLEMS: Table[str, tuple[Problem, ...]] = Table("problems")
"""What is wrong with each file of the project that the site tells of, by path relative to the root."""
