"""CSL-JSON, for Pandoc, Zotero and whatever formats citations with the Citation Style Language.

The file is an array with one object a line. Its schema is that of CSL 1.0.2,
https://github.com/citation-style-language/schema/blob/v1.0.2/schemas/input/csl-data.json.
"""

from mkdocs_papers.incremental.database import Database
from mkdocs_papers.library.model import Paper
from mkdocs_papers.library.names import one_line
from mkdocs_papers.library.person import Person, people
from mkdocs_papers.pages.exports.citation import citation_key
from mkdocs_papers.pages.exports.export import keywords, other_lines, plain_line
from mkdocs_papers.pages.exports.publication import PREPRINT, form_of
from mkdocs_papers.pages.safe_json import safe_json


def csl_json(paper: Paper, db: Database) -> str:
    """A paper as one CSL-JSON object."""
    published = form_of(paper)
    fields: dict[str, object] = {
        "id": citation_key(db, paper.key),
        "type": published.csl,
        "title": plain_line(paper.title),
        "title-short": plain_line(paper.abbreviation) if paper.abbreviation else None,
        "author": [_name(person) for person in people(paper)],
        "issued": {"date-parts": [[paper.year]]},
        published.csl_venue: plain_line(paper.venue) if paper.venue else None,
        "genre": "preprint" if published is PREPRINT else None,
        "number": f"arXiv:{one_line(paper.arxiv)}" if published is PREPRINT and paper.arxiv else None,
        "DOI": one_line(paper.doi) if paper.doi else None,
        "URL": one_line(paper.url) if paper.url else None,
        "abstract": "\n\n".join(map(plain_line, paper.abstract.split("\n\n"))) if paper.abstract else None,
        "keyword": ", ".join(keywords(paper, db)),
        **dict(other_lines(paper, "csl-json")),
    }
    return safe_json({name: value for name, value in fields.items() if value})


def _name(person: Person) -> dict[str, str]:
    if not person.given:
        return {"literal": person.family}
    parts = {
        "family": person.family,
        "given": person.given,
        "non-dropping-particle": person.particle,
        "suffix": person.suffix,
    }
    return {part: value for part, value in parts.items() if value}
