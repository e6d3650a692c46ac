"""The `citation_*` tags that pages about papers have for Google Scholar.

https://scholar.google.com/intl/en/scholar/inclusion.html#indexing
"""

import re
from collections.abc import Mapping

from turbohtml import parse

from mkdocs_papers.records.addresses import is_http_address
from mkdocs_papers.sources.asking import Answer
from mkdocs_papers.sources.found import Found, Kind
from mkdocs_papers.sources.identify import Scheme, identify, plain_doi
from mkdocs_papers.sources.plain_text import code_addresses, each_once, joined_lines, line, page_range, people

_VENUES = (
    "citation_conference_title",
    "citation_journal_title",
    "citation_inbook_title",
    "citation_book_title",
    "citation_conference",
    "prism.publicationname",
    "citation_dissertation_institution",
    "citation_technical_report_institution",
)
_YEAR = re.compile(r"(?<![0-9])[12][0-9]{3}(?![0-9])")
_DATES = (
    "citation_publication_date",
    "citation_date",
    "citation_year",
    "citation_online_date",
    "prism.publicationdate",
    "dc.date",
)


def tags(page: str) -> Mapping[str, list[str]]:
    """The values of a page's `meta` elements, by name in lower case."""
    values: dict[str, list[str]] = {}
    for element in parse(page).select("meta"):
        name, content = element.attr("name") or element.attr("property"), element.attr("content")
        if name and content and content.strip():
            values.setdefault(name.strip().lower(), []).append(content)
    return values


def read_tags(answer: Answer, source: str) -> Found | None:
    """What a page says of the paper; None where it has no such tags."""
    said = tags(answer.text)

    def first(*names: str) -> str | None:
        return next((line(said[name][0]) for name in names if name in said), None)

    title = first("citation_title", "dc.title")
    if not title:
        return None
    tag = next((name for name in ("citation_author", "citation_authors", "dc.creator") if name in said), "")
    year = _YEAR.search(first(*_DATES) or "")
    arxiv = identify(first("citation_arxiv_id") or "")
    abstract = joined_lines(next(iter(said.get("citation_abstract", ())), None))
    venue = first(*_VENUES)
    return Found(
        source,
        title=title,
        # Only one of these tags is for a list, in which "Jane Doe, Richard Roe" are two.
        authors=tuple(
            name for each in said.get(tag, ()) for name in people(each, family_first=tag != "citation_authors")
        ),
        institutions=each_once(map(line, said.get("citation_author_institution", ()))),
        year=int(year[0]) if year else None,
        venue=venue,
        volume=first("citation_volume"),
        number=first("citation_issue"),
        pages=page_range(first("citation_firstpage", "citation_article_number"), first("citation_lastpage")),
        doi=next(
            filter(None, (plain_doi(first(name)) for name in ("citation_doi", "dc.identifier", "prism.doi"))), None
        ),
        arxiv=arxiv.value if arxiv and arxiv.scheme is Scheme.ARXIV else None,
        url=answer.url if is_http_address(answer.url) else None,
        abstract=abstract,
        codes=code_addresses(abstract, "the abstract"),
        kind=Kind.PUBLISHED if venue else Kind.UNKNOWN,
    )
