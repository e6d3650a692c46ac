"""Pages that are elsewhere since their record has another key: what was linked to them still gets there."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from mkdocs_papers.command.main import main
from tests.served import served
from tests.sites import SITE_URL, build_site, rebuild

FILES: dict[str, str | bytes] = {
    "meta/2023/H2O & co.yaml": "paper:\n  title: H2O & <Heavy>\nformer_keys: [2022/H2O, 2021/H2O]\n",
    "meta/2024/Quest.yaml": "paper:\n  title: Quest\n",
    "notes/2023/H2O & co/note.md": "# On H2O\n",
    "notes/2023/H2O & co/more.md": "# More\n",
    "notes/2022/H2O/more.md": "# Other words, at the old place\n",
}


_LEADS_ON = 'http-equiv="refresh"'


class Head(HTMLParser):
    """Where a page leads on, and what it calls itself."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.refresh, self.canonical, self.link = "", "", ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "meta" and named.get("http-equiv") == "refresh":
            self.refresh = (named["content"] or "").partition("url=")[2]
        elif tag == "link":
            self.canonical = named["href"] or ""
        elif tag == "a":
            self.link = named["href"] or ""


@pytest.mark.parametrize("directory_urls", [True, False])
def test_an_old_address_leads_on(tmp_path: Path, directory_urls: bool) -> None:  # noqa: FBT001 - MkDocs' option
    built = build_site(tmp_path, FILES, directory_urls=directory_urls)
    end, up = ("/", "../../../") if directory_urls else (".html", "../../")
    file = "/index.html" if directory_urls else ".html"
    for year in ("2022", "2021"):
        head = Head(built.text(f"papers/{year}/H2O{file}"))
        assert head.refresh == head.link == f"{up}papers/2023/H2O%20%26%20co{end}"
        assert head.canonical == f"{SITE_URL}papers/2023/H2O%20%26%20co{end}"
    note = Head(built.text(f"notes/2021/H2O/note{file}"))
    assert note.refresh == f"../{up}notes/2023/H2O%20%26%20co/note{end}"
    assert "H2O &amp; &lt;Heavy&gt;" in built.text(f"papers/2022/H2O{file}")
    # A note that is there stays.
    assert "Other words" in built.text(f"notes/2022/H2O/more{file}")
    assert f"/papers/2022/H2O{end}" not in built.text("sitemap.xml")


def test_a_key_that_is_taken_again_keeps_its_page(tmp_path: Path) -> None:
    built = build_site(tmp_path, {**FILES, "meta/2022/h2o.yaml": "paper:\n  title: Another\n"}, strict=False)
    assert "Another" in built.text("papers/2022/h2o/index.html")
    assert "papers/2022/H2O/index.html" not in built.paths()


@pytest.mark.parametrize("former", ["../../evil", "2024/../../evil", "2024/.evil", "2024/a/b", "x", "", "2024/a\\\\b"])
def test_what_is_no_key_leads_nowhere(tmp_path: Path, former: str) -> None:
    files = {"meta/2024/Quest.yaml": f'paper:\n  title: Quest\nformer_keys: ["{former}"]\n'}
    built = build_site(tmp_path, files, strict=False)
    assert not any(_LEADS_ON in built.text(path) for path in built.paths("**/*.html"))
    assert list(tmp_path.parent.glob("evil*")) == []


@pytest.mark.slow
def test_a_rename_while_the_site_is_served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "project"
    with served(root, FILES) as server:
        monkeypatch.chdir(root)
        assert main(["rename", "2024/Quest", "2025/Quest"]) == 0
        server.wait_for("papers/2025/Quest/", "Quest")
        text = server.wait("papers/2024/Quest/", lambda status, text: status == 200 and _LEADS_ON in text)
        assert Head(text).refresh == "../../../papers/2025/Quest/"
        assert main(["rename", "2025/Quest", "2024/Quest"]) == 0
        server.wait("papers/2024/Quest/", lambda status, text: status == 200 and _LEADS_ON not in text)
        server.wait("papers/2025/Quest/", lambda status, text: status == 200 and _LEADS_ON in text)
    rebuild(root)


def test_a_macro_knows_a_paper_by_the_key_that_it_had(tmp_path: Path) -> None:
    page = '# C\n\n{{ paper("2022/h2o", "that one") }} of {{ papers_count(key="2021/H2O") }}.\n'
    built = build_site(tmp_path, {**FILES, "docs/c.md": page}, {"plugins": ["macros", "papers"]})
    text = built.text("c/index.html")
    assert re.search(r'href="../papers/2023/H2O%20%26%20co/">.*that one</a> of 1.</p>', text)
