"""Papers for tests of pages: a plain one, and ones with any text in any field."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from mkdocs_papers.incremental.database import Database
from mkdocs_papers.library.model import Attachment, Baseline, Code, Library, Note, Paper
from mkdocs_papers.library.names import printable
from mkdocs_papers.library.settings import Keyword, Settings
from mkdocs_papers.pages.exports.export import Export
from mkdocs_papers.pages.language import language
from mkdocs_papers.pages.page_inputs import Options
from mkdocs_papers.pages.sources import Site
from mkdocs_papers.records.record import Record
from mkdocs_papers.records.schema import PaperInfo, PubBlock, Status


def paper(key: str = "2024/Quest", **values: Any) -> Paper:
    """A paper with a title, and what else is given."""
    info = PaperInfo(pub=values.pop("pub", PubBlock()), former_keys=values.pop("former_keys", ()))
    record = Record(f"meta/{key}.prototxt", key, info)
    values = {"title": "Quest", "year": int(key[:4]) if key[:4].isdecimal() else 2024, **values}
    return Paper(key, record, **values)


def site(*papers: Paper, notes: tuple[Note, ...] = (), name: str = "Test library", **options: Any) -> Site:
    """The pages of a library of these papers and notes."""
    ordered = sorted(papers, key=lambda paper: paper.key)
    library = Library({paper.key: paper for paper in ordered}, {note.path: note for note in notes})
    settings = Settings(Path("/"), keywords={"kv_cache": Keyword("kv_cache", "KV Cache")})
    return Site(library, settings, Options(language("en"), name, **options))


def text_of(export: Export, papers: Iterable[Paper], context: Database) -> str:
    """The papers in the format of another program."""
    return export.content(papers, context).decode(export.encoding)


FULL = paper(
    pub=PubBlock(volume="V_12", pages="45-67"),
    title="Quest: Query-Aware Sparsity to $O(\\infty)$ & 50% {fast}_er",
    abbreviation="Quest",
    url="https://arxiv.org/abs/2406.10774",
    pdf="https://arxiv.org/pdf/2406.10774",
    arxiv="2406.10774",
    authors=("Jiaming Tang", "Guido van Rossum", "Sammy Davis, Jr.", "王小明", "NVIDIA"),
    institutions=("Massachusetts Institute of Technology", "NVIDIA"),
    venue="ICML",
    code=Code("PyTorch", "https://github.com/mit-han-lab/Quest"),
    keywords=("kv_cache", "sparse attention"),
    note=Attachment("2024/Quest/note.md"),
    cover=Attachment("2024/Quest/ünder cover.png"),
    baselines=(Baseline("2023/H2O"), Baseline("StreamingLLM")),
    updated=1_718_409_600,
    rating=5,
    status=Status.READ,
    doi="10.1000/a_b",
    abstract='First paragraph.\n\nSecond, with "quotes".',
)
"""A paper with a value in every field."""

anything = st.text(st.characters(exclude_categories=()), max_size=30)
"""Any code points, lone surrogates, controls and separators of lines included."""

_PIECES = (
    "ER  - ", "TY  - JOUR", "\r\n", "\n", "\n\n", "\u2028", "\x85", "\x1c", "@article{x,", "@", "{", "}", "\\", "\\{",
    "$", "$x^2$", "$\\input{x}$", "$a}{$", "%", "#", "&", "~", "^^", '"', "''", ",", ";", "=1+1", "+1", "-1", "＝",
    "\t", " and ", "and", "others", "Jr.", "van", "</script>", "<!--", "<i>", "]]>", "\ud800", "\ufffe", "\0",
    "é", "王", "🙂", "],", "}, {",
)  # fmt: skip
hostile = st.lists(st.sampled_from(_PIECES) | anything, max_size=5).map("".join)
"""Text made of what means something to some format."""

text = anything | hostile
some_text = text.filter(str.strip)
stems = text.map(lambda text: printable(text).replace("/", "-")).filter(bool)
keys = st.builds("{}/{}".format, st.integers(1000, 9999), stems)
"""Keys, as hostile as the library lets them be."""


def papers() -> st.SearchStrategy[Paper]:
    """Papers with any text in any field that holds text."""
    return st.builds(
        paper,
        keys,
        pub=st.builds(PubBlock, volume=st.none() | some_text, number=st.none() | text, pages=st.none() | text),
        title=some_text,
        year=st.integers(1000, 9999),
        abbreviation=st.none() | some_text,
        url=st.none() | some_text,
        pdf=st.none() | some_text,
        arxiv=st.none() | st.just("2406.10774"),
        authors=st.lists(some_text, max_size=4).map(tuple),
        institutions=st.lists(some_text, max_size=2).map(tuple),
        venue=st.none() | st.sampled_from(["arXiv", "ICML", "JMLR", "github", "Blog"]) | some_text,
        code=st.none() | st.builds(Code, text, some_text),
        keywords=st.lists(some_text, max_size=3).map(tuple),
        note=st.none() | st.builds(Attachment, address=some_text),
        cover=st.none() | st.builds(Attachment, address=some_text),
        baselines=st.lists(st.builds(Baseline, some_text), max_size=2).map(tuple),
        updated=st.none() | st.integers(0, 253_402_300_799),
        rating=st.none() | st.integers(1, 5),
        status=st.none() | st.sampled_from(Status),
        doi=st.none() | some_text,
        abstract=st.none() | some_text,
    )


libraries = st.lists(papers(), max_size=4, unique_by=lambda paper: paper.key).map(
    lambda papers: tuple(sorted(papers, key=lambda paper: paper.key))
)
"""Any papers in order of key."""
