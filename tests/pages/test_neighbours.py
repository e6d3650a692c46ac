"""What stands before and after each page of a series."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.pages import neighbours as module
from mkdocs_papers.pages.address import Address
from mkdocs_papers.pages.contents import Link
from mkdocs_papers.pages.neighbours import displaced, neighbours

LINKS = {name: Link(name, Address(name)) for name in "abcdefghijklmnop"}


def series(names: str) -> dict[str, Link]:
    return {name: LINKS[name] for name in names}


@given(st.sets(st.sampled_from("abcdefghij")), st.sets(st.sampled_from("abcdefghij")), st.sampled_from("abcdefghij"))
def test_whoever_has_other_neighbours_is_displaced(before: set[str], now: set[str], renamed: str) -> None:
    then, here = series("".join(sorted(before))), series("".join(sorted(now)))
    if renamed in here:
        here[renamed] = Link("renamed", Address(renamed))
    around_then, around = neighbours(then), neighbours(here)
    assert {name for name in here if around_then.get(name) != around[name]} <= displaced(then, here) <= here.keys()


def test_one_that_comes_displaces_its_neighbours_only() -> None:
    assert displaced(series("abdefghij"), series("abcdefghij")) == {"b", "c", "d"}
    assert displaced(series("abc"), series("abc")) == set()


def test_of_very_many_between_two_that_came_the_others_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_FEW", 0)
    assert displaced(series("bcdefghi"), series("abcdefghij")) == {"a", "b", "i", "j"}
