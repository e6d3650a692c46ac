"""BibTeX, for LaTeX and whatever reads its bibliographies: BibTeX itself, Biber, JabRef.

Fields and entry types as in "BibTeXing" (Oren Patashnik, 1988), https://ctan.org/pkg/bibtex; ``eprint`` and
``archiveprefix`` as arXiv asks for them, https://info.arxiv.org/help/hypertex/bibstyles/. The file is UTF-8, as Biber
and today's LaTeX expect it. An entry has no blank line.

BibTeX finds the end of a value by counting braces, and a backslash before a brace does not make it count for less. So
a brace in a text is written as a command, and the values hold balanced braces only. Addresses and DOIs are written as
they are, for the packages that print them take them verbatim.
"""

import functools
from collections.abc import Iterable

from mkdocs_papers.incremental.database import Database
from mkdocs_papers.library.model import Paper
from mkdocs_papers.library.papers import DEFAULT_VENUE
from mkdocs_papers.library.person import Person, is_lower, people
from mkdocs_papers.pages.exports.citation import citation_key
from mkdocs_papers.pages.exports.export import keywords, other_lines
from mkdocs_papers.pages.exports.publication import DASHES, form_of
from mkdocs_papers.pages.exports.tex import tex, verbatim


def bibtex(paper: Paper, db: Database) -> str:
    """A BibTeX entry for a paper, with what other programs take over besides what is cited."""
    return _entry(paper, citation_key(db, paper.key), (*_fields(paper), *_described(paper, db)))


def entry(paper: Paper, citation_key: str) -> str:
    """A BibTeX entry for a paper, as one cites it by one of `citation.citation_keys`."""
    return _entry(paper, citation_key, _fields(paper))


def _entry(paper: Paper, citation_key: str, fields: Iterable[tuple[str, str]]) -> str:
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields)
    return f"@{form_of(paper).bibtex}{{{citation_key},\n{lines}}}"


def _fields(paper: Paper) -> Iterable[tuple[str, str]]:
    # Doubled braces: a title keeps its capitals in every style.
    yield "title", f"{{{tex(paper.title)}}}"
    if paper.authors:
        yield "author", " and ".join(_name(person) for person in people(paper))
    yield "year", str(paper.year)
    published = form_of(paper)
    if paper.venue and not (paper.arxiv and paper.venue == DEFAULT_VENUE):
        yield published.bibtex_venue, tex(paper.venue)
    if paper.arxiv:
        yield "eprint", verbatim(paper.arxiv)
        yield "archiveprefix", "arXiv"
    if paper.doi:
        yield "doi", verbatim(paper.doi)
    if paper.url:
        yield "url", verbatim(paper.url)
    for name, line in other_lines(paper, "bibtex"):
        yield name, "--".join(map(tex, DASHES.split(line))) if name == "pages" else tex(line)


def _described(paper: Paper, db: Database) -> Iterable[tuple[str, str]]:
    """What no bibliography prints, under the names that BibLaTeX, JabRef and Zotero have for it."""
    if paper.abbreviation:
        yield "shorttitle", tex(paper.abbreviation)
    if paper.abstract:
        yield "abstract", tex(paper.abstract)
    if words := keywords(paper, db):
        # Commas and semicolons part keywords, but not within braces.
        yield "keywords", ", ".join(f"{{{tex(word)}}}" if "," in word or ";" in word else tex(word) for word in words)


@functools.lru_cache(maxsize=50_000)
def _name(person: Person) -> str:
    if (not person.given and "," in person.family) or {"and", "others"}.intersection(person.natural.casefold().split()):
        # A comma or a word that BibTeX has another use for: the braces keep the name in one piece.
        return f"{{{tex(', '.join(filter(None, (person.natural, person.suffix))))}}}"
    if person.given and (person.suffix or is_lower(person.given)):
        # In the usual order BibTeX would see other parts in it.
        family = " ".join(filter(None, (person.particle, person.family)))
        return tex(", ".join(filter(None, (family, person.suffix, person.given))))
    return tex(person.natural)
