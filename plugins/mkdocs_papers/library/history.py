"""When records and notes came into the project, as its git history tells it.

A file was added by the first commit that brought it, under whatever name it had then. Times are those of commits, so
the same commit always gives the same times, on every machine.

A project need not be trusted, nor its configuration of git. Nothing that it names is run, and nobody is asked
for what a clone lacks: see `_git`.
"""

import contextlib
import os
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mkdocs_papers.library import store
from mkdocs_papers.library.cache_folder import CacheError, cache_folder
from mkdocs_papers.records.formats import FORMATS_BY_SUFFIX

_MOST_SECONDS = 60
"""How long git may take; a history that takes longer counts as none."""
_VERSION = 1
"""Another one where git is asked something else, or its answer is read in another way."""
_COMMIT = "commit "
_RENAMES = 5000
"""In a commit that removes and adds more files than this, git looks for renames of whole files only."""
_PATTERNS = tuple(f":(top,icase,glob)**/*{suffix}" for suffix in (*FORMATS_BY_SUFFIX, ".md"))
"""The files that count, wherever in the repository: the folder of records may have had another name."""

_OPTIONS = (
    "--no-pager", "--no-optional-locks", "--no-replace-objects",
    "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}", "-c", "safe.bareRepository=explicit",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class History:
    """What git says of a project.

    Attributes:
        head: the commit that is checked out; empty where there is none.
        added: when each file was added, in Unix seconds, by its path relative to the project's root, without suffix: a
            record that changes its format stays the same.
        shallow: whether the clone holds a part of the history only. Its times would be those of the clone, so there
            are none.
        log: the file to which git writes when another commit is checked out; None where it is not known.
    """

    head: str = ""
    added: Mapping[str, int] = field(default_factory=dict)
    shallow: bool = False
    log: Path | None = None

    def times(self, paths: Iterable[str]) -> dict[str, int]:
        """When some files were added; empty where the history tells of none of them.

        What no commit has brought yet is newer than all else, by a second: the clock would give another site each time.
        Paths are relative to the project's root, without suffix.
        """
        if not self.added:
            return {}
        known = {path: self.added.get(path) for path in paths}
        newest = max(self.added.values()) + 1
        if all(time is None for time in known.values()):
            return {}
        return {path: newest if time is None else time for path, time in known.items()}


def read_history(root: Path, last: History | None = None) -> History:
    """When the files of a project were added.

    Without git, outside of a repository and before the first commit, the history is empty.

    Args:
        root: the project's folder, somewhere in a repository.
        last: what an earlier call gave; the very same where the same commit is still checked out.
    """
    asked = ("HEAD", "--is-shallow-repository", "--git-path", "logs/HEAD", "--show-prefix")
    head, shallow, log, prefix, *_ = [*_git(root, "rev-parse", *asked).split("\n"), "", "", "", ""]
    if not prefix and not log:
        return History()
    if last is not None and last.head == head:
        return last
    there = root / log
    if shallow == "true":
        return History(head, shallow=True, log=there)
    cached, fingerprint = cache_folder(root, "history") / "added", f"{_VERSION} {head}".encode()
    with contextlib.suppress(OSError, CacheError):
        return History(head, store.load(cached, fingerprint, dict[str, int]), log=there)
    added = _below(prefix, _added(_log(root, head)))
    # Where nothing can be written, and where a name is no text, git is asked again next time.
    with contextlib.suppress(OSError, ValueError):
        store.save(cached, fingerprint, added)
    return History(head, added, log=there)


def _log(root: Path, head: str) -> list[str]:
    """What git tells of all commits up to one, in words; nothing where it cannot answer."""
    log = _git(
        root, "log", "--reverse", "--topo-order", "--no-show-signature", "--no-ext-diff", "--no-textconv", "-m",
        "--diff-filter=AR", "--find-renames", f"-l{_RENAMES}", "--name-status", "-z", f"--format={_COMMIT}%ct %P", head,
        "--", *_PATTERNS,
    )  # fmt: skip
    return log.split("\0")


def _git(root: Path, *arguments: str) -> str:
    """What git prints; nothing where it cannot answer.

    A repository's own configuration names programs in places: hooks, a file watcher, pagers, what shows differences,
    what checks signatures, how a remote is reached. The options here and in the calls above leave each of them out.
    """
    # A hook of git's may be building the site: it names another repository, or another state of this one.
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    own = {
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_TERMINAL_PROMPT": "0",
    }
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, and arguments that cannot be taken for options
            ["git", *_OPTIONS, "-C", os.fspath(root), *arguments],  # noqa: S607 - wherever the owner has installed it
            capture_output=True,
            check=False,
            env={**inherited, **own, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            timeout=_MOST_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return os.fsdecode(done.stdout) if done.returncode == 0 else ""


def _added(words: Iterable[str]) -> dict[str, int]:
    """When each file was added, by its path in the repository, without suffix.

    Args:
        words: what ``git log --name-status -z`` prints, the oldest commit first: each commit's time and parents, then a
            letter and a path for each file that came, or a letter and two paths for each that got another name.
    """
    added: dict[str, int] = {}
    time, is_merge = 0, False
    rest = iter(words)
    for word in rest:
        status = word.strip()
        if status.startswith(_COMMIT):
            seconds, *parents = status.removeprefix(_COMMIT).split()
            time, is_merge = int(seconds), len(parents) > 1
        elif status.startswith("R"):
            before, now = _bare(next(rest)), _bare(next(rest))
            # Names changed in the commits that a merge brings together; what came and went there are two files.
            first = time if is_merge else added.get(before, time)
            # The older of the two, should there have been a file of that name before.
            added[now] = min(first, added.get(now, first))
        elif status:
            added.setdefault(_bare(next(rest)), time)
    return added


def _bare(path: str) -> str:
    return path.rpartition(".")[0]


def _below(prefix: str, added: Mapping[str, int]) -> dict[str, int]:
    """The files of a project that is a folder of its repository, by their paths relative to it."""
    return {path.removeprefix(prefix): time for path, time in added.items() if path.startswith(prefix)}
