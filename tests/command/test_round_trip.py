"""What ``export`` writes and ``add`` reads is what it was: every field that the format carries."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.command.placing import LibraryRecords, Placed
from mkdocs_papers.library.model import Library, Paper
from mkdocs_papers.library.papers import Reader
from mkdocs_papers.library.person import person
from mkdocs_papers.library.settings import Keyword, Settings
from mkdocs_papers.pages.exports.export import plain_line
from mkdocs_papers.pages.exports.registry import EXPORTS
from mkdocs_papers.pages.exports.tex import tex
from mkdocs_papers.pages.language import language
from mkdocs_papers.pages.page_inputs import Options
from mkdocs_papers.pages.sources import Site
from mkdocs_papers.records.read import read_record
from mkdocs_papers.records.record import Record
from mkdocs_papers.records.schema import KeywordBlock, PaperBlock, PaperInfo, PubBlock
from mkdocs_papers.sources.file_formats import format_of
from mkdocs_papers.sources.found import Found
from mkdocs_papers.sources.without_markup import plain

SETTINGS = Settings(Path("/"), keywords={"kv_cache": Keyword("kv_cache", "KV Cache")})

# Markup of HTML is markup to these programs, too; a record that holds it keeps its text.
TEXT = (
    st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=30).map(plain).filter(str.strip)
)
TITLE = TEXT | st.sampled_from([
    r"Up to $O(n^2)$ & 50% {fast}_er", "C++ -- a ``language'' of $5 and $6", r"The set $\{x\}$", "{Quest}: \\LoRA",
    "a~b #1", "¿Qué? ?`x!` it's ''so''", "Über-Ångström 中文", "$\\mathcal{L}_{1}$: a norm",
])  # fmt: skip
WORD = st.text(st.characters(categories=["Lu", "Ll"]), min_size=1, max_size=8)
NAME = st.one_of(
    st.builds("{} {}".format, WORD, WORD),
    st.sampled_from([
        "Guido van Rossum", "Sammy Davis, Jr.", "Martin King III", "王小明", "NVIDIA", "bell hooks", "R&D Team",
        "Pál Erdős", "Ludwig van der Berg, Jr.", "Tom and Jerry", "others", "J. K. Müller-Lüdenscheidt",
    ]),
)  # fmt: skip
ADDRESS = st.sampled_from([
    "https://arxiv.org/abs/2406.10774", "https://arxiv.org/pdf/2406.10774v2", "https://openreview.net/forum?id=a-b_c",
    "https://example.org/a_b~c?d=%20&e#f", "https://proceedings.mlr.press/v162/x22a.html",
])  # fmt: skip
DOI = st.sampled_from(["10.1000/a_b", "10.1145/3292500.3330701", "10.1002/(SICI)1097-4571<1:AID>3.0.CO;2-#"])
VENUE = (
    st.none()
    | st.sampled_from(["", "arXiv", "ICML", "JMLR", "Github", "Blog", "Nature Communications", "OpenReview"])
    | TEXT
)
INFO = st.builds(
    PaperInfo,
    paper=st.builds(
        PaperBlock,
        title=TITLE,
        abbr=st.none() | TEXT,
        url=st.none() | ADDRESS,
        authors=st.lists(NAME, max_size=4, unique=True).map(tuple),
        doi=st.none() | DOI,
        abstract=st.none() | TITLE | st.just("Of caches,\nlong.\n\nAnd of keys."),
    ),
    pub=st.builds(
        PubBlock,
        where=VENUE,
        year=st.integers(1000, 9999),
        volume=st.none() | st.sampled_from(["12", "abc/1", "LNCS 12345", "V_2 & 3"]),
        number=st.none() | st.sampled_from(["3", "3/4", "S1", "OOPSLA2"]),
        pages=st.none() | st.sampled_from(["12-20", "7", "e1024", "1:1-1:24", "S3-S9", "7, 41, 73-97", "xii-xv"]),
    ),
    keyword=st.builds(KeywordBlock, st.lists(st.just("kv_cache") | WORD, max_size=3, unique=True).map(tuple)),
)


def paper(key: str, info: PaperInfo) -> Paper:
    return Reader(SETTINGS).read(Record(f"meta/{key}.prototxt", key, info))


def exported(papers: list[Paper], name: str) -> str:
    export = next(export for export in EXPORTS if export.name == name)
    site = Site(Library({each.key: each for each in papers}, {}), SETTINGS, Options(language("en")))
    return export.content(papers, site).decode()


def imported(text: str) -> list[Paper]:
    """The papers of the records that a file becomes in an empty folder."""
    records = LibraryRecords(Library({}, {}), SETTINGS)
    papers = []
    known = format_of(text)
    assert known
    for found in known.iterate(text, "exported"):
        assert isinstance(found, Found), str(found)
        placed = records.place(found)
        assert isinstance(placed, Placed), str(placed)
        reading = read_record(placed.path, placed.key, placed.text.encode())
        assert reading.record is not None
        papers.append(Reader(SETTINGS).read(reading.record))
    return papers


def carried(paper: Paper, name: str) -> dict[str, Any]:
    """What the format holds of a paper, but for what is not known of it."""
    held: dict[str, Any] = {
        "title": tex(paper.title) if name == "bibtex" else plain_line(paper.title),
        "authors": [person(author) for author in paper.authors],
        "year": paper.year,
        "venue": paper.venue and (paper.venue if name == "bibtex" else plain_line(paper.venue)),
        "url": paper.url,
        "doi": paper.doi,
        **{name: getattr(paper.record.info.pub, name) for name in ("volume", "number", "pages")},
    }
    text = tex if name == "bibtex" else plain_line
    parted = "\n\n" if name == "csl-json" else " "
    held["abstract"] = parted.join(map(text, (paper.abstract or "").split("\n\n")))
    held["abbreviation"] = paper.abbreviation and text(paper.abbreviation)
    held["keywords"] = sorted(paper.keywords)
    return {field: value for field, value in held.items() if value}


@pytest.mark.parametrize("name", ["bibtex", "csl-json", "ris"])
@given(infos=st.lists(INFO, min_size=1, max_size=3))
def test_every_field_comes_back(name: str, infos: list[PaperInfo]) -> None:
    papers = [paper(f"2024/p{number}", info) for number, info in enumerate(infos)]
    back = imported(exported(papers, name))
    assert len(back) == len(papers)
    for before, after in zip(papers, back, strict=True):
        known = carried(before, name)
        assert {field: value for field, value in carried(after, name).items() if field in known} == known
        # A preprint of which no venue is known is one of arXiv.
        assert after.venue or not before.venue
        assert before.venue or after.venue == ("arXiv" if before.arxiv else None)


def test_a_keyword_with_a_comma_is_one_in_bibtex() -> None:
    words = ("Caches, large and small", "kv_cache", "a; b")
    info = PaperInfo(paper=PaperBlock(title="Quest"), keyword=KeywordBlock(words))
    (back,) = imported(exported([paper("2024/Quest", info)], "bibtex"))
    assert sorted(back.keywords) == sorted(words)
