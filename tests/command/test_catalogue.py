"""Every kind of problem that the core finds, by the catalogue's own examples."""

from __future__ import annotations

from pathlib import Path

import pytest

from mkdocs_papers.command.configuration import read_settings
from mkdocs_papers.library.load import load
from mkdocs_papers.library.model import Library
from mkdocs_papers.library.names import printable
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.records.codes import CODES, Code, Files
from tests.libraries import make_library

FOUND_BY_THE_SITE = {"macro", "address-taken", "unsafe-file", "unusable-cover", "unusable-note", "unusable-picture"}


def library(folder: Path, files: Files) -> Library:
    make_library(folder, files)
    configured = (folder / "mkdocs.yml").exists()
    return load(read_settings(folder / "mkdocs.yml") if configured else Settings(folder))


@pytest.mark.parametrize("code", [c for c in CODES.values() if c.name not in FOUND_BY_THE_SITE], ids=lambda c: c.name)
class TestExamples:
    def test_the_wrong_one_has_this_problem_alone(self, code: Code, tmp_path: Path) -> None:
        (problem,) = library(tmp_path, code.wrong).problems
        assert (problem.code, problem.path, problem.level) == (code.name, printable(next(iter(code.wrong))), code.level)

    def test_the_right_one_has_none(self, code: Code, tmp_path: Path) -> None:
        assert library(tmp_path, code.right).problems == ()
