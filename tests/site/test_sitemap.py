"""The sitemap is what the theme's template makes of all pages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import jinja2
import mkdocs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.site import sitemap
from tests import log
from tests.sites import build_site

DATE = "2024-01-01"
MKDOCS = (Path(mkdocs.__file__).parent / "templates" / "sitemap.xml").read_text(encoding="utf-8")
ONE_EACH = "{% for file in pages %}<url>{{ file.page.canonical_url|e }}</url>\n{% endfor %}"
COMMAS = "{% for file in pages %}{{ file.page.canonical_url|e }}{{ ',' if not loop.last }}{% endfor %}"
ODD = {
    "unescaped": "{% for file in pages %}{{ file.page.canonical_url }} {% endfor %}",
    "numbered": "{% for file in pages %}{{ loop.index }} {{ file.page.canonical_url|e }}\n{% endfor %}",
    "backwards": "{% for file in pages|reverse %}{{ file.page.canonical_url|e }}\n{% endfor %}",
    "twice": "{% for file in pages %}{{ file.page.canonical_url|e }}={{ file.page.canonical_url|e }}\n{% endfor %}",
    "cut": "{% for file in pages %}{{ file.page.canonical_url|truncate(9, true) }}\n{% endfor %}",
    "counted": "{{ pages|length }}{% for file in pages %}<url>{{ file.page.canonical_url|e }}</url>{% endfor %}",
    "none": "nothing of them",
}
PLAIN = [MKDOCS, ONE_EACH, COMMAS]
DOCS = [SimpleNamespace(page=SimpleNamespace(is_link=False, canonical_url="https://x/docs/", update_date="2020-02-02"))]
URLS = ["https://x/a/", "https://x/b/", "https://x/c/", "https://x/d&e/", "https://x/f/", "https://x/g/"]


class Template:
    """A template of the sitemap, which counts how many addresses it was rendered for."""

    def __init__(self, text: str) -> None:
        self._template = jinja2.Environment(autoescape=False).from_string(text)  # noqa: S701 - as in MkDocs
        self.urls = 0

    def rendered(self, ours: Sequence[sitemap.Listed]) -> str:
        self.urls += len(ours)
        return self._template.render(pages=[*DOCS, *ours])

    def filled(self, urls: Sequence[str]) -> str:
        return sitemap.filled(
            self.rendered(sitemap.marks(DATE)), urls, lambda some: self.rendered(sitemap.listed(some, DATE))
        )


@pytest.mark.parametrize("text", [*PLAIN, *ODD.values()])
@given(urls=st.lists(st.text("abc/&<'\"%2 0ü-", min_size=1)))
def test_it_says_what_the_template_says_of_all_pages(text: str, urls: list[str]) -> None:
    template = Template(text)
    assert template.filled(urls) == template.rendered(sitemap.listed(urls, DATE))


@pytest.mark.parametrize("text", PLAIN)
def test_the_template_is_rendered_for_a_few(text: str) -> None:
    template = Template(text)
    template.filled(URLS * 1000)
    assert template.urls < 10


@pytest.mark.parametrize("text", ODD.values())
def test_where_it_does_more_than_to_print_them_it_is_rendered_for_all(text: str) -> None:
    template = Template(text)
    template.filled(URLS * 1000)
    assert template.urls >= len(URLS) * 1000


def test_other_plugins_see_all_pages(tmp_path: Path) -> None:
    hook = """
def on_template_context(context, template_name, config):
    if template_name == "sitemap.xml":
        context["pages"] = [file for file in context["pages"] if "P3" not in (file.page.canonical_url or "")]
"""
    records = {f"meta/2024/P{number}.prototxt": f'paper {{ title: "Paper {number}" }}\n' for number in range(9)}
    with log.collected():
        site = build_site(tmp_path, {**records, "hook.py": hook}, {"site_url": "https://x.org/", "hooks": ["hook.py"]})
    text = site.text("sitemap.xml")
    assert "https://x.org/papers/2024/P4/" in text
    assert "papers/2024/P3" not in text
