from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.pages import charts
from mkdocs_papers.pages.address import Address
from mkdocs_papers.pages.group_links import Count, Link


def counts(papers_by_year: dict[int, int]) -> list[Count]:
    return [Count(Link(str(year), Address(f"years/{year}")), papers) for year, papers in sorted(papers_by_year.items())]


years = st.dictionaries(st.integers(1000, 9999), st.integers(1, 10_000), min_size=1, max_size=60)


@given(years)
def test_columns_are_as_high_as_their_numbers(papers_by_year: dict[int, int]) -> None:
    given_counts = counts(papers_by_year)
    drawn = list(charts.columns(given_counts))
    assert [column.count for column in drawn] == given_counts[-charts.MOST_COLUMNS :]
    most = max(column.count.papers for column in drawn)
    for before, column in zip([None, *drawn], drawn, strict=False):
        assert 0 < column.height <= charts.HEIGHT
        assert abs(column.height - charts.HEIGHT * column.count.papers / most) <= 0.1
        if before is not None:
            assert column.after_gap == (int(column.count.link.text) - int(before.count.link.text) > 1)
    assert drawn[-1].labelled
    assert 1 <= sum(column.labelled for column in drawn) <= 8


def test_a_library_without_papers_has_no_columns() -> None:
    assert list(charts.columns([])) == []
    assert charts.most_papers([]) == 1


@given(st.integers(1, 10_000), st.integers(1, 10_000))
def test_bars_and_shades_grow_with_the_number(one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert 0.5 <= charts.share(low, high) <= charts.share(high, high) == 100
    assert charts.share(0, high) == 0
    assert 1 <= charts.shade(low, high) <= charts.shade(high, high) == charts.SHADES
