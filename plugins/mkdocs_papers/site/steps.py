"""Bounds on what is done for one note: for Markdown counted in steps, so that every machine comes to the same end.

Python-Markdown takes time with the square of a text's length in some places: it looks from each bracket, tag and
formula that is never closed to the end of the text, and cuts a block of many headings or rules at each of them. Closing
brackets are found here in time that grows as the text does, with the same outcome. Everywhere else the characters that
would be looked at are counted, about fifty nanoseconds each, and what else takes such time for so many of them.
"""

import contextlib
import re
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

import markdown
from markdown.blockparser import BlockParser
from markdown.extensions.footnotes import FootnoteExtension
from markdown.inlinepatterns import LinkInlineProcessor
from markdown.preprocessors import Preprocessor

from mkdocs_papers.records.limits import MOST_STEPS, STEPS_A_CHARACTER

_BRACKET = re.compile(r"[\[\]]")
_NEAR = 100
"""So many brackets are looked at before a table of all is made."""

_OPENINGS = (
    (re.compile(r"<[A-Za-z/!?]"), ">"),
    (re.compile(r"\\\("), "\\)"),
    (re.compile(r"\\\["), "\\]"),
    (re.compile(r"\[\^"), "]"),
)
"""What Markdown looks for the closing of, from each one."""

_COPIED_IN_A_STEP = 1_000
_MOVED_IN_A_STEP = 500
"""So many characters are copied, and so many blocks moved, while one character is looked at."""
_STEPS_OF_A_DELIMITER = 50
_STEPS_OF_A_NAME = 20
"""How many characters are looked at in the time that each takes."""

_AFTER_FENCES = 24
"""A preprocessor's priority: behind that of code in fences, before that of HTML."""


class TooManyStepsError(BaseException):
    """Markdown would do too much for a note; of no kind that an extension may catch."""


class LateError(BaseException):
    """The time for a note is up; of no kind that an extension or a template may catch."""


@dataclass(slots=True)
class Steps:
    """Counts how many steps are left for one text."""

    left: int

    def take(self, steps: int) -> None:
        """Count some.

        Raises:
            TooManyStepsError: none are left.
        """
        self.left -= steps
        if self.left < 0:
            raise TooManyStepsError


def bound(converter: markdown.Markdown, text: str) -> None:
    """Make a converter count its steps, which `TooManyStepsError` ends."""
    steps = Steps(MOST_STEPS + STEPS_A_CHARACTER * len(text))
    converter.preprocessors.register(_Openings(converter, steps), "papers-openings", _AFTER_FENCES)
    vars(converter.parser)["parseBlocks"] = _counting_blocks(converter.parser, steps)
    closings = Closings()
    for pattern in converter.inlinePatterns:
        if isinstance(pattern, LinkInlineProcessor):
            if type(pattern).getText is LinkInlineProcessor.getText:
                vars(pattern)["getText"] = closings.text_to
            vars(pattern)["getLink"] = _counting_links(pattern.getLink, steps)
        vars(pattern)["handleMatch"] = _counting_matches(pattern.handleMatch, steps)
        if callable(search := getattr(pattern, "search", None)):
            vars(pattern)["search"] = _counting_delimiters(search, steps)
    for extension in converter.registeredExtensions:
        if isinstance(extension, FootnoteExtension):
            extension.used_refs = _CountingNames(steps)


class _Openings(Preprocessor):
    """Counts how far it is from each opening to what would close it."""

    def __init__(self, converter: markdown.Markdown, steps: Steps) -> None:
        super().__init__(converter)
        self._steps = steps

    def run(self, lines: list[str]) -> list[str]:
        """The lines as they are.

        Raises:
            TooManyStepsError: it would take too many steps.
        """
        text = "\n".join(lines)
        for opening, closing in _OPENINGS:
            end = 0
            for found in opening.finditer(text):
                if end < found.end():
                    end = text.find(closing, found.end())
                    end = len(text) if end < 0 else end
                self._steps.take(end - found.end())
        return lines


def _counting_blocks(parser: BlockParser, steps: Steps) -> Callable[[Element, list[str]], None]:
    """`BlockParser.parseBlocks`, which counts the characters of a block whenever it is looked at."""

    def parse(parent: Element, blocks: list[str]) -> None:
        while blocks:
            steps.take(len(blocks[0]) + len(blocks) // _MOVED_IN_A_STEP)
            for processor in parser.blockprocessors:
                if processor.test(parent, blocks[0]) and processor.run(parent, blocks) is not False:
                    break

    return parse


def _counting_matches(handle: Callable[..., Any], steps: Steps) -> Callable[..., Any]:
    """`handleMatch` of any inline pattern: the whole paragraph is copied for what stands in a match's place."""

    def match(found: re.Match[str], *others: object) -> Any:
        steps.take(len(found.string) // _COPIED_IN_A_STEP)
        return handle(found, *others)

    return match


def _counting_delimiters(
    search: Callable[[str, int], "re.Match[str] | None"], steps: Steps
) -> Callable[[str, int], "re.Match[str] | None"]:
    """`DelimiterProcessor.search` of pymdownx: from each ``^`` or ``~``, all that follow it are looked at."""

    def find(data: str, start: int) -> re.Match[str] | None:
        found = search(data, start)
        steps.take(_STEPS_OF_A_DELIMITER + (found.start() if found else len(data)) - start)
        return found

    return find


class _CountingNames(set[str]):
    """The names of a note's links to footnotes: for each link to the same one, Markdown tries all that are taken."""

    def __init__(self, steps: Steps) -> None:
        super().__init__()
        self._steps = steps

    def __contains__(self, name: object) -> bool:
        self._steps.take(_STEPS_OF_A_NAME)
        return super().__contains__(name)


Link = tuple[str, "str | None", int, bool]
"""An address, its title, where it ends, and whether there is one."""


def _counting_links(read: Callable[[str, int], Link], steps: Steps) -> Callable[[str, int], Link]:
    """`LinkInlineProcessor.getLink`, which counts where no address comes to an end."""

    def link(data: str, index: int) -> Link:
        if not data.startswith("(", index) or data.find(")", index) < 0:
            return "", None, index, False
        found = read(data, index)
        if not found[-1]:
            steps.take(len(data) - index)
        return found

    return link


class Closings:
    """Finds the closing bracket of each opening one, as `LinkInlineProcessor.getText` does, but looks at each once.

    Markdown puts placeholders for what it has found before where it goes on, so places are counted from the end.
    """

    def __init__(self) -> None:
        self._text = ""
        self._closing: dict[int, int] = {}

    def text_to(self, data: str, index: int) -> tuple[str, int, bool]:
        """The text before the closing bracket, where that ends, and whether there is one."""
        depth = 1
        for count, found in enumerate(_BRACKET.finditer(data, index)):
            depth += 1 if found[0] == "[" else -1
            if depth == 0:
                return data[index : found.start()], found.end(), True
            if count == _NEAR:
                return self._far(data, index)
        return data[index:], len(data), False

    def _far(self, data: str, index: int) -> tuple[str, int, bool]:
        length = len(data) - index
        if length > len(self._text) or not data.endswith(self._text[len(self._text) - length :]):
            self._text = data[index:]
            self._closing = _closings(self._text)
        offset = len(data) - len(self._text)
        closing = self._closing.get(index - offset)
        if closing is None:
            return data[index:], len(data), False
        return data[index : closing + offset], closing + offset + 1, True


def _closings(text: str) -> dict[int, int]:
    """Where the closing bracket of each opening one stands, by where that ends; one stands open before the text."""
    closings, waiting = {}, [0]
    for found in _BRACKET.finditer(text):
        if found[0] == "[":
            waiting.append(found.end())
        elif waiting:
            closings[waiting.pop()] = found.start()
    return closings


@contextlib.contextmanager
def bounded_time(seconds: float) -> Iterator[None]:
    """Bound the processor's time for what is done here, where the system can: not on Windows, nor in other threads.

    It is the last resort, far beyond what `bound` lets Markdown do, for what nobody counts: extensions, and templates.

    Raises:
        LateError: the time is up.
    """
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> None:
        raise LateError

    before = signal.signal(signal.SIGVTALRM, stop)
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before or signal.SIG_DFL)
