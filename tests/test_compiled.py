"""Environments share what a template compiles to only where it compiles to the same."""

from __future__ import annotations

from collections.abc import Callable

import jinja2
import pytest

from tests.compiled import Compiled

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
