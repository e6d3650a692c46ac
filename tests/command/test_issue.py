"""Papers from an issue: what a stranger writes is data, and what comes over between the jobs is checked again."""

import contextlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.command.configuration import ConfigurationError
from mkdocs_papers.command.issue import FIELD, form_field
from mkdocs_papers.command.main import main
from mkdocs_papers.records.read import read_record
from tests.sites import ROOT, write_files

Captured = pytest.CaptureFixture[str]

_FORM = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE/add-paper.yml").read_text(encoding="utf-8"))
_WORKFLOW = (ROOT / ".github/workflows/add-paper.yml").read_text(encoding="utf-8")

_FLASH = """paper {
  title: "FlashAttention: Fast and Memory-Efficient Exact Attention"
  url: "https://arxiv.org/abs/2205.14135"
  authors: "Tri Dao"
}
pub {
  where: "NeurIPS"
  year: 2022
}
"""


def event(papers: str, why: str = "_No response_", title: str = "Add a paper", **more: Any) -> bytes:
    """An event as GitHub hands it over: the form's fields are headings of the issue's body."""
    body = f"### Papers\n\n{papers}\n\n### Why\n\n{why}"
    issue = {
        "number": 7,
        "title": title,
        "body": body,
        "user": {"login": "stranger"},
        "labels": [{"name": "add-paper"}],
    }
    whole = {"action": "labeled", "issue": issue, "label": {"name": "add-paper"}, "repository": {"name": "papers"}}
    return json.dumps({**whole, **more}).encode()


def test_the_form_has_the_field_that_is_read() -> None:
    labels = [part["attributes"]["label"] for part in _FORM["body"]]
    assert labels[0] == FIELD
    assert "labels" not in _FORM


@pytest.mark.parametrize(
    ("papers", "found"),
    [
        ("2205.14135", "2205.14135"),
        ("2205.14135\r\n\r\nhttps://doi.org/10.5555/x\r\n", "2205.14135\r\n\r\nhttps://doi.org/10.5555/x"),
        ("$(touch x)\n`touch x`\n;touch x", "$(touch x)\n`touch x`\n;touch x"),
        ("### Another heading\n\n2205.14135", ""),
        ("注意力 2205.14135", "注意力 2205.14135"),
        ("x" * 20_000, "x" * 20_000),
        ("", ""),
    ],
)
def test_what_stands_in_the_field(papers: str, found: str) -> None:
    assert form_field(event(papers, title="$(touch x)", why="### Papers\n\nnot these")) == found


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"issue": null}',
        b'{"issue": {"body": null}}',
        b'{"issue": {"body": 7}}',
        b"[" * 90_000,
    ],
)
def test_what_is_no_event_says_so(broken: bytes) -> None:
    with pytest.raises(ConfigurationError, match=r"^the event is none of an issue with a form$"):
        form_field(broken)


def test_what_is_too_long_is_not_cut() -> None:
    event = json.dumps({"issue": {"body": f"### Papers\n\n{'x' * 20_001}\n"}}).encode()
    with pytest.raises(ConfigurationError, match="in more than 20,000 characters"):
        form_field(event)


def test_an_issue_without_the_form_says_so() -> None:
    with pytest.raises(ConfigurationError, match=r"^the issue has no field 'Papers'$"):
        form_field(json.dumps({"issue": {"body": "Please add 2205.14135"}}).encode())


@given(st.binary() | st.text().map(event))
def test_no_event_breaks_it(content: bytes) -> None:
    with contextlib.suppress(ConfigurationError):
        assert isinstance(form_field(content), str)


def test_the_event_comes_from_where_the_runner_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.delenv("GITHUB_EVENT_PATH", raising=False)
    assert main(["issue", "read"]) == 2
    assert "GITHUB_EVENT_PATH is not set" in capsys.readouterr().err
    file = tmp_path / "event.json"
    file.write_bytes(event("2205.14135", title="$(touch x)"))
    monkeypatch.setenv("GITHUB_EVENT_PATH", str(file))
    monkeypatch.chdir(tmp_path)
    assert main(["issue", "read"]) == 0
    assert capsys.readouterr().out == "2205.14135\n"
    assert [path.name for path in tmp_path.iterdir()] == ["event.json"]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "library"
    known = _FLASH.replace("2205.14135", "2406.10774").replace("Flash", "Quest")
    write_files(folder, {"mkdocs.yml": "plugins: [papers]\n", "meta/2024/Quest.prototxt": known})
    monkeypatch.chdir(folder)
    return folder


def _place(project: Path, files: dict[str, str]) -> int:
    write_files(project.parent / "added", files)
    return main(["issue", "place", "../added"])


def _records(project: Path) -> list[str]:
    return sorted(path.relative_to(project / "meta").as_posix() for path in (project / "meta").rglob("*.*"))


def test_new_records_are_written_by_our_own_writer(project: Path, capsys: Captured) -> None:
    more = 'note { url: "../../secret.md" }\ncover { url: "x.svg" }\nbaseline { methods: "2024/Quest" }\n# comment\n'
    assert _place(project, {"2022/FlashAttention.prototxt": _FLASH + more}) == 0
    assert capsys.readouterr().out == "meta/2022/FlashAttention.prototxt\n"
    assert (project / "meta/2022/FlashAttention.prototxt").read_text(encoding="utf-8") == _FLASH


def test_a_record_in_yaml_too(project: Path) -> None:
    text = "paper:\n  title: A title\n  url: https://example.org/a\n"
    assert _place(project, {"2022/Title.yaml": text}) == 0
    record = read_record("a.yaml", "2022/Title", (project / "meta/2022/Title.yaml").read_bytes()).record
    assert record
    assert record.info.paper.title == "A title"


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("2022/Flash.md", _FLASH, "is no name of a record"),
        ("2022/.Flash.prototxt", _FLASH, "is no name of a record"),
        ("2022/a/b.prototxt", _FLASH, "is no name of a record"),
        ("22/Flash.prototxt", _FLASH, "is no name of a record"),
        ("Flash.prototxt", _FLASH, "is no name of a record"),
        ("2022/$(touch x).prototxt", _FLASH, "is no name of a record"),
        ("2022/a b.prototxt", _FLASH, "is no name of a record"),
        ("2024/quest.yaml", "paper: {title: Another}\n", "there is a record of that name already"),
        ("2022/Other.prototxt", _FLASH.replace("2205.14135", "2406.10774v2"), "is there already, as 2024/Quest"),
        ("2022/Broken.prototxt", "paper {", "Broken.prototxt:1:"),
        ("2022/Untitled.prototxt", "pub { year: 2022 }", "Untitled.prototxt:1"),
        ("2022/Large.prototxt", f"# {'x' * 300_000}\n{_FLASH}", "has more than 262,144 bytes"),
    ],
)
def test_what_is_no_new_record_is_refused(project: Path, capsys: Captured, name: str, text: str, why: str) -> None:
    before = _records(project)
    assert _place(project, {name: text}) == 3
    assert why in capsys.readouterr().err
    assert _records(project) == before


def test_a_link_is_refused(project: Path, capsys: Captured) -> None:
    (project / "secret.prototxt").write_text(_FLASH, encoding="utf-8")
    (project.parent / "added/2022").mkdir(parents=True)
    (project.parent / "added/2022/Flash.prototxt").symlink_to(project / "secret.prototxt")
    assert main(["issue", "place", "../added"]) == 3
    assert "is no file" in capsys.readouterr().err


def test_of_too_many_files_none_is_written(project: Path, capsys: Captured) -> None:
    files = {f"2022/Paper{number}.yaml": f"paper: {{title: Title {number}}}\n" for number in range(51)}
    before = _records(project)
    assert _place(project, files) == 2
    assert "51 files are more than 50" in capsys.readouterr().err
    assert _records(project) == before


def test_nothing_to_write_has_a_status_of_its_own(project: Path) -> None:
    (project.parent / "added").mkdir()
    assert main(["issue", "place", "../added"]) == 1


# The workflow


def test_nothing_that_a_stranger_writes_stands_in_a_script() -> None:
    """An expression is put into a script before the shell reads it: only the issue's number may be anywhere."""
    expressions = set(re.findall(r"\$\{\{\s*(.*?)\s*\}\}", _WORKFLOW))
    assert expressions == {"github.event.issue.number", "github.token", "github.repository"}
    for job in yaml.safe_load(_WORKFLOW)["jobs"].values():
        for step in job["steps"]:
            assert "${{" not in step.get("run", "")


def test_the_job_that_reads_the_issue_can_write_nothing() -> None:
    workflow = yaml.safe_load(_WORKFLOW)
    jobs = workflow["jobs"]
    assert workflow["permissions"] == {}
    assert jobs["collect"]["permissions"] == {"contents": "read"}
    assert "issue read" not in json.dumps(jobs["propose"])
    assert jobs["collect"]["if"].startswith("github.event.action == 'labeled' && github.event.label.name ==")
    assert jobs["unlabel"]["permissions"] == {"issues": "write"}


def test_a_folder_that_is_not_there_is_named(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["issue", "place", "nowhere"]) == 2
    assert capsys.readouterr().err == "nowhere: there is no such folder\n"
