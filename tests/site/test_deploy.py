"""``mkdocs gh-deploy`` publishes the library, like any MkDocs site."""

import os
import sys
from pathlib import Path

import pytest

from tests.programs import run
from tests.sites import write_files

SITE = {
    "mkdocs.yml": (
        "site_name: Library\nsite_url: https://example.org/library/\n"
        "theme: {name: material, font: false}\nplugins: [search, papers]\n"
    ),
    "docs/index.md": "# Library\n",
    "meta/2024/Quest.prototxt": 'paper { title: "Query-Aware Sparsity" }\n',
    ".gitignore": "site/\n",
}


def _run(*command: str, cwd: Path) -> str:
    people = {
        f"GIT_{who}_{what}": "someone@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    # Nobody's own git settings play a part.
    return run(*command, cwd=cwd, variables={"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", **people})


@pytest.mark.slow
def test_gh_deploy(tmp_path: Path) -> None:
    bare = tmp_path / "bare.git"
    project = tmp_path / "project"
    write_files(project, SITE)
    _run("git", "init", "--quiet", "--bare", str(bare), cwd=tmp_path)
    _run("git", "init", "--quiet", "--initial-branch=main", cwd=project)
    _run("git", "remote", "add", "origin", str(bare), cwd=project)
    _run("git", "add", ".", cwd=project)
    _run("git", "commit", "--quiet", "--message", "Start", cwd=project)

    _run(sys.executable, "-m", "mkdocs", "gh-deploy", "--strict", cwd=project)

    published = _run("git", "ls-tree", "-r", "--name-only", "gh-pages", cwd=bare).splitlines()
    assert {"index.html", "papers.json", "papers/2024/Quest/index.html", "venues/index.html"} <= set(published)
    page = _run("git", "show", "gh-pages:papers/2024/Quest/index.html", cwd=bare)
    assert "Query-Aware Sparsity" in page
    assert _run("git", "status", "--porcelain", cwd=project) == ""
