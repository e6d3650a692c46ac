"""The search in the header: what it finds of each page.

With Material, the index is ours (see the room ``search``), and so is the worker that answers the search box: a reader's
browser loads of the index what a query needs, and nothing is in Material's own. With other themes, and where Material's
offline plugin wants all in one file, the index is that of the search plugin.
"""

from __future__ import annotations

import html
import os
import re
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from turbohtml import parse_fragment

from mkdocs_papers.library.front_matter import is_search
from mkdocs_papers.pages.hits import note_about
from mkdocs_papers.pages.language import Language
from mkdocs_papers.search.document import MOST_BOOST, Document, Part
from mkdocs_papers.search.sections import sections
from mkdocs_papers.site.build_cache.pages import Entry
from mkdocs_papers.site.files import NotePage, SourcePage

MATERIAL, MKDOCS = "material/search", "search"
"""The names of Material's search plugin, also where the configuration says just ``search``, and of MkDocs' own."""
_OFFLINE = "material/offline"

FOLDER = "search/papers"
"""Where the files of our index lie on the site."""

_WORKERS = "assets/javascripts/workers"
_WORKER = re.compile(r"search\.\w+\.min\.js")
_OUR_WORKER = Path(__file__).parent.parent / "assets" / "search" / "worker.js"

_PAPER_BOOST = 1.5
_NOTE, _PAGE = 0.75, 0.85
"""Where a paper and its note fit a query alike, the paper comes first: it leads to all there is."""


_LONGEST_NAME = 100
_BEHIND_A_NAME = frozenset(" \n>/")
"""Where one of these stands before the next ``=``, an attribute has no value."""


def search_plugin(config: MkDocsConfig) -> BasePlugin[Any] | None:
    """The site's search plugin, Material's or MkDocs', or None."""
    return config.plugins.get(MATERIAL) or config.plugins.get(MKDOCS)


def is_looked_at_by_others(config: MkDocsConfig) -> bool:
    """Whether a plugin besides ours and the search looks at pages while the search does, or a hook."""
    known = (search_plugin(config), config.plugins.get("papers"))
    return any(getattr(method, "__self__", None) not in known for method in config.plugins.events["page_context"])


def has_search_attributes(content: str) -> bool:
    """Whether HTML may hold what Material's search takes out of it: ``data-search-`` with a name and a value."""
    found = [part[:_LONGEST_NAME].partition("=") for part in content.split("data-search-")[1:]]
    return not all(_BEHIND_A_NAME.intersection(name) or value.startswith('""') for name, _, value in found)


def is_in_html(index: object) -> bool:
    """Whether an index is Material's, which holds HTML; MkDocs' holds plain text."""
    return hasattr(index, "entries")


def worker(config: MkDocsConfig) -> str | None:
    """The path below the site's root of the script that is to answer Material's search box by our index.

    It is None where the search is not Material's, or has to be in one file.
    """
    if MATERIAL not in config.plugins or _OFFLINE in config.plugins:
        return None
    names = [
        path.name
        for folder in config.theme.dirs
        for path in Path(folder, _WORKERS).glob("*.js")
        if _WORKER.fullmatch(path.name)
    ]
    return f"{_WORKERS}/{names[0]}" if names else None


def answer_by_own_worker(files: Files, config: MkDocsConfig) -> None:
    """Put our script in the place of the one with which Material answers its search box."""
    file = files.get_file_from_path(worker(config) or "")
    if file is not None:
        file.abs_src_path = os.fspath(_OUR_WORKER)


def document(page: Page, language: Language) -> Document | None:
    """What our index knows of a page; None for one that no search finds."""
    if isinstance(page, SourcePage):
        return page.file.source.content.document(page.url)
    said, found = page.meta.get("search"), sections(page.content or "")
    # Of notes it is known to be as it should; of other pages whatever their owner writes is here.
    wanted = said if is_search(said) else {}
    if wanted.get("exclude") or not found:
        return None
    first, *rest = found
    heading = next((entry.id for entry in page.toc if entry.level == 1), None)
    page_title = _line(str(page.meta.get("title", page.title)))
    title, text = first.title, first.text
    if isinstance(page, NotePage) and rest and not first.id and rest[0].id == heading:
        # What stands above a note's title is the plugin's, so the title stands in a part of its own.
        top = rest.pop(0)
        title, text = top.title, f"{text}\n{top.text}".strip()
    title = page_title if title is None else title
    parts = [Part("", "", text)] if text else []
    parts += [Part(each.id, page_title if each.title is None else each.title, each.text) for each in rest]
    is_note, tags = isinstance(page, NotePage), page.meta.get("tags")
    return Document(
        f"{page.url}#{first.id}" if first.id else page.url,
        title,
        about=", ".join(note_about(title, page.file.header.papers)) if isinstance(page, NotePage) else "",
        kind=str(language("column.note")) if is_note else "",
        subjects=tuple([_line(str(tag)) for tag in tags if tag and isinstance(tag, str | int | float)])
        if isinstance(tags, list)
        else (),
        parts=tuple(parts),
        boost=min(MOST_BOOST, (_NOTE if is_note else _PAGE) * float(wanted.get("boost", 1))),
    )


def entries(page: Page, found: list[Entry], *, in_html: bool) -> list[Entry]:
    """What the search plugin's own index holds of a page."""
    if not isinstance(page, SourcePage):
        return found
    paper = page.file.source.content.document(page.url)
    if paper is None:
        return []
    facts = " · ".join(filter(None, (", ".join(paper.people), *paper.subjects)))
    words = (facts, *paper.identifiers, *paper.hidden, *[part.text for part in paper.parts])
    title, text = f"{paper.title} {paper.about}", " ".join(filter(None, words))
    if not in_html:
        return [{"location": page.url, "title": title, "text": text}]
    return [{"location": page.url, "title": html.escape(title), "text": html.escape(text), "boost": _PAPER_BOOST}]


def _line(markup: str) -> str:
    """HTML as one line of text."""
    return " ".join(parse_fragment(markup.replace("\u200b", "")).text.split())
