from collections.abc import Iterable

import pytest

from mkdocs_papers.library.model import Baseline, Code, Note, Paper
from mkdocs_papers.library.settings import Keyword
from mkdocs_papers.views import select
from mkdocs_papers.views.facets import Facet
from mkdocs_papers.views.select import SelectionError
from tests.pages.papers import paper

PAPERS = (
    paper("2024/a", venue="Blog", keywords=("kv_cache",)),
    paper("2024/b", venue="blog", keywords=("pruning", "quantization")),
    paper("2024/c", keywords=("Pruning",)),
)
KEYWORDS = {"kv_cache": Keyword("kv_cache", "KV Cache"), "quantization": Keyword("quantization", "Quantization")}


def selected(papers: Iterable[tuple[Paper, Note | None]], wanted: dict[str, object]) -> str:
    """The last letters of the keys of the papers that fit."""

    def by_value(facet: Facet) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for each, note in papers:
            for value in facet.values(each, note):
                found.setdefault(value, []).append(each.key)
        return found

    return "".join(each.key[-1] for each in select.select(papers, KEYWORDS, wanted, by_value))


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
    assert selected([(each, None) for each in PAPERS], wanted) == stems


@pytest.mark.parametrize("wanted", [{"venue": "Blo"}, {"venu": "Blog"}])
def test_what_there_is_not_is_an_error(wanted: dict[str, object]) -> None:
    with pytest.raises(SelectionError):
        selected([(each, None) for each in PAPERS], wanted)


NOTED = (
    (
        paper(
            "2024/a", year=2024, arxiv="2406.10774", venue="arXiv", keywords=("pruning", "kv_cache"), added="2026-10-03"
        ),
        Note("a.md", "Outliers", text="Activation\noutliers, and what of them."),
    ),
    (
        paper(
            "2023/b",
            year=2023,
            venue="ICML",
            keywords=("pruning", "a+b"),
            added="2026-09",
            title="B",
            former_keys=("2020/old", "2024/a"),
            baselines=(Baseline("Quest", "2024/a"), Baseline("TOVA")),
        ),
        Note("b.md", "稀疏", text="稀疏注意力"),
    ),
    (
        paper(
            "2022/c",
            year=2022,
            venue="ICML",
            rating=4,
            code=Code("", "https://code.example/"),
            added="2026",
            baselines=(Baseline("B", "2023/b"),),
        ),
        None,
    ),
)


@pytest.mark.parametrize(
    ("wanted", "stems"),
    [
        ({"key": "2024/a"}, "a"),
        ({"key": "2020/OLD"}, "b"),
        ({"key": "2023/B"}, "b"),
        ({"comparedby": "2020/old"}, "a"),
        ({"year": 2023}, "b"),
        ({"year": ">=2023"}, "ab"),
        ({"year": "<2023"}, "c"),
        ({"year": "2022..2023"}, "bc"),
        ({"year": "..2023"}, "bc"),
        ({"year": ">2030"}, ""),
        ({"rating": "<=4"}, "c"),
        ({"added": "2026-10"}, "a"),
        ({"added": "2026"}, "abc"),
        ({"added": ">=2026-09"}, "ab"),
        ({"added": ">2026-09"}, "a"),
        ({"added": "<=2026-09"}, "bc"),
        ({"added": "<2026-10"}, "bc"),
        ({"added": "2026-09..2026-10-03"}, "ab"),
        ({"published": "2024-06"}, "a"),
        ({"place": "preprint"}, "a"),
        ({"place": "Published"}, "bc"),
        ({"language": "zh"}, "b"),
        ({"language": ""}, "c"),
        ({"has": "code"}, "c"),
        ({"lacks": "code"}, "ab"),
        ({"lacks": "code+cover"}, "ab"),
        ({"keyword": "pruning+KV Cache"}, "a"),
        ({"keyword": "a+b"}, "b"),
        ({"note": "OUTLIERS"}, "a"),
        ({"note": "activation outliers"}, "a"),
        ({"note": "outliers+what"}, "a"),
        ({"note": "注意力"}, "b"),
        ({"note": "nowhere"}, ""),
        ({"baseline": "2024/a"}, "b"),
        ({"baseline": "2020/old"}, "c"),
        ({"compares": "quest"}, "b"),
        ({"compares": "tova"}, "b"),
        ({"comparedby": "2023/B"}, "a"),
        ({"note": None, "arxiv": "2406.10774"}, "a"),
    ],
)
def test_filters_are_those_of_queries(wanted: dict[str, object], stems: str) -> None:
    assert selected(NOTED, wanted) == stems


@pytest.mark.parametrize(
    ("wanted", "right"),
    [
        ({"year": "soon"}, "write 2024, >=2023 or 2020..2022"),
        ({"added": ">=soon"}, "write 2024, >=2023 or 2020..2022"),
        ({"year": "2024-06"}, "write 2024, >=2023 or 2020..2022"),
        ({"keyword": "pruning+prunning"}, ""),
        ({"lack": "code"}, "did you mean 'lacks'?"),
        ({"comparedby": "2023/bb"}, "did you mean '2023/b'?"),
    ],
)
def test_what_makes_no_sense_is_an_error_that_says_what_would(wanted: dict[str, object], right: str) -> None:
    with pytest.raises(SelectionError) as found:
        selected(NOTED, wanted)
    assert right in found.value.right
