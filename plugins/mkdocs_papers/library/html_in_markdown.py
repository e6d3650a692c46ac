"""The HTML in a Markdown text: its tags, and which parts of it Python-Markdown takes as they are."""

import enum
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markdown.util import BLOCK_LEVEL_ELEMENTS
from turbohtml import Token, TokenType, tokenize

Tags = Iterable[tuple[int, Token]]
"""Tags, each with the place where it begins."""


class Content(enum.Enum):
    """What an element of a block of HTML holds."""

    BLOCKS = "Markdown"
    LINE = "Markdown of one paragraph, in which no heading is"
    RAW = "what Markdown takes as it is"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text that is a tag of a block, or between two."""

    start: int
    end: int
    content: Content


_BLOCK_ELEMENTS = frozenset(BLOCK_LEVEL_ELEMENTS)
_OF_A_LINE = frozenset(
    ["address", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "legend", "li", "p", "summary", "td", "th"]
)
_ALWAYS_RAW = frozenset(["canvas", "hr", "math", "option", "pre", "script", "style", "textarea"])
"""Elements that hold a line, and such as never hold Markdown, for Python-Markdown's extension ``md_in_html``."""

_ASKED = frozenset(("", "1", "markdown"))
"""The values of the attribute ``markdown`` that leave it to the element what that holds."""

_NO_TAG = re.compile(r"<(?!/?[A-Za-z])")
_NEWLINE = re.compile("\n")
_LINE_START = re.compile(r"\n {0,3}\Z")
_MOST_OPEN_TAGS = 20
"""So many tags that do not end are passed over in a text; each costs another look at what follows."""


def tags_in(text: str) -> Iterator[tuple[int, Token]]:
    """The tags of the HTML in a text, told apart as browsers do.

    What begins no tag, such as a comment that nothing closes, is text to Markdown, and so is a tag that does not end
    because a quote in it is open.
    """
    text, at = _NO_TAG.sub(" ", text), 0
    for _ in range(_MOST_OPEN_TAGS):
        if text.find("<", at) < 0:
            return
        end = at
        lines = [at, *(found.end() for found in _NEWLINE.finditer(text, at))]
        for token in tokenize(text[at:], capture_source=True):
            start = lines[token.line - 1] + token.col
            end = start + len(token.source or "")
            if token.type in {TokenType.START_TAG, TokenType.END_TAG}:
                yield start, token
        at = end + 1


def blocks_in(text: str, tags: Tags, *, markdown_inside: bool) -> Iterator[Part]:
    """The blocks of HTML of a text in parts, in order: elements that begin a line, with all that they hold.

    One that nothing closes reaches to the end, as in Python-Markdown.

    Args:
        text: the Markdown.
        tags: those in it.
        markdown_inside: whether elements with the attribute ``markdown`` hold Markdown: the extension ``md_in_html``.
    """
    opened: list[tuple[str, Content]] = []
    names: Counter[str] = Counter()
    since, after, is_plain = 0, -1, False
    for at, tag in tags:
        name, end = tag.tag or "", at + len(tag.source or "")
        before = opened[-1][1] if opened else None
        if tag.type is TokenType.END_TAG:
            if not names[name]:
                continue
            _close(opened, names, name)
            after = after if opened else end
        # In a block without Markdown each element counts, in another only those that begin blocks.
        elif (opened and is_plain) or (name in _BLOCK_ELEMENTS and (opened or _begins_block(text, at, after))):
            if tag.self_closing or name == "hr":
                after = at
                continue
            content = _content(tag, before) if markdown_inside else Content.RAW
            if not opened:
                is_plain = content is Content.RAW
            elif not is_plain and names["p"]:
                _close(opened, names, "p")
            opened.append((name, content))
            names[name] += 1
        else:
            continue
        if before:
            yield Part(since, at, before)
        yield Part(at, end, Content.RAW)
        since = end
    if opened:
        yield Part(since, len(text), opened[-1][1])


def _close(opened: list[tuple[str, Content]], names: Counter[str], name: str) -> None:
    """Close an element, and those in it that nothing has closed."""
    while (closed := opened.pop()[0]) != name:
        names[closed] -= 1
    names[name] -= 1


def _begins_block(text: str, at: int, after: int) -> bool:
    """Whether a tag stands where a block begins: on a line of its own, or behind another block (-1 for none)."""
    before = text[at - 4 : at] if at > 3 else f"\n{text[:at]}"  # noqa: PLR2004 - three spaces at most
    return _LINE_START.search(before) is not None or (after >= 0 and text.find("\n", after, at) < 0)


def _content(tag: Token, around: Content | None) -> Content:
    """What an element holds, by its attribute ``markdown`` and what the element around it holds."""
    asked = {"markdown": "0", **dict(tag.attrs or ())}["markdown"]
    name = tag.tag or ""
    if around is Content.RAW or name in _ALWAYS_RAW:
        return Content.RAW
    if around is Content.LINE and asked != "0":
        asked = "span"
    if asked == "block" or (asked in _ASKED and name not in _OF_A_LINE):
        return Content.BLOCKS
    return Content.LINE if asked == "span" or asked in _ASKED else Content.RAW
