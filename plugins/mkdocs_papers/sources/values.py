"""Texts and values out of JSON of which nothing is certain: a field may be missing, null, or something else."""

import json
from typing import Any


def whole(value: Any) -> Any:
    """JSON's plain values with U+FFFD for each half of a character, which JSON can name and no file can hold.

    Raises:
        RecursionError: it is nested too deeply.
    """
    return json.loads(json.dumps(value, ensure_ascii=False).encode(errors="replace"))


def at(value: Any, *path: str | int) -> Any:
    """The value at a path, ``at(work, "title", 0)``; None where there is none."""
    for step in path:
        if isinstance(step, str) and isinstance(value, dict):
            value = value.get(step)
        elif isinstance(step, int) and isinstance(value, list) and -len(value) <= step < len(value):
            value = value[step]
        else:
            return None
    return value


def objects(value: Any, *path: str | int) -> list[dict[str, Any]]:
    """The objects of a list at a path; one object that stands alone counts as a list of it."""
    found = at(value, *path)
    if isinstance(found, dict):
        return [found]
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def texts(value: Any, *path: str | int) -> list[str]:
    """The texts of a list at a path; one text that stands alone counts as a list of it."""
    found = at(value, *path)
    if isinstance(found, str):
        return [found]
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []


def text(value: Any, *path: str | int) -> str | None:
    """The text at a path; None where there is none, or an empty one."""
    found = at(value, *path)
    return found.strip() or None if isinstance(found, str) else None
