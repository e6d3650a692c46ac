"""Front matter of notes: a value that nobody can use is one line with its place, and the site is built."""

import datetime as dt
import itertools
from pathlib import Path
from typing import Any

import pytest
import yaml

from mkdocs_papers.library.front_matter import KEYS, wrong_values
from mkdocs_papers.library.notes import read_note
from mkdocs_papers.records.problem import Place
from tests.marked import defects_in
from tests.site.libraries import PAIR
from tests.sites import build_site

VALUES: tuple[object, ...] = (
    *(True, 5, "x", "a\nb", dt.date(2024, 5, 31), None, [], [[1]], {"a": 1}, {"exclude": "x"}, {1: 2}),
)
ANY = ("locale", "toc", "page", "1")
"""Keys that nothing is known of."""


def _note(name: str, value: object) -> str:
    return f"---\n{yaml.safe_dump({name: value})}---\n\n# A note\n\nWords.\n"


@pytest.mark.parametrize("theme", ["material", "mkdocs"])
def test_no_value_stops_a_build(tmp_path: Path, theme: str) -> None:
    pairs = list(itertools.product((*KEYS, *ANY), VALUES))
    files: dict[str, str | bytes] = {
        f"notes/n{number}.md": _note(name, value) for number, (name, value) in enumerate(pairs)
    }
    look: dict[str, Any] = {"name": theme, "font": False, "features": ["navigation.tabs"]}
    tags = ["tags"] if theme == "material" else []
    levels = {"orphan-note": "off"}
    config = {
        "theme": look if theme == "material" else {"name": theme},
        "plugins": ["search", *tags, "macros", {"papers": {"levels": levels}}],
    }
    built = build_site(tmp_path, {**PAIR, **files}, config, strict=False)
    wrong = {
        number
        for number, (name, value) in enumerate(pairs)
        if list(wrong_values({name: value})) or (name == "template" and isinstance(value, str))
    }
    found = [(path, line) for code, path, line, _ in defects_in(built.messages) if code == "front-matter"]
    assert {path for path, _ in found} == {f"notes/n{number}.md" for number in wrong}
    assert len(found) == len(wrong)
    assert {line for _, line in found} <= {2, 3}
    drafts = {number for number, (name, value) in enumerate(pairs) if name == "draft" and value is True}
    pages = set(built.paths("notes/*/index.html"))
    assert pages == {f"notes/n{number}/index.html" for number in range(len(pairs)) if number not in drafts}


@pytest.mark.parametrize(
    ("front", "place", "wrong", "right"),
    [
        ("hide: true", (2, 7), "'hide' in the front matter is true or false", "write a list, [navigation, toc]"),
        (
            "title: A\nhide:\n  a: 1",
            (4, 3),
            "'hide' in the front matter is a mapping",
            "write a list, [navigation, toc]",
        ),
        ("search: x", (2, 9), "'search' in the front matter is text", "write 'search: {exclude: true}' or"),
        *(
            (f"search: {{boost: {boost}}}", (2, 9), "'search' in the front matter is a mapping", "write 'search: {")
            for boost in (".nan", ".inf", "-1", "x", "9" * 400)
        ),
        ("template: 5", (2, 11), "'template' in the front matter is a number", "write the name of a template"),
        ("tags: [a, [b]]", (2, 7), "'tags' in the front matter is a list of other things", "write a list of texts"),
    ],
)
def test_where_and_what(front: str, place: tuple[int, int], wrong: str, right: str) -> None:
    note = read_note("notes/a.md", f"---\n{front}\n---\nWords.\n".encode())
    (problem,) = note.problems
    assert problem.place == Place(*place)
    assert problem.wrong == f"{wrong}, so it is left out"
    assert problem.right.startswith(right)
    assert not {"hide", "search", "template", "tags"} & note.meta.keys()


def test_what_is_known_stays() -> None:
    front = {
        "title": "A",
        "hide": ["toc"],
        "search": {"exclude": True, "boost": 2},
        "tags": ["a", 2],
        "draft": "yes",
        "render_macros": False,
        "date": dt.date(2024, 5, 31),
        "source": "https://example.org/",
        "mine": {"whatever": [1]},
    }
    note = read_note("notes/a.md", f"---\n{yaml.safe_dump(front)}---\nWords.\n".encode())
    assert note.problems == ()
    assert note.meta == front


def test_a_template_that_is_not_there(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "notes/2024/Quest/note.md": "---\ntitle: Quest\ntemplate: none.html\n---\n\n# Quest\n\nWords.\n"
    }
    built = build_site(tmp_path, {**PAIR, **files}, {"theme": {"name": "mkdocs"}}, strict=False)
    assert defects_in(built.messages) == [("front-matter", "notes/2024/Quest/note.md", 3, 11)]
    assert "'none.html': there is no such template" in "".join(built.messages)
    assert "<p>Words.</p>" in built.text("notes/2024/Quest/note/index.html")
