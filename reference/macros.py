"""Macros of this site's guide: its tables are made from the code, so that they cannot tell anything else.

mkdocs-macros-plugin calls `define_env`. What a macro gives is Markdown; nothing is written into ``docs/``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Protocol

from mkdocs_papers.pages.exports.registry import EXPORTS
from mkdocs_papers.pages.exports.spreadsheet import header
from mkdocs_papers.pages.language import language
from mkdocs_papers.records.proto import proto_file
from mkdocs_papers.records.schema import Field, Kind, leaves
from mkdocs_papers.site.options import PapersConfig
from mkdocs_papers.views.facets import FACETS_BY_NAME
from mkdocs_papers.views.select import COMPARED_BY, NOTE
from mkdocs_papers.views.view import VIEWS

_LARGEST_TO_TELL = 9999
"""Larger bounds are there for programs' sake."""

_PROBLEMS = Path(__file__).parent.parent / "docs/guide/problems.md"
_PROBLEM = re.compile(r"^## `([\w-]+)`\n\n([^\n]+) \*\((\w+)\)\*$(.*?)(?=^## `|\Z)", re.MULTILINE | re.DOTALL)
"""A section about a code: its name, what it means, its level, and the rest."""


class Environment(Protocol):
    """What mkdocs-macros-plugin hands to `define_env`."""

    macros: Mapping[str, Callable[..., object]]

    def macro(self, function: Callable[..., object], name: str = "") -> object:
        """Make a macro known."""


def define_env(env: Environment) -> None:
    """Make the guide's macros known."""
    for function in (
        record_fields,
        exported_fields,
        proto_schema,
        option_summary,
        problem_summary,
        csv_columns,
        interface_words,
        filter_names,
        view_names,
    ):
        env.macro(function)

    def example(name: str, *values: object, **named: object) -> str:
        """A macro's call as one writes it, and what it gives."""
        return f"{call(name, *values, **named)}\n\n{env.macros[name](*values, **named)}\n"

    env.macro(example)


def record_fields() -> str:
    """The fields of a record."""
    rows = ((f"`{'.'.join(path)}`", _kind(field), field.about) for path, field in leaves().items())
    return _table(("field", "holds", "meaning"), rows)


def exported_fields() -> str:
    """The fields of a record that exports carry, and what these call them."""
    rows = (
        (f"`{'.'.join(path)}`", *(_called(field.exported.get(export.name)) for export in EXPORTS))
        for path, field in leaves().items()
        if field.exported
    )
    return _table(("field", *(export.title for export in EXPORTS)), rows)


def _called(name: str | None) -> str:
    return "" if name is None else f"`{name}`" if name else "yes"


def _kind(field: Field) -> str:
    parts = [field.kind.value if field.kind is not Kind.NAME else "name"]
    if field.low is not None and field.high is not None and field.high <= _LARGEST_TO_TELL:
        parts = [f"{parts[0]}, {field.low} to {field.high}"]
    return ", ".join([*parts, *["required"] * field.required, *["any number of times"] * field.repeated])


def proto_schema() -> str:
    """The schema as a ``.proto`` file."""
    return _fence(proto_file(), "proto", "paper_info.proto")


def option_summary() -> str:
    """The plugin's options and their defaults, each with a link to its section on the same page."""
    rows = ((f"[`{name}`](#{name})", f"`{_yaml(default)}`") for name, default in PapersConfig().items())
    return _table(("option", "default"), rows)


def _yaml(value: object) -> str:
    return json.dumps(value) if not isinstance(value, str) or not value else value


def problem_summary() -> str:
    """All codes of problems, each with a link to its section on the same page, and what is said there."""
    rows = (
        (f"[`{name}`](#{name})", level.lower(), "yes" if "`check --fix`" in example else "", about)
        for name, about, level, example in _PROBLEM.findall(_PROBLEMS.read_text(encoding="utf-8"))
    )
    return _table(("code", "level", "`--fix`", "what it means"), rows)


def csv_columns() -> str:
    """The columns of the CSV file."""
    return ", ".join(f"`{name}`" for name in header().split(","))


def interface_words() -> str:
    """The words of the interface, in the languages that there are."""
    english, chinese = language("en"), language("zh")
    rows = ((f"`{key}`", _cell(text), _cell(chinese.texts[key])) for key, text in english.texts.items())
    return _table(("key", "English", "Chinese"), rows)


def filter_names() -> str:
    """The names by which macros filter papers."""
    return ", ".join(f"`{facet}`" for facet in (*FACETS_BY_NAME, COMPARED_BY)) + f" and `{NOTE}`"


def view_names() -> str:
    """The names of the views."""
    return ", ".join(f"`{view.name}`" for view in VIEWS)


def call(name: str, *values: object, **named: object) -> str:
    """A macro's call as a fenced block."""
    arguments = [_argument(value) for value in values]
    arguments += [f"{key}={_argument(value)}" for key, value in named.items()]
    return _fence(f"{{{{ {name}({', '.join(arguments)}) }}}}\n", "jinja")


def _argument(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)


def _fence(text: str, language: str, title: str = "") -> str:
    return f"````{language}" + (f' title="{title}"' if title else "") + f"\n{text}````"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("{", "&#123;")


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    columns = list(head)
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"
