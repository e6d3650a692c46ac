"""Text without the markup that services and reference managers leave in it: entities, JATS, HTML and CSL's tags.

Math stays math: formulas in TeX, and what is raised or lowered, stand between dollars.
"""

import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from mkdocs_papers.records.limits import DEEPEST_LATEX

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")

_INVISIBLE = dict.fromkeys(
    sign
    for sign in (*range(0x20), *range(0x7F, 0xA0), 0xAD, 0x200B, 0x202D, 0x202E, *range(0x2060, 0x2065), 0xFEFF)
    if not chr(sign).isspace()
)
"""Control characters, places to break a word, and operators that are not drawn: no title means them."""

_INLINE = re.compile(
    "a|abbr|b|bold|cite|code|em|emph|font|i|italic|mark|monospace|ovl|roman|sans-serif|sc|scp|small|span|strong"
    "|styled-content|sub-sup|tex|tt|u|underline|ext-link|named-content|alternatives|institution|xref"
)
_SCRIPTS = {"sub": "_", "sup": "^"}
_PARAGRAPH = re.compile("p|div|sec|li|list-item|br|break")
_BLOCK = re.compile("abstract|caption|disp-quote|h1|h2|h3|h4|list|ol|title|ul")
_FORMULA = re.compile("inline-formula|disp-formula|tex-math")
_NOT_SHOWN = frozenset({"annotation", "annotation-xml", "fn"})
"""Elements that say again what a formula says, or what stands below a page."""

_MATHML = re.compile(
    "math|semantics|annotation(?:-xml)?|m[inos]|mtext|mrow|ms(?:up|ub|ubsup|qrt|tyle|pace)|m(?:frac|root|over|under|underover|fenced|padded|phantom)"
    "|mt(?:able|r|d)"
)
"""The elements of MathML that stand in titles (https://www.w3.org/TR/mathml-core/), with or without ``mml:``."""

_HAT = {"^": "hat", "ˆ": "hat", "~": "tilde", "˜": "tilde", "→": "vec", "¯": "bar", "‾": "bar", "˙": "dot", ".": "dot"}
_SHAPES = {
    "msup": ("{base}^{first}", 2),
    "msub": ("{base}_{first}", 2),
    "msubsup": ("{base}_{first}^{last}", 3),
    "munderover": ("{base}_{first}^{last}", 3),
    "mfrac": (r"\frac{{{0}}}{{{1}}}", 2),
    "mroot": (r"\sqrt[{1}]{{{0}}}", 2),
    "mover": (r"\overset{{{1}}}{{{0}}}", 2),
    "munder": (r"\underset{{{1}}}{{{0}}}", 2),
}
"""What elements of several parts are in TeX, and how many parts they have."""

_NO_TAG = re.compile(
    rf"<(?!/?jats:|/?(?:[\w.-]+:)?(?:{'|'.join(_NOT_SHOWN)}|{'|'.join(_SCRIPTS)}"
    rf"|{_INLINE.pattern}|{_FORMULA.pattern}|{_MATHML.pattern}|{_PARAGRAPH.pattern}|{_BLOCK.pattern})[\s/>])",
    re.IGNORECASE,
)
"""What begins no tag that a service uses, and so is text, as in "p<q and r>s"."""

_LATEX_DOCUMENT = re.compile(r"(?:\\documentclass.*?)?\\begin\{document\}(.*?)\\end\{document\}", re.DOTALL)
_DISPLAY = re.compile(r"(?:\$\$|\\\(|\\\[)\s*(.+?)\s*(?:\$\$|\\\)|\\\])", re.DOTALL)


def decoded(text: str) -> str:
    """The text with characters in place of entities such as ``&amp;`` and ``&#8211;``."""
    return visible(_ENTITY.sub(lambda found: html.unescape(found[0]), text))


def visible(text: str) -> str:
    """The text without characters that nobody sees, and that tell one text from another to a program."""
    return text if text.isascii() and text.isprintable() else text.translate(_INVISIBLE)


def plain(text: str) -> str:
    """A title or name on one line without entities and the tags of HTML, JATS and CSL; other tags are text."""
    return " ".join(without_tags(text).split())


def plain_paragraphs(text: str) -> str:
    """An abstract without markup: its paragraphs on one line each, parted by an empty one."""
    parts = re.split(r"\n\s*\n", without_tags(text))
    return "\n\n".join(line for part in parts if (line := " ".join(part.split())))


def without_tags(text: str) -> str:
    """The text without tags and entities; paragraphs are parted by empty lines, and other white space stays.

    Args:
        text: with or without entities and the tags of HTML, JATS, MathML and CSL, which may be written with entities
            themselves where they close: ``&lt;i&gt;in vivo&lt;/i&gt;``. Other tags are text.
    """
    once = _without_tags(text)
    return _without_tags(once) if "</" in once else once


def _without_tags(text: str) -> str:
    if "<" not in text:
        return decoded(text)
    parser = _Text()
    # The parser would take "AT&T" for an entity; so it gets none, and they are decoded afterwards.
    parser.feed(_NO_TAG.sub("&lt;", text.replace("&", "&amp;")))
    # What is left is a tag that does not end, and so none. Versions of Python differ in what `close` would make of it.
    parser.handle_data(_written(parser.rawdata))
    return decoded(parser.text)


def _written(text: str) -> str:
    """What was given to the parser, as it was written."""
    return text.replace("&lt;", "<").replace("&amp;", "&")


@dataclass(slots=True)
class _Element:
    """An element of which more is wanted than its text: that so far, and the same formula in TeX where it has that."""

    name: str
    parts: list[str] = field(default_factory=list)
    tex: str = ""

    @property
    def text(self) -> str:
        """What stands for it in plain text."""
        if self.name in _NOT_SHOWN:
            return ""
        inner = "".join(self.parts)
        if self.name == "tex-math":
            source = _LATEX_DOCUMENT.sub(lambda document: document[1], inner)
            formula = _DISPLAY.sub(lambda found: f"${found[1]}$", source).strip()
            return formula if "$" in formula else f"${formula}$"
        if self.name in _SCRIPTS and inner.strip():
            return script(_SCRIPTS[self.name], inner)
        return self.tex or (self._formula(inner) if _MATHML.fullmatch(self.name) else inner)

    def _formula(self, inner: str) -> str:
        """An element of MathML in TeX."""
        if self.name == "math":
            formula = " ".join(inner.split())
            return f"${formula}$" if formula and not formula.isdecimal() else formula
        if self.name in {"mi", "mtext"} and len(inner.strip()) > 1:
            return f"\\{'text' if self.name == 'mtext' else 'mathrm'}{{{inner.strip()}}}"
        parts = [part.strip() for part in self.parts if part.strip()]
        if self.name == "mfenced":
            return f"({','.join(parts)})"
        shape, count = _SHAPES.get(self.name, ("", 0))
        if not shape or count != len(parts):
            return f"\\sqrt{{{''.join(parts)}}}" if self.name == "msqrt" else "".join(parts)
        if self.name == "mover" and parts[1] in _HAT:
            return f"\\{_HAT[parts[1]]}{{{parts[0]}}}"
        return shape.format(*parts, base=_base(parts[0]), first=_group(parts[1]), last=_group(parts[-1]))


def script(sign: str, text: str) -> str:
    """What is raised or lowered, as math; nothing where it is blank."""
    return f"${sign}{_group(text.strip())}$" if text.strip() else ""


def _group(formula: str) -> str:
    """A formula as what stands above or below."""
    return formula if len(formula) == 1 else f"{{{formula}}}"


def _base(formula: str) -> str:
    """A formula as what something stands above or below of; a command with its argument needs no braces."""
    is_one = formula.startswith("\\") or formula.isdecimal() or (formula.isalnum() and len(formula) == 1)
    return formula if is_one else f"{{{formula}}}"


class _Text(HTMLParser):
    """The text between tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open = [_Element("")]

    @property
    def text(self) -> str:
        """All of it; elements that were not closed end here."""
        while len(self._open) > 1:
            self._close()
        return self._open[0].text

    def set_cdata_mode(self, elem: str, **_flags: Any) -> None:
        """Take what stands in a script as what stands anywhere: no title runs one."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """The start of an element."""
        name = tag.rpartition(":")[2]
        if any(value is None for _, value in attrs):
            self.handle_data(_written(self.get_starttag_text() or ""))  # "a<b and c>d"
        elif self._wants(tag) and len(self._open) <= DEEPEST_LATEX:
            self._open.append(_Element(name))
        else:
            self._tag(tag, _written(self.get_starttag_text() or ""))

    def handle_endtag(self, tag: str) -> None:
        """The end of one."""
        name = tag.rpartition(":")[2]
        if self._wants(tag):
            if name == self._open[-1].name:
                self._close()
        else:
            self._tag(tag, f"</{tag}>")

    def _wants(self, tag: str) -> bool:
        """Whether more is wanted of an element than its text."""
        name = tag.rpartition(":")[2]
        in_formula = tag.startswith("mml:") or any(each.name == "math" for each in self._open)
        if name == "math" or in_formula:
            return _MATHML.fullmatch(name) is not None
        return name in _NOT_SHOWN or name in _SCRIPTS or _FORMULA.fullmatch(name) is not None

    def _close(self) -> None:
        done = self._open.pop()
        formula = next((each for each in reversed(self._open) if _FORMULA.fullmatch(each.name)), None)
        if done.name == "tex-math" and formula:
            formula.tex = done.text  # the same stands beside it in MathML
        else:
            self.handle_data(done.text)

    def _tag(self, tag: str, source: str) -> None:
        name = tag.rpartition(":")[2]
        if _PARAGRAPH.fullmatch(name):
            self.handle_data("\n\n")
        elif _BLOCK.fullmatch(name):
            self.handle_data(" ")
        elif not _INLINE.fullmatch(name) and not tag.startswith(("mml:", "jats:")):
            self.handle_data(source)

    def handle_data(self, data: str) -> None:
        """What stands between tags."""
        self._open[-1].parts.append(data)
