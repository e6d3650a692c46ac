"""Records in YAML: the same structure, read from the parser's events, which know where everything stands.

No object is ever constructed and nothing is typed by YAML: the schema says what a scalar means, so that the title
``on`` stays "on". Directives, tags, anchors and aliases are refused at the first one.
"""

import re
from collections.abc import Iterator

import yaml

from mkdocs_papers.records.draft import Located, Style, quoted, read_text
from mkdocs_papers.records.lines import BYTE_ORDER_MARK
from mkdocs_papers.records.syntax import Block, BrokenTextError, Edge, Entry, Gap, Many, Node, Parser, Scalar

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""LibYAML's parser where PyYAML was built with it, else the one in Python."""

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that YAML 1.1 does not allow in a text, except in escapes."""

BLOCK_HEADER = re.compile(r"(?P<style>[|>])(?P<before>[-+]?)(?P<indent>\d?)(?P<after>[-+]?)[ \t]*(?:#[^\r\n]*)?")
"""What a text of several lines begins with in YAML: https://yaml.org/spec/1.2.2/#81-block-scalar-styles"""

_THE_VALUE, _WITHOUT_IT = "write the value itself", "write the value without it"

_DIRECTIVE = re.compile(r"(?: [ \t]*+ (?: \#[^\r\n]*+ )? [\r\n]++ )*+ %", re.VERBOSE)
"""Lines without content, and then a directive."""


def _events(text: str) -> Iterator[yaml.Event]:
    """The parser's events."""
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


class _Parser(Parser):
    """One pass over the events of one text, each of which is taken once."""

    def __init__(self, text: str) -> None:
        # The record itself is no block.
        super().__init__(depth=-1)
        self._begin = int(text.startswith(BYTE_ORDER_MARK))
        self._events = self._allowed(text)

    def _allowed(self, text: str) -> Iterator[yaml.Event]:
        """The parser's events."""
        for event in _events(text):
            if isinstance(event, yaml.AliasEvent):
                raise BrokenTextError("yaml-feature", self._start(event), "an alias stands here", _THE_VALUE)
            if getattr(event, "anchor", None) is not None:
                raise BrokenTextError("yaml-feature", self._start(event), "an anchor stands here", _WITHOUT_IT)
            if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag is not None:
                raise BrokenTextError("yaml-feature", self._start(event), "a tag stands here", _WITHOUT_IT)
            yield event

    def record(self) -> Block:
        """Read the whole text."""
        _stream, document = next(self._events), next(self._events)
        if isinstance(document, yaml.StreamEndEvent):
            return Block(0, ())
        first = next(self._events)
        node = self._node(first)
        _document_end = next(self._events)
        if isinstance(node, Many) or (isinstance(node, Scalar) and node.kind != "null"):
            found = "a list" if isinstance(node, Many) else f"the text {quoted(node.text)}"
            raise BrokenTextError("wrong-type", self._start(first), f"a record is a mapping of fields, not {found}")
        last = next(self._events)
        if not isinstance(last, yaml.StreamEndEvent):
            wrong = "a second document begins here"
            raise BrokenTextError("syntax", self._start(last), wrong, "write one record a file")
        return node if isinstance(node, Block) else Block(0, ())

    def _start(self, event: yaml.Event) -> int:
        return self._begin + (event.start_mark.index if event.start_mark else 0)

    def _node(self, event: yaml.Event) -> Node:
        """The value that begins with an event."""
        start = self._start(event)
        if isinstance(event, yaml.ScalarEvent):
            end = event.end_mark.index if event.end_mark else 0
            is_null = event.implicit[0] and event.value in _NULLS
            return Scalar(event.value, start, self._begin + end, "null" if is_null else "plain")
        self.open(start)
        is_block = isinstance(event, yaml.MappingStartEvent)
        node = Block(start, list(self._entries())) if is_block else Many(start, list(self._values()))
        self.depth -= 1
        return node

    def _entries(self) -> Iterator[Entry]:
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            name, value = self._node(event), next(self._events)
            self.count(self._start(value))
            yield Entry(name.text if isinstance(name, Scalar) else name, self._start(event), self._node(value))

    def _values(self) -> Iterator[Node]:
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            self.count(self._start(event))
            yield self._node(event)


_STYLE = Style(lambda text: _Parser(text).record(), "a mapping", "write its fields below it, each indented", once=True)


def read_yaml(text: str, path: str = "") -> Located:
    """Read one record: `read_text` for YAML."""
    return read_text(text, path, _STYLE)


def yaml_gaps(text: str) -> Iterator[Gap]:
    """What stands between the tokens of a text that can be read."""
    begin = int(text.startswith(BYTE_ORDER_MARK))
    before, done = Edge.EDGE, begin
    for token in yaml.scan(text[begin:], Loader=LOADER):
        start, end = token.start_mark.index + begin, token.end_mark.index + begin
        after = Edge.KEY if isinstance(token, yaml.KeyToken) else Edge.OTHER
        if isinstance(token, yaml.StreamEndToken):
            after, start = Edge.EDGE, len(text)
        elif start == end and after is not Edge.KEY:
            continue
        if start > done:
            yield Gap(done, start, before, after)
        if isinstance(token, yaml.ScalarToken) and token.style in {"|", ">"}:
            header = BLOCK_HEADER.match(text, start, end)
            yield Gap(start, header.end() if header else start, Edge.OTHER, Edge.OTHER)
        done = max(done, end)
        if not isinstance(token, yaml.StreamStartToken | yaml.DocumentStartToken):
            before = Edge.OPENER if isinstance(token, yaml.ValueToken) else Edge.OTHER
