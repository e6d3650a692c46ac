"""Feeds: what is new in the library, and in each venue and under each keyword, for readers of feeds.

Each feed comes as Atom (RFC 4287, https://www.rfc-editor.org/rfc/rfc4287) and as JSON Feed 1.1
(https://www.jsonfeed.org/version/1.1/), in files beside the page that it follows: ``feed.xml``,
``venues/ICML/feed.json``. It holds the newest 50 papers and notes. Their dates are those of `views.dates`; a note that
has none is in no feed. What identifies an entry is the address of its page. Feeds hold absolute addresses, so there are
none where the site does not say where it is on the web.
"""

import heapq
import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote
from xml.etree import ElementTree as ET

from mkdocs_papers.incremental.database import Database, query, transient
from mkdocs_papers.incremental.operators import Each
from mkdocs_papers.library.names import one_line
from mkdocs_papers.pages import group_links
from mkdocs_papers.pages.address import HOME, Address, Website, note_address, paper_address
from mkdocs_papers.pages.description import paper_facts
from mkdocs_papers.pages.listing_pages import ListingPage
from mkdocs_papers.pages.note_pages import note_date
from mkdocs_papers.pages.page_inputs import OPTIONS
from mkdocs_papers.pages.page_source import PageSource
from mkdocs_papers.pages.safe_json import safe_json
from mkdocs_papers.pages.summaries import plain_keyword
from mkdocs_papers.pages.text import plain
from mkdocs_papers.views import groups
from mkdocs_papers.views.dates import moment
from mkdocs_papers.views.view import VIEWS
from mkdocs_papers.views.view_inputs import NOTES, PAPERS

LONGEST = 50
"""How many entries a feed has at most."""

_Files = tuple[tuple[str, bytes], ...]
"""Path below the site's root, and content."""

_Dated = tuple[int, str, bool]
"""Minus the time of a paper or a note, its key or path, and whether it is a note."""

_FOLLOWED = frozenset({view.name for view in VIEWS if view.feed})

_ATOM = "http://www.w3.org/2005/Atom"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper or a note in a feed.

    Attributes:
        title: plain text, one line.
        seconds: when it was added, since the Unix epoch.
        authors: of the paper; empty for a note, which is by the site's owner.
        tags: keywords, in the words that readers see.
        related: the address of the paper itself, or None.
    """

    address: str
    title: str
    seconds: int
    text: str
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    related: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """What is new on one page.

    Attributes:
        page: the page that it follows.
        language: code of the interface's language.
        seconds: when the newest entry was added, since the Unix epoch; 0 where there is none.
    """

    page: Address
    title: str
    site: str
    language: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Format:
    """A format of feeds.

    Attributes:
        title: how readers call it.
        file: the name of a feed's file.
        media_type: for ``type`` attributes.
        entry: an entry in the format; takes the name of the site, too.
        write: a feed in the format; takes the feed, its own path below the root, where the site is, and its entries.
    """

    title: str
    file: str
    media_type: str
    entry: Callable[[Entry, str], bytes]
    write: Callable[[Feed, str, Website, Iterable[bytes]], bytes]

    def path(self, page: Address) -> str:
        """Where the feed of a page is, below the site's root, not percent-encoded."""
        return f"{page.path}/{self.file}".removeprefix("/")


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A link to a feed: its title, its path below the site's root, percent-encoded, and its type."""

    title: str
    path: str
    media_type: str


def feed_files(db: Database) -> Iterator[tuple[str, bytes]]:
    """The files of all feeds: path below the site's root, and content."""
    if OPTIONS(db).website is not None:
        yield from _library_files(db)
        for view in VIEWS:
            if view.feed:
                yield from itertools.chain.from_iterable(_group_feeds(db, view.name).values())


@transient
def _library_files(db: Database) -> _Files:
    return _written(db, HOME, site_name(db), (*_papers(db).values(), *_notes(db).values()))


@transient
def _group_files(db: Database, view: str, value: str) -> _Files:
    title = _group_title(group_links.label(db, view, value), site_name(db))
    return _written(db, group_links.address(db, view, value), title, _papers_in(db, view, value).values())


@query
def _written_entry(db: Database, name: str, is_note: bool) -> tuple[bytes, ...]:  # noqa: FBT001 - a part of the name
    """A paper or a note in all formats: it is in several feeds."""
    entry = note_entry(db, name) if is_note else paper_entry(db, name)
    return tuple([each.entry(entry, site_name(db)) for each in FORMATS])


@query
def _with_note(db: Database, key: str) -> tuple[_Dated, ...]:
    """A paper and, where it has one that the site shows and that has a date, its note."""
    path = _note_path(db, key)
    note = () if path is None else _dated_note(db, path)
    return ((-groups.added(db, key).seconds, key, False), *note)


@query
def _dated_note(db: Database, path: str) -> tuple[_Dated, ...]:
    """A note; nothing where nothing says when it was added."""
    date = note_date(db, path)
    return () if date is None else ((-date.seconds, path, True),)


_papers: Each[[], str, tuple[_Dated, ...]] = Each(_with_note, PAPERS.names, transient=True, is_in_order=False)
_papers_in: Each[[str, str], str, tuple[_Dated, ...]] = Each(
    _with_note, groups.members.at, arguments=0, transient=True, is_in_order=False
)
_notes: Each[[], str, tuple[_Dated, ...]] = Each(_dated_note, NOTES.names, transient=True, is_in_order=False)


_group_feeds: Each[[str], str, _Files] = Each(_group_files, groups.values)


@query
def _note_path(db: Database, key: str) -> str | None:
    """The path of the note of a paper, where it has one that the site shows."""
    note = groups.shown_note(db, key)
    return None if note is None else note.path


def feed_links(db: Database, source: PageSource | None = None) -> tuple[FeedLink, ...]:
    """The feeds that a page names: its own, if it is one of the library's that has one, and the library's."""
    if OPTIONS(db).website is None:
        return ()
    name = site_name(db)
    followed = {HOME: name}
    content = source.content if source else None
    if source and isinstance(content, ListingPage) and content.view in _FOLLOWED and content.paging.number == 1:
        followed = {source.address: _group_title(content.title, name), HOME: name}
    return tuple(
        FeedLink(f"{title} ({each.title})", quote(each.path(page)), each.media_type)
        for page, title in followed.items()
        for each in FORMATS
    )


def _written(db: Database, page: Address, title: str, dated: Iterable[tuple[_Dated, ...]]) -> _Files:
    """The feed of a page in all formats, of papers and notes, some perhaps given several times."""
    website = OPTIONS(db).website
    assert website is not None  # noqa: S101 - there are no feeds otherwise
    newest = heapq.nsmallest(LONGEST, set(itertools.chain.from_iterable(dated)))
    feed = Feed(page, title, site_name(db), OPTIONS(db).language.code, -newest[0][0] if newest else 0)
    entries = [_written_entry(db, name, is_note) for _, name, is_note in newest]
    return tuple(
        [
            (path := each.path(page), each.write(feed, path, website, [entry[place] for entry in entries]))
            for place, each in enumerate(FORMATS)
        ]
    )


def _group_title(label: str, site: str) -> str:
    return f"{one_line(plain(label))} – {site}"


def site_name(db: Database) -> str:
    """The site's name in plain text."""
    return one_line(plain(OPTIONS(db).name)) or OPTIONS(db).language("view.library")


def _page(db: Database, address: Address) -> str:
    website = OPTIONS(db).website
    assert website is not None  # noqa: S101 - there are no feeds otherwise
    return website.page(address)


@query
def paper_entry(db: Database, key: str) -> Entry:
    """A paper in a feed."""
    paper, path = PAPERS.at(db, key), _note_path(db, key)
    more = paper.abstract or (NOTES.at(db, path).excerpt if path is not None else "")
    return Entry(
        _page(db, paper_address(paper.key)),
        one_line(plain(paper.title)),
        groups.added(db, key).seconds,
        _text(paper_facts(paper), more),
        tuple(one_line(name) for name in paper.authors),
        tuple(plain_keyword(db, word) for word in paper.keywords),
        one_line(paper.url) if paper.url else None,
    )


@query
def note_entry(db: Database, path: str) -> Entry:
    """A note in a feed."""
    note, date = NOTES.at(db, path), note_date(db, path)
    papers = [paper for key in note.papers if (paper := PAPERS.get(db, key)) is not None]
    tags = dict.fromkeys(plain_keyword(db, word) for paper in papers for word in paper.keywords)
    about = " ".join(paper_facts(paper) for paper in papers)
    return Entry(
        _page(db, note_address(note.path)),
        one_line(plain(note.title)),
        0 if date is None else date.seconds,
        _text(about, note.excerpt),
        tags=tuple(tags),
    )


def _text(*paragraphs: str) -> str:
    return "\n\n".join(filter(None, (one_line(plain(paragraph)) for paragraph in paragraphs)))


def _atom(feed: Feed, path: str, website: Website, entries: Iterable[bytes]) -> bytes:
    root = ET.Element("feed", {"xmlns": _ATOM, _LANGUAGE: feed.language})
    own = website.file(quote(path))
    _add(root, "title", feed.title)
    _add(root, "id", own)
    _add(root, "link", rel="self", type="application/atom+xml", href=own)
    _add(root, "link", rel="alternate", type="text/html", href=website.page(feed.page))
    _add(root, "updated", moment(feed.seconds))
    _add(_add(root, "author"), "name", feed.site)
    ET.indent(root)
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return b"\n  ".join((text.removesuffix(_END), *entries)) + _END + b"\n"


_END = b"\n</feed>"


def _atom_entry(entry: Entry, _site: str) -> bytes:
    element = ET.Element("entry")
    _add(element, "title", entry.title)
    _add(element, "id", entry.address)
    _add(element, "link", rel="alternate", type="text/html", href=entry.address)
    if entry.related:
        _add(element, "link", rel="related", href=entry.related)
    _add(element, "updated", moment(entry.seconds))
    for author in entry.authors:
        _add(_add(element, "author"), "name", author)
    for tag in entry.tags:
        _add(element, "category", term=tag)
    _add(element, "summary", entry.text)
    ET.indent(element, level=1)
    # As text: where it writes bytes it empties a buffer after each piece, which takes twice as long.
    return ET.tostring(element, encoding="unicode").encode(errors="xmlcharrefreplace")


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, name, attributes)
    element.text = text
    return element


def _json_feed(feed: Feed, path: str, website: Website, entries: Iterable[bytes]) -> bytes:
    whole = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": website.page(feed.page),
        "feed_url": website.file(quote(path)),
        "language": feed.language,
        "authors": [{"name": feed.site}],
        "items": [],
    }
    return safe_json(whole).encode().removesuffix(b"]}") + b", ".join(entries) + b"]}\n"


def _json_entry(entry: Entry, site: str) -> bytes:
    item = {
        "id": entry.address,
        "url": entry.address,
        **({"external_url": entry.related} if entry.related else {}),
        "title": entry.title,
        "content_text": entry.text,
        "date_published": moment(entry.seconds),
        "authors": [{"name": author} for author in entry.authors or (site,)],
        "tags": list(entry.tags),
    }
    return safe_json(item).encode()


FORMATS = (
    Format("Atom", "feed.xml", "application/atom+xml", _atom_entry, _atom),
    Format("JSON Feed", "feed.json", "application/feed+json", _json_entry, _json_feed),
)
"""The formats in which each feed comes."""
