"""Hypothesis strategies: records, and texts of records in every layout that the format allows."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from mkdocs_papers.records.schema import Field, Kind, PaperInfo, Path, Status, fields

KEYWORDS = ("sparse_pruning", "quantization", "none", "_x9", "inf", "true")
"""Keywords that are legal names of an enum's values."""

NASTY = (
    "",
    " ",
    "\\",
    "'",
    '"',
    "\\\\'\"",
    "\n",
    "\r\n",
    "\t\x00\x1b\x7f\x85\xa0",
    "\u2028\u2029\ufeff\ufffe\uffff",
    "👩‍🔬 Ångström 中文",
    "- a",
    "a: b",
    "a #b",
    "null",
    "~",
    "yes",
    "0x10",
    "{a: b}",
    "[a]",
    "|",
    ">",
    "*a",
    "&a",
    "!!str a",
    "%YAML",
    "---",
    "...",
    "none",
    "None",
    "$\\infty$",
    "</script>",
)


def texts() -> st.SearchStrategy[str]:
    """Any text but lone surrogates, odd ones more often."""
    return st.one_of(st.sampled_from(NASTY), st.text(st.characters(exclude_categories=["Cs"]), max_size=20))


def contents() -> st.SearchStrategy[PaperInfo]:
    """Any record."""
    made: st.SearchStrategy[PaperInfo] = _contents(PaperInfo)
    return made


def _contents(block: type) -> st.SearchStrategy[Any]:
    return st.builds(block, **{field.name: _value(field) for field in fields(block).values()})


def _value(field: Field) -> st.SearchStrategy[Any]:
    if field.block:
        return _contents(field.block)
    if field.repeated:
        words = st.sampled_from(KEYWORDS) if field.kind is Kind.WORD else texts()
        return st.lists(st.one_of(words, texts()), max_size=3).map(tuple)
    return st.one_of(st.none(), _single(field))


def _single(field: Field) -> st.SearchStrategy[Any]:
    if field.kind is Kind.INTEGER:
        return st.integers(-(2**63), 2**63 - 1)
    return st.sampled_from(Status) if field.kind is Kind.STATUS else texts()


@dataclass(frozen=True)
class Laid:
    """A text, and the offset at which each value in it begins, by its path."""

    text: str
    offsets: dict[Path, int]


_RAW = st.characters(exclude_categories=["Cs"], exclude_characters="\\\"'\n\r\0")
_HEX = st.sampled_from("0123456789abcdefABCDEF")


def _escapes() -> st.SearchStrategy[str]:
    """Escapes of a text, those that are none included; what protobuf reads oddly is left out (see test_protobuf)."""
    return st.one_of(
        st.sampled_from([f"\\{letter}" for letter in "abfnrtv\\'\""]),
        st.sampled_from([f"\\{letter}" for letter in "?cdeghijklmopqsyzABCP$ ("]),
        st.text("01234567", min_size=1, max_size=3).map(lambda digits: f"\\{digits}"),
        st.text(_HEX, min_size=1, max_size=2).map(lambda digits: f"\\x{digits}"),
        st.characters(exclude_categories=["Cs"]).map(_utf8_escapes),
        st.characters(exclude_categories=["Cs"], min_codepoint=0x80, max_codepoint=0xFFFF).map(
            lambda character: f"\\u{ord(character):04x}"
        ),
        st.characters(exclude_categories=["Cs"], min_codepoint=0x80).map(lambda character: f"\\U{ord(character):08X}"),
    )


def _utf8_escapes(character: str) -> str:
    return "".join(f"\\{byte:03o}" if byte % 2 else f"\\x{byte:02x}" for byte in character.encode())


def literals() -> st.SearchStrategy[str]:
    """One quoted text."""
    inner = st.lists(st.one_of(_RAW, _escapes()), max_size=6).map("".join)
    return st.builds(lambda quote, text: f"{quote}{text}{quote}", st.sampled_from("\"'"), inner)


_NUMBERS = st.one_of(
    st.integers(-(2**64), 2**64).map(str),
    st.integers(0, 2**63 - 1).map(hex),
    st.integers(0, 9999).map(lambda number: f"0{number:o}"),
    st.integers(0, 9999).map(lambda number: f"-0{number:o}"),
)
_STATUSES = st.one_of(st.sampled_from([status.value for status in Status]), st.sampled_from(["1", "2", "0x3"]))
_COMMENTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n\r\0"), max_size=8).map(
    lambda text: f"#{text}\n"
)
_GAPS = st.lists(st.one_of(st.sampled_from([" ", "  ", "\n", "\t", "\r\n", "\v", "\f", "\xa0"]), _COMMENTS), max_size=2)


@st.composite
def layouts(draw: st.DrawFn, *, bare_words: bool = True) -> Laid:
    """A record in protobuf text format, in any layout, with values of the right type.

    Args:
        draw: Hypothesis's way of choosing.
        bare_words: whether keywords are bare words; else they are quoted.
    """
    tokens = list(_fields(draw, PaperInfo, (), bare_words=bare_words))
    text = draw(st.sampled_from(["", " ", "# A record.\n", "\n"]))
    offsets: dict[Path, int] = {}
    for number, (token, path) in enumerate(tokens):
        if path is not None:
            offsets[path] = len(text)
        text += token
        gap = "".join(draw(_GAPS))
        last = number == len(tokens) - 1
        if not gap and not last and _needs_space(token, tokens[number + 1][0]):
            gap = " "
        text += gap
    return Laid(text, offsets)


def _needs_space(token: str, following: str) -> bool:
    word = token[-1].isalnum() or token[-1] == "_"
    return word and (following[0].isalnum() or following[0] in "_+-")


_Tokens = Iterator[tuple[str, Path | None]]


def _fields(draw: st.DrawFn, block: type, at: Path, *, bare_words: bool) -> _Tokens:
    known = list(fields(block).values())
    single = draw(st.lists(st.sampled_from(known), unique_by=lambda field: field.name, max_size=5))
    counts: dict[str, int] = {}
    for field in single + [f for f in single if f.repeated and draw(st.booleans())]:
        if field.block:
            yield field.name, (*at, field.name)
            if draw(st.booleans()):
                yield ":", None
            opening, closing = draw(st.sampled_from([("{", "}"), ("<", ">")]))
            yield opening, None
            yield from _fields(draw, field.block, (*at, field.name), bare_words=bare_words)
            yield closing, None
        else:
            yield field.name, None
            yield ":", None
            yield from _one_or_more(draw, field, at, counts, bare_words=bare_words)
        separator = draw(st.sampled_from(["", "", ",", ";"]))
        if separator:
            yield separator, None


def _one_or_more(draw: st.DrawFn, field: Field, at: Path, counts: dict[str, int], *, bare_words: bool) -> _Tokens:
    if not field.repeated:
        yield from _value_tokens(draw, field, (*at, field.name), bare_words=bare_words)
        return
    in_list = draw(st.booleans())
    many = draw(st.integers(0, 3)) if in_list else 1
    if in_list:
        yield "[", None
    for number in range(many):
        path = (*at, field.name, counts.get(field.name, 0))
        counts[field.name] = counts.get(field.name, 0) + 1
        yield from _value_tokens(draw, field, path, bare_words=bare_words)
        if number < many - 1:
            yield ",", None
    if in_list:
        yield "]", None


def _value_tokens(draw: st.DrawFn, field: Field, path: Path, *, bare_words: bool) -> _Tokens:
    if field.kind is Kind.INTEGER:
        yield draw(_NUMBERS), path
    elif field.kind is Kind.STATUS:
        yield draw(_STATUSES), path
    elif field.kind is Kind.WORD and bare_words:
        yield draw(st.sampled_from(KEYWORDS)), path
    else:
        for number, literal in enumerate(draw(st.lists(literals(), min_size=1, max_size=2))):
            yield literal, path if number == 0 else None


@st.composite
def mutations(draw: st.DrawFn, source: st.SearchStrategy[str], pieces: str) -> str:
    """A text of the source, changed in a few places.

    Args:
        draw: Hypothesis's way of choosing.
        source: the texts.
        pieces: characters to put in; those that mean something to the format.
    """
    text = draw(source)
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 2)))
        text = text[:start] + draw(st.text(pieces, max_size=2)) + text[end:]
    return text
