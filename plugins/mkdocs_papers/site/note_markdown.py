"""Notes: Markdown as the site configures it, with links that lead where they lead in the repository, and math."""

import functools
import html
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from typing import Any
from urllib.parse import unquote, urlsplit

import markdown
from markdown.extensions import Extension
from mkdocs.config.defaults import MkDocsConfig

from mkdocs_papers.library.notes import TOO_DEEP, too_deep
from mkdocs_papers.pages.markup import Finished, MarkupError, NoteContext, finished
from mkdocs_papers.pages.mathml import MathError, mathml
from mkdocs_papers.pages.page_source import TITLE_ID
from mkdocs_papers.pages.sanitize import passive_html, safe_id
from mkdocs_papers.records.limits import MOST_SECONDS
from mkdocs_papers.site.steps import LateError, TooManyStepsError, bound, bounded_time

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
"""Markdown extensions that bring other files, or what a program says, into a page: no untrusted note may use them."""


@dataclass(frozen=True, slots=True)
class Converted:
    """A converted note: its HTML, outline and anchors, and whether its title stands in it."""

    content: str
    outline: list[Any]
    anchors: frozenset[str]
    has_title: bool = True


def convert(text: str, config: MkDocsConfig, context: NoteContext, *, sanitize: bool = False) -> Converted:
    """A note's Markdown as HTML.

    Args:
        context: what the site knows of the addresses in the note.
        sanitize: whether it is untrusted: then nothing in it acts, and no other file comes into it.

    Raises:
        MarkupError: it cannot be made into a page; the message says why.
    """
    if too_deep(text) is not None:
        raise MarkupError(TOO_DEEP)
    extensions = [name for name in config.markdown_extensions if not (sanitize and name in INCLUDING)]
    settings: dict[str, Mapping[str, Any]] = dict(config.mdx_configs)
    if ARITHMATEX not in extensions:
        extensions.append(ARITHMATEX)
    # Generic mode marks math without the script tags of one particular library.
    settings[ARITHMATEX] = {**settings.get(ARITHMATEX, {}), "generic": True}
    loaded = [maker(**settings.get(name, {})) if (maker := _maker(name)) else name for name in extensions]
    converter = markdown.Markdown(extensions=loaded, extension_configs=settings)
    content = _converted(converter, text)
    mark = f"{secrets.token_hex(8)}-" if sanitize else ""
    made = finished(content, context, mark)
    outline = _below_title(made, context.title, getattr(converter, "toc_tokens", []))
    return Converted(
        passive_html(made.html, mark) if sanitize else made.html,
        _outline(outline, sanitize=sanitize),
        made.anchors | {TITLE_ID},
        has_title=made.has_title,
    )


@functools.cache
def _maker(name: str) -> Callable[..., Extension] | None:
    """What makes the extension that a package has registered by this name, which Markdown looks up for each text."""
    found = metadata.entry_points(group="markdown.extensions", name=name)
    return next(iter(found)).load() if found else None


def _converted(converter: markdown.Markdown, text: str) -> str:
    """What Markdown makes of a text."""
    bound(converter, text)
    try:
        with bounded_time(MOST_SECONDS):
            return converter.convert(text)
    except (TooManyStepsError, LateError) as error:
        wrong = (
            "Markdown takes far too long for it: brackets, tags or formulas in it are never closed, or too many lines "
        )
        raise MarkupError(f"{wrong}are headings or rules without an empty line between") from error
    except RecursionError as error:
        wrong = "its lists, quotes or definitions are nested too deeply, or too many follow one another"
        raise MarkupError(wrong) from error
    except Exception as error:  # whatever an extension raises at what a note holds
        raise MarkupError(f"Markdown cannot read it ({type(error).__name__})") from error


def _below_title(made: Finished, title: str, entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """An outline in which the title holds all else, as a heading of level 1 does that the Markdown has."""
    if not made.has_title:
        return [{"level": 1, "id": TITLE_ID, "name": html.escape(title), "children": entries}]
    if not entries or entries[0]["id"] != made.title_id:
        return entries
    own, *others = entries
    return [{**own, "level": 1, "children": [*own["children"], *others]}]


def _outline(entries: list[dict[str, Any]], *, sanitize: bool) -> list[Any]:
    """An outline that themes can print as it is: plain names but for math, and ids that are no markup."""
    return [
        {
            **entry,
            "id": html.escape(safe_id(entry["id"]) if sanitize else entry["id"]),
            "name": "".join(_drawn(html.unescape(entry["name"]))),
            "children": _outline(entry["children"], sanitize=sanitize),
        }
        for entry in entries
    ]


def _drawn(name: str) -> Iterator[str]:
    r"""The HTML of a name in an outline, where math stands as LaTeX between `\(` and `\)`."""
    before, *parts = name.split("\\(")
    yield html.escape(before)
    for part in parts:
        latex, closing, after = part.partition("\\)")
        try:
            yield mathml(latex.strip()) if closing else html.escape(f"\\({part}")
        except MathError:
            yield html.escape(f"\\({latex}{closing}")
        yield html.escape(after)


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
