"""What templates see: one frozen dataclass per template, nothing computed in a template.

Pages show other papers only through `Summary` and `Link`, so that a page depends on just what it shows.
"""

from __future__ import annotations

from dataclasses import dataclass

from mkdocs_papers.pages.address import Address
from mkdocs_papers.records.schema import PaperInfo


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a page of the site: its words (may hold ``$math$``) and where it leads."""

    text: str
    address: Address


@dataclass(frozen=True, slots=True)
class Count:
    """A link to a group of papers and how many there are."""

    link: Link
    papers: int
    about: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the site.

    Attributes:
        path: the picture to show, below the site's root, percent-encoded.
        original: the full picture, one click away.
        width: in pixels, where known.
        height: in pixels, where known.
    """

    path: str
    original: str
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class NoteLink:
    """A link to a paper's note: a page of the site, or an address elsewhere."""

    address: Address | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class CodeLink:
    """A link to a paper's code.

    Attributes:
        label: what to call it; never empty.
        url: an http(s) address.
        repository: ``owner/name`` where it is on GitHub, for the stars badge; else None.
    """

    label: str
    url: str
    repository: str | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """What other pages show of a paper: a row of a listing.

    Attributes:
        key: of the record.
        address: its page.
        abbreviation: the method's nickname, or None.
        title: may hold ``$math$``.
        url: http(s) address of the paper, or None.
        venue: shown in the listing's venue column; empty for none.
        year: of publication.
        cover: its picture, or None.
        code: its code, or None.
        note: its note, or None.
    """

    key: str
    address: Address
    abbreviation: str | None
    title: str
    url: str | None
    venue: str
    year: int
    cover: Picture | None = None
    code: CodeLink | None = None
    note: NoteLink | None = None


@dataclass(frozen=True, slots=True)
class Paging:
    """Where a page of a long listing stands: its number, how many there are, and its neighbours."""

    number: int = 1
    pages: int = 1
    previous: Address | None = None
    next: Address | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page with a listing of its own.

    Attributes:
        id: its anchor.
        value: the venue itself, for ``data-venue``.
        link: to the venue's own page.
        papers: how many papers the venue has in all.
        rows: those shown here.
    """

    id: str
    value: str
    link: Link
    papers: int
    rows: tuple[Summary, ...]


@dataclass(frozen=True, slots=True)
class SectionsPage:
    """``sections.html``: every group of a view with its listing."""

    view: str
    title: str
    counts: tuple[Count, ...]
    sections: tuple[Section, ...]
    papers: int
    paging: Paging


@dataclass(frozen=True, slots=True)
class CountsPage:
    """``counts.html``: every group of a view with its number of papers."""

    view: str
    title: str
    counts: tuple[Count, ...]
    papers: int


@dataclass(frozen=True, slots=True)
class ListingPage:
    """``listing.html``: one group of a view, or all papers, as a table.

    Attributes:
        view: name of the view; ``papers`` for all papers.
        title: the group's label.
        value: the venue, for ``data-venue``, where the view is by venue; else None.
        about: one line of definition; may be empty.
        papers: how many papers the group has in all.
        rows: those on this page.
        paging: where this page stands.
        trail: the pages above it.
        previous: the neighbouring group before, or None.
        next: the neighbouring group after, or None.
    """

    view: str
    title: str
    value: str | None
    about: str
    papers: int
    rows: tuple[Summary, ...]
    paging: Paging
    trail: tuple[Link, ...] = ()
    previous: Link | None = None
    next: Link | None = None


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet: as queries name it, as readers see it, and how many papers have it."""

    value: str
    label: str
    papers: int


@dataclass(frozen=True, slots=True)
class FacetPanel:
    """A facet on the browse page.

    Attributes:
        name: as queries name it.
        title: as readers see it.
        kind: one of `Kind`, as text.
        values: those shown at first.
        total: how many there are in all.
        open: whether it is unfolded at first.
        most: the most papers that one of the values shown has.
    """

    name: str
    title: str
    kind: str
    values: tuple[FacetValue, ...]
    total: int
    open: bool
    most: int


@dataclass(frozen=True, slots=True)
class ExportLink:
    """A file of all papers for another program.

    Attributes:
        title: what readers call its format.
        path: the file, relative to the site's root.
        type: its media type.
    """

    title: str
    path: str
    type: str


@dataclass(frozen=True, slots=True)
class BrowsePage:
    """``browse.html``: all papers, with facets, a box, and other ways to look at them where scripts run.

    Attributes:
        listing: the table that works without a script.
        facets: by what papers are filtered.
        exports: all papers for other programs.
        script: JSON, safe inside a ``<script>`` element: what the script needs to know besides.
    """

    listing: ListingPage
    facets: tuple[FacetPanel, ...]
    exports: tuple[ExportLink, ...]
    script: str


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The first lines of a note: plain text with ``$math$``, and where to read on."""

    text: str
    address: Address
    minutes: int


@dataclass(frozen=True, slots=True)
class BaselineLink:
    """A paper or method that this one compares itself with: its name, and its page where the library has it."""

    name: str
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class PaperPage:
    """``paper.html``: everything about one paper.

    Attributes:
        summary: what listings show of it.
        record: path of its record, relative to the project's root.
        info: the record as written, for fields that only a site's own template shows.
        authors: each with their page.
        institutions: each with its page.
        keywords: each with its page.
        venue: its venue's page, or None.
        year: its year's page.
        pdf: address of the PDF, or None.
        doi: the DOI, or None.
        abstract: the abstract, or None.
        cover_url: a cover that lies elsewhere, or None.
        excerpt: the first lines of its note, or None.
        builds_on: its baselines.
        built_on_by: the papers that name it as a baseline.
        same_work: other records of the same work.
        bibtex: a BibTeX entry.
        trail: the pages above it.
        previous: the paper before it in its venue, or None.
        next: the paper after it in its venue, or None.
        rating: 1 to 5, or None.
        status: ``to_read``, ``reading``, ``read``, or None.
        updated: ISO date, or None.
        problems: lines about what is wrong with its record and note, for the owner's preview only.
    """

    summary: Summary
    record: str
    info: PaperInfo
    authors: tuple[Link, ...]
    institutions: tuple[Link, ...]
    keywords: tuple[Link, ...]
    venue: Link | None
    year: Link
    pdf: str | None
    doi: str | None
    abstract: str | None
    cover_url: str | None
    excerpt: Excerpt | None
    builds_on: tuple[BaselineLink, ...]
    built_on_by: tuple[Link, ...]
    same_work: tuple[Link, ...]
    bibtex: str
    trail: tuple[Link, ...]
    previous: Link | None
    next: Link | None
    rating: int | None
    status: str | None
    updated: str | None
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteEntry:
    """A note in the index of notes."""

    title: str
    address: Address
    papers: tuple[Summary, ...]
    minutes: int
    date: str | None
    draft: bool


@dataclass(frozen=True, slots=True)
class NotesPage:
    """``notes.html``: the index of all notes."""

    notes: tuple[NoteEntry, ...]
    total: int
    paging: Paging


@dataclass(frozen=True, slots=True)
class NoteHeader:
    """``note_header.html``: what stands above a note: the papers it is about, and how long it takes to read.

    Attributes:
        papers: the papers that name this note.
        minutes: reading time.
        draft: whether it is shown in the owner's preview only.
        problems: lines about what is wrong with it, for the owner's preview only.
    """

    papers: tuple[Summary, ...]
    minutes: int
    draft: bool
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HomePage:
    """``home.html``: the way in, for a site that has no home page of its own.

    Attributes:
        title: the site's name.
        papers: how many papers there are.
        notes: how many notes there are.
        newest: the newest papers.
        ways: the index pages.
        meta: the folder of records, for an empty library's first steps.
    """

    title: str
    papers: int
    notes: int
    newest: tuple[Summary, ...]
    ways: tuple[Link, ...]
    meta: str


@dataclass(frozen=True, slots=True)
class UnreadablePage:
    """``unreadable.html``: in the owner's preview, what is wrong with a record that cannot be read."""

    key: str
    record: str
    problems: tuple[str, ...]
