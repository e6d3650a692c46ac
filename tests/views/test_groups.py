"""Papers in order, and what a view's pages name besides its papers."""

from pathlib import Path

import pytest

from mkdocs_papers.views.groups import built_on
from tests.small import html, small_site

RECORD = """
paper {{ title: '{title}' authors: 'Jane Doe' institutions: 'Kiln' institutions: 'Oven' }}
pub {{ year: {year} where: 'ICML' }}
keyword {{ words: 'caches' }}
baseline {{ methods: '2020/Base' }}
"""

FILES = {
    "meta/2020/Base.prototxt": "paper { title: 'Base' }\npub { year: 2020 }\n",
    "meta/2023/Alpha.prototxt": RECORD.format(title="Alpha", year=2023),
    "meta/2021/Beta.prototxt": RECORD.format(title="Beta", year=2021),
    # In the folder of another year than that of its publication.
    "meta/2024/Aleph.prototxt": RECORD.format(title="Aleph", year=2021),
}


def test_the_papers_that_build_on_one_are_told_from_the_oldest(tmp_path: Path) -> None:
    site = small_site(tmp_path, FILES)
    assert built_on(site, "2020/Base") == ("2024/Aleph", "2021/Beta", "2023/Alpha")
    assert built_on(site, "2021/Beta") == ()


@pytest.mark.parametrize(
    ("url", "named"),
    [
        ("institutions/Kiln/", {"institutions/Oven", "keywords/caches"}),
        ("authors/Jane-Doe/", {"keywords/caches"}),
        ("years/2021/", {"venues/ICML", "keywords/caches"}),
    ],
)
def test_what_a_group_is_named_together_with(tmp_path: Path, url: str, named: set[str]) -> None:
    page = html(small_site(tmp_path, FILES), url)
    head = page[: page.index("<table")]
    assert {path for path in ("institutions/Oven", "keywords/caches", "venues/ICML") if f"{path}/" in head} == named
