"""The scripts of the workflows that ``init`` writes do what they say."""

import os
import subprocess
from pathlib import Path

import pytest
import yaml

from mkdocs_papers.command.init import contents
from tests.sites import ROOT, write_files

RADAR = yaml.safe_load(contents("Papers")[".github/workflows/radar.yml"])["jobs"]["radar"]["steps"]
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
