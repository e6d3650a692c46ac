"""The sources, each with one line; where several are asked the same, in this order."""

from mkdocs_papers.sources import (
    acl,
    arxiv,
    arxiv_page,
    crossref,
    datacite,
    dblp,
    openalex,
    openreview,
    page,
    registration,
    semantic_scholar,
)
from mkdocs_papers.sources.source import Host, Source

SOURCES: tuple[Source, ...] = (
    acl.SOURCE,
    arxiv.SOURCE,
    crossref.SOURCE,
    datacite.SOURCE,
    arxiv_page.SOURCE,
    semantic_scholar.SOURCE,
    openalex.SOURCE,
    dblp.SOURCE,
    openreview.SOURCE,
    page.SOURCE,
)

HOSTS: tuple[Host, ...] = (registration.HOST, *(source.host for source in SOURCES if source.host))
