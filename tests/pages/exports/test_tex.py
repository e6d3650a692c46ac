"""Text for TeX: each character that means something to it is a command that draws it."""

import pytest

from mkdocs_papers.pages.exports.tex import tex


@pytest.mark.parametrize(
    ("character", "command"),
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        **{each: f"\\{each}" for each in "&%#_$"},
        "--": "-{}-",
        "``": "`{}`",
    }.items(),
)
def test_what_means_something_to_tex_is_drawn(character: str, command: str) -> None:
    assert tex(f"a {character} b") == f"a {command} b"
