"""Files in which marks say where their defects are, so that a test need not count columns.

A mark is a problem's code in guillemets, just before the place where the problem is to be reported:
``authors: «joined-authors»"Jiaming Tang, Yilong Zhao"``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_MARK = re.compile("«([a-z0-9-]+)»")
_LINE_END = re.compile(r"\r\n?|\n")

Defect = tuple[str, str, int, int]
"""A problem's code, path, line and column."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Files without their marks, and what the marks say.

    Attributes:
        files: the content of each file by its path.
        defects: every defect, in order of path and place.
    """

    files: dict[str, str | bytes]
    defects: list[Defect]


def unmark(files: Mapping[str, str | bytes]) -> Marked:
    """Take the marks out of files; bytes hold none."""
    clean: dict[str, str | bytes] = {}
    defects: list[Defect] = []
    for path, content in files.items():
        clean[path] = content if isinstance(content, bytes) else _MARK.sub("", content)
        if isinstance(content, str):
            defects += [(mark[1], path, *_place(content[: mark.start()])) for mark in _MARK.finditer(content)]
    return Marked(clean, sorted(defects, key=lambda defect: (defect[1:], defect[0])))


def _place(before: str) -> tuple[int, int]:
    """Line and column, from 1, of what follows a text; a byte-order mark is no column."""
    lines = _LINE_END.split(_MARK.sub("", before).removeprefix("\ufeff"))
    return len(lines), len(lines[-1]) + 1


_PROBLEM = re.compile(r"^(?:mkdocs_papers: )?(?P<path>.+?):(?P<line>\d+):(?P<column>\d+): .* \[(?P<code>[a-z0-9-]+)\]$")


def defects_in(messages: tuple[str, ...] | list[str]) -> list[Defect]:
    """The problems among log messages or lines of output, in order of path and place."""
    found = [match for message in messages if (match := _PROBLEM.match(message))]
    defects = [(m["code"], m["path"], int(m["line"]), int(m["column"])) for m in found]
    return sorted(defects, key=lambda defect: (defect[1:], defect[0]))
