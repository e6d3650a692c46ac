"""Records in protobuf text format: a reader of our own that knows where everything stands.

Protobuf's own reader keeps no positions and takes bare words for the values of an enum only. This one follows the
published language (https://protobuf.dev/reference/protobuf/textformat-spec/) over the schema, gives the same values on
whatever both accept, and takes keywords bare or quoted. What it cannot read costs as little as possible: an unknown
field or a wrong type costs that value, broken syntax the record.
"""

from __future__ import annotations

import re

from mkdocs_papers.records.draft import (
    BrokenTextError,
    Draft,
    Located,
    Values,
    quoted,
    shortened,
    whole_number,
)
from mkdocs_papers.records.limits import DEEPEST_RECORD
from mkdocs_papers.records.lines import BYTE_ORDER_MARK, Lines, Span
from mkdocs_papers.records.problem import Edit
from mkdocs_papers.records.schema import Field, Kind, PaperInfo, Path, Status, fields

# Quantifiers are possessive (`*+`): no input makes the expression go back, so the time is linear in the text.
TOKEN = re.compile(
    r"""
    (?: \s++ | \#[^\r\n]*+ )*+                                      # space and comments
    (?:
        (?P<word> [^\W\d][\w+-]*+ )
      | (?P<plain> "[^"\\\r\n]*+" | '[^'\\\r\n]*+' )                # a text that holds no escape
      | (?P<sign> [{}<>:,;\[\]] )
      | (?P<escaped> "(?:[^"\\\r\n]|\\[^\r\n])*+" | '(?:[^'\\\r\n]|\\[^\r\n])*+' )
      | (?P<number> (?: [0-9+-] | \.[0-9] ) [0-9a-zA-Z_.+-]*+ )
      | (?P<end> \Z )
      | (?P<open> ["'] )                                            # a text without its closing quote
      | (?P<other> . )
    )
    """,
    re.VERBOSE,
)
"""What comes next in a text: space and comments, and then one token, whose kind is the name of its group."""

_ESCAPE = re.compile(
    r"""
    \\ (?:
        (?P<simple> [abfnrtv\\'"] )
      | (?P<octal> [0-3][0-7]{0,2} | [4-7][0-7]?(?![0-7]) )
      | x (?P<byte> [0-9a-fA-F]{1,2} )
      | u (?P<high> [dD][89abAB][0-9a-fA-F]{2} ) \\u (?P<low> [dD][c-fC-F][0-9a-fA-F]{2} )
      | (?P<point> u (?![dD][89a-fA-F])[0-9a-fA-F]{4} | U (?: 000(?!0[dD][89a-fA-F])[0-9a-fA-F]|0010 )[0-9a-fA-F]{4} )
      | (?P<bad> . )
    )
    """,
    re.VERBOSE,
)

_SIMPLE = dict(zip("abfnrtv\\'\"", b"\a\b\f\n\r\t\v\\'\"", strict=True))
_TEXTS = frozenset({"plain", "escaped"})
_CLOSERS = {"{": "}", "<": ">"}
_STATUSES = frozenset(Status)


def read_prototxt(text: str, path: str = "") -> Located:
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


def _units(escape: re.Match[str]) -> bytes:
    """What one good escape stands for, in UTF-8 (or a single byte, which may be a part of a character)."""
    kind = escape.lastgroup
    match kind:
        case "simple":
            return bytes((_SIMPLE[escape["simple"]],))
        case "octal":
            return bytes((int(escape["octal"], 8),))
        case "byte":
            return bytes((int(escape["byte"], 16),))
        case "low":
            high, low = int(escape["high"], 16), int(escape["low"], 16)
            return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)).encode()
        case _:
            return chr(int(escape["point"][1:], 16)).encode()


def _unescaped(literal: str, offset: int) -> tuple[bytes, list[int]]:
    """What a quoted text stands for, in UTF-8, and the offsets of backslashes that begin no escape.

    Such a backslash stays, as it does with protobuf's reader in Python: LaTeX in a title is written like that.

    Args:
        literal: the text with its quotes.
        offset: where it begins in the file.
    """
    units = bytearray()
    bad: list[int] = []
    done = 1
    for escape in _ESCAPE.finditer(literal, 1, len(literal) - 1):
        if escape.lastgroup == "bad":
            # The character after the backslash is read as it stands.
            bad.append(offset + escape.start())
            units += literal[done : escape.end()].encode()
        else:
            units += literal[done : escape.start()].encode()
            units += _units(escape)
        done = escape.end()
    units += literal[done:-1].encode()
    return bytes(units), bad


class _Parser:
    """One pass over one text; the current token is at hand, nothing is read twice."""

    def __init__(self, text: str, draft: Draft) -> None:
        self._text = text
        self._draft = draft
        self._tokens = TOKEN.finditer(text, int(text.startswith(BYTE_ORDER_MARK)))
        self._kind = ""
        self._token = ""
        self._start = 0
        self._end = 0
        self._depth = 0
        self._advance()

    def record(self) -> None:
        """Read the whole text."""
        self._fields(PaperInfo, (), self._draft.values, "", 0)

    # Tokens.

    def _advance(self) -> None:
        match = next(self._tokens)
        kind = match.lastgroup or ""
        self._kind = kind
        self._token = match[kind]
        self._start, self._end = match.span(kind)

    def _took(self, sign: str) -> bool:
        """Whether the current token is that sign, which is then left behind."""
        if self._token == sign:
            self._advance()
            return True
        return False

    def _found(self) -> str:
        """What value the current token begins, in words."""
        if self._token in _CLOSERS:
            return "a block"
        if self._kind in _TEXTS:
            return f"the text {quoted(self._token[1:-1])}"
        return "a list" if self._token == "[" else quoted(self._token)

    def _wrong_token(self, wanted: str) -> BrokenTextError:
        """Why the current token cannot stand here."""
        match self._kind:
            case "end":
                return BrokenTextError("syntax", self._start, f"the text ends where {wanted} belongs")
            case "open":
                return BrokenTextError(
                    "syntax",
                    self._start,
                    "the quote opened here is not closed on its line",
                    f"close it with {self._token}",
                )
            case _:
                return BrokenTextError("syntax", self._start, f"{quoted(self._token)} stands where {wanted} belongs")

    # Blocks.

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > DEEPEST_RECORD:
            raise BrokenTextError(
                "too-large",
                self._start,
                f"nested more than {DEEPEST_RECORD} deep",
                "nest no deeper than the schema does",
            )

    def _closed(self, closer: str, name: str, opening: int) -> bool:
        """Whether a block ends here; its closing sign is then left behind."""
        if self._kind == "end":
            if closer:
                raise BrokenTextError(
                    "syntax", opening, f"the block {name!r} is never closed", f"close it with '{closer}'"
                )
            return True
        if closer and self._kind == "sign" and self._token == closer:
            self._advance()
            self._depth -= 1
            return True
        return False

    def _opened(self) -> str:
        """Leave an opening sign behind, and say which sign closes it."""
        if self._kind != "sign" or self._token not in _CLOSERS:
            raise self._wrong_token("'{'")
        self._deeper()
        closer = _CLOSERS[self._token]
        self._advance()
        return closer

    def _name(self) -> tuple[str, int]:
        """Leave a field's name behind; names in brackets are extensions, which the schema has none of."""
        name, start = self._token, self._start
        if self._kind in {"word", "number"} and name[0] not in "+-.":
            self._advance()
            return name, start
        if self._kind == "sign" and name == "[":
            self._advance()
            while self._kind in {"word", "number"} or self._token in {".", "/"}:
                self._advance()
            if not (self._kind == "sign" and self._token == "]"):
                raise self._wrong_token("']'")
            name = self._text[start : self._end]
            self._advance()
            return name, start
        raise self._wrong_token("a field's name")

    def _fields(self, block: type, at: Path, values: Values, closer: str, opening: int) -> None:
        """Read fields up to the end of a block that the schema knows.

        Args:
            block: its dataclass.
            at: its path in the record.
            values: where its values go; some may be there already, where the block stands for the second time.
            closer: the sign that ends it; empty for the whole record.
            opening: where its name stands.
        """
        known = fields(block)
        earlier = frozenset(values)
        name = at[-1] if at else ""
        while not self._closed(closer, str(name), opening):
            written, start = self._name()
            field = known.get(written)
            if field is None:
                self._draft.unknown_field(at, block, written, start)
                self._skip_field()
            elif field.block:
                self._block(field, field.block, at, values, start)
            elif self._took(":"):
                self._values(field, at, values, None if field.name in earlier else start)
            else:
                self._no_colon(field, at)
            if not self._took(","):
                self._took(";")

    def _block(self, field: Field, block: type, at: Path, values: Values, start: int) -> None:
        """Read a block that the schema knows, from behind its name."""
        path = (*at, field.name)
        if self._took(":") and self._token not in _CLOSERS:
            found, start = self._found(), self._start
            self._skip_value()
            self._draft.wrong_type(path, field, found, start, f"write its fields in braces: {field.name} {{ … }}")
            return
        closer = self._opened()
        self._draft.count(start)
        inner = values.get(field.name)
        if inner is None:
            inner = values[field.name] = {}
            self._draft.spans[path] = (start, start + len(field.name))
        else:
            self._draft.repeated_field(path, field, start)
        self._fields(block, path, inner, closer, start)

    # Values.

    def _no_colon(self, field: Field, at: Path) -> None:
        """Read on behind a scalar field that has no colon: a block in its place, or broken syntax."""
        if self._token not in _CLOSERS:
            raise self._wrong_token("':'")
        start = self._start
        self._skip_block()
        self._draft.wrong_type((*at, field.name), field, "a block", start)

    def _values(self, field: Field, at: Path, values: Values, again: int | None) -> None:
        """Read the value of a field, or the list of its values.

        Args:
            field: the field.
            at: the path of its block.
            values: where the values go.
            again: where the field's name stands if that is too often, to be reported.
        """
        if self._kind == "sign" and self._token == "[" and field.repeated:
            self._deeper()
            self._advance()
            if not self._took("]"):
                self._value(field, at, values)
                while not self._took("]"):
                    if not self._took(","):
                        raise self._wrong_token("',' or ']'")
                    self._value(field, at, values)
            self._depth -= 1
        elif field.name in values and not field.repeated:
            if again is not None:
                self._draft.repeated_field((*at, field.name), field, again)
            self._skip_value()
        else:
            self._value(field, at, values)

    def _value(self, field: Field, at: Path, values: Values) -> None:
        start = self._start
        self._draft.count(start)
        path = (*at, field.name)
        value: str | int | None
        if self._kind in _TEXTS:
            value, span = self._quoted_text(path)
            if field.kind is Kind.INTEGER:
                number = whole_number(value.strip())
                right = f"write {number} without quotes" if number is not None else ""
                self._draft.wrong_type(path, field, f"the text {quoted(value)}", start, right)
                return
        elif self._kind in {"word", "number"}:
            span = (start, self._end)
            value = self._bare(field, path)
            if value is None:
                return
        else:
            found = self._found()
            self._skip_value()
            self._draft.wrong_type(path, field, found, start)
            return
        if field.kind is Kind.STATUS:
            if value not in _STATUSES:
                self._draft.unknown_status(path, str(value), start)
                return
            value = Status(value)
        self._draft.add(values, field, at, value, span)

    def _quoted_text(self, path: Path) -> tuple[str, Span]:
        """Leave one text behind, or several that stand next to each other and are one value."""
        start, end = self._start, self._end
        token = self._token
        plain = self._kind == "plain"
        self._advance()
        if plain and self._kind not in _TEXTS:
            return token[1:-1], (start, end)
        units, bad = _unescaped(token, start)
        parts = [units]
        while self._kind in _TEXTS:
            units, more = _unescaped(self._token, self._start)
            parts.append(units)
            bad += more
            end = self._end
            self._advance()
        joined = b"".join(parts)
        if bad:
            self._draft.report(
                "bad-escape",
                bad[0],
                f"{self._text[bad[0] : bad[0] + 2]} is no escape",
                "write two backslashes for one",
                at=path,
                edits=tuple(Edit(offset, offset, "\\") for offset in bad),
            )
        try:
            value = joined.decode()
        except UnicodeDecodeError:
            value = joined.decode(errors="replace")
            self._draft.report(
                "bad-escape",
                start,
                "the escapes give bytes that are not UTF-8",
                "write the characters themselves",
                at=path,
            )
        return value, (start, end)

    def _bare(self, field: Field, path: Path) -> str | int | None:
        """Leave a word or a number behind; what it means for the field, or None where that is nothing."""
        token, start, kind = self._token, self._start, self._kind
        self._advance()
        if token == "-" and self._kind == "number":
            # The language allows space between the sign and the number.
            token += self._token
            self._advance()
        number = whole_number(token) if kind == "number" else None
        if field.kind is Kind.INTEGER:
            if number is None:
                self._draft.wrong_type(path, field, quoted(token), start)
            return number
        if field.kind is Kind.WORD and number is None and token[0] not in "+-.":
            return token
        if field.kind is Kind.STATUS:
            statuses = tuple(Status)
            return statuses[number - 1] if number is not None and 0 < number <= len(statuses) else token
        what = "the bare word" if kind == "word" else "the number"
        self._draft.wrong_type(path, field, f"{what} {quoted(token)}", start, f'write "{shortened(token)}" in quotes')
        return None

    # What is left out, but must be well formed.

    def _skip_field(self) -> None:
        """Leave the value of an unknown field behind."""
        if self._took(":"):
            self._skip_value()
        elif self._token in _CLOSERS:
            self._skip_block()
        else:
            raise self._wrong_token("':'")

    def _skip_value(self) -> None:
        self._draft.count(self._start)
        if self._kind in _TEXTS:
            while self._kind in _TEXTS:
                self._advance()
        elif self._kind == "word":
            self._advance()
        elif self._kind == "number":
            minus = self._token == "-"
            self._advance()
            if minus and self._kind in {"number", "word"}:
                self._advance()
        elif self._kind == "sign" and self._token == "[":
            self._skip_list()
        elif self._kind == "sign" and self._token in _CLOSERS:
            self._skip_block()
        else:
            raise self._wrong_token("a value")

    def _skip_list(self) -> None:
        self._deeper()
        self._advance()
        if not self._took("]"):
            self._skip_value()
            while not self._took("]"):
                if not self._took(","):
                    raise self._wrong_token("',' or ']'")
                self._skip_value()
        self._depth -= 1

    def _skip_block(self) -> None:
        start = self._start
        closer = self._opened()
        while not self._closed(closer, "…", start):
            self._name()
            self._skip_field()
            if not self._took(","):
                self._took(";")
