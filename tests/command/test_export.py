"""``mkdocs-papers export``, as a program."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from mkdocs_papers.command.main import main
from mkdocs_papers.pages.exports.registry import EXPORTS
from tests.libraries import QUEST
from tests.sites import build_site, write_files

Captured = pytest.CaptureFixture[bytes]

FILES = {
    "meta/2023/H2O.yaml": "paper:\n  title: H2O\n  authors: Ying Sheng\n",
    "meta/2024/Quest.prototxt": QUEST,
    "notes/2024/Quest/note.md": "# A note\n",
}
SITE = "site_name: Papers\nplugins: [papers]\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_files(tmp_path, {"mkdocs.yml": SITE, **FILES})
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_bibtex_of_the_whole_library(project: Path, capsysbinary: Captured) -> None:
    assert main(["export"]) == 0
    out, err = capsysbinary.readouterr()
    assert [line.strip() for line in out.splitlines() if line.startswith(b"@")] == [
        b"@misc{H2O2023,",
        b"@misc{Quest2024,",
    ]
    assert err == b""


@pytest.mark.parametrize("name", [export.name for export in EXPORTS])
@pytest.mark.parametrize("directory_urls", [True, False])
def test_it_writes_what_the_site_publishes(
    tmp_path: Path, capsysbinary: Captured, name: str, *, directory_urls: bool
) -> None:
    site = build_site(tmp_path, FILES, directory_urls=directory_urls)
    capsysbinary.readouterr()
    assert main(["export", "--format", name, "--config", str(tmp_path / "mkdocs.yml")]) == 0
    published = next(site.site / export.file for export in EXPORTS if export.name == name)
    assert capsysbinary.readouterr().out == published.read_bytes()


def test_chosen_papers_in_the_librarys_order(project: Path, capsysbinary: Captured) -> None:
    assert main(["export", "--format", "json", "2024/Quest", "2023/H2O", "2024/Quest"]) == 0
    assert [paper["key"] for paper in json.loads(capsysbinary.readouterr().out)["papers"]] == ["2023/H2O", "2024/Quest"]
    assert main(["export", "--format", "json", "2024/quest"]) == 0
    assert [paper["key"] for paper in json.loads(capsysbinary.readouterr().out)["papers"]] == ["2024/Quest"]


def test_into_a_file(project: Path, capsysbinary: Captured) -> None:
    assert main(["export", "--format", "csv", "--output", "papers.csv"]) == 0
    assert capsysbinary.readouterr() == (b"", b"")
    assert (project / "papers.csv").read_bytes().startswith(b"\xef\xbb\xbfkey,")


def test_an_unknown_paper(project: Path, capsysbinary: Captured) -> None:
    assert main(["export", "2024/Qest"]) == 2
    assert capsysbinary.readouterr() == (b"", b"there is no paper '2024/Qest'; did you mean '2024/Quest'?\n")


def test_records_that_cannot_be_read(project: Path, capsysbinary: Captured) -> None:
    write_files(project, {"meta/2024/Broken.prototxt": "paper {"})
    assert main(["export"]) == 0
    out, err = capsysbinary.readouterr()
    assert b"Quest2024" in out
    assert err == b"left out, for their records cannot be read: 2024/Broken; see mkdocs-papers check\n"
    assert main(["export", "2024/Broken"]) == 2
    assert capsysbinary.readouterr().err == b"the record of '2024/Broken' cannot be read; see mkdocs-papers check\n"


def test_a_folder_to_write_into_that_is_not_there(project: Path, capsysbinary: Captured) -> None:
    assert main(["export", "--output", "nowhere/papers.bib"]) == 2
    assert b"nowhere" in capsysbinary.readouterr().err


def test_it_needs_no_mkdocs(project: Path) -> None:
    program = (
        "import sys; from mkdocs_papers.command.main import main; main(['export']); assert 'mkdocs' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
