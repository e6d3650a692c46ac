"""Mend records again and again, each time killed a moment later: ``python -m tests.command.killed``.

Prints after each time what stands in the records, as a line of JSON; the last time goes to its end.
"""

import json
import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any
from unittest import mock

from mkdocs_papers.command import fixing, writing
from mkdocs_papers.library.settings import Settings

TITLES = ("a", "b", "c")
_CALLS = {"open", "write", "flush", "close", "__exit__", "chmod", "link", "rename", "replace", "unlink"}
FORM = 'paper {{ title: "{}" }}\n'


class _Killing:
    """Ends this process after so many calls, while files are written, of what opens, fills, moves or closes one."""

    def __init__(self, calls: int) -> None:
        self._left = calls
        self._writing: FrameType | None = None

    def __call__(self, frame: FrameType, event: str, value: Any) -> None:
        if event == "call" and not self._writing and frame.f_code.co_filename == writing.__file__:
            self._writing = frame
        elif event == "return" and frame is self._writing:
            self._writing = None
        elif event == "c_return" and self._writing and value.__name__ in _CALLS:
            self._left -= 1
            if not self._left:
                os.kill(os.getpid(), signal.SIGKILL)


def _fix(calls: int) -> int:
    """Mend the records in a process that is killed after so many calls; gives how it ended."""
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    # What is killed loses nothing that was written, and to wait for the disk takes long.
    with mock.patch.object(os, "fsync"):
        sys.setprofile(_Killing(calls))
        fixing.fix(Settings(Path.cwd()), lambda _: True)
    os._exit(0)


if __name__ == "__main__":
    records = {Path(f"meta/2024/{title}.prototxt"): title for title in TITLES}
    at, ended = 0, -signal.SIGKILL
    while ended == -signal.SIGKILL:
        at += 1
        for path, title in records.items():
            path.write_text(FORM.format(f"{title} "), encoding="utf-8")
        ended = _fix(at)
        print(json.dumps([path.read_text(encoding="utf-8") for path in records]), flush=True)
    sys.exit(ended)
