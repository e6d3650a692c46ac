"""CSV, read back by Python's own reader."""

import csv
import io
import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mkdocs_papers.library.model import Paper
from mkdocs_papers.library.names import one_line
from mkdocs_papers.pages.exports.registry import EXPORTS
from tests.pages.papers import FULL, libraries, paper, site

EXPORT = next(export for export in EXPORTS if export.name == "csv")


def rows(*papers: Paper) -> list[dict[str, str]]:
    text = EXPORT.content(papers, site(*papers)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


@given(library=libraries)
def test_every_row_is_read_back(library: tuple[Paper, ...]) -> None:
    read = rows(*library)
    assert len(read) == len(library)
    for each, found in zip(library, read, strict=True):
        assert None not in found
        assert None not in found.values()
        assert found["year"] == str(each.year)
        # Apostrophes may be added, and nothing else.
        assert found["doi"].replace("'", "") == one_line(each.doi or "").replace("'", "")
        if "$" not in each.title:
            assert found["title"].replace("'", "") == one_line(each.title).replace("'", "")


def begins_like_a_formula(piece: str) -> bool:
    """Whether a spreadsheet may take a piece of a line for a formula, whatever it leaves out before it."""
    shown = [character for character in piece if unicodedata.category(character) not in {"Cf", "Cc", "Zs", "Zl", "Zp"}]
    return len(shown) > 1 and unicodedata.normalize("NFKC", shown[0]).replace("−", "-") in {"=", "+", "-", "@"}


PIECES = st.lists(
    st.sampled_from(
        [*"=+-@＝＋－＠⁺−", "1+1", "a", " ", ";", ",", '"', "'", "\t", "\r\n", "\xa0", "\ufeff", "\u200b", "\u2060"]
    )
).map("".join)


@given(PIECES, PIECES, st.lists(PIECES, max_size=3).map(tuple))
@example("a; = 1", "", ())
def test_no_cell_is_a_formula_however_lines_are_parted(title: str, venue: str, names: tuple[str, ...]) -> None:
    odd = paper(title=title, abbreviation=title, venue=venue, institutions=names, url=f"https://example.net/;{title}")
    text = EXPORT.content([odd], site(odd)).decode("utf-8-sig")
    for found in rows(odd):
        assert not any(map(begins_like_a_formula, found.values()))
    line = text.split("\r\n", 1)[1]
    for separators in ("[;]", "[,;]", '[";,]', '[\\s",;]'):
        assert not any(map(begins_like_a_formula, re.split(separators, line)))


@pytest.mark.parametrize(
    ("written", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'=1"),
        ("\r=1", "'=1"),
        (" =1", "'=1"),
        ("＝1", "'＝1"),
        ('=HYPERLINK("x")', '\'=HYPERLINK("x")'),
        ("\ufeff=1", "\ufeff'=1"),
        ("\u200b\u2060-1", "\u200b\u2060'-1"),
        ("a; =1", "a; '=1"),
        ("a;=1", "a;'=1"),
        ("a =1", "a '=1"),
        ('a "=1"', 'a "\'=1"'),
        # What computes nothing stays.
        ("a - b = c", "a - b = c"),
        ("state-of-the-art x=1", "state-of-the-art x=1"),
    ],
)
def test_a_formula_becomes_text(written: str, cell: str) -> None:
    (found,) = rows(paper(title=written))
    assert found["title"] == cell


def test_a_number_stays_a_number() -> None:
    (found,) = rows(FULL)
    assert (found["year"], found["rating"]) == ("2024", "5")


def test_excel_sees_that_it_is_utf_8() -> None:
    assert EXPORT.content([], site()).startswith(b"\xef\xbb\xbfkey,")
