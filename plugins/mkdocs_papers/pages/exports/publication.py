"""Where a paper was published, and what each format calls that.

A record names a venue and nothing more, so the venue says what form of publication a paper has. To teach the exports
another journal, add it to `VENUES`.
"""

import functools
import re
from dataclasses import dataclass

from mkdocs_papers.library.model import Paper
from mkdocs_papers.library.papers import line


@dataclass(frozen=True, slots=True)
class Form:
    """A form of publication, in the words of each format.

    Attributes:
        bibtex: the entry's type.
        bibtex_venue: the field of the venue.
        csl: the type, one of those in CSL 1.0.2, appendix III.
        csl_venue: the variable of the venue.
        ris: the reference type.
        ris_venue: the tag of the venue.
        highwire: the ``<meta>`` name of the venue, as Google Scholar reads it.
        schema: the schema.org type of what the paper is part of, or None where the venue only publishes it.
    """

    bibtex: str
    bibtex_venue: str
    csl: str
    csl_venue: str
    ris: str
    ris_venue: str
    highwire: str
    schema: str | None = None


JOURNAL = Form(
    "article", "journal", "article-journal", "container-title", "JOUR", "T2", "citation_journal_title", "Periodical"
)
CONFERENCE = Form(
    "inproceedings", "booktitle", "paper-conference", "container-title", "CONF", "T2",
    "citation_conference_title", "PublicationVolume",
)  # fmt: skip
PREPRINT = Form("misc", "howpublished", "article", "publisher", "UNPB", "PB", "citation_publisher")
SOFTWARE = Form("misc", "howpublished", "software", "publisher", "COMP", "PB", "citation_publisher")
POST = Form("misc", "howpublished", "post-weblog", "container-title", "BLOG", "T2", "citation_publisher", "Blog")
UNPUBLISHED = Form("misc", "howpublished", "document", "publisher", "GEN", "PB", "citation_publisher")

DASHES = re.compile(r"\s*[-\u2010-\u2015\u2212]+\s*")
"""What stands between the first page and the last."""

VENUES: tuple[tuple[str, Form], ...] = (
    (r"arxiv|biorxiv|medrxiv|chemrxiv|corr|ssrn|openreview|preprints?", PREPRINT),
    (r"github|gitlab|hugging ?face|pypi|zenodo|software", SOFTWARE),
    (r"(.* )?blog( post)?|website|medium|substack", POST),
    (r"jmlr|tmlr|tacl|jair|tpami|pami|tnnls|tcad|vlsi|nature( .*)?|science|pnas|plos one", JOURNAL),
    (r"(.* )?(journal|transactions|letters|magazine|annals|reviews?)( .*)?|communications of .*", JOURNAL),
    (r"neuromorphic computing and engineering|neurocomputing|neural (computation|networks)", JOURNAL),
    (r"ieee (access|micro)", JOURNAL),
)
"""Forms by venue, whatever its letter case: the first pattern that fits all of it counts; without one it is a
conference, as most venues are. Papers of a workshop and in a conference's findings stand in proceedings, too."""


def place_in_venue(paper: Paper) -> str:
    """Where in its venue a paper stands, as citations say it: ``12 (3), 45–67``; "" where its record says nothing."""
    pub = paper.record.info.pub
    volume, number, pages = (line(value or "") for value in (pub.volume, pub.number, pub.pages))
    issue = " ".join(filter(None, (volume, f"({number})" if number else "")))
    return ", ".join(filter(None, (issue, DASHES.sub("–", pages))))


def form_of(paper: Paper) -> Form:
    """The form in which a paper was published; where volumes have numbers, a venue that `VENUES` lacks is a journal."""
    if paper.venue is None and paper.arxiv:
        return PREPRINT
    found, pub = form(paper.venue), paper.record.info.pub
    return JOURNAL if found is CONFERENCE and pub.volume and pub.number else found


@functools.lru_cache(maxsize=4096)
def form(venue: str | None) -> Form:
    """The form in which papers of a venue are published; that of nothing published for None."""
    if venue is None:
        return UNPUBLISHED
    name = " ".join(venue.split())
    return next((form for pattern, form in VENUES if re.fullmatch(pattern, name, re.IGNORECASE)), CONFERENCE)
