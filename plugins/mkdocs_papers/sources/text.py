"""Texts and names as sources give them, made plain: no entities, no tags, no `Family, Given`."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser

_BLOCKS = frozenset({"p", "sec", "title", "list-item", "div", "br", "li"})
_INLINE = frozenset(
    {
        "i",
        "b",
        "em",
        "strong",
        "u",
        "sc",
        "tt",
        "italic",
        "bold",
        "monospace",
        "underline",
        "span",
        "a",
        "scp",
        "sub",
        "sup",
    }
    | {
        "inline-formula",
        "disp-formula",
        "alternatives",
        "tex-math",
        "list",
        "xref",
        "ext-link",
        "styled-content",
        "abstract",
    }
    | {"roman", "sans-serif", "named-content", "institution", "ul", "ol"}
)
_MATHML = "mml:"
_SCRIPTS = {"sub": "_", "sup": "^"}
_FORMULAS = frozenset({"inline-formula", "disp-formula"})
_FRAMED = frozenset({*_SCRIPTS, *_FORMULAS, "tex-math"})
_LATEX_DOCUMENT = re.compile(r"\\documentclass.*?\\begin\{document\}(.*?)\\end\{document\}", re.DOTALL)
_DISPLAY = re.compile(r"\$\$\s*(.+?)\s*\$\$", re.DOTALL)
_MAY_HOLD_TAGS = re.compile(r"</?[A-Za-z][\w:.-]*(?:\s[^<>]*)?/?>")
_SUFFIX = re.compile(r"(?:Jr|Sr)\.?|I{2,3}|IV", re.IGNORECASE)
_NUMBER = re.compile(r"\s+[0-9]{4}$")
_HEADINGS = frozenset({"abstract", "summary", "abstract."})
_CODE = re.compile(
    r"https?://(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|huggingface\.co|gitee\.com)"
    r"/[\w.-]+/[\w.-]+(?:/[\w.-]+)*|https?://[\w-]+\.github\.io(?:/[\w.-]+)*",
    re.IGNORECASE,
)
"""Where code is kept, by the addresses of what keeps it."""


@dataclass(slots=True)
class _Frame:
    """What is being collected inside one element.

    Attributes:
        name: the element.
        parts: its text so far.
        tex: of a formula, what it is in TeX; it goes before the same in MathML.
    """

    name: str
    parts: list[str] = field(default_factory=list)
    tex: str = ""

    @property
    def text(self) -> str:
        """What stands for the element in plain text; math stays math."""
        inner = "".join(self.parts)
        if self.name in _SCRIPTS:
            return _script(_SCRIPTS[self.name], inner.strip())
        return self.tex or inner


class _Stripped(HTMLParser):
    """The text of something with JATS, HTML or MathML tags in it; math in TeX is kept, of MathML its letters."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._frames = [_Frame("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # the parser's
        name = _name(tag)
        if name is None:
            self.handle_data(self.get_starttag_text() or "")
        elif name in _BLOCKS:
            self.handle_data("\n")
        elif name in _FRAMED:
            self._frames.append(_Frame(name))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if _name(tag) is not None:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        name = _name(tag)
        if name is None:
            self.handle_data(f"</{tag}>")
        elif name in _BLOCKS:
            self.handle_data("\n")
        elif name == self._frames[-1].name:
            self._close()

    def handle_data(self, data: str) -> None:
        self._frames[-1].parts.append(data)

    def _close(self) -> None:
        frame = self._frames.pop()
        if frame.name == "tex-math":
            formula = next((each for each in reversed(self._frames) if each.name in _FORMULAS), self._frames[-1])
            formula.tex = frame.text
        else:
            self.handle_data(frame.text)

    @property
    def text(self) -> str:
        """All of it."""
        while len(self._frames) > 1:
            self._close()
        return self._frames[0].text


def _name(tag: str) -> str | None:
    """The tag's name without JATS's prefix; None for something in angle brackets that is no tag."""
    if tag.startswith(_MATHML):
        return tag
    name = tag.removeprefix("jats:")
    return name if name in _BLOCKS | _INLINE else None


def _script(mark: str, inner: str) -> str:
    if not inner:
        return ""
    return f"${mark}{inner}$" if len(inner) == 1 else f"${mark}{{{inner}}}$"


def _untagged(text: str) -> str:
    if not _MAY_HOLD_TAGS.search(text):
        return html.unescape(text)
    parser = _Stripped()
    parser.feed(text)
    parser.close()
    found = _LATEX_DOCUMENT.sub(lambda document: document[1], parser.text)
    return _DISPLAY.sub(lambda formula: f"${formula[1]}$", found)


def paragraphs(text: object) -> str | None:
    """A text in plain paragraphs; None for none.

    Args:
        text: with entities, perhaps doubly escaped, and JATS or HTML tags.
    """
    if not isinstance(text, str):
        return None
    for _ in range(3):
        before, text = text, _untagged(text)
        if text == before:
            break
    lines = [" ".join(line.split()) for line in text.splitlines()]
    return "\n".join(line for line in lines if line and line.casefold() not in _HEADINGS) or None


def line(text: object) -> str | None:
    """A text on one line, made plain; None for none."""
    found = paragraphs(text)
    return " ".join(found.split()) if found else None


def joined_lines(text: object) -> str | None:
    """Paragraphs of a text that is broken into lines by its source; only an empty line parts two."""
    if not isinstance(text, str):
        return None
    return paragraphs("\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", text)))


def person(given: object, family: object, suffix: object = None) -> str | None:
    """A person's name from its parts, given name first."""
    name = " ".join(filter(None, (line(given), line(family))))
    after = line(suffix)
    return (f"{name}, {after}" if after else name) or None


def natural(name: object) -> str | None:
    """A name given name first, from ``Family, Given`` or ``Family, Jr., Given`` or ``Family, Given, Jr.``.

    Args:
        name: a person's; one without comma stays as it is.
    """
    text = line(name)
    if not text:
        return None
    parts = [part.strip() for part in text.split(",") if part.strip()]
    suffixes = [part for part in parts[1:] if _SUFFIX.fullmatch(part)]
    others = [part for part in parts if part not in suffixes]
    if len(others) != 2:  # noqa: PLR2004  # family and given name
        return text
    return ", ".join((f"{others[1]} {others[0]}", *suffixes))


def without_number(name: str) -> str:
    """A name without the number by which dblp tells people of one name apart: ``Wei Wang 0001``."""
    return _NUMBER.sub("", name)


def each_once(values: Iterable[str | None]) -> tuple[str, ...]:
    """The texts that are there, each once, in order."""
    return tuple(dict.fromkeys(filter(None, values)))


def year_of(date: object) -> int | None:
    """The year with which a date begins."""
    found = re.match(r"\s*([12][0-9]{3})(?![0-9])", str(date)) if date else None
    return int(found[1]) if found else None


def iso_date(*parts: object) -> str | None:
    """A date as precisely as it is known: ``iso_date(2024, 5)`` is ``2024-05``; None without a year."""
    found = []
    for part, (low, high) in zip(parts, ((1000, 9999), (1, 12), (1, 31)), strict=False):
        if not isinstance(part, int | str) or not str(part).strip().isdigit() or not low <= int(part) <= high:
            break
        found.append(f"{int(part):02}")
    return "-".join(found) or None


def code_addresses(text: str | None, where: str) -> tuple[tuple[str, str], ...]:
    """The addresses of code in a text, each with where it stands.

    Args:
        text: a comment or an abstract.
        where: what the text is.
    """
    found = (address.rstrip("./") for address in _CODE.findall(text or ""))
    return tuple((address, where) for address in dict.fromkeys(found))
