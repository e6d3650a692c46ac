"""Files whose lines begin with tags, as EndNote (``.enw``) and PubMed (``.nbib``) write them."""

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.sources import medline, refer
from mkdocs_papers.sources.found import Failure, Found, Kind
from tests.sources.recorded import parted

SCHOLAR = """%0 Conference Proceedings
%T LLM.int8() & the K&R book: 50% of it
%A Dettmers, Tim
%A van der Berg, Jan
%A NVIDIA,
%B ICML
%V 35
%N 2
%P 30318-30332
%C New Orleans
%F dettmers2022
%K quantization
inference
%R 10.1000/x
%U https://example.org/x
%! LLM.int8()
%X One
goes on.
%D 2022
"""

PUBMED = """
PMID- 35000001
OWN - NLM
DP  - 2022 Jan 5
TI  - Efficient processing of deep neural networks: a
      survey.
PG  - 100-20
LID - S0893-6080(22)00001-1 [pii]
LID - 10.1000/y [doi]
AB  - We
      survey.
FAU - Sze, Vivienne
AU  - Sze V
FAU - van der Berg, Jan
AU  - van der Berg J
CN  - NVIDIA
JT  - Neural Networks
TA  - Neural Netw
VI  - 145
IP  - 2
OT  - pruning
MH  - *Neural Networks, Computer
"""

Iterate = Callable[[str, str], Iterator[Found | Failure]]


def read(iterate: Iterate, text: str) -> tuple[tuple[Found, ...], tuple[Failure, ...]]:
    return parted(iterate(text, "refs"))


@pytest.mark.parametrize("change", [("\n", "\r\n"), ("%0", "\ufeff%0"), ("%0", "\n\n%0"), ("%! ", "%!\t ")])
def test_a_reference_of_endnote(change: tuple[str, str]) -> None:
    (found,), failures = read(refer.iterate, SCHOLAR.replace(*change))
    assert failures == ()
    assert found.title == "LLM.int8() & the K&R book: 50% of it"
    assert found.authors == ("Tim Dettmers", "Jan van der Berg", "NVIDIA")
    assert (found.year, found.venue, found.kind) == (2022, "ICML", Kind.PUBLISHED)
    assert (found.volume, found.number, found.pages) == ("35", "2", "30318-30332")
    assert (found.doi, found.url, found.key) == ("10.1000/x", "https://example.org/x", "dettmers2022")
    assert found.abstract == "One goes on."
    assert (found.rest.paper.abbr, found.rest.keyword.words) == ("LLM.int8()", ("quantization", "inference"))
    assert found.unsupported == ("%C",)


@pytest.mark.parametrize(
    ("iterate", "text"),
    [
        (refer.iterate, "%0 Journal Article\n%T One\n%K PR\nER\nER - \nHER2\n%J Cancer\n"),
        (medline.iterate, "PMID- 1\nTI  - One\nAB  - PR\n      ER\n      ER -\n      HER2\nJT  - Cancer\n"),
    ],
)
def test_only_a_file_of_ris_ends_a_reference_with_two_letters(iterate: Iterate, text: str) -> None:
    (found,), failures = read(iterate, text)
    assert (found.venue, failures) == ("Cancer", ())
    assert found.rest.keyword.words == ("PR", "ER", "ER -", "HER2") or found.abstract == "PR ER ER - HER2"


def test_what_its_publisher_published_alone() -> None:
    text = "%0 Thesis\n%T One\n%A Doe, Jane\n%I ETH\n%D 2020\n%0 Journal Article\n%T Two\n%I Elsevier\n"
    (thesis, article), _ = read(refer.iterate, text)
    assert (thesis.venue, thesis.unsupported) == ("ETH", ())
    assert (article.venue, article.unsupported) == (None, ("%I",))


def test_a_preprint_of_google_scholar() -> None:
    text = "%0 Journal Article\n%T One\n%A Dao, Tri\n%J arXiv preprint arXiv:2205.14135\n%D 2022\n"
    (found,), _ = read(refer.iterate, text)
    assert (found.arxiv, found.venue, found.kind) == ("2205.14135", None, Kind.PREPRINT)


@pytest.mark.parametrize("change", [("\n", "\r\n"), ("\nPMID- ", "\ufeffPMID- "), ("survey.\nPG", "survey\nPG")])
def test_a_reference_of_pubmed(change: tuple[str, str]) -> None:
    (found,), failures = read(medline.iterate, PUBMED.replace(*change))
    assert failures == ()
    assert found.title == "Efficient processing of deep neural networks: a survey"
    assert found.authors == ("Vivienne Sze", "Jan van der Berg", "NVIDIA")
    assert (found.year, found.venue, found.doi) == (2022, "Neural Networks", "10.1000/y")
    assert (found.volume, found.number, found.pages) == ("145", "2", "100-120")
    assert found.abstract == "We survey."
    assert found.rest.keyword.words == ("pruning", "Neural Networks, Computer")
    assert found.unsupported == ("OWN", "LID")


def test_names_in_short_count_where_there_are_no_others() -> None:
    (found,), _ = read(medline.iterate, "PMID- 1\nTI  - One\nAU  - van der Berg JA\nAU  - Madonna\nTA  - N\n")
    assert (found.authors, found.venue) == (("JA van der Berg", "Madonna"), "N")


def test_tags_of_pubmed_are_not_those_of_ris() -> None:
    (found,), _ = read(medline.iterate, "PMID- 1\nTI  - One\nUR  - x\nSP  - 3\nPB  - Y\n")
    assert (found.pages, found.unsupported) == (None, ("UR", "SP", "PB"))


@pytest.mark.parametrize(
    ("iterate", "text", "said"),
    [
        (refer.iterate, "%T x\n", "the tag %T stands outside of a reference; begin it with '%0 Journal Article'"),
        (refer.iterate, "%C x\n", "the tag %C stands outside of a reference; begin it with '%0 Journal Article'"),
        (refer.iterate, "%0 Book\n", "the reference is empty; give it a title, '%T ...'"),
        (medline.iterate, "OWN - x\n", "the tag OWN stands outside of a reference; begin it with 'PMID- 1234'"),
        (medline.iterate, "PMID- 1\n", "the reference is empty; give it a title, 'TI  - ...'"),
    ],
)
def test_what_is_no_reference_is_named(iterate: Iterate, text: str, said: str) -> None:
    found, failures = read(iterate, text)
    assert (found, [str(each) for each in failures]) == ((), [f"refs:1:1: {said}"])


@pytest.mark.parametrize("iterate", [refer.iterate, medline.iterate])
@given(text=st.text(st.sampled_from("%0TAPMIDFU- \n\ufeffx,.;[doi]"), max_size=80))
def test_any_text_is_read(iterate: Iterate, text: str) -> None:
    for each in iterate(text, "refs"):
        assert isinstance(each, Found | Failure)
        assert each.place is not None
