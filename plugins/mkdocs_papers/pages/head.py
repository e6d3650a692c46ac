"""What a page says of itself to programs, in its ``<head>``: to search engines, social networks and reference managers.

- Open Graph (https://ogp.me/), which X, Mastodon, Slack and the like read too, so that ``twitter:card`` is the only tag
  of Twitter's own.
- JSON-LD with the words of https://schema.org: a paper's page is about a ``ScholarlyArticle``, and a note is a
  ``BlogPosting`` about one. The page is never said to be the paper.
- Highwire's ``citation_`` tags, by which Google Scholar and Zotero know a paper, only where the owner wants them: an
  index must not take a library's page for the paper
  (https://scholar.google.com/intl/en/scholar/inclusion.html#indexing).
- Links to feeds.

The theme writes the description and the canonical address.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup
from turbohtml import Tokenizer, TokenType

from mkdocs_papers.incremental.database import Database
from mkdocs_papers.library.model import Note, Paper
from mkdocs_papers.library.names import one_line
from mkdocs_papers.library.papers import line
from mkdocs_papers.pages.address import HOME, Address, note_address
from mkdocs_papers.pages.description import note_description
from mkdocs_papers.pages.exports.publication import DASHES, form, form_of
from mkdocs_papers.pages.feeds import FeedLink, feed_links
from mkdocs_papers.pages.page_inputs import OPTIONS
from mkdocs_papers.pages.page_source import PageSource
from mkdocs_papers.pages.paper_pages import PaperPage
from mkdocs_papers.pages.safe_json import safe_json
from mkdocs_papers.pages.summaries import Summary, plain_keyword, summary
from mkdocs_papers.pages.text import plain
from mkdocs_papers.views.view_inputs import PAPERS

_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp")
"""Suffixes of the pictures that social networks show; none of them shows SVG or AVIF."""

_LINE_END = re.compile(r"\r\n?|\n")
_CHUNK = 8192
"""As much of a page as is tokenized at once: heads are short."""


@dataclass(frozen=True, slots=True)
class Social:
    """How a social network shows a link to the page.

    Attributes:
        description: plain text; may be empty.
        kind: Open Graph's ``article`` or ``website``.
        url: the page's canonical address, or None where it is not known.
        image: absolute address of a picture, or None.
        image_text: what the picture shows; may be empty.
        published: ISO date of an article, or None.
    """

    title: str
    description: str
    kind: str
    site: str
    url: str | None
    image: str | None
    image_text: str
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """What a page adds to its ``<head>``, as ``templates/papers/head.html`` sees it.

    Attributes:
        social: how social networks show it; None where another plugin says so.
        citation: Highwire's tags, name and content.
        json_ld: JSON that is safe in a ``<script>`` element, or None.
    """

    feeds: tuple[FeedLink, ...] = ()
    social: Social | None = None
    citation: tuple[tuple[str, str], ...] = ()
    json_ld: Markup | None = None


def page_head(db: Database, source: PageSource) -> Head:
    """The head of a page of the library; it says nothing but what the source and the options say."""
    feeds = feed_links(db, source)
    if not isinstance(source.content, PaperPage):
        title = OPTIONS(db).name if source.address == HOME else source.title
        return Head(feeds, _social(db, source.address, title, source.description))
    shown, paper = source.content.summary, source.content.paper
    return Head(
        feeds,
        _social(db, source.address, source.title, source.description, "article", shown),
        tuple(_citation(db, paper)) if OPTIONS(db).citation_tags else (),
        _json_ld(_article(db, shown) | _more(db, paper)),
    )


def note_head(db: Database, note: Note) -> Head:
    """The head of a note; of its papers it says nothing but what their summaries say."""
    papers = [summary(db, key) for key in note.papers if PAPERS.get(db, key) is not None]
    address, title, description = note_address(note.path), one_line(plain(note.title)), note_description(note)
    return Head(
        feed_links(db),
        _social(db, address, title, description, "article", papers[0] if papers else None, note.date),
        json_ld=_json_ld(
            {
                "@type": "BlogPosting",
                "headline": title,
                "description": description,
                "datePublished": note.date,
                "wordCount": note.words,
                "mainEntityOfPage": _absolute(db, address),
                "about": [_told(_article(db, each)) for each in papers],
            }
        ),
    )


def insert_head(html: str, head: str) -> str:
    """A page with more before the end of its ``<head>``; one without, such as a theme may write, stays as it is."""
    at = _end_of_head(html) if head else None
    return html if at is None else f"{html[:at]}{head}{html[at:]}"


def _end_of_head(html: str) -> int | None:
    """Where the ``</head>`` of a page begins that stands neither in a script nor in a comment."""
    tokenizer = Tokenizer(resolve_references=False, capture_attributes=False)
    for start in range(0, len(html), _CHUNK):
        for token in tokenizer.feed(html[start : start + _CHUNK]):
            if token.type is TokenType.END_TAG and token.tag == "head":
                ends = [0, *(end.end() for end in itertools.islice(_LINE_END.finditer(html), token.line - 1))]
                return ends[-1] + token.col
    return None


def _social(
    db: Database,
    address: Address,
    title: str,
    description: str,
    kind: str = "website",
    paper: Summary | None = None,
    published: str | None = None,
) -> Social | None:
    """How a social network shows a page: with the cover of a paper, if it is about one."""
    options = OPTIONS(db)
    if not options.social:
        return None
    image = _cover(db, paper) if paper else None
    image_text = options.language("cover_of", name=plain(paper.abbreviation or paper.title)) if paper else ""
    if image is None and options.website and options.social_image:
        image, image_text = options.website.file(options.social_image), ""
    url = _absolute(db, address)
    return Social(title, description, kind, options.name, url, image, image_text, published)


def _absolute(db: Database, address: Address) -> str | None:
    website = OPTIONS(db).website
    return website.page(address) if website else None


def _cover(db: Database, paper: Summary) -> str | None:
    """The absolute address of a paper's cover, if it is a picture that social networks show."""
    website = OPTIONS(db).website
    path = paper.cover.original if paper.cover else ""
    return website.file(path) if website and path.lower().endswith(_PICTURES) else None


def _article(db: Database, paper: Summary) -> dict[str, object]:
    """A paper in the words of schema.org, as far as other pages know it."""
    published = form(paper.venue or None)
    venue = one_line(paper.venue)
    return {
        "@type": "ScholarlyArticle",
        "headline": one_line(plain(paper.title)),
        "alternateName": one_line(plain(paper.abbreviation or "")),
        "datePublished": f"{paper.year:04}",
        "isPartOf": {"@type": published.schema, "name": venue} if venue and published.schema else None,
        "publisher": {"@type": "Organization", "name": venue} if venue and not published.schema else None,
        "url": paper.url,
        "image": _cover(db, paper),
        "mainEntityOfPage": _absolute(db, paper.address),
    }


def _more(db: Database, paper: Paper) -> dict[str, object]:
    """What only a paper's own page says of it."""
    identifiers = [("DOI", paper.doi), ("arXiv", paper.arxiv)]
    pdf = {"@type": "MediaObject", "contentUrl": paper.pdf, "encodingFormat": "application/pdf"}
    return {
        "author": [{"@type": "Person", "name": one_line(name)} for name in paper.authors],
        "identifier": [
            {"@type": "PropertyValue", "propertyID": name, "value": one_line(value)}
            for name, value in identifiers
            if value
        ],
        "sameAs": f"https://doi.org/{quote(one_line(paper.doi))}" if paper.doi else None,
        "encoding": pdf if paper.pdf else None,
        "keywords": [plain_keyword(db, word) for word in paper.keywords],
        "abstract": one_line(plain(paper.abstract or "")),
    }


def _told(thing: dict[str, object]) -> dict[str, object]:
    """A thing without what is not known of it."""
    return {name: value for name, value in thing.items() if value}


def _json_ld(thing: dict[str, object]) -> Markup:
    return Markup(safe_json(_told({"@context": "https://schema.org", **thing})))  # noqa: S704 - safe_json leaves nothing that means something in HTML


def _citation(db: Database, paper: Paper) -> Iterator[tuple[str, str]]:
    yield "citation_title", one_line(plain(paper.title))
    for name in paper.authors:
        yield "citation_author", one_line(name)
    yield "citation_publication_date", f"{paper.year:04}"
    if paper.venue:
        yield form_of(paper).highwire, one_line(paper.venue)
    where = paper.record.info.pub
    first, *last = DASHES.split(where.pages or "")
    for name, value in (
        ("volume", where.volume), ("issue", where.number), ("firstpage", first), ("lastpage", "".join(last[-1:]))
    ):  # fmt: skip
        if value and (shown := line(value)):
            yield f"citation_{name}", shown
    if paper.doi:
        yield "citation_doi", one_line(paper.doi)
    if paper.arxiv:
        yield "citation_arxiv_id", one_line(paper.arxiv)
    if paper.url:
        yield "citation_abstract_html_url", paper.url
    if paper.pdf:
        yield "citation_pdf_url", paper.pdf
    for word in paper.keywords:
        yield "citation_keywords", plain_keyword(db, word)
