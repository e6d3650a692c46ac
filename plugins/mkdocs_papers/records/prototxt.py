"""Records in protobuf text format: a reader of our own that knows where everything stands.

Protobuf's own reader keeps no positions and takes bare words for the values of an enum only. This one follows the
published language (https://protobuf.dev/reference/protobuf/textformat-spec/) over the schema, gives the same values on
whatever both accept, and takes keywords bare or quoted.
"""

import re
from collections.abc import Iterator

from mkdocs_papers.records.draft import Located, Style, quoted, read_text
from mkdocs_papers.records.lines import BYTE_ORDER_MARK
from mkdocs_papers.records.problem import Edit
from mkdocs_papers.records.schema import fields
from mkdocs_papers.records.syntax import BadEscape, Block, BrokenTextError, Edge, Entry, Gap, Many, Node, Parser, Scalar

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
_BLOCKS = frozenset(field.name for field in fields().values() if field.block)


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


class _Parser(Parser):
    """One pass over one text; the current token is at hand, nothing is read twice."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text
        self._tokens = TOKEN.finditer(text, int(text.startswith(BYTE_ORDER_MARK)))
        self._kind = ""
        self._token = ""
        self._start = 0
        self._end = 0
        self._advance()

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

    def _wrong_token(self, wanted: str) -> BrokenTextError:
        """Why the current token cannot stand here."""
        right = ""
        if self._kind == "end":
            wrong = f"the text ends where {wanted} belongs"
        elif self._kind == "open":
            wrong, right = "the quote opened here is not closed on its line", f"close it with {self._token}"
        else:
            wrong = f"{quoted(self._token)} stands where {wanted} belongs"
        return BrokenTextError("syntax", self._start, wrong, right)

    # Fields.

    def entries(self, closer: str = "", block: str = "", opening: int = 0) -> list[Entry]:
        """Read fields up to the sign that closes a block, which is named and opens somewhere, or to the end."""
        entries: list[Entry] = []
        while self._kind != "end":
            if closer and self._took(closer):
                self.depth -= 1
                return entries
            name, start = self._name()
            if not self._took(":") and self._token not in _CLOSERS:
                raise self._wrong_token("'{'" if name in _BLOCKS else "':'")
            entries.append(Entry(name, start, self._value(name, start)))
            if not self._took(","):
                self._took(";")
        if closer:
            raise BrokenTextError(
                "syntax", opening, f"the block {block!r} is never closed", f"close it with '{closer}'"
            )
        return entries

    def _name(self) -> tuple[str, int]:
        """Leave a field's name behind; names in brackets are extensions, which the schema has none of."""
        name, start = self._token, self._start
        if self._kind in {"word", "number"} and name[0] not in "+-.":
            self._advance()
            return name, start
        if name != "[":
            raise self._wrong_token("a field's name")
        self._advance()
        while self._kind in {"word", "number"} or self._token in {".", "/"}:
            self._advance()
        name = self._text[start : self._end]
        if not self._took("]"):
            raise self._wrong_token("']'")
        return name, start

    # Values.

    def _value(self, name: str, opening: int) -> Node:
        """Leave one value behind, whatever it is."""
        start, token = self._start, self._token
        self.count(start)
        if self._kind in _TEXTS:
            return self._quoted_text()
        if self._kind in {"word", "number"}:
            return self._bare()
        if token == "[":
            return Many(start, self._list(name, opening))
        if token not in _CLOSERS:
            raise self._wrong_token("a value")
        self.open(start)
        self._advance()
        return Block(start, self.entries(_CLOSERS[token], name, opening))

    def _list(self, name: str, opening: int) -> list[Node]:
        self.open(self._start)
        self._advance()
        values: list[Node] = []
        while not self._took("]"):
            if values and not self._took(","):
                raise self._wrong_token("',' or ']'")
            values.append(self._value(name, opening))
        self.depth -= 1
        return values

    def _quoted_text(self) -> Scalar:
        """Leave one text behind, or several that stand next to each other and are one value."""
        start, end = self._start, self._end
        token = self._token
        plain = self._kind == "plain"
        self._advance()
        if plain and self._kind not in _TEXTS:
            return Scalar(token[1:-1], start, end, "text")
        units, bad = _unescaped(token, start)
        parts = [units]
        while self._kind in _TEXTS:
            units, more = _unescaped(self._token, self._start)
            parts.append(units)
            bad += more
            end = self._end
            self._advance()
        joined = b"".join(parts)
        found = []
        if bad:
            wrong = f"{self._text[bad[0] : bad[0] + 2]} is no escape"
            edits = tuple(Edit(offset, offset, "\\") for offset in bad)
            found.append(BadEscape(bad[0], wrong, "write two backslashes for one", edits))
        value = joined.decode(errors="replace")
        if value.encode() != joined:
            wrong = "the escapes give bytes that are not UTF-8"
            found.append(BadEscape(start, wrong, "write the characters themselves"))
        return Scalar(value, start, end, "text", tuple(found))

    def _bare(self) -> Scalar:
        """Leave a word or a number behind."""
        token, start, end, kind = self._token, self._start, self._end, self._kind
        self._advance()
        if token == "-" and self._kind in {"number", "word"}:
            # The language allows space between the sign and the number.
            token, end = token + self._token, self._end
            self._advance()
        return Scalar(token, start, end, kind)


_STYLE = Style(
    lambda text: Block(0, _Parser(text).entries()), "a block", "write its fields in braces: {} {{ … }}", once=False
)


def read_prototxt(text: str, path: str = "") -> Located:
    """Read one record: `read_text` for protobuf text format."""
    return read_text(text, path, _STYLE)


_ENDS = frozenset("}>]")


def prototxt_gaps(text: str) -> Iterator[Gap]:
    """What stands between the tokens of a text that can be read."""
    before, name, closed = Edge.EDGE, -1, -1
    blocks: list[int] = []
    for token in TOKEN.finditer(text, int(text.startswith(BYTE_ORDER_MARK))):
        kind = token.lastgroup or ""
        sign, start = token[kind] if kind == "sign" else "", token.start(kind)
        after = Edge.EDGE if kind == "end" else Edge.CLOSER if sign in _ENDS else Edge.OTHER
        yield Gap(token.start(), start, before, after, blocks[-1] if blocks else -1, closed)
        before = Edge.OPENER if sign in {"[", ":"} else Edge.OTHER
        if kind == "word":
            name = start
        elif sign in {"{", "<"}:
            blocks.append(name)
        elif sign in {"}", ">"}:
            before, closed = Edge.CLOSER, blocks.pop() if blocks else -1
