from __future__ import annotations

import pytest

from mkdocs_papers.library.settings import Keyword
from mkdocs_papers.views.select import SelectionError, select
from tests.pages.papers import paper

PAPERS = (
    paper("2024/a", venue="Blog", keywords=("kv_cache",)),
    paper("2024/b", venue="blog", keywords=("pruning", "quantization")),
    paper("2024/c", keywords=("Pruning",)),
)
KEYWORDS = {"kv_cache": Keyword("kv_cache", "KV Cache"), "quantization": Keyword("quantization", "Quantization")}


@pytest.mark.parametrize(
    ("wanted", "stems"),
    [
        ({"venue": "blog"}, "ab"),
        ({"venue": "BLOG"}, "ab"),
        ({"venue": ""}, "c"),
        ({"venue": None}, "abc"),
        ({"keyword": "pruning"}, "bc"),
        ({"keyword": "kv cache"}, "a"),
        ({"venue": "Blog", "keyword": "PRUNING"}, "b"),
    ],
)
def test_letter_case_tells_no_value_from_another(wanted: dict[str, object], stems: str) -> None:
    assert "".join(each.key[-1] for each in select(PAPERS, KEYWORDS, wanted)) == stems


@pytest.mark.parametrize("wanted", [{"venue": "Blo"}, {"venu": "Blog"}])
def test_what_there_is_not_is_an_error(wanted: dict[str, object]) -> None:
    with pytest.raises(SelectionError):
        select(PAPERS, KEYWORDS, wanted)
