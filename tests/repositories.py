"""Projects in git repositories."""

import os
import subprocess
from pathlib import Path

DAY = 86_400


class Repository:
    """A project in a repository of its own; each commit is a day after the one before."""

    def __init__(self, folder: Path, project: str = ".") -> None:
        self.folder, self.root, self._day = folder, folder / project, 0
        self.root.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str) -> None:
        time = f"@{self._day * DAY} +0000"
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
