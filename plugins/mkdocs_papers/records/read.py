"""Read one record: from the bytes of a file to a `Record` and the problems of its text and values.

Only what one file shows is checked here. What takes the other records, the notes or the configuration to see is the
library's business.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from mkdocs_papers.records.codes import problem
from mkdocs_papers.records.draft import MOST_BYTES, Located, dotted, quoted
from mkdocs_papers.records.lines import Lines, Places
from mkdocs_papers.records.names import split_names
from mkdocs_papers.records.problem import Edit, Place, Problem
from mkdocs_papers.records.prototxt import read_prototxt
from mkdocs_papers.records.record import Reading, Record
from mkdocs_papers.records.schema import Field, Kind, PaperBlock, PaperInfo, Path, fields
from mkdocs_papers.records.suggest import nearest
from mkdocs_papers.records.yamltext import read_yaml

READERS = {".prototxt": read_prototxt, ".yaml": read_yaml, ".yml": read_yaml}
"""The reader of each kind of record file, by its suffix."""

_TITLE: Path = ("paper", "title")

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_CONTROL_IN_PROSE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_PLACEHOLDER = re.compile(
    r"""
      (?i: inst(itution|itute)? | affiliation | university | author | keyword | method ) [\s_-]? [0-9]{1,2}
    | (?i: to-?do | tb[ad] | fix-?me | x{3,} | placeholder | lorem\ ipsum | \?{2,} | \.{3} | … )
    | (?: TODO | FIXME ) \b .*
    """,
    re.VERBOSE | re.DOTALL,
)
_TRICKY = re.compile(r"[\\\r\n]")
_PLAIN_NAME = re.compile(r"[^\W\d_][\w .'()-]*")
_NOT_IN_ADDRESS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]")
_LONGEST_INDENT = 200
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_OTHER_SCHEME = re.compile(
    r"(?:[a-z][a-z0-9+.-]*://|(?:javascript|vbscript|data|file|mailto|ftp|blob|about):)", re.IGNORECASE
)
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?:[:/?#]|$)", re.IGNORECASE)
_ARXIV = re.compile(r"http(?=://(?:www\.|export\.)?arxiv\.org(?:[:/?#]|$))", re.IGNORECASE)
_DOI = re.compile(r"10\.[0-9.]+/\S+")
_RESOLVER = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s?)(?=10\.[0-9.]+/\S)", re.IGNORECASE)


def read_record(path: str, key: str, content: bytes) -> Reading:
    """Read one file in ``meta/``.

    The values stay as they are written: a stray space, say, is a problem and is still there. Never raises on what the
    file holds.

    Args:
        path: the file, relative to the project's root, with ``/``; its suffix says which format it is in.
        key: its year folder and stem, ``2024/Quest``.
        content: the bytes of the file.

    Returns:
        The record, or None where the text cannot be read, and the problems in order of place.

    Raises:
        ValueError: no format has that suffix.
    """
    suffix = PurePosixPath(path).suffix.lower()
    if suffix not in READERS:
        raise ValueError(f"{path}: a record's name ends with {', '.join(READERS)}")
    text = _decoded(path, content)
    if isinstance(text, Problem):
        return Reading(None, (text,))
    located = READERS[suffix](text, path)
    if located.content is None:
        return Reading(None, located.problems)
    lines = Lines(text)
    record = Record(path, key, located.content, Places(located.spans, lines))
    found = [*located.problems, *_Checks(record, text, lines, located).problems()]
    found.sort(key=lambda each: (each.place, each.code))
    return Reading(record, tuple(found))


def _decoded(path: str, content: bytes) -> str | Problem:
    """The text of a file, nothing normalised, or why it has none."""
    if len(content) > MOST_BYTES:
        return problem(
            "too-large",
            path,
            Place(),
            f"the file holds {len(content):,} bytes",
            f"a record holds at most {MOST_BYTES:,}",
        )
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        before = content[: error.start].decode()
        place = Lines(before).place(len(before))
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            return problem("not-utf8", path, place, "the file is UTF-16", "save it as UTF-8")
        wrong = f"the byte 0x{content[error.start]:02X} is not UTF-8"
        return problem("not-utf8", path, place, wrong, "save the file as UTF-8")
    nul = text.find("\0")
    if nul >= 0:
        return problem("syntax", path, Lines(text).place(nul), "a NUL character stands in the text", "delete it")
    return text


class _Checks:
    """What the values of one record show by themselves."""

    def __init__(self, record: Record, text: str, lines: Lines, located: Located) -> None:
        self._record = record
        self._text = text
        self._lines = lines
        self._located = located

    def problems(self) -> Iterator[Problem]:
        """Everything that is wrong, in the schema's order."""
        yield from self._title()
        for at, field, value in _values(self._record.info):
            if isinstance(value, int):
                yield from self._number(at, field, value)
            elif value:
                yield from self._any_text(at, field, value)

    def _problem(self, code: str, at: Path, wrong: str, right: str = "", edits: tuple[Edit, ...] = ()) -> Problem:
        return problem(code, self._record.path, self._record.place(*at), wrong, right, dotted(at), edits)

    def _literal(self, at: Path) -> tuple[int, str] | None:
        """Where the value's characters begin in the text, and the quote around them; None unless they stand plainly."""
        value = self._value(at)
        start, end = self._located.spans[at]
        written = self._text[start:end]
        if written == value:
            return start, ""
        if len(written) > 1 and written[0] in "\"'" and written[1:-1] == value and not _TRICKY.search(value):
            return start + 1, written[0]
        return None

    def _value(self, at: Path) -> object:
        value: object = self._record.info
        for step in at:
            value = value[step] if isinstance(value, tuple) and isinstance(step, int) else getattr(value, str(step))
        return value

    @functools.cached_property
    def _line_end(self) -> str:
        first = re.search(r"\r\n?|\n", self._text)
        return first[0] if first else "\n"

    # One field each.

    def _title(self) -> Iterator[Problem]:
        title = self._record.info.paper.title
        if title is not None and title.strip():
            return
        if title is None and any(map(_hides_title, self._located.problems)):
            # The problem that cost the title is there already.
            return
        yield self._problem("missing-title", _TITLE, "the record has no title", 'write title: "…" in paper')

    def _number(self, at: Path, field: Field, value: int) -> Iterator[Problem]:
        low, high = field.low, field.high
        if (low is not None and value < low) or (high is not None and value > high):
            right = f"write a number from {low} to {high}" if high is not None else f"write {low} or more"
            yield self._problem("out-of-range", at, f"{dotted(at)} is {value}", right)

    def _any_text(self, at: Path, field: Field, value: str) -> Iterator[Problem]:
        trimmed = value.strip()
        if not trimmed:
            if at != _TITLE:
                yield self._stray_space(at, value)
            return
        control = (_CONTROL_IN_PROSE if field.name == "abstract" else _CONTROL).search(trimmed)
        if control:
            yield self._control(at, control[0])
        if _PLACEHOLDER.fullmatch(trimmed):
            yield self._problem(
                "placeholder", at, f"{quoted(trimmed)} is a placeholder", "write the true value or delete the field"
            )
            return
        if at[:2] == ("paper", "authors"):
            names = split_names(value)
            if len(names) > 1:
                yield self._joined(at, names)
                return
        if trimmed != value and not self._is_block_scalar(at):
            yield self._stray_space(at, value)
        if field.kind is Kind.ADDRESS or (field.kind is Kind.FILE and _is_address(trimmed)):
            yield from self._address(at, value)
        elif field.name == "doi":
            yield from self._doi(at, value)

    def _is_block_scalar(self, at: Path) -> bool:
        """Whether the value stands below a ``|`` or ``>`` in YAML, where a line end at its end is no mistake."""
        start, _ = self._located.spans[at]
        return self._text[start] in "|>"

    def _stray_space(self, at: Path, value: str) -> Problem:
        trimmed = value.strip()
        edits: list[Edit] = []
        literal = self._literal(at)
        if literal:
            start, _ = literal
            leading = len(value) - len(value.lstrip())
            trailing = len(value) - len(value.rstrip()) if trimmed else 0
            if leading:
                edits.append(Edit(start, start + leading, ""))
            if trailing:
                edits.append(Edit(start + len(value) - trailing, start + len(value), ""))
        side = "begins" if value[0].isspace() else "ends"
        return self._problem(
            "stray-space", at, f"{dotted(at)} {side} with space", f"write {quoted(trimmed)}", tuple(edits)
        )

    def _control(self, at: Path, character: str) -> Problem:
        written = {"\a": "\\a", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\v": "\\v"}.get(
            character
        )
        name = f"U+{ord(character):04X}" + (f", written {written}" if written else "")
        right = "write two backslashes for a LaTeX command" if written else "delete it"
        return self._problem("control-character", at, f"{dotted(at)} holds the control character {name}", right)

    def _joined(self, at: Path, names: tuple[str, ...]) -> Problem:
        return self._problem(
            "joined-authors",
            at,
            f"{len(names)} authors stand in one value",
            f"write one each, the first one {quoted(names[0])}",
            self._split(at, names),
        )

    def _split(self, at: Path, names: tuple[str, ...]) -> tuple[Edit, ...]:
        """The edit that gives each author a value, where it is certain what they are and how the line is laid out."""
        literal = self._literal(at)
        if literal is None or _may_be_one(names):
            return ()
        _, quote = literal
        span = self._located.spans[at]
        line = self._lines.start(span[0])
        if span[0] - line > _LONGEST_INDENT:
            return ()
        before = self._text[line : span[0]]
        if self._record.path.endswith(".prototxt"):
            between = _between_in_prototxt(before, quote, self._line_end)
        else:
            between = (
                _between_in_yaml(before, quote, self._line_end)
                if quote or all(map(_PLAIN_NAME.fullmatch, names))
                else None
            )
        if between is None:
            return ()
        opening, middle, closing = between
        text = f"{opening}{quote}{middle.join(names)}{quote}{closing}"
        return (Edit(*span, text),)

    def _address(self, at: Path, value: str) -> Iterator[Problem]:
        address = value.strip()
        if not _is_good_address(address):
            yield self._problem("bad-address", at, f"{quoted(address)} is no http(s) address", _better_address(address))
        elif _ARXIV.match(address):
            literal = self._literal(at)
            edits: tuple[Edit, ...] = ()
            if literal:
                start = literal[0] + len(value) - len(value.lstrip())
                edits = (Edit(start, start + len("http"), "https"),)
            yield self._problem(
                "arxiv-http", at, "arXiv is addressed without https", f"write {quoted('https' + address[4:])}", edits
            )

    def _doi(self, at: Path, value: str) -> Iterator[Problem]:
        doi = value.strip()
        if _DOI.fullmatch(doi):
            return
        resolver = _RESOLVER.match(doi)
        if not resolver:
            yield self._problem("bad-doi", at, f"{quoted(doi)} is no DOI", "a DOI looks like 10.48550/arXiv.2406.10774")
            return
        literal = self._literal(at)
        edits: tuple[Edit, ...] = ()
        if literal:
            start = literal[0] + len(value) - len(value.lstrip())
            edits = (Edit(start, start + resolver.end(), ""),)
        yield self._problem(
            "bad-doi", at, "the DOI stands behind its resolver", f"write {quoted(doi[resolver.end() :])}", edits
        )


def _values(content: PaperInfo) -> Iterator[tuple[Path, Field, str | int]]:
    """Every value that a record holds, in the schema's order: its path, field and the value."""
    for name, field in fields().items():
        if field.kind is Kind.BLOCK and field.block:
            block = getattr(content, name)
            for inner, inner_field in fields(field.block).items():
                yield from _of_field((name, inner), inner_field, getattr(block, inner))
        else:
            yield from _of_field((name,), field, getattr(content, name))


def _of_field(at: Path, field: Field, value: object) -> Iterator[tuple[Path, Field, str | int]]:
    if isinstance(value, tuple):
        for number, each in enumerate(value):
            yield (*at, number), field, each
    elif isinstance(value, str | int):
        yield at, field, value


def _hides_title(found: Problem) -> bool:
    """Whether that problem is why the title is missing."""
    if found.code == "wrong-type":
        return found.field in {"paper", "paper.title"}
    if found.code != "unknown-field":
        return False
    block, _, name = found.field.rpartition(".")
    if block == "paper":
        return nearest(name, fields(PaperBlock)) == "title"
    return not block and (name == "title" or nearest(name, fields()) == "paper")


def _may_be_one(names: tuple[str, ...]) -> bool:
    """Whether two names may be the two parts of one, as in "LeCun, Yann"."""
    first, *others = names
    return len(others) == 1 and " " not in first and " " not in others[0]


def _is_address(value: str) -> bool:
    """Whether a note's or cover's value is meant as an address, not as a path."""
    return bool(_OTHER_SCHEME.match(value)) or value.startswith("//")


def _is_good_address(value: str) -> bool:
    """Whether an address is one that a page may link to: http or https, a host, and no space or control character."""
    try:
        parts = urlsplit(value)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and not _NOT_IN_ADDRESS.search(value)
    except ValueError:
        return False


def _better_address(value: str) -> str:
    """What the address should be, where it is plain."""
    if _NOT_IN_ADDRESS.search(value):
        return "an address holds no space; write %20"
    scheme = _SCHEME.match(value)
    if not scheme or _HOST.match(value):
        bare = value.lstrip("/")
        return (
            f"did you mean {quoted('https://' + bare)}?" if _HOST.match(bare) else "write one that begins with https://"
        )
    rest = value[scheme.end() :].lstrip("/")
    if nearest(scheme[0][:-1], ("http", "https")) and _HOST.match(rest):
        return f"did you mean {quoted('https://' + rest)}?"
    return "write one that begins with https://"


def _between_in_prototxt(before: str, quote: str, end: str) -> tuple[str, str, str] | None:
    """How to write several authors where one stands: what opens them, stands between them, and closes them.

    Args:
        before: the line before the value.
        quote: the quote around the value.
        end: the line end of the file.
    """
    if re.fullmatch(r"\s*authors\s*:\s*", before):
        return "", f"{quote}{end}{before}{quote}", ""
    previous = before.rstrip()
    if previous.endswith(":"):
        return "[", f"{quote}, {quote}", "]"
    if previous.endswith(("[", ",")) and "#" not in before:
        return "", f"{quote}, {quote}", ""
    return None


def _between_in_yaml(before: str, quote: str, end: str) -> tuple[str, str, str] | None:
    """The same in YAML."""
    if re.fullmatch(r"[ ]*-[ ]+", before):
        return "", f"{quote}{end}{before}{quote}", ""
    if re.fullmatch(r"[ ]*authors:[ ]+", before):
        return "[", f"{quote}, {quote}", "]"
    if quote and before.rstrip().endswith(("[", ",")) and "#" not in before:
        return "", f"{quote}, {quote}", ""
    return None
