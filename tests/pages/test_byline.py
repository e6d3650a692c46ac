from __future__ import annotations

import pytest

from mkdocs_papers.pages.byline import byline, host_mark


@pytest.mark.parametrize(
    ("authors", "named"),
    [
        ("", ("", 0)),
        ("A", ("A", 0)),
        ("ABC", ("ABC", 0)),
        ("ABCD", ("AD", 2)),
        ("ABCDEFG", ("AG", 5)),
        ("AABA", ("AB", 0)),
    ],
)
def test_few_authors_are_all_named_and_of_many_the_first_and_the_last(authors: str, named: tuple[str, int]) -> None:
    assert byline(authors) == (tuple(named[0]), named[1])


@pytest.mark.parametrize(
    ("url", "mark"),
    [
        ("https://arxiv.org/abs/2406.10774", "arXiv"),
        ("http://export.arxiv.org/pdf/2406.10774.pdf", "arXiv"),
        ("https://aclanthology.org/2024.acl-long.1.pdf", "PDF"),
        ("https://openreview.net/forum?id=x.pdf", None),
        ("https://notarxiv.org/", None),
        ("https://[broken", None),
    ],
)
def test_the_paper_elsewhere_is_called_by_where_it_is(url: str, mark: str | None) -> None:
    assert host_mark(url) == mark
