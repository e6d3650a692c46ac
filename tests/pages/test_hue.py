"""The colours of venues and keywords."""

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

import mkdocs_papers
from mkdocs_papers.pages.hue import HUES, hue

ASSETS = Path(mkdocs_papers.__file__).parent / "assets"


@given(st.text())
def test_every_name_has_one_of_the_colours(name: str) -> None:
    assert hue(name) in range(HUES)


def test_a_name_has_the_same_colour_in_every_build_and_in_the_script() -> None:
    """As `hue.js` reckons, which another test compares; readers know their venues by them."""
    names = (
        "arXiv",
        "ICML",
        "ICLR",
        "NeurIPS",
        "ACL",
        "CVPR",
        "AAAI",
        "MLSys",
        "KV Cache",
        "计算机学报",
        "",
        "A",
        "BA",
    )
    assert [hue(name) for name in names] == [2, 4, 3, 6, 5, 0, 7, 1, 7, 7, 0, 1, 3]


def test_the_venues_that_are_read_most_stand_apart() -> None:
    assert len({hue(name) for name in ("arXiv", "ICML", "ICLR", "NeurIPS", "ACL", "CVPR", "AAAI", "MLSys")}) == HUES


def test_the_style_sheet_has_each_colour() -> None:
    numbers = re.findall(r'\[data-hue="(\d+)"\]', (ASSETS / "papers.css").read_text(encoding="utf-8"))
    assert sorted(set(map(int, numbers))) == list(range(HUES))
