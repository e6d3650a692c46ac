"""The examples of the guide to problems: for each code a small library that has that problem and no other."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from mkdocs_papers.records.problem import Level
from tests.sites import ROOT
from tests.snippets import files

Files = Mapping[str, "str | bytes"]
"""A small library: the content of each file by its path below the project's root."""

GUIDE = (ROOT / "docs/guide/problems.md").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Example:
    """What the guide says of a code.

    Attributes:
        name: the code.
        level: its level.
        about: what it means.
        wrong: a library that has this problem and no other; the first file holds the place.
        right: the same library without it.
        line: what is said of it; empty where only a site has it.
        is_mended: whether `check --fix` leaves the second where the first was.
    """

    name: str
    level: Level
    about: str
    wrong: Files
    right: Files
    line: str
    is_mended: bool


def _files(markdown: str) -> dict[str, str | bytes]:
    return {path.replace("\\n", "\n"): _content(text) for path, text in files(markdown).items()}


def _content(text: str) -> str | bytes:
    r"""What a file holds: bytes that are no text stand in the guide as ``\xe9``."""
    parts = re.split(r"\\x([0-9a-f]{2})", text)
    if len(parts) == 1:
        return text
    return b"".join(bytes.fromhex(part) if place % 2 else part.encode() for place, part in enumerate(parts))


def _example(name: str, section: str) -> Example:
    about, level = re.findall(r"\A\s*(.+) \*\((\w+)\)\*$", section, re.MULTILINE)[0]
    before, words, after = re.split(r"^(Without it.*:)$", section, flags=re.MULTILINE)
    wrong = _files(before)
    gone = {path.replace("\\n", "\n") for path in re.findall("^`([^`]+)` is not there.$", after, re.MULTILINE)}
    assert gone <= wrong.keys()
    right = {path: content for path, content in wrong.items() if path not in gone} | _files(after)
    lines = re.findall(r"^``(\S.*)``$", before, re.MULTILINE)
    return Example(name, Level(level.lower()), about, wrong, right, "".join(lines), "--fix" in words)


def examples(guide: str) -> dict[str, Example]:
    """The examples of a guide by their codes, in its order."""
    parts = re.split(r"^## `([\w-]+)`$", guide, flags=re.MULTILINE)[1:]
    return {name: _example(name, text) for name, text in zip(parts[::2], parts[1::2], strict=True)}


EXAMPLES = examples(GUIDE)
