"""When records came into the library, as the project's git history tells it.

A record was added by the first commit that brought it, under whatever name it had then. Times are those of commits, so
the same commit always gives the same times, on every machine.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

_MOST_SECONDS = 60
"""How long git may take; a history that takes longer counts as none."""

_COMMIT = "commit "
_RENAMES = 5000
"""In a commit that removes and adds more files than this, git does not look for renames."""


@dataclass(frozen=True, slots=True)
class History:
    """What git says of a folder of records.

    Attributes:
        head: the commit that is checked out; empty where there is none.
        added: when each record was added, in Unix seconds, by its path below the folder, without suffix: a record that
            changes its format stays the same.
        shallow: whether the clone holds a part of the history only. Its times would be those of the clone, so there
            are none.
    """

    head: str = ""
    added: Mapping[str, int] = field(default_factory=dict)
    shallow: bool = False


def read_history(root: Path, folder: str, last: History | None = None) -> History:
    """When the records of a project were added.

    Without git, outside of a repository and before the first commit, the history is empty.

    Args:
        root: the project's folder, somewhere in a repository.
        folder: the folder of records, relative to it.
        last: what an earlier call gave; the very same where the same commit is still checked out.
    """
    state = _git(root, "rev-parse", "HEAD", "--is-shallow-repository").split()
    if len(state) < 2:  # noqa: PLR2004 - the commit, and whether the clone is shallow
        return History()
    head, shallow = state[0], state[1] == "true"
    if last is not None and last.head == head and last.shallow == shallow:
        return last
    if shallow:
        return History(head, shallow=True)
    log = _git(
        root,
        "log",
        "--reverse",
        "--topo-order",
        "--no-show-signature",
        "--no-ext-diff",
        "--diff-filter=AR",
        "--find-renames",
        f"-l{_RENAMES}",
        "--relative",
        "--name-status",
        "-z",
        f"--format={_COMMIT}%ct",
        head,
        "--",
        folder,
    )
    return History(head, _added(log.split("\0"), f"{folder.rstrip('/')}/"))


def _git(root: Path, *arguments: str) -> str:
    """What git prints; nothing where it cannot answer."""
    # A hook of git's may be building the site: it names another repository, or another state of this one.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, and arguments that cannot be taken for options
            ["git", "-C", os.fspath(root), *arguments],  # noqa: S607 - wherever the owner has installed it
            capture_output=True,
            check=False,
            env={**environment, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            timeout=_MOST_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return os.fsdecode(done.stdout) if done.returncode == 0 else ""


def _added(words: Iterable[str], folder: str) -> dict[str, int]:
    """When each record was added, by its path below the folder, without suffix.

    Args:
        words: what ``git log --name-status -z`` prints, the oldest commit first: each commit's time, then a letter and
            a path for each file that came, or a letter and two paths for each that got another name.
        folder: the folder of records, with a slash at its end.
    """
    added: dict[str, int] = {}
    time = 0
    rest = iter(words)
    for word in rest:
        status = word.strip()
        if status.startswith(_COMMIT):
            time = int(status.removeprefix(_COMMIT))
        elif status.startswith("R"):
            before, now = _record(next(rest), folder), _record(next(rest), folder)
            # The older of the two, should there have been a record of that name before.
            added[now] = min(added.get(before, time), added.get(now, time))
        elif status:
            added.setdefault(_record(next(rest), folder), time)
    return added


def _record(path: str, folder: str) -> str:
    return path.removeprefix(folder).rpartition(".")[0]
