"""What is made from the same as in the run before is known to come out the same, and nothing else is."""

from collections.abc import Mapping
from typing import Any

import msgspec
import pytest

from mkdocs_papers.incremental.database import Database, Input, Query, Table, query, transient
from mkdocs_papers.incremental.operators import Each, Groups
from mkdocs_papers.incremental.traces import CachedReadings, CachedTrace, CachedTraces, Part

WORDS: Table[str, str] = Table("words")
LENGTH: Input[int] = Input("length")

by_letter: Groups[[], str, str] = Groups(WORDS, lambda _name, word: word[:1])


@query
def shortened(db: Database, name: str) -> str:
    return WORDS.at(db, name)[: LENGTH(db)]


@query
def are_many(db: Database) -> bool:
    return len(WORDS.names(db)) >= 10


@transient
def line(db: Database, name: str) -> str:
    """A word, what follows it, those with the same letter, and whether there are many."""
    word = shortened(db, name)
    alike = by_letter.get(db, word[:1]) or ()
    return f"{word} {WORDS.get(db, name + '+')} {len(alike)} {are_many(db)}"


lines: Each[[], str, str] = Each(line, WORDS.names, unchanged=lambda _db, name: f"as before: {name}")

QUERIES: dict[str, Query[..., Any]] = {
    "words": WORDS,
    "length": LENGTH,
    "by_letter": by_letter,
    "shortened": shortened,
    "are_many": are_many,
    "line": line,
}


def run(
    words: Mapping[str, str], before: CachedTraces | None = None, length: int = 5
) -> tuple[dict[str, str], CachedTraces]:
    db = Database(keeps_up=False)
    db.set(WORDS, words)
    db.set(LENGTH, length)
    db.trace(before or CachedTraces(), QUERIES, msgspec.msgpack.encode)
    found = {**lines(db)}
    assert db.traces is not None
    return found, db.traces.cached()


START = {"a": "apple", "b": "bee", "c": "crow", "d": "cat"}


def test_what_has_not_changed_is_as_before() -> None:
    first, traces = run(START)
    assert first["c"] == "crow None 2 False"
    second, again = run(START, traces)
    assert second == {name: f"as before: {name}" for name in START}
    assert run(START, again)[0] == second


@pytest.mark.parametrize(
    ("words", "length", "made"),
    [
        ({**START, "a": "ape"}, 5, {"a"}),
        ({**START, "a": "apples"}, 5, {"a"}),
        ({**START, "b": "cow"}, 5, {"b", "c", "d"}),
        ({**START, "a+": "y"}, 5, {"a", "a+"}),
        ({name: word for name, word in START.items() if name != "d"}, 5, {"c"}),
        ({**START, **{str(n): "z" for n in range(9)}}, 5, {*START, *map(str, range(9))}),
        (START, 3, {*START}),
    ],
)
def test_what_has_read_something_else_is_made(words: dict[str, str], length: int, made: set[str]) -> None:
    _, traces = run(START)
    found, again = run(words, traces, length)
    assert {name for name, value in found.items() if not value.startswith("as before")} == made
    expected = run(words, None, length)[0]
    assert {name: found[name] for name in made} == {name: expected[name] for name in made}
    assert set(run(words, again, length)[0].values()) == {f"as before: {name}" for name in words}


def test_what_was_made_from_much_counts_by_its_own_value() -> None:
    _, traces = run(START)
    wanted = {(each.part, each.query) for each in traces.readings}
    assert (Part.VALUE, "are_many") in wanted
    assert (Part.NAMES, "words") not in wanted


def test_traces_that_make_no_sense_are_none() -> None:
    _, traces = run(START)
    odd = [
        CachedReadings(Part.ENTRY, "are_many", (("a", "b"),), (b"x",)),
        CachedReadings(Part.NAMES, "shortened", (("nobody",),), (b"x", b"y")),
        CachedReadings(Part.VALUE, "nobody", ((), ()), (b"x", b"x")),
    ]
    planted = CachedTraces(
        (*traces.readings, *odd),
        tuple([CachedTrace("line", (name,), b"\0\0\0\0\xff\xff\xff\xff\0") for name in START]),
    )
    assert run(START, planted)[0] == run(START)[0]


def test_what_has_no_digest_counts_as_another() -> None:
    db = Database(keeps_up=False)
    db.set(WORDS, START)
    db.set(LENGTH, 5)
    db.trace(CachedTraces(), QUERIES, lambda _: None)
    lines(db)
    assert db.traces is not None
    assert db.traces.cached().traces == ()
