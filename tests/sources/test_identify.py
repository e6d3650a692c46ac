"""Identifiers and addresses in every form that people have at hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.sources.identify import Identifier, Scheme, identify, mentions, plain_doi


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2205.14135", "2205.14135"),
        ("0704.0001", "0704.0001"),
        ("2205.14135v2", "2205.14135"),
        ("arXiv:2205.14135v2", "2205.14135"),
        ("ARXIV: 2205.14135 [cs.LG]", "2205.14135"),
        ("cs/0112017", "cs/0112017"),
        ("cs.LG/0112017v1", "cs/0112017"),
        ("arXiv:math.GT/0309136", "math/0309136"),
        ("https://arxiv.org/abs/2205.14135", "2205.14135"),
        ("https://www.semanticscholar.org/arxiv/2205.14135", "2205.14135"),
        ("http://www.arxiv.org/abs/2205.14135v1/", "2205.14135"),
        ("https://arxiv.org/pdf/2205.14135", "2205.14135"),
        ("https://arxiv.org/pdf/2205.14135v2.pdf", "2205.14135"),
        ("https://arxiv.org/pdf/2205.14135.pdf#page=3", "2205.14135"),
        ("https://arxiv.org/abs/2205.14135?context=cs", "2205.14135"),
        ("https://export.arxiv.org/abs/cs/0112017", "cs/0112017"),
        ("https://arxiv.org/html/2205.14135v2#S1", "2205.14135"),
        ("https://ar5iv.labs.arxiv.org/html/2205.14135", "2205.14135"),
        ("https://www.alphaxiv.org/abs/2205.14135", "2205.14135"),
        ("https://huggingface.co/papers/2205.14135", "2205.14135"),
        ("arxiv.org/abs/2205.14135", "2205.14135"),
        ("<https://arxiv.org/abs/2205.14135>", "2205.14135"),
        ("arXiv 2205.14135", "2205.14135"),
        ("(arXiv:2205.14135).", "2205.14135"),
        ("[2205.14135],", "2205.14135"),
        ("\ufeff2205.14135\u200b", "2205.14135"),
        ("https://www.alphaxiv.org/overview/2205.14135", "2205.14135"),
        ("https://arxiv.org/abs/2205.14135.", "2205.14135"),
        ("10.48550/arXiv.2205.14135", "2205.14135"),
        ("https://doi.org/10.48550/ARXIV.2205.14135v2", "2205.14135"),
    ],
)
def test_arxiv(text: str, value: str) -> None:
    assert identify(text) == Identifier(Scheme.ARXIV, value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10.1145/3448016.3452841", "10.1145/3448016.3452841"),
        ("doi:10.1145/3448016.3452841", "10.1145/3448016.3452841"),
        ("DOI: 10.1145/3448016.3452841.", "10.1145/3448016.3452841"),
        ("DOI 10.1145/3448016.3452841", "10.1145/3448016.3452841"),
        ("(10.1016/S0019-9958(70)90409-2)", "10.1016/S0019-9958(70)90409-2"),
        ("https://doi.org/10.1016/S0019-9958(70)90409-2", "10.1016/S0019-9958(70)90409-2"),
        ("http://dx.doi.org/10.1126%2Fscience.169.3946.635", "10.1126/science.169.3946.635"),
        ("https://journals.plos.org/plosone/article?id=10.1371/journal.pone.001", "10.1371/journal.pone.001"),
        ("https://www.nature.com/articles/s41586-021-03819-2_reference.pdf", "10.1038/s41586-021-03819-2"),
        ("https://dl.acm.org/doi/abs/10.1145/3448016.3452841", "10.1145/3448016.3452841"),
        ("https://dl.acm.org/doi/pdf/10.1145/3448016.3452841?download=true", "10.1145/3448016.3452841"),
        ("https://link.springer.com/chapter/10.1007/978-3-319-46493-0_32", "10.1007/978-3-319-46493-0_32"),
        ("https://link.springer.com/content/pdf/10.1007/s11263-015-0816-y.pdf", "10.1007/s11263-015-0816-y"),
        ("https://onlinelibrary.wiley.com/doi/full/10.1002/adma.202", "10.1002/adma.202"),
        ("https://iopscience.iop.org/article/10.1088/2634-4386/ac889b/pdf", "10.1088/2634-4386/ac889b"),
        ("https://www.nature.com/articles/s42256-024-00832-8", "10.1038/s42256-024-00832-8"),
        ("https://www.nature.com/articles/nature14539.pdf", "10.1038/nature14539"),
        ("https://www.biorxiv.org/content/10.1101/2020.01.01.123456v2.full.pdf", "10.1101/2020.01.01.123456"),
        (
            "10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O",
            "10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O",
        ),
    ],
)
def test_dois(text: str, value: str) -> None:
    assert identify(text) == Identifier(Scheme.DOI, value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2024.acl-long.678", "2024.acl-long.678"),
        ("https://aclanthology.org/2024.acl-long.678/", "2024.acl-long.678"),
        ("https://aclanthology.org/2024.findings-acl.12.pdf", "2024.findings-acl.12"),
        ("https://www.aclweb.org/anthology/N18-2074/", "N18-2074"),
        ("n18-2074", "N18-2074"),
        ("https://doi.org/10.18653/v1/n18-2074", "N18-2074"),
        ("10.18653/v1/2024.acl-long.678", "2024.acl-long.678"),
    ],
)
def test_acl(text: str, value: str) -> None:
    assert identify(text) == Identifier(Scheme.ACL, value)


@pytest.mark.parametrize(
    "text",
    [
        "https://openreview.net/forum?id=KzACYw0MTV",
        "https://openreview.net/pdf?id=KzACYw0MTV",
        "openreview.net/forum?noteId=x&id=KzACYw0MTV#discussion",
    ],
)
def test_openreview(text: str) -> None:
    assert identify(text) == Identifier(Scheme.OPENREVIEW, "KzACYw0MTV")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("https://proceedings.mlr.press/v202/liu23am/liu23am.pdf", "https://proceedings.mlr.press/v202/liu23am.html"),
        ("https://proceedings.mlr.press/v202/liu23am.html#abstract", "https://proceedings.mlr.press/v202/liu23am.html"),
        (
            "https://openaccess.thecvf.com/content/CVPR2023/papers/Chen_SparseViT_CVPR_2023_paper.pdf",
            "https://openaccess.thecvf.com/content/CVPR2023/html/Chen_SparseViT_CVPR_2023_paper.html",
        ),
        (
            "https://proceedings.neurips.cc/paper_files/paper/2022/file/67d57c-Paper-Conference.pdf",
            "https://proceedings.neurips.cc/paper_files/paper/2022/hash/67d57c-Abstract-Conference.html",
        ),
        (
            "https://proceedings.neurips.cc/paper/2021/file/6e8404-Paper.pdf",
            "https://proceedings.neurips.cc/paper/2021/hash/6e8404-Abstract.html",
        ),
        ("https://ieeexplore.ieee.org/document/9157?utm_source=x", "https://ieeexplore.ieee.org/document/9157"),
        ("https://jmlr.org/papers/volume22/21-0366/21-0366.pdf", "https://jmlr.org/papers/v22/21-0366.html"),
        ("jmlr.org/papers/v22/21-0366.html", "https://jmlr.org/papers/v22/21-0366.html"),
    ],
)
def test_pages(text: str, value: str) -> None:
    assert identify(text) == Identifier(Scheme.PAGE, value)


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.18653/v1/N18-2074", "10.18653/v1/N18-2074"),
        ("https://doi.org/10.1000/a%2Fb", "10.1000/a/b"),
        ("doi: 10.1000/a.", "10.1000/a"),
        ("10.1000/a 10.1000/b", "10.1000/a"),
        ("10.48550/arXiv.2205.14135", None),
        ("https://example.org/10.1000/a", None),
        ("", None),
        (None, None),
    ],
)
def test_plain_dois(text: str | None, doi: str | None) -> None:
    assert plain_doi(text) == doi


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Quest",
        "refs.bib",
        "12.34",
        "meta/2024",
        "foo/1234567",
        "10.5/x",
        "https://",
        "http://[x",
        "a b.org/c d",
        "file:///etc/passwd",
    ],
)
def test_no_identifier(text: str) -> None:
    assert identify(text) is None


@given(st.text())
def test_no_text_is_too_odd(text: str) -> None:
    identify(text)
    list(mentions(text))


@given(
    st.from_regex(r"[0-9]{2}(0[1-9]|1[0-2])\.[0-9]{5}(v[1-9])?", fullmatch=True),
    st.sampled_from(["abs", "pdf", "html"]),
)
def test_every_form_is_the_same(identifier: str, kind: str) -> None:
    bare = Identifier(Scheme.ARXIV, identifier[:10])
    forms = (
        identifier,
        f"arXiv:{identifier}",
        f"https://arxiv.org/{kind}/{identifier}",
        f"10.48550/arXiv.{identifier}",
    )
    assert {identify(form) for form in forms} == {bare}
    assert [each.identifier for each in mentions(f"See ({forms[2]}), or {forms[1]}.")] == [bare]


def test_in_a_text() -> None:
    text = (
        "Read arXiv:2205.14135v2, 2406.10774 and [this](https://doi.org/10.1145/3448016.3452841).\n"
        "| 10.1016/S0019-9958(70)90409-2 | cs/0112017 (old); again https://arxiv.org/abs/2406.10774.\n"
        "Not: 1.2345, 2013.12345, 1205.123456, v2205.14135x, 10.5/x, https://github.com/a/b, file/2205.14135.\n"
        "PMLR: <https://proceedings.mlr.press/v202/liu23am.html>, see also aclanthology.org/N18-2074.\n"
    )
    assert [(str(each.identifier), each.place.line, each.place.column) for each in mentions(text)] == [
        ("arXiv:2205.14135", 1, 6),
        ("arXiv:2406.10774", 1, 26),
        ("doi:10.1145/3448016.3452841", 1, 48),
        ("doi:10.1016/S0019-9958(70)90409-2", 2, 3),
        ("arXiv:cs/0112017", 2, 35),
        ("https://proceedings.mlr.press/v202/liu23am.html", 4, 8),
        ("N18-2074", 4, 67),
    ]


def test_an_old_doi_in_a_text_is_whole() -> None:
    doi = "10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O"
    assert [each.identifier.value for each in mentions(f"See {doi}, and <b>10.1000/a</b>.")] == [doi, "10.1000/a"]


@pytest.mark.parametrize("written", ["a.", "a-"])
def test_a_text_is_looked_through_for_hosts_in_time_in_proportion_to_its_length(written: str) -> None:
    """Each beginning was followed to the end: minutes would pass."""
    (mention,) = mentions(f"{written * 150_000} export.arxiv.org/abs/2205.14135")
    assert str(mention.identifier.value) == "2205.14135"
