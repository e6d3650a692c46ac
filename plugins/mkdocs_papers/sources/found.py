"""What a source says of a paper: the values that every source and every reader of a file gives.

A reader of a file of another program gives one of the two for each entry: one that cannot be read is a `Failure`, never
nothing.
"""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from mkdocs_papers.records.problem import Place
from mkdocs_papers.records.schema import PaperInfo
from mkdocs_papers.sources.identify import Identifier


class Kind(enum.StrEnum):
    """What a source takes the paper for."""

    UNKNOWN = "unknown"
    PREPRINT = "preprint"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of one paper, by one source or merged from several.

    Texts are plain Unicode on one line (the abstract may have paragraphs): entities, JATS and LaTeX are decoded, and
    only math stays LaTeX, as ``$…$``. What a source does not say is None or empty.

    Attributes:
        source: who says so: ``Crossref``; of a file its path and the entry's place, ``refs.bib:12:1``.
        authors: one name each, given name first, in the source's order: ``Guido van Rossum``, ``Sammy Davis, Jr.``; a
            group is one name.
        institutions: one name each, each once.
        year: of publication; of a preprint, that of its first version.
        venue: where it was published, as the source names it; None for a preprint.
        pages: the pages, with any dash between the first and the last, or an article's number.
        doi: the paper's own DOI, without resolver; never that of an arXiv preprint, which is `arxiv`.
        arxiv: arXiv identifier without version.
        url: http(s) address where the paper is read.
        codes: addresses of code that the source names, each with where it stands: ``("https://…", "arXiv's comment")``.
        offers: what may be so, for a person to decide: a sentence, and the fields that would be written.
        comment: the authors' comment on a preprint.
        published_doi: the DOI of the published version, as a preprint's record names it.
        sorted_authors: whether the source puts the authors into alphabetical order, which is not the paper's.
        key: a name for the record that the source suggests: a citation key, or ``2024/Quest``.
        rest: what else it says, in the schema's fields. The fields above go before it.
        place: where the entry begins, in a file.
        odd: what is odd about a file's entry and has cost nothing but itself, such as a field that stands twice.
        unsupported: the fields of a file's entry for which a record has none, as the file calls them.
        names: of a PDF, the identifier in it; nothing else is known then.
        page: the text of that PDF's first page.
        origins: of a merged one, who says what, by the names of the attributes above; who is not named is `source`.
    """

    source: str
    title: str | None = None
    authors: tuple[str, ...] = ()
    institutions: tuple[str, ...] = ()
    year: int | None = None
    venue: str | None = None
    volume: str | None = None
    number: str | None = None
    pages: str | None = None
    doi: str | None = None
    arxiv: str | None = None
    url: str | None = None
    abstract: str | None = None
    codes: tuple[tuple[str, str], ...] = ()
    offers: tuple[tuple[str, PaperInfo], ...] = ()
    comment: str | None = None
    kind: Kind = Kind.UNKNOWN
    published_doi: str | None = None
    sorted_authors: bool = False
    key: str | None = None
    rest: PaperInfo = field(default_factory=PaperInfo)
    place: Place | None = None
    odd: tuple[Failure, ...] = ()
    unsupported: tuple[str, ...] = ()
    names: Identifier | None = None
    page: str = ""
    origins: Mapping[str, str] = field(default_factory=dict)

    def origin(self, name: str) -> str:
        """Who says the value of an attribute."""
        return self.origins.get(name, self.source)

    def with_facts(self, other: Found, *names: str) -> Found:
        """These facts, with another's values of some attributes in place of these, where it says something."""
        taken = {name: value for name in names if (value := getattr(other, name)) or value == 0}
        return dataclasses.replace(
            self, **taken, origins={**self.origins, **{name: other.origin(name) for name in taken}}
        )

    def completed(self, other: Found, *names: str) -> Found:
        """These facts, with another's values of those attributes of which nothing is known here."""
        return self.with_facts(other, *(name for name in names if not getattr(self, name)))


@dataclass(frozen=True, slots=True)
class Failure:
    """What came in and did not become a record.

    Attributes:
        what: what came in: the path of a file, or an identifier as it was given.
        wrong: what is wrong, one sentence without a full stop.
        right: what would be right, one clause; may be empty.
    """

    what: str
    wrong: str
    right: str = ""
    place: Place | None = None

    def __str__(self) -> str:
        """One line: what came in, its place, what is wrong, what would be right."""
        place = f":{self.place.line}:{self.place.column}" if self.place else ""
        remedy = f"; {self.right}" if self.right else ""
        return f"{self.what}{place}: {self.wrong}{remedy}"
