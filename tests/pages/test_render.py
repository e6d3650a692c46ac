"""Rows and entries of an index are rendered once, and read on each page as if they had been rendered there."""

from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from markupsafe import Markup

from mkdocs_papers.pages.address import Address
from mkdocs_papers.pages.group_links import Count, Link
from mkdocs_papers.pages.language import language
from mkdocs_papers.pages.render import Place, Renderer
from mkdocs_papers.pages.summaries import summaries
from tests.pages.test_pages import SITE

PLACES = [Place(base, directory_urls=urls) for base in ("", "../", "../../") for urls in (True, False)]
# Two people of one paper lead to its page.
COUNTS = [Count(Link(name, Address("papers/2024/Quest")), 1) for name in ("Ann", "Bob")]


@pytest.fixture
def rendered() -> Iterator[list[str]]:
    """The templates that are rendered."""
    names: list[str] = []
    fragment = Renderer.fragment

    def noted(self: Renderer, template: str, base: str, **values: object) -> object:
        names.append(template)
        return fragment(self, template, base, **values)

    with mock.patch.object(Renderer, "fragment", noted):
        yield names


@pytest.mark.parametrize("here", PLACES)
def test_a_row_and_a_count_read_as_if_they_were_rendered_there(here: Place) -> None:
    renderer = Renderer(language("en"), directory_urls=here.directory_urls)
    for summary in summaries(SITE).values():
        assert renderer.rows([summary], PLACES[-1])
        assert renderer.rows([summary], here) == renderer.fragment("row.html", here.base, paper=summary)
    assert renderer.counted(COUNTS, PLACES[-1])
    lines = [f"{renderer.fragment('count.html', here.base, count=count)}\n" for count in COUNTS]
    assert renderer.counted(COUNTS, here) == "".join(lines)


def test_they_are_rendered_once_for_pages_of_any_depth(rendered: list[str]) -> None:
    renderer = Renderer(language("en"), directory_urls=True)
    for here in (Place(base, directory_urls=True) for base in ("../", "../../", "../../../") * 2):
        for summary in summaries(SITE).values():
            renderer.rows([summary], here)
        renderer.counted(COUNTS, here)
    assert rendered.count("row.html") == len(summaries(SITE))
    assert rendered.count("count.html") == len(COUNTS)


def test_what_a_template_prints_is_escaped_unless_it_is_html(tmp_path: Path) -> None:
    templates = tmp_path / "papers"
    templates.mkdir()
    twice = "{% macro twice(text) %}{{ text }}{{ text }}{% endmacro %}"
    macros = f"{twice}{{% macro after(text) %}}{{{{ text }}}}{{{{ caller() }}}}{{% endmacro %}}"
    call = "{% call after(each) %}<i>{{ loop.index }}</i>{% endcall %}"
    loop = f"{{% for each in values %}}{{{{ twice(each) }}}}{call}{{% endfor %}}"
    (templates / "own.html").write_text(f"{macros}{loop}{{% include 'papers/end.html' %}}", encoding="utf-8")
    (templates / "end.html").write_text("{{ joiner('&')() }}{{ nothing is defined }}", encoding="utf-8")
    renderer = Renderer(language("en"), directory_urls=True, overrides=(tmp_path,))

    # The same text, once as text and once as HTML, in either order, and what is no text at all.
    found = renderer.fragment("own.html", "", values=("<b>", Markup("<b>"), "<b>", 2, None))

    text, html = "&lt;b&gt;&lt;b&gt;&lt;b&gt;<i>{}</i>", "<b><b><b><i>{}</i>"
    assert (
        found
        == "".join(
            shown.format(number)
            for number, shown in enumerate((text, html, text, "222<i>{}</i>", "NoneNoneNone<i>{}</i>"), start=1)
        )
        + "False"
    )
