"""Notes on the site: every kind of link, math, front matter, and what is left alone."""

import functools
import html
import re
from pathlib import Path

import pytest

from mkdocs_papers.site.files import MediaFile
from tests.linkcheck import dead_links
from tests.marked import defects_in, unmark
from tests.site.libraries import PAIR
from tests.site.wild import PICTURE
from tests.sites import SITE_URL, Build, build_site

THEME = {"theme": {"name": "mkdocs"}, "plugins": ["search", "papers"]}
NOTE = "notes/2024/Quest/note.md"


def _build(folder: Path, files: dict[str, str | bytes], *, strict: bool = True, directory_urls: bool = True) -> Build:
    return build_site(folder, {**PAIR, **files}, THEME, strict=strict, directory_urls=directory_urls)


def _dead(built: Build) -> list[str]:
    return [str(dead) for dead in dead_links(built.site, SITE_URL) if dead.page != "404.html"]


def _note(built: Build, path: str = "notes/2024/Quest/note/index.html") -> str:
    """The note without the theme around it."""
    return built.text(path).partition('role="main">')[2].partition("<footer")[0]


def _links(text: str) -> list[str]:
    return [html.unescape(link) for link in re.findall(r'(?:href|src|srcset|poster|data)="([^"]*)"', text)]


LINKS = """\
# Links

![m](quest.png) ![s](<two words.png>) ![e](two%20words.png) ![t](quest.png "title") [![i](quest.png)](quest.png)
![r][pic] [sparq][rec]

[pic]: quest.png
[rec]: ../../../meta/2023/SparQ.yaml#cite

<p align="center">
<img src="./quest.png" width="600" alt="a">
<IMG alt='b' SRC=quest.png>
<img src='quest.png' srcset="quest.png 1x, two%20words.png 2x" alt="c"/>
<a href="../../2023/SparQ.md">note</a> <a href='../../../meta/2024/LoRA+.prototxt'>LoRA+</a>
</p>
<picture><source srcset="quest.png"><img src="quest.png" alt="d"></picture>
<video poster="quest.png"><source src="clip.mp4"></video> <object data="paper.pdf"></object>

[note](../../2023/SparQ.md) [anchor](../../2023/SparQ.md#the-idea) [own](#links) [docs](../../../docs/guide/a.md#there)
[pdf](paper.pdf) [query](paper.pdf?raw=1#page=2)
[record](../../../meta/2023/SparQ.yaml) [plus](../../../meta/2024/LoRA+.prototxt)
[zh](../../../meta/2024/%E6%B3%A8.yaml)
[out](https://example.net/a) <https://example.net/b> [mail](mailto:a@example.net)

`![code](no.png) [x](no.md)` and

```html
<img src="no.png"> [x](no.md)
```

    <img src="no.png">

<pre><code>&lt;img src="no.png"&gt; <a href="quest.png">live</a></code></pre>
<!-- <img src="no.png"> -->
"""

FILES: dict[str, str | bytes] = {
    NOTE: LINKS,
    "notes/2024/Quest/two words.png": PICTURE,
    "notes/2024/Quest/paper.pdf": b"%PDF-1.4\n",
    "notes/2024/Quest/clip.mp4": b"\x00",
    "notes/2023/SparQ.md": "# SparQ\n\n## The idea\n\n[back](2024/../../2024/Quest/note.md)\n",
    "notes/2023/README.md": "# The notes of 2023\n",
    "notes/2024/LoRA+/index.md": "# LoRA+\n",
    "meta/2024/LoRA+.prototxt": 'paper { title: "LoRA+" }\n',
    "meta/2024/注.yaml": "paper: {title: 注意力}\n",
    "docs/index.md": "# Home\n",
    "docs/guide/a.md": """\
# A

## There

[record](../../meta/2023/SparQ.yaml) [note](../../notes/2024/Quest/note.md#links)
![picture](../../notes/2024/Quest/quest.png)
[plus](../../meta/2024/LoRA+.prototxt) [zh](../../meta/2024/注.yaml)
""",
}


@pytest.mark.parametrize("directory_urls", [True, False], ids=["folders", "files"])
def test_every_link_leads_where_it_leads_in_the_repository(tmp_path: Path, *, directory_urls: bool) -> None:
    built = _build(tmp_path, FILES, directory_urls=directory_urls)
    assert _dead(built) == []
    assert [line for line in built.messages if "[orphan-note]" not in line and "papers: " in line] == []
    note = _note(built, "notes/2024/Quest/note/index.html" if directory_urls else "notes/2024/Quest/note.html")
    end, up = ("/", "../") if directory_urls else (".html", "")
    rest = note.partition('id="links"')[2]
    expected = (
        *([f"{up}quest.png"] * 3),
        f"{up}two%20words.png",
        f"{up}../../2023/SparQ{end}",
        f"{up}../../2023/SparQ{end}#the-idea",
        "#links",
        f"{up}../../../guide/a{end}#there",
        f"{up}paper.pdf",
        f"{up}paper.pdf?raw=1#page=2",
        f"{up}../../../papers/2023/SparQ{end}",
        f"{up}../../../papers/2023/SparQ{end}#cite",
        f"{up}../../../papers/2024/LoRA%2B{end}",
        f"{up}../../../papers/2024/%E6%B3%A8{end}",
        f"{up}quest.png 1x, {up}two%20words.png 2x",
        f"{up}clip.mp4",
        "https://example.net/a",
        "https://example.net/b",
        "mailto:a@example.net",
    )
    found = [link.replace("LoRA+", "LoRA%2B") for link in _links(rest)]
    for link in expected:
        assert link in found, link
    assert 'width="600"' in rest
    # What is code or a comment stays as it is written.
    assert "![code](no.png) [x](no.md)" in html.unescape(re.sub(r"</?span[^>]*>", "", rest))
    assert '<!-- <img src="no.png"> -->' in rest
    assert f'<a href="{up}quest.png">live</a>' in rest


@pytest.mark.parametrize("directory_urls", [True, False], ids=["folders", "files"])
def test_links_from_docs(tmp_path: Path, *, directory_urls: bool) -> None:
    built = _build(tmp_path, FILES, directory_urls=directory_urls)
    links = _links(_note(built, "guide/a/index.html" if directory_urls else "guide/a.html"))
    end, up = ("/", "../../") if directory_urls else (".html", "../")
    for link in (f"papers/2023/SparQ{end}", f"notes/2024/Quest/note{end}#links", "notes/2024/Quest/quest.png"):
        assert f"{up}{link}" in links


def test_raw_html_in_docs(tmp_path: Path) -> None:
    """MkDocs leaves raw HTML alone; a link to a record or a note is ours all the same."""
    page = '# A\n\n<a href="../../meta/2023/SparQ.yaml">x</a> <img src="../../notes/2024/Quest/quest.png" alt="y">\n'
    built = _build(tmp_path, {"docs/guide/a.md": page})
    assert {"../../papers/2023/SparQ/", "../../notes/2024/Quest/quest.png"} <= set(
        _links(_note(built, "guide/a/index.html"))
    )


def test_other_letter_case_works_and_is_a_problem(tmp_path: Path) -> None:
    marked = unmark(
        {
            NOTE: "# Q\n\n![a](«broken-image»QUEST.png) <img src='«broken-image»./Quest.PNG' alt='b'>\n"
            "[r](«broken-link»../../../meta/2023/sparq.yaml) [s](«broken-link»../../2023/sparq.md)\n",
            "notes/2023/SparQ.md": "# SparQ\n",
        }
    )
    built = _build(tmp_path, marked.files, strict=False)
    hints = [defect for defect in defects_in(built.messages) if defect[0] != "orphan-note"]
    assert hints == marked.defects
    assert _dead(built) == []


def test_a_folder_leads_to_its_index_and_is_a_problem(tmp_path: Path) -> None:
    marked = unmark(
        {
            NOTE: "# Q\n\n[i](«broken-link»../../2023/) [n](«broken-link»../LoRA+/)\n",
            "notes/2023/README.md": "# The notes of 2023\n",
            "notes/2024/LoRA+/index.md": "# LoRA+\n",
        }
    )
    built = _build(tmp_path, {**marked.files, "meta/2024/LoRA+.prototxt": 'paper { title: "LoRA+" }\n'}, strict=False)
    assert [defect for defect in defects_in(built.messages) if defect[0] != "orphan-note"] == marked.defects
    assert _dead(built) == []


MATH = r"""# Math

Inline $a_1 < b_2 * c_3 * d$ and \(e^2\), money $5 and $6, `$code$`, {{ braces }} {% tags %} {# hash #}

$$
\sum_{i} \max(q_i m_i,\; q_i M_i) {{x}}
$$

\[ \frac{1}{2} \]

```
$x$ {{ y }} $$z$$
```

| a | b |
|---|---|
| $p_1$ | $\lVert q \rVert$ |

$\unknowncommand{x}{y$ and $\frac{$
"""


def test_math_and_braces(tmp_path: Path) -> None:
    config = {**THEME, "plugins": ["search", "macros", "papers"]}
    built = build_site(tmp_path, {**PAIR, NOTE: MATH}, config)
    note = _note(built)
    assert note.count("<math") >= 6
    assert note.count('display="block"') == 2
    text = html.unescape(re.sub(r"<annotation.*?</annotation>|<[^>]*>", "", note))
    for kept in ("$5 and $6", "{{ braces }} {% tags %} {# hash #}", "$x$ {{ y }} $$z$$", "$code$"):
        assert kept in text
    assert "<em>" not in note
    # Nobody is asked for a script or a font.
    assert "mathjax" not in note.lower()
    assert "katex" not in note.lower()


class TestFrontMatter:
    def test_title_and_date(self, tmp_path: Path) -> None:
        note = "---\ntitle: A <b>bold</b> & title\ndescription: '\"><b>x'\ndate: 2024-05-06\n---\n\n# Heading\n"
        built = _build(tmp_path, {NOTE: note})
        page = built.text("notes/2024/Quest/note/index.html")
        assert "<title>A &lt;b&gt;bold&lt;/b&gt; &amp; title" in page
        assert '"><b>x' not in page
        assert "2024-05-06" in built.text("notes/index.html")
        assert "A &lt;b&gt;bold&lt;/b&gt; &amp; title" in built.text("notes/index.html")

    def test_a_draft_is_in_no_build(self, tmp_path: Path) -> None:
        built = _build(tmp_path, {NOTE: "---\ndraft: true\n---\n\n# Secret words\n"})
        assert not any(path.startswith("notes/2024/Quest/note") for path in built.paths())
        for path in built.paths("**/*.html"):
            assert "Secret words" not in built.text(path)
        assert "Secret words" not in built.text("search/search_index.json")
        assert '"note": null' in built.text("papers.json")
        assert _dead(built) == []

    def test_macros_only_where_asked_for(self, tmp_path: Path) -> None:
        config = {**THEME, "plugins": ["search", "macros", "papers"]}
        text = "# N\n\n{{ papers_count() }} papers\n"
        files = {**PAIR, NOTE: f"---\nrender_macros: true\n---\n\n{text}", "notes/2023/other.md": text}
        built = build_site(tmp_path, files, config)
        assert "2 papers" in _note(built)
        assert "{{ papers_count() }} papers" in _note(built, "notes/2023/other/index.html")


class TestWhatIsANote:
    def test_a_note_that_no_record_names_is_a_page(self, tmp_path: Path) -> None:
        built = _build(tmp_path, {"notes/ideas/later.md": "# Later\n", "notes/top.markdown": "Only words\n"})
        assert "Later" in _note(built, "notes/ideas/later/index.html")
        assert "Only words" in _note(built, "notes/top/index.html")
        for address in ("ideas/later/", "top/"):
            assert f'notes/{address}"' in built.text("notes/index.html")
        assert len([line for line in built.messages if "[orphan-note]" in line]) == 2
        assert _dead(built) == []

    def test_what_is_excluded_or_hidden_is_nowhere(self, tmp_path: Path) -> None:
        files: dict[str, str | bytes] = {
            "notes/private/a.md": "# Private\n",
            "notes/private/a.png": PICTURE,
            "notes/2024/Quest/x.draft.md": "# Private\n",
            "notes/.hidden/b.md": "# Private\n",
            "notes/2024/Quest/.c.md": "# Private\n",
            "meta/2024/Private.prototxt": 'paper { title: "Private" }\n',
            "meta/2024/.Private.prototxt": 'paper { title: "Private" }\n',
            NOTE: "# Quest\n\nWords\n",
        }
        exclude = ["notes/private/", "*.draft.md", "meta/*/Private.*"]
        built = build_site(tmp_path, {**PAIR, **files}, {**THEME, "plugins": [{"papers": {"exclude": exclude}}]})
        assert not [path for path in built.paths() if re.search("private|draft|hidden|/[.]", path, re.IGNORECASE)]
        assert not any("Private" in built.text(path) for path in built.paths("**/*.html"))
        assert built.warnings == ()

    def test_links_back_to_the_paper_with_its_facts(self, tmp_path: Path) -> None:
        note = _note(_build(tmp_path, {}))
        header = note.partition("<h1")[0]
        assert "../../../../papers/2024/Quest/" in header
        assert "ICML" in header
        assert "2024" in header
        assert "https://arxiv.org/abs/2406.10774v1" in header

    @pytest.mark.parametrize("sanitize", [False, True], ids=["trusted", "strange"])
    def test_its_title_stands_on_its_page_once(self, tmp_path: Path, *, sanitize: bool) -> None:
        title = "Quest: Query-Aware Sparsity in $O(n)$"
        config = {**THEME, "plugins": ["search", {"papers": {"sanitize_notes": sanitize}}]}
        notes = {"": "Pages.\n\n## Part\n", "again": f"> Jiaming Tang\n\n## {title}\n\n## Part\n"}
        for name, text in notes.items():
            page = _note(build_site(tmp_path / name, {**PAIR, NOTE: text}, config))
            assert page.count("<h1") == 1
            assert page.count("Query-Aware Sparsity") == 1
            assert page.index("papers-trail") < page.index("<h1")

    def test_sources_are_untouched(self, tmp_path: Path) -> None:
        built = _build(tmp_path, FILES)
        for path, content in {**PAIR, **FILES}.items():
            assert (built.root / path).read_bytes() == (content.encode() if isinstance(content, str) else content)


def test_a_link_to_what_is_hidden_or_excluded_publishes_nothing_of_it(tmp_path: Path) -> None:
    secret = "# Words that nobody shall read\n"
    files: dict[str, str | bytes] = {
        **dict.fromkeys(
            ("notes/private/a.md", "docs/hidden.md", "docs/.dot.md", "docs/a.secret", "secret.txt"), secret
        ),
        "notes/2024/Quest/draft.md": f"---\ndraft: true\n---\n{secret}",
        "meta/2024/Secret.prototxt": 'paper { title: "Words that nobody shall read" }\n',
        **dict.fromkeys(("notes/private/p.png", "notes/2024/Quest/.dot/x.png", "notes/2024/Quest/.h.png"), PICTURE),
        NOTE: "# Q\n\n[a](../../private/a.md) ![p](../../private/p.png) ![x](.dot/x.png) ![h](.h.png) [d](draft.md)\n"
        "[h](../../../docs/hidden.md) [k](../../../docs/a.secret) [o](../../../docs/.dot.md) [s](../../../secret.txt)\n"
        "[S](../../../meta/2024/Secret.prototxt) [m](../../../mkdocs.yml)\n"
        '<video src=".h.png" poster="../../private/p.png"></video> <img src="../../private/p.png" alt="x">\n',
    }
    config = {
        "theme": {"name": "mkdocs"},
        "exclude_docs": "hidden.md\n*.secret\n",
        "plugins": ["search", {"papers": {"exclude": ["notes/private/", "meta/2024/Secret.*"]}}],
    }
    built = build_site(tmp_path, {**PAIR, **files}, config, strict=False)
    hidden = re.compile(r"private|hidden|secret|draft|/\.|\.h\.png|mkdocs\.yml", re.IGNORECASE)
    assert not [path for path in built.paths() if hidden.search(path)]
    for path in built.paths():
        assert b"nobody shall read" not in (built.site / path).read_bytes(), path
    # Such a link stays as its writer wrote it.
    assert {"../../../docs/hidden.md", "../../../docs/a.secret", "../../../docs/.dot.md"} <= set(_links(_note(built)))


def test_a_heading_shows_math_in_the_outline_and_the_title_is_plain(tmp_path: Path) -> None:
    note = "# Quest in $O(n)$\n\n## Why $x^2 < y$\n\nWords.\n"
    built = build_site(tmp_path, {**PAIR, NOTE: note})
    page = built.text("notes/2024/Quest/note/index.html")
    assert "<title>Quest in O(n) - Test library</title>" in page
    outline = page.partition('aria-label="Table of contents"')[2].partition("</nav>")[0]
    assert outline.count("<math") == 1
    assert "\\(" not in outline


def test_a_link_to_a_paper_has_a_card_and_a_picture_leads_to_itself(tmp_path: Path) -> None:
    page = _note(_build(tmp_path, {}))
    assert re.search(
        r'<a class="papers-known" aria-describedby="(papers-card-1)" href="[^"]*/papers/2023/SparQ/"><span '
        r'class="papers-hover" id="\1" aria-hidden="true" data-search-exclude=""><b>SparQ Attention',
        page,
    )
    assert page.count('<a class="papers-zoom"') == 2


@pytest.mark.parametrize(
    ("nav", "marked"),
    [
        (None, {"papers/2024/Quest": "Venues", "notes/2024/Quest/note": "Notes", "authors/Song-Han": "Authors"}),
        (
            [{"Start": "index.md"}, {"All": "papers/index.md"}, {"By": [{"Who": "authors/index.md"}]}],
            {"papers/2024/Quest": "All", "notes/2024/Quest/note": None, "authors/Song-Han": "By"},
        ),
        ([{"Start": "index.md"}], {"papers/2024/Quest": None, "notes/2024/Quest/note": None}),
    ],
)
def test_the_menu_marks_where_a_page_belongs(
    tmp_path: Path, nav: list[object] | None, marked: dict[str, str | None]
) -> None:
    theme = {"name": "material", "font": False, "features": ["navigation.tabs"]}
    plugins = [{"papers": {"own_page_from": 1}}]
    config = {"theme": theme, "nav": nav, "plugins": plugins}
    built = build_site(tmp_path, {**PAIR, "docs/index.md": "# Start\n"}, config)
    for path, tab in marked.items():
        text = built.text(f"{path}/index.html")
        found = re.findall(r'md-tabs__item--active">\s*<a href="[^"]*" class="md-tabs__link">\s*([^<]*?)\s*</a>', text)
        if nav is None:
            # The index pages share one section of the menu; its own entry is marked in there.
            item = r'md-nav__item--active">\s*<a href="[^"]*" class="md-nav__link">\s*<span class="md-ellipsis">'
            found = re.findall(item + r"\s*([^<]*?)\s*<", text)
        assert found == ([] if tab is None else [tab]), path


def test_a_picture_that_is_deleted_while_it_is_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = MediaFile.copy_file

    def delete_first(file: MediaFile, dirty: bool = False) -> None:  # noqa: FBT001, FBT002 - MkDocs' signature
        Path(file.abs_src_path or "").unlink()
        copy(file, dirty)

    monkeypatch.setattr(MediaFile, "copy_file", delete_first)
    files = {**PAIR, "docs/index.md": "# Home\n", "notes/2024/Quest/more.png": PICTURE}
    built = build_site(tmp_path, files, strict=False)
    gone = [path for path in files if path.endswith((".png", ".svg", ".jpg"))]
    assert defects_in(built.warnings) == sorted(("broken-image", path, 1, 1) for path in gone)
    assert "papers/2024/Quest/index.html" in built.paths()


def test_a_note_in_the_menu_may_name_a_template(tmp_path: Path) -> None:
    files = {**PAIR, "docs/index.md": "# Home\n", "notes/x.md": "---\ntemplate: 404.html\n---\n# X\n"}
    built = build_site(tmp_path, files, {"nav": ["index.md", {"X": "notes/x.md"}]}, strict=False)
    assert "X" in built.text("notes/x/index.html")
    assert built.warnings == ()


@pytest.mark.parametrize("extensions", [[], ["md_in_html"]])
def test_what_is_written_in_html_is_checked_where_the_site_reads_it(tmp_path: Path, extensions: list[str]) -> None:
    note = "<div markdown>\n\n# Inside\n\n[a](nowhere.md)\n\n</div>\n"
    build = functools.partial(
        build_site, tmp_path, {**PAIR, NOTE: note}, {**THEME, "markdown_extensions": extensions}, strict=False
    )
    for built in (build(), build()):  # the second from what the first has kept
        broken = ["leads to a file that is not there" in warning for warning in built.warnings]
        assert broken == [True] * len(extensions)
        assert ("# Inside" in _note(built)) == (not extensions)
