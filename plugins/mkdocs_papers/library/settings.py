"""What a library's owner decides (folders, keywords, aliases, levels), and how it is read from a configuration.

The plugin and the command line share this, so that both say the same of one configuration. An option that is not
about the core, such as how pages look, is not looked at.
"""

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pathspec

from mkdocs_papers.library.names import printable
from mkdocs_papers.records.limits import cut
from mkdocs_papers.records.problem import CODES, Level
from mkdocs_papers.records.suggest import did_you_mean

_LONGEST_SHOWN = 60

_MARKDOWN_IN_HTML = frozenset(
    ("md_in_html", "markdown.extensions.md_in_html", "extra", "markdown.extensions.extra", "pymdownx.extra")
)
"""The Markdown extensions that read Markdown inside HTML elements, by all their names."""

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
        markdown_in_html: whether HTML elements with the attribute ``markdown`` hold Markdown on the site.
    """

    root: Path
    meta: str = "meta"
    notes: str = "notes"
    keywords: Mapping[str, Keyword] = field(default_factory=dict)
    aliases: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    exclude: tuple[str, ...] = ()
    levels: Mapping[str, Level] = field(default_factory=dict)
    markdown_in_html: bool = False

    @property
    def folders(self) -> tuple[Path, Path]:
        """The folders of records and of notes."""
        return self.root / self.meta, self.root / self.notes


class OptionError(ValueError):
    """An option that makes no sense."""

    def __init__(self, option: str, why: str) -> None:
        # A name in it is its writer's: whatever it holds, this is one line.
        super().__init__(f"option '{printable(option)}': {printable(why)}")
        self.option = option
        self.why = why


def settings_from(options: Mapping[str, Any], root: Path, extensions: Iterable[str] = ()) -> Settings:
    """The settings that these options make; an option that is missing or None has its default.

    Args:
        options: the plugin's.
        root: the project's root folder.
        extensions: the names of the site's Markdown extensions.

    Raises:
        OptionError: an option makes no sense.
    """
    given = {name: value for name, value in options.items() if value is not None}
    meta = _folder("meta_dir", given.get("meta_dir", "meta"))
    notes = _folder("notes_dir", given.get("notes_dir", "notes"))
    if meta == notes:
        raise OptionError("notes_dir", f"records and notes cannot both be in {notes!r}; name another folder")
    return Settings(
        root=root.absolute(),
        meta=meta,
        notes=notes,
        keywords=_keywords(given.get("keywords", {})),
        aliases=_aliases(given.get("aliases", {})),
        exclude=_exclude(given.get("exclude", ())),
        levels=_levels(given.get("levels", {})),
        markdown_in_html=any(name.partition(":")[0] in _MARKDOWN_IN_HTML for name in extensions),
    )


def _folder(option: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise OptionError(option, f"{value!r} is no folder; write a path relative to mkdocs.yml, such as 'papers'")
    path = posixpath.normpath(value.strip().replace("\\", "/"))
    if path.startswith(("/", "..")) or path == "." or ":" in path:
        raise OptionError(option, f"{value!r} is not a folder below that of mkdocs.yml; move it there or link it")
    return path


def _mapping(option: str, value: object) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise OptionError(option, f"expected 'name: value' lines, not {_shown(value)}")
    for name in value:
        if not isinstance(name, str):
            raise OptionError(option, f"the name {name!r} is read as {_kind(name)}; put it in quotes")
    return value


def _text(option: str, value: object) -> str:
    if not isinstance(value, str):
        raise OptionError(option, f"expected text, not {_shown(value)}; put it in quotes")
    return " ".join(value.split())


def _keywords(value: object) -> dict[str, Keyword]:
    found = {}
    for word, described in _mapping("keywords", value).items():
        option = f"keywords.{word}"
        if isinstance(described, Mapping):
            entries = _mapping(option, described)
            for name in entries:
                if name not in {"label", "about"}:
                    right = did_you_mean(name, ("label", "about")) or "a keyword has a 'label' and an 'about'"
                    raise OptionError(f"{option}.{name}", right)
            label = _text(f"{option}.label", entries.get("label", word))
            about = _text(f"{option}.about", entries.get("about") or "")
        else:
            label, about = _text(option, word if described is None else described), ""
        if not word.strip() or not label:
            raise OptionError(option, "a keyword and its label cannot be empty")
        found[word] = Keyword(word, label, about)
    return found


def _aliases(value: object) -> dict[str, dict[str, str]]:
    found = {}
    for kind, spellings in _mapping("aliases", value).items():
        if kind not in ALIAS_KINDS:
            known = f"aliases are for {', '.join(ALIAS_KINDS[:-1])} or {ALIAS_KINDS[-1]}"
            raise OptionError(f"aliases.{kind}", did_you_mean(kind, ALIAS_KINDS) or known)
        table = {} if spellings is None else _mapping(f"aliases.{kind}", spellings)
        found[kind] = {written: _text(f"aliases.{kind}.{written}", used) for written, used in table.items()}
        for written, used in found[kind].items():
            if not used:
                raise OptionError(f"aliases.{kind}.{written}", "the spelling to use cannot be empty")
    return found


def _exclude(value: object) -> tuple[str, ...]:
    patterns = value.splitlines() if isinstance(value, str) else value
    if not isinstance(patterns, list | tuple):
        raise OptionError("exclude", f"expected a list of gitignore patterns, not {_shown(value)}")
    for pattern in patterns:
        if not isinstance(pattern, str):
            raise OptionError("exclude", f"expected a pattern, not {_shown(pattern)}; put it in quotes")
        try:
            pathspec.GitIgnoreSpec.from_lines([pattern])
        except ValueError as error:
            raise OptionError("exclude", f"{pattern!r} is no gitignore pattern: {error}") from error
    return tuple(patterns)


def _levels(value: object) -> dict[str, Level]:
    found = {}
    for code, level in _mapping("levels", value).items():
        if code not in CODES:
            right = did_you_mean(code, CODES) or "the docs list the codes of problems"
            raise OptionError(f"levels.{code}", f"there is no such code; {right}")
        word = "off" if level is False else level  # YAML reads a bare `off` as false
        try:
            found[code] = Level(word)
        except ValueError as error:
            known = ", ".join(level.value for level in Level)
            raise OptionError(f"levels.{code}", f"{level!r} is no level; write one of {known}") from error
    return found


def _shown(value: object) -> str:
    """A value as an error shows it, with its kind."""
    return f"{_kind(value)}, {cut(repr(value), _LONGEST_SHOWN)}"


def _kind(value: object) -> str:
    kinds = {bool: "a truth value", int: "a number", float: "a number", str: "text", list: "a list", dict: "a mapping"}
    return kinds.get(type(value), type(value).__name__)
