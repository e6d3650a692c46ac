"""Read one record: from the bytes of a file to a `Record` and the problems of its text and values."""

from collections.abc import Iterator, Mapping

from mkdocs_papers.records.checks import value_problems
from mkdocs_papers.records.formats import format_of
from mkdocs_papers.records.limits import LARGEST_RECORD
from mkdocs_papers.records.lines import Lines, wrong_encoding
from mkdocs_papers.records.problem import Place, Problem, problem
from mkdocs_papers.records.record import Reading, Record
from mkdocs_papers.records.schema import Path


class Places(Mapping[Path, Place]):
    """Where each value of a record begins: few are ever asked for, and then its text is read again."""

    __slots__ = ("_found", "_path", "_text")

    def __init__(self, path: str, text: str) -> None:
        self._path, self._text = path, text
        self._found: Mapping[Path, Place] | None = None

    def _places(self) -> Mapping[Path, Place]:
        if self._found is None:
            lines, located = Lines(self._text), format_of(self._path).read(self._text, self._path)
            self._found = {at: lines.place(start) for at, (start, _) in located.spans.items()}
            self._text = ""
        return self._found

    def __getitem__(self, path: Path) -> Place:
        return self._places()[path]

    def __iter__(self) -> Iterator[Path]:
        return iter(self._places())

    def __len__(self) -> int:
        return len(self._places())


def read_record(path: str, key: str, content: bytes) -> Reading:
    """Read one file in ``meta/``.

    The values stay as they are written: a stray space, say, is a problem and is still there. Never raises on what the
    file holds.

    Args:
        path: the file, relative to the project's root, with ``/``; its suffix says which format it is in.
        key: its year folder and stem, ``2024/Quest``.

    Returns:
        The record, or None where the text cannot be read, and the problems in order of place.

    Raises:
        ValueError: no format has that suffix.
    """
    known = format_of(path)
    text = _decoded(path, content)
    if isinstance(text, Problem):
        return Reading(None, (text,))
    located = known.read(text, path)
    if located.content is None:
        return Reading(None, located.problems)
    record = Record(path, key, located.content, Places(path, text))
    found = [*located.problems, *value_problems(record, text, located)]
    found.sort(key=lambda each: (each.place, each.code))
    return Reading(record, tuple(found))


def _decoded(path: str, content: bytes) -> str | Problem:
    """The text of a file, nothing normalised, or why it has none."""
    if len(content) > LARGEST_RECORD:
        wrong = f"the record is larger than {LARGEST_RECORD // 1024**2} MiB"
        return problem("too-large", path, Place(), wrong, "split it")
    if not_text := wrong_encoding(path, content):
        return not_text
    text = content.decode()
    nul = text.find("\0")
    if nul >= 0:
        return problem("syntax", path, Lines(text).place(nul), "a NUL character stands in the text", "delete it")
    return text
