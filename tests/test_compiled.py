"""Environments share what a template compiles to only where it compiles to the same."""

from collections.abc import Callable
from pathlib import Path

import jinja2
import pytest

from mkdocs_papers.pages.address import Address
from mkdocs_papers.pages.group_links import Count, Link
from mkdocs_papers.pages.language import language
from mkdocs_papers.pages.render import Renderer
from tests import compiled
from tests.compiled import Compiled, listed
from tests.sites import write_files

PAGE = {"page.html": "{{ 'Quest' | shout }} {{ words }}\n"}


def rendered(cache: Compiled, shout: Callable[[str], str], templates: dict[str, str], *, escapes: bool = True) -> str:
    loader = jinja2.DictLoader(templates)
    environment = jinja2.Environment(loader=loader, bytecode_cache=cache, autoescape=escapes)  # noqa: S701 - compared
    environment.filters["shout"] = shout
    return environment.get_template("page.html").render(words="<b>")


def test_what_compiles_alike_is_compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Compiled()
    assert rendered(cache, str.upper, PAGE) == "QUEST &lt;b&gt;"
    monkeypatch.setattr(jinja2.Environment, "compile", pytest.fail)
    assert rendered(cache, str.upper, PAGE) == "QUEST &lt;b&gt;"


def test_another_filter_setting_or_text_is_compiled_too() -> None:
    cache = Compiled()
    assert rendered(cache, str.upper, PAGE) == "QUEST &lt;b&gt;"
    assert rendered(cache, str.lower, PAGE) == "quest &lt;b&gt;"
    assert rendered(cache, str.upper, PAGE, escapes=False) == "QUEST <b>"
    assert rendered(cache, str.upper, {"page.html": "Other words"}) == "Other words"


def test_the_files_of_an_installed_theme_are_looked_for_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "_INSTALLED", str(tmp_path / "installed"))
    write_files(tmp_path, {"own/a.html": "", "own/b/.c.html": "", "installed/theme/b/d.html": ""})
    write_files(tmp_path, {"installed/theme/.icons/e.svg": "", "installed/theme/b/.f": ""})
    loader = jinja2.FileSystemLoader([tmp_path / "own", tmp_path / "installed/theme"])
    assert listed(loader) == ["a.html", "b/.c.html", "b/d.html"]
    write_files(tmp_path, {"own/g.html": "", "installed/theme/h.html": ""})
    assert listed(loader) == ["a.html", "b/.c.html", "b/d.html", "g.html"]


def test_what_renders_pages_compiles_alike_in_each_build(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each build has a renderer of its own, with functions of its own: none may be a filter or a test."""

    def renders() -> None:
        renderer = Renderer(language("en"), directory_urls=True, candidates=lambda _: ())
        renderer.fragment("count.html", "", count=Count(Link("A", Address("a")), 1))

    renders()
    monkeypatch.setattr(jinja2.Environment, "compile", pytest.fail)
    renders()
