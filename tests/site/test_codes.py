"""Every kind of problem, by the guide's own examples, as a build of the site reports it."""

from pathlib import Path

import pytest

from mkdocs_papers.library.names import printable
from mkdocs_papers.records.problem import Level
from tests.examples import EXAMPLES, Example, Files
from tests.marked import Defect, defects_in
from tests.sites import Build, build_site

PLACES = {
    "taken-former-key": (4, 14),
    "arxiv-http": (3, 8),
    "bad-address": (3, 8),
    "bad-doi": (3, 8),
    "bad-escape": (2, 21),
    "broken-anchor": (3, 18),
    "broken-image": (3, 11),
    "broken-link": (3, 13),
    "control-character": (3, 9),
    "duplicate-paper": (2, 10),
    "front-matter": (3, 1),
    "joined-authors": (3, 12),
    "macro": (3, 4),
    "missing-baseline": (5, 12),
    "missing-cover": (5, 8),
    "missing-note": (5, 8),
    "missing-same-work": (4, 12),
    "missing-title": (1, 1),
    "not-utf8": (3, 17),
    "out-of-range": (4, 9),
    "outside-notes": (5, 8),
    "placeholder": (3, 17),
    "repeated-field": (4, 3),
    "stray-space": (3, 8),
    "syntax": (2, 9),
    "too-large": (1, 87),
    "too-long": (3, 9),
    "two-spellings": (5, 10),
    "unknown-field": (3, 3),
    "unknown-keyword": (5, 10),
    "unknown-status": (4, 9),
    "wrong-case-baseline": (5, 12),
    "wrong-case-cover": (5, 8),
    "wrong-case-note": (5, 8),
    "wrong-case-same-work": (4, 12),
    "wrong-file-type": (5, 8),
    "wrong-type": (5, 9),
    "yaml-feature": (2, 10),
    "year-mismatch": (5, 9),
}
"""Where each example has its problem; the ones that are not here concern a whole file."""


def _build(folder: Path, files: Files) -> Build:
    return build_site(folder, dict(files), {"theme": {"name": "mkdocs"}}, strict=False)


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_the_wrong_one_has_this_problem_alone(example: Example, tmp_path: Path) -> None:
    built = _build(tmp_path, example.wrong)
    path = printable(next(iter(example.wrong)))
    expected: Defect = (example.name, path, *PLACES.get(example.name, (1, 1)))
    assert defects_in(built.messages) == [expected]
    assert len(built.warnings) == (0 if example.level is Level.HINT else 1)


@pytest.mark.parametrize("name", ["macro", "address-taken", "unsafe-file", "unusable-cover"])
def test_the_right_one_has_none(name: str, tmp_path: Path) -> None:
    """Those that reading the library does not find; the others are tested without a build."""
    built = _build(tmp_path, EXAMPLES[name].right)
    assert defects_in(built.messages) == []
    assert built.warnings == ()
