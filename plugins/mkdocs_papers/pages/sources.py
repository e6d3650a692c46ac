"""The page sources of a library: which pages there are, and what each shows."""

from __future__ import annotations

import dataclasses
import datetime
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from mkdocs_papers.library.model import Attachment, Library, Note, Paper
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.pages import contents
from mkdocs_papers.pages.address import Address, file_path, note_address, numbered, paper_address
from mkdocs_papers.pages.contents import Count, Link, Paging, Section, Summary
from mkdocs_papers.pages.exports.bibtex import entry as bibtex_entry
from mkdocs_papers.pages.exports.citation import citation_keys
from mkdocs_papers.pages.exports.export import Surroundings
from mkdocs_papers.pages.language import Language
from mkdocs_papers.pages.source import Heading, PageSource
from mkdocs_papers.pages.text import plain
from mkdocs_papers.views import order
from mkdocs_papers.views.view import NONE, VIEWS, Group, View, groups

PAPERS = Address("papers", index=True)
NOTES = Address("notes", index=True)
HOME = Address("", index=True)

_WORDS_PER_MINUTE = 220
_GITHUB = re.compile(r"https?://(?:www\.)?github\.com/([\w.-]+)/([\w.-]+?)(?:\.git)?(?:[/?#]|$)")


@dataclass(frozen=True, slots=True)
class Options:
    """What the site decides about its pages.

    Attributes:
        language: the interface's words.
        name: the site's name.
        badges: whether listings ask GitHub for stars (a request to a third party).
        page_size: rows on one page of a listing.
        preview: whether this is the owner's preview: drafts and problems are shown.
    """

    language: Language
    name: str = ""
    badges: bool = False
    page_size: int = 200
    preview: bool = False


@dataclass
class Site:
    """The pages of one library, under the site's options.

    Summaries and groups are made once and shared by all pages that show them.
    """

    library: Library
    settings: Settings
    options: Options
    pictures: Mapping[str, contents.Picture] = field(default_factory=dict)
    """Thumbnails by path below the notes folder, where there are any."""

    @cached_property
    def summaries(self) -> dict[str, Summary]:
        """What other pages show of each paper, by key."""
        return {key: self._summary(paper) for key, paper in self.library.papers.items()}

    @cached_property
    def groups(self) -> dict[str, tuple[Group, ...]]:
        """The groups of each view, by the view's name."""
        papers = self.library.papers.values()
        return {view.name: groups(view, papers, self.settings.keywords) for view in VIEWS}

    @cached_property
    def _links(self) -> dict[str, dict[str, Link]]:
        return {
            view.name: {
                group.value: Link(self.label(view, group.value), Address(f"{view.name}/{group.slug}"))
                for group in self.groups[view.name]
            }
            for view in VIEWS
        }

    @cached_property
    def notes(self) -> dict[str, Note]:
        """The notes that are shown, by path."""
        return {path: note for path, note in self.library.notes.items() if self.options.preview or not note.draft}

    @cached_property
    def citation_keys(self) -> dict[str, str]:
        """What each paper is cited by, by key."""
        return citation_keys(self.library.papers)

    def surroundings(self, *, directory_urls: bool) -> Surroundings:
        """What exports say besides the papers.

        Args:
            directory_urls: the site's ``use_directory_urls``.
        """
        labels = {word: keyword.label for word, keyword in self.settings.keywords.items()}
        return Surroundings(self.citation_keys, labels, self.notes, directory_urls)

    def label(self, view: View, value: str) -> str:
        """How a group is called."""
        if value == NONE:
            return self.options.language(f"none.{view.name}")
        if view.configured and value in self.settings.keywords:
            return self.settings.keywords[value].label
        return value

    def view_title(self, view: View) -> str:
        """How a view is called."""
        return self.options.language.find(f"view.{view.name}") or view.title

    def link(self, view: str, value: str) -> Link:
        """A link to the page of a group."""
        return self._links[view][value]

    def sources(self) -> Iterator[PageSource]:
        """All pages that the library makes, index pages first."""
        yield from self.indices()
        for view in VIEWS:
            yield from self._group_pages(view)
        yield from self._paper_pages()
        if self.options.preview:
            yield from self._unreadable_pages()

    def indices(self) -> Iterator[PageSource]:
        """The index pages and their further pages."""
        for view in VIEWS:
            yield from self._view_index(view)
        yield from self._all_papers()
        yield from self._notes_index()

    def home(self) -> PageSource:
        """A home page, for a site that has none of its own."""
        newest = sorted(self.library.papers.values(), key=lambda paper: (-(paper.updated or 0), order.newest_first(paper)))
        ways = [Link(self.options.language("view.papers"), PAPERS), Link(self.options.language("view.notes"), NOTES)]
        ways += [Link(self.view_title(view), Address(view.name, index=True)) for view in VIEWS]
        page = contents.HomePage(
            title=self.options.name,
            papers=len(self.library.papers),
            notes=len(self.notes),
            newest=tuple(self.summaries[paper.key] for paper in newest[:10]),
            ways=tuple(ways),
            meta=self.settings.meta,
        )
        return PageSource(HOME, self.options.name, "home.html", page)

    # Pages of papers

    def _paper_pages(self) -> Iterator[PageSource]:
        neighbours = self._neighbours()
        for key, paper in self.library.papers.items():
            yield self._paper_page(paper, *neighbours[key])

    def _neighbours(self) -> dict[str, tuple[Link | None, Link | None]]:
        found: dict[str, tuple[Link | None, Link | None]] = {}
        for group in self.groups["venues"]:
            links = [self.paper_link(paper.key) for paper in group.papers]
            for position, paper in enumerate(group.papers):
                found[paper.key] = (
                    links[position - 1] if position else None,
                    links[position + 1] if position + 1 < len(links) else None,
                )
        return found

    def _paper_page(self, paper: Paper, previous: Link | None, next_: Link | None) -> PageSource:
        summary = self.summaries[paper.key]
        venue = self.link("venues", paper.venue or NONE)
        note = self.notes.get(paper.note.path) if paper.note and paper.note.path else None
        page = contents.PaperPage(
            summary=summary,
            record=paper.record.path,
            info=paper.record.info,
            authors=tuple(self.link("authors", name) for name in dict.fromkeys(paper.authors)),
            institutions=tuple(self.link("institutions", name) for name in dict.fromkeys(paper.institutions)),
            keywords=tuple(self.link("keywords", word) for word in dict.fromkeys(paper.keywords)),
            venue=venue if paper.venue else None,
            year=self.link("years", str(paper.year)),
            pdf=paper.pdf,
            doi=paper.doi,
            abstract=paper.abstract,
            cover_url=paper.cover.address if paper.cover else None,
            excerpt=contents.Excerpt(note.excerpt, note_address(note.path), minutes(note.words)) if note else None,
            builds_on=tuple(
                contents.BaselineLink(self.library.papers[each.key].name, paper_address(each.key))
                if each.key is not None
                else contents.BaselineLink(each.name)
                for each in paper.baselines
            ),
            built_on_by=tuple(self.paper_link(key) for key in self.library.built_on_by.get(paper.key, ())),
            same_work=tuple(self._work_link(key) for key in paper.same_work),
            bibtex=bibtex_entry(paper, self.citation_keys[paper.key]),
            trail=(self._index_link("venues"), venue),
            previous=previous,
            next=next_,
            rating=paper.rating,
            status=paper.status,
            updated=None if paper.updated is None else iso_date(paper.updated),
            problems=self._problems_of(paper) if self.options.preview else (),
        )
        return PageSource(
            paper_address(paper.key),
            plain(paper.title),
            "paper.html",
            page,
            section="venues",
            record=paper.record.path,
            searchable=True,
            description=self._description(paper),
        )

    def paper_link(self, key: str) -> Link:
        """A link to a paper, by its short name."""
        return Link(self.library.papers[key].name, paper_address(key))

    def _work_link(self, key: str) -> Link:
        paper = self.library.papers[key]
        return Link(f"{paper.title} ({paper.venue or '–'} {paper.year})", paper_address(key))

    def _description(self, paper: Paper) -> str:
        published = " ".join(filter(None, (paper.venue, str(paper.year))))
        people = ", ".join(paper.authors[:3]) + (" et al." if len(paper.authors) > 3 else "")  # noqa: PLR2004
        return plain(". ".join(filter(None, (paper.title.rstrip("."), people, published))) + ".")

    @cached_property
    def _problems_by_path(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for problem in self.library.problems:
            found.setdefault(problem.path, []).append(str(problem))
        return found

    def _problems_of(self, paper: Paper) -> tuple[str, ...]:
        return tuple(self._problems_by_path.get(paper.record.path, ()))

    def note_problems(self, path: str) -> tuple[str, ...]:
        """What is wrong with a note, for the owner's preview."""
        return tuple(self._problems_by_path.get(f"{self.settings.notes}/{path}", ())) if self.options.preview else ()

    def _unreadable_pages(self) -> Iterator[PageSource]:
        for key, problems in self.library.unreadable.items():
            page = contents.UnreadablePage(key, problems[0].path, tuple(str(problem) for problem in problems))
            yield PageSource(paper_address(key), key, "unreadable.html", page, section="papers", record=problems[0].path)

    # Listings

    def _index_link(self, name: str) -> Link:
        view = next((view for view in VIEWS if view.name == name), None)
        title = self.view_title(view) if view else self.options.language(f"view.{name}")
        return Link(title, Address(name, index=True))

    def _counts(self, view: View) -> tuple[Count, ...]:
        return tuple(
            Count(self.link(view.name, group.value), len(group.papers), self._about(view, group.value))
            for group in self.groups[view.name]
        )

    def _about(self, view: View, value: str) -> str:
        keyword = self.settings.keywords.get(value) if view.configured else None
        return keyword.about if keyword else ""

    def _view_index(self, view: View) -> Iterator[PageSource]:
        address = Address(view.name, index=True)
        title = self.view_title(view)
        total = len(self.library.papers)
        if view.name != "venues":
            page = contents.CountsPage(view.name, title, self._counts(view), total)
            yield PageSource(address, title, "counts.html", page)
            return
        parts = list(_split_sections(self.groups[view.name], 2 * self.options.page_size))
        for number, part in enumerate(parts, start=1):
            sections = tuple(
                Section(
                    id=group.slug.casefold(),
                    value=group.value,
                    link=self.link(view.name, group.value),
                    papers=len(group.papers),
                    rows=tuple(self.summaries[paper.key] for paper in rows),
                )
                for group, rows in part
            )
            yield PageSource(
                numbered(address, number),
                title,
                "sections.html",
                contents.SectionsPage(
                    view.name, title, self._counts(view), sections, total, _paging(address, number, len(parts))
                ),
                outline=tuple(Heading(section.id, section.link.text) for section in sections),
                section="" if number == 1 else view.name,
            )

    def _group_pages(self, view: View) -> Iterator[PageSource]:
        all_groups = self.groups[view.name]
        for position, group in enumerate(all_groups):
            yield from self._listing_pages(
                Address(f"{view.name}/{group.slug}"),
                group.papers,
                contents.ListingPage(
                    view=view.name,
                    title=self.label(view, group.value),
                    value=group.value if view.name == "venues" else None,
                    about=self._about(view, group.value),
                    papers=len(group.papers),
                    rows=(),
                    paging=Paging(),
                    trail=(self._index_link(view.name),),
                    previous=self.link(view.name, all_groups[position - 1].value) if position else None,
                    next=self.link(view.name, all_groups[position + 1].value) if position + 1 < len(all_groups) else None,
                ),
            )

    def _all_papers(self) -> Iterator[PageSource]:
        papers = sorted(self.library.papers.values(), key=order.newest_first)
        title = self.options.language("view.papers")
        yield from self._listing_pages(
            PAPERS, papers, contents.ListingPage("papers", title, None, "", len(papers), (), Paging())
        )

    def _listing_pages(
        self, address: Address, papers: Sequence[Paper], page: contents.ListingPage
    ) -> Iterator[PageSource]:
        pages = max(1, math.ceil(len(papers) / self.options.page_size))
        for number in range(1, pages + 1):
            shown = papers[(number - 1) * self.options.page_size : number * self.options.page_size]
            yield PageSource(
                numbered(address, number),
                page.title,
                "listing.html",
                dataclasses.replace(
                    page,
                    rows=tuple(self.summaries[paper.key] for paper in shown),
                    paging=_paging(address, number, pages),
                ),
                section="" if address.index and number == 1 else page.view,
            )

    def _notes_index(self) -> Iterator[PageSource]:
        entries = [self._note_entry(note) for note in self.notes.values()]
        entries.sort(key=lambda entry: (-max((s.year for s in entry.papers), default=0), entry.title.casefold()))
        pages = max(1, math.ceil(len(entries) / self.options.page_size))
        for number in range(1, pages + 1):
            shown = entries[(number - 1) * self.options.page_size : number * self.options.page_size]
            yield PageSource(
                numbered(NOTES, number),
                self.options.language("view.notes"),
                "notes.html",
                contents.NotesPage(tuple(shown), len(entries), _paging(NOTES, number, pages)),
                section="" if number == 1 else "notes",
            )

    def _note_entry(self, note: Note) -> contents.NoteEntry:
        return contents.NoteEntry(
            title=note.title,
            address=note_address(note.path),
            papers=tuple(self.summaries[key] for key in note.papers),
            minutes=minutes(note.words),
            date=note.date,
            draft=note.draft,
        )

    def note_header(self, note: Note) -> contents.NoteHeader:
        """What stands above a note."""
        return contents.NoteHeader(
            papers=tuple(self.summaries[key] for key in note.papers),
            minutes=minutes(note.words),
            draft=note.draft,
            problems=self.note_problems(note.path),
        )

    # Summaries

    def _summary(self, paper: Paper) -> Summary:
        code = None
        if paper.code:
            found = _GITHUB.match(paper.code.url) if self.options.badges else None
            code = contents.CodeLink(
                paper.code.label or self.options.language("code"),
                paper.code.url,
                f"{found[1]}/{found[2]}" if found else None,
            )
        return Summary(
            key=paper.key,
            address=paper_address(paper.key),
            abbreviation=paper.abbreviation,
            title=paper.title,
            url=paper.url,
            venue=paper.venue or "",
            year=paper.year,
            cover=self._picture(paper.cover),
            code=code,
            note=self._note_link(paper.note),
        )

    def _picture(self, cover: Attachment | None) -> contents.Picture | None:
        if cover is None or cover.path is None:
            return None
        path = file_path(cover)
        assert path is not None  # noqa: S101 - a file has a path; this tells the type checker so
        return self.pictures.get(cover.path) or contents.Picture(path, path)

    def _note_link(self, note: Attachment | None) -> contents.NoteLink | None:
        if note is None:
            return None
        if note.path is None:
            return contents.NoteLink(url=note.address)
        return contents.NoteLink(address=note_address(note.path)) if note.path in self.notes else None


def minutes(words: int) -> int:
    """Reading time in minutes, at least one."""
    return max(1, round(words / _WORDS_PER_MINUTE))


def iso_date(seconds: int) -> str:
    """Unix seconds as an ISO date, UTC; the far future and past are cut off at the calendar's ends."""
    try:
        return datetime.datetime.fromtimestamp(seconds, datetime.UTC).date().isoformat()
    except (OverflowError, ValueError, OSError):
        return datetime.date.max.isoformat()


def _paging(address: Address, number: int, pages: int) -> Paging:
    return Paging(
        number,
        pages,
        numbered(address, number - 1) if number > 1 else None,
        numbered(address, number + 1) if number < pages else None,
    )


def _split_sections(
    all_groups: Iterable[Group], room: int
) -> Iterator[tuple[tuple[Group, Sequence[Paper]], ...]]:
    """Groups with their papers, cut into pages of at most ``room`` papers; a long group runs over several pages."""
    part: list[tuple[Group, Sequence[Paper]]] = []
    left = room
    for group in all_groups:
        papers: Sequence[Paper] = group.papers
        while papers:
            if left == 0 or (part and len(papers) > left and len(papers) <= room):
                yield tuple(part)
                part, left = [], room
            part.append((group, papers[:left]))
            papers, left = papers[left:], left - min(left, len(papers))
    yield tuple(part)
