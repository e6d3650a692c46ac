"""Values longer than any real one."""

import ast
import re
from collections.abc import Iterator

import pytest

from mkdocs_papers.records import limits
from mkdocs_papers.records.limits import LONGEST_ABSTRACT, LONGEST_ADDRESS, LONGEST_LINE, cut
from mkdocs_papers.records.read import read_record
from tests.sites import ROOT


def _problems(record: str) -> list[str]:
    return [
        f"{found.place.line}:{found.place.column} {found.code}"
        for found in read_record("meta/2024/a.prototxt", "2024/a", record.encode()).problems
    ]


@pytest.mark.parametrize(
    ("field", "limit"),
    [("title", LONGEST_LINE), ("abbr", LONGEST_LINE), ("institutions", LONGEST_LINE), ("abstract", LONGEST_ABSTRACT)],
)
def test_a_value_may_be_so_long(field: str, limit: int) -> None:
    title = "" if field == "title" else 'title: "t" '
    assert _problems(f'paper {{ {title}{field}: "{"x" * limit}" }}') == []
    place = len(f"paper {{ {title}{field}: ") + 1
    assert _problems(f'paper {{ {title}{field}: "{"x" * (limit + 1)}" }}') == [f"1:{place} too-long"]


def test_addresses() -> None:
    start = "https://example.net/"
    assert _problems(f'paper {{ title: "t" url: "{start}{"x" * (LONGEST_ADDRESS - len(start))}" }}') == []
    assert _problems(f'paper {{ title: "t" url: "{start}{"x" * LONGEST_ADDRESS}" }}') == ["1:25 too-long"]


def test_of_joined_authors_each_counts_by_itself() -> None:
    joined = ", ".join(f"Author Name{number}x" for number in range(1000))
    assert _problems(f'paper {{ title: "t" authors: "{joined}" }}') == ["1:29 joined-authors"]
    assert _problems(f'paper {{ title: "t" authors: "{joined}, {"x" * 1001}" }}') == ["1:29 too-long"]


def test_cut() -> None:
    assert cut("words", 5) == "words"
    assert cut("words and", 6) == "words…"


def test_the_guide_lists_every_limit_in_order() -> None:
    guide = (ROOT / "docs/guide/limits.md").read_text(encoding="utf-8")
    units = {"KiB": 1024, "MiB": 1024**2}
    told = re.findall(r"^\| .+ \| ([0-9,]+) (\w+) \| .+ \|$", guide, re.MULTILINE)
    known = [value for name, value in vars(limits).items() if name.isupper() and isinstance(value, int)]
    assert [int(number.replace(",", "")) * units.get(unit, 1) for number, unit in told] == known


NO_LIMITS = {
    "_CHUNK": "how much is read at once",
    "_LARGEST": "the largest number that a field of 64 bits holds",
    "_LEAST_BYTES": "the least that is worth making smaller",
    "_MOST_OF_A_PAGE": "how much of a page the others are compressed with",
}
"""Constants that are a number of bytes, or are called like a limit, and cost nobody anything that is larger."""


def test_no_limit_of_size_stands_elsewhere() -> None:
    assert set(_sizes()) == set(NO_LIMITS)


def _sizes() -> Iterator[str]:
    """The constants of all modules but that of limits which may be limits of size."""
    for file in (ROOT / "plugins").rglob("*.py"):
        for node in ast.parse(file.read_text(encoding="utf-8")).body if file.name != "limits.py" else ():
            if isinstance(node, ast.Assign):
                is_bytes = isinstance(node.value, ast.BinOp) and "1024" in ast.unparse(node.value)
                names = [name.id for name in node.targets if isinstance(name, ast.Name)]
                yield from (name for name in names if is_bytes or re.match("_?(LARGEST|DEEPEST)", name))
