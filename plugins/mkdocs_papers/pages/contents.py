"""What templates see: one frozen dataclass per template, nothing computed in a template.

Pages show other papers only through `Summary` and `Link`, so that a page depends on just what it shows.
"""

from __future__ import annotations

from dataclasses import dataclass

from mkdocs_papers.library.model import Paper
from mkdocs_papers.pages.address import Address
from mkdocs_papers.pages.listing import Value
from mkdocs_papers.records.schema import PaperInfo


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a page of the site: its words (may hold ``$math$``) and where it leads."""

    text: str
    address: Address


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a group: its words, and where its papers are, or None where they are but the one that names it."""

    text: str
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """A link to a group of papers and how many there are."""

    link: Link
    papers: int
    about: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """A line of figures about some papers.

    Attributes:
        papers: how many they are.
        notes: how many of them have a note.
        code: how many of them have code.
        years: the first and the last year.
    """

    papers: int
    notes: int = 0
    code: int = 0
    years: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class CoOccurring:
    """What the papers of a group have besides: a view's name and its most frequent values among them."""

    view: str
    counts: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Papers by the values of one property.

    Attributes:
        name: its anchor, and the property's key in the language table.
        title: what it shows.
        counts: the values, each a link to its papers.
        rest: a link to all values with the number of those left out, or None.
    """

    name: str
    title: str
    counts: tuple[Count, ...]
    rest: Count | None = None


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row of a grid: what it stands for, and under each column's head the papers that fit both, or None."""

    head: Count
    cells: tuple[Count | None, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Papers by two properties at once, the most frequent values of both."""

    columns: tuple[Count, ...]
    rows: tuple[GridRow, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the site.

    Attributes:
        path: the picture to show, below the site's root, percent-encoded; None where it is too large for a listing or
            damaged, so that a card of words stands in for it.
        original: the full picture, one click away.
        width: in pixels, where known.
        height: in pixels, where known.
        whole: whether a page may show the original: not where it is damaged or too large to be drawn.
    """

    path: str | None
    original: str
    width: int | None = None
    height: int | None = None
    whole: bool = True


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
        keywords: what its first keywords are called, at most two.
        authors: its authors where they are few, else the first and the last.
        between: how many stand between those two.
        cells: what each column of the listing shows of it, but for those that are drawn.
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
    keywords: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    between: int = 0
    cells: tuple[Value, ...] = ()


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
        papers: how many papers the venue has in all; None where it goes on from another page.
        rows: those shown here.
    """

    id: str
    value: str
    link: Link
    papers: int | None
    rows: tuple[Summary, ...]


@dataclass(frozen=True, slots=True)
class SectionsPage:
    """``sections.html``: every group of a view with its listing.

    Attributes:
        view: name of the view.
        title: what it is called.
        counts: on the first page, all groups, or, where they are very many, those on this page.
        sections: the groups on this page.
        figures: of all papers, on the first page; None on the others.
        paging: where this page stands.
    """

    view: str
    title: str
    counts: tuple[Count, ...]
    sections: tuple[Section, ...]
    figures: Figures | None
    paging: Paging


@dataclass(frozen=True, slots=True)
class Total:
    """How many groups a view has, and how many papers there are."""

    groups: int
    papers: int


@dataclass(frozen=True, slots=True)
class CountsPage:
    """``counts.html``: the groups of a view, each with its number of papers.

    Attributes:
        view: name of the view.
        title: what it is called.
        counts: the groups on this page.
        total: of all of them, on the first page; None on the others.
        paging: where this page stands.
    """

    view: str
    title: str
    counts: tuple[Count, ...]
    total: Total | None
    paging: Paging


@dataclass(frozen=True, slots=True)
class ListingPage:
    """``listing.html``: one group of a view, or all papers, as a table.

    Attributes:
        view: name of the view; ``papers`` for all papers.
        title: the group's label.
        value: the venue, for ``data-venue``, where the view is by venue; else None.
        about: one line of definition; may be empty.
        figures: of all its papers, on the first page; None on the others.
        rows: those on this page.
        paging: where this page stands.
        co_occurring: values that many of its papers have besides, on the first page.
        trail: the pages above it.
        previous: on the first page, the neighbouring group before, or None.
        next: on the first page, the neighbouring group after, or None.
    """

    view: str
    title: str
    value: str | None
    about: str
    figures: Figures | None
    rows: tuple[Summary, ...]
    paging: Paging
    co_occurring: tuple[CoOccurring, ...] = ()
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
        scripts: the names of the modules of its script.
        settings: JSON: what the script needs to know besides. (It stands in an attribute: where Material swaps pages
            without loading, it runs every ``<script>`` of the content, whatever its type.)
    """

    listing: ListingPage
    facets: tuple[FacetPanel, ...]
    exports: tuple[ExportLink, ...]
    scripts: tuple[str, ...]
    settings: str


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The first lines of a note: plain text with ``$math$``, and where to read on."""

    text: str
    address: Address
    minutes: int


@dataclass(frozen=True, slots=True)
class BaselineLink:
    """A paper or method beside another in its lineage.

    Attributes:
        name: what it is called; may hold ``$math$``.
        address: its page; None where the library does not have it.
        year: of publication, where it is known.
        noted: whether there is a note on it.
    """

    name: str
    address: Address | None = None
    year: int | None = None
    noted: bool = False


@dataclass(frozen=True, slots=True)
class RelatedLink:
    """A related paper, and why: keys in the language table, each with what both papers have."""

    paper: Summary
    reasons: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class PaperPage:
    """``paper.html``: everything about one paper.

    Attributes:
        summary: what listings show of it.
        record: path of its record, relative to the project's root.
        paper: the paper itself, for its BibTeX entry and for fields that only a site's own template shows.
        citation_key: what it is cited by.
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
        related: other papers close to it.
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
    paper: Paper
    citation_key: str
    authors: tuple[Name, ...]
    institutions: tuple[Name, ...]
    keywords: tuple[Link, ...]
    venue: Link | None
    year: Link
    pdf: str | None
    doi: str | None
    abstract: str | None
    cover_url: str | None
    excerpt: Excerpt | None
    builds_on: tuple[BaselineLink, ...]
    built_on_by: tuple[BaselineLink, ...]
    same_work: tuple[Link, ...]
    related: tuple[RelatedLink, ...]
    trail: tuple[Link, ...]
    previous: Link | None
    next: Link | None
    rating: int | None
    status: str | None
    updated: str | None
    problems: tuple[str, ...] = ()

    @property
    def info(self) -> PaperInfo:
        """The record as written."""
        return self.paper.record.info


@dataclass(frozen=True, slots=True)
class NoteEntry:
    """A note in a list of notes.

    Attributes:
        title: may hold ``$math$``.
        address: its page.
        papers: the papers that name it.
        minutes: reading time.
        date: ISO date in its front matter, or None.
        draft: whether it is shown in the owner's preview only.
    """

    title: str
    address: Address
    papers: tuple[Summary, ...]
    minutes: int
    date: str | None
    draft: bool


@dataclass(frozen=True, slots=True)
class NotesPage:
    """``notes.html``: the index of all notes.

    Attributes:
        notes: those on this page.
        total: how many there are in all, on the first page; None on the others.
        paging: where this page stands.
    """

    notes: tuple[NoteEntry, ...]
    total: int | None
    paging: Paging


@dataclass(frozen=True, slots=True)
class NoteHeader:
    """``note_header.html`` and ``note_footer.html``: what stands above and below a note.

    Attributes:
        papers: the papers that name this note.
        minutes: reading time.
        draft: whether it is shown in the owner's preview only.
        date: ISO date in its front matter, or None.
        problems: lines about what is wrong with it, for the owner's preview only.
        trail: the pages above it.
        previous: the note before it in their index, or None.
        next: the note after it there, or None.
        cards: what its links to papers and to their notes show, by the path that they lead to, relative to the
            project's root.
        sizes: path below the notes folder, width and height in pixels of each picture beside the note.
    """

    papers: tuple[Summary, ...]
    minutes: int
    draft: bool
    date: str | None = None
    problems: tuple[str, ...] = ()
    trail: tuple[Link, ...] = ()
    previous: Link | None = None
    next: Link | None = None
    cards: tuple[tuple[str, Summary], ...] = ()
    sizes: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class HomePage:
    """``home.html``: the way in, for a site that has no home page of its own.

    Attributes:
        title: the site's name.
        overview: what the library holds.
    """

    title: str
    overview: Overview


@dataclass(frozen=True, slots=True)
class Overview:
    """``overview.html``: what a library holds, for a home page.

    Attributes:
        figures: of all papers.
        notes: how many notes there are.
        newest: the newest papers, each with its date: a day, or a year.
        newest_notes: the newest notes.
        years: papers by year.
        keywords: papers by keyword.
        ways: the index pages, each with how many groups it has.
    """

    figures: Figures
    notes: int
    newest: tuple[DatedPaper, ...]
    newest_notes: tuple[NoteEntry, ...]
    years: Chart
    keywords: Chart
    ways: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class DatedPaper:
    """A paper with its date: the day of its record's last change, or else its year."""

    paper: Summary
    date: str


@dataclass(frozen=True, slots=True)
class StatisticsPage:
    """``stats.html``: papers by year, venue, keyword, institution and reading status.

    Attributes:
        title: what the page is called.
        figures: of all papers.
        years: papers by year.
        charts: papers by other properties; one without values is left out.
        grid: papers by venue and keyword, or None where there are no keywords.
    """

    title: str
    figures: Figures
    years: Chart
    charts: tuple[Chart, ...]
    grid: Grid | None


@dataclass(frozen=True, slots=True)
class UnreadablePage:
    """``unreadable.html``: in the owner's preview, what is wrong with a record that cannot be read."""

    key: str
    record: str
    problems: tuple[str, ...]
