"""The formats of records. To add one, write what reads and what writes it, and add an entry to `FORMATS`."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from mkdocs_papers.records.draft import Located
from mkdocs_papers.records.prototxt import prototxt_gaps, read_prototxt
from mkdocs_papers.records.schema import PaperInfo
from mkdocs_papers.records.syntax import Gap
from mkdocs_papers.records.write import Line, prototxt_lines, yaml_lines
from mkdocs_papers.records.yamltext import read_yaml, yaml_gaps


@dataclass(frozen=True, slots=True)
class Format:
    """A format of records, and all that is known of it.

    Attributes:
        suffixes: of its files, the usual one first.
        read: its reader: takes a text, and the file as it stands in problems.
        gaps: what stands between the tokens of a text in it.
    """

    suffixes: tuple[str, ...]
    read: Callable[[str, str], Located]
    lines: Callable[[PaperInfo], Iterable[Line]]
    gaps: Callable[[str], Iterator[Gap]]

    @property
    def name(self) -> str:
        """What commands call it."""
        return self.suffixes[0].removeprefix(".")

    def write(self, content: PaperInfo) -> str:
        """A record in it."""
        return "".join(f"{'  ' * line.depth}{line.text}\n" for line in self.lines(content))


FORMATS = (
    Format((".prototxt",), read_prototxt, prototxt_lines, prototxt_gaps),
    Format((".yaml", ".yml"), read_yaml, yaml_lines, yaml_gaps),
)

FORMATS_BY_SUFFIX: Mapping[str, Format] = {suffix: known for known in FORMATS for suffix in known.suffixes}


def format_of(path: str) -> Format:
    """The format of a record's file.

    Raises:
        ValueError: no format has the suffix of that name.
    """
    known = FORMATS_BY_SUFFIX.get(PurePosixPath(path).suffix.lower())
    if known is None:
        raise ValueError(f"{path}: a record's name ends with {', '.join(FORMATS_BY_SUFFIX)}")
    return known
