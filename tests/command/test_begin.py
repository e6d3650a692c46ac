"""``mkdocs-papers init``, ``note`` and ``new``."""

import datetime as dt
import json
from pathlib import Path

import pytest
import yaml

from mkdocs_papers.command.init import contents
from mkdocs_papers.command.main import main
from mkdocs_papers.command.note import as_markdown
from tests.linkcheck import dead_links
from tests.sites import ROOT, rebuild, write_files

Captured = pytest.CaptureFixture[str]

LIBRARY = {
    "mkdocs.yml": "site_name: T\nplugins:\n  - papers:\n      keywords: {fusion: Layer Fusion}\n",
    "meta/2024/Quest.prototxt": 'paper {\n  title: "Quest_s [of] $x_1$"\n  abbr: "Quest"\n  authors: "Jane Doe"\n}\n',
    "meta/2023/H2O.yaml": "paper:\n  title: H2O\nnote:\n  url: mine/thoughts.md\npub:\n  where: ''\n",
    "meta/2023/Away.yaml": "paper:\n  title: Away\nnote:\n  url: https://example.org/\n",
    "meta/2023/Broken.yaml": "paper: [\n",
}


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_files(tmp_path, LIBRARY)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_new_library_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["init", "new/my-papers"]) == 0
    written, said = capsys.readouterr()
    folder = tmp_path / "new" / "my-papers"
    assert sorted(written.split()) == sorted(f"new/my-papers/{path}" for path in contents(""))
    assert said == "next: cd new/my-papers && mkdocs serve\n"
    monkeypatch.chdir(folder)
    assert main(["check"]) == 0
    assert main(["fmt", "--check"]) == 0
    rebuild(folder, strict=True)
    assert dead_links(folder / "site", "http://127.0.0.1:8000/") == []
    home = (folder / "site/index.html").read_text(encoding="utf-8")
    assert "my papers" in home
    assert "Transformer" in home


def test_what_is_there_stays(tmp_path: Path, capsys: Captured) -> None:
    write_files(tmp_path, {"docs/index.md": "mine\n"})
    assert main(["init", str(tmp_path), "--name", 'A "name": with $']) == 0
    assert "docs/index.md: is there already, and stays as it is" in capsys.readouterr().err
    assert (tmp_path / "docs/index.md").read_text() == "mine\n"
    written = (tmp_path / "mkdocs.yml").read_text().replace("!ENV", "")
    assert yaml.safe_load(written)["site_name"] == 'A "name": with $'
    assert main(["init", str(tmp_path)]) == 2


def test_a_file_in_the_way_of_a_folder_is_named(tmp_path: Path, capsys: Captured) -> None:
    write_files(tmp_path, {"new": "", "library/docs": ""})
    assert main(["init", str(tmp_path / "new")]) == 2
    assert capsys.readouterr().err == f"{tmp_path / 'new/docs'}: Not a directory\n"
    assert main(["init", str(tmp_path / "library")]) == 2
    assert capsys.readouterr().err == f"{tmp_path / 'library/docs'}: Not a directory\n"


def test_where_one_is_already_there_is_no_way_to_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["init", "."]) == 0
    assert capsys.readouterr().err == "next: mkdocs serve\n"
    assert main(["init", "my papers"]) == 0
    assert capsys.readouterr().err == "next: cd 'my papers' && mkdocs serve\n"


def test_files_of_a_new_library_are_right() -> None:
    files = contents("Papers")
    assert json.loads(files["meta/record.schema.json"])["type"] == ["object", "null"]
    for path in filter(lambda path: path.startswith(".github/workflows/"), files):
        workflow = yaml.safe_load(files[path])
        assert workflow["permissions"] in ({}, {"contents": "read"})
        assert all("timeout-minutes" in job for job in workflow["jobs"].values())
        assert all(
            step["with"]["persist-credentials"] is False
            for job in workflow["jobs"].values()
            for step in job["steps"]
            if step.get("uses", "").startswith("actions/checkout")
        )
    own = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
    theirs = {hook["id"] for hook in yaml.safe_load(files[".pre-commit-config.yaml"])["repos"][0]["hooks"]}
    assert own == theirs == {"mkdocs-papers-fmt", "mkdocs-papers-check"}


def test_a_note_begins(library: Path, capsys: Captured) -> None:
    assert main(["note", "quest"]) == 0
    assert capsys.readouterr() == ("notes/2024/Quest/note.md\n", "")
    note = (library / "notes/2024/Quest/note.md").read_text(encoding="utf-8")
    assert note.startswith(
        "# Quest\n\n[Quest\\_s \\[of\\] $x_1$](../../../meta/2024/Quest.prototxt), Jane Doe, arXiv 2024\n"
    )
    (library / "notes/2024/Quest/note.md").write_text("mine\n")
    assert main(["note", "meta/2024/Quest.prototxt"]) == 1
    assert capsys.readouterr() == ("", "notes/2024/Quest/note.md: is there already\n")
    assert (library / "notes/2024/Quest/note.md").read_text() == "mine\n"


def test_a_note_goes_where_its_record_says(library: Path, capsys: Captured) -> None:
    assert main(["note", "2023/h2o"]) == 0
    assert capsys.readouterr().out == "notes/2023/H2O/mine/thoughts.md\n"
    assert "(../../../../meta/2023/H2O.yaml)\n" in (library / "notes/2023/H2O/mine/thoughts.md").read_text()


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("2024/Qest", "there is no paper '2024/Qest'; did you mean '2024/Quest'?\n"),
        ("2023/Broken", "the record of '2023/Broken' cannot be read; see mkdocs-papers check\n"),
        ("2023/Away", "meta/2023/Away.yaml:4: the note of 2023/Away is elsewhere: https://example.org/\n"),
    ],
)
@pytest.mark.usefixtures("library")
def test_why_there_is_no_note(key: str, said: str, capsys: Captured) -> None:
    assert main(["note", key]) == 2
    assert capsys.readouterr() == ("", said)


def test_the_library_has_a_template_of_its_own(library: Path, capsys: Captured) -> None:
    write_files(library, {"notes/.template.md": "{{ key }} {{ year }} {{ authors[0] }}\n"})
    assert main(["note", "Quest"]) == 0
    assert (library / "notes/2024/Quest/note.md").read_text() == "2024/Quest 2024 Jane Doe\n"
    for template, wrong in (
        ("{{ titel }}", "notes/.template.md: 'titel' is undefined\n"),
        ("\n{% if %}", "notes/.template.md:2: Expected an expression, got 'end of statement block'\n"),
        ("{{ [].__class__ }}", "notes/.template.md: access to attribute '__class__' of 'list' object is unsafe.\n"),
    ):
        write_files(library, {"notes/.template.md": template})
        capsys.readouterr()
        assert main(["note", "2023/H2O"]) == 2
        assert capsys.readouterr().err == wrong


def test_as_markdown() -> None:
    assert as_markdown("a_b *c* [d](e) $x_1$ <i> \\") == r"a\_b \*c\* \[d\](e) $x_1$ \<i\> \\"


def test_a_record_by_hand(library: Path, capsys: Captured) -> None:
    arguments = ["new", "Sparse  Caches", "--author", "Jane Doe", "--keyword", "fusion", "--venue", "ICML"]
    assert main(arguments) == 0
    year = dt.datetime.now(dt.UTC).year
    path = f"meta/{year}/Sparse-Caches.yaml"
    assert capsys.readouterr() == (f"{path}\n", "")
    assert yaml.safe_load((library / path).read_text()) == {
        "paper": {"title": "Sparse Caches", "authors": ["Jane Doe"]},
        "pub": {"where": "ICML", "year": year},
        "keyword": {"words": ["fusion"]},
    }
    assert main(arguments) == 1
    assert capsys.readouterr() == ("", f"is there already, as {year}/Sparse-Caches\n")
    assert main(["new", "X", "--keyword", "fusoin"]) == 2
    assert main(["new", "X", "--key", "../x"]) == 2


def test_new_records_in_yaml_name_the_schema(library: Path) -> None:
    write_files(library, {"meta/record.schema.json": "{}"})
    assert main(["new", "Sparse Caches", "--year", "2024", "--format", "yaml", "--key", "Pages"]) == 0
    text = (library / "meta/2024/Pages.yaml").read_text()
    assert text.startswith("# yaml-language-server: $schema=../record.schema.json\npaper:\n")


@pytest.mark.parametrize(
    "template",
    [
        b"{{ 1 / 0 }}",
        b"{{ year + 'x' }}",
        b"{{ range(10 ** 9) }}",
        b"{% include 'other' %}",
        b"{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        b"{{ cycler() }}",
        b"\xff",
    ],
)
def test_whatever_a_template_does_is_one_line(library: Path, capsys: Captured, template: bytes) -> None:
    write_files(library, {"notes/.template.md": template})
    assert main(["note", "2024/Quest"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("notes/.template.md: ")
    assert said.count("\n") == 1
    assert not (library / "notes/2024").exists()


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ('vim "', 'the editor vim " cannot be started: No closing quotation'),
        ("no-such-editor --wait", "the editor no-such-editor --wait cannot be started: there is no such program"),
        (" ", "no editor is named; set VISUAL or EDITOR"),
    ],
)
@pytest.mark.parametrize("command", [["note", "2024/Quest"], ["new", "A title"], ["add", "b.bib", "--note"]])
def test_without_an_editor_to_open_it_nothing_is_written(
    library: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch, command: list[str], named: str, said: str
) -> None:
    write_files(library, {"b.bib": BEES})
    before = sorted(library.rglob("*.*"))
    monkeypatch.setenv("VISUAL", named)
    monkeypatch.delenv("EDITOR", raising=False)
    assert main([*command, "--open"]) == 2
    assert capsys.readouterr() == ("", f"{said}\n")
    assert sorted(library.rglob("*.*")) == before


def test_an_editor_that_is_no_program(library: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(library, {"editor": b"\0"})
    (library / "editor").chmod(0o755)
    monkeypatch.setenv("VISUAL", "./editor")
    assert main(["note", "2024/Quest", "--open"]) == 2
    assert capsys.readouterr().err == "the editor ./editor cannot be started: Exec format error\n"
    assert (library / "notes/2024/Quest/note.md").is_file()


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({"notes/.template.md": "{{ nothing }}"}, "notes/.template.md: 'nothing' is undefined"),
        ({"notes": "in the way"}, "notes/2024/Bees/note.md cannot be written: Not a directory"),
    ],
)
def test_records_without_the_notes_that_were_asked_for(
    library: Path, capsys: Captured, files: dict[str, str], why: str
) -> None:
    write_files(library, {**files, "b.bib": f"{BEES}\n{BEES.replace('Bees', 'Wasps').replace('{b,', '{c,')}"})
    assert main(["add", "b.bib", "--note"]) == 3
    out, err = capsys.readouterr()
    assert out == "meta/2024/Bees.yaml\nmeta/2024/Wasps.yaml\n"
    assert f"without a note: {why}\n" in err
    assert err.endswith("2 came in: 2 written, 0 there already, 0 failed\n")


@pytest.mark.parametrize("year", ["0", "-5", "99999", "٢٠٢٤", "0999", "x"])
def test_no_record_goes_where_none_is_looked_for(library: Path, capsys: Captured, year: str) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["new", "A title", f"--year={year}"])
    assert "is no year; write four digits" in capsys.readouterr().err
    assert len(list((library / "meta").rglob("*.*"))) == 4


def test_a_record_by_hand_says_what_checks(library: Path, capsys: Captured) -> None:
    given = ["--author", " Ann  Lee", "--author", "", "--venue", " ", "--key", "meta/2019/Old.yaml", "--format", "yaml"]
    assert main(["new", "A\u200b title", *given]) == 0
    record = yaml.safe_load((library / "meta/2019/Old.yaml").read_text(encoding="utf-8"))
    assert record["pub"] == {"where": "", "year": 2019}
    assert record["paper"]["authors"] == ["Ann Lee"]
    assert main(["new", "Other", "--url", "javascript:alert(1)"]) == 2
    assert "is no http(s) address" in capsys.readouterr().err


def test_a_note_for_a_record_that_is_left_out(library: Path, capsys: Captured) -> None:
    write_files(library, {"mkdocs.yml": "plugins:\n- papers:\n    exclude: [B*]\n", "b.bib": BEES})
    assert main(["add", "b.bib", "--note", "--key", "2024/Bees"]) == 0
    assert capsys.readouterr().out == "meta/2024/Bees.yaml\n"
    assert not (library / "notes").exists()


BEES = "@article{b, title={Bees}, author={Ann Lee}, year=2024}"
