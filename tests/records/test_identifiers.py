import pytest

from mkdocs_papers.records.addresses import arxiv_id, bare_doi, http_address, identities, pdf_address


@pytest.mark.parametrize("text", ["https://arxiv.org/abs/1", " http://example.org ", "HTTPS://[::1]:80/x?y#z"])
def test_http_addresses_are_linked(text: str) -> None:
    assert http_address(text) == text.strip()


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "arxiv.org/abs/1",
        "javascript:alert(1)",
        "data:text/html,x",
        "java\nscript:alert(1)",
        "https://",
        "https:///path",
        "https://[",
        "https://a b",
        "https://a\u2028b",
        "https://a/\x00",
        "ftp://example.org",
        "//example.org",
    ],
)
def test_nothing_else_is(text: str | None) -> None:
    assert http_address(text) is None


@pytest.mark.parametrize(
    ("address", "arxiv", "pdf"),
    [
        ("https://arxiv.org/abs/2406.10774v1", "2406.10774", "https://arxiv.org/pdf/2406.10774v1"),
        ("http://www.arxiv.org/pdf/1510.00149.pdf", "1510.00149", "https://arxiv.org/pdf/1510.00149"),
        ("https://lanl.arxiv.org/abs/1510.00149", "1510.00149", "https://arxiv.org/pdf/1510.00149"),
        ("https://arxiv.org/html/2406.10774v2#S3", "2406.10774", "https://arxiv.org/pdf/2406.10774v2"),
        ("https://arxiv.org/abs/cs/0112017", "cs/0112017", "https://arxiv.org/pdf/cs/0112017"),
        ("https://openreview.net/forum?id=aB-3_x&noteId=1", None, "https://openreview.net/pdf?id=aB-3_x"),
        ("https://openreview.net/forum?id=%22%3E", None, None),
        ("https://arxiv.org/list/cs.LG/recent", None, None),
        ("https://example.org/arxiv.org/abs/2406.10774", None, None),
    ],
)
def test_what_an_address_says_of_the_paper(address: str, arxiv: str | None, pdf: str | None) -> None:
    assert (arxiv_id(address), pdf_address(address)) == (arxiv, pdf)


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1145/3", "10.1145/3"),
        (" https://doi.org/10.1145/3 ", "10.1145/3"),
        ("doi: 10.1145/3", "10.1145/3"),
        (" ", None),
        (None, None),
    ],
)
def test_a_doi_is_bare(text: str | None, doi: str | None) -> None:
    assert bare_doi(text) == doi


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://arxiv.org/abs/2406.10774v1", "http://export.arxiv.org/pdf/2406.10774v3.pdf"),
        ("https://doi.org/10.48550/arXiv.2406.10774", "https://arxiv.org/abs/2406.10774"),
        ("https://doi.org/10.1145/ABC", "http://dx.doi.org/10.1145/abc"),
        ("https://openreview.net/forum?id=x", "https://openreview.net/pdf?id=x"),
        ("http://www.Example.org/a/", "https://example.org/a"),
    ],
)
def test_one_work_has_one_identity(one: str, other: str) -> None:
    assert identities(one, None) == identities(other, None)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://arxiv.org/abs/2406.10774", "https://arxiv.org/abs/2406.10775"),
        ("https://example.org/a?id=1", "https://example.org/a?id=2"),
        ("https://example.org/A", "https://example.org/a"),
        ("https://openreview.net/forum?id=x", "https://openreview.net/forum?id=X"),
    ],
)
def test_two_works_have_two(one: str, other: str) -> None:
    assert identities(one, None) != identities(other, None)


@pytest.mark.parametrize("doi", ["N/A", "-", "7", "none", "10.", "10.5555/"])
def test_what_is_no_doi_tells_nothing(doi: str) -> None:
    assert identities(None, doi) == ()
    assert identities("https://example.org/a", doi) == ("//example.org/a",)
    assert not identities(f"https://doi.org/{doi}", None)[0].startswith("doi:")


def test_a_doi_and_an_address_of_one_arxiv_paper_are_one() -> None:
    assert identities("https://arxiv.org/abs/2406.10774v1", "10.48550/ARXIV.2406.10774") == ("arxiv:2406.10774",)
