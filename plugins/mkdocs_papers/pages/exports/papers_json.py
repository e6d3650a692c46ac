"""``papers.json``: the library for other programs.

The file is one object: ``version`` (1), and ``papers``, one object per paper in order of key, each on a line of its
own with the same keys in the same order. Texts are as in the record, after trimming and aliases: titles may hold
``$math$``, and keywords are the words that records use. Addresses of the site (``page``, and ``note`` and ``cover``
where they are files) are relative to the site's root and percent-encoded; ``added`` is a day, a month or a year. A key
is added without a new version; the version changes where a key goes or means something else.
"""

from mkdocs_papers.incremental.database import Database
from mkdocs_papers.library.model import Paper
from mkdocs_papers.pages.exports.export import cover, note, other_names, other_values, page
from mkdocs_papers.pages.safe_json import safe_json
from mkdocs_papers.views import groups

VERSION = 1


def papers_json(paper: Paper, db: Database) -> str:
    """A paper as one JSON object, safe inside a ``<script>`` element."""
    return safe_json(
        {
            "key": paper.key,
            "title": paper.title,
            "abbreviation": paper.abbreviation,
            "url": paper.url,
            "authors": list(paper.authors),
            "institutions": list(paper.institutions),
            "venue": paper.venue,
            "year": paper.year,
            "code": None if paper.code is None else {"type": paper.code.label or None, "url": paper.code.url},
            "keywords": list(paper.keywords),
            "cover": cover(paper),
            "note": note(paper, db),
            "page": page(paper, db),
            "baselines": [baseline.key or baseline.name for baseline in paper.baselines],
            "rating": paper.rating,
            "status": paper.status,
            "updated": paper.updated,
            "added": groups.added(db, paper.key).text,
            **dict.fromkeys(other_names("json")),
            **other_values(paper, "json"),
        }
    )
