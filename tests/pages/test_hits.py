import dataclasses
from typing import Any

import pytest

from mkdocs_papers.library.model import Baseline, Paper
from mkdocs_papers.pages import summaries
from mkdocs_papers.pages.group_links import Link
from mkdocs_papers.pages.hits import note_about
from mkdocs_papers.pages.paper_pages import PaperPage
from mkdocs_papers.pages.summaries import Summary
from mkdocs_papers.records.record import Record
from mkdocs_papers.records.schema import CodeBlock, Kind, PaperInfo
from mkdocs_papers.search.document import Document, Part
from tests.pages.papers import FULL, paper, site


def document_of(one: Paper) -> Document:
    """What the search knows of a paper that is alone in its library."""
    content = next(source.content for source in site(one).sources() if isinstance(source.content, PaperPage))
    found = content.document("papers/2024/Quest/")
    assert found is not None
    return found


def summary(**values: Any) -> Summary:
    return summaries.summary(site(paper(**values)), "2024/Quest")


def test_all_that_is_known_of_a_paper() -> None:
    assert document_of(FULL) == Document(
        "papers/2024/Quest/",
        title="Quest: Query-Aware Sparsity to O(∞) & 50% {fast}_er",
        about="ICML 2024",
        names=("Quest",),
        identifiers=("2406.10774", "10.1000/a_b"),
        people=("Jiaming Tang", "Guido van Rossum", "Sammy Davis, Jr.", "王小明", "NVIDIA"),
        subjects=(
            "Massachusetts Institute of Technology, NVIDIA",
            "KV Cache, sparse attention",
            "PyTorch",
            "2023/H2O, StreamingLLM",
        ),
        parts=(Part("", "", 'First paragraph. Second, with "quotes".'),),
    )


def test_a_bare_paper() -> None:
    assert document_of(paper()) == Document("papers/2024/Quest/", "Quest", "2024")


def test_a_method_without_a_paper_here_is_found_where_papers_compare_with_it() -> None:
    known = paper(baselines=(Baseline("SmoothQuant"), Baseline("InfLLM", "2024/InfLLM"), Baseline("H2O")))
    pages = {source.address.path: source.content for source in site(known, paper("2024/InfLLM")).sources()}
    hit = pages["papers/2024/Quest"].document("")
    assert hit is not None
    assert hit.subjects == ("SmoothQuant, H2O",)


def test_versions_of_one_work_are_one_hit() -> None:
    preprint = paper("2023/a", title="Quest, early", venue="arXiv", arxiv="2301.00001", same_work=("2024/b", "2024/c"))
    published = paper("2024/b", title="Quest", venue="ICLR", doi="10.1/B", same_work=("2023/a",))
    again = paper("2024/c", title="Quest", venue="arXiv", same_work=("2023/a",))
    pages = {source.address.path: source.content for source in site(preprint, published, again).sources()}
    assert pages["papers/2023/a"].document("") is None
    assert pages["papers/2024/c"].document("") is None
    hit = pages["papers/2024/b"].document("")
    assert hit is not None
    assert (hit.title, hit.about) == ("Quest", "ICLR 2024 · arXiv 2024 · arXiv 2023")
    assert hit.identifiers == ("10.1/b", "2301.00001")
    assert "Quest, early" in hit.hidden


def test_an_identifier_is_in_small_letters() -> None:
    assert document_of(paper(doi="10.1109/ICNN.1993")).identifiers == ("10.1109/icnn.1993",)


@pytest.mark.parametrize(
    ("title", "abbreviation", "shown"),
    [
        ("A Simple and Effective Pruning Approach", "Wanda", "Wanda: A Simple and Effective Pruning Approach"),
        ("quest: pages for a query", "Quest", "quest: pages for a query"),
        ("The LoRA+ method", "LoRA+", "The LoRA+ method"),
        ("The LoRA+ method", "LoRA", "The LoRA+ method"),
        ("The QLoRA method", "LoRA", "LoRA: The QLoRA method"),
        ("Up to $\\infty$", "$\\infty$-Bench", "∞-Bench: Up to ∞"),
        ("No abbreviation", None, "No abbreviation"),
    ],
)
def test_a_title_says_the_abbreviation(title: str, abbreviation: str | None, shown: str) -> None:
    assert document_of(paper(title=title, abbreviation=abbreviation)).title == shown


def test_keywords_are_found_as_records_write_them() -> None:
    assert document_of(paper(keywords=("kv_cache",))).hidden == ()
    alone = site(paper(keywords=("kv_cache",)))
    content = next(source.content for source in alone.sources() if isinstance(source.content, PaperPage))
    labelled = Link("缓存 cache", content.keywords[0].address)
    found = dataclasses.replace(content, keywords=(labelled,)).document("")
    assert found is not None
    assert found.hidden == ("kv",)


def test_fields_that_an_owner_added_are_found() -> None:
    @dataclasses.dataclass(frozen=True, slots=True)
    class Info(PaperInfo):
        award: str | None = dataclasses.field(default=None, metadata=_added(12))
        jury: tuple[str, ...] = dataclasses.field(default=(), metadata=_added(13, repeated=True))

    record = Record("meta/2024/Quest.prototxt", "2024/Quest", Info(award=" Best \n paper ", jury=("Ann", "Bo")))
    one = Paper("2024/Quest", record, "Quest", 2024)
    assert document_of(one).subjects == ("Best paper", "Ann, Bo")
    plain = dataclasses.replace(one, record=dataclasses.replace(record, info=PaperInfo(code=CodeBlock(type="Website"))))
    assert document_of(plain).subjects == ()


def _added(number: int, *, repeated: bool = False) -> dict[str, Any]:
    return {"number": number, "kind": Kind.TEXT, "about": "", "searched": True, "repeated": repeated}


def test_what_a_note_is_about() -> None:
    wanda = summary(title="A Simple Approach", abbreviation="Wanda", venue="ICLR")
    assert note_about("Prune by product", (wanda,)) == ("Wanda · ICLR 2024",)
    assert note_about("Wanda: prune by product", (wanda,)) == ("ICLR 2024",)
    assert note_about("Notes", (summary(title="No short name"),)) == ("No short name · 2024",)
    assert note_about("Many", (wanda,) * 9) == ("Wanda · ICLR 2024",) * 3
    assert note_about("None", ()) == ()
