from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.pages.address import paper_address
from mkdocs_papers.pages.contents import BaselineLink, Link
from mkdocs_papers.pages.lineage import BOX, MOST, lineage

before = st.lists(
    st.builds(BaselineLink, st.text(max_size=5), st.none() | st.just(paper_address("2024/Quest"))), max_size=10
)
after = st.lists(st.builds(Link, st.text(max_size=5), st.just(paper_address("2024/Quest"))), max_size=10)


def test_a_paper_without_kin_has_no_drawing() -> None:
    assert lineage([], []) is None


@given(before, after)
def test_boxes_lie_in_the_drawing_and_not_on_one_another(
    builds_on: list[BaselineLink], built_on_by: list[Link]
) -> None:
    drawn = lineage(builds_on, built_on_by)
    if drawn is None:
        assert not builds_on
        assert not built_on_by
        return
    for column in (drawn.before, drawn.after):
        tops = [box.top for box in column]
        assert all(0 <= top <= drawn.height - BOX for top in tops)
        assert all(lower - upper >= BOX for upper, lower in itertools.pairwise(tops))
        # The paper's own box stands in the middle of both.
        if tops:
            assert abs((tops[0] + tops[-1]) / 2 - drawn.middle) < 0.02
    if drawn.before:
        assert drawn.width < drawn.own_left
    if drawn.after:
        assert drawn.own_left + drawn.own_width < drawn.after_left
        assert drawn.after_left + drawn.width <= 100
    assert len(drawn.before) + drawn.more_before == len(builds_on)
    assert len(drawn.after) + drawn.more_after == len(built_on_by)
    assert max(len(drawn.before), len(drawn.after)) <= MOST


def test_papers_of_the_library_are_drawn_before_others() -> None:
    here = BaselineLink("Wanda", paper_address("2024/wanda"))
    drawn = lineage([BaselineLink("H2O"), here], [])
    assert drawn is not None
    assert [box.name for box in drawn.before] == ["Wanda", "H2O"]
