"""The recipes of the contributor's guide: each is done in a copy of the project by what it says alone."""

import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import snippets
from tests.linkcheck import dead_links
from tests.programs import run
from tests.site.libraries import PAIR
from tests.sites import ROOT, write_files

GUIDE = (ROOT / "docs/guide/recipes.md").read_text(encoding="utf-8")
TASKS = [
    *("A field", "A column", "A view", "A facet", "An export"),
    *("A problem with its fix", "A macro", "A kind of page", "A relation between papers", "A command"),
]
MOST_FILES = 3
BESIDE = ("plugins/mkdocs_papers/templates/", "plugins/mkdocs_papers/languages/", "tests/", "docs/")
"""Templates, words, tests and guides go with a change, and are not counted."""


PYTEST = ("-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--noconftest", "-o", "addopts=")
VARIABLES = {"PYTHONPATH": f"plugins{os.pathsep}.", "PYTHONDONTWRITEBYTECODE": ""}

DECLARATIONS = (
    "tests/pages/test_marks.py",
    "tests/pages/test_listing.py",
    "tests/command/test_catalogue.py",
    "tests/pages/test_language.py",
    "tests/pages/test_declarations.py",
    "tests/views/test_facets.py",
    "tests/views/test_view.py::test_what_is_said_of_each_view",
    "tests/views/test_view.py::test_a_view_is_called_as_the_language_table_says",
)
"""Tests that hold what is declared to what is done, whoever declares it."""

SITE = {
    "mkdocs.yml": (
        "site_name: Papers\nsite_url: https://example.org/p/\ntheme: {name: material, font: false}\n"
        "plugins: [search, macros, papers]\n"
    ),
    "docs/index.md": '# Papers\n\n{{ papers_count(framework="JAX") }} of {{ papers_people() }} people\n',
    "meta/2024/Won.prototxt": (
        'paper {\n  title: "A paper that won"\n  prize: "Test of <time>"\n  authors: "Ann Lee"\n}\n'
        'code {\n  type: "JAX"\n  url: "https://github.com/won/won"\n}\n'
        'status: to_read\nrating: 5\nextends: "2024/Quest"\n'
    ),
}
"""A site with what each recipe shows."""

SHOWN = {
    "index.html": "1 of ",
    "papers/2024/Won/index.html": "Test of &lt;time&gt;",
    "papers/2024/Quest/index.html": "Extended by",
    "frameworks/JAX/index.html": '<td data-column="rating" class="papers-wide">5</td>',
    "papers/index.html": "one author",
    "to-read/index.html": 'data-paper="2024/Won"',
    "exports/papers.txt": "A paper that won. Ann Lee. arXiv 2024. papers/2024/Won/",
}
"""A part of what stands in files of that site."""


def recipes() -> dict[str, str]:
    """The text of each recipe by its heading."""
    parts = re.split(r"^## (.*)$", GUIDE, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def changed(text: str, diff: str) -> str:
    """A text after a change.

    Args:
        text: the text.
        diff: lines that stay, go (``-``) and come (``+``); those that are there already stand in the text once.
    """
    lines = diff.splitlines(keepends=True)
    # An empty line that stays has no sign.
    old = "".join(line[1:] or line for line in lines if not line.startswith("+"))
    new = "".join(line[1:] or line for line in lines if not line.startswith("-"))
    assert text.count(old) == 1, f"this stands there {text.count(old)} times:\n{old}"
    return text.replace(old, new)


def do(recipe: str, folder: Path) -> list[str]:
    """Do what a recipe says.

    Args:
        recipe: its Markdown.
        folder: the project.

    Returns:
        The paths of the files that it touches.
    """
    found = snippets.snippets(recipe)
    for snippet in found:
        assert snippet.title, f"line {snippet.line}: a snippet that does not say where it goes"
        path = folder / snippet.title
        if snippet.language == "diff":
            text = path.read_text(encoding="utf-8") if path.exists() else (ROOT / snippet.title).read_text("utf-8")
            content = changed(text, snippet.text)
        else:
            assert not path.exists(), f"line {snippet.line}: {snippet.title} is there already"
            content = snippet.text
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return list(dict.fromkeys(snippet.title for snippet in found))


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project, as far as these tests need it: Python compiles it once for all of them."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "plugins", folder / "plugins")
    for path in (*(ROOT / "tests").rglob("*.py"), ROOT / "pyproject.toml"):
        copy = folder / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, copy)
    return folder


@pytest.fixture
def project(copied: Path) -> Iterator[Path]:
    """The same; what a test's recipes touch is as it was for the next one."""
    yield copied
    for path in {snippet.title for snippet in snippets.snippets(GUIDE)}:
        (copied / path).unlink(missing_ok=True)
        if (ROOT / path).exists():
            (copied / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / path, copied / path)


def test_the_recipes_are_the_ten_tasks() -> None:
    assert list(recipes()) == TASKS


def test_a_change_needs_its_place() -> None:
    assert changed("a\nb\n\nc\n", " a\n-b\n+d\n\n c\n") == "a\nd\n\nc\n"
    with pytest.raises(AssertionError, match="0 times"):
        changed("a\n", " b\n+c\n")
    with pytest.raises(AssertionError, match="2 times"):
        changed("a\na\n", " a\n+c\n")


@pytest.mark.parametrize("task", TASKS)
def test_a_recipe_does_what_it_says(task: str, project: Path) -> None:
    touched = do(recipes()[task], project)
    assert len([path for path in touched if not path.startswith(BESIDE)]) <= MOST_FILES
    tests = [path for path in touched if path.startswith("tests/")]
    python = [path for path in touched if path.endswith(".py")]
    assert tests
    ruff = Path(sys.executable).with_name("ruff")
    run(ruff, "check", "--no-cache", *python, cwd=project)
    run(ruff, "format", "--no-cache", "--check", *python, cwd=project)
    run(sys.executable, "-m", "pytest", *PYTEST, *tests, cwd=project, variables=VARIABLES)


@pytest.mark.slow
def test_all_recipes_together_make_a_site(project: Path) -> None:
    touched = [path for recipe in recipes().values() for path in do(recipe, project)]
    tests = {path for path in touched if path.startswith("tests/")}
    run(sys.executable, "-m", "pytest", *PYTEST, *tests.union(DECLARATIONS), cwd=project, variables=VARIABLES)
    shutil.rmtree(project / "docs")
    write_files(project, {**PAIR, **SITE})
    run(sys.executable, "-m", "mkdocs", "build", "--strict", cwd=project, variables=VARIABLES)
    made = {path: (project / "site" / path).read_text(encoding="utf-8") for path in SHOWN}
    assert [path for path, shown in SHOWN.items() if shown not in made[path]] == []
    assert dead_links(project / "site", "https://example.org/p/") == []
