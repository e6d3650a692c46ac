"""What the values of one record show by themselves.

What takes the other records, the notes or the configuration to see is the library's business.
"""

import functools
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from mkdocs_papers.records.addresses import better_address, is_address, is_doi, is_http_address
from mkdocs_papers.records.authors import are_certain, is_one_name, split_names
from mkdocs_papers.records.draft import Located, dotted, quoted
from mkdocs_papers.records.limits import longest
from mkdocs_papers.records.lines import Lines
from mkdocs_papers.records.placeholders import is_placeholder
from mkdocs_papers.records.problem import Edit, Place, Problem, problem
from mkdocs_papers.records.record import Record
from mkdocs_papers.records.schema import Field, Kind, PaperBlock, PaperInfo, Path, fields, values
from mkdocs_papers.records.suggest import nearest
from mkdocs_papers.records.write import yaml_value

_TITLE: Path = ("paper", "title")
_AUTHORS: Path = ("paper", "authors")

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_CONTROL_IN_PROSE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_CONTROL_ESCAPES = {"\a": "\\a", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\v": "\\v"}
"""Control characters that LaTeX commands turn into where a backslash should be two: ``\\alpha``, ``\\beta``, …"""

_ARXIV = re.compile(r"http(?=://(?:www\.|export\.)?arxiv\.org(?:[:/?#]|$))", re.IGNORECASE)
_RESOLVER = re.compile(r"(?:https?://(?:dx\.|www\.)?doi\.org/|doi:\s?)(?=10\.[0-9.]+/\S)", re.IGNORECASE)

_NOT_LITERAL = re.compile(r"[\\\r\n]")
"""In quotes, these may stand for something else than themselves."""

_EDGE_COMMA = re.compile(r"\A[,;，；、]|[,;，；、]\Z")
_LONGEST_LINE = 200
"""Values further to the right are not mended: nobody lays out a record like that."""


def value_problems(record: Record, text: str, located: Located) -> Iterator[Problem]:
    """Everything that is wrong with the values of a record, in the schema's order."""
    return _Checks(record, text, Lines(text), located).problems()


def differs_only_as_mended(before: PaperInfo, after: PaperInfo, written: Collection[str]) -> bool:
    """Whether a record says what it said before its problems were mended, but for what mending is for.

    Space around values, the parting of authors, the scheme of arXiv's addresses and the resolver before a DOI may
    differ, and a key or a path may be one of the texts that were written.
    """
    return all(
        len(old) == len(new) and all(_is_as_mended(*pair, written) for pair in zip(old, new, strict=True))
        for old, new in _both(before, after).values()
    )


_Mended = tuple[Kind, str]


def _both(before: PaperInfo, after: PaperInfo) -> dict[str, tuple[list[_Mended], list[_Mended]]]:
    """What both say in each field, by the field's name."""
    both: dict[str, tuple[list[_Mended], list[_Mended]]] = {}
    for side, content in enumerate((before, after)):
        for at, field, value in values(content):
            both.setdefault(dotted(at), ([], []))[side].extend(_mended(field, value))
    return both


def _mended(field: Field, value: str | int) -> Iterable[_Mended]:
    """A value as it is when all is mended that needs no other file."""
    text = str(value).strip()
    if field.name == "authors":
        return [(field.kind, name) for name in split_names(text)]
    if field.name == "doi":
        text = _RESOLVER.sub("", text, count=1)
    text = _ARXIV.sub("https", text, count=1) if field.kind in {Kind.ADDRESS, Kind.FILE} else text
    return [(field.kind, text)] if text else ()


def _is_as_mended(old: _Mended, new: _Mended, written: Collection[str]) -> bool:
    leads = old[0] in {Kind.FILE, Kind.KEY, Kind.PAPER}
    return old == new or (leads and (new[1] in written or yaml_value(new[1], inline=True) in written))


@dataclass(frozen=True)
class _Checks:
    """One record, and what the checks of its values share."""

    _record: Record
    _text: str
    _lines: Lines
    _located: Located

    def problems(self) -> Iterator[Problem]:
        yield from self._title()
        for at, field, value in values(self._record.info):
            if isinstance(value, int):
                yield from self._number(at, field, value)
            elif value.strip():
                yield from self._any_text(at, field, value)
            elif value and at != _TITLE:
                yield self._stray_space(at, value)

    def _problem(self, code: str, at: Path, wrong: str, right: str = "", edits: tuple[Edit, ...] = ()) -> Problem:
        shown, spans = at, self._located.spans
        while shown and shown not in spans:
            shown = shown[:-1]
        place = self._lines.place(spans[shown][0]) if shown else Place()
        return problem(code, self._record.path, place, wrong, right, dotted(at), edits)

    # One kind of value each.

    def _title(self) -> Iterator[Problem]:
        title = self._record.info.paper.title
        if title is None and any(map(_cost_the_title, self._located.problems)):
            return
        if title is None or not title.strip():
            yield self._problem(
                "missing-title", _TITLE, "the record has no title", 'write title: "…" in the block paper'
            )

    def _number(self, at: Path, field: Field, value: int) -> Iterator[Problem]:
        low, high = field.low, field.high
        if (low is not None and value < low) or (high is not None and value > high):
            right = f"write a number from {low} to {high}"
            yield self._problem("out-of-range", at, f"{dotted(at)} is {value}", right)

    def _any_text(self, at: Path, field: Field, value: str) -> Iterator[Problem]:
        trimmed = value.strip()
        control = (_CONTROL_IN_PROSE if field.name == "abstract" else _CONTROL).search(trimmed)
        if control:
            yield self._control(at, control[0])
        limit = longest(field)
        length = max(map(len, split_names(value) if at[:2] == _AUTHORS else (trimmed,)), default=0)
        if length > limit:
            right = f"write at most {limit:,}"
            yield self._problem("too-long", at, f"{dotted(at)} has {length:,} characters", right)
            return
        # A file or record that is not there is the library's to report.
        if field.kind not in {Kind.FILE, Kind.KEY} and is_placeholder(trimmed):
            right = "write the true value, or delete the field"
            yield self._problem("placeholder", at, f"{quoted(trimmed)} is a placeholder", right)
            return
        if at[:2] == _AUTHORS:
            names = split_names(value)
            if len(names) == 1 and not is_one_name(names[0]):
                wrong = f"{quoted(names[0])} may be one author or several"
                yield self._problem("joined-authors", at, wrong, "write one in each value, given name first")
            elif len(names) > 1 or _EDGE_COMMA.search(trimmed):
                yield self._joined(at, value, names)
                return
        # Below a ``|`` or ``>`` in YAML, a line end at the end is no mistake.
        if trimmed != value and self._text[self._located.spans[at][0]] not in "|>":
            yield self._stray_space(at, value)
        if field.kind is Kind.ADDRESS or (field.kind is Kind.FILE and is_address(trimmed)):
            yield from self._address(at, value)
        elif field.name == "doi":
            yield from self._doi(at, value)

    def _control(self, at: Path, character: str) -> Problem:
        escape = _CONTROL_ESCAPES.get(character)
        name = f"U+{ord(character):04X}" + (f", written {escape}" if escape else "")
        right = "write two backslashes for a LaTeX command" if escape else "delete it"
        return self._problem("control-character", at, f"{dotted(at)} holds the control character {name}", right)

    def _stray_space(self, at: Path, value: str) -> Problem:
        trimmed = value.strip()
        edits: list[Edit] = []
        literal = self._literal(at, value)
        if literal:
            leading = len(value) - len(value.lstrip())
            trailing = len(value) - len(value.rstrip()) if trimmed else 0
            begin = literal[0]
            end = begin + len(value)
            if leading:
                edits.append(Edit(begin, begin + leading, ""))
            if trailing:
                edits.append(Edit(end - trailing, end, ""))
        side = "begins" if value[0].isspace() else "ends"
        right = f"write {quoted(trimmed)}"
        return self._problem("stray-space", at, f"{dotted(at)} {side} with space", right, tuple(edits))

    def _joined(self, at: Path, value: str, names: tuple[str, ...]) -> Problem:
        if len(names) > 1:
            wrong = f"{len(names)} authors stand in one value"
            right = f"write one in each, as in authors: {quoted(names[0])}"
        else:
            wrong = "a comma stands where no other author does"
            right = f"write {quoted(''.join(names))}"
        return self._problem("joined-authors", at, wrong, right, self._split(at, value, names))

    def _split(self, at: Path, value: str, names: tuple[str, ...]) -> tuple[Edit, ...]:
        """The edit that gives each author a value, where it is certain who they are and how the line is laid out."""
        literal = self._literal(at, value)
        span = self._located.spans[at]
        line = self._lines.start(span[0])
        if literal is None or not are_certain(value) or span[0] - line > _LONGEST_LINE:
            return ()
        quote, in_yaml = literal[1], not self._record.path.lower().endswith(".prototxt")
        if in_yaml and not quote:
            written = [yaml_value(name, inline=True) for name in names or ("",)]
        else:
            written = [f"{quote}{name}{quote}" for name in names or ("",)]
        if len(written) < 2:  # noqa: PLR2004 - there is nothing to be parted
            return (Edit(*span, "".join(written)),)
        before = self._text[line : span[0]]
        if not before.strip():
            # What comes first stands on a line above.
            above = self._text[max(line - _LONGEST_LINE, 0) : line].rstrip()
            before = re.split(r"[\r\n]", above)[-1] + "\n" + before
        between = _between(before, self._line_end, in_yaml=in_yaml)
        if between is None:
            return ()
        opening, middle, closing = between
        return (Edit(*span, f"{opening}{middle.join(written)}{closing}"),)

    def _address(self, at: Path, value: str) -> Iterator[Problem]:
        address = value.strip()
        if not is_http_address(address):
            yield self._problem("bad-address", at, f"{quoted(address)} is no http(s) address", better_address(address))
        elif _ARXIV.match(address):
            right = f"write {quoted('https' + address[len('http') :])}"
            edits = self._instead(at, value, "http", "https")
            yield self._problem("arxiv-http", at, "the address of arXiv is not https", right, edits)

    def _doi(self, at: Path, value: str) -> Iterator[Problem]:
        doi = value.strip()
        resolver = _RESOLVER.match(doi)
        if resolver:
            right = f"write {quoted(doi[resolver.end() :])}"
            edits = self._instead(at, value, resolver[0], "")
            yield self._problem("bad-doi", at, "the address of a resolver stands before the DOI", right, edits)
        elif not is_doi(doi):
            yield self._problem("bad-doi", at, f"{quoted(doi)} is no DOI", "a DOI looks like 10.48550/arXiv.2406.10774")

    # The text.

    def _literal(self, at: Path, value: str) -> tuple[int, str] | None:
        """Where the value's first character stands, and the quote around it; None unless it stands there as it is."""
        start, end = self._located.spans[at]
        written = self._text[start:end]
        if written == value:
            return start, ""
        if len(written) > 1 and written[0] in "\"'" and written[1:-1] == value and not _NOT_LITERAL.search(value):
            return start + 1, written[0]
        return None

    def _instead(self, at: Path, value: str, old: str, new: str) -> tuple[Edit, ...]:
        """The edit that writes something else for the beginning of a value, any space before it aside."""
        literal = self._literal(at, value)
        if literal is None:
            return ()
        start = literal[0] + len(value) - len(value.lstrip())
        return (Edit(start, start + len(old), new),)

    @functools.cached_property
    def _line_end(self) -> str:
        first = re.search(r"\r\n?|\n", self._text)
        return first[0] if first else "\n"


def _cost_the_title(found: Problem) -> bool:
    """Whether that problem of the text is why the title is missing."""
    if found.code == "wrong-type":
        return found.field in {"paper", "paper.title"}
    if found.code != "unknown-field":
        return False
    block, _, name = found.field.rpartition(".")
    if block == "paper":
        return nearest(name, fields(PaperBlock)) == "title"
    return not block and (name == "title" or nearest(name, fields()) == "paper")


def _between(before: str, line_end: str, *, in_yaml: bool) -> tuple[str, str, str] | None:
    """How to write several authors where one stands: what opens them, stands between them, and closes them.

    Args:
        before: the line before the value, and the one above it where that is empty.
        line_end: the line end of the file.
        in_yaml: whether the file is YAML, where a list is opened once.
    """
    last = "" if "#" in before else before.rstrip()[-1:]
    if re.fullmatch(r" *- +" if in_yaml else r"[ \t]*authors[ \t]*:[ \t]*", before):
        return "", f"{line_end}{before}", ""
    if re.fullmatch(r" *authors:\s+", before) if in_yaml else last == ":":
        return "[", ", ", "]"
    return ("", ", ", "") if last in ("[", ",") else None
