"""What goes into the index of the header's search."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from mkdocs_papers.pages.unspaced import MARK
from mkdocs_papers.site import search
from mkdocs_papers.site.search import SEPARATOR
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
    """The index of a built site."""
    found: dict[str, Any] = json.loads(built.text("search/search_index.json"))
    return found


def entries(built: Build) -> dict[str, dict[str, Any]]:
    """The entries of its index, by location."""
    return {entry.pop("location"): entry for entry in index(built)["docs"]}


def shown(text: str) -> str:
    """A title or a text as one reads it: without what is hidden, and without marks."""
    return re.sub('<s hidden="">.*?</s>', "", text).replace(MARK, "")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return build_site(tmp_path_factory.mktemp("search"), FILES, CONFIG)


def test_papers_notes_and_pages_are_found_and_listings_never(site: Build) -> None:
    assert list(entries(site)) == [
        "notes/2023/SparseCN/note/",
        "notes/2023/orphan/",
        "notes/2024/wanda/note/",
        "notes/2024/wanda/note/#limits",
        "papers/2023/SparseCN/",
        "papers/2024/wanda/",
        "",
        "guide/",
        "guide/#step",
    ]


def test_a_paper(site: Build) -> None:
    assert entries(site)["papers/2024/wanda/"] == {
        "title": "Wanda: A &lt;b&gt;Simple&lt;/b&gt; &amp; Effective Approach to ∞ "
        '<small class="papers-hit">ICLR 2024</small>',
        "text": '<p>Mingjie Sun, José Müller · CMU · Pruning/Sparsity · PyTorch <s hidden="">2306.11695</s>'
        '<s hidden="">jose muller</s></p><p>What the abstract says.</p>',
        "boost": 1.5,
    }


def test_a_paper_in_chinese(site: Build) -> None:
    entry = entries(site)["papers/2023/SparseCN/"]
    assert shown(entry["title"]) == 'SparseCN: 稀疏注意力机制综述 <small class="papers-hit">计算机学报 2023</small>'
    assert shown(entry["text"]) == "<p>王小明</p>"
    assert f" 注意力机制{MARK} " in entry["title"]
    assert f" 学报{MARK} " in entry["title"]
    assert f" 小明{MARK} " in entry["text"]


def test_a_note_says_which_paper_it_is_about(site: Build) -> None:
    found = entries(site)
    note = found["notes/2024/wanda/note/"]
    about = '<small class="papers-hit" data-kind="Note">Wanda · ICLR 2024</small>'
    assert note["title"] == f"Weights times activations {about}"
    assert list(map(shown, note["tags"])) == ["剪枝", "measured"]
    assert found["notes/2024/wanda/note/#limits"]["title"] == "Limits"
    assert found["notes/2023/orphan/"]["title"] == 'orphan <small class="papers-hit" data-kind="Note"></small>'


def test_the_text_of_a_note_reads_as_it_was_written(site: Build) -> None:
    assert shown(entries(site)["notes/2024/wanda/note/"]["text"]) == (
        "<p>Words before the title.</p><p>The score is sij, see SparseCN, and</p><p>is left.</p>"
        "<p>Layer Score first 缓存</p>"
    )


def test_macros_bring_no_listing_into_the_index(site: Build) -> None:
    text = entries(site)[""]["text"]
    assert re.sub(" +", " ", text) == "<p>Words of the home page. 2 papers.</p><p>Last words.</p>"


def test_no_word_of_the_interface_is_in_the_index(site: Build) -> None:
    found = entries(site)
    words = " ".join(f"{entry['title']} {entry['text']}" for entry in found.values())
    words = re.sub("<[^>]*>", " ", words)
    for word in ("Copy", "Cite", "Note", "note", "Status", "read", "min", "About", "Related", "Venues", "Newest", "★"):
        of_the_guide = word == "read"
        assert len(re.findall(rf"\b{word}\b" if word.isascii() else word, words)) == of_the_guide, word


def test_a_page_of_chinese_is_found_whatever_writes_it(site: Build) -> None:
    text = entries(site)["notes/2023/SparseCN/note/"]["text"]
    assert shown(text) == "<p>本文提出稀疏注意力机制，使用GPU加速。</p>"
    assert text.count(MARK) == 3 + len("本文提出稀疏注意力机制") + len("使用") + len("加速")


def test_the_index_knows_how_to_split_words(site: Build) -> None:
    config = index(site)["config"]
    assert config["lang"] == ["en"]
    assert config["separator"] == SEPARATOR
    assert config["pipeline"] == ["stopWordFilter"]


@pytest.mark.parametrize("language", ["zh", "ja", "de"])
def test_other_languages_of_the_theme(tmp_path: Path, language: str) -> None:
    theme = {"name": "material", "font": False, "language": language}
    built = build_site(tmp_path, FILES, {**CONFIG, "theme": theme})
    config = index(built)["config"]
    assert config["lang"] == (["de"] if language == "de" else ["en"])
    assert config["separator"] == SEPARATOR
    assert config["pipeline"] == ["stopWordFilter"]
    if language == "zh":
        assert 'data-kind="笔记"' in entries(built)["notes/2024/wanda/note/"]["title"]


def test_what_the_owner_set_stays(tmp_path: Path) -> None:
    search = {"lang": ["en", "ja"], "separator": r"[\s\u200b\-]+", "pipeline": ["stemmer", "stopWordFilter"]}
    built = build_site(tmp_path, FILES, {**CONFIG, "plugins": [{"search": search}, *CONFIG["plugins"][1:]]})
    config = index(built)["config"]
    assert (config["lang"], config["pipeline"]) == (search["lang"], search["pipeline"])
    ours_first, ours_last = SEPARATOR.split(SEPARATOR[SEPARATOR.index(r"|(?<!\S)") : SEPARATOR.rindex(r"|(?<=")])
    assert config["separator"] == f"{ours_first}|{search['separator']}{ours_last}"


def test_an_owner_may_do_without_a_pipeline(tmp_path: Path) -> None:
    built = build_site(tmp_path, FILES, {**CONFIG, "plugins": [{"search": {"pipeline": []}}, *CONFIG["plugins"][1:]]})
    assert index(built)["config"]["pipeline"] in ([], ["stopWordFilter"])  # Older Materials do not know none.


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
    assert "notes/2023/orphan/" not in entries(built)
    assert "notes/2023/SparseCN/note/" in entries(built)


def test_what_a_template_says_to_the_search_alone_is_taken_away(tmp_path: Path) -> None:
    template = '<h1 id="__title" data-search-title="x">{{ source.title }}</h1><p data-search-exclude>Left</p>\n'
    config = {"theme": {"name": "material", "font": False, "custom_dir": "overrides"}}
    built = build_site(tmp_path, {**FILES, "overrides/papers/paper.html": template}, config)
    page = built.text("papers/2024/wanda/index.html")
    assert '<h1 id="__title">' in page
    assert "<p data-search-exclude>Left</p>" in page


def test_lines_of_an_entry_are_words_apart() -> None:
    entry = {"title": "a&nbsp;é &lt;b&gt;", "text": "<ul><li>É1</li><li>2</li></ul>loose é<pre>x</pre>", "location": ""}
    assert search.findable(entry) == {
        "title": 'a\xa0é &lt;b&gt;<s hidden="">e</s>',
        "text": '<ul><li>É1</li><li>2</li><s hidden="">e1</s></ul><p>loose é<s hidden="">e</s></p><pre>x</pre>',
        "location": "",
    }
