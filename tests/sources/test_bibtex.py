"""BibTeX as it is found in the wild."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.records.schema import Status
from mkdocs_papers.sources.bibtex import iterate, names
from mkdocs_papers.sources.found import Failure, Found, Kind
from tests.sources.recorded import parted


def read(text: str, path: str) -> tuple[tuple[Found, ...], tuple[Failure, ...]]:
    return parted(iterate(text, path))


def only(text: str) -> Found:
    """The one entry of a text of which nothing is wrong."""
    (found,), failures = read(text, "refs.bib")
    assert failures == ()
    return found


def said(found: Found, *attributes: str) -> tuple[Any, ...]:
    return tuple(getattr(found, name) for name in attributes)


def test_an_entry() -> None:
    found = only(r"""
      @inproceedings{dao22,
        title = {{FlashAttention}: Fast \& {IO}-Aware $O(n^2)$},
        author = "Dao, Tri and van der Berg, Jr., Jan and {NVIDIA Corporation} and others",
        booktitle = {Advances in Neural Information Processing Systems},
        year = 2022, month = dec, doi = {https://doi.org/10.1000/a\_b.}, url = {https://example.org/a\_b},
        keywords = {attention, {Fast, exact}}, abstract = {One.

          Two.}, shorttitle = {FlashAttention}, file = {:C\:/home/a.pdf:PDF}, readstatus = {skimmed}, ranking = {rank4}
      }""")
    assert said(found, "source", "title", "authors", "venue", "year", "doi", "url", "abstract", "kind", "key") == (
        "refs.bib:2:7",
        "FlashAttention: Fast & IO-Aware $O(n^2)$",
        ("Tri Dao", "Jan van der Berg, Jr.", "NVIDIA Corporation"),
        "Advances in Neural Information Processing Systems",
        2022,
        "10.1000/a_b",
        "https://example.org/a_b",
        "One.\n\nTwo.",
        Kind.PUBLISHED,
        "dao22",
    )
    assert found.rest.paper.abbr == "FlashAttention"
    assert found.rest.keyword.words == ("attention", "Fast, exact")
    assert (found.rest.status, found.rest.rating) == (Status.READING, 4)


@pytest.mark.parametrize(
    "fields",
    [
        "eprint={2205.14135}, archiveprefix={arXiv}, primaryclass={cs.LG}",
        "eprint={2205.14135v2}, eprinttype={arxiv}, pubstate={prepublished}",
        "number={{arXiv}:2205.14135}, publisher={arXiv}",
        "doi={10.48550/arXiv.2205.14135}, publisher={arXiv}, note={arXiv:2205.14135 [cs]}",
        "journal={arXiv preprint arXiv:2205.14135}",
        "journal={CoRR}, volume={abs/2205.14135}",
        "url={https://doi.org/10.48550/ARXIV.2205.14135}",
        "url={http://arxiv.org/abs/2205.14135}, howpublished={arXiv}",
    ],
)
def test_a_preprint_on_arxiv(fields: str) -> None:
    found = only(f"@misc{{x, title={{T}}, year=2022, {fields}}}")
    assert said(found, "arxiv", "venue", "doi", "kind") == ("2205.14135", None, None, Kind.PREPRINT)


@pytest.mark.parametrize(
    ("kind", "fields", "venue"),
    [
        ("article", "journal={Neuron}, publisher={Elsevier}", "Neuron"),
        ("article", "journaltitle={Neuron}, shortjournal={N}", "Neuron"),
        ("inproceedings", "booktitle={ICML}, series={LNCS}, publisher={Springer}", "ICML"),
        ("misc", "howpublished={Blog}", "Blog"),
        ("misc", r"howpublished={\url{https://example.org/}}", None),
        ("phdthesis", "school={MIT}", "MIT"),
        ("techreport", "institution={RAND}", "RAND"),
        ("book", "publisher={Springer}, booktitle={T}", "Springer"),
        ("article", "eprint={2205.14135}, archiveprefix={arXiv}, journal={JMLR}", "JMLR"),
        ("inbook", "publisher={Springer}", "Springer"),
        ("inbook", "publisher={Springer}, booktitle={A Book}", "A Book"),
        ("collection", "publisher={Springer}", "Springer"),
        ("mvproceedings", "organization={ACM}, publisher={Springer}", "ACM"),
        ("article", "publisher={Springer}", None),
        ("article", r"journal={\mnras}", "Monthly Notices of the Royal Astronomical Society"),
        ("article", r"journal=\apj", "The Astrophysical Journal"),
    ],
)
def test_where_it_was_published(kind: str, fields: str, venue: str | None) -> None:
    assert only(f"@{kind}{{x, title={{T}}, {fields}}}").venue == venue


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("Rossum, Guido van", ("Guido van Rossum",)),
        (r"Doe, J. and \ldots{} and Roe, R. and ...", ("J. Doe", "R. Roe")),
        ("van Rossum, Guido and Guido van Rossum", ("Guido van Rossum", "Guido van Rossum")),
        ("Davis, Jr., Sammy AND King, III, Martin", ("Sammy Davis, Jr.", "Martin King III")),
        ("{Barnes and Noble} and others", ("Barnes and Noble",)),
        (r"family=Erd{\H o}s, given=P{\'a}l, prefix=von, given-i=P", ("Pál von Erdős",)),
        ("Smith, J., Doe, A., Roe, B.", ("J. Smith", "A. Doe", "B. Roe")),
        ("Jane Smith, Alice Doe, Bob Roe, Ann Poe", ("Jane Smith", "Alice Doe", "Bob Roe", "Ann Poe")),
        ("Smith J.; Doe A.", ("Smith J.", "Doe A.")),
        ("Wei Wang 0001 and Wang 0002, Wei", ("Wei Wang", "Wei Wang")),
        ("bell~hooks and 王小明", ("bell hooks", "王小明")),
        ("", ()),
        ("John Smith, Jane Doe, Jim Roe", ("John Smith", "Jane Doe", "Jim Roe")),
        ("Smith J, Doe K, Roe L", ("J Smith", "K Doe", "L Roe")),
        ("Smith J., van der Doe K.-L.", ("J. Smith", "K.-L. van der Doe")),
        ("J. Smith, K. L. Doe", ("J. Smith", "K. L. Doe")),
        ("J Smith, K L Doe", ("J Smith", "K L Doe")),
        ("Smith, J. \\& Doe, K.", ("J. Smith", "K. Doe")),
        ("Barnes \\& Noble", ("Barnes & Noble",)),
        (r"Ann M{\"u}ller, Bo Lee, and Li Wei", ("Ann Müller", "Bo Lee", "Li Wei")),
        ("King, Martin Luther, Jr. and Martin Luther King, Jr.", ("Martin Luther King, Jr.",) * 2),
        ("Smith, John III and Dr. Jane Doe, PhD", ("John Smith III", "Dr. Jane Doe, PhD")),
        ("and Smith, John and and Doe, Jane and", ("John Smith", "Jane Doe")),
        ("Smith, John et al.", ("John Smith",)),
        ("Ferdinand And, Anderson", ("Anderson Ferdinand And",)),
        ("Dos Santos, C{\\'i}cero Nogueira and Van Durme, Ben", ("Cícero Nogueira Dos Santos", "Ben Van Durme")),
        ("Jane Doe, Richard Roe, and Guido van Rossum", ("Jane Doe", "Richard Roe", "Guido van Rossum")),
    ],
)
def test_names(source: str, found: tuple[str, ...]) -> None:
    assert names(source) == found


def test_strings_are_put_in() -> None:
    found, failures = read(
        """@string{icml = "International Conference"} @STRING(nips = {NeurIPS} # " Proc.")
        @inproceedings{a, title={A}, booktitle = ICML # { on Learning}}
        @inproceedings(b, title={B}, booktitle = nips)
        @inproceedings{c, title={C}, booktitle = emnlp}""",
        "refs.bib",
    )
    assert [each.venue for each in found] == ["International Conference on Learning", "NeurIPS Proc.", "emnlp"]
    assert [str(odd) for each in found for odd in each.odd] == [
        "refs.bib:4:50: the @string 'emnlp' is not defined; its name stands for it"
    ]
    assert failures == ()


def test_strings_cannot_grow_beyond_measure() -> None:
    doubling = "".join(f"@string{{s{n + 1} = {' # '.join([f's{n}'] * 10)}}}\n" for n in range(8))
    found, failures = read('@string{s0 = "0123456789"}\n' + doubling + "@article{y, title={Fine}}", "refs.bib")
    assert [each.title for each in found] == ["Fine"]
    assert [str(failure) for failure in failures] == [
        "refs.bib:7:1: it cannot be read: a value is longer than 1,000,000 characters; mend it and add the file again"
    ]


BROKEN = r"""@article{before, title={Before}}
@article{open, title = {Open {x}, year={2021}}
@article{between, title={Between}}, year={2021}}
@article{comma, title={Comma} year={2021} journal={J}}
@article{title = {No key}, year={2020}}
@article{, title = {Empty key}}
@article{x, = {nothing}}
@article{after, title={After}}
@article{last, title={never closed, year=2020}
"""


def test_what_is_broken_costs_its_entry_alone() -> None:
    found, failures = read(BROKEN, "refs.bib")
    assert [(each.title, each.year) for each in found] == [
        ("Before", None),
        ("Comma", 2021),
        ("No key", 2020),
        ("Empty key", None),
        ("After", None),
    ]
    assert [odd.wrong for each in found for odd in each.odd] == ["a comma is missing before this field"] * 2
    after = "; mend it and add the file again"
    assert [str(failure).removesuffix(after) for failure in failures] == [
        "refs.bib:2:1: the entry 'open' cannot be read: a brace or quote is opened and never closed",
        "refs.bib:3:1: the entry 'between' cannot be read: a brace too many ends it before its last field",
        "refs.bib:7:1: the entry 'x' cannot be read: '}' belongs here",
        "refs.bib:9:1: the entry 'last' cannot be read: a brace or quote is opened and never closed",
    ]


@pytest.mark.parametrize("rest", ["", ", title=", ", title={a", ", title={a}", ', title="a', ", title = a #"])
def test_an_entry_that_ends_too_soon_says_so(rest: str) -> None:
    found, (failure,) = read(f"@article{{x{rest}", "refs.bib")
    assert found == ()
    assert failure.wrong == "the entry 'x' cannot be read: a brace or quote is opened and never closed"


def test_what_follows_a_broken_entry_is_not_lost() -> None:
    found, failures = read(
        """@article{a, ti tle = {A}, year = 2000}
@ article { b , title = {B}, year = 2000 }
@article{c, title {C}}
@article{d title = {D}, year = 2000}
@article{e, title = {E, year = 2000}
@misc(f, title = {F})
""",
        "refs.bib",
    )
    assert [each.title for each in found] == ["B", "D", "F"]
    assert [failure.place.line for failure in failures if failure.place] == [1, 3, 5]


def test_comments_are_no_entries() -> None:
    text = """mail@example.org @ foo
    @comment{jabref-meta: databaseType:bibtex;}
    @Comment{@article{hidden, title={Hidden}}}
    @preamble{"\\newcommand{\\x}{y}"}
    @article{x, title={Seen}}"""
    assert only(text).title == "Seen"


@pytest.mark.parametrize("end", [" and others", " and et al.", "\n  and Others", " and {et al.}"])
def test_authors_who_are_not_named_are_said_to_miss(end: str) -> None:
    (found,), failures = read(f"@article{{x, title={{One}}, author={{Doe, Jane{end}}}}}", "refs.bib")
    assert (found.authors, failures) == (("Jane Doe",), ())
    said = "refs.bib:1:1: 'x' does not name all of its authors; add the others, or the paper by its DOI"
    assert [str(odd) for odd in found.odd] == [said]


def test_what_others_refer_to_is_inherited() -> None:
    text = """@inproceedings{child, title={Child}, author={Doe, Jane}, crossref={Proc}, xdata={common}}
    @inproceedings{orphan, title={Orphan}, crossref={nowhere}}
    @xdata{common, year={1998}, note={arXiv:2205.14135}, xdata={common}}
    @proceedings{proc, title={Proceedings of X}, year={1999}, editor={Ed Itor}, doi={10.1000/all}, shorttitle={X}}
    @proceedings{alone, title={Alone}, editor={Ed Itor}}"""
    found, failures = read(text, "refs.bib")
    assert [said(each, "title", "authors", "year", "venue", "arxiv", "doi") for each in found] == [
        ("Child", ("Jane Doe",), 1998, "Proceedings of X", "2205.14135", None),
        ("Orphan", (), None, None, None, None),
        ("Alone", ("Ed Itor",), None, None, None, None),
    ]
    assert [each.rest.paper.abbr for each in found] == [None, None, None]
    assert [failure.wrong for failure in failures] == [
        "the entry 'common' is what others refer to, and no paper",
        "the entry 'proc' is what others refer to, and no paper",
    ]


def test_the_journal_of_biblatex_goes_before_that_of_bibtex() -> None:
    assert only("@article{x, title={T}, journal={J.}, journaltitle={Journal}}").venue == "Journal"


def test_keys_and_fields_that_stand_twice() -> None:
    text = """@article{x, title={One}, file={a.pdf}, file={b.pdf}, title={{One}}, year=1998}
    @article{x, title={Two}, year=1999, year=2000, keywords={a}, keywords={b}}"""
    found, failures = read(text, "refs.bib")
    assert [(each.title, each.year) for each in found] == [("One", 1998), ("Two", 1999)]
    assert found[1].rest.keyword.words == ("a", "b")
    assert [[odd.wrong for odd in each.odd] for each in found] == [
        [],
        ["the field 'year' of 'x' stands again, with another value"],
    ]
    assert failures == ()


@pytest.mark.parametrize(
    ("keywords", "found"),
    [
        ("a, {b, c}", ("a", "b, c")),
        ("a, b; c", ("a, b", "c")),
        ("Humans\nCells, Cultured\n*", ("Humans", "Cells, Cultured", "*")),
        ("large\n    language models, a,\nb", ("large language models", "a", "b")),
    ],
)
def test_what_parts_keywords(keywords: str, found: tuple[str, ...]) -> None:
    assert only(f"@misc{{x, title={{T}}, keywords={{{keywords}}}}}").rest.keyword.words == found


def test_the_web_of_science_puts_all_values_into_braces() -> None:
    fields = "Keywords = {{neural networks; regularization}}, Unique-ID = {{WOS:0001}}"
    assert only(f"@article{{ WOS:0001,\nTitle = {{{{T}}}}, {fields},\n}}").rest.keyword.words == (
        "neural networks",
        "regularization",
    )


def test_a_key_of_spaces_takes_no_longer_than_its_length() -> None:
    """Minutes would pass where each of its beginnings were looked at."""
    found, failures = read("@misc{a" + " " * 400_000 + "x}", "refs.bib")
    assert (list(found), len(failures)) == ([], 1)


def test_a_key_may_have_spaces() -> None:
    found, failures = read("@article{Smith et al. 2020,\n title={T}}\n@article{b title={B}}", "refs.bib")
    assert [(each.key, each.title) for each in found] == [("Smith et al. 2020", "T"), ("b", "B")]
    assert failures == ()


def test_an_empty_entry_is_not_lost() -> None:
    (found,), failures = read("@misc{empty,\n\n}", "refs.bib")
    assert (found.key, found.title, failures) == ("empty", None, ())


def test_braces_without_end_take_time_in_proportion() -> None:
    found, failures = read("@article{x, title={ \n" * 3000 + "\n@article{y, title={Y}}", "refs.bib")
    assert [each.title for each in found] == ["Y"]
    assert len(failures) == 3000


def test_many_entries_that_never_end_are_not_each_looked_for_to_the_end() -> None:
    """Minutes would pass."""
    found, failures = read("@misc{a\n" * 20_000, "refs.bib")
    assert (list(found), len(failures)) == ([], 20_000)


PIECES = [
    "@article{k,",
    "@string{",
    "title",
    "=",
    "{",
    "}",
    '"',
    ",",
    "#",
    "\n",
    "x",
    "1999",
    "\\",
    "author",
    " and ",
    "@",
]


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_whatever_stands_in_a_file_is_read_or_named(text: str) -> None:
    found, failures = read(text, "refs.bib")
    assert text.count("\n@article{k,") <= len(found) + len(failures)


def test_a_remark_may_name_the_preprint_of_this_paper_or_another() -> None:
    own, other = (
        only("@misc{a, title = {T}, note = {tex.x: y\narXiv: 2001.00001 [cs]}}"),
        only("@misc{a, title = {T}, note = {Extends arXiv:2001.00001}}"),
    )
    assert (own.arxiv, other.arxiv) == ("2001.00001", None)


def test_a_line_of_a_note_may_be_the_doi() -> None:
    assert only("@book{x, title={T}, note={Second print\nDOI: 10.5555/a\\_b}}").doi == "10.5555/a_b"


def test_an_identifier_in_the_place_of_pages() -> None:
    found = only("@article{a, title = {T}, journal = {arXiv e-prints}, eid = {arXiv:2005.14165}}")
    assert said(found, "arxiv", "venue", "pages") == ("2005.14165", None, None)


def test_an_address_in_a_link() -> None:
    assert only(r"@misc{a, title = {T}, howpublished = {\href{https://a.org/x_y}{Blog}}}").url == "https://a.org/x_y"


@pytest.mark.parametrize("field", ["url", "howpublished", "link", "ee"])
def test_an_address_has_several_fields(field: str) -> None:
    assert only(f"@article{{x, title={{T}}, {field}={{https://example.org/p}}}}").url == "https://example.org/p"
