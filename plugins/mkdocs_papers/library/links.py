"""The links and images of a Markdown text, those in raw HTML included, and where they stand."""

import enum
import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from turbohtml import TokenType, parse_fragment

from mkdocs_papers.library.html_in_markdown import Content, Tags
from mkdocs_papers.library.prose import DEFINITION, Prose, plain_text
from mkdocs_papers.records.limits import LONGEST_ADDRESS
from mkdocs_papers.records.lines import Lines
from mkdocs_papers.records.problem import Place


class Use(enum.Enum):
    """What a text does with an address."""

    LINK = "link"
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class Link:
    """One address in a text.

    Attributes:
        use: whether it is linked or shown.
        target: the address, its HTML entities decoded.
        source: the address as it stands in the text.
        place: where it begins.
    """

    use: Use
    target: str
    source: str
    place: Place


@dataclass(frozen=True, slots=True)
class _Found:
    use: Use
    start: int
    end: int


_BRACKET = re.compile(r"\\[^\n]|!?\[|\]|\n[ \t]*(?=\n)")
_DESTINATION = re.compile(r"(?:[^()\\\n]|\\[^\n]?|\n(?![ \t]*\n)|\((?:[^()\\\n]|\\[^\n])*+\))*+\)")
_TITLE = re.compile(r"""(?<![ \t\n])[ \t\n]++(?:"[^"]*"|'[^']*'|\([^()]*\))[ \t\n]*$""")
ADDRESSES = {
    "a": {"href": Use.LINK},
    "area": {"href": Use.LINK},
    "audio": {"src": Use.IMAGE},
    "embed": {"src": Use.IMAGE},
    "iframe": {"src": Use.LINK},
    "img": {"src": Use.IMAGE},
    "input": {"src": Use.IMAGE},
    "object": {"data": Use.IMAGE},
    "source": {"src": Use.IMAGE},
    "track": {"src": Use.IMAGE},
    "video": {"src": Use.IMAGE, "poster": Use.IMAGE},
}
"""Which attributes of which elements hold an address, and what for."""

OF_SEVERAL = frozenset(("img", "source"))
"""The elements whose ``srcset`` names several, parted by commas, each perhaps with its size."""

_CANDIDATE = re.compile(r"(?:^|,)\s*([^\s,]+)")
_SPACE_OR_QUOTE = " \t\n\f\r\"'"

_ATTRIBUTE_LIST = re.compile(r"\{[^{}\n]++\}")
_EXPLICIT_ID = re.compile(r"#([^\s{}#]++)")


def links_in(prose: Prose, lines: Lines, offset: int = 0) -> tuple[Link, ...]:
    """The links and images of a text, in order: inline ones, reference definitions and those in HTML.

    Addresses in code, math and comments are none. An autolink (``<https://...>``) leads outside, and so is left out.

    Args:
        offset: where in that file it begins.
    """
    text = prose.outside_html(prose.markdown, Content.RAW)
    found = [*_inline(text), *_definitions(text), *_in_html(prose.tags)]
    return tuple(
        Link(
            use=part.use,
            target=html.unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", source)),
            source=source,
            place=lines.place(offset + part.start),
        )
        for part in sorted(found, key=lambda part: part.start)
        if (source := prose.text[part.start : part.end])
    )


def anchors_in(prose: Prose) -> frozenset[str]:
    """The names that a link after ``#`` may lead to.

    Which one a heading gets depends on the site's slug function: all the usual ones are among them.
    """
    found: set[str] = set()
    times: dict[str, int] = {}
    for heading in prose.headings:
        for slug in _slugs(plain_text(heading.source)):
            before = times.get(slug, 0)
            times[slug] = before + 1
            found.update((f"{slug}_{before}", f"{slug}-{before}") if before else (slug,))
    for _, tag in prose.tags:
        found.update(value for name, value in tag.attrs or () if name in {"id", "name"} and value is not None)
    for attributes in _ATTRIBUTE_LIST.findall(prose.outside_html(prose.shown, Content.RAW)):
        found.update(_EXPLICIT_ID.findall(attributes))
    return frozenset(found)


def _slugs(title: str) -> set[str]:
    """The slugs of a heading by Python-Markdown's two functions, pymdownx's and GitHub's."""
    kept = re.sub(r"[^\w\s-]", "", unicodedata.normalize("NFKC", title)).strip()
    plain = re.sub(r"[^\w\s-]", "", unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()).strip()
    joined = {re.sub(r"[-\s]+", "-", slug) for slug in (kept, kept.lower(), plain.lower())}
    return joined | {re.sub(r"\s", "-", kept.lower())}


def _inline(text: str) -> Iterator[_Found]:
    """The addresses of ``[label](address "title")`` and ``![label](address)``, also one inside the other."""
    opened: list[Use] = []
    for bracket in _BRACKET.finditer(text):
        mark = bracket[0]
        if mark[0] == "\\":
            continue
        if mark.endswith("["):
            opened.append(Use.IMAGE if mark == "![" else Use.LINK)
        elif mark == "]" and opened:
            use = opened.pop()
            if text.startswith("(", bracket.end()) and (span := _destination(text, bracket.end() + 1)):
                yield _Found(use, *span)
        elif mark[0] == "\n":
            opened.clear()


def _destination(text: str, start: int) -> tuple[int, int] | None:
    """Where the address stands that follows an opening parenthesis; Python-Markdown allows spaces in it."""
    parenthesised = _DESTINATION.match(text, start)
    if not parenthesised:
        return None
    inner = parenthesised[0][:-1]
    if title := _TITLE.search(inner):
        inner = inner[: title.start()]
    start += len(inner) - len(inner.lstrip())
    inner = inner.strip()
    if inner.startswith("<") and inner.endswith(">"):
        start, inner = start + 1, inner[1:-1]
    return (start, start + len(inner)) if "\n" not in inner and len(inner) <= LONGEST_ADDRESS else None


def _definitions(text: str) -> Iterator[_Found]:
    """The addresses of ``[label]: address``."""
    for definition in DEFINITION.finditer(text):
        yield _Found(Use.LINK, *definition.span("bare" if definition["angled"] is None else "angled"))


def _in_html(tags: Tags) -> Iterator[_Found]:
    """The addresses in the attributes of HTML elements."""
    for start, tag in tags:
        if tag.type is not TokenType.START_TAG or tag.tag not in ADDRESSES or tag.source is None:
            continue
        for element in parse_fragment(tag.source, source_locations=True).iter_elements():
            where = element.source_location
            for name, span in where.attrs.items() if where and where.attrs else ():
                before, equals, value = tag.source[span.start_offset : span.end_offset].partition("=")
                use = ADDRESSES.get(element.tag, {}).get(name)
                at = start + span.start_offset + len(before) + 1 + len(value) - len(value.lstrip(_SPACE_OR_QUOTE))
                address = value.strip(_SPACE_OR_QUOTE)
                if use and equals:
                    yield _Found(use, at, at + len(address))
                elif name == "srcset" and element.tag in OF_SEVERAL:
                    for candidate in _CANDIDATE.finditer(address):
                        yield _Found(Use.IMAGE, at + candidate.start(1), at + candidate.end(1))
