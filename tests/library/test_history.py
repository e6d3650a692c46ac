"""When records were added, from git histories of every kind."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from mkdocs_papers.library import history
from mkdocs_papers.library.history import History, read_history

_DAY = 86_400


class _Repository:
    """A project in a repository of its own; each commit is a day after the one before."""

    def __init__(self, folder: Path, project: str = ".") -> None:
        self.folder, self.root, self._day = folder, folder / project, 0
        self.root.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str) -> None:
        time = f"@{self._day * _DAY} +0000"
        who = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org"}
        who |= {"GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org"}
        dates = {"GIT_AUTHOR_DATE": time, "GIT_COMMITTER_DATE": time}
        own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        subprocess.run(["git", *arguments], cwd=self.folder, env={**os.environ, **who, **dates, **own}, check=True)

    def commit(self, *extra: str) -> None:
        self._day += 1
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message=m", *extra)

    def write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def added(self) -> dict[str, int]:
        return {key: time // _DAY for key, time in read_history(self.root, "meta").added.items()}


_QUEST = "paper {\n" + "".join(f'  authors: "Author {number}"\n' for number in range(20)) + "}\n"


@pytest.fixture
def repository(tmp_path: Path) -> _Repository:
    return _Repository(tmp_path / "project")


def test_a_record_was_added_by_the_first_commit_that_brought_it(repository: _Repository) -> None:
    repository.write("meta/2024/Quest.prototxt", _QUEST)
    repository.commit()
    repository.write("meta/2024/Quest.prototxt", f"{_QUEST}# more\n")
    repository.write("meta/2024/LoRA+.yaml", "paper: {}\n")
    repository.write("docs/index.md", "# Home\n")
    repository.commit()
    assert repository.added() == {"2024/Quest": 1, "2024/LoRA+": 2}


def test_a_record_keeps_its_time_under_another_name_year_and_format(repository: _Repository) -> None:
    repository.write("meta/2023/Quest.prototxt", _QUEST)
    repository.write("meta/2023/Other.prototxt", "paper {}\n")
    repository.commit()
    (repository.root / "meta/2024").mkdir()
    (repository.root / "meta/2023/Quest.prototxt").rename(repository.root / "meta/2024/Quest.prototxt")
    repository.commit()
    repository.write("meta/2024/Query.prototxt", f"{_QUEST}# and edited at once\n")
    (repository.root / "meta/2024/Quest.prototxt").unlink()
    (repository.root / "meta/2023/Other.prototxt").unlink()
    repository.write("meta/2023/Other.yaml", "nothing: that looks like the file before\n")
    repository.commit()
    added = repository.added()
    assert (added["2024/Query"], added["2023/Other"]) == (1, 1)


def test_a_record_that_was_gone_for_a_while_was_added_the_first_time(repository: _Repository) -> None:
    repository.write("meta/2024/Quest.prototxt", _QUEST)
    repository.commit()
    (repository.root / "meta/2024/Quest.prototxt").unlink()
    repository.commit()
    repository.write("meta/2024/Quest.prototxt", _QUEST)
    repository.commit()
    assert repository.added() == {"2024/Quest": 1}


def test_names_are_whatever_a_file_system_takes(repository: _Repository) -> None:
    names = ["a b", "注意力", "commit 7", 'quo"te', "new\nline", "-l", "dots.in.it"]
    for name in names:
        repository.write(f"meta/2024/{name}.yaml", f"title: {name!r}\n" * 9)
    repository.commit()
    assert repository.added() == {f"2024/{name}": 1 for name in names}


def test_a_branch_brings_its_records_when_they_were_committed_there(repository: _Repository) -> None:
    repository.write("meta/2024/Quest.prototxt", _QUEST)
    repository.commit()
    repository.git("checkout", "--quiet", "-b", "side")
    repository.write("meta/2024/Side.prototxt", 'paper { title: "S" }\n')
    repository.commit()
    repository.git("checkout", "--quiet", "main")
    repository.write("meta/2024/Main.prototxt", 'paper { title: "M" }\n')
    repository.commit()
    repository.git("merge", "--quiet", "--no-edit", "side")
    assert repository.added() == {"2024/Quest": 1, "2024/Side": 2, "2024/Main": 3}


def test_a_project_may_be_a_folder_of_a_repository(tmp_path: Path) -> None:
    repository = _Repository(tmp_path, "papers/library")
    repository.write("meta/2024/Quest.prototxt", _QUEST)
    repository.commit()
    assert repository.added() == {"2024/Quest": 1}


def test_what_is_not_committed_has_no_time(repository: _Repository) -> None:
    repository.commit()
    repository.write("meta/2024/Quest.prototxt", _QUEST)
    assert repository.added() == {}


def test_a_shallow_clone_says_so_and_has_no_times(repository: _Repository, tmp_path: Path) -> None:
    repository.write("meta/2024/Quest.prototxt", _QUEST)
    repository.commit()
    repository.commit()
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", "--depth=1", repository.folder.as_uri(), clone], check=True)
    found = read_history(clone, "meta")
    assert found.shallow
    assert found.added == {}


def test_without_a_repository_a_commit_or_git_there_is_no_history(
    repository: _Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read_history(repository.root, "meta") == History()
    outside = tmp_path / "outside"
    outside.mkdir()
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    assert read_history(outside, "meta") == History()
    monkeypatch.setenv("PATH", str(outside))
    assert read_history(repository.root, "meta") == History()


def test_a_hook_of_another_repository_changes_nothing(
    repository: _Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = _Repository(tmp_path / "other")
    other.commit()
    repository.write("meta/2024/Quest.prototxt", _QUEST)
    repository.commit()
    monkeypatch.setenv("GIT_DIR", str(other.folder / ".git"))
    assert read_history(repository.root, "meta").added.keys() == {"2024/Quest"}


def test_git_is_asked_for_all_of_it_once_for_each_commit(
    repository: _Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.write("meta/2024/Quest.prototxt", _QUEST)
    repository.commit()
    first = read_history(repository.root, "meta")
    asked: list[tuple[str, ...]] = []
    git = history._git  # noqa: SLF001 - what it is asked is the point here

    def counted(root: Path, *arguments: str) -> str:
        asked.append(arguments)
        return git(root, *arguments)

    monkeypatch.setattr(history, "_git", counted)
    assert read_history(repository.root, "meta", first) is first
    assert [arguments[0] for arguments in asked] == ["rev-parse"]
    repository.write("meta/2024/Other.prototxt", _QUEST)
    repository.commit()
    assert read_history(repository.root, "meta", first).added.keys() == {"2024/Quest", "2024/Other"}
