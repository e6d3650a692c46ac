"""The project itself: its rooms, its declarations and its commands agree with one another."""

import ast
import functools
import importlib.metadata
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

import mkdocs_papers
from tests.sites import ROOT

PACKAGE = ROOT / "plugins" / "mkdocs_papers"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = [line for lines in PROJECT["optional-dependencies"].values() for line in lines]
REQUIREMENTS: dict[str, Requirement] = {
    canonicalize_name(line.name): line for line in map(Requirement, [*PROJECT["dependencies"], *EXTRAS])
}

CORE = ("incremental", "records", "library", "views", "search", "pages")
"""The rooms that know no MkDocs, from left to right."""
MAY_IMPORT = {
    **{room: CORE[: position + 1] for position, room in enumerate(CORE)},
    "records": ("records",),
    "sources": ("records", "sources"),
    "command": (*CORE, "sources", "command"),
    "editing": (*CORE, "sources", "command", "editing"),
    "site": (*CORE, "editing", "site"),
}
GENERATORS = {"mkdocs", "material", "mkdocs_macros"}


@functools.cache
def _imports(source: Path) -> tuple[str, ...]:
    """The modules that a file imports, with full names."""
    return tuple(_imported_names(source))


def _imported_names(source: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{source}: a relative import hides which room it is from"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


MODULES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))


def _not_to_be_imported(module: str) -> set[str]:
    """The rooms, and the programs that make sites, that a module imports and should not."""
    room = module.partition("/")[0]
    imported = _imports(PACKAGE / module)
    rooms = {name.split(".")[1] for name in imported if name.startswith("mkdocs_papers.")} & MAY_IMPORT.keys()
    generators = GENERATORS & {name.partition(".")[0] for name in imported}
    return rooms.difference(MAY_IMPORT.get(room, ())) | (generators if room in MAY_IMPORT and room != "site" else set())


def test_imports_go_one_way() -> None:
    found = {module: _not_to_be_imported(module) for module in MODULES}
    assert {module: names for module, names in found.items() if names} == {}


def _circles(imports: Mapping[str, Collection[str]]) -> list[list[str]]:
    """The modules that import one another, directly or by way of others; each circle in order, and each once."""
    reached: dict[str, set[str]] = {}
    for module in imports:
        waiting, found = list(imports[module]), set[str]()
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += imports.get(name, ())
        reached[module] = found
    found_circles = {
        tuple(sorted(name for name in reached[module] if module in reached.get(name, ())))
        for module in imports
        if module in reached[module]
    }
    return sorted(map(list, found_circles))


def _imported_modules() -> dict[str, set[str]]:
    """The modules of this package that each module imports, at its head or anywhere else, for types too."""
    names = {
        ".".join((PACKAGE.name, *Path(module).with_suffix("").parts)).removesuffix(".__init__"): module
        for module in MODULES
    }
    return {
        module: {
            names[name]
            for each in _imports(PACKAGE / module)
            for name in (each, each.rpartition(".")[0])
            if name in names
        }
        for module in MODULES
    }


def test_no_module_imports_itself_by_way_of_others() -> None:
    assert _circles(_imported_modules()) == []


def test_circles_are_found() -> None:
    imports = {"a": ["b"], "b": ["c", "x"], "c": ["a"], "x": [], "y": ["y"], "z": ["a"]}
    assert _circles(imports) == [["a", "b", "c"], ["y"]]
    assert "records/schema.py" in _imported_modules()["records/record.py"]


def test_what_is_imported_is_declared() -> None:
    distributions = importlib.metadata.packages_distributions()
    top = {name.partition(".")[0] for module in MODULES for name in _imports(PACKAGE / module)}
    others = top - sys.stdlib_module_names - {"mkdocs_papers"}
    assert {
        name for name in others if not {*map(canonicalize_name, distributions[name])} & REQUIREMENTS.keys()
    } == set()


def _locked(lock: str) -> list[str]:
    """The packages of a lock file, each with its digests on one line."""
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8").replace("\\\n", "")
    return [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]


@pytest.mark.parametrize("lock", ["dev.txt", "lowest.txt"])
def test_every_package_is_pinned_by_its_digests(lock: str) -> None:
    assert [line for line in _locked(lock) if not re.search(r"==\S+.* --hash=sha256:[0-9a-f]{64}", line)] == []


def _pins(lock: str) -> dict[str, set[Version]]:
    pins: dict[str, set[Version]] = {}
    for line in _locked(lock):
        pin = Requirement(line.partition(" --hash")[0])
        pins.setdefault(canonicalize_name(pin.name), set()).update(Version(one.version) for one in pin.specifier)
    return pins


def test_the_lowest_version_allowed_is_the_lowest_tested() -> None:
    pins = _pins("lowest.txt")
    lowest = {
        name: {Version(one.version) for one in line.specifier if one.operator == ">="}
        for name, line in REQUIREMENTS.items()
    }
    assert lowest == {name: pins[name] for name in REQUIREMENTS}


def test_the_pinned_version_is_allowed() -> None:
    pins = _pins("dev.txt")
    assert [n for n, line in REQUIREMENTS.items() if not all(map(line.specifier.contains, pins[n]))] == []


def test_supported_pythons_are_tested() -> None:
    stated = {
        word.removeprefix("Programming Language :: Python :: ")
        for word in PROJECT["classifiers"]
        if re.search(r"Python :: 3\.\d+$", word)
    }
    workflow = yaml.safe_load((ROOT / ".github/workflows/test.yml").read_text(encoding="utf-8"))
    assert stated == set(workflow["jobs"]["test"]["strategy"]["matrix"]["python"])
    supported = SpecifierSet(PROJECT["requires-python"])
    assert stated == {f"3.{minor}" for minor in range(30) if supported.contains(f"3.{minor}")}


def test_the_changelog_tells_of_this_version() -> None:
    headings = re.findall(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert mkdocs_papers.__version__ in headings[:2]


def test_the_changelog_says_what_a_dependency_is_for() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert [name for name in REQUIREMENTS if f"`{name}`" not in changelog] == []


def test_continuous_integration_can_run() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_make_lists_its_targets() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE)
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony
    assert sorted(phony[1].split()) == sorted(targets)
    listed = subprocess.run(["make", "-C", ROOT, "--no-print-directory"], capture_output=True, text=True, check=True)
    assert [line.split()[1] for line in listed.stdout.splitlines()] == targets


WORKFLOWS = sorted(
    [*(ROOT / ".github/workflows").glob("*.yml"), *(PACKAGE / "starter/workflows").glob("*.yml")],
    key=lambda path: path.as_posix(),
)
_PINNED = re.compile(r"[\w/.-]+@[0-9a-f]{40} # v[0-9]+\.[0-9]+\.[0-9]+")


@pytest.mark.parametrize(
    "path", [*WORKFLOWS, ROOT / "docs/guide/publishing.md"], ids=lambda path: path.parent.name + path.name
)
def test_actions_are_pinned_by_commit_and_alike_everywhere(path: Path) -> None:
    used = re.findall(r"\buses: (.*)", path.read_text(encoding="utf-8"))
    assert used
    assert [use for use in used if not _PINNED.fullmatch(use)] == []
    everywhere = {use for each in WORKFLOWS for use in re.findall(r"\buses: (.*)", each.read_text(encoding="utf-8"))}
    assert set(used) <= everywhere
    assert len(everywhere) == len({use.partition("@")[0] for use in everywhere})


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.parent.parent.name + path.name)
def test_a_checkout_keeps_no_token(path: Path) -> None:
    for step in _steps(path):
        if step.get("uses", "").startswith("actions/checkout@"):
            # A site is made of the whole history.
            whole = {"fetch-depth": 0} if path.name == "pages.yml" else {}
            assert step["with"] == {"persist-credentials": False, **whole}


@pytest.mark.parametrize("path", [path for path in WORKFLOWS if path.name == "pages.yml"], ids=str)
def test_no_cache_but_the_deployments_own_reaches_it(path: Path) -> None:
    steps = list(_steps(path))
    # What somebody committed goes before anything else runs.
    assert steps[0]["uses"].startswith("actions/checkout@")
    assert steps[1] == {"run": "rm -rf .cache"}
    assert not any("cache" in name for step in steps for name in step.get("with", {}))
    for step in steps:
        if step.get("uses", "").startswith("actions/cache"):
            assert step["with"] == {
                "path": ".cache/mkdocs-papers",
                "key": "deployment-${{ github.run_id }}-${{ github.run_attempt }}",
                "restore-keys": "deployment-",
            }
    others = [step for each in WORKFLOWS if each.name != "pages.yml" for step in _steps(each)]
    assert not any(step.get("uses", "").startswith("actions/cache") for step in others)


def _steps(path: Path) -> Iterator[dict[str, Any]]:
    for job in yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].values():
        yield from job["steps"]


@pytest.mark.parametrize("workflow", ["test.yml", "pages.yml"])
def test_workflows_have_few_rights_and_an_end(workflow: str) -> None:
    content = yaml.safe_load((ROOT / ".github/workflows" / workflow).read_text(encoding="utf-8"))
    assert content["permissions"] == {"contents": "read"}
    assert all("timeout-minutes" in job for job in content["jobs"].values())


PATTERNS_OVER_MARKUP = {
    "library/html_in_markdown.py": "tells its tokenizer what begins no tag for Markdown; that reads the HTML",
    "library/prose.py": "takes Markdown apart into words, which are escaped wherever they are shown",
    "sources/without_markup.py": "tells its parser what begins no tag of a service; it gives text, which is escaped",
    "site/steps.py": "counts how far Markdown would look from what may be a tag, and changes nothing",
}
"""Where regular expressions look at markup after all, and why that cannot go wrong."""

_MARKUP = re.compile(r"<[^=!<>?P]|<!--|=[^=]*\\?[\"'].*\\?[\"'>]|(?:href|src|class|style|data-[a-z]+)\b.*=")
_FUNCTIONS = {"compile", "sub", "subn", "search", "match", "fullmatch", "split", "findall", "finditer"}


def _patterns(source: str) -> Iterator[str]:
    """The texts of all regular expressions in a module, with those that they are put together from."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and (node.func.value.id, node.func.attr in _FUNCTIONS) == ("re", True)
            and node.args
        ):
            for part in ast.walk(node.args[0]):
                if isinstance(part, ast.Constant) and isinstance(part.value, str | bytes):
                    yield part.value if isinstance(part.value, str) else part.value.decode("latin-1")


def _over_markup(source: str) -> list[str]:
    # Named groups and looking around are no markup.
    bare = (re.sub(r"\(\?(?:P?<\w+>|<?[=!]|P=\w+)", "(", pattern) for pattern in _patterns(source))
    return [pattern for pattern in bare if _MARKUP.search(pattern)]


@pytest.mark.parametrize(
    "pattern",
    [
        "<a>",
        "</p>",
        "<[^>]*>",
        r"(?P<tag><\w+)",
        "<!--.*?-->",
        r"\s(href|src)\s*=\s*(\"[^\"]*\"|'[^']*')",
        r"(?<=<)script",
        'class="arithmatex"',
    ],
)
def test_a_pattern_over_markup_is_known_when_seen(pattern: str) -> None:
    assert _over_markup(f"import re\nre.compile({pattern!r}, re.DOTALL)\nre.compile('a')")


def test_markup_is_parsed_and_never_matched() -> None:
    found = {module: _over_markup((PACKAGE / module).read_text(encoding="utf-8")) for module in MODULES}
    assert {module for module, patterns in found.items() if patterns} == PATTERNS_OVER_MARKUP.keys(), found
