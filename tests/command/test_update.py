"""``mkdocs-papers add FILE --update``: gaps are filled, and nothing that a person wrote changes."""

from pathlib import Path

import pytest
from hypothesis import given

from mkdocs_papers.command.filling import completed, filled
from mkdocs_papers.command.main import main
from mkdocs_papers.records.schema import PaperBlock, PaperInfo, PubBlock, fields
from mkdocs_papers.sources.found import Found
from tests.records.strategies import contents
from tests.sites import write_files

Captured = pytest.CaptureFixture[str]

RECORD = """# Mine.
paper {
  title: "quest"   # my own spelling
  url: "https://arxiv.org/abs/2406.10774"
}
rating: 5
"""

BIB = """@inproceedings{a, title={Quest: Query-Aware Sparsity}, author={Tang, Jiaming}, booktitle={ICML}, year={2024},
  eprint={2406.10774}, archiveprefix={arXiv}, doi={10.1000/quest}, keywords={cache}}
@inproceedings{b, title={Another}, author={Doe, Jane}, booktitle={ICLR}, year={2023}, doi={10.1000/another}}
@article{c, title={Another}, author={Doe, Jane}, journal={ICLR}, year={2023}, abstract={All of it.}}
@misc{d, title={}}
@misc{e, title={Broken}
"""


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    files = {"mkdocs.yml": "site_name: T\nplugins: [papers]\n", "meta/2024/Quest.prototxt": RECORD, "refs.bib": BIB}
    write_files(tmp_path, files)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_what_comes_in_is_written_known_or_named(library: Path, capsys: Captured) -> None:
    assert main(["add", "refs.bib"]) == 3
    written, said = capsys.readouterr()
    assert written == "meta/2023/Another.prototxt\n"
    assert said.splitlines()[-1] == "5 came in: 1 written, 2 there already, 2 failed"
    assert (library / "meta/2024/Quest.prototxt").read_text() == RECORD


def test_gaps_are_filled_and_the_rest_stays(library: Path, capsys: Captured) -> None:
    assert main(["add", "refs.bib", "--update"]) == 3
    written, said = capsys.readouterr()
    assert written.split() == ["meta/2024/Quest.prototxt", "meta/2023/Another.prototxt", "meta/2023/Another.prototxt"]
    assert (
        "meta/2024/Quest.prototxt: paper.authors, paper.doi, pub.where, pub.year, keyword.words: refs.bib:1:1" in said
    )
    assert said.splitlines()[-1] == "5 came in: 1 written, 2 there already (2 of them updated), 2 failed"
    assert (library / "meta/2024/Quest.prototxt").read_text() == RECORD.replace(
        '10774"\n', '10774"\n  authors: "Jiaming Tang"\n  doi: "10.1000/quest"\n'
    ) + 'pub {\n  where: "ICML"\n  year: 2024\n}\nkeyword {\n  words: cache\n}\n'
    again = {path: path.read_bytes() for path in library.glob("meta/*/*")}
    assert main(["add", "refs.bib", "--update"]) == 3
    assert {path: path.read_bytes() for path in library.glob("meta/*/*")} == again


def test_a_dry_run_changes_nothing(library: Path) -> None:
    before = {path: path.read_bytes() for path in library.rglob("*") if path.is_file()}
    main(["add", "refs.bib", "--update", "--dry-run"])
    after = {path: path.read_bytes() for path in library.rglob("*") if path.is_file() and ".cache" not in path.parts}
    assert after == before


@given(contents(), contents())
def test_no_value_that_is_there_changes(info: PaperInfo, by: PaperInfo) -> None:
    after = filled(info, by, Found("x", venue="ICML", rest=by))
    for name, field in fields().items():
        if field.block is None:
            assert getattr(after, name) == getattr(info, name)
            continue
        for inner in fields(field.block):
            before = getattr(getattr(info, name), inner)
            assert not before or getattr(getattr(after, name), inner) == before


@pytest.mark.parametrize(
    ("pub", "after"),
    [
        (PubBlock(), PubBlock("ICML", 2024)),
        (PubBlock(year=2024), PubBlock("ICML", 2024)),
        (PubBlock(year=2023), PubBlock(None, 2023)),
        (PubBlock(where=""), PubBlock("")),
        (PubBlock(where="arXiv"), PubBlock("arXiv")),
        (PubBlock(where="ICML"), PubBlock("ICML", 2024)),
    ],
)
def test_venue_and_year_come_together(pub: PubBlock, after: PubBlock) -> None:
    by = PaperInfo(paper=PaperBlock(abbr="Nick"), pub=PubBlock("ICML", 2024))
    full = filled(PaperInfo(pub=pub), by, Found("x", venue="ICML"))
    assert (full.pub, full.paper.abbr) == (after, None)


def test_an_entry_is_completed_by_what_is_known() -> None:
    entry = Found("refs.bib:1:1", title="Mine", year=2023, authors=("A",))
    known = Found("Crossref", title="Theirs", year=2024, venue="ICML", authors=("B",), doi="10.1000/x", abstract="All")
    full = completed(entry, known)
    assert (full.title, full.authors, full.year, full.venue) == ("Mine", ("A",), 2023, None)
    assert (full.doi, full.abstract, full.origin("doi"), full.origin("title")) == (
        "10.1000/x",
        "All",
        "Crossref",
        "refs.bib:1:1",
    )
