from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.pages.address import paper_address
from mkdocs_papers.pages.paper_pages import MOST_DRAWN, BaselineLink, lineage

relatives = st.lists(
    st.builds(BaselineLink, st.text(max_size=5), st.none() | st.just(paper_address("2024/Quest"))), max_size=10
)


def test_a_paper_without_kin_has_no_drawing() -> None:
    assert lineage([], []) is None


@given(relatives, relatives)
def test_each_is_drawn_or_listed_and_none_is_both(
    builds_on: list[BaselineLink], built_on_by: list[BaselineLink]
) -> None:
    drawn = lineage(builds_on, built_on_by)
    if drawn is None:
        assert not builds_on
        assert not built_on_by
        return
    assert drawn.after + drawn.more_after == tuple(built_on_by)
    before = drawn.before + drawn.more_before
    # Papers of the library come first; else the order is the record's.
    assert before == (
        *(each for each in builds_on if each.address is not None),
        *(each for each in builds_on if each.address is None),
    )
    for column, more in ((drawn.before, drawn.more_before), (drawn.after, drawn.more_after)):
        assert len(column) <= MOST_DRAWN
        assert not more or len(column) == MOST_DRAWN
