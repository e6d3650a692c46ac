"""Problems as text for people, JSON for programs, and annotations for GitHub."""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from mkdocs_papers.records.problem import Level, Place, Problem

_GITHUB_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.HINT: "notice"}


def as_text(problems: Sequence[Problem]) -> str:
    """One line for each problem."""
    return "".join(f"{problem}\n" for problem in problems)


def as_json(problems: Sequence[Problem]) -> str:
    """One object, ``{"version": 1, "problems": [...]}``, with everything that is known of each problem."""
    listed = [
        {
            "path": problem.path,
            "line": problem.place.line,
            "column": problem.place.column,
            "code": problem.code,
            "level": problem.level.value,
            "field": problem.field or None,
            "wrong": problem.wrong,
            "right": problem.right or None,
            "fixable": bool(problem.edits),
        }
        for problem in problems
    ]
    return json.dumps({"version": 1, "problems": listed}, ensure_ascii=False, indent=2) + "\n"


def as_github(problems: Sequence[Problem]) -> str:
    """One workflow command for each problem, which GitHub shows at the line of a pull request.

    The format: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    return "".join(
        annotation(each.path, each.place, each.code, "; ".join(filter(None, (each.wrong, each.right))), each.level)
        for each in problems
    )


def annotation(path: str, place: Place, title: str, message: str, level: Level = Level.ERROR) -> str:
    """One workflow command."""
    properties = {"file": path, "line": str(place.line), "col": str(place.column), "title": title}
    listed = ",".join(f"{name}={_escaped(value, property_value=True)}" for name, value in properties.items())
    return f"::{_GITHUB_LEVELS[level]} {listed}::{_escaped(message)}\n"


def _escaped(text: str, *, property_value: bool = False) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if property_value else text


def summary(problems: Sequence[Problem]) -> str:
    """How many problems there are of each level, in words."""
    count = Counter(problem.level for problem in problems)
    parts = [
        f"{count[level]} {level.value}{'s' if count[level] > 1 else ''}"
        for level in (Level.ERROR, Level.WARNING, Level.HINT)
        if count[level]
    ]
    return ", ".join(parts) or "no problems"


FORMATS: Mapping[str, Callable[[Sequence[Problem]], str]] = {"text": as_text, "json": as_json, "github": as_github}
"""The formats of ``--format``, by name."""
