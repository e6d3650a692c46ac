"""Recordings of answers in the shapes that the sources have, of papers of this project's library.

DOIs below 10.5555 are nobody's: that prefix is for tests.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode
from xml.sax.saxutils import escape

from mkdocs_papers.sources.found import Failure, Found

FLASH = "FlashAttention: Fast and Memory-Efficient Exact Attention with IO-Awareness"
FLASH_AUTHORS = ("Tri Dao", "Daniel Y. Fu", "Stefano Ermon", "Atri Rudra", "Christopher Ré")
FLASH_ABSTRACT = (
    "Transformers are slow and memory-hungry on long sequences. We propose FlashAttention, an IO-aware exact attention "
    "algorithm.  We release it at https://github.com/Dao-AILab/flash-attention."
)
BOT_CHECK = (
    '<!doctype html><html lang="en"><head><title>Making sure you&#39;re not a bot!</title>'
    '<script id="anubis_version" type="application/json">"v1.27.0"</script></head><body></body></html>'
)


@dataclass
class Recorded:
    """A recording in the making.

    Attributes:
        folder: where it is written.
        index: its entries so far.
    """

    folder: Path
    index: list[dict[str, Any]] = field(default_factory=list)

    def keep(self, url: str, body: str | bytes, kind: str = "application/json", status: int = 200) -> None:
        """One answer more."""
        self.folder.mkdir(parents=True, exist_ok=True)
        file = f"answer-{len(self.index)}.txt"
        (self.folder / file).write_bytes(body.encode() if isinstance(body, str) else body)
        entry = {
            "file": file,
            "url": url,
            "method": "GET",
            "request_body": None,
            "status": status,
            "content_type": kind,
        }
        self.index.append({**entry, "date": "Thu, 05 Nov 2026 12:00:00 GMT", "rate": None})
        (self.folder / "index.json").write_text(json.dumps(self.index), encoding="utf-8")

    def arxiv(self, identifier: str, body: str, status: int = 200) -> None:
        """The Atom feed of arXiv about one paper."""
        url = f"https://export.arxiv.org/api/query?{urlencode({'id_list': identifier})}"
        self.keep(url, body, "application/atom+xml", status)

    def datacite(self, doi: str, attributes: Mapping[str, Any]) -> None:
        """DataCite's record of a DOI."""
        said = {"data": {"id": doi.lower(), "type": "dois", "attributes": {"doi": doi.lower(), **attributes}}}
        self.keep(f"https://api.datacite.org/dois/{doi}", json.dumps(said), "application/json; charset=utf-8")

    def semantic_scholar(self, paper: str, said: Mapping[str, Any]) -> None:
        """Semantic Scholar's paper."""
        self.keep(f"https://api.semanticscholar.org/graph/v1/paper/{paper}?fields=title,externalIds", json.dumps(said))

    def crossref(self, doi: str, work: Mapping[str, Any]) -> None:
        """Crossref's work."""
        said = {"status": "ok", "message-type": "work", "message": {"DOI": doi.lower(), **work}}
        self.keep(f"https://api.crossref.org/works/{quote(doi, safe='')}?mailto=a%40example.org", json.dumps(said))

    def openalex(self, doi: str, work: Mapping[str, Any]) -> None:
        """OpenAlex's work."""
        said = {"id": "https://openalex.org/W1", "doi": f"https://doi.org/{doi.lower()}", **work}
        self.keep(f"https://api.openalex.org/works/doi:{doi}?select=id,doi", json.dumps(said))

    def agency(self, prefix: str, agency: str) -> None:
        """Who has registered a prefix."""
        self.keep(f"https://doi.org/ra/{prefix}", json.dumps([{"DOI": prefix, "RA": agency}]))

    def dblp(self, title: str, hits: Sequence[Mapping[str, Any]]) -> None:
        """The list of papers of dblp with the words of a title."""
        found = {"@total": str(len(hits)), "hit": [{"info": hit} for hit in hits]}
        said = {"result": {"hits": found if hits else {"@total": "0"}}}
        self.keep(f"https://dblp.org/search/publ/api?format=json&{urlencode({'q': title})}", json.dumps(said))


def feed(*entries: str) -> str:
    """An Atom feed of arXiv's."""
    return (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        '<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" '
        'xmlns="http://www.w3.org/2005/Atom"><id>https://arxiv.org/api/x</id><title>arXiv Query</title>'
        f"<opensearch:totalResults>{len(entries)}</opensearch:totalResults>{''.join(entries)}</feed>"
    )


def entry(
    identifier: str = "2205.14135v2",
    title: str = FLASH,
    authors: Sequence[str] = FLASH_AUTHORS,
    summary: str = FLASH_ABSTRACT,
    published: str = "2022-05-27T17:53:09Z",
    **more: str,
) -> str:
    """An entry of such a feed; `more` are arXiv's own elements."""
    people = "".join(f"<author><name>{escape(author)}</name></author>" for author in authors)
    own = "".join(f"<arxiv:{name}>{escape(value)}</arxiv:{name}>" for name, value in more.items())
    return (
        f"<entry><id>http://arxiv.org/abs/{identifier}</id><title>{escape(title)}</title>"
        f"<updated>2023-01-01T00:00:00Z</updated><published>{published}</published><summary>{escape(summary)}</summary>"
        f"{own}{people}</entry>"
    )


def datacite_of_arxiv(
    identifier: str = "2205.14135", title: str = FLASH, authors: Sequence[str] = FLASH_AUTHORS, **more: Any
) -> dict[str, Any]:
    """What DataCite has of a paper on arXiv."""
    return {
        "identifiers": [{"identifier": identifier, "identifierType": "arXiv"}],
        "creators": [
            {
                "name": f"{author.rpartition(' ')[2]}, {author.rpartition(' ')[0]}",
                "nameType": "Personal",
                "givenName": author.rpartition(" ")[0],
                "familyName": author.rpartition(" ")[2],
                "affiliation": [],
                "nameIdentifiers": [],
            }
            for author in authors
        ],
        "titles": [{"title": title}],
        "publisher": "arXiv",
        "container": {},
        "publicationYear": 2022,
        "dates": [
            {"date": "2022-05-27T17:53:09Z", "dateType": "Submitted", "dateInformation": "v1"},
            {"date": "2022-06-24T00:00:00Z", "dateType": "Updated", "dateInformation": "v2"},
            {"date": "2022-05", "dateType": "Available", "dateInformation": "v1"},
            {"date": "2022", "dateType": "Issued"},
        ],
        "language": None,
        "types": {"resourceType": "Article", "resourceTypeGeneral": "Preprint"},
        "relatedIdentifiers": [],
        "descriptions": [{"description": FLASH_ABSTRACT, "descriptionType": "Abstract"}],
        "url": f"https://arxiv.org/abs/{identifier}",
        **more,
    }


def crossref_work(
    title: str | Sequence[str] = FLASH,
    authors: Sequence[str] = FLASH_AUTHORS,
    venue: str = "Advances in Neural Information Processing Systems",
    year: int = 2022,
    **more: Any,
) -> dict[str, Any]:
    """What Crossref has of a paper in proceedings."""
    return {
        "type": "proceedings-article",
        "title": [title] if isinstance(title, str) else list(title),
        "author": [
            {
                "given": author.rpartition(" ")[0],
                "family": author.rpartition(" ")[2],
                "sequence": "first",
                "affiliation": [],
            }
            for author in authors
        ],
        "container-title": [venue],
        "issued": {"date-parts": [[year, 11]]},
        "published": {"date-parts": [[year, 11]]},
        **more,
    }


def openalex_work(
    title: str = FLASH,
    authors: Sequence[str] = FLASH_AUTHORS,
    institutions: Sequence[str] = ("Stanford University", "University at Buffalo"),
    year: int = 2022,
    **more: Any,
) -> dict[str, Any]:
    """What OpenAlex has of a paper at a conference: its source is null."""
    return {
        "title": title,
        "publication_year": year,
        "publication_date": f"{year}-11-28",
        "type": "conference-paper",
        "primary_location": {"source": None, "raw_source_name": "Advances in Neural Information Processing Systems"},
        "authorships": [
            {
                "author": {"display_name": author},
                "raw_author_name": author,
                "institutions": [{"display_name": name} for name in institutions],
            }
            for author in authors
        ],
        "is_retracted": False,
        **more,
    }


def joined(
    title: str = FLASH, authors: Sequence[str] = FLASH_AUTHORS, venue: str = "", year: int = 2022, **ids: str
) -> dict[str, Any]:
    """What Semantic Scholar joins; `ids` are other identifiers of the paper."""
    return {
        "paperId": "0" * 40,
        "externalIds": {"CorpusId": 1, **ids},
        "title": title,
        "venue": venue,
        "publicationVenue": None,
        "year": year,
        "authors": [{"authorId": "1", "name": author} for author in authors],
    }


def parted(entries: Iterable[Found | Failure]) -> tuple[tuple[Found, ...], tuple[Failure, ...]]:
    """What a file's entries say, and those that cannot be read."""
    listed = tuple(entries)
    return (
        tuple(entry for entry in listed if isinstance(entry, Found)),
        tuple(entry for entry in listed if isinstance(entry, Failure)),
    )
