"""Records in YAML: the same structure, read from the parser's events, which know where everything stands.

No object is ever constructed and nothing is typed by YAML: the schema says what a scalar means, so that the title
``on`` stays "on". Directives, tags, anchors and aliases are refused at the first one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from mkdocs_papers.records.draft import (
    BrokenTextError,
    Draft,
    Located,
    Values,
    quoted,
    whole_number,
)
from mkdocs_papers.records.limits import DEEPEST_RECORD
from mkdocs_papers.records.lines import BYTE_ORDER_MARK, Lines
from mkdocs_papers.records.schema import Field, Kind, PaperInfo, Path, Status, fields

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""LibYAML's parser where PyYAML was built with it, else the one in Python."""

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_STATUSES = frozenset(Status)
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that YAML 1.1 does not allow in a text, except in escapes."""

_DIRECTIVE = re.compile(r"(?: [ \t]*+ (?: \#[^\r\n]*+ )? [\r\n]++ )*+ %", re.VERBOSE)
"""Lines without content, and then a directive."""


def read_yaml(text: str, path: str = "") -> Located:
    """Read one record.

    Args:
        text: the whole file, with or without a byte-order mark, line ends as they are.
        path: the file, as it stands in problems.
    """
    draft = Draft(path, Lines(text))
    try:
        _Parser(text, draft).record()
    except BrokenTextError as error:
        return draft.broken(error)
    return draft.finished()


def _events(text: str) -> Iterator[yaml.Event]:
    """The parser's events.

    Raises:
        BrokenTextError: the text is no YAML.
    """
    begin = int(text.startswith(BYTE_ORDER_MARK))
    forbidden = _FORBIDDEN.search(text, begin)
    if forbidden:
        raise BrokenTextError(
            "syntax",
            forbidden.start(),
            f"the character U+{ord(forbidden[0]):04X} may not stand in YAML as it is",
            "write an escape in double quotes",
        )
    directive = _DIRECTIVE.match(text, begin)
    if directive:
        # LibYAML takes quadratic time for many of them.
        raise BrokenTextError("yaml-feature", directive.end() - 1, "a directive stands here", "delete its line")
    try:
        yield from yaml.parse(text[begin:], Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        mark = where(error)
        offset = begin + (mark.index if mark else 0)
        wrong = " ".join(part for part in (error.context, error.problem) if part)
        if "unknown escape" in wrong:
            # LibYAML names the backslash, Python's parser what follows it.
            offset = text.rfind("\\", begin, offset + 1)
        raise BrokenTextError("syntax", offset, wrong, _remedy(wrong)) from None


def where(error: yaml.MarkedYAMLError) -> yaml.Mark | None:
    """The place that an error of YAML's parser is to be named with: of a quote that is never closed, its beginning."""
    is_open = error.context == "while scanning a quoted scalar" and "unexpected end of stream" in (error.problem or "")
    return error.context_mark if is_open and error.context_mark else error.problem_mark or error.context_mark


def _remedy(wrong: str) -> str:
    """What would be right where YAML's parser stumbles over something common."""
    if "mapping values are not allowed" in wrong:
        return "a text that holds ': ' needs quotes"
    if "quoted scalar found unexpected end" in wrong:
        return "close the quote that begins here"
    if "unknown escape" in wrong:
        return "write two backslashes for one, or single quotes"
    if "cannot start any token" in wrong:
        return "a text that begins with this character needs quotes; indent with spaces"
    return ""


class _Parser:
    """One pass over the events of one text; the current event is at hand."""

    def __init__(self, text: str, draft: Draft) -> None:
        self._begin = int(text.startswith(BYTE_ORDER_MARK))
        self._draft = draft
        self._events = _events(text)
        self._event: yaml.Event = next(self._events)
        # The record itself is no block.
        self._depth = -1

    def record(self) -> None:
        """Read the whole text."""
        self._advance()
        if isinstance(self._event, yaml.StreamEndEvent):
            return
        self._advance()
        if isinstance(self._event, yaml.MappingStartEvent):
            self._fields(PaperInfo, (), self._draft.values)
        elif not self._is_null():
            raise BrokenTextError("wrong-type", self._start(), f"a record is a mapping of fields, not {self._found()}")
        else:
            self._advance()
        self._advance()
        if not isinstance(self._event, yaml.StreamEndEvent):
            raise BrokenTextError("syntax", self._start(), "a second document begins here", "write one record a file")

    # Events.

    def _start(self) -> int:
        mark = self._event.start_mark
        return self._begin + (mark.index if mark else 0)

    def _end(self) -> int:
        mark = self._event.end_mark
        return self._begin + (mark.index if mark else 0)

    def _advance(self) -> None:
        """Go on to the next event.

        Raises:
            BrokenTextError: the text is no YAML, or it uses what a record may not.
        """
        event = self._event = next(self._events)
        if isinstance(event, yaml.AliasEvent):
            raise BrokenTextError("yaml-feature", self._start(), "an alias stands here", "write the value itself")
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            raise BrokenTextError("yaml-feature", self._start(), "an anchor stands here", "write the value without it")
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag is not None:
            raise BrokenTextError("yaml-feature", self._start(), "a tag stands here", "write the value without it")

    def _is_null(self) -> bool:
        event = self._event
        return isinstance(event, yaml.ScalarEvent) and event.implicit[0] and event.value in _NULLS

    def _found(self) -> str:
        """What the current event begins, in words."""
        if isinstance(self._event, yaml.MappingStartEvent):
            return "a mapping"
        if isinstance(self._event, yaml.SequenceStartEvent):
            return "a list"
        return f"the text {quoted(self._event.value)}" if isinstance(self._event, yaml.ScalarEvent) else "nothing"

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > DEEPEST_RECORD:
            raise BrokenTextError(
                "too-large",
                self._start(),
                f"nested more than {DEEPEST_RECORD} deep",
                "nest no deeper than the schema does",
            )

    # Blocks.

    def _fields(self, block: type, at: Path, values: Values) -> None:
        """Read the fields of a mapping that the schema knows, from its beginning to behind its end."""
        known = fields(block)
        earlier = frozenset(values)
        seen: set[str] = set()
        self._deeper()
        self._advance()
        while not isinstance(self._event, yaml.MappingEndEvent):
            start = self._start()
            if not isinstance(self._event, yaml.ScalarEvent):
                self._draft.report(
                    "unknown-field", start, f"the name of a field is {self._found()}", "write a name", at=at
                )
                self._skip()
                self._skip()
                continue
            name = self._event.value
            self._advance()
            field = known.get(name)
            if field is None:
                self._draft.unknown_field(at, block, name, start)
                self._skip()
                continue
            if name in seen:
                self._draft.repeated_field((*at, name), field, start)
            if field.block:
                self._block(field, field.block, at, values, start)
            elif not field.repeated and (name in seen or name in earlier):
                self._skip()
            else:
                self._values(field, at, values)
            seen.add(name)
        self._depth -= 1
        self._advance()

    def _block(self, field: Field, block: type, at: Path, values: Values, start: int) -> None:
        path = (*at, field.name)
        if self._is_null():
            self._skip()
        elif isinstance(self._event, yaml.MappingStartEvent):
            self._draft.count(start)
            self._draft.spans.setdefault(path, (start, start + len(field.name)))
            self._fields(block, path, values.setdefault(field.name, {}))
        else:
            self._draft.wrong_type(path, field, self._found(), self._start())
            self._skip()

    # Values.

    def _values(self, field: Field, at: Path, values: Values) -> None:
        """Read the value of a field, or the list of its values."""
        if not (field.repeated and isinstance(self._event, yaml.SequenceStartEvent)):
            self._value(field, at, values)
            return
        self._deeper()
        self._advance()
        while not isinstance(self._event, yaml.SequenceEndEvent):
            self._value(field, at, values)
        self._depth -= 1
        self._advance()

    def _value(self, field: Field, at: Path, values: Values) -> None:
        event, start = self._event, self._start()
        path = (*at, field.name)
        if not isinstance(event, yaml.ScalarEvent):
            found = self._found()
            self._skip()
            self._draft.wrong_type(path, field, found, start)
            return
        self._draft.count(start)
        if self._is_null():
            self._advance()
            return
        span = (start, self._end())
        self._advance()
        value: str | int = event.value
        if field.kind is Kind.INTEGER:
            number = whole_number(event.value)
            if number is None:
                self._draft.wrong_type(path, field, quoted(event.value), start)
                return
            value = number
        elif field.kind is Kind.STATUS:
            if value not in _STATUSES:
                self._draft.unknown_status(path, event.value, start)
                return
            value = Status(event.value)
        self._draft.add(values, field, at, value, span)

    def _skip(self) -> None:
        """Leave one value behind, whatever it is."""
        self._draft.count(self._start())
        if isinstance(self._event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._deeper()
            self._advance()
            while not isinstance(self._event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                self._skip()
            self._depth -= 1
        self._advance()
