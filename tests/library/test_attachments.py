"""Where a record's path to its note or cover leads."""

import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.library.attachments import default_note, find, nearest, shortest
from mkdocs_papers.library.folder import COVER_SUFFIXES, NOTE_SUFFIXES
from mkdocs_papers.library.notes_folder import NotesFolder, notes_folder

KEY = "2024/Quest"


def folder(*paths: str) -> NotesFolder:
    return notes_folder(paths)


@pytest.mark.parametrize(
    ("url", "files", "found"),
    [
        ("note.md", ["2024/Quest/note.md", "2024/note.md", "note.md"], "2024/Quest/note.md"),
        ("note.md", ["2024/note.md", "note.md"], "2024/note.md"),
        ("note.md", ["note.md"], "note.md"),
        ("Quest/note.md", ["2024/Quest/note.md"], "2024/Quest/note.md"),
        ("2024/Quest/note.md", ["2024/Quest/note.md"], "2024/Quest/note.md"),
        ("./note.md", ["2024/Quest/note.md"], "2024/Quest/note.md"),
        ("a//b/../note.md", ["2024/Quest/a/note.md"], "2024/Quest/a/note.md"),
        ("../InfLLM/note.md", ["2024/InfLLM/note.md"], "2024/InfLLM/note.md"),
        # What is there exactly wins over what is nearer in other letter case.
        ("note.md", ["2024/Quest/Note.md", "note.md"], "note.md"),
    ],
)
def test_the_order_in_which_a_path_is_looked_for(url: str, files: list[str], found: str) -> None:
    assert (find(url, KEY, folder(*files)).path, find(url, KEY, folder(*files)).exact) == (found, True)


@pytest.mark.parametrize(
    ("url", "files", "found", "written"),
    [
        ("Note.md", ["2024/Quest/note.md"], "2024/Quest/note.md", "note.md"),
        ("./QUEST/Note.MD", ["2024/Quest/note.md"], "2024/Quest/note.md", "./Quest/note.md"),
        ("note.md", ["2024/quest/note.md"], "2024/quest/note.md", "../quest/note.md"),
        ("Note.md", ["2024/Quest/note.md", "2024/note.md"], "2024/Quest/note.md", "note.md"),
        # Two fit under the paper's own folder, one under its year's.
        ("nOTE.md", ["2024/Quest/note.md", "2024/Quest/NOTE.md", "2024/Note.md"], "2024/Note.md", "Note.md"),
        ("nOTE.md", ["2024/Quest/note.md", "2024/Quest/NOTE.md", "2024/note.md"], "2024/note.md", "../note.md"),
        ("T\u00fdr.md", ["2024/Quest/ty\u0301r.md"], "2024/Quest/ty\u0301r.md", "ty\u0301r.md"),
    ],
)
def test_other_letter_case_if_just_one_file_fits(url: str, files: list[str], found: str, written: str) -> None:
    result = find(url, KEY, folder(*files))
    assert (result.path, result.exact, result.written) == (found, False, written)
    assert find(written, KEY, folder(*files)).path == found
    assert find(written, KEY, folder(*files)).exact


def test_none_where_two_fit() -> None:
    result = find("nOTE.md", KEY, folder("2024/Quest/note.md", "2024/Quest/NOTE.md"))
    assert (result.path, result.why) == (None, "fits 2 files in other letter case")


@pytest.mark.parametrize(
    "url", ["../../../etc/passwd", "/etc/passwd", "..\\..\\x.md", "a\\b.md", "note.md\0.png", "../../..", "//host/x.md"]
)
def test_a_path_that_leads_out_is_not_followed(url: str) -> None:
    outside = find(url, KEY, folder("2024/Quest/note.md", "etc/passwd", "x.md", "a\\b.md", "host/x.md"))
    assert (outside.path, outside.outside) == (None, True)


@given(
    st.text(alphabet="./\\aA\0", max_size=12), st.lists(st.text(alphabet="./aA", min_size=1, max_size=8), max_size=5)
)
def test_it_never_leaves_the_folder_and_finds_only_files(url: str, files: list[str]) -> None:
    known = folder(*{posixpath.normpath(f"/{file}").strip("/") for file in files} - {""})
    found = find(url, KEY, known)
    assert found.path is None or found.path in known
    if found.path and not found.exact:
        again = find(found.written, KEY, known)
        assert (again.path, again.exact) == (found.path, True)


def test_the_default_note() -> None:
    assert default_note(KEY, folder("2024/Quest/index.md", "2024/Quest/note.md")) == "2024/Quest/note.md"
    assert default_note(KEY, folder("2024/Quest/index.md")) == "2024/Quest/index.md"
    assert default_note(KEY, folder("2024/Quest/other.md", "2024/note.md")) is None


@pytest.mark.parametrize(
    ("url", "suffixes", "files", "suggestion"),
    [
        ("notes.md", NOTE_SUFFIXES, ["2024/Quest/note.md"], "note.md"),
        ("Qest/note.md", NOTE_SUFFIXES, ["2024/Quest/note.md"], "note.md"),
        ("2023/Quest/index.md", NOTE_SUFFIXES, ["2022/Other/index.md"], "2022/Other/index.md"),
        ("cover.jpg", COVER_SUFFIXES, ["2024/Quest/quest.svg", "2024/Quest/note.md"], "quest.svg"),
        ("cover.jpg", COVER_SUFFIXES, ["2024/Quest/a.svg", "2024/Quest/b.svg", "2024/Quest/c.svg"], None),
        ("cover.jpg", COVER_SUFFIXES, ["2024/Quest/note.md"], None),
    ],
)
def test_did_you_mean(url: str, suffixes: tuple[str, ...], files: list[str], suggestion: str | None) -> None:
    assert nearest(url, KEY, folder(*files), suffixes) == suggestion


def test_the_shortest_way_is_one_that_leads_to_no_other_file() -> None:
    assert shortest("2024/note.md", KEY, folder("2024/note.md")) == "note.md"
    assert shortest("note.md", KEY, folder("note.md", "2024/Quest/note.md")) == "../note.md"
    assert shortest("note.md", KEY, folder("note.md", "2024/Quest/note.md", "2024/note.md")) == "../../note.md"
