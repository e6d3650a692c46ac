import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.views.slug import slug, slugs


def digest(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ICML", "ICML"),
        ("Song Han", "Song-Han"),
        ("N:M  sparsity", "N-M-sparsity"),
        ("LoRA+", "LoRA+"),
        ("v1.5_b", "v1.5_b"),
        ("  (edge).", "edge"),
        ("--a--", "a"),
        ("计算机学报", "计算机学报"),
        ("Jose\u0301", "José"),
        ("page", "page-"),
        ("Index", "Index-"),
        ("README", "README-"),
        ("COM1", "COM1-"),
        ("nul", "nul-"),
        ("pages", "pages"),
        ("com", "com"),
        ("?!", f"x-{digest('?!')}"),
        ("", f"x-{digest('')}"),
        ("\ud800", f"x-{digest(chr(0xD800))}"),
    ],
)
def test_a_name_in_an_address(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_a_long_name_is_cut_and_stays_its_own() -> None:
    assert slug("x" * 80) == "x" * 80
    assert slug("x" * 81) == "x" * 71 + "-" + digest("x" * 81)
    # By bytes, and never within a character.
    assert slug("中" * 26) == "中" * 26
    assert slug("中" * 27) == "中" * 23 + "-" + digest("中" * 27)
    assert slug("x" * 70 + "-" + "y" * 30) == "x" * 70 + "-" + digest("x" * 70 + "-" + "y" * 30)


def test_names_of_one_slug_are_told_apart_in_order() -> None:
    assert slugs(["B", "A"]) == {"A": "A", "B": "B"}
    assert slugs(["a b", "a-b", "A:B", "c"]) == {"A:B": "A-B", "a b": "a-b-2", "a-b": "a-b-3", "c": "c"}
    # A number that another name has already is not given again.
    assert slugs(["a", "A", "a-2"]) == {"A": "A", "a": "a-2", "a-2": "a-2-2"}


@given(st.lists(st.text(max_size=5) | st.sampled_from(["a b", "A-b", "a:b", "a-b-2", "ß", "ss"]), max_size=8))
def test_no_two_names_share_a_folder_on_any_machine(names: list[str]) -> None:
    found = slugs(names)
    assert list(found) == sorted(set(names))
    assert len({each.casefold() for each in found.values()}) == len(found)
    assert all(each and "/" not in each and len(each.encode()) < 90 for each in found.values())
    assert slugs(reversed(names)) == found
