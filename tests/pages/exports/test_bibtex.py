"""BibTeX, read back by pybtex."""

import re

import pybtex.database
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.library.model import Paper
from mkdocs_papers.library.names import one_line
from mkdocs_papers.library.person import people
from mkdocs_papers.pages.exports.bibtex import bibtex, entry
from mkdocs_papers.pages.exports.citation import citation_key, citation_keys
from mkdocs_papers.pages.exports.registry import EXPORTS
from mkdocs_papers.pages.exports.tex import tex, verbatim
from mkdocs_papers.records.schema import PubBlock
from tests.pages.papers import FULL, keys, libraries, paper, papers, site, some_text, text, text_of

EXPORT = next(export for export in EXPORTS if export.name == "bibtex")

COMMANDS = {
    r"\textbackslash{}": "\\", r"\textbraceleft{}": "{", r"\textbraceright{}": "}", r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^", r"\textless{}": "<", r"\textgreater{}": ">", r"\textbar{}": "|",
    r"\&": "&", r"\%": "%", r"\#": "#", r"\_": "_", r"\$": "$", "{}": "",
}  # fmt: skip
WORDS = re.compile("|".join(map(re.escape, COMMANDS)))


def untex(source: str) -> str:
    """What TeX prints for a text without math."""
    return WORDS.sub(lambda match: COMMANDS[match[0]], source)


def parse(source: str) -> pybtex.database.BibliographyData:
    return pybtex.database.parse_string(source, "bibtex")


@given(library=libraries)
def test_every_entry_is_read_back(library: tuple[Paper, ...]) -> None:
    context = site(*library)
    read = parse(text_of(EXPORT, library, context))
    assert list(read.entries) == [citation_key(context, each.key) for each in library]
    for each, found in zip(library, read.entries.values(), strict=True):
        assert found.fields["title"] == f"{{{tex(each.title)}}}"
        assert found.fields["year"] == str(each.year)
        assert found.fields.get("doi") == (verbatim(each.doi) if each.doi else None)
        assert found.fields.get("url") == (verbatim(each.url) if each.url else None)
        assert len(found.persons.get("author", ())) == len(each.authors)


@given(text.filter(lambda text: "$" not in text))
def test_a_text_prints_as_itself(text: str) -> None:
    assert untex(tex(text)) == one_line(text)


@given(text)
def test_what_is_no_known_math_is_no_tex(text: str) -> None:
    source = re.sub(r"(?<!\\)\$[^$]*(?<!\\)\$", "", tex(text))
    assert re.sub(r"[^\\{}$%#&~^]", "", WORDS.sub("", source)) == ""


@given(text)
def test_braces_balance(text: str) -> None:
    depth = 0
    for character in tex(text):
        depth += (character == "{") - (character == "}")
        assert depth >= 0
    assert depth == 0


@pytest.mark.parametrize(
    ("title", "source"),
    [
        (r"Up to $\infty$", r"Up to $\infty$"),
        (r"$2^{n}$ and $x_{i}$", r"$2^{n}$ and $x_{i}$"),
        (r"The set $\{x\}$", r"The set $\lbrace x\rbrace $"),
        ("From $5 to $6", r"From \$5 to \$6"),
        (r"$\input{/etc/passwd}$", r"\$\textbackslash{}input\textbraceleft{}/etc/passwd\textbraceright{}\$"),
        ("$^^5cinput{x}$", r"\$\textasciicircum{}\textasciicircum{}5cinput\textbraceleft{}x\textbraceright{}\$"),
        ("$a}{b$", r"\$a\textbraceright{}\textbraceleft{}b\$"),
        ("$50%$", r"\$50\%\$"),
        (r"$50\%$", r"$50\%$"),
        ("a--b, ``c'' and ?`", "a-{}-b, `{}`c'{}' and ?{}`"),
        ("$@article{x}$", r"\$@article\textbraceleft{}x\textbraceright{}\$"),
        ("a\n\n@book{b,", r"a @book\textbraceleft{}b,"),
    ],
)
def test_math_stays_math_where_it_draws_and_no_more(title: str, source: str) -> None:
    assert tex(title) == source


@given(st.lists(keys, unique=True, max_size=30))
def test_citation_keys_are_unique_up_to_letter_case_and_safe(keys: list[str]) -> None:
    found = citation_keys(keys)
    assert list(found) == keys
    assert len({citation.casefold() for citation in found.values()}) == len(keys)
    assert all(re.fullmatch("[A-Za-z0-9+._-]+", citation) for citation in found.values())


def test_citation_keys_are_short_where_they_can_be() -> None:
    assert citation_keys(["2024/LoRA+", "2024/Týr-the-Pruner", "2023/Sparse-IFT", "2024/Sparse-IFT", "2024/王"]) == {
        "2024/LoRA+": "LoRA+2024",
        "2024/Týr-the-Pruner": "Tyr-the-Pruner2024",
        "2023/Sparse-IFT": "Sparse-IFT2023",
        "2024/Sparse-IFT": "Sparse-IFT2024",
        "2024/王": "paper2024",
    }


@pytest.mark.parametrize("pair", [("2024/quest", "2024/Quest"), ("2024/Tyr", "2024/Týr"), ("2024/a b", "2024/a-b")])
def test_papers_that_would_share_a_citation_key_get_letters(pair: tuple[str, str]) -> None:
    found = citation_keys([*pair, "2024/other"])
    assert all(re.fullmatch(r".*2024-[a-p]{8}", found[key]) for key in pair)
    assert found == citation_keys(["2024/other", *reversed(pair)])


@given(papers().filter(lambda paper: paper.authors))
def test_authors_have_the_parts_that_bibtex_sees(paper: Paper) -> None:
    """The judge is pybtex: it takes a name apart as BibTeX does."""
    read = parse(entry(paper, "key")).entries["key"].persons["author"]
    for person, found in zip(people(paper), read, strict=True):
        if {"and", "others"}.intersection(person.natural.casefold().split()):
            whole = ", ".join(filter(None, (person.natural, person.suffix)))
            assert found.last_names == [f"{{{tex(whole)}}}"]
        elif person.given and tex(person.natural) == person.natural and "\\" not in entry(paper, "key"):
            given = " ".join([*found.first_names, *found.middle_names])
            family = " ".join(found.last_names)
            assert (given, " ".join(found.prelast_names), family, " ".join(found.lineage_names)) == (
                person.given,
                person.particle,
                person.family,
                person.suffix,
            )


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("Song Han", "Song Han"),
        ("Guido van Rossum", "Guido van Rossum"),
        ("bell hooks", "hooks, bell"),
        ("Sammy Davis, Jr.", "Davis, Jr., Sammy"),
        ("Sammy Davis Jr.", "Davis, Jr., Sammy"),
        ("John and Mary", "{John and Mary}"),
        ("others", "{others}"),
        ("Tom and Jerry, Jr.", "{Tom and Jerry, Jr.}"),
        ("Han, Song", "{Han, Song}"),
        ("王小明", "王小明"),
        ("R&D Team", r"R\&D Team"),
    ],
)
def test_names(name: str, source: str) -> None:
    assert f"  author = {{{source}}},\n" in entry(paper(authors=(name,)), "key")


@pytest.mark.parametrize(
    ("venue", "arxiv", "kind", "fields"),
    [
        ("ICML", None, "inproceedings", {"booktitle": "ICML"}),
        ("ICML", "2406.10774", "inproceedings", {"booktitle": "ICML", "eprint": "2406.10774"}),
        ("ACL Findings", None, "inproceedings", {"booktitle": "ACL Findings"}),
        ("TMLR", None, "article", {"journal": "TMLR"}),
        ("Journal of Machine Learning Research", None, "article", {"journal": "Journal of Machine Learning Research"}),
        ("arXiv", "2406.10774", "misc", {"eprint": "2406.10774"}),
        ("arXiv", None, "misc", {"howpublished": "arXiv"}),
        ("Github", None, "misc", {"howpublished": "Github"}),
        ("Blog", None, "misc", {"howpublished": "Blog"}),
        (None, None, "misc", {}),
        (None, "2406.10774", "misc", {"eprint": "2406.10774"}),
    ],
)
def test_the_venue_says_what_kind_of_entry_it_is(
    venue: str | None, arxiv: str | None, kind: str, fields: dict[str, str]
) -> None:
    read = parse(entry(paper(venue=venue, arxiv=arxiv), "key")).entries["key"]
    assert read.type == kind
    published = {
        name: read.fields[name] for name in ("journal", "booktitle", "howpublished", "eprint") if name in read.fields
    }
    assert published == fields


@pytest.mark.parametrize(
    ("venue", "pub", "kind", "pages"),
    [
        ("Bioinformatics", PubBlock(volume="12", number="3", pages="45-67"), "article", "45--67"),
        ("PMLR", PubBlock(volume="162", pages="7, 41, 73 – 97"), "inproceedings", "7, 41, 73--97"),
        ("ICML", PubBlock(number="3", pages="e1024"), "inproceedings", "e1024"),
    ],
)
def test_volumes_with_numbers_are_a_journals(venue: str, pub: PubBlock, kind: str, pages: str) -> None:
    read = parse(entry(paper(venue=venue, pub=pub), "key")).entries["key"]
    assert (read.type, read.fields["pages"], read.fields.get("volume")) == (kind, pages, pub.volume)


@given(some_text)
def test_addresses_keep_what_is_safe(url: str) -> None:
    assert not set(verbatim(url)) & set("{}\\^ \n")
    assert verbatim("https://example.org/a_b?c=%20&d#e~f") == "https://example.org/a_b?c=%20&d#e~f"


@pytest.mark.parametrize(
    "title",
    [
        "${" + "a{" * 120 + "x" + "}" * 121 + "$",
        "{" * 500 + "}" * 500,
        "$" + "{" * 400 + "x" + "}" * 400 + "$",
        "}" * 500 + "{" * 500,
    ],
)
def test_a_title_of_braces_is_read_back(title: str) -> None:
    odd = paper(title=title, venue=title, authors=(title,))
    (read,) = parse(text_of(EXPORT, (odd,), site(odd))).entries.values()
    assert untex(read.fields["title"][1:-1]) == title


def test_an_entry_has_no_blank_line_and_one_field_a_line() -> None:
    lines = bibtex(FULL, site(FULL)).split("\n")
    assert all(re.fullmatch(r"@\w+\{\S+,|  \w+ = \{.*\},|\}", line) for line in lines)
