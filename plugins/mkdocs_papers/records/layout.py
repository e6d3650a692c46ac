"""One layout for every record: that of `write`, with the comments where they were.

A comment stays with the value that it stands beside or above, and one that ends a block ends that block.
"""

import bisect
import dataclasses
import enum
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from mkdocs_papers.records.formats import format_of
from mkdocs_papers.records.lines import Span
from mkdocs_papers.records.schema import PaperInfo, Path, values
from mkdocs_papers.records.syntax import Edge, Gap
from mkdocs_papers.records.write import Line
from mkdocs_papers.records.yamltext import BLOCK_HEADER

_COMMENT = re.compile(r"#[^\r\n]*")
LINE_END = re.compile(r"\r\n|\r(?!\n)|\n")
_EMPTY_BEFORE = re.compile(r"(?:\r\n|\r(?!\n)|\n)[ \t]*(?:\r\n|\r(?!\n)|\n)[ \t]*\Z")
_EMPTY_AFTER = re.compile(r"(?:\r\n|\r(?!\n)|\n)[ \t]*(?:\r\n|\r(?!\n)|\n)")
_INDENTED = re.compile(r"(?:\A\ufeff?|[\r\n])[ \t]*\Z")
_MOST_BLANK = 200
"""Code points before a comment in which an empty line above it is looked for."""


class Where(enum.Enum):
    """Where a comment stands."""

    TOP = "above everything"
    ABOVE = "on a line above a value"
    BESIDE = "on the line of a value"
    CLOSING = "on the line that closes a block"
    END = "on a line at a block's end"


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment of a record.

    Attributes:
        path: the value or block where; ``()`` is the whole record.
        parted: whether an empty line is above it.
        parts: whether an empty line is below it.
    """

    text: str
    where: Where
    path: Path = ()
    parted: bool = False
    parts: bool = False


def laid_out(text: str, path: str, wanted: PaperInfo | None = None) -> str | None:
    """A record's text in the one layout; None where something in it would be lost.

    What it says is the same, and so are its comments. A byte-order mark and empty lines go, except for those around
    comments; all lines end as the first one does.
    """
    known = format_of(path)
    located = known.read(text, path)
    if located.content is None or any(problem.code != "bad-escape" for problem in located.problems):
        return None
    content = wanted or located.content
    places = moved(located.content, content)
    comments = [
        dataclasses.replace(comment, path=places.get(comment.path, comment.path))
        for comment in _comments(text, known.gaps(text), located.spans)
    ]
    lines = list(known.lines(content))
    said = {at: value for at, _, value in values(content)}
    unchanged = {at: located.spans[at] for at, _, value in values(located.content) if said.get(at) == value}
    line_end = LINE_END.search(text)
    # Where no text of several lines can stay one, each is one in quotes.
    for each in ([_as_block(line, text, unchanged) for line in lines], lines):
        laid = _joined(_with_comments(each, comments))
        if known.read(laid, path).content == content and comments_of(laid, path) == comments_of(text, path):
            return laid.replace("\n", line_end[0]) if line_end else laid
    return None


def moved(before: PaperInfo, after: PaperInfo) -> dict[Path, Path]:
    """Where the values of lists are that have only lost some; ``()``, the whole record, for those that go."""
    lists: dict[Path, list[Path]] = {}
    old, new = ({at: value for at, _, value in values(content)} for content in (before, after))
    for at in old:
        if isinstance(at[-1], int):
            lists.setdefault(at[:-1], []).append(at)
    places: dict[Path, Path] = {}
    for name, paths in lists.items():
        left = [at for at in new if at[:-1] == name]
        found = iter(left)
        place = next(found, ())
        own: dict[Path, Path] = {}
        for at in paths:
            own[at] = place if place and old[at] == new[place] else ()
            if own[at]:
                place = next(found, ())
        if not place and len(left) < len(paths):
            places |= own
    return places


def comments_of(text: str, path: str) -> list[str]:
    """The comments of a record's text that can be read, sorted."""
    gaps = format_of(path).gaps(text)
    return sorted(found[0].rstrip() for gap in gaps for found in _COMMENT.finditer(text, gap.start, gap.end))


# Where comments stand.


def _comments(text: str, gaps: Iterable[Gap], spans: Mapping[Path, Span]) -> list[Comment]:
    """The comments of a text, each with what it belongs to."""
    finder = _Finder(text, spans)
    comments = []
    for gap in gaps:
        for found in _COMMENT.finditer(text, gap.start, gap.end):
            above = text[max(found.start() - _MOST_BLANK, 0) : found.start()]
            own_line = _INDENTED.search(above) is not None
            where, path = finder.place(gap, found.start(), own_line=own_line)
            parted = own_line and _EMPTY_BEFORE.search(above) is not None
            parts = _EMPTY_AFTER.match(text, found.end()) is not None
            comments.append(Comment(found[0].rstrip(), where, path, parted, parts))
    return comments


class _Finder:
    """Finds what a comment belongs to."""

    def __init__(self, text: str, spans: Mapping[Path, Span]) -> None:
        self._text = text
        self._spans = spans
        self._paths = sorted(spans, key=lambda path: spans[path])
        self._starts = [spans[path][0] for path in self._paths]

    def place(self, gap: Gap, at: int, *, own_line: bool) -> tuple[Where, Path]:
        """Where a comment stands, and at which value or block."""
        if gap.before is Edge.EDGE:
            return Where.TOP, ()
        position = bisect.bisect_left(self._starts, at)
        last = self._paths[position - 1] if position else ()
        following = self._paths[position] if position < len(self._paths) else ()
        beside = None if own_line else self._beside(gap, at, last, following)
        return beside or self._on_own_line(gap, at, last, following)

    def _beside(self, gap: Gap, at: int, last: Path, following: Path) -> tuple[Where, Path] | None:
        if gap.before is Edge.CLOSER:
            return Where.CLOSING, self._block(gap.closed)
        if gap.before is Edge.OPENER and following and gap.after is not Edge.KEY:
            return Where.BESIDE, _of_list(following) if gap.block < 0 else following
        if last and not LINE_END.search(self._text, self._spans[last][1], at):
            return Where.BESIDE, last
        if gap.after is Edge.KEY and following[:1] == last[:1]:
            # Beside a field without a value, which goes.
            return Where.ABOVE, _of_list(following)
        return None

    def _on_own_line(self, gap: Gap, at: int, last: Path, following: Path) -> tuple[Where, Path]:
        if gap.after is Edge.CLOSER:
            return Where.END, self._block(gap.block)
        if gap.after is Edge.EDGE or not following:
            return Where.END, last[:1] if gap.block < 0 and self._column(at) and len(last) > 1 else ()
        if gap.after is Edge.KEY:
            if self._column(at) > self._column(gap.end) and len(last) > 1:
                return Where.END, last[:1]
            return Where.ABOVE, _of_list(following)
        return Where.ABOVE, following

    def _column(self, at: int) -> int:
        return at - max(self._text.rfind("\n", 0, at), self._text.rfind("\r", 0, at)) - 1

    def _block(self, start: int) -> Path:
        """The block whose name stands there."""
        position = bisect.bisect_left(self._starts, start)
        return self._paths[position] if start >= 0 and self._starts[position : position + 1] == [start] else ()


def _of_list(path: Path) -> Path:
    """The list that a value is the first of, or the value's own path."""
    return path[:-1] if path and path[-1] == 0 else path


# The layout.


def _with_comments(lines: list[Line], comments: Iterable[Comment]) -> Iterator[str]:
    """The lines of a record, with its comments."""
    waiting: dict[tuple[Where, Path], list[Comment]] = {}
    known = {line.path for line in lines}
    for comment in comments:
        is_there = comment.path in known or comment.where is Where.TOP
        path, where = (comment.path, comment.where) if is_there else ((), Where.END)
        if where in {Where.BESIDE, Where.CLOSING} and (where, path) in waiting:
            where = Where.ABOVE if where is Where.BESIDE else Where.END
        waiting.setdefault((where, path), []).append(comment)
    top = waiting.get((Where.TOP, ()), [])
    yield from _block_of(top, 0, first=True)
    if lines and top and top[-1].parts:
        yield ""
    for position, line in enumerate(lines):
        indent = "  " * line.depth
        if line.closes:
            yield from _block_of(waiting.get((Where.END, line.path), []), line.depth + 1)
            beside = waiting.get((Where.CLOSING, line.path), [])
        else:
            yield from _block_of(waiting.get((Where.ABOVE, line.path), []), line.depth, first=not position and not top)
            beside = waiting.get((Where.BESIDE, line.path), [])
        first, end, others = line.text.partition("\n")
        yield "  ".join([indent + first, *(comment.text for comment in beside)]) + end + others
        if not line.closes and not any(each.path[:1] == line.path[:1] for each in lines[position + 1 : position + 2]):
            yield from _block_of(waiting.get((Where.END, line.path[:1]), []), 1)
    yield from _block_of(waiting.get((Where.END, ()), []), 0, first=not lines and not top)


def _as_block(line: Line, text: str, spans: Mapping[Path, Span]) -> Line:
    """The line of a value, with the lines that it has in the text where it is a block scalar of YAML there."""
    start, end = spans.get(line.path, (0, 0))
    header = BLOCK_HEADER.match(text, start, end)
    if header is None:
        return line
    chomping = header["before"] or header["after"]
    inside = LINE_END.split(text[header.end() : end])[1:]
    # What stands behind the last line's end belongs to whatever follows.
    del inside[-1:]
    while inside and not inside[-1].strip(" ") and chomping != "+":
        inside.pop()
    widths = [len(each) - len(each.lstrip(" ")) for each in inside if each.strip(" ")]
    own = text[text.rfind("\n", 0, start) + 1 : start]
    outer = len(own) - len(own.lstrip(" "))
    width = outer + int(header["indent"]) if header["indent"] else min(widths[:1], default=0)
    indent = "  " * (line.depth + 1)
    body = [f"{indent}{each[width:]}" if each[width:] else "" for each in inside]
    opening = f"{header['style']}{'2' if header['indent'] else ''}{chomping}"
    name = line.text.partition("- " if line.text.startswith("- ") else ": ")
    return dataclasses.replace(line, text="\n".join([f"{name[0]}{name[1]}{opening}", *body]))


def _joined(lines: Iterable[str]) -> str:
    """The lines as a text, without an empty one behind a text of several lines that ends with one."""
    joined: list[str] = []
    for line in lines:
        if line or not (joined and joined[-1].endswith("\n")):
            joined.append(line)
    return "".join(f"{line}\n" for line in joined)


def _block_of(comments: Iterable[Comment], depth: int, *, first: bool = False) -> Iterator[str]:
    """The lines of comments, with the empty ones above them but at the beginning of a file."""
    for comment in comments:
        if comment.parted and not first:
            yield ""
        yield "  " * depth + comment.text
        first = False
