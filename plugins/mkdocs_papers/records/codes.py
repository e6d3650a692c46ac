"""The kinds of problems: what the checks, the configuration's ``levels`` and the guide know of each.

The guide, ``docs/guide/problems.md``, says what each one means, with a small library that has exactly that problem and
the same library mended. Tests build both.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from mkdocs_papers.records.problem import Edit, Level, Place, Problem

CODES: Mapping[str, Level] = MappingProxyType(
    {
        # The text of a record.
        "syntax": Level.ERROR,
        "not-utf8": Level.ERROR,
        "too-large": Level.ERROR,
        "yaml-feature": Level.ERROR,
        "unknown-field": Level.ERROR,
        "wrong-type": Level.ERROR,
        "repeated-field": Level.ERROR,
        "bad-escape": Level.WARNING,
        # The values of a record.
        "missing-title": Level.ERROR,
        "placeholder": Level.WARNING,
        "too-long": Level.WARNING,
        "stray-space": Level.WARNING,
        "control-character": Level.WARNING,
        "joined-authors": Level.WARNING,
        "bad-address": Level.WARNING,
        "arxiv-http": Level.HINT,
        "bad-doi": Level.HINT,
        "out-of-range": Level.WARNING,
        "unknown-status": Level.WARNING,
        "unknown-keyword": Level.HINT,
        # A record among the others.
        "year-mismatch": Level.WARNING,
        "repeated-record": Level.ERROR,
        "file-name": Level.ERROR,
        "case-collision": Level.WARNING,
        "duplicate-paper": Level.WARNING,
        "two-spellings": Level.WARNING,
        "missing-note": Level.WARNING,
        "wrong-case-note": Level.WARNING,
        "missing-cover": Level.WARNING,
        "wrong-case-cover": Level.WARNING,
        "outside-notes": Level.ERROR,
        "wrong-file-type": Level.WARNING,
        "missing-baseline": Level.WARNING,
        "wrong-case-baseline": Level.WARNING,
        "missing-same-work": Level.WARNING,
        "wrong-case-same-work": Level.WARNING,
        "taken-former-key": Level.WARNING,
        # Notes.
        "orphan-note": Level.HINT,
        "front-matter": Level.WARNING,
        "broken-link": Level.WARNING,
        "broken-anchor": Level.WARNING,
        "broken-image": Level.WARNING,
        # The site.
        "unusable-note": Level.ERROR,
        "macro": Level.WARNING,
        "address-taken": Level.WARNING,
        "unusable-cover": Level.WARNING,
        "unusable-picture": Level.WARNING,
        "unsafe-file": Level.WARNING,
    }
)
"""How much each kind of problem weighs by its name, unless the configuration says otherwise; in the guide's order.

An error loses something (a value, a page); with a warning everything still works; a hint is advice.
"""


def problem(
    code: str,
    path: str,
    place: Place,
    wrong: str,
    right: str = "",
    field: str = "",
    edits: tuple[Edit, ...] = (),
) -> Problem:
    """A problem at its code's default level; what is given is said of `Problem`.

    Raises:
        KeyError: no such code.
    """
    return Problem(code, path, place, wrong, right, field, edits, CODES[code])
