"""What goes into the index of the header's search."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from material.plugins.search.plugin import SearchPlugin  # type: ignore[import-untyped] # it has no types

from mkdocs_papers.site import search
from tests import log
from tests.sites import Build, build_site

FILES: dict[str, str | bytes] = {
    "meta/2024/wanda.prototxt": """\
paper {
  title: "A <b>Simple</b> & Effective Approach to $\\\\infty$"
  abbr: "Wanda"
  url: "https://arxiv.org/abs/2306.11695"
  authors: "Mingjie Sun"
  authors: "José Müller"
  institutions: "CMU"
  abstract: "What the abstract says."
}
pub {
  where: "ICLR"
}
code {
  type: "PyTorch"
  url: "https://github.com/locuslab/wanda"
}
keyword {
  words: pruning
}
baseline {
  methods: "2023/SparseCN"
}
rating: 4
status: read
""",
    "meta/2023/SparseCN.prototxt": """\
paper {
  title: "稀疏注意力机制综述"
  abbr: "SparseCN"
  authors: "王小明"
}
pub {
  where: "计算机学报"
}
""",
    "notes/2024/wanda/note.md": """\
---
tags: [剪枝, measured]
---

Words before the title.

# Weights times *activations*

The score is $s_{ij}$, see [SparseCN](../../../meta/2023/SparseCN.prototxt), and

$$\\sum_j w_j x_j$$

is left.

| Layer | Score |
|---|---|
| first | 缓存 |

## Limits

Nothing about outliers.
""",
    "notes/2023/SparseCN/note.md": "# 笔记\n\n本文提出稀疏注意力机制，使用GPU加速。\n",
    "notes/2023/orphan.md": "Nobody names me.\n",
    "docs/index.md": """\
# Home

Words of the home page. {{ papers_count() }} papers.

{{ papers_home() }}

{{ papers_table() }}

{{ papers_chart("venues") }}

{{ papers_newest() }}

{{ notes_newest() }}

Last words.
""",
    "docs/guide.md": "# Guide\n\nHow to read.\n\n## Step\n\nFirst.\n",
}

CONFIG: dict[str, Any] = {
    "plugins": ["search", "macros", {"papers": {"keywords": {"pruning": "Pruning/Sparsity"}}}],
    "markdown_extensions": ["tables"],
}


def index(built: Build) -> dict[str, Any]:
    """The search plugin's own index of a built site."""
    found: dict[str, Any] = json.loads(built.text("search/search_index.json"))
    return found


def entries(built: Build) -> dict[str, dict[str, Any]]:
    """The entries of the search plugin's own index, by location."""
    return {entry.pop("location"): entry for entry in index(built)["docs"]}


def pages(built: Build) -> dict[str, dict[str, Any]]:
    """What our index shows of each page, by location."""
    files = [json.loads(built.text(path)) for path in built.paths("search/papers/text-*.json")]
    return {page.pop("location"): page for file in files for page in file.values()}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return build_site(tmp_path_factory.mktemp("search"), FILES, CONFIG)


def test_papers_notes_and_pages_are_found_and_listings_never(site: Build) -> None:
    assert sorted(pages(site)) == [
        "",
        "guide/",
        "notes/2023/SparseCN/note/",
        "notes/2023/orphan/",
        "notes/2024/wanda/note/",
        "papers/2023/SparseCN/",
        "papers/2024/wanda/",
    ]
    assert pages(site)["guide/"]["parts"] == [["", "", "How to read."], ["step", "Step", "First."]]


def test_nothing_is_in_the_file_that_grows_with_the_library(site: Build) -> None:
    assert index(site)["docs"] == []


def test_a_paper(site: Build) -> None:
    assert pages(site)["papers/2024/wanda/"] == {
        "title": "Wanda: A <b>Simple</b> & Effective Approach to ∞",
        "about": "ICLR 2024",
        "kind": "",
        "facts": ["Mingjie Sun, José Müller", "CMU", "Pruning/Sparsity", "PyTorch"],
        "parts": [["", "", "What the abstract says."]],
    }
    assert pages(site)["papers/2023/SparseCN/"]["title"] == "SparseCN: 稀疏注意力机制综述"


def test_words_and_identifiers_are_in_the_vocabulary(site: Build) -> None:
    vocabulary = " ".join(json.loads(site.text(path))["words"] for path in site.paths("search/papers/words-*.json"))
    assert {"wanda", "jose", "muller", "2306.11695", "稀疏", "剪枝", "measured", "outliers"} <= set(vocabulary.split())


def test_a_note_says_which_paper_it_is_about(site: Build) -> None:
    note = pages(site)["notes/2024/wanda/note/"]
    assert note["title"] == "Weights times activations"
    assert (note["kind"], note["about"]) == ("Note", "Wanda · ICLR 2024")
    assert note["facts"] == ["", "剪枝", "measured"]
    orphan = pages(site)["notes/2023/orphan/"]
    assert (orphan["title"], orphan["kind"], orphan["about"]) == ("orphan", "Note", "")


def test_the_text_of_a_note_reads_as_it_was_written(site: Build) -> None:
    assert pages(site)["notes/2024/wanda/note/"]["parts"] == [
        ["", "", "Words before the title.\nThe score is sij, see SparseCN, and\nis left.\nLayer Score first 缓存"],
        ["limits", "Limits", "Nothing about outliers."],
    ]
    assert pages(site)["notes/2023/SparseCN/note/"]["parts"] == [["", "", "本文提出稀疏注意力机制，使用GPU加速。"]]


def test_macros_bring_no_listing_into_the_index(site: Build) -> None:
    assert pages(site)[""]["parts"] == [["", "", "Words of the home page. 2 papers.\nLast words."]]


def test_no_word_of_the_interface_is_in_the_index(site: Build) -> None:
    words = json.dumps([[page["title"], page["facts"], page["parts"]] for page in pages(site).values()])
    for word in ("Copy", "Cite", "Note", "note", "Status", "read", "min", "About", "Related", "Venues", "Newest", "★"):
        of_the_guide = word == "read"
        assert len(re.findall(rf"\b{word}\b" if word.isascii() else word, words)) == of_the_guide, word


def test_our_script_answers_the_search_box(site: Build) -> None:
    [worker] = site.paths("assets/javascripts/workers/search.*.js")
    ours = Path(search.__file__).parent.parent / "assets" / "search" / "worker.js"
    assert site.text(worker) == ours.read_text(encoding="utf-8")
    assert f'"search": "{worker}"' in site.text("index.html")


@pytest.mark.parametrize("language", ["zh", "de"])
def test_other_languages_of_the_theme(tmp_path: Path, language: str) -> None:
    theme = {"name": "material", "font": False, "language": language}
    built = build_site(tmp_path, FILES, {**CONFIG, "theme": theme})
    assert pages(built)["notes/2024/wanda/note/"]["kind"] == ("笔记" if language == "zh" else "Note")


def test_one_file_where_a_site_is_read_offline(tmp_path: Path) -> None:
    built = build_site(tmp_path, FILES, {**CONFIG, "plugins": [*CONFIG["plugins"], "material/offline"]})
    assert not built.paths("search/papers/*")
    found = entries(built)
    assert found["papers/2024/wanda.html"]["title"] == (
        "Wanda: A &lt;b&gt;Simple&lt;/b&gt; &amp; Effective Approach to ∞ ICLR 2024"
    )
    assert "Nothing about outliers." in found["notes/2024/wanda/note.html#limits"]["text"]


def test_the_search_of_other_themes(tmp_path: Path) -> None:
    """MkDocs' own index holds plain text, and knows nothing of what is not to be searched."""
    built = build_site(tmp_path, FILES, {**CONFIG, "theme": {"name": "mkdocs"}})
    found = entries(built)
    assert [location for location in found if location.startswith("papers/")] == [
        "papers/2023/SparseCN/",
        "papers/2024/wanda/",
    ]
    assert not any(location.startswith(("venues", "authors", "stats")) for location in found)
    assert found["papers/2024/wanda/"] == {
        "title": "Wanda: A <b>Simple</b> & Effective Approach to ∞ ICLR 2024",
        "text": "Mingjie Sun, José Müller · CMU · Pruning/Sparsity · PyTorch 2306.11695 What the abstract says.",
    }
    assert "Nothing about outliers." in found["notes/2024/wanda/note/#limits"]["text"]
    assert index(built)["config"]["separator"] == r"[\s\-]+"


@pytest.mark.parametrize("search", [[], [{"search": {"enabled": False}}]], ids=["none", "off"])
def test_sites_without_a_search(tmp_path: Path, search: list[Any]) -> None:
    built = build_site(tmp_path, FILES, {**CONFIG, "plugins": [*search, *CONFIG["plugins"][1:]]})
    assert "papers/2024/wanda/index.html" in built.paths()
    assert not built.paths("search/*")


def test_a_note_may_keep_out_of_the_search(tmp_path: Path) -> None:
    note = "---\nsearch:\n  exclude: true\n---\n\n# Secret\n"
    built = build_site(tmp_path, {**FILES, "notes/2023/orphan.md": note}, CONFIG)
    assert "notes/2023/orphan/" not in pages(built)
    assert "notes/2023/SparseCN/note/" in pages(built)


def test_what_a_template_says_to_the_search_alone_is_taken_away(tmp_path: Path) -> None:
    template = '<h1 id="__title" data-search-title="x">{{ source.title }}</h1><p data-search-exclude>Left</p>\n'
    config = {"theme": {"name": "material", "font": False, "custom_dir": "overrides"}}
    built = build_site(tmp_path, {**FILES, "overrides/papers/paper.html": template}, config)
    page = built.text("papers/2024/wanda/index.html")
    assert '<h1 id="__title">' in page
    assert "<p data-search-exclude>Left</p>" in page


HOOK = """
seen = []

def on_page_context(context, page, config, nav):
    assert page.content, page.file.src_uri
    seen.append(page.file.src_uri)

def on_post_build(config):
    assert len(seen) > 9
"""


def test_other_plugins_see_what_pages_hold_while_the_search_looks_at_them(tmp_path: Path) -> None:
    with log.collected():
        built = build_site(tmp_path, {**FILES, "hook.py": HOOK}, {**CONFIG, "hooks": ["hook.py"]})
    assert "Words of the home page" in built.text("index.html")


def test_the_search_goes_only_through_what_it_may_take_something_out_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen, on_page_context = [], SearchPlugin.on_page_context

    def listen(plugin: SearchPlugin, context: Any, *, page: Any, config: Any, nav: Any) -> None:
        seen.append((page.file.src_uri, bool(page.content)))
        on_page_context(plugin, context, page=page, config=config, nav=nav)

    monkeypatch.setattr(SearchPlugin, "on_page_context", listen)
    marked = '# Guide\n\n<p data-search-boost="2" class="a">How</p>\n\n<i data-search-exclude>to</i> read = find.\n'
    with log.collected():
        built = build_site(tmp_path, {**FILES, "docs/guide.md": marked}, CONFIG)
    assert [path for path, has_content in seen if has_content] == ["guide.md"]
    assert '<p class="a">How</p>' in built.text("guide/index.html")
    assert "<i data-search-exclude>to</i>" in built.text("guide/index.html")


def test_a_page_is_found_that_says_what_is_no_number_of_how_much_it_counts(tmp_path: Path) -> None:
    odd = {
        f"docs/p{n}.md": f"---\nsearch: {said}\n---\n# Page {n}\n"
        for n, said in enumerate(("{boost: x}", "{boost: .nan}"))
    }
    with log.collected():
        built = build_site(tmp_path, {**FILES, **odd}, CONFIG)
    assert {"p0/", "p1/"} <= pages(built).keys()
