"""The option ``sanitize_notes``: what strangers write shows, and does nothing."""

import json
from pathlib import Path
from typing import Any

import pytest

from mkdocs_papers.pages import sanitize
from mkdocs_papers.records.problem import CODES
from tests.hostile_notes import NOTES
from tests.linkcheck import dead_links
from tests.marked import defects_in
from tests.site.libraries import PAIR
from tests.site.previews import Preview
from tests.sites import SITE_URL, Build, build_site, rebuild

OPTIONS: dict[str, Any] = {"theme": {"name": "mkdocs"}, "plugins": ["macros", {"papers": {"sanitize_notes": True}}]}
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3">{}</svg>\n'
NOTE = "notes/2024/Quest/note.md"


def _build(folder: Path, files: dict[str, str | bytes], *, strict: bool = True) -> Build:
    return build_site(folder, {**PAIR, **files}, OPTIONS, strict=strict)


def _dead(built: Build) -> list[str]:
    return [str(dead) for dead in dead_links(built.site, SITE_URL) if dead.page != "404.html"]


def test_a_note(tmp_path: Path) -> None:
    note = """\
---
title: "<script>alert(1)</script>"
template: none.html
render_macros: true
hide: [navigation, <script>, toc]
---

# A <script>alert(1)</script> note &lt;b&gt;

Text with $x^2$, {{ papers_count() }} and <b onclick="alert(1)">HTML</b>.

<p align="center"><img src="./quest.png" width="600" alt="pages"></p>

[SparQ](../../../meta/2023/SparQ.yaml) <a href="../../../meta/2023/SparQ.yaml" target="_top">too</a>
"""
    built = _build(tmp_path, {NOTE: note})
    page = built.text("notes/2024/Quest/note/index.html")
    assert "<script>alert" not in page
    assert "<title>&lt;script&gt;alert(1)&lt;/script&gt;" in page
    article = page.partition('role="main">')[2].partition("<footer")[0]
    assert "<script" not in article
    assert "onclick" not in article
    assert "{{ papers_count() }}" in article
    assert "<math" in article
    assert 'src="../quest.png"' in article
    assert 'width="600"' in article
    assert article.count('href="../../../../papers/2023/SparQ/"') >= 2
    assert "target=" not in article
    assert _dead(built) == []


def test_what_is_not_asked_for_stays(tmp_path: Path) -> None:
    """Without the option a note is its owner's own words."""
    note = '# N\n\n<p onclick="go()" style="color: red">x</p>\n<script>let x = 1</script>\n'
    built = build_site(tmp_path, {**PAIR, NOTE: note}, {"theme": {"name": "mkdocs"}})
    page = built.text("notes/2024/Quest/note/index.html")
    assert '<p onclick="go()" style="color: red">x</p>' in page
    assert "<script>let x = 1</script>" in page


def test_pictures(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "notes/2024/Quest/drawn.svg": SVG.format("<script>alert(1)</script><path d='M0 0h1'/>"),
        NOTE: "# N\n\n![d](drawn.svg)\n",
    }
    built = _build(tmp_path, files)
    assert "script" not in built.text("notes/2024/Quest/drawn.svg")
    assert '<path d="M0 0h1">' in built.text("notes/2024/Quest/drawn.svg")
    assert (built.site / "notes/2024/Quest/quest.png").read_bytes() == PAIR["notes/2024/Quest/quest.png"]
    assert (tmp_path / "notes/2024/Quest/drawn.svg").read_text() == files["notes/2024/Quest/drawn.svg"]


def test_what_cannot_be_made_safe_is_left_out_of_everything(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "meta/2023/SparQ.yaml": "paper: {title: SparQ}\ncover: {url: torn.svg}\n",
        "notes/2023/SparQ/torn.svg": "<svg",
        "notes/2023/SparQ/page.html": "<script>alert(1)</script>",
        "notes/2023/SparQ/app.js": "alert(1)",
    }
    built = _build(tmp_path, files, strict=False)
    assert defects_in(built.messages) == [
        ("unsafe-file", f"notes/2023/SparQ/{name}", 1, 1) for name in ("app.js", "page.html", "torn.svg")
    ]
    assert not built.paths("notes/2023/**/*")
    papers = {paper["key"]: paper for paper in json.loads(built.text("papers.json"))["papers"]}
    assert papers["2023/SparQ"]["cover"] is None
    assert papers["2024/Quest"]["cover"] == "notes/2024/Quest/quest.png"
    assert _dead(built) == []


def test_a_file_that_is_mended(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"notes/2024/Quest/torn.svg": "<svg"}
    assert len(_build(tmp_path, files, strict=False).warnings) == 1
    (tmp_path / "notes/2024/Quest/torn.svg").write_text(SVG.format(""))
    assert "notes/2024/Quest/torn.svg" in rebuild(tmp_path).paths()


def test_a_note_for_which_markdown_does_too_much_stops_no_build(tmp_path: Path) -> None:
    # Markdown looks from each tag to the end of the text, and cuts a block at each heading.
    files: dict[str, str | bytes] = {NOTE: f"# Long\n\n{'<p ' * 30_000}\n", "notes/2023/SparQ.md": "a\n-\n" * 10_000}
    built = _build(tmp_path, files, strict=False)
    found = [defect[:2] for defect in defects_in(built.messages) if defect[0] == "unusable-note"]
    assert sorted(found) == [("unusable-note", "notes/2023/SparQ.md"), ("unusable-note", NOTE)]
    assert "takes far too long for it" in built.text("notes/2024/Quest/note/index.html")
    assert "papers/2024/Quest/index.html" in built.paths()


def test_an_enormous_drawing_is_left_out_and_not_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mkdocs_papers.pages.untrusted.LARGEST_SVG", 400)
    monkeypatch.setattr("mkdocs_papers.pages.sanitize.LARGEST_SVG", 400)
    asked: list[int] = []
    judged = sanitize.passive_svg

    def noting(content: bytes) -> bytes:
        asked.append(len(content))
        return judged(content)

    monkeypatch.setattr("mkdocs_papers.pages.sanitize.passive_svg", noting)
    large = SVG.format(f"<!-- {'x' * 4000} -->")
    built = _build(
        tmp_path, {"notes/2024/Quest/large.svg": large, "notes/2024/Quest/a.svg": SVG.format("")}, strict=False
    )
    assert defects_in(built.messages) == [("unsafe-file", "notes/2024/Quest/large.svg", 1, 1)]
    assert "notes/2024/Quest/a.svg" in built.paths()
    assert "notes/2024/Quest/large.svg" not in built.paths()
    assert max(asked) == 401


@pytest.mark.parametrize("sanitize_notes", [True, False], ids=["of a stranger", "of the owner"])
def test_a_note_that_cannot_be_a_page_is_one_line_and_the_rest_is_built(
    tmp_path: Path, *, sanitize_notes: bool
) -> None:
    nested = "\n".join(f"{'    ' * depth}- item" for depth in range(300))
    files: dict[str, str | bytes] = {
        NOTE: f"# Deep <b>lists</b> & more\n\n{nested}\n\n<script>alert(1)</script>\n",
        "notes/2023/SparQ.md": f"# Wide\n\n{'<div>' * 600}\n",
    }
    options = {**OPTIONS, "plugins": [{"papers": {"sanitize_notes": sanitize_notes}}]}
    built = build_site(tmp_path, {**PAIR, **files}, options, strict=False)
    assert [code for code, *_ in defects_in(built.messages) if code != "orphan-note"] == ["unusable-note"] * 2
    assert [line.count("\n") for line in built.messages if "unusable-note" in line] == [0, 0]
    page = built.text("notes/2024/Quest/note/index.html")
    assert '<h1 id="__title">Deep lists &amp; more</h1>' in page
    assert "the note is shown as its source: its lists" in page
    assert "&lt;script&gt;alert(1)" in page
    assert "nested more than 500 deep" in built.text("notes/2023/SparQ/index.html")
    assert "papers/2024/Quest/index.html" in built.paths()
    # Mended, it is a page like any other.
    (built.root / NOTE).write_text("# Flat\n\nWords.\n", encoding="utf-8")
    assert "<p>Words.</p>" in rebuild(built.root, strict=False).text("notes/2024/Quest/note/index.html")


def test_a_build_after_a_build_and_a_save_cut_notes_down_alike(tmp_path: Path) -> None:
    """What a note becomes does not depend on which way it comes there, nor on the mark of one conversion."""
    strings = ("[paper](../../../meta/2023/SparQ.yaml) ![x](quest.png) $x^2$", *NOTES[::9])
    files: dict[str, str | bytes] = {**PAIR, NOTE: "# Q\n\n" + "\n\n".join(strings) + "\n"}
    levels = dict.fromkeys(CODES, "off")
    options = {**OPTIONS, "plugins": ["search", {"papers": {"sanitize_notes": True, "levels": levels}}]}
    page = "notes/2024/Quest/note/index.html"
    root = tmp_path / "project"
    cold = build_site(root, files, options, strict=False).text(page)
    assert 'class="papers-known" aria-describedby="papers-card-1"' in cold
    assert 'class="papers-zoom"' in cold
    assert rebuild(root, strict=False).text(page) == cold
    (root / NOTE).write_text("# Q\n\nHarmless.\n", encoding="utf-8")
    preview = Preview(root, tmp_path / "served")
    (root / NOTE).write_text(str(files[NOTE]), encoding="utf-8")
    assert preview.save()
    served = preview.tree()
    fresh = preview.fresh(tmp_path / "fresh")
    assert served[page] == fresh[page]
    assert _article(served[page].decode()) == _article(cold)


def _article(page: str) -> str:
    return page.partition('role="main">')[2].partition("<footer")[0]
