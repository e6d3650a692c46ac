"""Reading notes: what one Markdown file says by itself."""

import dataclasses
import datetime as dt
import functools
import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import yaml

from mkdocs_papers.library.front_matter import place_of, wrong_values
from mkdocs_papers.library.links import Link, anchors_in, links_in
from mkdocs_papers.library.names import one_line
from mkdocs_papers.library.prose import Prose, letters, plain_text
from mkdocs_papers.records.limits import DEEPEST_FRONT_MATTER, DEEPEST_LISTS, LARGEST_NOTE, LONGEST_FRONT_MATTER
from mkdocs_papers.records.lines import BYTE_ORDER_MARK, IN_UTF_16, Lines, wrong_encoding
from mkdocs_papers.records.problem import Place, Problem, problem
from mkdocs_papers.records.yamltext import where

EXCERPT_LENGTH = 400
"""Longest excerpt, in characters."""

_LONGEST_REASON = 200

_FRONT = re.compile(r"---[ \t]*\n(?P<yaml>(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_TAGS = frozenset((None, "!", "tag:yaml.org,2002:str"))
"""The tags that a value of the front matter may have: none, or that of text."""
_HALF_OF_A_CHARACTER = re.compile("[\ud800-\udfff]")
"""What YAML makes of ``\\ud83d``, of which JSON writes two for one character; records are not read with it either."""
_NO_RELATIVE_PATH = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\]", re.IGNORECASE)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

TOO_DEEP = f"the note is shown as its source: its lists or definitions are more than {DEEPEST_LISTS} levels deep"
_FLATTER = "write fewer levels"
_LISTED = re.compile(r"^([ \t]*+)(?:[-+*:]|[0-9]{1,9}[.)])[ \t]", re.MULTILINE)


@dataclass(frozen=True)
class NoteText:
    """What a note's file says, before the library is known.

    Attributes:
        title: front matter ``title``, else the first heading of level 1 as plain text, else empty.
        draft: front matter ``draft: true``.
        date: front matter ``date`` as ISO text, or None.
        meta: the front matter, as YAML's plain values.
        text: the source after the front matter, each line end a line feed.
        first_line: the line of the file on which the text begins, from 1.
        markdown_in_html: whether Markdown inside HTML counts, as in `settings.Settings`.
        targets: where its relative links and pictures lead, as paths relative to the project's root, each once.
        problems: what is wrong with the text as such.
    """

    title: str
    draft: bool
    date: str | None
    meta: Mapping[str, object]
    text: str
    first_line: int
    excerpt: str
    words: int
    markdown_in_html: bool = False
    links: tuple[Link, ...] = ()
    targets: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @functools.cached_property
    def anchors(self) -> frozenset[str]:
        """What a link after ``#`` may lead to."""
        return anchors_in(Prose(self.text, markdown_in_html=self.markdown_in_html))


def read_note(path: str, content: bytes, *, markdown_in_html: bool = False) -> NoteText:
    """Read a note.

    Args:
        path: the file, relative to the project's root, with ``/``.
        content: what is in it; anything beyond `LARGEST_NOTE` is left out, with a problem.
        markdown_in_html: whether Markdown inside HTML counts, as in `settings.Settings`.
    """
    source, problems = _decoded(path, content)
    front, length, front_problem = _front_matter(path, source)
    text = source[length:]
    prose = Prose(text, markdown_in_html=markdown_in_html)
    lines = Lines(source)
    links = links_in(prose, lines, length)
    deep = too_deep(text)
    nested = () if deep is None else (problem("unusable-note", path, lines.place(length + deep), TOO_DEEP, _FLATTER),)
    title = _title(front, prose)
    return NoteText(
        title=title,
        draft=_truth(front.get("draft")),
        date=_date(front.get("date")),
        meta=front,
        text=text,
        first_line=source.count("\n", 0, length) + 1,
        excerpt=prose.excerpt(EXCERPT_LENGTH, (title,)),
        words=prose.words,
        markdown_in_html=markdown_in_html,
        links=links,
        targets=tuple(dict.fromkeys(filter(None, (leads(path, link) for link in links)))),
        problems=(*problems, *front_problem, *nested),
    )


def too_deep(text: str) -> int | None:
    """Where lists or definitions are nested deeper than `DEEPEST_LISTS`, by their indents; None for nowhere."""
    indents: set[int] = set()
    for found in _LISTED.finditer(text):
        indents.add(len(found[1].expandtabs(4)))
        if len(indents) > DEEPEST_LISTS:
            return found.end(1)
    return None


def excerpt_of(note: NoteText, titles: Sequence[str]) -> str:
    """The beginning of a note, below the titles of its papers too, where it begins with one of them."""
    begins = letters(note.excerpt)
    if not any(begins.startswith(title) for title in map(letters, titles) if title):
        return note.excerpt
    return Prose(note.text).excerpt(EXCERPT_LENGTH, (note.title, *titles))


def read_source(path: str, content: bytes, known: NoteText) -> NoteText:
    """What `read_note` gives, where its title, excerpt, words, links, targets and problems are known."""
    source, _ = _decoded(path, content)
    front, length, _ = _front_matter(path, source)
    return dataclasses.replace(
        known,
        draft=_truth(front.get("draft")),
        date=_date(front.get("date")),
        meta=front,
        text=source[length:],
        first_line=source.count("\n", 0, length) + 1,
    )


def leads(note: str, link: Link) -> str:
    """Where a link leads from a note, both relative to the root; "" for no path."""
    written = re.split("[?#]", link.target.strip(), maxsplit=1)[0]
    if not written or _NO_RELATIVE_PATH.match(written):
        return ""
    return posixpath.normpath(posixpath.join(posixpath.dirname(note), unquote(written)))


def _decoded(path: str, content: bytes) -> tuple[str, tuple[Problem, ...]]:
    """The text, each line end a line feed, no byte-order mark, and what is wrong with its encoding and size."""
    problems = []
    if len(content) > LARGEST_NOTE:
        wrong = f"the note is larger than {LARGEST_NOTE // 1024**2} MiB"
        problems.append(problem("too-large", path, Place(), wrong, "split it; only its beginning is shown"))
        content = content[:LARGEST_NOTE].rpartition(b"\n")[0]
    if not_text := wrong_encoding(path, content):
        problems.append(not_text)
    text = content.decode("utf-16" if content.startswith(IN_UTF_16) else "utf-8", errors="replace")
    return text.removeprefix(BYTE_ORDER_MARK).replace("\r\n", "\n").replace("\r", "\n"), tuple(problems)


@dataclass(eq=False)
class _FrontMatterError(Exception):
    """The front matter cannot be read: what is wrong with it, and where."""

    wrong: str
    place: Place


def place_in_front_matter(content: bytes, name: str) -> Place:
    """Where the value of a key stands in a note; the beginning where it cannot be found."""
    found = _FRONT.match(_decoded("", content)[0], 0, LONGEST_FRONT_MATTER)
    place = place_of(found["yaml"], name) if found else None
    return Place(place[0] + 2, place[1] + 1) if place else Place()


def _front_matter(path: str, source: str) -> tuple[dict[str, Any], int, tuple[Problem, ...]]:
    """The front matter, how many characters it takes, and what is wrong with it."""
    found = _FRONT.match(source, 0, LONGEST_FRONT_MATTER)
    if not found:
        return {}, 0, ()
    try:
        front = _safe_yaml(found["yaml"])
    except _FrontMatterError as error:
        right = "write 'name: value' lines"
        return {}, found.end(), (problem("front-matter", path, error.place, error.wrong, right),)
    if isinstance(front, str):
        return {}, 0, ()  # a text between two rules
    # As everywhere, a key without a value is none.
    usable = {name: value for name, value in front.items() if value is not None}
    problems = []
    for name, right in wrong_values(front):
        del usable[name]
        line, column = place_of(found["yaml"], name) or (0, 0)
        wrong = f"{name!r} in the front matter is {_type_name(front[name])}, so it is left out"
        problems.append(problem("front-matter", path, Place(line + 2, column + 1), wrong, right))
    return usable, found.end(), tuple(problems)


def _type_name(value: object) -> str:
    kinds = {bool: "true or false", dict: "a mapping", list: "a list of other things", str: "text", int: "a number"}
    return kinds.get(type(value), f"a {type(value).__name__}")


def _safe_yaml(text: str) -> dict[str, Any] | str:
    """The mapping that a YAML text holds, or the text where it holds nothing but text.

    Tags, aliases and deep nesting, which cost time or mean harm, are refused.
    """
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise _FrontMatterError("the front matter holds an anchor or an alias", _place(event.start_mark))
            if (tag := getattr(event, "tag", None)) not in _TAGS:
                # What PyYAML makes of a value that is none of its tag is any exception at all.
                shown = one_line(str(tag).replace("tag:yaml.org,2002:", "!!"))[:_LONGEST_REASON]
                raise _FrontMatterError(f"the front matter holds the tag {shown!r}", _place(event.start_mark))
            if _HALF_OF_A_CHARACTER.search(getattr(event, "value", "")):
                # No file can hold it, nor can what is kept for the next build.
                raise _FrontMatterError("the front matter holds half of a character", _place(event.start_mark))
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST_FRONT_MATTER:
                wrong = f"the front matter is nested more than {DEEPEST_FRONT_MATTER} deep"
                raise _FrontMatterError(wrong, _place(event.start_mark))
        front = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        wrong = f"the front matter is not YAML: {error.problem or error.context}"
        raise _FrontMatterError(wrong, _place(where(error))) from error
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # an odd character, or the 31st of June
        wrong = f"the front matter cannot be read: {one_line(str(error))[:_LONGEST_REASON]}"
        raise _FrontMatterError(wrong, Place(2)) from error
    if front is None:
        return {}
    if isinstance(front, str):
        return front
    if not isinstance(front, dict):
        raise _FrontMatterError("the front matter is no mapping", Place(2))
    return {str(name): value for name, value in front.items()}


def _place(mark: Any) -> Place:
    """Where a mark in the front matter is in the file, which begins with one more line."""
    return Place(mark.line + 2, mark.column + 1) if mark else Place(2)


def _title(front: Mapping[str, Any], prose: Prose) -> str:
    title = front.get("title")
    if isinstance(title, str | int | float) and (text := one_line(str(title))):
        return text
    return next((text for h in prose.headings if h.level == 1 and (text := plain_text(h.source))), "")


def _truth(value: object) -> bool:
    return value is True or (isinstance(value, str) and value.strip().casefold() in {"true", "yes", "on"})


def _date(value: object) -> str | None:
    """The day, as ISO text, or None where the value is no date."""
    if isinstance(value, dt.date):
        return value.isoformat()[:10]
    if isinstance(value, str) and (found := _DATE.match(value.strip())):
        try:
            return dt.date.fromisoformat(found[0]).isoformat()
        except ValueError:
            return None
    return None
