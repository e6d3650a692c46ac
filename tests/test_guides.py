"""What the README and the contributor's guide tell people to type works, and is all there is."""

import re
from pathlib import Path

import pytest

from mkdocs_papers.site.options import PapersConfig
from tests import snippets
from tests.linkcheck import dead_links
from tests.sites import ROOT, build_site

README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_snippets_are_found_with_title_and_line() -> None:
    markdown = (
        'Words\n\n```yaml title="mkdocs.yml"\na: 1\n```\n\n1. List\n\n    ```sh\n    make  # it\n    # no\n    ```\n'
    )
    assert snippets.snippets(markdown) == [
        snippets.Snippet("yaml", "mkdocs.yml", "a: 1\n", 3),
        snippets.Snippet("sh", "", "make  # it\n# no\n", 9),
    ]
    assert snippets.files(markdown) == {"mkdocs.yml": "a: 1\n"}
    assert snippets.commands(markdown) == ["make"]


def test_a_fence_inside_a_longer_fence_is_text() -> None:
    assert [found.text for found in snippets.snippets("````\n```sh\nno\n```\n````\n")] == ["```sh\nno\n```\n"]


def test_the_readme_is_a_working_site(tmp_path: Path) -> None:
    files = snippets.files(README)
    assert len(files) == 4
    built = build_site(tmp_path, dict(files))
    assert dead_links(built.site, "https://example.org/reading/") == []
    assert "papers/2023/gptq/" in built.text("notes/2022/flashattention/note/index.html")
    assert "<math" in built.text("notes/2022/flashattention/note/index.html")
    assert "2022/flashattention/" in built.text("papers/2023/gptq/index.html")


def test_the_readme_names_every_option_with_its_default() -> None:
    told = dict(re.findall(r"^\| `(\w+)` \| `([^`]*)` \|", README, re.MULTILINE))
    assert told == {
        name: str(default).lower() if isinstance(default, bool) else str(default) or '""'
        for name, default in PapersConfig().items()
    }


@pytest.mark.parametrize("guide", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_commands_and_paths_of_the_guides_exist(guide: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z][a-z-]*)(?=[`\s]*(?:`|#|ARGS))", guide)) <= targets
    for command in snippets.commands(guide):
        assert command.removeprefix("make ") in targets
    prose = re.sub(r"^```.*?^```$", "", guide, flags=re.MULTILINE | re.DOTALL)
    for link in re.findall(r"\]\((?!https?:)([^)#]+)\)", prose):
        assert (ROOT / link).exists(), link
    for path in re.findall(r"`((?:tests|records|views|pages|languages|assets|templates)/[\w./]*)`", guide):
        assert (ROOT / path).exists() or (ROOT / "plugins/mkdocs_papers" / path).exists(), path
