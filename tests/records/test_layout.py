"""One layout: it says the same, keeps every comment, and a second time changes nothing."""

import itertools
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from mkdocs_papers.records.amend import amended
from mkdocs_papers.records.layout import laid_out
from mkdocs_papers.records.prototxt import TOKEN, read_prototxt
from mkdocs_papers.records.schema import PaperInfo, fields
from mkdocs_papers.records.yamltext import read_yaml
from tests.records.strategies import Laid, contents, layouts
from tests.sites import ROOT
from tests.written import write_prototxt, write_yaml

PROTOTXT = """# A record.
# By hand.

paper { # the paper
  # about abbr
  abbr: 'Q'  # nick
  title: "Qu" "est";

  # authors are many
  authors: ["A", # first
    "B" # second
    # end of list
  ]
  # end of paper
} # closed
pub: < where: "ICML" year: 0x7E8 > # after pub
note { # empty note
}
keyword { words: [sparse, "b c"] }

# offered:
# keyword { words: x }
"""

LAID_PROTOTXT = """# A record.
# By hand.

paper {  # the paper
  title: "Quest"
  # about abbr
  abbr: "Q"  # nick

  # authors are many
  authors: "A"  # first
  authors: "B"  # second
  # end of list
  # end of paper
}  # closed
pub {
  where: "ICML"
  year: 2024
}  # after pub
keyword {
  words: sparse
  words: "b c"
}
# empty note

# offered:
# keyword { words: x }
"""

YAML = """# yaml-language-server: $schema=x
---
pub:  # where
  year: 2024  # y

  # the venue
  where: ICML
  # end of pub
paper:
  title: 'Quest # no comment'  # yes
  authors:  # all
    # first
    - A  # a
    # second
    - B
  abbr:  # none yet
  abstract: |
    Text # no
    more

# about keyword
keyword: {words: [a, b]}  # flow
update_time: 5

# offered:
# x
"""

LAID_YAML = """# yaml-language-server: $schema=x
paper:
  title: "Quest # no comment"  # yes
  authors:  # all
    # first
    - A  # a
    # second
    - B
  # none yet
  abstract: |
    Text # no
    more
pub:  # where

  # the venue
  where: ICML
  year: 2024  # y
  # end of pub

# about keyword
keyword:
  words:
    - a
    - b  # flow
update_time: 5

# offered:
# x
"""


@pytest.mark.parametrize(
    ("path", "text", "laid"), [("x.prototxt", PROTOTXT, LAID_PROTOTXT), ("x.yaml", YAML, LAID_YAML)]
)
def test_a_record_in_the_layout(path: str, text: str, laid: str) -> None:
    assert laid_out(text, path) == laid
    assert laid_out(laid, path) == laid
    assert laid_out("\ufeff" + text.replace("\n", "\r\n"), path) == laid.replace("\n", "\r\n")


@pytest.mark.parametrize("path", sorted((ROOT / "meta").glob("*/*.*")), ids=lambda path: path.stem)
def test_the_library_is_in_the_layout(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert laid_out(text, path.name) == text


@given(contents())
def test_what_is_written_is_in_the_layout(content: PaperInfo) -> None:
    for path, text in (("x.prototxt", write_prototxt(content)), ("x.yaml", write_yaml(content))):
        assert laid_out(text, path) == text


@given(layouts())
def test_any_layout_of_prototxt(laid: Laid) -> None:
    after = laid_out(laid.text, "x.prototxt")
    problems = {problem.code for problem in read_prototxt(laid.text).problems}
    assert (after is None) == bool(problems - {"bad-escape"})
    if after is not None:
        assert read_prototxt(after).content == read_prototxt(laid.text).content
        assert sorted(_comments(after)) == sorted(_comments(laid.text))
        assert laid_out(after, "x.prototxt") == after


def _comments(text: str) -> list[str]:
    """The comments of a record in text format, by its tokens."""
    gaps = (token[0][: token.start(token.lastgroup or "") - token.start()] for token in TOKEN.finditer(text))
    return [comment.rstrip() for gap in gaps for comment in re.findall(r"#[^\r\n]*", gap)]


@given(contents(), st.data())
def test_any_layout_of_yaml(content: PaperInfo, data: st.DataObject) -> None:
    plain = _plain(content)
    style = data.draw(st.sampled_from([None, False, True]))
    lines = yaml.safe_dump(plain, sort_keys=False, default_flow_style=style, allow_unicode=True, width=60).splitlines()
    comments = [f"# comment {number}" for number in range(data.draw(st.integers(0, 5)))]
    for comment in comments:
        at = data.draw(st.integers(0, len(lines)))
        if at < len(lines) and data.draw(st.booleans()):
            lines[at] += f"  {comment}"
        else:
            lines.insert(at, " " * data.draw(st.sampled_from([0, 2, 4])) + comment)
    text = "\n".join(lines) + "\n"
    before = read_yaml(text)
    # A comment that fell into a text of several lines is none.
    assume(before.content == read_yaml(yaml.safe_dump(plain)).content and not before.problems)
    after = laid_out(text, "x.yaml")
    assert after is not None
    assert read_yaml(after).content == before.content
    assert all(re.search(rf"{comment}\b", after) for comment in comments)
    assert laid_out(after, "x.yaml") == after


BLOCKS = """# top
pub: {year: 2024}
paper:
    abstract: |  # as printed
        First line.
          indented "more": yes

        # no comment
        Last.
    # above
    title: >-
        Folded
        title

    authors:
    - |-
      Ann Lee
    - |+2  # kept
        Bo


    # end
rating: 4
"""
LAID_BLOCKS = """# top
paper:
  # above
  title: >-
    Folded
    title
  authors:
    - |-
      Ann Lee
    - |2+  # kept
        Bo


  abstract: |  # as printed
    First line.
      indented "more": yes

    # no comment
    Last.

  # end
pub:
  year: 2024
rating: 4
"""


def test_texts_of_several_lines_stay() -> None:
    assert laid_out(BLOCKS, "x.yaml") == LAID_BLOCKS
    assert read_yaml(LAID_BLOCKS).content == read_yaml(BLOCKS).content
    assert laid_out(LAID_BLOCKS, "x.yaml") == LAID_BLOCKS
    assert laid_out(BLOCKS.replace("\n", "\r\n"), "x.yaml") == LAID_BLOCKS.replace("\n", "\r\n")
    content = read_yaml(BLOCKS).content
    assert content
    changed = replace(content, paper=replace(content.paper, title="Quest"), rating=5)
    quest = BLOCKS.replace(">-\n        Folded\n        title", "Quest").replace("rating: 4", "rating: 5")
    assert amended(BLOCKS, "x.yaml", changed) == quest
    # Where a value cannot be put in by itself, the texts stay in the one layout as well.
    more = amended(BLOCKS, "x.yaml", replace(content, paper=replace(content.paper, doi="10.1/a")))
    assert more == LAID_BLOCKS.replace("  abstract:", '  doi: "10.1/a"\n  abstract:')


class _Lines(str):
    """A text that YAML is to write in several lines."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    """Writes such texts so, in the one style or the other."""

    block = "|"


_Dumper.add_representer(
    _Lines, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, dumper.block)
)


@given(contents(), st.sampled_from("|>"), st.integers(2, 8), st.sets(st.integers(0, 30)))
def test_any_text_of_several_lines(content: PaperInfo, style: str, indent: int, chosen: set[int]) -> None:
    count = itertools.count()

    def lined(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: lined(each) for name, each in value.items()}
        if isinstance(value, list):
            return [lined(each) for each in value]
        return _Lines(value) if isinstance(value, str) and next(count) in chosen else value

    dumper = type("Dumper", (_Dumper,), {"block": style})
    text = yaml.dump(lined(_plain(content)), Dumper=dumper, sort_keys=False, allow_unicode=True, indent=indent)
    before = read_yaml(text)
    assume(before.content is not None and not before.problems)
    after = laid_out(text, "x.yaml")
    assert after is not None
    assert read_yaml(after).content == before.content
    assert laid_out(after, "x.yaml") == after
    headers = re.compile(rf"(?:: |- )\{style}[-+\d]*$", re.MULTILINE)
    # Whatever else ends a line in YAML is written as an escape.
    if not {"\r", "\x85", "\u2028", "\u2029"}.intersection(text):
        assert len(headers.findall(after)) == len(headers.findall(text))


def _plain(content: Any, block: type = PaperInfo) -> dict[str, Any]:
    """A record as plain values of YAML."""
    plain = {}
    for name, field in fields(block).items():
        value = getattr(content, name)
        value = _plain(value, field.block) if field.block else list(value) if field.repeated else value
        if value not in (None, [], {}):
            plain[name] = value if isinstance(value, int | list | dict) else str(value)
    return plain


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("x.prototxt", 'paper { tittle: "x" }'),
        ("x.prototxt", 'paper { title: "x" title: "y" }'),
        ("x.prototxt", "paper { title: x }"),
        ("x.prototxt", "paper {"),
        ("x.yaml", "paper: {tittle: x}"),
        ("x.yaml", "paper: ["),
    ],
)
def test_a_record_of_which_something_would_be_lost_stays(path: str, text: str) -> None:
    assert laid_out(text, path) is None
