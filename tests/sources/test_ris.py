"""RIS as it is found in the wild; rispy is the witness where it can read."""

import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.sources.found import Failure, Found, Kind
from mkdocs_papers.sources.ris import iterate
from tests.sources.recorded import parted


def read(text: str, path: str) -> tuple[tuple[Found, ...], tuple[Failure, ...]]:
    return parted(iterate(text, path))


FULL = """TY  - CONF
ID  - x1
TI  - A <i>title</i> &amp; more
ST  - Short
AU  - van Rossum, Guido
AU  - Davis, Sammy, Jr.
A1  - NVIDIA
PY  - 2022/05/03/
T2  - ICML
AB  - One
  goes on
DO  - 10.1000/x
UR  - https://example.org/x
L1  - https://example.org/x.pdf
KW  - a
KW  - b
"""
FULL += "ER  - \n"


def test_a_reference() -> None:
    (found,), failures = read(FULL, "refs.ris")
    assert failures == ()
    assert found.title == "A title & more"
    assert found.authors == ("Guido van Rossum", "Sammy Davis, Jr.", "NVIDIA")
    assert (found.year, found.venue, found.kind) == (2022, "ICML", Kind.PUBLISHED)
    assert (found.doi, found.url) == ("10.1000/x", "https://example.org/x")
    assert found.abstract == "One goes on"
    assert (found.rest.paper.abbr, found.rest.keyword.words, found.key) == ("Short", ("a", "b"), "x1")


@pytest.mark.parametrize(
    "change",
    [
        ("ER  - \n", ""),
        ("ER  - \n", "ER\n"),
        ("ER  - \n", "ER  -"),
        ("TY  -", "\ufeffTY  -"),
        ("  - ", " - "),
        ("\n", "\r\n"),
        ("\n", "\r"),
        ("TY  -", "Provider: somebody\n\nTY  -"),
    ],
)
def test_what_programs_leave_out_costs_nothing(change: tuple[str, str]) -> None:
    def values(text: str) -> object:
        (found,), failures = read(text, "refs.ris")
        assert failures == ()
        return found.title, found.authors, found.year, found.venue, found.doi, found.abstract, found.rest

    assert values(FULL.replace(*change)) == values(FULL)


def test_two_references_without_end_are_two() -> None:
    found, failures = read("TY  - JOUR\nTI  - One\nTY  - JOUR\nTI  - Two\n", "refs.ris")
    assert [each.title for each in found] == ["One", "Two"]
    assert failures == ()


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [
        ("DO  - 10.1000/a\nDO  - 10.1000/B", "2 DOIs: 10.1000/a, 10.1000/b"),
        ("T1  - Other\nDO  - 10.1000/a", "2 titles: one, other"),
        ("DO  - 10.1000/a\nPY  - 2020\nPY  - 2021", "2 years: 2020, 2021"),
    ],
)
def test_a_second_value_is_named(lines: str, wrong: str) -> None:
    (found,), _ = read(f"TY  - JOUR\nTI  - One\n{lines}\nER  - \n", "refs.ris")
    assert (found.title, found.doi) == ("One", "10.1000/a")
    assert [str(odd) for odd in found.odd] == [f"refs.ris:1:1: the reference has {wrong}; the first one counts"]


def test_the_end_of_a_file_is_no_reference() -> None:
    found, failures = read("TY  - JOUR\nTI  - One\nER  -\n\nEF  - \n", "refs.ris")
    assert ([each.title for each in found], failures) == (["One"], ())


def test_words_before_a_hyphen_are_no_tags() -> None:
    (found,), _ = read("TY  - JOUR\nTI  - One\nAB  - Based in the\nUK - mostly\nER  - \n", "refs.ris")
    assert found.abstract == "Based in the UK - mostly"


def test_what_is_no_reference_is_named() -> None:
    found, failures = read("TI  - Outside\nER  - \nTY  - JOUR\nER  - \nTY  - JOUR\nTI  - In\n", "refs.ris")
    assert [each.title for each in found] == ["In"]
    assert [str(failure) for failure in failures] == [
        "refs.ris:1:1: the tag TI stands outside of a reference; begin it with 'TY  - JOUR'",
        "refs.ris:3:1: the reference is empty; give it a title, 'TI  - ...'",
    ]


def test_a_preprint() -> None:
    text = "TY  - UNPB\nTI  - One\nPB  - arXiv\nAN  - arXiv:2205.14135\nN1  - arXiv:2205.14135 [cs]\nER  - \n"
    (found,), _ = read(text, "refs.ris")
    assert (found.arxiv, found.venue, found.kind) == ("2205.14135", None, Kind.PREPRINT)


WORD = st.text(st.characters(categories=["L", "Nd", "Nl"]), min_size=1, max_size=8).filter(lambda word: len(word) != 2)
REFERENCES = st.lists(st.tuples(WORD, st.lists(WORD, max_size=3), st.integers(1000, 9999)), min_size=1, max_size=4)


@given(REFERENCES)
def test_what_rispy_reads_is_read_the_same(references: list[tuple[str, list[str], int]]) -> None:
    text = "".join(
        f"TY  - JOUR\nTI  - {title}\n{''.join(f'AU  - {name}' + chr(10) for name in names)}PY  - {year}\nER  - \n"
        for title, names, year in references
    )
    found, failures = read(text, "refs.ris")
    assert failures == ()
    assert [(each.title, [*each.authors], str(each.year)) for each in found] == [
        (each["title"], each.get("authors", []), each["year"]) for each in rispy.loads(text)
    ]


@given(
    st.lists(st.sampled_from(["TY  - JOUR", "TI  - x", "ER  - ", "AU - y", "\n", "\r\n", " ", "z", "AB  -"])).map(
        "".join
    )
)
def test_whatever_stands_in_a_file_is_taken(text: str) -> None:
    read(text, "refs.ris")


def test_first_authors_of_another_tag_stay_first() -> None:
    text = "TY  - BOOK\nA1  - One, A.\nAU  - Two, B.\nA1  - Three, C.\nBT  - The Book\nPB  - Wiley\nPY  - 1999\nER  -"
    (found,) = iterate(text, "a.ris")
    assert isinstance(found, Found)
    assert found.authors == ("A. One", "B. Two", "C. Three")
    assert (found.title, found.venue) == ("The Book", "Wiley")


def test_people_in_one_value_and_editors() -> None:
    (article, book), failures = read(
        "TY  - JOUR\nTI  - A\nTI  - B\nAU  - Smith, J.; Doe, K.\nAU  - Doe, Jane and Roe, Rick\n"
        "AU  - Bell and Sons, Ltd\nKW  - one; R&amp;D\nKW  - *Humans\nUR  - https://a.org/1;https://b.org\n"
        "M3  - 10.1000/x\nAU  - O&apos;Neil, Sh&aacute;n\nAU  - Health Organization,\nAB  - One.\n\nTwo.\nER  -\n"
        "TY  - BOOK\nTI  - C\nA2  - Smith, J.\nER  -\n",
        "refs.ris",
    )
    assert failures == ()
    others = ("Shán O'Neil", "Health Organization")
    assert article.authors == ("J. Smith", "K. Doe", "Jane Doe", "Rick Roe", "Bell and Sons, Ltd", *others)
    assert (article.url, article.doi, article.abstract) == ("https://a.org/1", "10.1000/x", "One.\n\nTwo.")
    assert article.rest.keyword.words == ("one", "R&D", "Humans")
    assert [each.wrong for each in article.odd] == ["the reference has 2 titles: a, b"]
    assert (book.authors, book.unsupported) == (("J. Smith",), ())


@pytest.mark.parametrize(("doi", "url"), [("", "https://example.org/x.pdf"), ("DO  - 10.1000/x\n", None)])
def test_a_pdf_is_the_address_of_what_has_no_other(doi: str, url: str | None) -> None:
    (found,), _ = read(
        f"TY  - JOUR\nTI  - A\n{doi}L1  - file:///a.pdf\nL1  - https://example.org/x.pdf\nER  -\n", "a.ris"
    )
    assert found.url == url


@pytest.mark.parametrize("row", ["ID  - 10.1000/a", "L3  - 10.1000/a", "N1  - doi: 10.1000/a"])
def test_a_doi_stands_in_other_places_too(row: str) -> None:
    (found,), _ = read(f"TY  - JOUR\nTI  - T\n{row}\nER  - ", "refs.ris")
    assert found.doi == "10.1000/a"


def test_a_full_name_of_a_journal_goes_before_others() -> None:
    (found,), _ = read(
        "TY  - JOUR\nTI  - T\nT2  - J. Chem.\nJF  - Journal of Chemistry\nJO  - J. Chem.\nER  - ", "a.ris"
    )
    assert found.venue == "Journal of Chemistry"


@pytest.mark.parametrize(
    ("kind", "venue"),
    [("EDBOOK", "ISO"), ("MANSCPT", "ISO"), ("PAMP", "ISO"), ("STAND", "ISO"), ("RPRT", "ISO"), ("JOUR", None)],
)
def test_the_publisher_is_the_venue_of_what_it_publishes_by_itself(kind: str, venue: str | None) -> None:
    (found,), failures = read(f"TY  - {kind}\nTI  - T\nPB  - ISO\nER  - \n", "refs.ris")
    assert (found.venue, failures) == (venue, ())
