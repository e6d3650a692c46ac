"""The search in the header: what of each page goes into the search plugin's index, and how the index splits words.

Material's search plugin divides a page at its headings. Here a paper becomes one entry, made from what the library
knows of it rather than from its page; a note says which paper it is about; listings are left out. What comes of a page
depends on that page alone, so the engine keeps it page by page.

Material's search in the browser (lunr) finds words by their beginning. What that means for text without spaces is in
`pages.unspaced`. The tails of its runs, and words without their accents, stand hidden at the end of each paragraph: a
hit shows the paragraphs in which something was found, and they read as they were written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from turbohtml import Element, Formatter, Html, Node, Text, parse_fragment

from mkdocs_papers.pages.contents import PaperPage
from mkdocs_papers.pages.hits import note_about, paper_hit
from mkdocs_papers.pages.unspaced import LETTERS, MARK, marked, tails
from mkdocs_papers.site.files import NotePage, SourcePage

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.plugins import BasePlugin
    from mkdocs.structure.pages import Page

    from mkdocs_papers.pages.render import Renderer

Entry = dict[str, Any]
"""An entry of a search index: ``title``, ``text``, ``location`` and, for Material, ``tags`` and ``boost``."""

MATERIAL, MKDOCS = "material/search", "search"
"""The names of Material's search plugin, also where the configuration says just ``search``, and of MkDocs' own."""

_PAPER_BOOST = 1.5
"""Where a paper and its note fit a query alike, the paper comes first: it leads to all there is."""

_PIECES = "|".join(
    (
        # A run in a text, which its tails stand for. A query has no mark, and stays whole ...
        f"{MARK}[{LETTERS}]+",
        # ... unless it is longer than a tail: then it is cut after every third character, its last piece 3 to 5 long.
        f"(?<=(?<![{LETTERS}])(?:[{LETTERS}]{{3}})+)(?=[{LETTERS}]{{3}})",
    )
)
_BOUNDS = "|".join(
    (
        # Between such a run and what stands beside it without a space: GPU加速.
        f"(?<=[{LETTERS}])(?![{LETTERS}{MARK}])",
        f"(?<![{LETTERS}{MARK}])(?=[{LETTERS}])",
    )
)
_FUNCTION_WORDS = (
    # They say nothing, and as beginnings of words they would find half of the library: "at" finds attention.
    r"(?<!\S)(?:[Aa]n?|[Aa]nd|[Aa]re|[Aa][st]|[Bb][ey]|[Ff]or|[Ff]rom|[Ii][nst]|[Oo][fnr]|[Tt]he|[Tt]his|[Tt]hat|[Tt]o"
    r"|[Vv]ia|[Ww]ith)(?!\S)"
)
_PUNCTUATION = (
    # What the index escapes: the ampersand and angle brackets.
    r"&[agl][mt]p?;"
    r"|[\s\-_,:;!?=()\[\]{}<>\"'`/\\\x7c\x26\xa0\xab\xb7\xbb\u200b\u2010-\u2027\u2030-\u205e"
    r"\u3000-\u3004\u3008-\u3020\u3030\u30a0\u30fb\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]+"
    # Not within 2.5 or 2406.10774.
    r"|\.(?!\d)"
)
SEPARATOR = f"{_PIECES}|{_FUNCTION_WORDS}|{_PUNCTUATION}|{_BOUNDS}"
"""Between what the index takes for words, in texts and in queries alike: a browser's regular expression."""

_WORD = re.compile(r"[^\W_]+")
_BLOCKS = frozenset(("p", "ul", "ol", "li", "pre"))
"""What Material keeps of a page in the index, but for what stands inside lines."""
_ENDING_LINES = frozenset(("p", "li", "pre", "h1", "h2", "h3", "h4", "h5", "h6"))
_WRITTEN = Html(formatter=Formatter.MINIMAL)
"""No character is written as a name: the index would take that for a word."""
_ODD_LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"})


def search_plugin(config: MkDocsConfig) -> BasePlugin[Any] | None:
    """The site's search plugin, Material's or MkDocs', or None."""
    return config.plugins.get(MATERIAL) or config.plugins.get(MKDOCS)


def is_in_html(index: object) -> bool:
    """Whether an index is Material's, which holds HTML; MkDocs' holds plain text."""
    return hasattr(index, "entries")


def configure(config: MkDocsConfig) -> None:
    """Set what Material's search needs, before it sets its own defaults; what the site's owner set stays.

    An owner's separator is added to, since it cannot know how unspaced text is indexed.
    """
    plugin = config.plugins.get(MATERIAL)
    if plugin is None:
        return
    options = plugin.config
    options.separator = f"{_PIECES}|{options.separator}|{_BOUNDS}" if options.separator else SEPARATOR
    if options.pipeline == type(options)().pipeline:
        # Queries are beginnings of words as they are written. An index of stems has those no more, and a trimmer drops
        # letters that are not of its language; some of the theme's languages would switch them on.
        options.pipeline = ["stopWordFilter"]
    if not options.lang and str(config.theme.get("language")).startswith("ja"):
        # Material's segmenter for Japanese parts the words of texts, but not those of queries.
        options.lang = ["en"]


def entries(page: Page, found: list[Entry], renderer: Renderer, *, in_html: bool) -> list[Entry]:
    """What the index holds of a page.

    Args:
        page: the page, rendered.
        found: what the search plugin made of it.
        renderer: renders what hits show.
        in_html: what `is_in_html` says of the index.
    """
    if isinstance(page, SourcePage):
        found = _paper(page, renderer)
        if not in_html:
            return [
                {"location": page.url, **{name: _plain(entry[name]) for name in ("title", "text")}} for entry in found
            ]
    elif isinstance(page, NotePage) and in_html:
        found = _note(page, found, renderer)
    return [findable(entry) for entry in found] if in_html else found


def _paper(page: SourcePage, renderer: Renderer) -> list[Entry]:
    content = page.file.source.content
    if not page.file.source.searchable or not isinstance(content, PaperPage):
        return []
    hit = paper_hit(content)
    title = renderer.fragment(
        "search_title.html", "", title=hit.title, kind="", about=(hit.published,), named=hit.named
    )
    text = renderer.fragment("search_paper.html", "", hit=hit)
    return [
        {
            "location": page.url,
            "title": title.strip(),
            "text": text.strip(),
            "boost": _PAPER_BOOST,
        }
    ]


def _note(page: NotePage, found: list[Entry], renderer: Renderer) -> list[Entry]:
    """The note's entries, the first of which says what it is about."""
    if not found:
        return []
    first, *rest = found
    heading = next((entry.id for entry in page.toc if entry.level == 1), None)
    if rest and heading is not None and rest[0]["location"] == f"{first['location']}#{heading}":
        # What stands above a note's title is the plugin's, so Material takes the title for a section.
        title = rest.pop(0)
        first = {**first, "title": title["title"], "text": f"{first['text']} {title['text']}".strip()}
    about = note_about(_plain(first["title"]), page.file.header.papers)
    kind = str(renderer.language("column.note"))
    written = Markup(first["title"])  # noqa: S704 - the search plugin escapes what it finds
    shown = renderer.fragment("search_title.html", "", title=written, kind=kind, about=about, named=())
    return [{**first, "title": shown.strip()}, *rest]


def findable(entry: Entry) -> Entry:
    """An entry of Material's with the words in it that it is found by besides."""
    # Where jieba is installed, Material parts words by invisible spaces.
    title, text = (parse_fragment(str(entry[field]).replace("\u200b", "")) for field in ("title", "text"))
    _add_words(title)
    paragraphs = list(_paragraphs(text))
    for paragraph in paragraphs:
        _add_words(paragraph)
    made = {
        **entry,
        "title": title.serialize(_WRITTEN, inner=True),
        "text": "".join(paragraph.serialize(_WRITTEN) for paragraph in paragraphs),
    }
    if "tags" in entry:
        made["tags"] = [_with_words(str(tag)) for tag in entry["tags"]]
    return made


def _with_words(html: str) -> str:
    root = parse_fragment(html)
    _add_words(root)
    return root.serialize(_WRITTEN, inner=True)


def _add_words(element: Element) -> None:
    """Mark the runs in a paragraph or a title, and hide at its end the words that it is found by besides."""
    texts = [node for node in element.descendants if isinstance(node, Text) and not node.data.isascii()]
    if not texts:
        return
    words = " ".join((*tails(text.data for text in texts), *_without_accents(_text(element))))
    for text in texts:
        text.data = marked(text.data)
    if words:
        hidden = Element("s", {"hidden": ""})
        hidden.text = words
        element.append(hidden)


def _paragraphs(text: Element) -> Iterator[Element]:
    """The blocks of an entry's text; what stands loose between them, such as a table's words, becomes paragraphs."""
    loose: list[Node] = []
    for node in (*text.children, None):
        if node is not None and not (isinstance(node, Element) and node.tag in _BLOCKS):
            loose.append(node)
            continue
        if any(_text(each).strip() for each in loose):
            paragraph = Element("p", children=loose)
            for edge, strip in ((paragraph.children[0], str.lstrip), (paragraph.children[-1], str.rstrip)):
                if isinstance(edge, Text):
                    edge.data = strip(edge.data)
            yield paragraph
        loose = []
        if isinstance(node, Element):
            yield node


def _without_accents(text: str) -> Iterable[str]:
    """Words as people type them who have no key for an accent, or a stroke, or small figures."""
    words = (match[0].lower() for match in _WORD.finditer(text) if not match[0].isascii())
    return dict.fromkeys(folded for word in words if (folded := _fold(word)) != word)


def _fold(word: str) -> str:
    parts = unicodedata.normalize("NFKD", word.casefold().translate(_ODD_LETTERS))
    return unicodedata.normalize("NFC", "".join(each for each in parts if not "\u0300" <= each <= "\u036f")).casefold()


def _plain(markup: str) -> str:
    """HTML as one line of text."""
    return " ".join(_text(parse_fragment(markup)).split())


def _text(node: Node) -> str:
    """The text of HTML, a space after each of its lines."""
    parts: list[str] = []
    left: list[Node | str] = [node]
    while left:
        each = left.pop()
        if isinstance(each, str):
            parts.append(each)
        elif isinstance(each, Text):
            parts.append(each.data)
        else:
            left += [" "] if isinstance(each, Element) and each.tag in _ENDING_LINES else []
            left += reversed(each.children)
    return "".join(parts)
