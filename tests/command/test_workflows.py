"""The scripts of the workflows that ``init`` writes do what they say."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from mkdocs_papers.command.init import contents
from tests.command.test_issue import event
from tests.sites import ROOT, write_files
from tests.sources.recorded import Recorded, entry, feed

RADAR = yaml.safe_load(contents("Papers")[".github/workflows/radar.yml"])["jobs"]["radar"]["steps"]
ISSUE = yaml.safe_load(contents("Papers")[".github/workflows/add-paper.yml"])["jobs"]
TOKEN = "secret"
PROGRAMS = {
    "gh": '#!/bin/sh\necho "$@" >> "$RUNNER_TEMP/asked"\ntest "$2" != "$REFUSED"\n',
    "mkdocs-papers": (
        '#!/bin/sh\necho "found"\nif [ "$FOUND" ]; then echo "rating: 5" >> meta/2024/a.prototxt; fi\nexit "$STATUS"\n'
    ),
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_files(tmp_path, {f"bin/{name}": text for name, text in PROGRAMS.items()})
    for name in PROGRAMS:
        (tmp_path / "bin" / name).chmod(0o755)
    write_files(tmp_path / "project", {"meta/2024/a.prototxt": "", "other": ""})
    (tmp_path / "temp").mkdir()
    _git(tmp_path, "init", "--quiet", "--bare", "bare.git")
    _git(tmp_path / "project", "init", "--quiet", "--initial-branch=main")
    _git(tmp_path / "project", "add", ".")
    _git(
        tmp_path / "project", "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "--quiet", "-m", "Begin"
    )
    return tmp_path


def _git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


def _run(project: Path, script: str, **variables: str) -> int:
    address = f"https://x-access-token:{TOKEN}@github.com/owner/papers"
    environment = {
        "PATH": f"{project / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "RUNNER_TEMP": str(project / "temp"),
        "GH_TOKEN": TOKEN,
        "GITHUB_REPOSITORY": "owner/papers",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{project / 'bare.git'}.insteadOf",
        "GIT_CONFIG_VALUE_0": address,
        **variables,
    }
    return subprocess.run(
        ["bash", "-e", "-c", script], cwd=project / "project", env=environment, check=False
    ).returncode


def _radar(project: Path, *, found: str, status: str, refused: str = "") -> list[int]:
    return [
        _run(project, step["run"], FOUND=found, STATUS=status, REFUSED=refused)
        for step in RADAR
        if "run" in step and "pip" not in step["run"]
    ]


@pytest.mark.parametrize("status", ["0", "3"])
def test_radar_proposes_what_it_found(project: Path, status: str) -> None:
    (project / "project" / "other").write_text("left alone\n")
    assert _radar(project, found="yes", status=status) == [0, 0]
    assert (project / "temp/body.md").read_text() == "found\n"
    assert _git(project / "bare.git", "diff", "--name-only", "radar~1", "radar") == "meta/2024/a.prototxt\n"
    (asked,) = (project / "temp/asked").read_text().splitlines()
    assert asked.startswith("pr create --head radar ")


def test_radar_renews_what_it_proposed(project: Path) -> None:
    assert _radar(project, found="yes", status="0", refused="create") == [0, 0]
    assert (project / "temp/asked").read_text().splitlines()[-1].startswith("pr edit radar ")


def test_radar_proposes_nothing_where_nothing_was_found(project: Path) -> None:
    assert _radar(project, found="", status="0") == [0, 0]
    assert not (project / "temp/asked").exists()


def test_radar_fails_where_it_could_not_look(project: Path) -> None:
    assert _radar(project, found="", status="2")[0] != 0


OURS = """#!/bin/sh
[ "$1" = add ] && set -- "$@" --replay "$RECORDING"
exec "$PYTHON" -m mkdocs_papers.command.main "$@"
"""
RECORDED = "meta/2022/FlashAttention.prototxt"


@pytest.fixture
def library(project: Path) -> Path:
    """A library whose workflows ask a recording, and where its papers are pushed to."""
    (project / "bin/mkdocs-papers").write_text(OURS)
    recorded = Recorded(project / "recording")
    recorded.arxiv("2205.14135", feed(entry()))
    write_files(project / "project", {"mkdocs.yml": "plugins: [papers]\n"})
    _git(project / "project", "remote", "add", "origin", str(project / "bare.git"))
    _git(project / "project", "add", "mkdocs.yml")
    _git(
        project / "project", "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "--quiet", "-m", "Papers"
    )
    return project


def _job(library: Path, name: str, issue: bytes, **variables: str) -> list[int]:
    """Run the scripts of a job, up to the first that fails, as GitHub does; the event is whatever GitHub hands it."""
    (library / "temp/event.json").write_bytes(issue)
    variables |= {
        "GITHUB_EVENT_PATH": str(library / "temp/event.json"),
        "RECORDING": str(library / "recording"),
        "PYTHON": sys.executable,
        "NUMBER": "7",
    }
    statuses: list[int] = []
    for step in ISSUE[name]["steps"]:
        if "run" in step and "pip" not in step["run"] and not any(statuses):
            statuses.append(_run(library, step["run"], **variables))
    return statuses


def _files(library: Path) -> set[str]:
    return {path.relative_to(library).as_posix() for path in library.rglob("*") if ".git" not in str(path)}


STRANGE = "2205.14135\n$(touch x) `touch x`; touch x\n注意力 \u202e\n--config=/etc/passwd\n../../x 9999.99999"


@pytest.mark.parametrize("papers", ["https://arxiv.org/abs/2205.14135v2", STRANGE])
def test_papers_of_an_issue_are_proposed(library: Path, papers: str) -> None:
    issue = event(papers, title="$(touch x)", why="`touch x`")
    before = _files(library)
    assert _job(library, "collect", issue) == [0]
    made = {"written.txt", "named.txt", "added", "added/2022", "added/2022/FlashAttention.prototxt"}
    cached = {path for path in _files(library) if "/.cache" in path}
    assert _files(library) - before - cached == {f"project/{path}" for path in (*made, "meta/2022", RECORDED)} | {
        "temp/event.json"
    }
    # The second job begins with a checkout of its own, and has of the first what that hands over.
    shutil.rmtree(library / "project/meta/2022")
    assert _job(library, "propose", issue) == [0, 0]
    branch = "add-paper-7"
    assert _git(library / "bare.git", "diff", "--name-only", f"{branch}~1", branch).split() == [RECORDED]
    assert _git(library / "bare.git", "log", "-1", "--format=%s", branch) == "Add the papers of issue 7\n"
    asked = (library / "temp/asked").read_text().splitlines()
    assert asked == ["auth setup-git", "pr create --title Add the papers of issue 7 --body Closes #7"]


def test_what_another_job_hands_over_is_not_believed(library: Path) -> None:
    text = 'paper { title: "Mine" url: "https://example.org" }\ncode { url: "https://evil.example" }\n'
    write_files(library / "project/added", {"2022/mine.prototxt": text, "../.github/workflows/x.yml": "on: push"})
    assert _job(library, "propose", b"") == [0, 0]
    assert _git(library / "bare.git", "diff", "--name-only", "add-paper-7~1", "add-paper-7").split() == [
        "meta/2022/mine.prototxt"
    ]
    assert "evil" not in _git(library / "bare.git", "show", "add-paper-7:meta/2022/mine.prototxt")


@pytest.mark.parametrize(
    "issue",
    [
        event(""),
        event("nothing that anybody knows"),
        event("x" * 30_000),
        b'{"action": "labeled", "issue": {"title": "$(touch x)", "body": null}}',
        b"[" * 100_000,
        b"",
    ],
    ids=["empty", "no identifier", "huge", "no body", "deep", "no event"],
)
def test_an_issue_that_names_no_paper_ends_the_first_job(library: Path, issue: bytes) -> None:
    (status,) = _job(library, "collect", issue)
    assert status
    assert not (library / "project/added").exists()
    assert not (library / "project/x").exists()


def test_whoever_edits_the_issue_takes_the_label_off(library: Path) -> None:
    assert _job(library, "unlabel", event("2205.14135")) == [0]
    assert (library / "temp/asked").read_text() == "issue edit 7 --remove-label add-paper\n"


INSTALL = "      - run: pip install -r requirements.txt\n"
INSTALL_HERE = """\
      - run: python -m pip install --quiet --no-deps --requirement requirements/dev.txt
      - run: python -m pip install --quiet --no-deps --no-build-isolation .
"""


def test_papers_come_from_an_issue_as_in_this_repository() -> None:
    begun = contents("Papers")
    here = {path: (ROOT / path).read_text(encoding="utf-8") for path in begun if path.endswith("/add-paper.yml")}
    assert sorted(here) == [".github/ISSUE_TEMPLATE/add-paper.yml", ".github/workflows/add-paper.yml"]
    assert {path: text.replace(INSTALL_HERE, INSTALL) for path, text in here.items()} == {
        path: begun[path] for path in here
    }
