"""The catalogue: what the pages of a library share.

Each paper's summary, each group and each link is made once, however many pages show it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from mkdocs_papers.library.model import Attachment, Library, Note, Paper
from mkdocs_papers.library.names import one_line
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.pages import contents
from mkdocs_papers.pages.address import NOTES, Address, Website, file_path, note_address, paper_address
from mkdocs_papers.pages.browse import FacetColumn, as_shown, browse_index, columns
from mkdocs_papers.pages.contents import Count, Figures, Link, Summary
from mkdocs_papers.pages.exports.citation import citation_keys
from mkdocs_papers.pages.exports.export import Surroundings
from mkdocs_papers.pages.language import Language
from mkdocs_papers.pages.memory import Memory
from mkdocs_papers.pages.text import plain
from mkdocs_papers.views import order
from mkdocs_papers.views.dates import note_time
from mkdocs_papers.views.related import Related, related
from mkdocs_papers.views.view import NONE, VIEWS, Group, View, groups

_WORDS_PER_MINUTE = 220
_MOST_COUNTS = 20
"""So many counts are remembered for each group."""

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

    @cached_property
    def papers(self) -> tuple[Paper, ...]:
        """All papers, in order of key."""
        return tuple(self.library.papers.values())

    @cached_property
    def summaries(self) -> dict[str, Summary]:
        """What other pages show of each paper, by key."""
        made_from = (self.papers, self.pictures, tuple(self.notes))
        return self.memory.recall("summaries", "", made_from, self._summaries)

    def _summaries(self) -> dict[str, Summary]:
        self.memory.keep_only("summary", self.library.papers)
        return {paper.key: self._summary(paper) for paper in self.papers}

    @cached_property
    def renewed(self) -> frozenset[str]:
        """The keys of the papers of which other pages show something else than the time before."""
        before: dict[str, Summary] = self.memory.store("summaries before")
        found = frozenset(key for key, summary in self.summaries.items() if before.get(key) is not summary)
        before.clear()
        before.update(self.summaries)
        return found

    @cached_property
    def groups(self) -> dict[str, tuple[Group, ...]]:
        """The groups of each view, by the view's name."""
        return self.memory.recall("groups", "", self.papers, self._groups)

    def _groups(self) -> dict[str, tuple[Group, ...]]:
        return {view.name: tuple(self._same_groups(view)) for view in VIEWS}

    def _same_groups(self, view: View) -> Iterator[Group]:
        """The groups of a view; those that have not changed are the very same as the time before."""
        before: dict[str, Group] = self.memory.store(f"groups of {view.name} before")
        found = groups(view, self.papers, self.settings.keywords)
        for group in found:
            known = before.get(group.value)
            if known != group:
                known = before[group.value] = group
            yield known
        if len(before) > len(found):
            for value in before.keys() - {group.value for group in found}:
                del before[value]

    @cached_property
    def links(self) -> Mapping[str, Mapping[str, Link]]:
        """The links to the groups of each view; the very same as the time before, where none has changed."""
        found = {view.name: self._links_of(view) for view in VIEWS}
        last: dict[str, Mapping[str, Mapping[str, Link]]] = self.memory.store("all links before")
        if last.get("") != found:
            last[""] = found
        return last[""]

    def _links_of(self, view: View) -> dict[str, Link]:
        def links() -> dict[str, Link]:
            before: dict[str, Link] = self.memory.store(f"links of {view.name} before")
            for group in self.groups[view.name]:
                link = Link(self.label(view, group.value), Address(f"{view.name}/{group.slug}"))
                if before.get(group.value) != link:
                    before[group.value] = link
            return dict(before)

        return self.memory.recall("links", view.name, self.groups[view.name], links)

    @cached_property
    def notes(self) -> dict[str, Note]:
        """The notes that are shown, by path."""
        return {path: note for path, note in self.library.notes.items() if self.options.preview or not note.draft}

    @cached_property
    def newest_first(self) -> tuple[Paper, ...]:
        """All papers in the order of their listing, each as the site shows it."""

        def ordered() -> tuple[Paper, ...]:
            return tuple(sorted((as_shown(paper, self.notes) for paper in self.papers), key=order.newest_first))

        return self.memory.recall("newest first", "", (self.papers, tuple(self.notes)), ordered)

    @cached_property
    def facets(self) -> tuple[FacetColumn, ...]:
        """The facets of all papers, in that order."""
        return self.memory.recall(
            "facets", "", self.newest_first, lambda: columns(self.newest_first, self.settings, self.options.language)
        )

    def browse_index(self, *, directory_urls: bool) -> bytes:
        """The file with which a reader's browser filters all papers.

        Args:
            directory_urls: the site's ``use_directory_urls``.
        """
        rows = tuple(self.summaries[paper.key] for paper in self.newest_first)
        return self.memory.recall(
            "browse index",
            directory_urls,
            (rows, self.facets),
            lambda: browse_index(rows, self.facets, lambda address: address.url(directory_urls=directory_urls)),
        )

    @cached_property
    def citation_keys(self) -> dict[str, str]:
        """What each paper is cited by, by key."""
        keys = tuple(self.library.papers)
        return self.memory.recall("citation keys", "", keys, lambda: citation_keys(keys))

    def surroundings(self, *, directory_urls: bool) -> Surroundings:
        """What exports say besides the papers.

        Args:
            directory_urls: the site's ``use_directory_urls``.
        """
        labels = {word: keyword.label for word, keyword in self.settings.keywords.items()}
        return Surroundings(self.citation_keys, labels, self.notes, directory_urls)

    @cached_property
    def newest_notes(self) -> tuple[Note, ...]:
        """The notes that are shown, the newest first: the order of their index."""

        def age(note: Note) -> tuple[float, str, str]:
            time = note_time(note, self.library.papers)
            return (math.inf if time is None else -time, plain(note.title).casefold(), note.path)

        return tuple(sorted(self.notes.values(), key=age))

    @cached_property
    def subjects(self) -> dict[str, str]:
        """The key of the paper that a record or a note is about, by the file's path relative to the project's root."""
        folder = self.settings.notes
        notes = {f"{folder}/{path}": note.papers[0] for path, note in self.notes.items() if note.papers}
        return {paper.record.path: paper.key for paper in self.papers} | notes

    @cached_property
    def related(self) -> dict[str, tuple[Related, ...]]:
        """The papers related to each paper, by key."""
        # All of a paper that says how close it is to others; what else may change leaves that alone.
        made_from = [
            (paper.key, paper.year, paper.keywords, paper.authors, paper.baselines, paper.same_work)
            for paper in self.papers
        ]
        return self.memory.recall("related", "", made_from, lambda: related(self.papers))

    @cached_property
    def figures(self) -> Figures:
        """The line of figures about all papers."""
        return figures(tuple(self.summaries.values()))

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
    def _problems_by_path(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for problem in self.library.problems:
            found.setdefault(problem.path, []).append(str(problem))
        return found

    def problems_of(self, path: str) -> tuple[str, ...]:
        """What is wrong with a file of the project, for the owner's preview; nothing elsewhere."""
        return tuple(self._problems_by_path.get(path, ())) if self.options.preview else ()

    def index_link(self, name: str) -> Link:
        """A link to the index of a view, or to ``notes``."""
        return self._index_links[name]

    @cached_property
    def _index_links(self) -> dict[str, Link]:
        links = {view.name: Link(self.view_title(view), Address(view.name, index=True)) for view in VIEWS}
        return {**links, "notes": Link(self.options.language("view.notes"), NOTES)}

    def counts(self, view: View) -> tuple[Count, ...]:
        """The groups of a view with their numbers of papers."""
        return tuple(
            [
                self.count(view.name, group.value, len(group.papers), self.about(view, group.value))
                for group in self.groups[view.name]
            ]
        )

    def count(self, view: str, value: str, papers: int, about: str = "") -> Count:
        """A link to a group and how many papers are in it: one and the same on all pages that show it."""
        link = self.link(view, value)
        name = (view, value, papers, about)
        found = self._counts.get(name)
        if found is None or found.link is not link:
            found = self._counts[name] = Count(link, papers, about)
        return found

    @cached_property
    def _counts(self) -> dict[tuple[str, str, int, str], Count]:
        counts: dict[tuple[str, str, int, str], Count] = self.memory.store("counts")
        # Of numbers that are no more there are few, but a memory may last for years.
        if len(counts) > _MOST_COUNTS * sum(map(len, self.groups.values())):
            counts.clear()
        return counts

    def about(self, view: View, value: str) -> str:
        """One line of definition of a group; may be empty."""
        keyword = self.settings.keywords.get(value) if view.configured else None
        return keyword.about if keyword else ""

    def _summary(self, paper: Paper) -> Summary:
        cover, note = self._picture(paper.cover), self._note_link(paper.note)
        return self.memory.recall(
            "summary", paper.key, (paper, cover, note), lambda: self._new_summary(paper, cover, note)
        )

    def _new_summary(self, paper: Paper, cover: contents.Picture | None, note: contents.NoteLink | None) -> Summary:
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
            cover=cover,
            code=code,
            note=note,
            keywords=tuple([self.keyword_labels.get(word, word) for word in paper.keywords[:2]]),
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
