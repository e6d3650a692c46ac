"""What fails while the macros of a page run: one problem at its place, instead of a traceback in the page."""

import re
import sys
from collections.abc import Generator
from dataclasses import dataclass
from types import FrameType
from typing import Any, Protocol, cast

import jinja2
from mkdocs.structure.pages import Page

from mkdocs_papers.records.limits import LONGEST_RENDERED, MOST_SECONDS, cut
from mkdocs_papers.records.problem import Place
from mkdocs_papers.records.suggest import did_you_mean
from mkdocs_papers.site.steps import LateError, bounded_time

_LINE_END = re.compile(r"\r\n?|\n")
_UNDEFINED = re.compile(r"'(\w+)' is undefined")
_METHOD = re.compile(r"\b\w+\.(?=\w+\(\))")
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that failed.

    Attributes:
        line: where in the text that is rendered, from 1.
        right: what would be right; may be empty.
        macro: the macro's name, where it is one of ours.
        word: the word that is wrong, where there is one.
    """

    line: int
    wrong: str
    right: str = ""
    macro: str = ""
    word: str = ""


class Witness(Protocol):
    """Whoever takes down what fails on the page that is being rendered."""

    def begin(self, source: str) -> None:
        """A text of the page is about to be rendered."""

    def fail(self, failure: Failure) -> str:
        """That text has failed; gives what stands there instead."""


def guard(plugin: Any, witness: Witness) -> None:
    """Let whatever fails on a page be reported, where mkdocs-macros-plugin would print a traceback into the page."""
    environment = plugin.env
    make = environment.from_string
    stops = bool(plugin.config["on_error_fail"])
    names = [name for name in environment.globals if isinstance(name, str)]

    def from_string(source: str, *arguments: Any, **named: Any) -> Any:
        witness.begin(source)
        try:
            return _Guarded(make(source, *arguments, **named))
        except jinja2.TemplateSyntaxError as error:
            text = witness.fail(Failure(error.lineno, f"the template cannot be read: {_short(error.message or '')}"))
            if stops:
                raise
            return _Done(text)

    class _Guarded:
        def __init__(self, template: jinja2.Template) -> None:
            self._template = template

        def __getattr__(self, name: str) -> Any:
            return getattr(self._template, name)

        def render(self, *arguments: Any, **variables: Any) -> str:
            try:
                with bounded_time(MOST_SECONDS):
                    pieces = self._template.generate(*arguments, **variables)
                    return _joined(cast("Generator[str, None, None]", pieces))
            except (Exception, LateError) as error:
                failure = _failure(error, [*names, *variables])
                text = witness.fail(failure)
                if stops and isinstance(error, LateError):
                    # MkDocs lets other plugins clean up after exceptions, and this is none.
                    raise RuntimeError(failure.wrong) from error
                if stops:
                    raise
                return text

    environment.from_string = from_string


@dataclass(frozen=True, slots=True)
class _Done:
    """Stands for a template, where there is nothing to render any more."""

    text: str

    def render(self, *_arguments: Any, **_variables: Any) -> str:
        return self.text


def _joined(pieces: Generator[str, None, None]) -> str:
    """The text of a template, which is stopped where it is too long."""
    found, length = [], 0
    for piece in pieces:
        found.append(piece)
        # A piece takes some room even where it is empty.
        length += len(piece) + 1
        if length > LONGEST_RENDERED:
            pieces.throw(OverflowError(f"it makes more than {LONGEST_RENDERED:,} characters"))
    return "".join(found)


def _failure(error: BaseException, names: list[str]) -> Failure:
    line = 1
    trace = error.__traceback__
    while trace is not None:
        template = trace.tb_frame.f_globals.get("__jinja_template__")
        if template is not None and template.name is None:
            line = template.get_corresponding_lineno(trace.tb_lineno)
        # Jinja rewrites tracebacks so that its frames speak of templates; those of the page itself have no file.
        if "__jinja_exception__" in trace.tb_frame.f_globals and trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    if isinstance(error, LateError):
        return Failure(line, f"it takes more than {MOST_SECONDS} seconds")
    undefined = _UNDEFINED.search(str(error)) if isinstance(error, jinja2.UndefinedError) else None
    if undefined:
        return Failure(line, f"there is no {undefined[1]!r}", did_you_mean(undefined[1], names), word=undefined[1])
    if isinstance(error, TypeError):
        # As Python words it: Macros.paper() missing 1 required positional argument.
        called = re.search(r"(\w+)\(\)", str(error))
        return Failure(line, _short(_METHOD.sub("", str(error))), macro=called[1] if called else "")
    return Failure(line, f"{type(error).__name__}: {_short(str(error))}")


def _short(message: str) -> str:
    return cut(" ".join(message.split()), _LONGEST)


def line_of_call() -> int:
    """The line of the text that is being rendered on which the macro stands that is being called, from 1.

    Jinja keeps the template of a compiled frame in the frame's globals, for the same purpose: error messages. A
    template with a name is one that the page includes.
    """
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 - the one way to the caller's frame
    while frame is not None:
        template = frame.f_globals.get("__jinja_template__")
        if template is not None and template.name is None:
            return int(template.get_corresponding_lineno(frame.f_lineno))
        frame = frame.f_back
    return 1


def place_of(failure: Failure, page: Page, *, before: int = 0) -> Place:
    """Where in the file of a page its Markdown failed.

    Args:
        failure: what failed, its line counted from the end of the front matter.
        page: the page, its Markdown as it was read.
        before: how many failures in the same words the page has already.
    """
    lines = _LINE_END.split(page.file.content_string.removeprefix("\ufeff"))
    body = _LINE_END.split(page.markdown or "")
    number = max(1, failure.line + max(0, len(lines) - len(body)))
    text = lines[number - 1] if number <= len(lines) else ""
    columns = _columns(text, failure)
    return Place(number, columns[min(before, len(columns) - 1)] if columns else 1)


def place_of_title(page: Page) -> Place:
    """Where the file of a page says its title, as it was written."""
    lines = _LINE_END.split(page.file.content_string.removeprefix("\ufeff"))
    title = str(page.title)
    number = next((number for number, line in enumerate(lines, start=1) if title in line), 1)
    return Place(number, lines[number - 1].find(title) + 1 or 1)


def _columns(text: str, failure: Failure) -> list[int]:
    """Where on a line the failure may stand, the likeliest first, columns from 1."""
    if failure.macro:
        calls = list(re.finditer(rf"\b{re.escape(failure.macro)}\s*\(", text))
        ends = [*(call.start() for call in calls[1:]), len(text)]
        named = [call for call, end in zip(calls, ends, strict=False) if failure.word in text[call.end() : end]]
        return [call.start() + 1 for call in (named or calls)]
    if failure.word:
        return [found.start() + 1 for found in re.finditer(rf"\b{re.escape(failure.word)}\b", text)]
    return [found.start() + 1 for found in re.finditer(r"\{[{%#]", text)]
