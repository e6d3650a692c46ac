"""``mkdocs-papers check``, as a program."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mkdocs_papers import __version__
from mkdocs_papers.command.main import main
from tests.libraries import QUEST
from tests.sites import write_files

Captured = pytest.CaptureFixture[str]

RECORD = "meta/2024/Quest.prototxt"
WRONG = 'paper {\n  title: "Quest"\n  url: "arxiv.org/abs/2406.10774"\n}\n'
LINE = (
    f"{RECORD}:3:8: 'arxiv.org/abs/2406.10774' is no http(s) address; "
    "did you mean 'https://arxiv.org/abs/2406.10774'? [bad-address]\n"
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_files(tmp_path, {"mkdocs.yml": "plugins: [search, papers]\n", RECORD: QUEST})
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_clean_library(project: Path, capsys: Captured) -> None:
    assert main(["check"]) == 0
    assert capsys.readouterr() == ("", "no problems\n")


def test_problems_fail(project: Path, capsys: Captured) -> None:
    write_files(project, {RECORD: WRONG})
    assert main(["check"]) == 1
    assert capsys.readouterr() == (LINE, "1 warning\n")


def test_hints_do_not(project: Path, capsys: Captured) -> None:
    write_files(project, {"notes/a.md": "# A\n", "notes/b.md": "# B\n"})
    assert main(["check"]) == 0
    out, summary = capsys.readouterr()
    assert out.count("[orphan-note]\n") == 2
    assert summary == "2 hints\n"


def test_covers_are_looked_at(project: Path, capsys: Captured) -> None:
    cover = "notes/2024/Quest/cover.png"
    write_files(project, {RECORD: f'{QUEST}cover {{ url: "cover.png" }}\n', cover: b"\x89PNG\r\n\x1a\n"})
    assert main(["check"]) == 1
    out, summary = capsys.readouterr()
    assert out.startswith(f"{cover}:1:1: the cover is ")
    assert out.endswith("[unusable-cover]\n")
    assert summary == "1 warning\n"
    assert main(["check", RECORD]) == 0
    write_files(project, {"mkdocs.yml": "plugins: [papers: {levels: {unusable-cover: off}}]"})
    assert main(["check"]) == 0


def test_levels_come_from_the_configuration(project: Path, capsys: Captured) -> None:
    write_files(project, {RECORD: WRONG, "mkdocs.yml": "plugins: [papers: {levels: {bad-address: hint}}]"})
    assert main(["check"]) == 0
    assert capsys.readouterr().err == "1 hint\n"


def test_an_unusable_configuration(project: Path, capsys: Captured) -> None:
    write_files(project, {"mkdocs.yml": "plugins: [papers: {levels: {bad-adress: hint}}]"})
    assert main(["check"]) == 2
    assert capsys.readouterr() == (
        "",
        "mkdocs.yml: papers: option 'levels.bad-adress': there is no such code; did you mean 'bad-address'?\n",
    )


@pytest.mark.parametrize("arguments", [["check", "--format", "xml"], ["chek"], []])
def test_unusable_arguments(project: Path, capsys: Captured, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as exited:
        main(arguments)
    assert exited.value.code == 2


def test_the_version(capsys: Captured) -> None:
    with pytest.raises(SystemExit) as exited:
        main(["--version"])
    assert (exited.value.code, capsys.readouterr().out) == (0, f"mkdocs-papers {__version__}\n")


def test_another_configuration(project: Path, capsys: Captured) -> None:
    write_files(
        project, {"sites/other.yml": "plugins: [papers: {meta_dir: records}]", f"sites/records/{RECORD[5:]}": WRONG}
    )
    assert main(["check", "--config", "sites/other.yml"]) == 1
    assert capsys.readouterr().out.startswith("sites/records/2024/Quest.prototxt:3:8: ")


@pytest.mark.parametrize(
    ("paths", "found"),
    [
        ([RECORD], [RECORD]),
        (["meta/2023", "notes"], ["meta/2023/b.yaml", "notes/a.md"]),
        (["."], ["meta/2023/b.yaml", RECORD, "notes/a.md"]),
        (["meta/2024/../2023/b.yaml"], ["meta/2023/b.yaml"]),
        (["mkdocs.yml"], []),
    ],
)
def test_paths_choose_what_to_report(project: Path, capsys: Captured, paths: list[str], found: list[str]) -> None:
    write_files(project, {RECORD: WRONG, "meta/2023/b.yaml": "paper: {}", "notes/a.md": "# A"})
    main(["check", *paths])
    assert [line.partition(":")[0] for line in capsys.readouterr().out.splitlines()] == found


def test_a_path_that_is_not_there(project: Path, capsys: Captured) -> None:
    assert main(["check", "meta/2025"]) == 2
    assert capsys.readouterr().err == f"{project}/meta/2025: there is no such file or folder\n"


def test_json(project: Path, capsys: Captured) -> None:
    write_files(project, {RECORD: 'paper {\n  title: "Quest "\n}\n', "notes/注.md": "# A"})
    assert main(["check", "--format", "json"]) == 1
    out = capsys.readouterr().out
    assert "notes/注.md" in out
    assert json.loads(out) == {
        "version": 1,
        "problems": [
            {
                "path": RECORD,
                "line": 2,
                "column": 10,
                "code": "stray-space",
                "level": "warning",
                "field": "paper.title",
                "wrong": "paper.title ends with space",
                "right": "write 'Quest'",
                "fixable": True,
            },
            {
                "path": "notes/注.md",
                "line": 1,
                "column": 1,
                "code": "orphan-note",
                "level": "hint",
                "field": None,
                "wrong": "no record names this note",
                "right": "name it in a record: note { url }",
                "fixable": False,
            },
        ],
    }


def test_github_annotations_cannot_be_forged(project: Path, capsys: Captured) -> None:
    write_files(project, {"meta/2024/a,b:c%.yaml": "paper: {title: a, url: 'x%0A ::error::y'}", "notes/a.md": "# A"})
    assert main(["check", "--format", "github"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        (
            "::warning file=meta/2024/a%2Cb%3Ac%25.yaml,line=1,col=24,title=bad-address::"
            "'x%250A ::error::y' is no http(s) address; an address holds no space; write %2520 for one"
        ),
        (
            "::notice file=notes/a.md,line=1,col=1,title=orphan-note::"
            "no record names this note; name it in a record: note { url }"
        ),
    ]


def test_a_terminal_of_another_encoding(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(project, {"notes/注.md": "# A"})
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii", write_through=True)
    monkeypatch.setattr(sys, "stdout", out)
    assert main(["check"]) == 0
    assert isinstance(out.buffer, io.BytesIO)
    assert out.buffer.getvalue().startswith(b"notes/\\u6ce8.md:1:1: ")


def test_a_reader_that_has_seen_enough(project: Path) -> None:
    write_files(project, {"notes/a.md": "# A"})
    program = [sys.executable, "-m", "mkdocs_papers.command.main", "check"]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()
    assert process.returncode == 2


def test_the_program_as_it_is_installed(project: Path) -> None:
    write_files(project, {RECORD: WRONG})
    program = Path(sys.executable).parent / "mkdocs-papers"
    result = subprocess.run([program, "check"], capture_output=True, check=False, env={**os.environ, "PYTHONUTF8": "1"})
    assert (result.returncode, result.stdout.decode().replace("\r\n", "\n")) == (1, LINE)
