"""Changing what a record says, and nothing else of its text.

A value is replaced where it stands, a new one is put behind the last one of its block, and of a line that holds nothing
but a value that goes, its comment stays. Where the text is laid out so that this does not work, the record gets the one
layout.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mkdocs_papers.records.formats import format_of
from mkdocs_papers.records.layout import LINE_END, comments_of, laid_out, moved
from mkdocs_papers.records.lines import Span
from mkdocs_papers.records.schema import PaperInfo, Path, values
from mkdocs_papers.records.write import Line

_END_OF_LIST = re.compile(r"(?:[ \t]*,)?(?:\s|#[^\n]*\n)*\]")
"""What follows the last value of a list in brackets."""

_IN_BRACES = re.compile(r"(?:[ \t]*,)?(?:\s|#[^\n]*\n)*\}")
"""What follows the last value between braces."""

_BESIDE = re.compile(r"[,;]?(?:[ \t]+#[^\r\n]*)?")

_OPENS_LINE = re.compile(r"(?P<indent>[ \t]*)(?:-|\w+[ \t]*:)[ \t]*\Z")
_LINE_OF_VALUE = re.compile(r"[ \t]*[,;]?[ \t]*(?P<comment>#[^\r\n]*)?(?:\r\n|\n|\Z)")
"""The rest of a line that holds nothing but a value."""

_SEPARATOR = re.compile(r"[ \t]*,[ \t]*")
_SEPARATOR_BEFORE = re.compile(r",[ \t]*\Z")

_Replacement = tuple[int, int, str]
"""Where a part of the text begins and ends, and what it becomes."""


def amended(text: str, path: str, wanted: PaperInfo) -> str | None:
    """The text of a record, changed to say something else; None where something in it would be lost."""
    known = format_of(path)
    located = known.read(text, path)
    if located.content is None:
        return None
    written = list(known.lines(wanted))
    lines = {line.path: line for line in written if not line.closes}
    # A text of several lines ends with its last one, not with the line end behind it.
    spans = {at: (start, len(text[:end].rstrip())) for at, (start, end) in located.spans.items()}
    old, new = ({at: value for at, _, value in values(content)} for content in (located.content, wanted))
    places = moved(located.content, wanted)
    stays = {places.get(at, at): span for at, span in spans.items() if places.get(at, at)}
    writer = _Writer(text, stays, lines, listed=not any(line.closes for line in written))
    replacements = [
        *writer.replacements({places.get(at, at): value for at, value in old.items() if places.get(at, at)}, new),
        *(writer.without(*spans[at]) for at, place in places.items() if not place),
    ]
    line_end = LINE_END.search(text)
    changed = text
    for start, end, put in sorted(replacements, reverse=True):
        changed = changed[:start] + (put.replace("\n", line_end[0]) if line_end else put) + changed[end:]
    again = known.read(changed, path)
    if again.content != wanted or comments_of(changed, path) != comments_of(text, path):
        return laid_out(text, path, wanted)
    # A block that stood there empty, such as `keyword:`, stands there twice now.
    is_worse = len(again.problems) > len(located.problems)
    return (laid_out(text, path, wanted) if is_worse else None) or changed


@dataclass(frozen=True)
class _Writer:
    """Says what of a text becomes what; `listed` is whether values stand below the line of their list, as in YAML."""

    text: str
    spans: Mapping[Path, Span]
    lines: Mapping[Path, Line]
    listed: bool

    def replacements(self, old: Mapping[Path, Any], new: Mapping[Path, Any]) -> Iterator[_Replacement]:
        """What becomes what, for the text to hold the new values in place of the old ones."""
        for path in new:
            if path in old and old[path] != new[path]:
                yield *self.spans[path], self._literal(path)
        added: dict[int, str] = {}
        opened: set[Path] = set()
        for path in new:
            if path not in old:
                at, put = self._added(path, old, opened)
                before = added.get(at, "")
                # The last line of a text may have no end.
                torn = put.endswith("\n") and (self.text[:at] + before)[-1:] not in {"", "\n", "\r"}
                added[at] = before + ("\n" if torn else "") + put
        yield from ((at, at, put) for at, put in added.items())
        yield from (self.without(*self.spans[path]) for path in old if path not in new)

    def _literal(self, path: Path) -> str:
        return self.lines[path].text.partition("- " if self.lines[path].text.startswith("- ") else ": ")[2]

    def _added(self, path: Path, old: Mapping[Path, Any], opened: set[Path]) -> tuple[int, str]:
        """Where a new value goes, and what is put there."""
        before = (*path[:-1], path[-1] - 1) if isinstance(path[-1], int) else path
        if before in old:
            start, end = self.spans[before]
            prefix = self.text[self._line_start(start) : start]
            inline = prefix.strip() not in {"-", f"{path[-2]}:"}
            if inline:
                return end, f", {self._literal(path)}"
            return self._after(end), f"\n{prefix}{self._literal(path)}"
        inside = [each for each in old if len(path) > 1 and isinstance(path[1], str) and each[:1] == path[:1]]
        if not inside:
            return self._at_the_end(path, opened)
        last = max(inside, key=lambda each: self.spans[each][1])
        plain = next((each for each in inside if not isinstance(each[-1], int)), inside[0]) if self.listed else last
        indent = self._indent(self.spans[plain][0])
        if self.listed and isinstance(plain[-1], int):
            indent = self._indent(self.spans[path[:1]][0]) + "  "
        end = self.spans[last][1]
        if self.listed and isinstance(last[-1], int) and (closed := _END_OF_LIST.match(self.text, end)):
            end = closed.end()
        if self.listed and _IN_BRACES.match(self.text, end):
            return end, f", {self._in_braces(path)}"
        return self._after(end), "".join(
            f"\n{indent}{'  ' * (line.depth - 1)}{line.text}" for line in self._opening(path, opened)
        )

    def _in_braces(self, path: Path) -> str:
        """A new value as it stands between braces, after its name where it is the first one of that."""
        if not isinstance(path[-1], int):
            return f"{path[-1]}: {self._literal(path)}"
        ends = "" if (*path[:-1], path[-1] + 1) in self.lines else "]"
        return f"{'' if path[-1] else f'{path[-2]}: ['}{self._literal(path)}{ends}"

    def _at_the_end(self, path: Path, opened: set[Path]) -> tuple[int, str]:
        """The end of the text, and the value there with its block."""
        new_block = len(path) > 1 and isinstance(path[1], str) and path[:1] not in opened
        lines = self._opening(path, opened)
        if new_block:
            lines = [self.lines[path[:1]], *lines]
            opened.add(path[:1])
        shown = [f"{'  ' * line.depth}{line.text}\n" for line in lines]
        last = [each for each in self.lines if each[:1] == path[:1]][-1]
        if not self.listed and len(path) > 1 and isinstance(path[1], str) and path == last:
            shown.append("}\n")
        return len(self.text), "".join(shown)

    def _opening(self, path: Path, opened: set[Path]) -> list[Line]:
        """The line of a value, after that of its list where it is the first one."""
        first = self.listed and isinstance(path[-1], int) and path[:-1] not in opened and path[:-1] in self.lines
        if first:
            opened.add(path[:-1])
        return [self.lines[path[:-1]], self.lines[path]] if first else [self.lines[path]]

    def without(self, start: int, end: int) -> _Replacement:
        """What is left where a value goes: of a line of its own the comment, else what stands beside it in brackets."""
        line = _LINE_OF_VALUE.match(self.text, end)
        if line and (opening := _OPENS_LINE.search(self.text, self._line_start(start), start)):
            return opening.start(), line.end(), f"{opening['indent']}{line['comment']}\n" if line["comment"] else ""
        if behind := _SEPARATOR.match(self.text, end):
            return start, behind.end(), ""
        before = _SEPARATOR_BEFORE.search(self.text, self._line_start(start), start)
        return before.start() if before else start, end, ""

    def _after(self, end: int) -> int:
        """Where the next line may be put in after a value: behind its separator, and the comment beside it."""
        found = _BESIDE.match(self.text, end)
        return found.end() if found else end

    def _line_start(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1

    def _indent(self, at: int) -> str:
        line = self.text[self._line_start(at) : at]
        return line[: len(line) - len(line.lstrip())]
