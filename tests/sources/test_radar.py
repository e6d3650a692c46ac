"""``mkdocs-papers radar``, as a program, with recordings in place of the web."""

from pathlib import Path

import pytest

from mkdocs_papers.command import radar as command
from mkdocs_papers.command.main import main
from mkdocs_papers.records.amend import amended
from mkdocs_papers.records.schema import PaperInfo
from tests.sites import write_files
from tests.sources.recorded import BOT_CHECK, FLASH, FLASH_AUTHORS, Recorded, crossref_work, entry, feed, joined

Captured = pytest.CaptureFixture[str]

ID = "2205.14135"
DOI = "10.5555/flash.2023"
RECORD = "meta/2022/Flash.prototxt"
TEXT = (
    f'# Read this first.\npaper {{\n  title: "{FLASH}"\n  url: "https://arxiv.org/abs/{ID}v1"\n'
    + "".join(f'  authors: "{author}"\n' for author in FLASH_AUTHORS)
    + '}\npub { where: "arXiv" year: 2022 } # not yet\nrating: 5\n'
)
OTHERS = {
    "meta/2022/Published.yaml": "paper: {title: A, url: 'https://arxiv.org/abs/2201.00001'}\npub: {where: ICML}\n",
    "meta/2022/NotOnArxiv.yaml": "paper: {title: B, url: 'https://example.org/'}\n",
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "library"
    aliases = "{venue: {Advances in Neural Information Processing Systems: NeurIPS}}"
    write_files(folder, {"mkdocs.yml": f"plugins: [papers: {{aliases: {aliases}}}]", RECORD: TEXT, **OTHERS})
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def recorded(tmp_path: Path) -> Recorded:
    recorded = Recorded(tmp_path / "recording")
    recorded.semantic_scholar(f"arXiv:{ID}", joined(ArXiv=ID, DOI=DOI))
    recorded.crossref(DOI, crossref_work(year=2023))
    return recorded


def radar(recorded: Recorded, *arguments: str) -> int:
    return main(["radar", *arguments, "--replay", str(recorded.folder)])


DIFFERENCE = f"""--- {RECORD}
+++ {RECORD}
@@ -9,4 +9,5 @@
   authors: "Christopher Ré"
+  doi: "{DOI}"
 }}
-pub {{ where: "arXiv" year: 2022 }} # not yet
+pub {{ where: "NeurIPS" year: 2023 }} # not yet
 rating: 5
"""


def test_what_was_published_since(project: Path, recorded: Recorded, capsys: Captured) -> None:
    assert radar(recorded) == 0
    out, told = capsys.readouterr()
    moved = "its year is another then; mkdocs-papers rename 2022/Flash 2023/Flash moves it"
    assert out == f"{DIFFERENCE}by Crossref, doi:{DOI}\n{moved}\n\n"
    assert told == "1 preprints, 1 of them published since, 0 not answered about, 0 failed\n"
    assert Path(RECORD).read_text(encoding="utf-8") == TEXT


def test_a_command_to_copy_is_one_whatever_the_key_holds(project: Path, recorded: Recorded, capsys: Captured) -> None:
    Path(RECORD).rename("meta/2022/Flash one.prototxt")
    assert radar(recorded) == 0
    assert "; mkdocs-papers rename '2022/Flash one' '2023/Flash one' moves it\n" in capsys.readouterr().out


@pytest.mark.parametrize("chosen", ["all", "2022/Flash", RECORD])
def test_it_is_written_where_that_is_wanted(project: Path, recorded: Recorded, chosen: str) -> None:
    assert radar(recorded, "--fix", chosen) == 0
    changed = TEXT.replace('"arXiv" year: 2022', '"NeurIPS" year: 2023').replace("\n}\n", f'\n  doi: "{DOI}"\n}}\n', 1)
    assert Path(RECORD).read_text(encoding="utf-8") == changed
    assert radar(recorded, "--fix", "all") == 0
    assert Path(RECORD).read_text(encoding="utf-8") == changed


def test_only_what_was_asked_about(project: Path, recorded: Recorded, capsys: Captured) -> None:
    write_files(project, {"meta/2021/Other.yaml": "paper: {title: C, url: 'https://arxiv.org/abs/2101.00001'}\n"})
    assert radar(recorded, "2021/Other", "--fix", "2022/Flash") == 3
    assert Path(RECORD).read_text(encoding="utf-8") == TEXT
    assert radar(recorded, "2021/None") == 2
    assert "there is no paper '2021/None'" in capsys.readouterr().err
    assert radar(recorded, "--fix", "2022/Flush") == 2
    assert "there is no paper '2022/Flush'; did you mean '2022/Flash'?" in capsys.readouterr().err


def test_the_body_of_a_pull_request(project: Path, recorded: Recorded, capsys: Captured) -> None:
    recorded.index.pop()
    recorded.crossref(DOI, crossref_work(year=2023, venue="````\n@everyone <x>"))
    assert radar(recorded, "--format", "markdown") == 0
    out = capsys.readouterr().out
    assert out.startswith(f"`````diff\n--- {RECORD}\n")
    assert out.endswith(f"# by Crossref, doi:{DOI}\n# then: mkdocs-papers rename 2022/Flash 2023/Flash\n`````\n\n")
    assert '+pub { where: "```` @everyone <x>" year: 2023 } # not yet\n' in out


def test_another_paper_is_none(project: Path, recorded: Recorded, capsys: Captured) -> None:
    recorded.index.pop()
    recorded.crossref(DOI, crossref_work(title="Another paper"))
    assert radar(recorded) == 0
    assert capsys.readouterr() == ("", "1 preprints, 0 of them published since, 0 not answered about, 0 failed\n")


def test_the_doi_that_the_authors_have_given_since(project: Path, recorded: Recorded, capsys: Captured) -> None:
    recorded.index.clear()
    recorded.semantic_scholar(f"arXiv:{ID}", joined(ArXiv=ID))
    recorded.arxiv(ID, feed(entry(doi=DOI)))
    recorded.crossref(DOI, crossref_work(year=2023))
    assert radar(recorded) == 0
    assert f"by Crossref, doi:{DOI}\n" in capsys.readouterr().out


def test_what_somebody_saves_meanwhile_stays(
    project: Path, recorded: Recorded, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    def saved(text: str, path: str, wanted: PaperInfo) -> str | None:
        Path(path).write_text("saved meanwhile", encoding="utf-8")
        return amended(text, path, wanted)

    monkeypatch.setattr(command, "amended", saved)
    assert radar(recorded, "--fix", "all") == 3
    assert Path(RECORD).read_text(encoding="utf-8") == "saved meanwhile"
    told = capsys.readouterr().err
    assert f"{RECORD}: somebody has just changed it, so it stays\n" in told
    assert told.endswith("0 not answered about, 1 failed\n")


def test_a_record_in_which_something_would_be_lost_is_named(
    project: Path, recorded: Recorded, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "amended", lambda *_: None)
    assert radar(recorded, "--fix", "all") == 3
    assert f"{RECORD}: it was published, and something in the record would be lost" in capsys.readouterr().err
    assert Path(RECORD).read_text(encoding="utf-8") == TEXT


def test_who_does_not_answer_is_named(project: Path, recorded: Recorded, capsys: Captured) -> None:
    recorded.index.clear()
    recorded.keep(f"https://api.semanticscholar.org/graph/v1/paper/arXiv:{ID}", BOT_CHECK, "text/html")
    assert radar(recorded) == 3
    told = capsys.readouterr().err
    assert told.startswith("2022/Flash: Semantic Scholar gave a bot check instead of JSON")
    assert told.endswith("1 preprints, 0 of them published since, 1 not answered about, 0 failed\n")
