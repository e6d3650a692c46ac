"""Random graphs of queries: after any change every value is what it is from nothing."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.incremental.database import Database, Table, query, table
from mkdocs_papers.incremental.operators import Around, Each, Groups, Mapped, Sorted, Tally

Formula = tuple[str, tuple[str, ...], int]
"""How a cell is worked out: what is done, with which other cells, and a number."""

CELLS: Table[str, Formula] = Table("cells")


@query
def value(db: Database, name: str) -> int:
    done, others, number = CELLS.at(db, name)
    match done:
        case "number":
            return number
        case "sum":
            return number + sum(value(db, other) for other in others)
        case "first":  # which cell is read depends on another
            return value(db, others[value(db, others[0]) % len(others)]) if others else number
        case "group":
            return len(alike.get(db, number) or ()) + len(others)
        case "place":
            return number + sum(low.get(db, other) or 0 for other in others)
        case _:
            return sum(value(db, other) for other in others if other in CELLS.names(db)) // (number - 1)


@query
def number_of(db: Database, name: str) -> tuple[int, ...]:
    done, others, number = CELLS.at(db, name)
    return (number, len(others)) if done == "number" else (number,)


@query
def place(db: Database, name: str) -> tuple[int, str]:
    return CELLS.at(db, name)[2], name


values: Each[[], str, int] = Each(value, CELLS.names)
numbers: Each[[], str, tuple[int, ...]] = Each(number_of, CELLS.names)
alike: Groups[[], str, int] = Groups(numbers)
in_order = Sorted(Each(place, CELLS.names, is_in_order=False))
beside: Around[[], str] = Around(in_order)
near: Around[[], str] = Around(in_order, lambda before, after: (*before, *after), reach=2)


values_of: Each[[int], str, int] = Each(value, lambda db, number: alike.get(db, number) or (), arguments=0)
tally: Tally[[int], str, int] = Tally(values_of, lambda value, number: {value % 3, number})
lengths: Mapped[[], int, int] = Mapped(alike, len, arguments=None)
in_group: Sorted[[int], str] = Sorted(values_of, lambda _, name, value: (value % 3, name))


@query
def size(db: Database, number: int) -> int:
    return len(alike.at(db, number))


sizes: Each[[], int, int] = Each(size, alike.names)


@query
def size_alone(db: Database, number: int) -> tuple[int, ...]:
    return (size(db, number),)


in_no_order: Each[[], str, int] = Each(value, CELLS.names, is_in_order=False)
shifted: Mapped[[int], str, int] = Mapped(numbers, lambda values, by: (values[0] + by) // 2)
sizes_alone: Each[[], int, tuple[int, ...]] = Each(size_alone, alike.names)
groups_of_sizes: Groups[[], int, int] = Groups(sizes_alone)


@table
def low(db: Database) -> Mapping[str, int]:
    return {name: number for name, (_, _, number) in CELLS(db).items() if number < 2}


NAMES = "abcdef"
names = st.sampled_from(NAMES)
formulas = st.tuples(
    st.sampled_from(["number", "sum", "first", "group", "place", "ratio"]),
    st.lists(names, max_size=3).map(tuple),
    st.integers(0, 4),
)
changes = st.lists(st.tuples(names, st.none() | formulas), min_size=1, max_size=3)
questions = st.sets(st.sampled_from(["values", "sizes", "order", "groups", "tallies", *NAMES]))


def answers(db: Database, asked: set[str]) -> dict[str, object]:
    found: dict[str, object] = {}
    for each in sorted(asked):
        try:
            match each:
                case "values":
                    found[each] = list(values(db).items())
                    found["in no order"] = (sorted(in_no_order(db).items()), in_no_order.names(db))
                case "sizes":
                    found[each] = (list(sizes(db).items()), groups_of_sizes.names(db), groups_of_sizes.get(db, 1))
                case "order":
                    assert list(shifted(db, 1)) == list(CELLS.names(db))
                    names = in_order.names(db)
                    assert names == tuple(sorted(names, key=lambda name: in_order.at(db, name)))
                    found[each] = (names, list(shifted(db, 1).items()), shifted.get(db, 2, "a"))
                    found["beside"] = (sorted(beside(db).items()), near.get(db, "b"))
                case "groups":
                    found[each] = [(number, alike.at(db, number)) for number in alike.names(db)]
                case "tallies":
                    found[each] = (sorted(lengths(db).items()), lengths.names(db), lengths.get(db, 2))
                    found["of 1"] = (sorted(tally(db, 1).items()), tally.get(db, 1, 2), in_group.names(db, 1))
                case _:
                    found[each] = value(db, each)
        except (KeyError, ZeroDivisionError):
            found[each] = "an error"
    return found


@given(st.lists(st.tuples(changes, questions), max_size=8))
def test_values_kept_up_are_values_from_nothing(steps: list[tuple[list[tuple[str, Formula | None]], set[str]]]) -> None:
    kept_up, cells = Database(), dict[str, Formula]()
    for change, asked in steps:
        for name, drawn in change:
            # Only later cells are read, so that none reads itself.
            formula = drawn and (drawn[0], tuple(other for other in drawn[1] if other > name), drawn[2])
            cells = {**{each: cells[each] for each in cells if each != name}, **({name: formula} if formula else {})}
            kept_up.set(CELLS, cells)
        anew = Database()
        anew.set(CELLS, cells)
        once = Database(keeps_up=False)
        once.set(CELLS, cells)
        assert answers(kept_up, asked) == answers(anew, asked) == answers(once, asked)


crowd = st.lists(st.tuples(st.integers(0, 39), st.none() | st.integers(0, 9)), min_size=1, max_size=8)


@given(crowd)
def test_few_of_many_that_change_are_put_in_their_places(changes: list[tuple[int, int | None]]) -> None:
    cells: dict[str, Formula] = {f"{name:02}": ("number", (), name % 7) for name in range(0, 40, 2)}
    kept_up = Database()
    kept_up.set(CELLS, cells)
    for name, number in ((0, 0), *changes):
        left = {each: formula for each, formula in cells.items() if number is not None or each != f"{name:02}"}
        cells = dict(sorted({**left, **({} if number is None else {f"{name:02}": ("number", (), number)})}.items()))
        kept_up.set(CELLS, cells)
        assert in_order.names(kept_up) == tuple(sorted(cells, key=lambda each: (cells[each][2], each)))
        assert sorted(in_order(kept_up).values()) == [in_order.at(kept_up, each) for each in in_order.names(kept_up)]
        order = in_order.names(kept_up)
        around = zip(order, zip((None, *order), (*order[1:], None), strict=False), strict=False)
        assert sorted(beside(kept_up).items()) == sorted(around)
        for place, each in enumerate(order):
            assert near.at(kept_up, each) == (*order[max(0, place - 2) : place], *order[place + 1 : place + 3])
        assert list(values(kept_up).items()) == [(each, formula[2]) for each, formula in cells.items()]
