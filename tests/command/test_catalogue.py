"""Every kind of problem that the core finds, by the guide's own examples."""

from pathlib import Path

import pytest

from mkdocs_papers.command.configuration import read_settings
from mkdocs_papers.library.load import load
from mkdocs_papers.library.model import Library
from mkdocs_papers.library.names import printable
from mkdocs_papers.library.settings import Settings
from tests.examples import EXAMPLES, Example, Files
from tests.sites import write_files

FOUND_BY_THE_SITE = {"macro", "address-taken", "unsafe-file", "unusable-cover", "unusable-note", "unusable-picture"}


def library(folder: Path, files: Files) -> Library:
    write_files(folder, files)
    configured = (folder / "mkdocs.yml").exists()
    return load(read_settings(folder / "mkdocs.yml") if configured else Settings(folder))


@pytest.mark.parametrize(
    "example", [each for each in EXAMPLES.values() if each.name not in FOUND_BY_THE_SITE], ids=lambda each: each.name
)
class TestExamples:
    def test_the_wrong_one_has_this_problem_alone(self, example: Example, tmp_path: Path) -> None:
        (problem,) = library(tmp_path, example.wrong).problems
        path = printable(next(iter(example.wrong)))
        assert (problem.code, problem.path, problem.level) == (example.name, path, example.level)
        assert (str(problem), bool(problem.edits)) == (example.line, example.is_mended)

    def test_the_right_one_has_none(self, example: Example, tmp_path: Path) -> None:
        assert library(tmp_path, example.right).problems == ()
