"""What one note says by itself."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.library import notes
from mkdocs_papers.library.notes import NoteText, excerpt_of, read_note, read_source

PATH = "notes/2024/Quest/note.md"


def read(text: str) -> NoteText:
    return read_note(PATH, text.encode())


def problems(note: NoteText) -> list[str]:
    return [str(problem) for problem in note.problems]


def test_front_matter_and_text() -> None:
    note = read("---\ntitle: Quest, read\ndraft: true\ndate: 2024-05-01\ntags: [a]\n---\n\n# Heading\n\nWords.\n")
    assert (note.title, note.draft, note.date) == ("Quest, read", True, "2024-05-01")
    assert (note.text, note.first_line) == ("\n# Heading\n\nWords.\n", 7)
    assert note.meta["tags"] == ["a"]
    assert problems(note) == []


@pytest.mark.parametrize(
    ("front", "title", "draft", "date"),
    [
        ("title: 123", "123", False, None),
        ("title: ' '", "Heading", False, None),
        ("draft: yes", "Heading", True, None),
        ("draft: 'true'", "Heading", True, None),
        ("date: 2024-05-01 10:00:00", "Heading", False, "2024-05-01"),
        ("date: '2024-05-01, in the morning'", "Heading", False, "2024-05-01"),
        ("date: '2024-13-01'", "Heading", False, None),
        ("date: 2024", "Heading", False, None),
        ("# nothing", "Heading", False, None),
    ],
)
def test_what_front_matter_may_say(front: str, title: str, draft: bool, date: str | None) -> None:  # noqa: FBT001
    note = read(f"---\n{front}\n---\n# Heading\n")
    assert (note.title, note.draft, note.date, problems(note)) == (title, draft, date, [])


@pytest.mark.parametrize(
    ("front", "right"),
    [
        ("title: [a]", "write text"),
        ("draft: maybe", "write true or false"),
        ("tags: {a: b}", "write a list of texts, [one, two]"),
    ],
)
def test_what_says_nothing_is_named_and_left_out(front: str, right: str) -> None:
    note = read(f"---\n{front}\n---\n# Heading\n")
    name = front.partition(" ")[0]
    assert (note.title, note.draft) == ("Heading", False)
    (told,) = problems(note)
    assert told.startswith(f"{PATH}:2:{len(name) + 2}: '{name[:-1]}' in the front matter is ")
    assert f"; {right} [" in told


@pytest.mark.parametrize(
    "text",
    [
        "---\nOnly a rule above.\n---\nMore.\n",
        "--- \ntitle: open\n",
        "----\ntitle: a\n----\n",
        "\n---\ntitle: a\n---\n",
    ],
)
def test_what_only_looks_like_front_matter_is_text(text: str) -> None:
    note = read(text)
    assert (note.text, note.meta, problems(note)) == (text, {}, [])


@pytest.mark.parametrize(
    ("front", "place", "wrong"),
    [
        ("title: [Quest", "3:1", "the front matter is not YAML: expected ',' or ']', but got '<stream end>'"),
        ("a: 1\n b: 2", "3:3", "the front matter is not YAML: mapping values are not allowed here"),
        ("- a\n- b", "2:1", "the front matter is no mapping"),
        ("a: &x 1\nb: *x", "2:4", "the front matter holds an anchor or an alias"),
        ("a: !!python/name:os.system ''", "2:4", "the front matter holds the tag '!!python/name:os.system'"),
        ("a: !!timestamp x", "2:4", "the front matter holds the tag '!!timestamp'"),
        ("a: !!bool maybe", "2:4", "the front matter holds the tag '!!bool'"),
        ("a: [!!int '']", "2:5", "the front matter holds the tag '!!int'"),
        ("a: !own {b: c}", "2:4", "the front matter holds the tag '!own'"),
        ("a: " + "[" * 21 + "]" * 21, "2:23", "the front matter is nested more than 20 deep; "),
        ("date: 2024-06-31", "2:1", "the front matter cannot be read: day is out of range for month"),
        ('a: 1\ntitle: "x\\ud800"', "3:8", "the front matter holds half of a character"),
        ('a: 1\n"\\ud83d\\ude00": x', "3:1", "the front matter holds half of a character"),
        ("a: \x01", "2:1", "the front matter cannot be read: unacceptable character"),
        ("? {a: b}\n: c", "2:3", "the front matter is not YAML: found unhashable key"),
    ],
)
def test_front_matter_that_cannot_be_read_is_left_out(front: str, place: str, wrong: str) -> None:
    note = read(f"---\n{front}\n---\n# Heading\n")
    (problem,) = problems(note)
    assert problem.startswith(f"{PATH}:{place}: {wrong}")
    assert problem.endswith("; write 'name: value' lines [front-matter]")
    assert (note.text, note.meta, note.title) == ("# Heading\n", {}, "Heading")


def test_a_billion_laughs_end_in_one_problem() -> None:
    bomb = "a0: &a0 [lol]\n" + "".join(f"a{n + 1}: &a{n + 1} [{', '.join([f'*a{n}'] * 9)}]\n" for n in range(20))
    assert len(problems(read(f"---\n{bomb}---\n"))) == 1


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("## First\n\n# Title of *it*: $x$\n", "Title of it: $x$"),
        ("Title\n=====\n", "Title"),
        ("## Only a section\n", ""),
        ("# ![](a.svg)\n\n# Second\n", "Second"),
    ],
)
def test_the_title_is_the_first_heading_of_level_one(text: str, title: str) -> None:
    assert read(text).title == title


def test_a_byte_order_mark_and_windows_line_ends_change_nothing() -> None:
    note = read_note(PATH, b"\xef\xbb\xbf---\r\ntitle: a\r\n---\r\n\r\n[x](y)\r\n")
    assert (note.title, note.text, note.first_line) == ("a", "\n[x](y)\n", 4)
    assert (note.links[0].place.line, note.links[0].place.column) == (5, 5)


def test_bytes_that_are_no_utf8_are_shown_as_such_and_named() -> None:
    note = read_note(PATH, b"# \xe6\xb3\xa8 Caf\xe9\n")
    assert note.title == "注 Caf\ufffd"
    assert problems(note) == [f"{PATH}:1:8: the byte 0xE9 is not UTF-8; save the file as UTF-8 [not-utf8]"]


def test_utf16_is_read_and_named() -> None:
    note = read_note(PATH, "# 注意\n".encode("utf-16"))
    assert note.title == "注意"
    assert problems(note) == [f"{PATH}:1:1: the file is UTF-16; save it as UTF-8 [not-utf8]"]


def test_a_note_that_is_too_large_is_cut_after_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notes, "LARGEST_NOTE", 40)
    note = read_note(PATH, "注意力 word\n".encode() * 3)
    assert note.text == "注意力 word\n注意力 word"
    assert [problem.code for problem in note.problems] == ["too-large"]
    monkeypatch.setattr(notes, "LARGEST_NOTE", 1024**2)
    (told,) = problems(read_note(PATH, b"word\n" * 1024 * 256))
    assert "the note is larger than 1 MiB" in told


@given(st.binary() | st.text().map(lambda text: f"---\n{text}\n---\n".encode(errors="replace")))
def test_where_all_that_takes_time_is_known_the_same_comes_of_any_bytes(content: bytes) -> None:
    note = read_note(PATH, content)
    known = replace(note, draft=not note.draft, date="2000-01-01", meta={"a": 1}, text="Other.", first_line=9)
    assert read_source(PATH, content, known) == note


def test_links_lead_to_files_whose_names_they_encode() -> None:
    assert read("[a](b%20c.md#d), [e](../f.md?g)\n").targets == ("notes/2024/Quest/b c.md", "notes/2024/f.md")


@given(st.binary() | st.text().map(lambda text: f"---\n{text}\n---\n".encode(errors="replace")))
def test_any_bytes_make_a_note(content: bytes) -> None:
    note = read_note(PATH, content)
    assert {problem.code for problem in note.problems} <= {"not-utf8", "front-matter"}


PAPER = "Fast inference from transformers via speculative decoding"


@pytest.mark.parametrize(
    "above",
    [
        "**Fast inference from transformers, via Speculative Decoding.**",
        "fast inference from transformers via speculative decoding, ICML 2023",
        "> Fast inference from transformers\n> via speculative decoding",
        "Ann Lee, Bo Li\n\nFast inference from transformers via speculative decoding",
    ],
)
def test_an_excerpt_begins_below_the_title_of_the_notes_paper(above: str) -> None:
    note = read(f"# Drafting\n\n{above}\n\nA draft model guesses.\n")
    assert excerpt_of(note, ("Other", PAPER)) == "A draft model guesses."


@pytest.mark.parametrize(
    "sentence",
    ["Fast inference from transformers via speculative decoding is old.", "Drafting is quick.", "Fast is good."],
)
def test_a_sentence_that_begins_with_a_title_stays(sentence: str) -> None:
    note = read(f"# Drafting\n\n{sentence}\n")
    assert excerpt_of(note, (PAPER, "Fast", "$$", "")) == sentence


@pytest.mark.parametrize(("depth", "mark"), [(151, "- "), (249, "1. "), (160, ":   ")])
def test_lists_that_are_too_deep_are_named_where_they_are(depth: int, mark: str) -> None:
    lists = "".join(f"{'    ' * level}{mark}item\n" for level in range(depth))
    (found,) = read_note("notes/a.md", f"---\ntitle: A\n---\n\n{lists}".encode()).problems
    assert str(found).startswith(
        "notes/a.md:155:601: the note is shown as its source: its lists or definitions are more than 150 levels deep"
    )


def test_lists_of_few_levels_are_none_of_these() -> None:
    lists = "".join(f"{'    ' * (level % 150)}- item\n" for level in range(400))
    assert read_note("notes/a.md", lists.encode()).problems == ()
