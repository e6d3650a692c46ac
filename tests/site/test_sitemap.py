"""The sitemap is what its template makes of all pages, MkDocs' own, a theme's or a site's."""

import gzip
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.site.sitemap import Compressor
from tests import log
from tests.sites import Build, build_site

RECORDS = {f"meta/2024/P{number}.prototxt": f'paper {{ title: "Paper {number}" }}\n' for number in range(9)}
SITE = {"site_url": "https://x.org/", "theme": {"name": "material", "font": False, "custom_dir": "overrides"}}


def built(tmp_path: Path, files: dict[str, str]) -> Build:
    """A site of nine papers with a sitemap."""
    with log.collected():
        return build_site(tmp_path, {"overrides/main.html": '{% extends "base.html" %}\n', **RECORDS, **files}, SITE)


def test_it_lists_the_papers(tmp_path: Path) -> None:
    text = built(tmp_path, {}).text("sitemap.xml")
    listed = [f"<loc>https://x.org/papers/2024/P{number}/</loc>" for number in range(9)]
    assert [text.count(each) for each in listed] == [1] * 9


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("{% for file in pages %}{{ loop.index }}\n{% endfor %}", "15\n"),
        ("{% for file in pages if '/papers/2' in file.page.canonical_url %}{{ loop.length }} {% endfor %}", "9 "),
        (
            "{% for file in pages|reverse %}{{ file.page.canonical_url }} {% endfor %}",
            "P8/ https://x.org/papers/2024/P7/",
        ),
    ],
)
def test_a_template_of_the_site_sees_all_pages(tmp_path: Path, template: str, says: str) -> None:
    text = built(tmp_path, {"overrides/sitemap.xml": template}).text("sitemap.xml")
    assert says in text


def test_a_sitemap_of_the_docs_folder_stays_what_it_is(tmp_path: Path) -> None:
    files = {"docs/sitemap.xml": "{{ pages|length }} pages, says my own", "docs/index.md": "# Home\n\nWords.\n"}
    config = {"site_url": "https://x.org/", "extra_templates": ["sitemap.xml"]}
    site = build_site(tmp_path, {**RECORDS, **files}, config)
    assert site.text("sitemap.xml").endswith(" pages, says my own")


def test_other_plugins_see_all_pages(tmp_path: Path) -> None:
    hook = """
def on_template_context(context, template_name, config):
    if template_name == "sitemap.xml":
        context["pages"] = [file for file in context["pages"] if "P3" not in (file.page.canonical_url or "")]
"""
    with log.collected():
        site = build_site(tmp_path, {**RECORDS, "hook.py": hook}, {"site_url": "https://x.org/", "hooks": ["hook.py"]})
    text = site.text("sitemap.xml")
    assert "https://x.org/papers/2024/P4/" in text
    assert "papers/2024/P3" not in text


def test_it_is_compressed_as_mkdocs_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    site = built(tmp_path, {}).site
    content, path = (site / "sitemap.xml").read_bytes(), site / "sitemap.xml.gz"
    assert Compressor().compressed(content, str(path), 86400) == path.read_bytes()


@given(
    st.lists(
        st.lists(st.sampled_from([b"a" * 300, b"https://x.org/", b"\n", b"papers/2024/"]), max_size=12), max_size=6
    )
)
def test_what_is_compressed_goes_on_from_what_was_compressed_before(contents: list[list[bytes]]) -> None:
    compressor = Compressor(step=500)
    for parts in contents:
        content, whole = b"".join(parts), io.BytesIO()
        with gzip.GzipFile("a/sitemap.xml.gz", "wb", fileobj=whole, mtime=7) as file:
            file.write(content)
        assert compressor.compressed(content, "a/sitemap.xml.gz", 7) == whole.getvalue()
