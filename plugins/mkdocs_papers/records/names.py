"""Names of people: one at a time."""

from __future__ import annotations

import re

_COMMA = re.compile("[,;，；、]")
_SUFFIX = re.compile(r"(?:Jr|Sr|Ph\.?D|M\.?D|Esq)\.?|I{2,3}|IV", re.IGNORECASE)


def split_names(text: str) -> tuple[str, ...]:
    """The names in one value of ``paper.authors``, which should hold one but in old records holds several.

    Names are separated by commas or semicolons, Chinese ones included, and by "and" where there is a comma, too; a
    suffix such as ``Jr.`` stays with its name. Without a separator the text is one name, trimmed.

    Args:
        text: as it stands in a record.
    """
    parts = _COMMA.split(text)
    if len(parts) == 1:
        return (text.strip(),) if text.strip() else ()
    names: list[str] = []
    for part in parts:
        for name in _around_and(part):
            if names and _SUFFIX.fullmatch(name):
                names[-1] += f", {name}"
            else:
                names.append(name)
    return tuple(names)


def _around_and(part: str) -> list[str]:
    """The names on both sides of the word "and", trimmed, empty ones left out."""
    words = part.split()
    if not {"and", "&"}.intersection(words):
        return [part.strip()] if words else []
    names: list[list[str]] = [[]]
    for word in words:
        if word in {"and", "&"}:
            names.append([])
        else:
            names[-1].append(word)
    return [" ".join(name) for name in names if name]
