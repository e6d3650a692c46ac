"""Text without the markup that services and reference managers leave in it: entities, JATS, HTML and CSL's tags."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from typing import Any

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")

_INLINE = re.compile(
    "a|abbr|b|bold|cite|code|em|emph|font|i|italic|mark|monospace|ovl|roman|sans-serif|sc|scp|small|span|strong"
    "|styled-content|sub|sub-sup|sup|tt|u|underline|ext-link|named-content"
)
_PARAGRAPH = re.compile("p|div|sec|li|list-item|br")
_BLOCK = re.compile("abstract|caption|disp-quote|h1|h2|h3|h4|list|ol|title|ul")


def decoded(text: str) -> str:
    """The text with characters in place of entities such as ``&amp;`` and ``&#8211;``."""
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text)


def plain(text: str) -> str:
    """A title or name without markup, on one line.

    Args:
        text: with or without entities and the tags of HTML, JATS and CSL. Other tags are text.
    """
    return " ".join(_without_tags(text).split())


def plain_paragraphs(text: str) -> str:
    """An abstract without markup: its paragraphs on one line each, parted by an empty one."""
    parts = re.split(r"\n\s*\n", _without_tags(text))
    return "\n\n".join(line for part in parts if (line := " ".join(part.split())))


def _without_tags(text: str) -> str:
    if "<" not in text:
        return decoded(text)
    parser = _Text()
    # The parser would take "AT&T" for an entity; so it gets none, and they are decoded afterwards.
    parser.feed(text.replace("&", "&amp;"))
    parser.close()
    return decoded("".join(parser.parts))


class _Text(HTMLParser):
    """The text between tags. Tags that no service uses are text themselves, as in "p<q and r>s"."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def set_cdata_mode(self, elem: str, **_flags: Any) -> None:
        """Take what stands in a script as what stands anywhere: no title runs one."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """The start of an element."""
        del attrs
        self._tag(tag, (self.get_starttag_text() or "").replace("&amp;", "&"))

    def handle_endtag(self, tag: str) -> None:
        """The end of one."""
        self._tag(tag, f"</{tag}>")

    def _tag(self, tag: str, source: str) -> None:
        name = tag.rpartition(":")[2]
        if _PARAGRAPH.fullmatch(name):
            self.parts.append("\n\n")
        elif _BLOCK.fullmatch(name):
            self.parts.append(" ")
        elif not _INLINE.fullmatch(name):
            self.parts.append(source)

    def handle_data(self, data: str) -> None:
        """What stands between tags."""
        self.parts.append(data)

    def handle_comment(self, data: str) -> None:
        """A comment, which no title has: text."""
        self.parts.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        """A declaration: text."""
        self.parts.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        """An instruction: text."""
        self.parts.append(f"<?{data}>")

    def unknown_decl(self, data: str) -> None:
        """Another declaration: text."""
        self.parts.append(f"<![{data}]>")
