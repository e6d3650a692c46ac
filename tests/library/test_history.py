"""When records were added, from git histories of every kind."""

import subprocess
from pathlib import Path

import pytest

from mkdocs_papers.library import history
from mkdocs_papers.library.history import History, read_history
from tests.repositories import DAY, Repository


def added(repository: Repository) -> dict[str, int]:
    """On which day each file of a repository was added."""
    found = read_history(repository.root).added
    return {path.removeprefix("meta/"): time // DAY for path, time in found.items()}


_QUEST = "paper {\n" + "".join(f'  authors: "Author {number}"\n' for number in range(20)) + "}\n"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "project")


def test_a_record_was_added_by_the_first_commit_that_brought_it(repository: Repository) -> None:
    repository.write("meta/2024/Quest.prototxt", _QUEST)
    repository.commit()
    repository.write("meta/2024/Quest.prototxt", f"{_QUEST}# more\n")
    repository.write("meta/2024/LoRA+.yaml", "paper: {}\n")
    repository.commit()
    assert added(repository) == {"2024/Quest": 1, "2024/LoRA+": 2}


def test_a_record_keeps_its_time_under_another_name_year_and_format(repository: Repository) -> None:
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
    found = added(repository)
    assert (found["2024/Query"], found["2023/Other"]) == (1, 1)


def test_a_record_that_was_gone_for_a_while_was_added_the_first_time(repository: Repository) -> None:
    repository.write("meta/2024/Quest.prototxt", _QUEST)
    repository.commit()
    (repository.root / "meta/2024/Quest.prototxt").unlink()
    repository.commit()
    repository.write("meta/2024/Quest.prototxt", _QUEST)
    repository.commit()
    assert added(repository) == {"2024/Quest": 1}


def test_names_are_whatever_a_file_system_takes(repository: Repository) -> None:
    names = ["a b", "注意力", "commit 7", 'quo"te', "new\nline", "-l", "dots.in.it"]
    for name in names:
        repository.write(f"meta/2024/{name}.yaml", f"title: {name!r}\n" * 9)
    repository.commit()
    assert added(repository) == {f"2024/{name}": 1 for name in names}


def test_a_branch_brings_its_records_when_they_were_committed_there(repository: Repository) -> None:
    repository.write("meta/2024/Quest.prototxt", _QUEST)
    repository.commit()
    repository.git("checkout", "--quiet", "-b", "side")
    repository.write("meta/2024/Side.prototxt", 'paper { title: "S" }\n')
    repository.commit()
    repository.git("checkout", "--quiet", "main")
    repository.write("meta/2024/Main.prototxt", 'paper { title: "M" }\n')
    repository.commit()
    repository.git("merge", "--quiet", "--no-edit", "side")
    assert added(repository) == {"2024/Quest": 1, "2024/Side": 2, "2024/Main": 3}


def test_a_project_may_be_a_folder_of_a_repository(tmp_path: Path) -> None:
    repository = Repository(tmp_path, "papers/library")
    repository.write("meta/2024/Quest.prototxt", _QUEST)
    repository.commit()
    assert added(repository) == {"2024/Quest": 1}


def test_what_is_not_committed_is_newer_than_all_else(repository: Repository) -> None:
    repository.write("meta/2024/Quest.prototxt", _QUEST)
    repository.commit()
    found = read_history(repository.root)
    assert found.times(["meta/2024/Quest", "meta/2024/Other"]) == {"meta/2024/Quest": DAY, "meta/2024/Other": DAY + 1}
    # A project inside a repository that does not hold it, such as one of somebody's settings.
    assert found.times(["meta/2024/Other"]) == {}


def test_notes_have_times_too_and_nothing_else_has(repository: Repository) -> None:
    for path in ("notes/2024/Quest/note.md", "notes/2024/Quest/cover.svg", "docs/index.md", "tool.py"):
        repository.write(path, "text\n")
    repository.commit()
    assert added(repository) == {"notes/2024/Quest/note": 1, "docs/index": 1}


def test_the_folder_of_records_may_have_had_another_name(repository: Repository) -> None:
    repository.write("papers/2024/Quest.prototxt", _QUEST)
    repository.commit()
    (repository.root / "papers").rename(repository.root / "meta")
    repository.commit()
    assert added(repository)["2024/Quest"] == 1


def test_what_only_a_merge_brings_was_added_by_it(repository: Repository) -> None:
    repository.write("meta/2024/Quest.prototxt", _QUEST)
    repository.commit()
    repository.git("checkout", "--quiet", "-b", "side")
    repository.write("meta/2024/Side.prototxt", 'paper { title: "S" }\n')
    repository.commit()
    repository.git("checkout", "--quiet", "main")
    (repository.root / "meta/2024/Quest.prototxt").unlink()
    repository.write("meta/2024/Main.prototxt", 'paper { title: "M" }\n')
    repository.commit()
    repository.git("merge", "--quiet", "--no-commit", "side")
    repository.write("meta/2024/Merge.prototxt", _QUEST)
    repository.commit()
    # To the side's eyes the merge renames what main has removed; that is another file.
    assert {key: time for key, time in added(repository).items() if key != "2024/Quest"} == {
        "2024/Side": 2,
        "2024/Main": 3,
        "2024/Merge": 4,
    }


def test_a_shallow_clone_says_so_and_has_no_times(repository: Repository, tmp_path: Path) -> None:
    repository.write("meta/2024/Quest.prototxt", _QUEST)
    repository.commit()
    repository.commit()
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", "--depth=1", repository.folder.as_uri(), clone], check=True)
    found = read_history(clone)
    assert found.shallow
    assert found.added == {}


def test_without_a_repository_a_commit_or_git_there_is_no_history(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read_history(repository.root) == History()
    outside = tmp_path / "outside"
    outside.mkdir()
    assert read_history(outside) == History()
    repository.commit()
    monkeypatch.setenv("PATH", str(outside))
    assert read_history(repository.root) == History()


def test_a_hook_of_another_repository_changes_nothing(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Repository(tmp_path / "other")
    other.commit()
    repository.write("meta/2024/Quest.prototxt", _QUEST)
    repository.commit()
    monkeypatch.setenv("GIT_DIR", str(other.folder / ".git"))
    assert added(repository) == {"2024/Quest": 1}


def _program(folder: Path) -> tuple[Path, Path]:
    """A program that leaves a file behind, and that file."""
    program, trace = folder / "program.sh", folder / "it-ran"
    program.write_text(f"#!/bin/sh\ntouch {trace}\nexit 0\n", encoding="utf-8")
    program.chmod(0o755)
    return program, trace


def test_nothing_that_a_repository_names_is_run(repository: Repository, tmp_path: Path) -> None:
    program, trace = _program(tmp_path)
    repository.write("meta/2024/Quest.prototxt", _QUEST)
    repository.write(".gitattributes", "* diff=own filter=own\n")
    repository.commit()
    for name in (
        *("core.fsmonitor", "core.pager", "pager.log", "core.sshCommand", "diff.external", "diff.own.command"),
        *(
            "diff.own.textconv",
            "filter.own.clean",
            "filter.own.smudge",
            "gpg.program",
            "alias.log",
            "credential.helper",
        ),
    ):
        repository.git("config", name, str(program))
    for name in ("log.showSignature", "diff.renames"):
        repository.git("config", name, "true")
    for hook in ("post-checkout", "pre-auto-gc", "fsmonitor-watchman"):
        (repository.folder / ".git/hooks" / hook).symlink_to(program)
    assert added(repository) == {"2024/Quest": 1}
    assert not trace.exists()


def test_nobody_is_asked_for_what_a_clone_lacks(repository: Repository, tmp_path: Path) -> None:
    repository.write("meta/2024/Quest.prototxt", _QUEST)
    repository.commit()
    repository.write("meta/2024/Query.prototxt", f"{_QUEST}# and edited at once\n")
    (repository.root / "meta/2024/Quest.prototxt").unlink()
    repository.commit()
    repository.git("config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "clone"
    whence = repository.folder.as_uri()
    subprocess.run(["git", "clone", "--quiet", "--bare", "--filter=blob:none", whence, clone / ".git"], check=True)
    program, trace = _program(tmp_path)
    for name, value in (("core.bare", "false"), ("remote.origin.uploadpack", str(program))):
        subprocess.run(["git", "-C", clone, "config", name, value], check=True)
    # To tell a name's change, git would have to fetch both files.
    assert read_history(clone).added == {}
    assert not trace.exists()


def test_a_folder_made_to_look_like_a_repository_is_none(repository: Repository, tmp_path: Path) -> None:
    repository.write("meta/2024/Quest.prototxt", _QUEST)
    repository.commit()
    planted = tmp_path / "project"
    (repository.folder / ".git").rename(planted / "meta/.git-to-be")
    (planted / "meta/.git-to-be").rename(planted / "bare")
    subprocess.run(["git", "-C", planted / "bare", "config", "core.bare", "true"], check=True)
    assert read_history(planted / "bare") == History()


def _asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What git is asked from now on."""
    asked: list[str] = []
    git = history._git  # noqa: SLF001 - what it is asked is the point here

    def noting(root: Path, *arguments: str) -> str:
        asked.append(arguments[0])
        return git(root, *arguments)

    monkeypatch.setattr(history, "_git", noting)
    return asked


def test_git_is_asked_for_all_of_it_once_for_each_commit(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.write("meta/2024/Quest.prototxt", _QUEST)
    repository.commit()
    first = read_history(repository.root)
    asked = _asked(monkeypatch)
    assert read_history(repository.root, first) is first
    assert read_history(repository.root) == first
    assert asked == ["rev-parse", "rev-parse"]
    repository.write("meta/2024/Other.prototxt", _QUEST)
    repository.commit()
    assert read_history(repository.root, first).added.keys() == {"meta/2024/Quest", "meta/2024/Other"}


def test_what_is_remembered_and_damaged_counts_for_nothing(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.write("meta/2024/Quest.prototxt", _QUEST)
    repository.commit()
    first = read_history(repository.root)
    (file,) = (repository.root / ".cache/mkdocs-papers/history").iterdir()
    content = file.read_bytes()
    asked = _asked(monkeypatch)
    for damaged in (b"", content[:-1], content[:-1] + b"\0", content.replace(b"cache 4", b"cache 0")):
        file.write_bytes(damaged)
        assert read_history(repository.root) == first
        assert file.read_bytes() == content
    monkeypatch.setenv("PAPERS_CACHE_KEY", "another")
    assert read_history(repository.root) == first
    assert asked == ["rev-parse", "log"] * 5


def test_the_file_that_tells_of_another_commit_is_named(repository: Repository) -> None:
    repository.commit()
    log = read_history(repository.root).log
    assert log is not None
    before = log.read_bytes()
    repository.commit()
    assert log.read_bytes() != before
