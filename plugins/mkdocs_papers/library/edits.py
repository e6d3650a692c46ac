"""Safe changes of a file's text: made from the place of a value, and applied."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

from mkdocs_papers.records.lines import BYTE_ORDER_MARK
from mkdocs_papers.records.problem import Edit, Place

_LINE_END = re.compile(r"\r\n?|\n")


def offset(text: str, place: Place) -> int | None:
    """Where in the text a place is, in code points; None where the text has no such place."""
    before = list(itertools.islice(_LINE_END.finditer(text), place.line - 1))
    if len(before) < place.line - 1:
        return None
    start = before[-1].end() if before else int(text.startswith(BYTE_ORDER_MARK))
    at = start + place.column - 1
    return at if at <= len(text) else None


def replaced(text: str, place: Place, old: str, new: str) -> tuple[Edit, ...]:
    """The edit that makes the value at a place another one; none unless it stands there plainly, quoted or not.

    Args:
        text: the whole file.
        place: where the value begins, or its opening quote.
        old: the value as it is, without surrounding space.
        new: the value to be.
    """
    at = offset(text, place)
    if at is None:
        return ()
    if text[at : at + 1] in ("'", '"'):
        at += 1
    at += len(text[at:]) - len(text[at:].lstrip(" \t"))
    return (Edit(at, at + len(old), new),) if old and text.startswith(old, at) else ()


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text after the edits, except for those that overlap another that begins before them."""
    parts, at = [], 0
    for edit in sorted(set(edits), key=lambda edit: (edit.start, edit.end)):
        if edit.start >= at:
            parts += [text[at : edit.start], edit.text]
            at = edit.end
    return "".join([*parts, text[at:]])
