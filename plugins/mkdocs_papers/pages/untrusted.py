"""Files beside notes that are not trusted: what may run a script is no part of the library that is shown."""

import dataclasses
from dataclasses import dataclass, field
from pathlib import Path

from mkdocs_papers.library.memory import ReadingMemory, stamp
from mkdocs_papers.library.model import Library
from mkdocs_papers.pages.sanitize import UnsafeFileError, passive_file
from mkdocs_papers.records.limits import LARGEST_SVG
from mkdocs_papers.records.problem import Place, Problem, problem


@dataclass
class UntrustedFiles:
    """Looks through the files of a library, and remembers what it has seen.

    Attributes:
        contents: what to serve instead of a file, by its path below the notes folder, where that is not what it holds.
        problems: one for each file that is left out.
    """

    root: Path
    notes: str
    contents: dict[str, bytes] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    _memory: ReadingMemory = field(default_factory=ReadingMemory)

    def cleaned(self, library: Library) -> Library:
        """The library without the files that may run a script."""
        self.contents = {}
        unsafe: dict[str, str] = {}
        for path in library.files:
            seen = self._seen(path)
            if isinstance(seen, bytes):
                self.contents[path] = seen
            elif seen is not None:
                unsafe[path] = seen
        self._memory.keep_only("file", set(library.files))
        self.problems = tuple(
            problem("unsafe-file", f"{self.notes}/{path}", Place(), f"the file {why}, so it is left out")
            for path, why in unsafe.items()
        )
        if not unsafe:
            return library
        papers = {
            key: dataclasses.replace(paper, cover=None) if paper.cover and paper.cover.path in unsafe else paper
            for key, paper in library.papers.items()
        }
        return dataclasses.replace(
            library, papers=papers, files=tuple(path for path in library.files if path not in unsafe)
        )

    def _seen(self, path: str) -> bytes | str | None:
        """What to serve instead of a file, or why it is better not served; None where it may be served as it is."""
        file = self.root / self.notes / path
        try:
            return self._memory.memoize(
                "file", path, stamp(file.stat()), lambda: _asked(file), lambda content: _checked(path, content)
            )
        except OSError as error:
            return f"cannot be read ({error.strerror})"


def _asked(file: Path) -> bytes:
    """The content of a file, where it takes that to judge it."""
    if file.suffix.lower() != ".svg":
        return b""
    with file.open("rb") as opened:
        # One byte more than may be shows that it is too large.
        return opened.read(LARGEST_SVG + 1)


def _checked(path: str, content: bytes) -> bytes | str | None:
    try:
        return passive_file(path, lambda: content)
    except UnsafeFileError as error:
        return str(error)
