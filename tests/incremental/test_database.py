"""The query engine: values are right after any change, and nothing runs without need."""

import gc
import weakref
from collections.abc import Mapping

import pytest

from mkdocs_papers.incremental.database import CycleError, Database, Input, Table, query, table
from mkdocs_papers.incremental.operators import Each, Groups, Sorted

NUMBERS: Table[str, int] = Table("numbers")
FACTOR: Input[int] = Input("factor")

ran: list[tuple[object, ...]] = []


@pytest.fixture(autouse=True)
def nothing_ran() -> None:
    ran.clear()


@query
def sign(db: Database, name: str) -> int:
    ran.append(("sign", name))
    number = NUMBERS.at(db, name)
    return (number > 0) - (number < 0)


@query
def scaled(db: Database, name: str) -> int:
    ran.append(("scaled", name))
    return sign(db, name) * FACTOR(db)


scaled_numbers: Each[[], str, int] = Each(scaled, NUMBERS.names)


@query
def total(db: Database) -> int:
    ran.append(("total",))
    return sum(scaled_numbers(db).values())


@table
def by_parity(db: Database) -> Mapping[str, tuple[str, ...]]:
    ran.append(("by parity",))
    found: dict[str, tuple[str, ...]] = {}
    for name, number in NUMBERS(db).items():
        word = "odd" if number % 2 else "even"
        found[word] = (*found.get(word, ()), name)
    return found


@query
def group_size(db: Database, word: str) -> int:
    ran.append(("size", word))
    return len(by_parity.get(db, word) or ())


@query
def digits(db: Database, name: str) -> tuple[str, ...]:
    return tuple(sorted(set(str(abs(NUMBERS.at(db, name))))))


@query
def place(db: Database, name: str) -> tuple[int, str]:
    return NUMBERS.at(db, name), name


digits_of: Each[[], str, tuple[str, ...]] = Each(digits, NUMBERS.names)
by_digit: Groups[[], str, str] = Groups(digits_of)
in_order = Sorted(Each(place, NUMBERS.names))


def database(**numbers: int) -> Database:
    db = Database()
    db.set(NUMBERS, numbers)
    db.set(FACTOR, 10)
    return db


def test_a_value_is_made_once() -> None:
    db = database(a=1)
    assert [scaled(db, "a"), scaled(db, "a")] == [10, 10]
    assert ran == [("scaled", "a"), ("sign", "a")]


def test_what_reads_a_value_that_comes_out_equal_does_not_run() -> None:
    db = database(a=1, b=-1)
    assert total(db) == 0
    ran.clear()
    db.set(NUMBERS, {"a": 7, "b": -1})
    assert total(db) == 0
    assert ran == [("sign", "a")]


def test_what_reads_another_value_runs_once() -> None:
    db = database(a=1, b=-1)
    total(db)
    ran.clear()
    db.set(NUMBERS, {"a": -1, "b": 1})
    db.set(FACTOR, 2)
    assert total(db) == 0
    assert sorted(ran) == [("scaled", "a"), ("scaled", "b"), ("sign", "a"), ("sign", "b"), ("total",)]


def test_an_equal_value_is_handed_on_as_the_old_one() -> None:
    db = database(a=1, b=3)
    before = by_parity(db)
    db.set(NUMBERS, {"a": 5, "b": 3})
    assert by_parity(db) is before
    names = NUMBERS.names(db)
    db.set(NUMBERS, {"a": 6, "b": 3})
    assert NUMBERS.names(db) is names


def test_the_order_of_a_mapping_is_a_part_of_it() -> None:
    db = database(a=1, b=1)
    assert list(scaled_numbers(db)) == ["a", "b"]
    db.set(NUMBERS, {"b": 1, "a": 1})
    assert list(scaled_numbers(db)) == list(NUMBERS(db)) == ["b", "a"]


def test_only_readers_of_an_entry_that_differs_run() -> None:
    db = database(a=1, b=2, c=3)
    assert (group_size(db, "odd"), group_size(db, "even")) == (2, 1)
    ran.clear()
    db.set(NUMBERS, {"a": 1, "b": 2, "c": 3, "d": 4})
    assert (group_size(db, "odd"), group_size(db, "even")) == (2, 2)
    assert ran == [("by parity",), ("size", "even")]


def test_an_entry_comes_and_goes() -> None:
    db = database(a=1)
    assert group_size(db, "even") == 0
    db.set(NUMBERS, {"b": 2})
    assert (group_size(db, "odd"), group_size(db, "even")) == (0, 1)
    assert NUMBERS.get(db, "a") is None
    with pytest.raises(KeyError, match="a"):
        NUMBERS.at(db, "a")


def test_each_looks_at_the_names_that_have_changed_and_no_others() -> None:
    db = database(a=1, b=-1, c=1)
    before = scaled_numbers(db)
    ran.clear()
    db.set(NUMBERS, {"a": 1, "c": -1, "d": 5})
    assert list(scaled_numbers(db).items()) == [("a", 10), ("c", -10), ("d", 10)]
    assert {name for _, name in ran} == {"c", "d"} | ({"b"} & {name for _, name in ran})
    assert list(before.items()) == [("a", 10), ("b", -10), ("c", 10)]


def test_groups_and_order() -> None:
    db = database(a=12, b=21, c=3)
    assert (by_digit.at(db, "1"), by_digit.names(db), in_order.names(db)) == (
        ("a", "b"),
        ("1", "2", "3"),
        ("c", "a", "b"),
    )
    db.set(NUMBERS, {"a": 1, "b": 21, "d": 4})
    assert (by_digit.at(db, "1"), by_digit.at(db, "2"), by_digit.get(db, "3")) == (("a", "b"), ("b",), None)
    assert (by_digit.names(db), in_order.names(db)) == (("1", "2", "4"), ("a", "d", "b"))


def test_what_is_read_no_more_is_forgotten() -> None:
    db = database(a=1, b=1)
    total(db)
    db.set(NUMBERS, {"a": 1})
    total(db)
    ran.clear()
    db.set(NUMBERS, {"a": 1, "b": 1})
    total(db)
    assert ran == [("scaled", "b"), ("sign", "b"), ("total",)]


def test_what_nobody_asked_for_after_a_change_is_forgotten_with_the_next() -> None:
    db = database(a=1, b=1)
    scaled(db, "a")
    for number in (-1, 1, -1):
        db.set(NUMBERS, {"a": number, "b": number})
        scaled(db, "b")
    ran.clear()
    db.set(NUMBERS, {"a": 1, "b": 1})
    scaled(db, "b")
    assert ("scaled", "a") not in ran


def test_a_mapping_stays_while_one_of_its_entries_is_read() -> None:
    db = database(a=1, b=2)
    assert [group_size(db, word) for word in ("odd", "even")] == [1, 1]
    for number in (4, 5, 6):
        db.set(NUMBERS, {"a": number, "b": 2})
        group_size(db, "even")
    db.set(NUMBERS, {"a": 4, "b": 2, "c": 4})
    assert group_size(db, "even") == 3


def test_an_error_is_the_value_of_a_query_until_it_is_mended() -> None:
    db = database(a=1)
    db.set(FACTOR, None)
    for _ in range(2):
        with pytest.raises(TypeError):
            total(db)
    assert ran.count(("scaled", "a")) == 1
    db.set(FACTOR, 3)
    assert total(db) == 3
    db.set(FACTOR, None)
    with pytest.raises(TypeError):
        total(db)
    db.set(NUMBERS, {})
    assert total(db) == 0


def test_an_input_that_was_never_set_says_so() -> None:
    for keeps_up in (True, False):
        with pytest.raises(LookupError, match="not been set"):
            FACTOR(Database(keeps_up=keeps_up))


WHERE: Table[str, str] = Table("where")


@query
def followed(db: Database, name: str) -> str:
    to = WHERE.at(db, name)
    return name if not to else followed(db, to)


def test_a_circle_is_an_error_and_can_be_mended() -> None:
    db = Database()
    db.set(WHERE, {"a": "b", "b": "a", "c": ""})
    with pytest.raises(CycleError):
        followed(db, "a")
    db.set(WHERE, {"a": "b", "b": "c", "c": ""})
    assert followed(db, "a") == "c"
    db.set(WHERE, {"a": "b", "b": "c", "c": "a"})
    with pytest.raises(CycleError):
        followed(db, "a")
    db.set(WHERE, {"a": "b", "b": "", "c": "a"})
    assert followed(db, "a") == "b"


def test_what_reads_something_higher_starts_again_above_it() -> None:
    db = Database()
    chain = {f"n{n}": f"n{n + 1}" for n in range(9)} | {"n9": "", "low": ""}
    db.set(WHERE, {**chain, "x": "low"})
    assert (followed(db, "n0"), followed(db, "x")) == ("n9", "low")
    # "x" stands low, and comes to read what stands high and is out of date.
    db.set(WHERE, {**chain, "n9": "end", "end": "", "x": "n0"})
    assert (followed(db, "x"), followed(db, "n0")) == ("end", "end")


def test_where_nothing_is_kept_up_nothing_is_recorded() -> None:
    db = Database(keeps_up=False)
    db.set(NUMBERS, {"a": 12, "b": 3})
    db.set(FACTOR, 2)
    assert (total(db), by_digit.at(db, "1"), in_order.names(db), NUMBERS.names(db)) == (
        4,
        ("a",),
        ("b", "a"),
        ("a", "b"),
    )
    assert by_digit.names(db) == ("1", "2", "3")
    ran.clear()
    total(db)
    assert ran == []
    db.set(FACTOR, 3)
    assert total(db) == 6
    db.forget(total)
    ran.clear()
    assert total(db) == 6
    assert ran == []
    db.forget()
    assert total(db) == 6
    assert ran != []


class Held:
    """Something at hand where a query is asked."""


@query
def signs(db: Database, name: str) -> tuple[int, ...]:
    return (sign(db, name),)


def test_an_error_that_is_kept_keeps_nothing_of_where_it_was_raised() -> None:
    db = Database()
    db.set(NUMBERS, {})

    def ask() -> weakref.ref[Held]:
        held = Held()
        with pytest.raises(KeyError, match="none"):
            signs(db, "none")
        return weakref.ref(held)

    asked = [ask(), ask()]
    db.set(NUMBERS, {"other": 1})
    asked.append(ask())
    gc.collect()
    assert [each() for each in asked] == [None, None, None]
