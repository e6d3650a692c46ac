"""A home page is never empty, and its owner may say where the plugin's stands."""

from pathlib import Path

import pytest

from tests import log
from tests.linkcheck import dead_links
from tests.site.libraries import PAIR
from tests.site.previews import Preview
from tests.sites import SITE_URL, build_site, write_files

WAYS = 'class="papers-ways"'


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# Home\n",
        "Home\n====\n",
        "<h1>Home</h1>",
        "---\ntitle: Home\n---\n",
        "---\nhide: [toc]\n---\n\n# Home",
        "<!-- later -->",
    ],
    ids=["empty", "title", "underlined", "html", "front matter", "both", "comment"],
)
def test_a_home_page_that_says_nothing_shows_the_library(tmp_path: Path, text: str) -> None:
    built = build_site(tmp_path, {**PAIR, "docs/index.md": text}, {"plugins": ["search", "papers"]})
    home = built.text("index.html")
    assert home.count(WAYS) == 1
    assert home.count("<h1") == 1
    assert "papers/2024/Quest/" in home
    assert dead_links(built.site, SITE_URL) == []


def test_a_home_page_with_words_stays_as_it_is(tmp_path: Path) -> None:
    files = {**PAIR, "docs/index.md": "# Home\n\nWords.", "docs/other.md": "# Other"}
    built = build_site(tmp_path / "words", files)
    assert WAYS not in built.text("index.html")
    assert WAYS not in built.text("other/index.html")
    files = {**PAIR, "docs/index.md": "---\ntemplate: 404.html\n---\n"}
    assert WAYS not in build_site(tmp_path / "template", files).text("index.html")


@pytest.mark.parametrize("plugins", [["papers"], ["macros", "papers"], ["papers", "macros"]], ids=" ".join)
def test_a_comment_puts_it_below_words(tmp_path: Path, plugins: list[str]) -> None:
    about = "# About\n\nBefore.\n\n<!-- papers_home -->\n\nAfter.\n\n    <!-- papers_home -->\n"
    files = {**PAIR, "docs/index.md": "# Home\n\n<!--papers_home-->\n", "docs/about/us.md": about}
    built = build_site(tmp_path, files, {"plugins": plugins})
    assert built.text("index.html").count(WAYS) == 1
    page = built.text("about/us/index.html")
    assert page.count(WAYS) == 1
    assert page.index("Before.") < page.index(WAYS) < page.index("After.") < page.index("papers_home")
    assert 'href="../../papers/2024/Quest/"' in page


def test_a_macro_is_enough(tmp_path: Path) -> None:
    files = {**PAIR, "docs/index.md": "# Home\n\n{{ papers_home() }}\n"}
    assert build_site(tmp_path, files, {"plugins": ["macros", "papers"]}).text("index.html").count(WAYS) == 1


def test_a_save_of_a_paper_shows_on_such_a_home_page(tmp_path: Path) -> None:
    build_site(tmp_path, {**PAIR, "docs/index.md": "# Home\n"})
    with log.collected():
        preview = Preview(tmp_path, tmp_path / "served")
        write_files(tmp_path, {"meta/2025/New.yaml": "paper:\n  title: A new paper\n"})
        assert preview.save()
        assert b"A new paper" in preview.tree()["index.html"]
