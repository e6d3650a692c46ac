"""Pages that are kept up after a change are the pages made from nothing, and few are made."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Any
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.incremental.database import Database, Entry, Node, Readable
from mkdocs_papers.library.library_inputs import SETTINGS
from mkdocs_papers.library.load import library_of
from mkdocs_papers.library.model import Attachment, Baseline, Library, Note, Paper
from mkdocs_papers.pages import browse, listing_pages, paging
from mkdocs_papers.pages.address import Website
from mkdocs_papers.pages.exports.registry import export_files
from mkdocs_papers.pages.home import home_page, overview
from mkdocs_papers.pages.moves import moves
from mkdocs_papers.pages.note_pages import note_headers
from mkdocs_papers.pages.page_inputs import OPTIONS
from mkdocs_papers.pages.sources import Site
from mkdocs_papers.views import related, view_inputs
from tests.pages.papers import FULL, paper, site
from tests.pages.walk import Step, walk

KEYS = ("2022/A", "2023/B", "2024/C", "2024/D")
NOTES = ("2022/A/note.md", "2024/C/note.md")


def some_papers() -> st.SearchStrategy[dict[str, Paper]]:
    """Papers that have much in common."""
    names = st.sampled_from(("Ann Lee", "ann lee", "Bo Chen", "Li Wei"))
    some: st.SearchStrategy[dict[str, Any]] = st.builds(
        dict,
        title=st.sampled_from(("One", "Two $x^2$", "Three")),
        year=st.sampled_from((2022, 2024)),
        venue=st.sampled_from((None, "ICML", "icml")),
        authors=st.lists(names, max_size=2).map(tuple),
        institutions=st.lists(names, max_size=1).map(tuple),
        keywords=st.lists(st.sampled_from(("kv_cache", "other", "Other")), max_size=2).map(tuple),
        baselines=st.lists(st.sampled_from(KEYS), max_size=2).map(lambda keys: tuple(Baseline(key) for key in keys)),
        note=st.none() | st.sampled_from(NOTES).map(Attachment),
        updated=st.none() | st.sampled_from((1_700_000_000, 1_718_409_600)),
    )
    return st.dictionaries(st.sampled_from(KEYS), some).map(
        lambda found: {key: paper(key, **found[key]) for key in KEYS if key in found}
    )


def some_notes() -> st.SearchStrategy[dict[str, Note]]:
    made = st.builds(
        Note,
        st.just(""),
        st.sampled_from(("A note", "Another")),
        draft=st.booleans(),
        date=st.none() | st.just("2024-05-01"),
        targets=st.lists(st.sampled_from([f"meta/{key}.prototxt" for key in KEYS]), max_size=2).map(tuple),
    )
    return st.dictionaries(st.sampled_from(NOTES), made)


def library(papers: Mapping[str, Paper], notes: Mapping[str, Note], before: Library | None) -> Library:
    """A library as `load` gives it: what is as it was is the very same."""
    resolved: dict[str, Paper] = {}
    for key, each in papers.items():
        keyed = tuple(replace(base, key=base.name if base.name in papers else None) for base in each.baselines)
        with_note = each if each.note is None or each.note.path in notes else replace(each, note=None)
        made = replace(with_note, baselines=tuple(dict.fromkeys(keyed)))
        old = before.papers.get(key) if before else None
        resolved[key] = old if old == made else made
    owned: dict[str, Note] = {}
    for path, note in sorted(notes.items()):
        of = tuple(key for key, each in resolved.items() if each.note and each.note.path == path)
        made_note = replace(note, path=path, papers=of)
        old_note = before.notes.get(path) if before else None
        owned[path] = old_note if old_note == made_note else made_note
    return Library(resolved, owned)


@given(st.lists(st.tuples(some_papers(), some_notes()), min_size=2, max_size=4), st.booleans())
def test_pages_kept_up_are_pages_from_nothing(
    times: list[tuple[dict[str, Paper], dict[str, Note]]],
    preview: bool,  # noqa: FBT001 - a choice of Hypothesis
) -> None:
    plain = site(FULL)
    options = replace(plain.options, page_size=2, preview=preview, website=Website("https://example.org/", True))  # noqa: FBT003
    kept_up: Site | None = None
    for papers, notes in times:
        now = library(papers, notes, kept_up.library if kept_up else None)
        kept_up = kept_up or Site(now, plain.settings, options, keeps_up=True)
        kept_up.update(now)
        anew = Site(now, plain.settings, options)
        assert list(kept_up.sources()) == list(anew.sources())
        assert list(kept_up.files()) == list(anew.files())
        assert moves(kept_up) == moves(anew)
        assert export_files(kept_up) == export_files(anew)
        assert list(note_headers(kept_up).items()) == list(note_headers(anew).items())
        assert list(note_headers(kept_up)) == list(view_inputs.NOTES(kept_up))
        assert overview(kept_up) == overview(anew)


def test_a_word_in_a_title_makes_just_the_pages_that_show_it() -> None:
    papers = {f"2024/{n:03}": paper(f"2024/{n:03}", title=f"Paper {n}", authors=(f"A{n % 30}",)) for n in range(60)}
    plain = site(FULL)
    made = Site(library(papers, {}, None), plain.settings, plain.options, keeps_up=True)
    before = {source.address.path: source for source in made.sources()}
    made.update(library({**papers, "2024/030": replace(papers["2024/030"], title="Paper thirty")}, {}, made.library))
    changed = {source.address.path for source in made.sources() if before[source.address.path] is not source}
    assert {"papers/2024/030", "authors/A0", "years/2024", "papers"} <= changed
    assert not {f"authors/A{n}" for n in range(1, 30)} & changed
    # Itself, and its neighbours before and after the change.
    assert len({path for path in changed if path.startswith("papers/2024/")}) <= 5


def everything(made: Site) -> dict[str, object]:
    """All that a site makes of a library, by name."""
    sources = list(made.sources())
    found: dict[str, object] = {source.address.path: source for source in sources}
    found["order"] = [source.address.path for source in sources]
    found["files"] = list(made.files())
    found["moves"] = moves(made)
    found["exports"] = export_files(made)
    found["headers"] = dict(note_headers(made))
    found["home"] = home_page(made)
    return found


class LeakyLibrary(Database):
    """A library that does not record what queries of one name read of another."""

    left_out: tuple[str, str] | None = None
    pairs: set[tuple[str, str]]

    def link(self, reader: Node, read: Readable) -> None:
        pair = (reader.query.name, name_of(read))
        self.__dict__.setdefault("pairs", set()).add(pair)
        if pair != self.left_out:
            super().link(reader, read)


class Leaky(LeakyLibrary, Site):
    """The same for the pages of a library."""


def name_of(read: Readable) -> str:
    """The name of what is read: a query, one entry of it, or its names."""
    if isinstance(read, Entry):
        return f"{read.query.name}{' names' if read is read.table.names else ' entry'}"
    return read.query.name


def step(kept_up: Site, now: Step) -> dict[str, object]:
    """All that a site makes after a step."""
    kept_up.settings, kept_up.options = now.settings, now.options
    kept_up.set(SETTINGS, now.settings)
    kept_up.set(OPTIONS, now.options)
    kept_up.update(now.library, now.pictures, now.files, now.added)
    return everything(kept_up)


def first_difference(steps: Iterable[tuple[Step, dict[str, object]]], kept_up: Site) -> str | None:
    """Where on the walk something else comes out of a site that is kept up, or an error; None for nowhere."""
    for now, expected in steps:
        try:
            found = step(kept_up, now)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is noticed
            return f"{now.name}: {error!r}"
        if found != expected or list(found) != list(expected):
            return now.name
    return None


Steps = list[tuple[Step, dict[str, object]]]


def orders(library: Library) -> list[list[str]]:
    """What is in order in a library."""
    return [list(library.papers), list(library.notes), list(library.unreadable)]


def test_the_library_that_goes_on_is_the_library_from_nothing(steps: Steps) -> None:
    for now, _ in steps:
        assert now.library == now.anew, now.name
        assert orders(now.library) == orders(now.anew), now.name


def leaky(steps: Steps) -> Leaky:
    now = steps[0][0]
    return Leaky(now.library, now.settings, now.options, keeps_up=True)


_SIZES = "the order of values changes only with their sizes, which are read too"
_MEMBERS = "which papers there are is read too, and their order comes of what else is read of each"
_FAMILY = "which values are spelt alike is read too"
_WITH_IT = "what else is read of the same paper, note or group changes with it"

IMPLIED: Mapping[tuple[str, str], str] = {
    ("browse._panel", "sorted mapped groups of each groups.all_values"): _SIZES,
    ("browse.browse_index", "browse._parts"): "each facet, which is read too, has the order in it",
    (
        "browse.browse_index",
        "sorted each groups.last_added_first names",
    ): "each facet, which is read too, has the order in it",
    (
        "browse.facet_table",
        "mapped groups of each groups.all_values entry",
    ): "the values in order, which are read too, are others where it comes or goes",
    ("each summaries.summary", "groups of each groups.all_values entry"): _MEMBERS,
    ("each summaries.summary", "groups._keys_of_many"): _MEMBERS,
    ("feeds._group_files", "groups._slugs_in entry"): _FAMILY,
    ("group_links.link", "groups._slugs_in entry"): _FAMILY,
    ("groups.shown_paper", "mapped notes entry"): "the note itself is read too",
    (
        "home._ways",
        "listing_pages.all_papers",
    ): "a paper that comes or goes is in the index of a view, which is read too",
    (
        "home._ways",
        "listing_pages.view_index",
    ): "a value that comes or goes is a filter of all papers, which are read too",
    ("home._ways", "statistics.statistics_page"): "it lists nothing whose number is shown",
    ("home.home_page", "papers names"): "the figures of the overview, which is read too, say how many papers there are",
    ("home.overview", "group_links.count_of"): _SIZES,
    ("home.overview", "notes names"): "the order of the notes is read too",
    ("home.overview", "sorted mapped groups of each groups.all_values names"): _SIZES,
    ("home.overview", "statistics.frequent_values"): _SIZES,
    ("listing_pages._counted_in_many", "groups of each groups.all_values entry"): _MEMBERS,
    (
        "listing_pages._counted_in_many",
        "tally of each groups.all_values",
    ): "the values of each paper in the group are read too",
    ("listing_pages.all_papers", "summaries.all_figures"): "the papers that it counts are listed too",
    (
        "listing_pages.all_papers",
        "works.versions",
    ): "where and when each was published stands in the rows, which are read too",
    ("listing_pages.group_page", "groups._slugs_in entry"): _FAMILY,
    ("listing_pages.group_page", "groups._keys_of_many"): _MEMBERS,
    ("listing_pages.group_page", "groups.newest_first"): _MEMBERS,
    ("listing_pages.group_page", "groups.oldest_first"): _MEMBERS,
    ("listing_pages.all_papers", "papers names"): "the rows of all papers are read too",
    ("listing_pages.view_index", "groups of each groups.all_values entry"): _MEMBERS,
    ("listing_pages.view_index", "groups._keys_of_many"): _MEMBERS,
    ("listing_pages.view_index", "groups.oldest_first"): _MEMBERS,
    ("listing_pages.view_index", "group_links.count"): "the papers of the group, and the slug, are read too",
    ("listing_pages.view_index", "listing_pages._letters_on"): "the names, which are read too, begin with them",
    ("listing_pages.view_index", "listing_pages._values_on"): "how many values there are is read too",
    (
        "listing_pages.view_index",
        "sorted mapped groups of each groups.all_values names",
    ): "what stands on each page is read too",
    ("listing_pages.view_index", "groups._slugs_in entry"): "the link, which is read too, has it in it",
    (
        "listing_pages.view_index",
        "mapped groups of groups of each groups.all_values entry",
    ): "the link, which is read too, has the slug in it",
    ("listing_pages.view_index", "summaries.all_figures"): "the papers that it counts are listed too",
    ("note_pages._age", "notes entry"): _WITH_IT,
    ("paper_pages.paper_page", "groups.oldest_first"): "the year and the title stand in the summary, which is read too",
    ("paper_pages.paper_page", "works.versions"): "the versions stand in the summary, which is read too",
    ("related.features", "groups.all_values"): "the paper, which is read too, has all of them in it",
    ("statistics.frequent_values", "sorted mapped groups of each groups.all_values names"): _SIZES,
    ("statistics.statistics_page", "group_links.count_of"): _SIZES,
    ("statistics.statistics_page", "group_links.link"): _SIZES,
    (
        "statistics.statistics_page",
        "papers entry",
    ): "a baseline that is a paper is counted by its key, else by its name",
    ("statistics.statistics_page", "papers names"): "the figures of all papers are read too",
    ("statistics.statistics_page", "sorted mapped groups of each groups.all_values names"): _SIZES,
    ("statistics.statistics_page", "statistics.frequent_values"): _SIZES,
    ("statistics.statistics_page", "summaries.paper_link"): _WITH_IT,
    ("summaries.summary", "groups.added"): "the paper as it is shown, which is read too, has the date in it",
    ("summaries.listed", "sorted each groups.last_added_first names"): "the order comes of what summaries say",
}
"""Readings that may be left out, each with the reason."""

NOT_REACHED: frozenset[tuple[str, str]] = frozenset(
    {
        ("listing_pages.all_papers", "mapped groups of each groups.all_values entry"),
        ("listing_pages._counted_in_many", "each groups.all_values"),
        ("note_pages.note_header", "groups of papers entry"),
        ("related.related", "related._rank"),
        ("sorted each related.features", "related._ranks"),
    }
)
"""Readings that can matter, and of which the walk has no step by which it would show: something else changes with each.

`tests/views/test_related.py` holds relatedness to what comes out of comparing anew.
"""


def test_what_is_kept_up_on_a_walk_is_what_comes_from_nothing_and_a_reading_that_is_left_out_is_noticed(
    steps: Steps,
) -> None:
    whole = leaky(steps)
    assert first_difference(steps, whole) is None
    assert IMPLIED.keys() | NOT_REACHED <= whole.pairs
    pairs = sorted(whole.pairs - IMPLIED.keys() - NOT_REACHED)
    # All of them take minutes: those are for `make soak`.
    for pair in pairs if os.environ.get("HYPOTHESIS_PROFILE") == "soak" else pairs[::32]:
        without = leaky(steps)
        without.left_out = pair
        assert first_difference(steps, without) is not None, pair


@dataclass(frozen=True)
class Said:
    """What the disk said at a step, and the library that comes of it from nothing.

    Attributes:
        inputs: the inputs and their values.
        answers: what queries that look at the disk gave, by their names and arguments.
    """

    name: str
    inputs: list[tuple[Any, object]]
    answers: dict[tuple[object, ...], object]
    anew: Library


class Recorded(Database):
    """A library that takes down what the disk says."""

    def __init__(self) -> None:
        super().__init__()
        self.inputs: list[tuple[Any, object]] = []
        self.answers: dict[tuple[object, ...], object] = {}

    def set(self, what: Any, value: object, changes: AbstractSet[Any] | None = None) -> None:
        self.inputs.append((what, value))
        super().set(what, value, changes)

    def run(self, node: Node, function: Callable[..., Any]) -> Any:
        found = super().run(node, function)
        if node.query.outside:
            self.answers[(node.query.name, *node.args)] = found
        return found


class Replayed(LeakyLibrary):
    """A library to which that is said again."""

    said: Said

    def run(self, node: Node, function: Callable[..., Any]) -> Any:
        if node.query.outside:
            super().run(node, lambda *_: None)
            return self.said.answers[(node.query.name, *node.args)]
        return super().run(node, function)


@pytest.fixture(autouse=True, scope="module")
def small_parts() -> Iterator[None]:
    """Let the few papers of the walk fill several parts of what is made of parts."""
    with (
        mock.patch.object(paging, "_PAPERS_A_PART", 4),
        mock.patch.object(browse, "_MOST_SHOWN", 2),
        mock.patch.object(listing_pages, "_MOST_COUNTS", 8),
        mock.patch.object(related, "_SMALL", 2),
        mock.patch.object(vars(related)["_near"], "_reach", 1),
    ):
        yield


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Step, dict[str, object], Said]]:
    """The steps of the walk, each with what comes out of it from nothing, and what the disk says at it."""
    made: list[Recorded] = []

    def new_database() -> Database:
        made.append(Recorded())
        return made[-1]

    found = []
    for now in walk(tmp_path_factory.mktemp("walk"), new_database):
        said = Said(now.name, made[-1].inputs, dict(made[-1].answers), now.anew)
        made[-1].inputs = []
        anew = Site(now.anew, now.settings, now.options)
        anew.update(now.anew, now.pictures, now.files, now.added)
        found.append((now, everything(anew), said))
    return found


@pytest.fixture(scope="module")
def steps(walked: list[tuple[Step, dict[str, object], Said]]) -> Steps:
    """The steps of the walk, each with what comes out of it from nothing."""
    return [(now, expected) for now, expected, _ in walked]


@pytest.fixture(scope="module")
def said(walked: list[tuple[Step, dict[str, object], Said]]) -> list[Said]:
    """What the disk says at each step of the walk."""
    return [said for *_, said in walked]


def replayed(said: Iterable[Said], left_out: tuple[str, str] | None = None) -> tuple[str | None, Replayed]:
    """Where on the walk a library that is kept up is another than the one from nothing; None for nowhere."""
    db = Replayed()
    db.left_out = left_out
    for now in said:
        db.said = now
        db.look_again()
        for what, value in now.inputs:
            db.set(what, value)
        try:
            found = library_of(db)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is noticed
            return f"{now.name}: {error!r}", db
        if found != now.anew or orders(found) != orders(now.anew):
            return now.name, db
    return None, db


_ANEW = "where the settings change, everything is made anew"
_OF_TEXT = "what is read of the same file changes with its text"
_NO_FOLDER = "a record is no folder, and where it goes its name, which is read too, goes with it"

IMPLIED_IN_LIBRARY: Mapping[tuple[str, str], str] = {
    ("consistency._misspelt", "papers.reader"): _ANEW,
    ("consistency.collisions", "files entry"): "the names that collide are read too",
    ("consistency.collisions", "files names"): "the names that collide are read too",
    ("mapped mapped readings", "papers.reader"): _ANEW,
    ("mapped readings", "papers.reader"): _ANEW,
    ("notes_folder.name_collisions", "notes_folder._folders"): "folders come of the files' names, which are read too",
    ("relations._same_work", "edits.edits_of_file"): _OF_TEXT,
    ("nearest of readings", "readings entry"): _NO_FOLDER,
    ("nearest of records", "records entry"): _NO_FOLDER,
    (
        "relations._same_work",
        "groups of readings entry",
    ): "the nearest key or the paper, which are read too, change too",
    ("relations.resolved", "edits.edits_of_file"): _OF_TEXT,
    ("targets.link_problems", "edits.edits_of_file"): _OF_TEXT,
    ("targets.link_problems", "targets._anchors"): "the stamp of the file, which is read too, changes with its text",
}
"""The same of the library's queries."""


def test_a_reading_of_the_library_that_is_left_out_is_noticed(said: list[Said]) -> None:
    different, whole = replayed(said)
    assert different is None
    assert IMPLIED_IN_LIBRARY.keys() <= whole.pairs
    wanted = sorted(whole.pairs - IMPLIED_IN_LIBRARY.keys())
    for pair in wanted if os.environ.get("HYPOTHESIS_PROFILE") == "soak" else wanted[::8]:
        assert replayed(said, pair)[0] is not None, pair
