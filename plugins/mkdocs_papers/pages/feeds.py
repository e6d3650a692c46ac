"""Feeds: what is new in the library, and in each venue and under each keyword, for readers of feeds.

Each feed comes as Atom (RFC 4287, https://www.rfc-editor.org/rfc/rfc4287) and as JSON Feed 1.1
(https://www.jsonfeed.org/version/1.1/), in files beside the page that it follows: ``feed.xml``,
``venues/ICML/feed.json``. It holds the newest 50 papers and notes. Their dates are those of `views.dates`; a note that
has none is in no feed. What identifies an entry is the address of its page. Feeds hold absolute addresses, so there are
none where the site does not say where it is on the web.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote
from xml.etree import ElementTree as ET

from mkdocs_papers.library.model import Note, Paper
from mkdocs_papers.library.names import one_line
from mkdocs_papers.pages.address import HOME, Address, Website, note_address, paper_address
from mkdocs_papers.pages.catalogue import Catalogue
from mkdocs_papers.pages.contents import ListingPage
from mkdocs_papers.pages.description import paper_facts
from mkdocs_papers.pages.safe_json import safe_json
from mkdocs_papers.pages.source import PageSource
from mkdocs_papers.pages.text import plain
from mkdocs_papers.views.dates import moment
from mkdocs_papers.views.view import Group, places
from mkdocs_papers.views.view import view as view_of

LONGEST = 50
"""How many entries a feed has at most."""

FOLLOWED = ("venues", "keywords")
"""The views whose groups have feeds of their own."""

_ATOM = "http://www.w3.org/2005/Atom"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper or a note in a feed.

    Attributes:
        address: of its page.
        title: plain text, one line.
        time: in Unix seconds.
        text: plain text.
        authors: of the paper; empty for a note, which is by the site's owner.
        tags: keywords, in the words that readers see.
        related: the address of the paper itself, or None.
    """

    address: str
    title: str
    time: int
    text: str
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    related: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """What is new on one page.

    Attributes:
        page: the page that it follows.
        title: plain text.
        site: the site's name.
        language: code of the interface's language.
        entries: the newest papers and notes, newest first.
    """

    page: Address
    title: str
    site: str
    language: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Format:
    """A format of feeds.

    Attributes:
        title: how readers call it.
        file: the name of a feed's file.
        media_type: for ``type`` attributes.
        write: a feed in the format; takes the feed, the feed's own path below the root, and where the site is.
    """

    title: str
    file: str
    media_type: str
    write: Callable[[Feed, str, Website], bytes]

    def path(self, page: Address) -> str:
        """Where the feed of a page is, below the site's root, not percent-encoded."""
        return f"{page.path}/{self.file}".removeprefix("/")


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A link to a feed: its title, its path below the site's root, percent-encoded, and its type."""

    title: str
    path: str
    media_type: str


@dataclass(frozen=True, slots=True)
class _Followed:
    """A page that has a feed, and what the feed chooses from: it says nothing that is not in here."""

    page: Address
    title: str
    papers: tuple[Paper, ...]
    notes: tuple[Note, ...]
    papers_of_notes: tuple[Paper, ...]


def feed_files(catalogue: Catalogue) -> Iterator[tuple[str, bytes]]:
    """The files of all feeds: path below the site's root, and content."""
    website = catalogue.options.website
    if website is None:
        return
    pages = {page.path: (page, title, group) for page, title, group in _pages(catalogue)}
    made = catalogue.memory.recall_each(
        "feed",
        pages,
        lambda path: _followed(catalogue, *pages[path]),
        lambda _, followed: _written(catalogue, website, followed),
        stale=_stale(catalogue),
        among=(catalogue.moves,),
    ).values
    yield from itertools.chain.from_iterable(made.values())


def _stale(catalogue: Catalogue) -> set[str]:
    """The paths of the pages whose feeds choose from something else than the time before."""
    papers, shown = catalogue.library.papers, catalogue.notes
    # What a feed says of a note names all papers of the note.
    notes = catalogue.changed_notes | (catalogue.notes_of(catalogue.changed_papers) & shown.keys())
    keys = {key for path in notes for key in shown[path].papers} | catalogue.papers_of_moved_notes
    of_notes = [papers[key] for key in keys if key in papers]
    found = {HOME.path}
    for view in map(view_of, FOLLOWED):
        values = catalogue.changed_groups[view.name] | {value for paper in of_notes for value in places(view, paper)}
        links = catalogue.links[view.name]
        found |= {links[value].address.path for value in values if value in links}
    return found


def feed_links(catalogue: Catalogue, source: PageSource | None = None) -> tuple[FeedLink, ...]:
    """The feeds that a page names: its own, if it has one, and the library's.

    Args:
        catalogue: the library's pages.
        source: the page, if it is one that the library makes.
    """
    if catalogue.options.website is None:
        return ()
    name = _site_name(catalogue)
    followed = {HOME: name}
    content = source.content if source else None
    if source and isinstance(content, ListingPage) and content.view in FOLLOWED and content.paging.number == 1:
        followed = {source.address: _group_title(content.title, name), HOME: name}
    return tuple(
        FeedLink(f"{title} ({each.title})", quote(each.path(page)), each.media_type)
        for page, title in followed.items()
        for each in FORMATS
    )


def _written(catalogue: Catalogue, website: Website, followed: _Followed) -> tuple[tuple[str, bytes], ...]:
    entries = _newest(catalogue, website, followed)
    feed = Feed(followed.page, followed.title, _site_name(catalogue), catalogue.options.language.code, entries)

    def files() -> tuple[tuple[str, bytes], ...]:
        return tuple([(each.path(feed.page), each.write(feed, each.path(feed.page), website)) for each in FORMATS])

    return catalogue.memory.recall("feed as written", feed.page.path, feed, files, part=True)


def _pages(catalogue: Catalogue) -> Iterator[tuple[Address, str, Group | None]]:
    """Each page that has a feed, the feed's title, and the group that it shows; None is the whole library."""
    name = _site_name(catalogue)
    yield HOME, name, None
    for each in map(view_of, FOLLOWED):
        for group in catalogue.groups[each.name]:
            address = catalogue.link(each.name, group.value).address
            yield address, _group_title(catalogue.label(each, group.value), name), group


def _group_title(label: str, site: str) -> str:
    return f"{one_line(plain(label))} – {site}"


def _followed(catalogue: Catalogue, page: Address, title: str, group: Group | None) -> _Followed:
    known, shown = catalogue.library.papers, catalogue.notes
    papers = group.papers if group else catalogue.papers
    named = dict.fromkeys([paper.note.path for paper in papers if paper.note]) if group else shown
    notes = tuple([shown[path] for path in named if path in shown])
    about = tuple([known[key] for note in notes for key in note.papers if key in known])
    return _Followed(page, title, papers, notes, about)


def _site_name(catalogue: Catalogue) -> str:
    return one_line(plain(catalogue.options.name)) or catalogue.options.language("view.library")


def _newest(catalogue: Catalogue, website: Website, followed: _Followed) -> tuple[Entry, ...]:
    """The newest of the papers and notes, newest first, those of one time in order of key."""
    papers, notes = catalogue.dated_papers, catalogue.dated_notes
    dated = [papers[paper.key] for paper in followed.papers]
    dated += [found for note in followed.notes if (found := notes[note.path]) is not None]
    return tuple(
        [
            _note_entry(catalogue, website, catalogue.notes[name], -before)
            if is_note
            else _paper_entry(catalogue, website, catalogue.library.papers[name], -before)
            for before, name, is_note in heapq.nsmallest(LONGEST, dated)
        ]
    )


def _paper_entry(catalogue: Catalogue, website: Website, paper: Paper, time: int) -> Entry:
    note = catalogue.notes.get(paper.note.path) if paper.note and paper.note.path else None
    more = paper.abstract or (note.excerpt if note else "")
    return Entry(
        website.page(paper_address(paper.key)),
        one_line(plain(paper.title)),
        time,
        _text(paper_facts(paper), more),
        tuple(one_line(name) for name in paper.authors),
        tuple(catalogue.keyword(word) for word in paper.keywords),
        one_line(paper.url) if paper.url else None,
    )


def _note_entry(catalogue: Catalogue, website: Website, note: Note, time: int) -> Entry:
    papers = [catalogue.library.papers[key] for key in note.papers if key in catalogue.library.papers]
    tags = dict.fromkeys(catalogue.keyword(word) for paper in papers for word in paper.keywords)
    about = " ".join(paper_facts(paper) for paper in papers)
    return Entry(
        website.page(note_address(note.path)),
        one_line(plain(note.title)),
        time,
        _text(about, note.excerpt),
        tags=tuple(tags),
    )


def _text(*paragraphs: str) -> str:
    return "\n\n".join(filter(None, (one_line(plain(paragraph)) for paragraph in paragraphs)))


def atom(feed: Feed, path: str, website: Website) -> bytes:
    """A feed as Atom."""
    root = ET.Element("feed", {"xmlns": _ATOM, _LANGUAGE: feed.language})
    own = website.file(quote(path))
    _add(root, "title", feed.title)
    _add(root, "id", own)
    _add(root, "link", rel="self", type="application/atom+xml", href=own)
    _add(root, "link", rel="alternate", type="text/html", href=website.page(feed.page))
    _add(root, "updated", moment(feed.entries[0].time if feed.entries else 0))
    _add(_add(root, "author"), "name", feed.site)
    for entry in feed.entries:
        element = _add(root, "entry")
        _add(element, "title", entry.title)
        _add(element, "id", entry.address)
        _add(element, "link", rel="alternate", type="text/html", href=entry.address)
        if entry.related:
            _add(element, "link", rel="related", href=entry.related)
        _add(element, "updated", moment(entry.time))
        for author in entry.authors:
            _add(_add(element, "author"), "name", author)
        for tag in entry.tags:
            _add(element, "category", term=tag)
        _add(element, "summary", entry.text)
    ET.indent(root)
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, name, attributes)
    element.text = text
    return element


def json_feed(feed: Feed, path: str, website: Website) -> bytes:
    """A feed as JSON Feed."""
    entries = [
        {
            "id": entry.address,
            "url": entry.address,
            **({"external_url": entry.related} if entry.related else {}),
            "title": entry.title,
            "content_text": entry.text,
            "date_published": moment(entry.time),
            "authors": [{"name": author} for author in entry.authors or (feed.site,)],
            "tags": list(entry.tags),
        }
        for entry in feed.entries
    ]
    whole = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": website.page(feed.page),
        "feed_url": website.file(quote(path)),
        "language": feed.language,
        "authors": [{"name": feed.site}],
        "items": entries,
    }
    return f"{safe_json(whole)}\n".encode()


FORMATS = (
    Format("Atom", "feed.xml", "application/atom+xml", atom),
    Format("JSON Feed", "feed.json", "application/feed+json", json_feed),
)
"""The formats in which each feed comes."""
