"""What making pages remembers: what is made on equals what is made anew, and nothing is looked at without need."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.library.model import Attachment, Baseline, Library, Note, Paper
from mkdocs_papers.pages.address import Website
from mkdocs_papers.pages.memory import Memory, Recalled, changed, differing
from mkdocs_papers.pages.sources import Options, Site
from tests.pages.papers import FULL, paper, site


class Squares:
    """A kind of values: squares of numbers, counted."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory
        self.looked: list[str] = []
        self.made: list[str] = []

    def recall(self, numbers: Mapping[str, int], stale: set[str], **options: Any) -> Recalled[str, int]:
        self.memory.begin()
        self.looked, self.made = [], []

        def made_from(name: str) -> int:
            self.looked.append(name)
            return numbers[name]

        def make(name: str, number: int) -> int:
            self.made.append(name)
            return number * number

        return self.memory.recall_each("square", numbers, made_from, make, stale=stale, **options)


def test_the_first_time_everything_is_made() -> None:
    squares = Squares(Memory())
    found = squares.recall({"a": 1, "b": 2}, set())
    assert found == Recalled({"a": 1, "b": 4}, {"a", "b"})
    assert squares.made == ["a", "b"]


def test_then_only_what_is_stale_is_looked_at_and_only_what_differs_is_made() -> None:
    squares = Squares(Memory())
    before = squares.recall({"a": 1, "b": 2, "c": 3}, set())
    found = squares.recall({"a": 1, "b": 5, "c": 3}, {"b", "c", "unknown"})
    assert found == Recalled({"a": 1, "b": 25, "c": 9}, {"b"})
    assert (sorted(squares.looked), squares.made) == (["b", "c"], ["b"])
    assert before.values == {"a": 1, "b": 4, "c": 9}


def test_where_nothing_is_new_the_mapping_is_the_very_same() -> None:
    squares = Squares(Memory())
    before = squares.recall({"a": 1}, set())
    found = squares.recall({"a": 1}, {"a"})
    assert found.values is before.values
    assert not found.renewed


def test_a_value_that_comes_out_equal_is_not_renewed() -> None:
    squares = Squares(Memory())
    squares.recall({"a": 2}, set())
    found = squares.recall({"a": -2}, {"a"})
    assert squares.made == ["a"]
    assert not found.renewed


def test_names_come_and_go_and_change_places() -> None:
    squares = Squares(Memory())
    squares.recall({"a": 1, "b": 2, "c": 3}, set())
    found = squares.recall({"c": 3, "d": 4, "a": 1}, set())
    assert list(found.values.items()) == [("c", 9), ("d", 16), ("a", 1)]
    assert found.renewed == {"d"}
    assert squares.looked == ["d"]
    squares.recall({"a": 1, "b": 2}, set())
    assert squares.looked == ["b"]


def test_after_a_time_that_was_left_out_everything_is_looked_at() -> None:
    squares = Squares(Memory())
    squares.recall({"a": 1, "b": 2}, set())
    squares.memory.begin()
    found = squares.recall({"a": 3, "b": 2}, set())
    assert squares.looked == ["a", "b"]
    assert found.renewed == {"a"}


def test_among_another_everything_is_looked_at_and_on_other_ground_made() -> None:
    squares = Squares(Memory())
    squares.recall({"a": 1, "b": 2}, set(), among="x", ground="y")
    squares.recall({"a": 1, "b": 2}, set(), among="x", ground="y")
    assert squares.looked == []
    squares.recall({"a": 1, "b": 2}, set(), among="z", ground="y")
    assert (squares.looked, squares.made) == (["a", "b"], [])
    squares.recall({"a": 1, "b": 2}, set(), among="z", ground="z")
    assert squares.made == ["a", "b"]


@given(
    st.lists(
        st.dictionaries(st.sampled_from("abcdef"), st.integers(-3, 3)).flatmap(
            lambda numbers: st.tuples(st.just(numbers), st.sets(st.sampled_from("abcdef")))
        )
    )
)
def test_values_made_on_are_values_made_anew(times: list[tuple[dict[str, int], set[str]]]) -> None:
    squares = Squares(Memory())
    before: dict[str, int] = {}
    for numbers, more in times:
        found = squares.recall(numbers, {name for name in numbers if before.get(name) != numbers[name]} | more)
        assert list(found.values.items()) == [(name, number * number) for name, number in numbers.items()]
        squared = {name: number * number for name, number in before.items()}
        assert found.renewed == {name for name in numbers if squared.get(name) != found.values[name]}
        before = numbers


def test_what_is_only_a_part_is_not_for_other_processes() -> None:
    memory = Memory()
    memory.recall("whole", "", 1, lambda: 10)
    memory.recall("part", "", 1, lambda: 10, part=True)
    Squares(memory).recall({"a": 1}, set(), part=True)
    memory.keep("last whole", 1)
    memory.keep("last part", 1, part=True)
    copy = pickle.loads(pickle.dumps(memory))  # noqa: S301 - what was pickled the moment before
    assert copy.recall("whole", "", 1, lambda: 11) == 10
    assert copy.recall("part", "", 1, lambda: 11) == 11
    squares = Squares(copy)
    squares.recall({"a": 1}, set())
    assert squares.made == ["a"]
    assert (copy.last("last whole", 0), copy.last("last part", 0)) == (1, 0)


def test_where_parts_are_not_kept_they_are_made_each_time() -> None:
    squares = Squares(Memory(keeps_parts=False))
    squares.recall({"a": 1}, set(), part=True)
    found = squares.recall({"a": 1, "b": 2}, set(), part=True)
    assert found == Recalled({"a": 1, "b": 4}, {"a", "b"})
    squares.memory.keep("last part", 1, part=True)
    assert squares.memory.last("last part", 0) == 0


def test_what_differs_between_mappings() -> None:
    one, other = (1,), (2,)
    before = {"a": one, "b": other, "c": one}
    assert changed(before, {"a": one, "b": one, "d": one}) == {"b", "d"}
    assert differing(before, {"a": (1,), "b": one, "d": one}) == {"b", "c", "d"}
    assert changed(before, before) == differing(before, before) == frozenset()


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
    known = {key: each.key for key in papers for each in papers[key].baselines if each.key in papers}
    built_on_by: dict[str, tuple[str, ...]] = dict.fromkeys(papers, ())
    resolved: dict[str, Paper] = {}
    for key, each in papers.items():
        keyed = tuple(replace(base, key=base.name if base.name in papers else None) for base in each.baselines)
        with_note = each if each.note is None or each.note.path in notes else replace(each, note=None)
        made = replace(with_note, baselines=tuple(dict.fromkeys(keyed)))
        for base in made.baselines:
            if base.key:
                built_on_by[base.key] += (key,)
        old = before.papers.get(key) if before else None
        resolved[key] = old if old == made else made
    assert set(known.values()) <= papers.keys()
    owned: dict[str, Note] = {}
    for path, note in sorted(notes.items()):
        of = tuple(key for key, each in resolved.items() if each.note and each.note.path == path)
        made_note = replace(note, path=path, papers=of)
        old_note = before.notes.get(path) if before else None
        owned[path] = old_note if old_note == made_note else made_note
    return Library(resolved, owned, built_on_by=built_on_by)


@given(st.lists(st.tuples(some_papers(), some_notes()), min_size=2, max_size=4), st.booleans())
def test_the_pages_of_a_library_made_on_are_its_pages_made_anew(
    times: list[tuple[dict[str, Paper], dict[str, Note]]],
    preview: bool,  # noqa: FBT001 - a choice of Hypothesis
) -> None:
    plain = site(FULL)
    options = replace(plain.options, page_size=2, preview=preview, website=Website("https://example.org/", True))  # noqa: FBT003
    memory = Memory()
    before: Library | None = None
    for papers, notes in times:
        before = library(papers, notes, before)
        on, anew = (Site(before, plain.settings, options, memory=each) for each in (memory, Memory()))
        assert list(on.sources()) == list(anew.sources())
        assert list(on.files(directory_urls=True)) == list(anew.files(directory_urls=True))
        assert all(on.note_header(note) == anew.note_header(note) for note in on.notes.values())
        assert on.overview() == anew.overview()


def test_a_word_in_a_title_makes_just_the_pages_that_show_it() -> None:
    papers = {f"2024/{n:03}": paper(f"2024/{n:03}", title=f"Paper {n}", authors=(f"A{n}",)) for n in range(60)}
    plain, memory = site(FULL), Memory()
    before = Site(library(papers, {}, None), plain.settings, plain.options, memory=memory)
    pages = {source.address.path: source for source in before.sources()}
    now = library({**papers, "2024/030": replace(papers["2024/030"], title="Paper thirty")}, {}, before.library)
    after = Site(now, plain.settings, Options(plain.options.language, plain.options.name), memory=memory)
    made = {source.address.path for source in after.sources() if pages[source.address.path] is not source}
    assert {"papers/2024/030", "authors/A30", "years/2024", "papers"} <= made
    assert not {f"authors/A{n}" for n in range(60) if n != 30} & made
    # Itself, and its neighbours before and after the change.
    assert len({path for path in made if path.startswith("papers/2024/")}) <= 5
