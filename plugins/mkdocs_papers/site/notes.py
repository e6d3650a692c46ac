"""Notes: Markdown as the site configures it, with links that lead where they lead in the repository, and math."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import markdown
from mkdocs.structure.toc import get_toc

from mkdocs_papers.pages.mathml import MathError, mathml
from mkdocs_papers.pages.sanitize import passive_html

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

ARITHMATEX = "pymdownx.arithmatex"

INCLUDING = frozenset(
    (
        "pymdownx.b64",
        "pymdownx.snippets",
        "markdown_include.include",
        "mdx_include",
        "mkdocs-click",
        "mdx_truly_sane_include",
    )
)
"""Markdown extensions that bring other files, or what a program says, into a page: not at a stranger's word."""

_MATH = re.compile(r'<(span|div) class="arithmatex">(.*?)</\1>', re.DOTALL)
_NAMED_MATH = re.compile(r"\\\((.+?)\\\)")
_TAG = re.compile(r"<(a|img|source|video|audio|embed|object)\b((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"(\s)(href|src|srcset|poster|data)(\s*=\s*)(\"[^\"]*\"|'[^']*'|[^\s\"'>]+)", re.IGNORECASE)
_CODE = re.compile(r"<(pre|code|script|style|textarea)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_NO_MARKUP = re.compile(r"<(script|style|textarea)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
"""Where what looks like a tag is none. (In code it is: what Markdown knows as code is escaped.)"""
_ANCHOR = re.compile(r"<[a-zA-Z][^>]*?\s(?:id|name)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


class Converted:
    """A converted note: its HTML, outline and anchors."""

    def __init__(self, content: str, toc: list[Any]) -> None:
        self.content = content
        self.toc = get_toc(_drawn_outline(toc))
        self.anchors = {html.unescape(first or second) for first, second in _ANCHOR.findall(content)}


def convert(
    text: str,
    config: MkDocsConfig,
    resolve: Callable[[str], str],
    annotated: Callable[[str], str] = str,
    *,
    sanitize: bool = False,
) -> Converted:
    """A note's Markdown as HTML.

    Args:
        text: the Markdown.
        config: the site's Markdown extensions.
        resolve: gives the address to use for one that the note holds.
        annotated: gives the HTML with what the note gets besides, its addresses still as its writer wrote them.
        sanitize: whether a stranger may have written it: then nothing in it acts, and no other file comes into it.
    """
    extensions = [name for name in config.markdown_extensions if not (sanitize and name in INCLUDING)]
    settings: dict[str, Mapping[str, Any]] = dict(config.mdx_configs)
    if ARITHMATEX not in extensions:
        extensions.append(ARITHMATEX)
    # Generic mode marks math without the script tags of one particular library.
    settings[ARITHMATEX] = {**settings.get(ARITHMATEX, {}), "generic": True}
    converter = markdown.Markdown(extensions=extensions, extension_configs=settings)
    content = converter.convert(text)
    outline = getattr(converter, "toc_tokens", [])
    if sanitize:
        content, outline = passive_html(content), _plain_outline(outline)
    return Converted(with_links(annotated(with_math(content)), resolve), outline)


def _plain_outline(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """An outline whose names are text: themes print them as they are."""
    return [
        {**entry, "name": html.escape(html.unescape(entry["name"])), "children": _plain_outline(entry["children"])}
        for entry in entries
    ]


def _drawn_outline(entries: list[dict[str, Any]]) -> list[Any]:
    r"""An outline whose names show math: there it stands as LaTeX between `\(` and `\)`."""
    return [
        {**entry, "name": _NAMED_MATH.sub(_drawn_name, entry["name"]), "children": _drawn_outline(entry["children"])}
        for entry in entries
    ]


def _drawn_name(match: re.Match[str]) -> str:
    try:
        return mathml(html.unescape(match[1]).strip())
    except MathError:
        return match[0]


def with_math(content: str) -> str:
    """HTML with the math that `ARITHMATEX` marked drawn as MathML; math that cannot be read stays as it was written."""

    def draw(match: re.Match[str]) -> str:
        source = html.unescape(match[2]).strip()
        display = source.startswith(("\\[", "\\begin"))
        latex = source.removeprefix("\\(").removeprefix("\\[").removesuffix("\\)").removesuffix("\\]").strip()
        try:
            drawn = mathml(latex, display=display)
        except MathError:
            return f'<code class="papers-math">{html.escape(latex)}</code>'
        if match[1] == "div":
            return f'<div class="papers-math" data-search-exclude>{drawn}</div>'
        # A search would find and show the formula twice: drawn, and as it was written.
        return str(drawn).replace("<annotation ", "<annotation data-search-exclude ", 1)

    return _outside(_CODE, content, lambda part: _MATH.sub(draw, part))


def with_links(content: str, resolve: Callable[[str], str]) -> str:
    """HTML with every address in it, raw HTML's included, replaced by what ``resolve`` gives for it."""

    def attribute(match: re.Match[str]) -> str:
        value = match[4]
        address = html.unescape(value[1:-1] if value[0] in "\"'" else value)
        if match[2].lower() == "srcset":
            parts = (part.strip().partition(" ") for part in address.split(","))
            replaced = ", ".join(" ".join(filter(None, (resolve(url), size))) for url, _, size in parts if url)
        else:
            replaced = resolve(address)
        return match[0] if replaced == address else f'{match[1]}{match[2]}{match[3]}"{html.escape(replaced)}"'

    return _outside(
        _NO_MARKUP, content, lambda part: _TAG.sub(lambda tag: f"<{tag[1]}{_ATTRIBUTE.sub(attribute, tag[2])}>", part)
    )


def _outside(kept: re.Pattern[str], content: str, change: Callable[[str], str]) -> str:
    parts: list[str] = []
    position = 0
    for match in kept.finditer(content):
        parts += [change(content[position : match.start()]), match[0]]
        position = match.end()
    parts.append(change(content[position:]))
    return "".join(parts)


def local_path(address: str) -> tuple[str, str] | None:
    """The path that an address names in the repository, decoded, and what follows it: query and anchor.

    None if it is no relative path.
    """
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith(("/", "\\")):
        return None
    rest = (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")
    return unquote(parts.path), rest
