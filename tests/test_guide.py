"""The guide on the site: whoever follows it gets what it says, and it leaves nothing out."""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar

import pytest
import yaml
from mkdocs.config import load_config

from mkdocs_papers.command.fixing import fix
from mkdocs_papers.library.load import load
from mkdocs_papers.library.settings import Settings, settings_from
from mkdocs_papers.pages.language import language
from mkdocs_papers.records.problem import CODES
from mkdocs_papers.records.schema import PaperInfo, fields
from mkdocs_papers.site.macros import Macros
from mkdocs_papers.site.options import PapersConfig, core_settings
from reference import macros as reference
from tests import snippets
from tests.command.test_catalogue import FOUND_BY_THE_SITE
from tests.examples import EXAMPLES
from tests.linkcheck import dead_links
from tests.sites import ROOT, rebuild, write_files
from tests.walkthrough import follow, run_command

GUIDE = ROOT / "docs" / "guide"
PACKAGE = ROOT / "plugins" / "mkdocs_papers"
CONFIGURATION = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
PAGES = sorted(path.stem for path in GUIDE.glob("*.md"))


def guide(name: str) -> str:
    return (GUIDE / f"{name}.md").read_text(encoding="utf-8")


LIBRARY: dict[str, str | bytes] = {
    "mkdocs.yml": """\
site_name: Our reading list
site_url: https://example.org/reading/
theme: {name: material, font: false}
plugins:
  - search
  - macros
  - papers:
      keywords: {kv_cache: KV Cache, sparse_attention: Sparse Attention, quantization: Quantisation}
""",
    "docs/index.md": "# Home\n",
    "meta/2023/H2O.yaml": "paper:\n  title: H2O\npub:\n  where: NeurIPS\nkeyword:\n  words: quantization\n",
    "meta/2024/Quest.prototxt": """\
paper {
  title: "Quest: Query-Aware Sparsity for Efficient Long-Context LLM Inference"
  abbr: "Quest"
  url: "https://arxiv.org/abs/2406.10774"
}
keyword {
  words: kv_cache
}
""",
    "notes/2024/Quest/note.md": "# Quest\n\nPages of keys.\n",
}
"""A library that some guides take for granted."""

LORA: dict[str, str | bytes] = {"meta/2022/lora.yaml": "paper:\n  title: LoRA\npub:\n  where: ICLR\n"}

GIVEN: dict[str, dict[str, str | bytes]] = {
    "first-library": {},
    "moving": {},
    "records": {
        "mkdocs.yml": (
            "site_name: Papers\nsite_url: https://example.org/reading/\n"
            "theme: {name: material, font: false}\nplugins: [search, papers]\n"
        ),
        "docs/index.md": "# Home\n",
    },
    "exports": LIBRARY,
    "macros": {**LIBRARY, **LORA},
    "sanitising": {"docs/index.md": "# Home\n"},
    "theming": LIBRARY,
    "writing": LIBRARY,
}
"""What the reader of each guide has before the first step."""


@pytest.mark.parametrize("name", GIVEN)
def test_a_guide_can_be_followed(name: str, tmp_path: Path) -> None:
    write_files(tmp_path, GIVEN[name])
    follow(guide(name), tmp_path)
    rebuild(tmp_path)
    if name in AFTERWARDS:
        AFTERWARDS[name](tmp_path / "site")
    address = "http://127.0.0.1:8000/" if name == "first-library" else "https://example.org/reading/"
    assert dead_links(tmp_path / "site", address) == []


def _after_first_library(site: Path) -> None:
    assert "<math" in (site / "notes/2022/lora/note/index.html").read_text(encoding="utf-8")
    assert "papers/2023/qlora/" in (site / "notes/2022/lora/note/index.html").read_text(encoding="utf-8")
    assert "2022/lora/" in (site / "papers/2023/qlora/index.html").read_text(encoding="utf-8")


def _after_macros(site: Path) -> None:
    home = (site / "index.html").read_text(encoding="utf-8")
    assert "3 papers, 1 of them on quantisation" in home
    assert 'data-paper="2022/lora"' in home
    assert "1 of 3 papers have a note." in (site / "coverage/index.html").read_text(encoding="utf-8")


def _after_sanitising(site: Path) -> None:
    page = (site / "notes/2024/Quest/note/index.html").read_text(encoding="utf-8")
    assert "<strong>pages</strong>" in page
    assert "<script>alert" not in page
    assert "onclick" not in page
    assert "javascript:" not in page
    assert "alert" not in (site / "notes/2024/Quest/pages.svg").read_text(encoding="utf-8")


def _after_theming(site: Path) -> None:
    page = (site / "notes/2024/Quest/note/index.html").read_text(encoding="utf-8")
    assert "Corrections are welcome" in page
    assert page.index("assets/papers/papers.css") < page.index("assets/ours.css")


AFTERWARDS = {
    "first-library": _after_first_library,
    "macros": _after_macros,
    "sanitising": _after_sanitising,
    "theming": _after_theming,
}
"""What is true of the site that a guide has led to."""


def test_publishing(tmp_path: Path) -> None:
    """Where the guide takes a repository on GitHub for granted, a bare one beside the project stands in for it."""
    project = tmp_path / "reading"
    write_files(project, {**LIBRARY, ".gitignore": "site/\n"})
    variables = {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        **{f"GIT_{who}_{what}": "someone@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }
    for command in (
        "git init --quiet --bare ../bare.git",
        "git init --quiet --initial-branch=main .",
        "git remote add origin ../bare.git",
        "git add .",
        "git commit --quiet --message Start",
    ):
        run_command(command, project, variables)
    follow(guide("publishing"), project, variables)
    published = run_command("git ls-tree -r --name-only gh-pages", tmp_path / "bare.git", variables).split()
    assert {"index.html", "papers/2024/Quest/index.html", "papers.json"} <= set(published)
    page = (project / "site/papers/2024/Quest/index.html").read_text(encoding="utf-8")
    assert "https://github.com/example/reading/edit/main/meta/2024/Quest.prototxt" in page
    assert dead_links(project / "site", "https://example.org/reading/") == []
    for workflow in (".github/workflows/pages.yml", ".github/workflows/check.yml"):
        for step in _steps(yaml.safe_load((project / workflow).read_text(encoding="utf-8"))):
            if "run" in step:
                run_command(step["run"], project, variables)


def test_the_workflow_of_the_guide_is_ours_but_for_make() -> None:
    told = yaml.safe_load(snippets.files(guide("publishing"))[".github/workflows/pages.yml"])
    ours = yaml.safe_load((ROOT / ".github/workflows/pages.yml").read_text(encoding="utf-8"))
    for workflow in (told, ours):
        for step in _steps(workflow):
            step.get("with", {}).pop("cache-dependency-path", None)
    builds = [step for step in _steps(ours) if step.get("run") == "make build"]
    assert len(builds) == 1
    builds[0]["run"] = "mkdocs build --strict"
    installs = {"run": "pip install -r requirements.txt"}
    assert [step for step in _steps(told) if step != installs] == list(_steps(ours))
    for workflow in (told, ours):
        for job in workflow["jobs"].values():
            del job["steps"]
    assert told == ours


def _steps(workflow: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for job in workflow["jobs"].values():
        yield from job["steps"]


_SECTION = r"^## `(\w+)`\n(.*?)(?=^## )"


class TestOptions:
    """`options.md`."""

    SECTIONS: ClassVar[dict[str, str]] = dict(re.findall(_SECTION, guide("options"), re.MULTILINE | re.DOTALL))

    def test_none_is_missing_and_they_are_in_order(self) -> None:
        assert list(self.SECTIONS) == list(PapersConfig().keys())

    @pytest.mark.parametrize("name", SECTIONS)
    def test_its_default(self, name: str) -> None:
        told = re.search(r"Default:\s+`(.+?)`", self.SECTIONS[name])
        assert told
        assert yaml.safe_load(told[1]) == PapersConfig()[name]

    @pytest.mark.parametrize("name", SECTIONS)
    def test_its_example(self, name: str, tmp_path: Path) -> None:
        (example,) = snippets.snippets(self.SECTIONS[name])
        write_files(tmp_path, {"mkdocs.yml": f"site_name: Papers\n{example.text}", "docs/index.md": "# Home\n"})
        config = load_config(str(tmp_path / "mkdocs.yml"))
        options = config.plugins["papers"].config
        assert isinstance(options, PapersConfig)
        core_settings(options, config)
        # `enabled` shows where its default may come from instead.
        assert options[name] != PapersConfig()[name] or name == "enabled"

    def test_links_to_options_lead_to_one(self) -> None:
        for page in PAGES:
            assert set(re.findall(r"options\.md#(\w+)\)", guide(page))) <= set(self.SECTIONS)


class TestProblems:
    """`problems.md`, whose examples are tested beside what they are about."""

    def test_every_code_has_a_line_in_the_summary(self) -> None:
        row = re.compile(r"^\| \[`([\w-]+)`\].* \| (\w+) \| (yes)? ?\| (.*) \|$", re.MULTILINE)
        expected = [(each.name, each.level.value, "yes" * each.is_mended, each.about) for each in EXAMPLES.values()]
        assert row.findall(reference.problem_summary()) == expected

    def test_lines_that_check_prints(self) -> None:
        line = "meta/2024/Quest.prototxt:3:3: unknown field 'abr' in paper; did you mean 'abbr'? [unknown-field]"
        assert EXAMPLES["unknown-field"].line == line
        assert {name for name, example in EXAMPLES.items() if not example.line} == FOUND_BY_THE_SITE

    @pytest.mark.parametrize("name", [name for name, example in EXAMPLES.items() if example.is_mended])
    def test_the_example_mended_is_what_fix_leaves(self, name: str, tmp_path: Path) -> None:
        write_files(tmp_path, EXAMPLES[name].wrong)
        settings = _settings(tmp_path)
        fix(settings, lambda _path: True)
        for path, content in EXAMPLES[name].right.items():
            assert (tmp_path / path).read_text(encoding="utf-8") == content
        assert load(settings).problems == ()

    @pytest.mark.parametrize("page", PAGES)
    def test_links_to_codes_lead_to_one(self, page: str) -> None:
        assert set(re.findall(r"problems\.md#([\w-]+)\)", guide(page))) <= CODES.keys()


def _settings(root: Path) -> Settings:
    configuration = root / "mkdocs.yml"
    if not configuration.exists():
        return Settings(root)
    plugins = yaml.safe_load(configuration.read_text(encoding="utf-8"))["plugins"]
    return settings_from(next(plugin["papers"] for plugin in plugins if isinstance(plugin, dict)), root)


def test_every_field_is_in_the_table() -> None:
    told = re.findall(r"^\| `([\w.]+)` \|", reference.record_fields(), re.MULTILINE)
    expected = []
    for name, field in fields(PaperInfo).items():
        expected += [f"{name}.{inner}" for inner in fields(field.block)] if field.block else [name]
    assert told == expected


def test_every_macro_has_a_section_with_an_example() -> None:
    names = list(Macros.functions(Macros.__new__(Macros)))
    sections = re.findall(r"^## `(papers?\w*|notes\w*)`\n(.*?)(?=^## )", guide("macros"), re.MULTILINE | re.DOTALL)
    assert sorted(name for name, _ in sections) == sorted(names)
    for name, text in sections:
        assert f'{{{{ example("{name}"' in text or f"{{{{ {name}(" in text


@pytest.mark.parametrize("page", PAGES)
def test_its_macros_exist(page: str) -> None:
    """And all of those that are there for the guide are in use."""
    known: dict[str, object] = {}
    reference.define_env(_Environment(known))
    text = re.sub(r"\{% raw %\}.*?\{% endraw %\}", "", guide(page), flags=re.DOTALL)
    called = set(re.findall(r"\{\{ (\w+)\(", text))
    assert called <= known.keys() or "render_macros: false" in text
    assert set(known) <= set(re.findall(r"\{\{ (\w+)\(", "".join(map(guide, PAGES))))


class _Environment:
    def __init__(self, known: dict[str, object]) -> None:
        self.macros: Mapping[str, Callable[..., object]] = {}
        self._known = known

    def macro(self, function: Callable[..., object], name: str = "") -> object:
        self._known[name or function.__name__] = function
        return function


def test_the_words_of_the_interface_are_all_listed() -> None:
    told = re.findall(r"^\| `([\w.]+)` \|", reference.interface_words(), re.MULTILINE)
    assert told == list(language("en").texts)


class TestTheming:
    """`theming.md`."""

    def test_the_variables_exist(self) -> None:
        styles = "".join(path.read_text(encoding="utf-8") for path in (PACKAGE / "assets").rglob("*.css"))
        told = set(re.findall(r"--papers-[a-z-]+", guide("theming")))
        assert told
        assert {name for name in told if f"{name}:" not in styles} == set()

    def test_the_templates_exist(self) -> None:
        told = set(re.findall(r"`([a-z_]+\.html)`", guide("theming")))
        there = {path.name for path in (PACKAGE / "templates/papers").iterdir()}
        assert told
        assert told <= there


@pytest.mark.parametrize("page", PAGES)
def test_it_is_in_the_navigation_and_in_the_overview(page: str) -> None:
    assert f"guide/{page}.md" in CONFIGURATION
    assert page == "index" or f"({page}.md)" in guide("index")


@pytest.mark.parametrize("page", ["architecture", "design", "theming"])
def test_files_that_are_named_exist(page: str) -> None:
    for path in re.findall(r"`((?:[a-z_]+/)+[\w.-]*)`", guide(page)):
        assert (PACKAGE / path).exists() or (ROOT / path).exists() or path in MADE, path


MADE = {"site/", ".cache/", "papers/page/2/"}
"""What a build makes."""


def test_only_guides_that_are_followed_hold_snippets() -> None:
    for page in set(PAGES) - GIVEN.keys() - {"adding", "publishing", "options", "problems", "recipes"}:
        assert all(not each.language for each in snippets.snippets(guide(page))), page


def test_following_a_guide_finds_what_is_wrong_in_it(tmp_path: Path) -> None:
    """A command that fails is seen, and so is output that differs."""
    with pytest.raises(AssertionError):
        follow("```sh\nfalse\n```\n", tmp_path)
    with pytest.raises(AssertionError):
        follow("```sh\necho a\n```\n\n```text\nb\n```\n", tmp_path)
    with pytest.raises(AssertionError):
        follow("```lisp\n(car nil)\n```\n", tmp_path)
    follow("```sh\necho a\n```\n\n```text\na\n```\n", tmp_path)
