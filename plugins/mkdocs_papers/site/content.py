"""What becomes of a page after Markdown: links, what macros gave, a note's header, the page's ``<head>``."""

import contextlib
import html
import itertools
import posixpath
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2
from jinja2.filters import do_striptags
from markupsafe import Markup, escape
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from mkdocs_papers.library.names import one_line
from mkdocs_papers.library.notes import TOO_DEEP, place_in_front_matter
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.pages.feeds import feed_links
from mkdocs_papers.pages.head import Head, insert_head, note_head, page_head
from mkdocs_papers.pages.markup import Card, MarkupError, NoteContext, Shown, with_links
from mkdocs_papers.pages.page_source import TITLE_ID
from mkdocs_papers.pages.text import plain
from mkdocs_papers.records.problem import Place, problem
from mkdocs_papers.site.context import LibraryContext
from mkdocs_papers.site.files import NotePage, SourcePage, relative
from mkdocs_papers.site.library_files import LibraryFiles
from mkdocs_papers.site.note_markdown import Converted, local_path


def resolve(address: str, page: NotePage, files: LibraryFiles, settings: Settings) -> str:
    """The address on the site for one in a note, which says where its target lies in the repository.

    A record stands for its paper's page, a Markdown file for its page, a folder for its index; whatever is no file of
    the site stays as it is.
    """
    local = local_path(address)
    if local is None:
        return address
    for candidate in _targets(address, page, settings):
        file = files.at(candidate)
        # What MkDocs leaves out of the site has no address on it.
        if file is not None and not file.inclusion.is_excluded():
            return get_relative_url(file.url, page.file.url) + local[1]
    return address


def note_context(page: NotePage, library: LibraryContext) -> NoteContext:
    """What the site knows of the addresses in a note: where they lead, cards of papers, pictures."""
    cards = dict(page.file.header.cards)
    pictures = dict(page.file.header.pictures)
    numbers, base = itertools.count(1), _base(page)

    def card(address: str) -> Card | None:
        paper = next((cards[target] for target in _targets(address, page, library.settings) if target in cards), None)
        if paper is None:
            return None
        name = f"papers-card-{next(numbers)}"
        return Card(name, library.renderer.fragment("hover.html", "", paper=paper, id=name))

    def picture(address: str) -> Shown | None:
        path = next(iter(_targets(address, page, library.settings)), "")
        found = pictures.get(path.removeprefix(f"{library.settings.notes}/"))
        if found is None:
            return None
        candidates = [(each.path and base + each.path, each.width) for each in library.renderer.candidates(found)]
        return Shown(found.width, found.height, tuple(candidates))

    return NoteContext(
        lambda address: resolve(address, page, library.files, library.settings),
        card,
        picture,
        library.renderer.language("open_image"),
        plain(page.note.title),
    )


def check_template(page: NotePage, library: LibraryContext, env: Callable[[], jinja2.Environment]) -> None:
    """Let a note have the theme's usual template where the one that its front matter names is none."""
    name = page.meta.get("template")
    if name is None:
        return
    try:
        env().get_template(name)
    except (jinja2.TemplateError, OSError) as error:
        del page.meta["template"]
        path = f"{library.settings.notes}/{page.note.path}"
        place = place_in_front_matter((library.root / path).read_bytes(), "template")
        why = "there is no such template" if isinstance(error, jinja2.TemplateNotFound) else one_line(str(error))
        wrong = f"'template' in the front matter is {name!r}: {why}"
        page.problems += (problem("front-matter", path, place, wrong, "write the name of a template of the theme"),)


def as_source(page: NotePage, library: LibraryContext, wrong: str) -> Converted:
    """A note that cannot be made into a page: its title, what is wrong, and its source; it is a problem of the page."""
    if wrong != TOO_DEEP:  # that is a problem of the library already
        wrong = f"the note is shown as its source: {wrong}"
        page.problems += (problem("unusable-note", f"{library.settings.notes}/{page.note.path}", Place(), wrong),)
    title = plain(page.note.title)
    shown = library.renderer.fragment(
        "note_source.html", "", id=TITLE_ID, title=title, problem=wrong, source=page.markdown
    )
    outline = [{"level": 1, "id": TITLE_ID, "name": html.escape(title), "children": []}]
    return Converted(shown, outline, frozenset((TITLE_ID,)))


def _targets(address: str, page: NotePage, settings: Settings) -> tuple[str, ...]:
    """The paths that a relative address in a note may mean, relative to the project's root, the likeliest first."""
    local = local_path(address)
    if local is None:
        return ()
    folder = posixpath.dirname(f"{settings.notes}/{page.note.path}")
    target = posixpath.normpath(posixpath.join(folder, local[0]))
    return (target, f"{target}/index.md", f"{target}/README.md", f"{target}/note.md")


def resolve_in_docs(address: str, page: Page, library: LibraryContext) -> str:
    """The address on the site for one in raw HTML of a page in ``docs/``, which MkDocs leaves alone.

    Only what leads to a record, a note or a file beside notes changes; all else is as the page's writer put it.
    """
    local = local_path(address)
    if local is None or page.file.abs_src_path is None:
        return address
    path, rest = local
    folder = relative(Path(page.file.abs_src_path).parent, library.root)
    target = posixpath.normpath(posixpath.join(folder, path))
    if not target.startswith((f"{library.settings.meta}/", f"{library.settings.notes}/")):
        return address
    file = library.files.at(target)
    return address if file is None else get_relative_url(file.url, page.file.url) + rest


def finish(content: str, page: Page, library: LibraryContext) -> str:
    """The content of a page with what its macros gave, and, on a note, what stands above and below it."""
    if isinstance(page, SourcePage):
        return content
    if not isinstance(page, NotePage):
        # What the site's owner wrote there stands as it is where it cannot be read.
        with contextlib.suppress(MarkupError):
            content = with_links(content, lambda address: resolve_in_docs(address, page, library))
    content = library.macros.fill(page, content)
    own = page.problems if isinstance(page, NotePage) else ()
    library.reports.update(page.file.src_uri, (*own, *library.macros.problems(page)))
    _fill_outline(page, library)
    if isinstance(page, NotePage):
        header = library.renderer.fragment(
            "note_header.html", _base(page), page=page.file.header, title=page.note.title, has_title=page.has_title
        )
        footer = library.renderer.fragment("note_footer.html", _base(page), page=page.file.header)
        content = f"{header}{content}{footer}"
    return content


def without_tags(value: str) -> Markup:
    """The filter ``striptags`` of themes, whose text stays text: Jinja's makes ``<`` of ``&lt;``, and they print it."""
    return escape(do_striptags(value))


def add_head(output: str, page: Page, library: LibraryContext) -> str:
    """A finished page with what it says of itself in its ``<head>``."""
    if isinstance(page, SourcePage):
        head = page_head(library.site, page.file.source)
    elif isinstance(page, NotePage):
        head = note_head(library.site, page.note)
    elif page.is_homepage:
        head = Head(feed_links(library.site))
    else:
        return output
    return insert_head(output, library.renderer.fragment("head.html", _base(page), head=head))


def _base(page: Page) -> str:
    """The way from a page up to the site's root."""
    return "../" * page.file.dest_uri.count("/")


def _fill_outline(page: Page, library: LibraryContext) -> None:
    def fill(entries: Any) -> None:
        for entry in entries:
            entry.title = library.macros.fill_text(page, entry.title)
            fill(entry.children)

    fill(page.toc)
    title = str(page.title)
    filled = library.macros.fill_text(page, title)
    if filled != title:
        page.title = filled
