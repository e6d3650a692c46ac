"""What a library's owner decides: folders, keywords, aliases, levels."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mkdocs_papers.records.problem import Level

ALIAS_KINDS = ("venue", "institution", "author", "keyword")
"""The kinds of names that have aliases."""


@dataclass(frozen=True, slots=True)
class Keyword:
    """One keyword of the configuration.

    Attributes:
        id: the word that records use.
        label: the words that readers see.
        about: one line of definition; may be empty.
    """

    id: str
    label: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """The part of the configuration that the core needs.

    Attributes:
        root: the project's root folder, absolute: paths in problems are relative to it.
        meta: folder of records, relative to the root.
        notes: folder of notes, relative to the root.
        keywords: the known keywords by id, in the order in which they are shown.
        aliases: spellings by kind, one of `ALIAS_KINDS`, each from a spelling to the one to use.
        exclude: gitignore patterns, relative to the root, of files to leave out of everything.
        levels: levels of problem codes where they differ from the default.
    """

    root: Path
    meta: str = "meta"
    notes: str = "notes"
    keywords: Mapping[str, Keyword] = field(default_factory=dict)
    aliases: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    exclude: tuple[str, ...] = ()
    levels: Mapping[str, Level] = field(default_factory=dict)
