"""The promise to whoever changes this project: a field and a view by it are three edits."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from tests.linkcheck import dead_links
from tests.programs import run
from tests.site.libraries import PAIR
from tests.sites import ROOT, write_files

EDITS = {
    # The schema: one line.
    "records/schema.py": (
        '    abstract: str | None = _field(7, Kind.TEXT, "The abstract.")\n',
        '    award: str | None = _field(8, Kind.TEXT, "The prize that it won.")\n',
    ),
    # The views: one entry.
    "views/view.py": (
        (
            '    View("keywords", "keyword", "Keywords", lambda paper: paper.keywords, configured=True, feed=True, '
            "chart=True),\n"
        ),
        '    View("awards", "award", "Awards", lambda paper: some(paper.record.info.paper.award)),\n',
    ),
    # The template that shows it.
    "templates/papers/paper.html": (
        "{{ parts.problems(page.problems) }}\n",
        "{% if page.info.paper.award %}<p>Award: {{ page.info.paper.award }}</p>{% endif %}\n",
    ),
}
"""What is added to which file, and after what."""

SITE = {
    "mkdocs.yml": (
        "site_name: Papers\nsite_url: https://example.org/p/\ntheme: {name: material, font: false}\n"
        "plugins: [search, macros, papers]\n"
    ),
    "docs/index.md": '# Papers\n\n{{ papers_count(award="Best paper") }} best paper\n',
    "meta/2024/Won.prototxt": 'paper {\n  title: "A paper that won"\n  award: "Best paper"\n}\n',
    "meta/2024/Won-too.yaml": "paper:\n  title: Another paper that won\n  award: Test of <time>\n",
}


@pytest.mark.slow
def test_a_new_field_and_a_view_by_it(tmp_path: Path) -> None:
    package = tmp_path / "plugins" / "mkdocs_papers"
    shutil.copytree(ROOT / "plugins" / "mkdocs_papers", package, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
    for path, (after, added) in EDITS.items():
        source = (package / path).read_text(encoding="utf-8")
        assert source.count(after) == 1, path
        (package / path).write_text(source.replace(after, after + added), encoding="utf-8")
    site = tmp_path / "project"
    write_files(site, {**PAIR, **SITE})
    variables = {"PYTHONPATH": str(package.parent), "PYTHONDONTWRITEBYTECODE": "1"}
    imported = run(
        sys.executable, "-c", "import mkdocs_papers; print(mkdocs_papers.__file__)", cwd=site, variables=variables
    )
    assert Path(imported.strip()).is_relative_to(tmp_path)

    run(sys.executable, "-m", "mkdocs", "build", "--strict", cwd=site, variables=variables)

    def text(path: str) -> str:
        return (site / "site" / path).read_text(encoding="utf-8")

    assert "<p>Award: Best paper</p>" in text("papers/2024/Won/index.html")
    assert "<p>Award: Test of &lt;time&gt;</p>" in text("papers/2024/Won-too/index.html")
    assert "<p>Award" not in text("papers/2024/Quest/index.html")
    assert "Best paper" in text("awards/index.html")
    assert '<tr data-paper="2024/Won">' in text("awards/Best-paper/index.html")
    assert "1 best paper" in text("index.html")
    assert dead_links(site / "site", "https://example.org/p/") == []
