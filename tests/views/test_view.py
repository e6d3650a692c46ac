"""The groups of views."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.library.model import Paper
from mkdocs_papers.library.settings import Keyword
from mkdocs_papers.views.slug import reslugged, slugs
from mkdocs_papers.views.view import NONE, VIEWS, VIEWS_BY_NAME, groups, regrouped
from tests.pages.papers import paper

KEYWORDS = {"pruning": Keyword("pruning", "Pruning"), "kernels": Keyword("kernels", "Kernels")}
NAMES = ("Ann Lee", "ann lee", "Bo", "bo.", "Łukasz", "page", "王")


def libraries() -> st.SearchStrategy[dict[str, Paper]]:
    """Papers by key, which share names that are alike."""
    papers: st.SearchStrategy[dict[str, Any]] = st.builds(
        dict,
        title=st.sampled_from(("One", "one", "Two")),
        year=st.sampled_from((2022, 2023, 2024)),
        venue=st.none() | st.sampled_from(NAMES),
        authors=st.lists(st.sampled_from(NAMES), max_size=3).map(tuple),
        institutions=st.lists(st.sampled_from(NAMES), max_size=2).map(tuple),
        keywords=st.lists(st.sampled_from((*KEYWORDS, "other", "Other")), max_size=2).map(tuple),
    )
    return st.dictionaries(st.sampled_from([f"2024/{n}" for n in range(8)]), papers).map(
        lambda found: {key: paper(key, **found[key]) for key in sorted(found)}
    )


@given(libraries(), libraries(), st.sets(st.integers(0, 7)))
def test_groups_made_on_are_groups_made_anew(before: dict[str, Paper], after: dict[str, Paper], kept: set[int]) -> None:
    after |= {key: each for key, each in before.items() if int(key[-1]) in kept}
    gone = [each for key, each in before.items() if after.get(key) is not each]
    new = [each for key, each in after.items() if before.get(key) is not each]
    for view in VIEWS:
        known = {group.value: group for group in groups(view, before.values(), KEYWORDS)}
        found = regrouped(view, known, gone, new, KEYWORDS)
        assert tuple(found.values()) == groups(view, after.values(), KEYWORDS)
        assert list(found) == [group.value for group in found.values()]


def test_groups_in_which_nothing_changes_are_the_very_same() -> None:
    view = VIEWS_BY_NAME["authors"]
    one, two = paper("2024/1", authors=("Ann", "Bo")), paper("2024/2", authors=("Bo", "Li"))
    known = {group.value: group for group in groups(view, (one, two), {})}
    other = paper("2024/1", title="Other", authors=("Ann", "Bo"))
    found = regrouped(view, known, [one], [other], {})
    assert found["Li"] is known["Li"]
    assert found["Bo"].papers == (other, two)


def test_a_paper_without_a_venue_stands_in_the_last_group() -> None:
    found = groups(VIEWS_BY_NAME["venues"], (paper("2024/1"), paper("2024/2", venue="ICML")), {})
    assert [group.value for group in found] == ["ICML", NONE]


@given(
    st.lists(st.sampled_from(["a b", "a-b", "A-B", "a-b-2", "index", "c", "C", "d", "é", "É"]), unique=True), st.data()
)
def test_slugs_go_on_as_if_all_were_given_anew(names: list[str], data: st.DataObject) -> None:
    before = slugs(names)
    staying = [name for name in names if data.draw(st.booleans())]
    new = data.draw(st.lists(st.sampled_from(["a.b", "A B", "c-2", "E", "x"]), unique=True))
    assert reslugged({name: before[name] for name in staying}, new) == slugs([*staying, *new])
