"""What the checks of values say, where a whole record would hide it; and what counts as the same record, mended."""

from dataclasses import replace
from typing import Any

import pytest

from mkdocs_papers.records.checks import differs_only_as_mended
from mkdocs_papers.records.read import read_record
from mkdocs_papers.records.schema import BaselineBlock, CodeBlock, NoteBlock, PaperBlock, PaperInfo


def problems(text: str, name: str = "2024/A.prototxt") -> list[str]:
    """The problems of a record, each as ``line:column code wrong``."""
    found = read_record(f"meta/{name}", "2024/A", text.encode()).problems
    return [f"{each.place.line}:{each.place.column} {each.code} {each.wrong}" for each in found]


@pytest.mark.parametrize(
    ("character", "written"),
    [("\a", "\\a"), ("\b", "\\b"), ("\f", "\\f"), ("\t", "\\t"), ("\v", "\\v"), ("\r", "\\r"), ("\n", "\\n")],
)
def test_a_control_character_is_named_as_it_was_meant(character: str, written: str) -> None:
    escape = {"\n": "\\n", "\r": "\\r"}.get(character, character)
    (line,) = problems(f'paper {{ title: "t{escape}x" }}')
    assert " control-character " in line
    assert line.endswith(f"U+{ord(character):04X}, written {written}")


def info(paper: dict[str, Any] | None = None, **blocks: Any) -> PaperInfo:
    """A record with these fields and a title."""
    return PaperInfo(paper=PaperBlock(**{"title": "Quest", **(paper or {})}), **blocks)


SAME = [
    (info(), info()),
    (info({"title": " Quest "}), info()),
    (info({"url": "http://arxiv.org/abs/2406.10774"}), info({"url": "https://arxiv.org/abs/2406.10774"})),
    (info({"doi": "https://doi.org/10.1000/182"}), info({"doi": "10.1000/182"})),
    (info({"authors": ("Ann Lee, Bo Chen",)}), info({"authors": ("Ann Lee", "Bo Chen")})),
    (info({"abbr": "  "}), info()),
    (info(code=CodeBlock(url="")), info()),
]
OTHER = [
    (info(), info({"title": "Quests"})),
    (info(), info({"abbr": "Quest"})),
    (info({"abbr": "Quest"}), info()),
    (info({"url": "http://example.org/"}), info({"url": "https://example.org/"})),
    (info({"url": "http://arxiv.org/http://arxiv.org/"}), info({"url": "https://arxiv.org/https://arxiv.org/"})),
    (info({"title": "http://arxiv.org/"}), info({"title": "https://arxiv.org/"})),
    (info({"abstract": "doi:10.1000/182"}), info({"abstract": "10.1000/182"})),
    (info({"authors": ("Ann Lee, Bo Chen",)}), info({"authors": ("Ann Lee",)})),
    (info({"authors": ("Ann Lee", "Bo Chen")}), info({"authors": ("Bo Chen", "Ann Lee")})),
    (info(rating=4), info(rating=5)),
    (info(rating=4), info()),
    (info({"institutions": ("MIT, NVIDIA",)}), info({"institutions": ("MIT", "NVIDIA")})),
]


@pytest.mark.parametrize(("before", "after"), SAME)
def test_what_mending_is_for_leaves_the_same_record(before: PaperInfo, after: PaperInfo) -> None:
    assert differs_only_as_mended(before, after, ())


@pytest.mark.parametrize(("before", "after"), OTHER)
def test_whatever_else_differs_makes_another_record(before: PaperInfo, after: PaperInfo) -> None:
    assert not differs_only_as_mended(before, after, ())


def test_a_key_or_a_path_may_become_what_was_written() -> None:
    before = info(baseline=BaselineBlock(("2023/h2o", "SGD")), note=NoteBlock("Note.md"))
    after = info(baseline=BaselineBlock(("2023/H2O", "SGD")), note=NoteBlock("note.md"))
    assert not differs_only_as_mended(before, after, ["2023/H2O"])
    assert differs_only_as_mended(before, after, ["2023/H2O", "note.md"])
    # And not the other way round.
    assert not differs_only_as_mended(after, before, ["2023/H2O", "note.md"])
    # In YAML a text may need quotes.
    quoted = replace(after, note=NoteBlock("a: b.md"))
    assert differs_only_as_mended(before, quoted, ["2023/H2O", '"a: b.md"'])
    # A title is neither.
    assert not differs_only_as_mended(info(), info({"title": "Other"}), ["Other"])


@pytest.mark.parametrize(
    ("misspelt", "missing"),
    [
        ("paper { titel: 'Quest' }", False),
        ("titel: 'Quest'", True),
        ("title: 'Quest'", False),
        ("papper { title: 'Quest' }", False),
        ("paper { autors: 'Ann Lee' }", True),
        ("pub { title: 'Quest' }", True),
        ("code { paper: 'Quest' }", True),
        ("ratting: 4", True),
    ],
)
def test_a_title_that_was_misspelt_is_not_missed_again(misspelt: str, missing: bool) -> None:  # noqa: FBT001 - a case
    assert any("missing-title" in line for line in problems(misspelt)) == missing
