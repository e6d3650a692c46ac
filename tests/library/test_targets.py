"""Links of notes that lead nowhere."""

from pathlib import Path

import pytest

from mkdocs_papers.library.model import Library
from tests.libraries import PIXEL, QUEST, lines, loaded

FILES = {
    "meta/2024/Quest.prototxt": QUEST,
    "meta/2023/awq.yaml": "paper:\n  title: AWQ\n",
    "notes/2023/awq/index.md": "# AWQ\n\n## What it costs\n",
    "notes/2023/awq/cover.svg": PIXEL,
    "README.md": "# Read me\n",
    "docs/guide.md": "# Guide\n",
}
NOTE = "notes/2024/Quest/note.md"


def library(folder: Path, text: str, note: str = NOTE) -> Library:
    return loaded(folder, {**FILES, note: text}, levels={"orphan-note": "off"})


@pytest.mark.parametrize(
    "address",
    [
        "note.md",
        "./note.md",
        "#costs",
        "note.md#costs",
        "../../2023/awq/index.md",
        "../../2023/awq/index.md#what-it-costs",
        "../../../meta/2024/Quest.prototxt",
        "../../../meta/2023/awq.yaml#L3",
        "../../../README.md",
        "../../../docs/guide.md#anything",
        "../../../docs/./../docs/guide.md?plain=1",
        "../../2023/awq/cover.svg",
        "https://example.org/nothing",
        "mailto:a@example.org",
        "//example.org",
        "#fn:1",
        "#fnref:1",
        "#top",
        "#",
    ],
)
def test_links_that_lead_somewhere(tmp_path: Path, address: str) -> None:
    text = f"# Quest\n\n[a]({address}) <a href='{address}'>b</a>\n\n## Costs\n"
    assert lines(library(tmp_path, text)) == []


@pytest.mark.parametrize(
    ("address", "wrong"),
    [
        ("nota.md", "leads to a file that is not there; did you mean 'note.md'?"),
        ("../2023/awq/index.md", "leads to a file that is not there; did you mean '../../2023/awq/index.md'?"),
        (
            "../../../meta/2024/Qest.prototxt",
            "leads to a file that is not there; did you mean '../../../meta/2024/Quest.prototxt'?",
        ),
        (
            "../../../meta/2023/awq.prototxt",
            "leads to a file that is not there; did you mean '../../../meta/2023/awq.yaml'?",
        ),
        ("../../../meta/README.md", "leads to a file that is not there"),
        ("Note.md#costs", "leads to a file in other letter case; write 'note.md'"),
        ("../../2023/AWQ/Index.md", "leads to a file in other letter case; write '../../2023/awq/index.md'"),
        ("../../../meta/2023/AWQ.yaml", "leads to a file in other letter case; write '../../../meta/2023/awq.yaml'"),
        ("../../2023/awq/", "leads to a folder, which is no page; write '../../2023/awq/index.md'"),
        ("../../2023", "leads to a folder, which is no page; name a file in it"),
        ("../../", "leads to a folder, which is no page; name a file in it"),
        ("../../../docs", "leads to a folder, which is no page; name a file in it"),
        ("../../../docs/none.md", "leads to a file that is not there"),
        ("../../../../x.md", "leads out of the project"),
        ("/2023/awq/index.md", "is no path from the note to a file; write it relative to the note"),
        ("a%5Cb.md", "is no path from the note to a file; write 'a/b.md'"),
        ("a%00b.md", "is no path from the note to a file; write it relative to the note"),
        ("zzzzzz.md", "leads to a file that is not there"),
    ],
)
def test_links_that_do_not(tmp_path: Path, address: str, wrong: str) -> None:
    text = f"# Quest\n\n[a]({address})\n\n## Costs\n"
    assert lines(library(tmp_path, text)) == [f"{NOTE}:3:5: the link '{address}' {wrong} [broken-link]"]


def test_images(tmp_path: Path) -> None:
    text = "![a](cover.svg)\n\n<img src='../../2023/AWQ/cover.svg'>\n![a](../../2023/awq/cover.svg#light)"
    assert lines(library(tmp_path, text)) == [
        (
            f"{NOTE}:1:6: the image 'cover.svg' leads to a file that is not there; "
            "did you mean '../../2023/awq/cover.svg'? [broken-image]"
        ),
        (
            f"{NOTE}:3:11: the image '../../2023/AWQ/cover.svg' leads to a file in other letter case; "
            "write '../../2023/awq/cover.svg' [broken-image]"
        ),
    ]


def test_anchors(tmp_path: Path) -> None:
    text = "# Quest\n\n[a](#cost) [b](../../2023/awq/index.md#what-it-cost)\n\n## Costs\n"
    assert lines(library(tmp_path, text)) == [
        f"{NOTE}:3:5: the link '#cost' leads to a heading that is not there; did you mean 'costs'? [broken-anchor]",
        (
            f"{NOTE}:3:16: the link '../../2023/awq/index.md#what-it-cost' leads to a heading that is not there; "
            "did you mean 'what-it-costs'? [broken-anchor]"
        ),
    ]


def test_a_place_counts_front_matter_and_windows_line_ends(tmp_path: Path) -> None:
    (problem,) = library(tmp_path, "\ufeff---\r\ntitle: a\r\n---\r\n\r\n注 [a](b.md)\r\n").problems
    assert (problem.place.line, problem.place.column) == (5, 7)


def test_a_note_right_below_the_folder(tmp_path: Path) -> None:
    text = "[a](../meta/2024/Quest.prototxt) [b](2023/awq/index.md) [c](meta/2024/Quest.prototxt)"
    (problem,) = library(tmp_path, text, "notes/x.md").problems
    assert problem.wrong == "the link 'meta/2024/Quest.prototxt' leads to a file that is not there"


def test_a_record_that_cannot_be_read_is_there_all_the_same(tmp_path: Path) -> None:
    files = {"meta/2024/Broken.yaml": "paper: [", NOTE: "[a](../../../meta/2024/Broken.yaml)"}
    found = loaded(tmp_path, files, levels={"orphan-note": "off"})
    assert [problem.path for problem in found.problems] == ["meta/2024/Broken.yaml"]


def test_excluded_files_are_not_there(tmp_path: Path) -> None:
    files = {**FILES, NOTE: "[a](../../2023/awq/index.md)"}
    (problem,) = loaded(tmp_path, files, exclude=["notes/2023/"], levels={"orphan-note": "off"}).problems
    assert problem.code == "broken-link"


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("[a](Note.md#costs)", "[a](note.md#costs)"),
        ("<img src='../../2023/AWQ/Cover.svg'>", "<img src='../../2023/awq/cover.svg'>"),
        ("[a]: ./Note.MD", "[a]: ./note.md"),
        ("[a](%4Eote.md)", None),
    ],
)
def test_letter_case_can_be_mended(tmp_path: Path, written: str, mended: str | None) -> None:
    (problem,) = library(tmp_path, f"# Quest\r\n\r\n## Costs\r\n\r\n{written}\r\n").problems
    text = (tmp_path / NOTE).read_bytes().decode()
    (edit,) = problem.edits or (None,)
    result = text[: edit.start] + edit.text + text[edit.end :] if edit else None
    assert result == (text.replace(written, mended) if mended else None)


def test_after_two_hundred_broken_links_one_line_says_that_there_are_more(tmp_path: Path) -> None:
    found = lines(library(tmp_path, "[a](zzzzzz.md)\n" * 1000))
    assert len(found) == 201
    assert found[-1] == f"{NOTE}:201:5: more links of this note do not work; mend the ones above first [broken-link]"
