"""Versions of one work."""

from mkdocs_papers.views.works import versions
from tests.pages.papers import paper, site


def test_the_latest_that_was_published_stands_for_a_work() -> None:
    made = site(
        paper("2021/a", venue="arXiv", same_work=("2022/b",)),
        paper("2022/b", venue="ICML Workshop", same_work=("2021/a", "2023/c")),
        paper("2023/c", venue="TPAMI", same_work=("2022/b", "2024/d")),
        paper("2024/d", same_work=("2023/c",)),
        paper("2024/e"),
    )
    for key in ("2021/a", "2022/b", "2023/c", "2024/d"):
        assert versions(made, key) == ("2023/c", "2022/b", "2024/d", "2021/a")
    assert versions(made, "2024/e") == ("2024/e",)
