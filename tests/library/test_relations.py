"""Notes, covers, baselines and other records of the same work."""

from pathlib import Path

import pytest

from mkdocs_papers.library.model import Attachment, Baseline, Library
from tests.libraries import PIXEL, QUEST, codes, lines, loaded

RECORD = "meta/2024/Quest.prototxt"
KEY = "2024/Quest"


def with_note(url: str) -> str:
    return f'{QUEST}note {{\n  url: "{url}"\n}}\n'


def with_baselines(*methods: str) -> str:
    return QUEST + "baseline {\n" + "".join(f'  methods: "{method}"\n' for method in methods) + "}\n"


def titled(title: str, abbreviation: str = "") -> str:
    return f'paper {{\n  title: "{title}"\n' + (f'  abbr: "{abbreviation}"\n' if abbreviation else "") + "}\n"


def test_a_note_and_a_cover_below_the_papers_folder(tmp_path: Path) -> None:
    record = f'{QUEST}note {{ url: "note.md" }} cover {{ url: "./MInference_3shape.PNG" }}'
    files = {"notes/2024/Quest/note.md": "", "notes/2024/Quest/MInference_3shape.PNG": "", RECORD: record}
    library = loaded(tmp_path, files)
    quest = library.papers[KEY]
    assert (quest.note, quest.cover) == (
        Attachment(path="2024/Quest/note.md"),
        Attachment(path="2024/Quest/MInference_3shape.PNG"),
    )
    assert library.notes["2024/Quest/note.md"].papers == (KEY,)
    assert library.files == ("2024/Quest/MInference_3shape.PNG",)
    assert lines(library) == []


def test_addresses(tmp_path: Path) -> None:
    record = f'{QUEST}note {{ url: "https://example.org/n" }} cover {{ url: " http://example.org/c.png" }}'
    quest = loaded(tmp_path, {RECORD: record}).papers[KEY]
    assert (quest.note, quest.cover) == (
        Attachment(address="https://example.org/n"),
        Attachment(address="http://example.org/c.png"),
    )


def test_a_note_that_no_field_names_but_its_place(tmp_path: Path) -> None:
    notes = {"notes/2024/Quest/index.md": "# A"}
    assert loaded(tmp_path / "a", {RECORD: QUEST, **notes}).papers[KEY].note == Attachment(path="2024/Quest/index.md")
    assert loaded(tmp_path / "b", {RECORD: with_note(""), **notes}).papers[KEY].note is None
    assert loaded(tmp_path / "c", {RECORD: f"{QUEST}note {{ }}", **notes}).papers[KEY].note is not None


@pytest.mark.parametrize(
    ("url", "files", "line"),
    [
        ("nota.md", ["2024/Quest/note.md"], "the note 'nota.md' is not there; did you mean 'note.md'? [missing-note]"),
        ("zzz.md", [], "the note 'zzz.md' is not there [missing-note]"),
        (
            "../../../x.md",
            [],
            "the note '../../../x.md' leads out of the notes folder; name a file below it [outside-notes]",
        ),
        ("/x.md", ["x.md"], "the note '/x.md' is no path below the notes folder; name a file below it [outside-notes]"),
        (
            "..\\\\x.md",
            ["2024/x.md"],
            "the note '..\\\\x.md' holds a backslash, where folders are parted by '/'; write '../x.md' [outside-notes]",
        ),
        (
            "note.pdf",
            ["2024/Quest/note.pdf"],
            (
                "the note 'note.pdf' is no Markdown file; "
                "name a file that ends with .md, .markdown, .mdown, .mkdn or .mkd [wrong-file-type]"
            ),
        ),
    ],
)
def test_a_note_that_is_not_there_has_its_line_and_no_link(
    tmp_path: Path, url: str, files: list[str], line: str
) -> None:
    notes = {f"notes/{file}": "" for file in files}
    library = loaded(tmp_path, {RECORD: with_note(url), **notes}, levels={"orphan-note": "off"})
    assert library.papers[KEY].note is None
    assert lines(library) == [f"{RECORD}:5:8: {line}"]


def test_other_letter_case_works_and_is_named_and_mended(tmp_path: Path) -> None:
    library = loaded(tmp_path, {RECORD: with_note("quest/Note.md"), "notes/2024/Quest/note.md": ""})
    assert library.papers[KEY].note == Attachment(path="2024/Quest/note.md")
    (problem,) = library.problems
    assert str(problem) == (
        f"{RECORD}:5:8: the note 'quest/Note.md' is there in other letter case only; "
        "write 'Quest/note.md' [wrong-case-note]"
    )
    (edit,) = problem.edits
    text = (tmp_path / RECORD).read_text()
    assert text[: edit.start] + edit.text + text[edit.end :] == with_note("Quest/note.md")


def test_baselines(tmp_path: Path) -> None:
    files = {
        "meta/2022/flashattention.prototxt": titled("FlashAttention: Fast", "FlashAttention"),
        "meta/2023/gptq.yaml": "paper:\n  title: GPTQ, at length\n",
        "meta/2023/H2O.prototxt": titled("Heavy Hitters", "H2O"),
        "meta/2023/twin1.prototxt": titled("Twin one", "Twin"),
        "meta/2023/twin2.prototxt": titled("Twin two", "Twin"),
        "meta/2023/Broken.prototxt": "paper {",
        RECORD: with_baselines(
            "2023/gptq",
            "2022/FlashAttention",
            "2023/h2o",
            "h2o",
            "Twin",
            "Magnitude pruning",
            "2023/gptq",
            "2023/twin",
            "2023/Broken",
            "2024/Quest",
            "Quest",
            "1/2 precision",
        ),
    }
    library = loaded(tmp_path, files)
    assert library.papers[KEY].baselines == (
        Baseline("GPTQ, at length", "2023/gptq"),
        Baseline("FlashAttention", "2022/flashattention"),
        Baseline("H2O", "2023/H2O"),
        Baseline("h2o", "2023/H2O"),
        Baseline("Twin"),
        Baseline("Magnitude pruning"),
        Baseline("2023/twin"),
        Baseline("2023/Broken"),
        Baseline("Quest"),
        Baseline("1/2 precision"),
    )
    assert [line for line in lines(library) if line.startswith(RECORD)] == [
        (
            f"{RECORD}:6:12: the key '2022/FlashAttention' is not written as its record's; "
            "write '2022/flashattention' [wrong-case-baseline]"
        ),
        f"{RECORD}:7:12: the key '2023/h2o' is not written as its record's; write '2023/H2O' [wrong-case-baseline]",
        f"{RECORD}:12:12: no record has the key '2023/twin'; did you mean '2023/twin1'? [missing-baseline]",
    ]
    assert list(library.unreadable) == ["2023/Broken"]


def test_same_work_goes_both_ways(tmp_path: Path) -> None:
    named = "".join(f'same_work: "{key}"\n' for key in ("2024/quest", "2022/Quest", "2023/Quest", ""))
    files = {
        "meta/2023/Quest.prototxt": QUEST + named,
        "meta/2021/Other.prototxt": f'{titled("Other")}same_work: "2024/Quest"\n',
        RECORD: QUEST,
    }
    library = loaded(tmp_path, files)
    assert library.papers[KEY].same_work == ("2021/Other", "2023/Quest")
    assert library.papers["2023/Quest"].same_work == (KEY,)
    assert lines(library) == [
        (
            "meta/2023/Quest.prototxt:4:12: the key '2024/quest' is not written as its record's; "
            "write '2024/Quest' [wrong-case-same-work]"
        ),
        "meta/2023/Quest.prototxt:5:12: no record has the key '2022/Quest' [missing-same-work]",
    ]


def test_a_key_of_before_finds_the_record(tmp_path: Path) -> None:
    former = (
        'former_keys: "2022/Quest"\nformer_keys: "2021/Kept"\nformer_keys: "../Quest"\nformer_keys: "2020/.Hidden"\n'
    )
    files = {
        RECORD: titled("Quest") + former,
        "meta/2021/kept.prototxt": titled("Kept"),
        "meta/2025/Later.prototxt": titled("Later") + 'former_keys: "2022/quest"\nformer_keys: "2020/Later"\n',
        "meta/2023/Heir.yaml": "paper: {title: Heir}\nbaseline: {methods: [2022/quest, 2021/Kept]}\n"
        "same_work: [2020/Later]\n",
    }
    library = loaded(tmp_path, files)
    heir = library.papers["2023/Heir"]
    assert [baseline.key for baseline in heir.baselines] == [KEY, "2021/kept"]
    assert heir.same_work == ("2025/Later",)
    assert lines(library) == [
        (
            "meta/2023/Heir.yaml:2:22: the record that had the key '2022/quest' has another now; "
            "write '2024/Quest' [wrong-case-baseline]"
        ),
        (
            "meta/2023/Heir.yaml:2:34: the key '2021/Kept' is not written as its record's; "
            "write '2021/kept' [wrong-case-baseline]"
        ),
        (
            "meta/2023/Heir.yaml:3:13: the record that had the key '2020/Later' has another now; "
            "write '2025/Later' [wrong-case-same-work]"
        ),
        (
            f"{RECORD}:5:14: the key '2021/Kept' is that of another record now; "
            "take it out: it leads to the other one [taken-former-key]"
        ),
        (
            "meta/2025/Later.prototxt:4:14: 2024/Quest had the key '2022/quest' too; "
            "take it out: it leads to the other one [taken-former-key]"
        ),
    ]


def test_hundreds_of_records_of_one_name_end_soon(tmp_path: Path) -> None:
    """Where each baseline were compared with each paper it would take a minute."""
    record = titled("Quest", "Quest") + "baseline {\n" + '  methods: "quest"\n  methods: "2020/none"\n' * 20 + "}\n"
    library: Library = loaded(tmp_path, {f"meta/2024/{n:04}.prototxt": record for n in range(400)})
    assert set(codes(library)) == {"missing-baseline", "duplicate-paper"}


def test_covers_are_pictures(tmp_path: Path) -> None:
    files = {"notes/2024/Quest/note.md": "", "notes/2024/Quest/a.svg": PIXEL}
    library = loaded(tmp_path, {RECORD: f'{QUEST}cover {{ url: "note.md" }}', **files})
    assert codes(library) == ["wrong-file-type"]
    assert library.papers[KEY].cover is None
