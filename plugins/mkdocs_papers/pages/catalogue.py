"""The catalogue: what the pages of a library share.

Each paper's summary, each group and each link is made once, however many pages show it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property

from mkdocs_papers.library.counting import gone_and_new, recounted
from mkdocs_papers.library.model import Attachment, Library, Note, Paper
from mkdocs_papers.library.names import one_line
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.pages import contents
from mkdocs_papers.pages.address import NOTES, Address, Website, file_path, note_address, paper_address
from mkdocs_papers.pages.browse import (
    FacetTable,
    FacetValues,
    as_shown,
    browse_index,
    facet_table,
    facet_values,
    index_entry,
    index_facet,
)
from mkdocs_papers.pages.byline import byline
from mkdocs_papers.pages.contents import Count, Figures, Link, Summary
from mkdocs_papers.pages.exports.citation import citation_keys
from mkdocs_papers.pages.exports.export import Surroundings
from mkdocs_papers.pages.language import Language
from mkdocs_papers.pages.memory import Memory, Recalled, Value, changed, differing
from mkdocs_papers.pages.neighbours import Around, displaced, neighbours
from mkdocs_papers.pages.text import plain
from mkdocs_papers.views import order
from mkdocs_papers.views.dates import note_time, paper_time
from mkdocs_papers.views.facets import FACETS
from mkdocs_papers.views.related import Comparison, Related, compared
from mkdocs_papers.views.view import NONE, VIEWS, Group, View, places, regrouped

_WORDS_PER_MINUTE = 220
_MOST_COUNTS = 20
"""So many counts are remembered for each group."""

Dated = tuple[int, str, bool]
"""When a paper or a note is from: minus the time in Unix seconds, its key or path, and whether it is a note."""

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
        website: where the site is on the web; None where its owner does not say, and then nothing that needs absolute
            addresses is made, such as feeds.
        citation_tags: whether paper pages carry the tags by which Google Scholar and Zotero know a paper.
        social: whether pages say how social networks show a link to them; off where another plugin does.
        social_image: path below the site's root, percent-encoded, of the picture for pages without one; may be empty.
    """

    language: Language
    name: str = ""
    badges: bool = False
    page_size: int = 200
    preview: bool = False
    website: Website | None = None
    citation_tags: bool = False
    social: bool = True
    social_image: str = ""


@dataclass(frozen=True, slots=True)
class _Grouped:
    """The groups of the papers.

    Attributes:
        papers: by key.
        groups: by their values, of each view by its name.
        values: the values of the groups, in their order; the very same as the time before, where none came or went.
        changed_papers: the keys of the papers that are new or not as they were the time before.
        changed: the values of the groups that are new or not as they were, of each view by its name.
    """

    papers: Mapping[str, Paper] = field(default_factory=dict)
    groups: Mapping[str, Mapping[str, Group]] = field(default_factory=dict)
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    changed_papers: AbstractSet[str] = frozenset()
    changed: Mapping[str, AbstractSet[str]] = field(default_factory=dict)


_NOTHING = _Grouped()
_NO_LINKS: Mapping[str, Mapping[str, Link]] = {}
_NO_LINKS_YET: Mapping[str, Link] = {}
_NO_NOTES: dict[str, Note] = {}
_NO_VALUES: dict[str, object] = {}
_NO_FACETS: tuple[Mapping[str, FacetValues], Sequence[Mapping[str, int]], Mapping[str, FacetTable]] = ({}, (), {})


@dataclass
class Catalogue:
    """What the pages of one library share, under the site's options."""

    library: Library
    settings: Settings
    options: Options
    pictures: Mapping[str, contents.Picture] = field(default_factory=dict)
    """Covers as listings show them, by path below the notes folder."""
    sizes: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Width and height in pixels of pictures beside notes, by path below the notes folder."""
    memory: Memory = field(default_factory=Memory)
    """What an earlier making of the pages, under the same settings and options, remembers."""

    def __post_init__(self) -> None:
        """Begin to make the pages once more."""
        self.memory.begin()

    @cached_property
    def papers(self) -> tuple[Paper, ...]:
        """All papers, in order of key."""
        return tuple(self.library.papers.values())

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys of all papers, in order; the very same as the time before, where none has come or gone."""
        keys = tuple(self.library.papers)
        return self.memory.recall("keys", "", keys, lambda: keys)

    @cached_property
    def summaries(self) -> Mapping[str, Summary]:
        """What other pages show of each paper, by key; the very same as the time before, where none has changed."""
        return self._summaries.values

    @property
    def renewed(self) -> AbstractSet[str]:
        """The keys of the papers of which other pages show something else than the time before."""
        return self._summaries.renewed

    @cached_property
    def _summaries(self) -> Recalled[str, Summary]:
        papers, pictures, notes = self.library.papers, self.pictures, self.notes

        def made_from(key: str) -> tuple[Paper, contents.Picture | None, bool]:
            paper = papers[key]
            cover = None if paper.cover is None else pictures.get(paper.cover.path or "")
            return paper, cover, paper.note is not None and paper.note.path in notes

        return self.memory.recall_each(
            "summary",
            self.keys,
            made_from,
            lambda _, each: self._summary(each[0]),
            stale=self.changed_papers | self.papers_of_moved_notes,
            among=(pictures,),
        )

    @cached_property
    def groups(self) -> dict[str, tuple[Group, ...]]:
        """The groups of each view, by the view's name; those that have not changed are the very same."""
        return {name: tuple(groups.values()) for name, groups in self._grouped.groups.items()}

    @property
    def groups_by_value(self) -> Mapping[str, Mapping[str, Group]]:
        """The groups of each view by their values, by the view's name."""
        return self._grouped.groups

    @property
    def values(self) -> Mapping[str, tuple[str, ...]]:
        """The values of the groups of each view, in their order, by the view's name."""
        return self._grouped.values

    @property
    def changed_groups(self) -> Mapping[str, AbstractSet[str]]:
        """The values of the groups that are new or not as they were the time before, by the view's name."""
        return self._grouped.changed

    @property
    def changed_papers(self) -> AbstractSet[str]:
        """The keys of the papers that are new or not as they were the time before; those that are gone are not here."""
        return self._grouped.changed_papers

    @cached_property
    def _grouped(self) -> _Grouped:
        papers, before = self.library.papers, self.memory.last("grouped", _NOTHING)
        gone, new = gone_and_new(before.papers, papers)
        groups: dict[str, Mapping[str, Group]] = {}
        values: dict[str, tuple[str, ...]] = {}
        changes: dict[str, AbstractSet[str]] = {}
        for view in VIEWS:
            known = before.groups.get(view.name, {})
            touched = {value for paper in (*gone, *new) for value in places(view, paper)}
            now = regrouped(view, known, gone, new, self.settings.keywords) if touched else known
            # Where a value comes or goes, the addresses of others may change.
            same_values = all(value in known and value in now for value in touched)
            groups[view.name] = now
            values[view.name] = before.values[view.name] if same_values and before.values else tuple(now)
            changes[view.name] = touched if same_values else changed(known, now)
        found = _Grouped(papers, groups, values, frozenset(paper.key for paper in new), changes)
        self.memory.keep("grouped", _Grouped(papers, groups, values))
        return found

    @cached_property
    def links(self) -> Mapping[str, Mapping[str, Link]]:
        """The links to the groups of each view; those of a view are the very same, where none has changed."""
        return {view.name: self._links[view.name].values for view in VIEWS}

    @cached_property
    def _links(self) -> dict[str, Recalled[str, Link]]:
        return {view.name: self._links_of(view) for view in VIEWS}

    def _links_of(self, view: View) -> Recalled[str, Link]:
        groups = self.groups_by_value[view.name]
        return self.memory.recall_each(
            f"links of {view.name}",
            self.values[view.name],
            lambda value: groups[value].slug,
            lambda value, slug: Link(self.label(view, value), Address(f"{view.name}/{slug}")),
            stale=self.changed_groups[view.name],
        )

    @cached_property
    def moves(self) -> int:
        """How often the link to a group that was there before has changed.

        Where that is as it was the time before, what has not changed itself shows the same links as then.
        """
        moves: int = self.memory.last("moves", 0)
        for view, links in self._links_before.items():
            now = self.links[view]
            if now is not links and any(now.get(value, link) is not link for value, link in links.items()):
                moves += 1
        self.memory.keep("moves", moves)
        return moves

    @cached_property
    def _links_before(self) -> Mapping[str, Mapping[str, Link]]:
        before = self.memory.last("links", _NO_LINKS)
        self.memory.keep("links", self.links)
        return before

    def around(self, view: View) -> Mapping[str, Around]:
        """The links to the groups before and after each group of a view, by its value."""
        links = self.links[view.name]
        return self.memory.recall("around", view.name, (links,), lambda: neighbours(links), part=True)

    def moved(self, view: View) -> AbstractSet[str]:
        """The values of the groups that may have other neighbours than the time before."""
        before, now = self._links_before.get(view.name, _NO_LINKS_YET), self.links[view.name]
        return frozenset() if now is before else displaced(before, now)

    @cached_property
    def notes(self) -> dict[str, Note]:
        """The notes that are shown, by path."""
        return {path: note for path, note in self.library.notes.items() if self.options.preview or not note.draft}

    @cached_property
    def note_paths(self) -> tuple[str, ...]:
        """The paths of the notes that are shown; the very same as the time before, where none has come or gone."""
        paths = tuple(self.notes)
        return self.memory.recall("note paths", "", paths, lambda: paths)

    @cached_property
    def changed_notes(self) -> AbstractSet[str]:
        """The paths of the notes that are shown and not as they were the time before."""
        return changed(self._notes_before, self.notes)

    @cached_property
    def papers_of_moved_notes(self) -> AbstractSet[str]:
        """The keys of the papers of notes that are shown and were not the time before, or were and are not."""
        before, now = self._notes_before, self.notes
        return {key for path in before.keys() ^ now.keys() for key in (now.get(path) or before[path]).papers}

    @cached_property
    def _notes_before(self) -> Mapping[str, Note]:
        before = self.memory.last("notes", _NO_NOTES)
        self.memory.keep("notes", self.notes)
        return before

    @cached_property
    def shown(self) -> Recalled[str, Paper]:
        """All papers, each as the site shows it, by key."""
        papers, notes = self.library.papers, self.notes

        def made_from(key: str) -> tuple[Paper, bool]:
            paper = papers[key]
            return paper, paper.note is None or paper.note.path is None or paper.note.path in notes

        return self.memory.recall_each(
            "shown",
            self.keys,
            made_from,
            lambda _, each: as_shown(*each),
            stale=self.changed_papers | self.papers_of_moved_notes,
            part=True,
        )

    def _of_papers(self, kind: str, make: Callable[[str, Paper], Value]) -> Recalled[str, Value]:
        """Parts of a kind that are made from one paper each, by key; see `Memory.recall_each`."""
        return self.memory.recall_each(
            kind,
            self.keys,
            self.library.papers.__getitem__,
            make,
            stale=self.changed_papers,
            part=True,
        )

    @cached_property
    def _order(self) -> tuple[str, ...]:
        """The keys of all papers, in the order of their listing."""
        keys = self._of_papers("place among all", lambda _, paper: order.newest_first(paper)).values
        return self.memory.recall("order", "", (keys,), lambda: tuple(sorted(keys, key=keys.__getitem__)), part=True)

    @cached_property
    def listed(self) -> tuple[Summary, ...]:
        """What the listing of all papers shows of each."""
        made_from = (self._order, self.summaries)
        summaries = self.summaries
        return self.memory.recall(
            "listed", "", made_from, lambda: tuple([summaries[key] for key in self._order]), part=True
        )

    @cached_property
    def facets(self) -> tuple[FacetTable, ...]:
        """The facets that tell papers apart."""
        values = self._facet_values.values
        return self.memory.recall("facets", "", (values,), lambda: self._facets(values), part=True)

    @cached_property
    def _facet_values(self) -> Recalled[str, FacetValues]:
        """The values of each paper in each facet, by the paper's key."""
        papers, stale = self.shown.values, self.shown.renewed
        return self.memory.recall_each(
            "values", self.keys, papers.__getitem__, lambda _, paper: facet_values(paper), stale=stale, part=True
        )

    def _facets(self, values: Mapping[str, FacetValues]) -> tuple[FacetTable, ...]:
        before, counts_before, tables_before = self.memory.last("facets before", _NO_FACETS)
        gone, new = gone_and_new(before, values)
        counts, tables = [], {}
        for place, facet in enumerate(FACETS):
            known = counts_before[place] if counts_before else {}
            now = recounted(known, [each[place] for each in gone], [each[place] for each in new])
            table = tables_before.get(facet.name)
            if table is None or now is not known:
                table = facet_table(facet, now, self.settings, self.options.language, table)
            counts.append(now)
            tables[facet.name] = table
        self.memory.keep("facets before", (values, counts, tables), part=True)
        return tuple([table for table in tables.values() if table.values])

    def browse_index(self, *, directory_urls: bool) -> bytes:
        """The file with which a reader's browser filters all papers.

        Args:
            directory_urls: the site's ``use_directory_urls``.
        """

        def url(address: Address) -> str:
            return address.url(directory_urls=directory_urls)

        entries = self.memory.recall_each(
            f"entry in the index, {directory_urls}",
            self.keys,
            self.summaries.__getitem__,
            lambda _, paper: index_entry(paper, url),
            stale=self.renewed,
            part=True,
        )
        facets = tuple(map(self._index_facet, self.facets))
        return self.memory.recall(
            "browse index",
            directory_urls,
            (self._order, entries.values, facets),
            lambda: browse_index([entries.values[key] for key in self._order], facets, url),
        )

    def _index_facet(self, table: FacetTable) -> bytes:
        """What the index file says of a facet."""
        column = self._facet_columns[FACETS.index(table.facet)]
        # How many papers have each value is counted where the index is read.
        return self.memory.recall(
            "facet in the index",
            table.facet.name,
            (table.values, table.labels, column, self._order),
            lambda: index_facet(table, column, self._order),
            part=True,
        )

    @cached_property
    def _facet_columns(self) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """The values of each paper in each facet: one column for each facet, in the order of the listing."""
        values = self._facet_values.values
        return tuple(zip(*[values[key] for key in self._order], strict=True))

    @cached_property
    def citation_keys(self) -> dict[str, str]:
        """What each paper is cited by, by key."""
        return self.memory.recall("citation keys", "", self.keys, lambda: citation_keys(self.keys))

    @cached_property
    def recited(self) -> AbstractSet[str]:
        """The keys of the papers that are cited by another citation key than the time before."""
        return self.differing("citation keys", self.citation_keys)

    def surroundings(self, *, directory_urls: bool) -> Surroundings:
        """What exports say besides the papers.

        Args:
            directory_urls: the site's ``use_directory_urls``.
        """
        return Surroundings(self.citation_keys, self.keyword_labels, self.notes, directory_urls)

    @cached_property
    def dated_papers(self) -> Mapping[str, Dated]:
        """When each paper is from, by key."""
        return self._of_papers("date of a paper", lambda key, paper: (-paper_time(paper), key, False)).values

    @property
    def dated_notes(self) -> Mapping[str, Dated | None]:
        """When each note that is shown is from, by path; None where nothing says so."""
        return self._dated_notes.values

    @cached_property
    def _dated_notes(self) -> Recalled[str, Dated | None]:
        papers, notes = self.library.papers, self.notes

        def made_from(path: str) -> tuple[Note, tuple[Paper | None, ...]]:
            note = notes[path]
            return note, tuple(map(papers.get, note.papers))

        def dated(path: str, made_from: tuple[Note, object]) -> Dated | None:
            time = note_time(made_from[0], papers)
            return None if time is None else (-time, path, True)

        stale = self.changed_notes | self.notes_of(self.changed_papers)
        return self.memory.recall_each("date of a note", self.note_paths, made_from, dated, stale=stale, part=True)

    @cached_property
    def newest_notes(self) -> tuple[Note, ...]:
        """The notes that are shown, the newest first: the order of their index."""
        notes, dates = self.notes, self._dated_notes

        def age(path: str, made_from: tuple[str, Dated | None]) -> tuple[float, str, str]:
            title, date = made_from
            return (math.inf if date is None else date[0], plain(title).casefold(), path)

        ages = self.memory.recall_each(
            "age of a note",
            self.note_paths,
            lambda path: (notes[path].title, dates.values[path]),
            age,
            stale=self.changed_notes | dates.renewed,
            part=True,
        ).values
        ordered = self.memory.recall(
            "order of notes", "", (ages,), lambda: tuple(sorted(ages, key=ages.__getitem__)), part=True
        )
        return tuple([notes[path] for path in ordered])

    def notes_of(self, keys: Iterable[str]) -> set[str]:
        """The paths of the notes of some papers."""
        found = (self.library.papers[key].note for key in keys)
        return {note.path for note in found if note is not None and note.path is not None}

    @cached_property
    def subjects(self) -> Mapping[str, str]:
        """The key of the paper that a record or a note is about, by the file's path relative to the project's root."""
        folder, notes = self.settings.notes, self.notes
        records = self._of_papers("records", lambda _, paper: paper.record.path).values
        about = self.memory.recall_each(
            "papers of notes", self.note_paths, lambda path: notes[path].papers[:1], _as_it_is,
            stale=self.changed_notes, part=True,
        ).values  # fmt: skip

        def subjects() -> dict[str, str]:
            by_note = {f"{folder}/{path}": keys[0] for path, keys in about.items() if keys}
            return {path: key for key, path in records.items()} | by_note

        return self.memory.recall("subjects", "", (records, about), subjects, part=True)

    @cached_property
    def related(self) -> Mapping[str, tuple[Related, ...]]:
        """The papers related to each paper, by key."""
        features = self._of_papers("features", _features).values
        return self.memory.recall("related", "", (features,), self._related)

    def _related(self) -> Mapping[str, tuple[Related, ...]]:
        found = compared(self.papers, self.memory.last("comparison", Comparison()))
        self.memory.keep("comparison", found, part=True)
        return found.related

    def differing(self, kind: str, now: Mapping[str, object]) -> AbstractSet[str]:
        """The names for which a mapping of that kind says something else than the time before."""
        before: Mapping[str, object] = self.memory.last(kind, _NO_VALUES)
        self.memory.keep(kind, now)
        return differing(before, now)

    @cached_property
    def changed_problems(self) -> AbstractSet[str]:
        """The paths of the files of which other problems are known than the time before."""
        return self.differing("problems", self.problems_by_path)

    @cached_property
    def figures(self) -> Figures:
        """The line of figures about all papers."""
        return self.memory.recall("figures", "", (self.summaries,), lambda: figures(tuple(self.summaries.values())))

    def label(self, view: View, value: str) -> str:
        """How a group is called."""
        if value == NONE:
            return self.options.language(f"none.{view.name}")
        if view.configured and value in self.settings.keywords:
            return self.settings.keywords[value].label
        return value

    def keyword(self, word: str) -> str:
        """How a keyword is called in plain text."""
        known = self.settings.keywords.get(word)
        return one_line(plain(known.label if known else word))

    @cached_property
    def keyword_labels(self) -> dict[str, str]:
        """How the configured keywords are called; others go by their own names."""
        return {word: keyword.label for word, keyword in self.settings.keywords.items()}

    def view_title(self, view: View) -> str:
        """How a view is called."""
        return self.options.language.find(f"view.{view.name}") or view.title

    def link(self, view: str, value: str) -> Link:
        """A link to the page of a group."""
        return self.links[view][value]

    def paper_link(self, key: str) -> Link:
        """A link to a paper, by its short name."""
        return Link(self.library.papers[key].name, paper_address(key))

    @cached_property
    def problems_by_path(self) -> Mapping[str, tuple[str, ...]]:
        """What is wrong with each file of the project, for the owner's preview; nothing elsewhere."""
        found: dict[str, list[str]] = {}
        for problem in self.library.problems if self.options.preview else ():
            found.setdefault(problem.path, []).append(str(problem))
        return {path: tuple(problems) for path, problems in found.items()}

    def problems_of(self, path: str) -> tuple[str, ...]:
        """What is wrong with a file of the project, for the owner's preview; nothing elsewhere."""
        return self.problems_by_path.get(path, ())

    def index_link(self, name: str) -> Link:
        """A link to the index of a view, or to ``notes``."""
        return self._index_links[name]

    @cached_property
    def _index_links(self) -> dict[str, Link]:
        links = {view.name: Link(self.view_title(view), Address(view.name, index=True)) for view in VIEWS}
        return {**links, "notes": Link(self.options.language("view.notes"), NOTES)}

    def counts(self, view: View) -> tuple[Count, ...]:
        """The groups of a view with their numbers of papers."""
        return self._counts_by_view[view.name]

    @cached_property
    def _counts_by_view(self) -> dict[str, tuple[Count, ...]]:
        return {view.name: self._counts(view) for view in VIEWS}

    def _counts(self, view: View) -> tuple[Count, ...]:
        groups, links = self.groups_by_value[view.name], self._links[view.name]
        counts = self.memory.recall_each(
            f"counts of {view.name}",
            self.values[view.name],
            lambda value: (links.values[value], len(groups[value].papers)),
            lambda value, made_from: Count(*made_from, self.about(view, value)),
            stale=self.changed_groups[view.name] | links.renewed,
        ).values
        return self.memory.recall("counts", view.name, (counts,), lambda: tuple(counts.values()))

    def count(self, view: str, value: str, papers: int) -> Count:
        """A link to a group and how many papers are in it: one and the same on all pages that show it."""
        link = self.link(view, value)
        name = (view, value, papers)
        found = self._shown_counts.get(name)
        if found is None or found.link is not link:
            found = self._shown_counts[name] = Count(link, papers)
        return found

    @cached_property
    def _shown_counts(self) -> dict[tuple[str, str, int], Count]:
        counts: dict[tuple[str, str, int], Count] = self.memory.recall("counts that are shown", "", None, dict)
        # Of numbers that are no more there are few, but a memory may last for years.
        if len(counts) > _MOST_COUNTS * sum(map(len, self.groups.values())):
            counts.clear()
        return counts

    def about(self, view: View, value: str) -> str:
        """One line of definition of a group; may be empty."""
        keyword = self.settings.keywords.get(value) if view.configured else None
        return keyword.about if keyword else ""

    def _summary(self, paper: Paper) -> Summary:
        code = None
        if paper.code:
            found = _GITHUB.match(paper.code.url) if self.options.badges else None
            code = contents.CodeLink(
                paper.code.label or self.options.language("code"),
                paper.code.url,
                f"{found[1]}/{found[2]}" if found else None,
            )
        authors, between = byline(paper.authors)
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
            keywords=tuple([self.keyword_labels.get(word, word) for word in paper.keywords[:2]]),
            authors=authors,
            between=between,
        )

    def _picture(self, cover: Attachment | None) -> contents.Picture | None:
        if cover is None or cover.path is None:
            return None
        path = file_path(cover)
        assert path is not None  # noqa: S101 - a file has a path; this tells the type checker so
        return self.pictures.get(cover.path, contents.Picture(path, path))

    def _note_link(self, note: Attachment | None) -> contents.NoteLink | None:
        if note is None:
            return None
        if note.path is None:
            return contents.NoteLink(url=note.address)
        return contents.NoteLink(address=note_address(note.path)) if note.path in self.notes else None


def _as_it_is(_name: str, value: Value) -> Value:
    return value


def _features(_key: str, paper: Paper) -> tuple[object, ...]:
    """All of a paper that says how close it is to others."""
    return paper.key, paper.year, paper.keywords, paper.authors, paper.baselines, paper.same_work


def minutes(words: int) -> int:
    """Reading time in minutes, at least one."""
    return max(1, round(words / _WORDS_PER_MINUTE))


def figures(papers: Sequence[Summary]) -> Figures:
    """The line of figures about some papers."""
    years = [paper.year for paper in papers]
    return Figures(
        papers=len(papers),
        notes=len([paper for paper in papers if paper.note]),
        code=len([paper for paper in papers if paper.code]),
        years=(min(years), max(years)) if years else None,
    )
