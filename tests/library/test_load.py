"""A library read anew, and read on."""

import dataclasses
import gc
import os
import shutil
import tempfile
from pathlib import Path
from unittest.mock import Mock

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from mkdocs_papers.library import memory as memory_module
from mkdocs_papers.library.folder import FoundFile
from mkdocs_papers.library.load import LibraryReader, load
from mkdocs_papers.library.memory import ReadingMemory
from mkdocs_papers.library.model import Library
from mkdocs_papers.library.settings import Settings, settings_from
from mkdocs_papers.records.problem import Level
from mkdocs_papers.records.read import read_record
from tests.libraries import QUEST, codes, lines, loaded
from tests.sites import write_files

QUEST_B = 'paper {\n  title: "B"\n}\n'
HOME = Path(__file__).parents[2]


def test_an_empty_library(tmp_path: Path) -> None:
    assert load(Settings(tmp_path)) == Library({}, {})


def test_what_has_read_the_files_goes_at_once(tmp_path: Path) -> None:
    write_files(tmp_path, {"meta/2024/Quest.prototxt": QUEST})
    gc.disable()
    try:
        before = _readers()
        library = load(Settings(tmp_path))
        after = _readers()
    finally:
        gc.enable()
    assert library.papers
    assert after == before


def _readers() -> int:
    return sum([isinstance(each, LibraryReader) for each in gc.get_objects()])


def test_papers_and_notes_are_in_order(tmp_path: Path) -> None:
    files = {f"meta/{key}.yaml": f"paper: {{title: '{key}'}}" for key in ("2024/b", "2023/c", "2024/B", "2024/a")}
    library = loaded(tmp_path, {**files, "notes/b.md": "", "notes/2024/a.md": "", "notes/a.png": ""})
    assert list(library.papers) == ["2023/c", "2024/B", "2024/a", "2024/b"]
    assert list(library.notes) == ["2024/a.md", "b.md"]
    assert library.files == ("a.png",)


def test_a_record_that_cannot_be_read_costs_its_paper_alone(tmp_path: Path) -> None:
    files = {"meta/2024/Bad.prototxt": "paper {", "meta/2024/Quest.prototxt": QUEST}
    library = loaded(tmp_path, files)
    assert list(library.papers) == ["2024/Quest"]
    assert library.unreadable == {"2024/Bad": library.problems}
    assert codes(library) == ["syntax"]


def test_levels(tmp_path: Path) -> None:
    files = {"meta/2024/Bad.prototxt": "paper {", "notes/a.md": "[a](b)"}
    library = loaded(tmp_path, files, levels={"syntax": "hint", "orphan-note": "error", "broken-link": "off"})
    assert [(problem.code, problem.level) for problem in library.problems] == [
        ("syntax", Level.HINT),
        ("orphan-note", Level.ERROR),
    ]
    assert [problem.level for problem in library.unreadable["2024/Bad"]] == [Level.HINT]


def test_problems_stand_in_order_of_path_and_place(tmp_path: Path) -> None:
    record = 'paper {\n  titel: "x"\n  title: " Quest"\n}\nrating: 7\n'
    files = {"notes/a.md": "[b](b.md)\n", "meta/2024/b.prototxt": record, "meta/2023/a.yaml": "paper: {}"}
    problems = loaded(tmp_path, files).problems
    assert [(problem.path, problem.place) for problem in problems] == sorted(
        (problem.path, problem.place) for problem in problems
    )
    assert len(problems) == 6


@pytest.mark.parametrize("path", ["meta/2024/Quest.prototxt", "notes/a.md"])
def test_a_file_that_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    opened = FoundFile.content

    def refuse(file: FoundFile, limit: int) -> bytes:
        if file.location.endswith(path):
            raise PermissionError(13, "Permission denied", path)
        return opened(file, limit)

    monkeypatch.setattr(FoundFile, "content", refuse)
    library = loaded(
        tmp_path, {"meta/2024/Quest.prototxt": QUEST, "meta/2024/b.prototxt": QUEST_B, "notes/a.md": "# A"}
    )
    if path.startswith("meta"):
        assert lines(library)[0] == f"{path}:1:1: the file cannot be opened: Permission denied [syntax]"
        assert list(library.papers) == ["2024/b"]
        assert list(library.unreadable) == ["2024/Quest"]
    else:
        assert f"{path}:1:1: the file cannot be opened: Permission denied [unusable-note]" in lines(library)
        assert list(library.notes) == ["a.md"]


def test_a_file_that_is_deleted_meanwhile_is_not_mended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(path: Path) -> bytes:
        raise FileNotFoundError(2, "No such file or directory", str(path))

    write_files(
        tmp_path, {"meta/2024/Quest.yaml": "paper: {title: Q}\nnote: {url: Note.md}", "notes/2024/Quest/note.md": ""}
    )
    monkeypatch.setattr(Path, "read_bytes", gone)
    (problem,) = load(Settings(tmp_path)).problems
    assert (problem.code, problem.edits) == ("wrong-case-note", ())


def test_a_record_that_is_deleted_meanwhile_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(file: FoundFile, limit: int) -> bytes:
        raise FileNotFoundError(2, "No such file or directory", file.location)

    monkeypatch.setattr(FoundFile, "content", gone)
    assert loaded(tmp_path, {"meta/2024/Quest.prototxt": QUEST}) == Library({}, {})


@pytest.mark.parametrize("first", ["prototxt", "yaml"])
def test_of_two_files_of_one_key_the_prototxt_is_read(tmp_path: Path, first: str) -> None:
    files = {"meta/2024/Quest.prototxt": QUEST, "meta/2024/Quest.yaml": "paper: {title: Other, oops: 1}"}
    library = loaded(tmp_path, dict(sorted(files.items(), reverse=first == "yaml")))
    assert library.papers["2024/Quest"].title == "Quest"
    assert lines(library) == [
        (
            "meta/2024/Quest.yaml:1:1: meta/2024/Quest.prototxt has the same key, '2024/Quest', so this file is "
            "not read; keep one of the two files [repeated-record]"
        )
    ]


def test_the_title_of_a_note_without_heading(tmp_path: Path) -> None:
    files = {
        "meta/2024/Quest.prototxt": f'{QUEST}note {{ url: "note.md" }}',
        "notes/2024/Quest/note.md": "Words.",
        "notes/ideas.and.more.md": "Words.",
    }
    notes = loaded(tmp_path, files).notes
    assert [note.title for note in notes.values()] == ["Quest", "ideas.and.more"]


def test_a_note_of_two_papers(tmp_path: Path) -> None:
    files = {
        "meta/2024/b.prototxt": 'paper { title: "B" } note { url: "both.md" }',
        "meta/2024/a.prototxt": 'paper { title: "A" } note { url: "both.md" }',
        "notes/2024/both.md": "Words.",
    }
    assert loaded(tmp_path, files).notes["2024/both.md"].papers == ("2024/a", "2024/b")


def test_the_shipped_library_is_clean() -> None:
    library = load(Settings(HOME))
    assert lines(library) == []
    assert len(library.papers) == 125


@given(st.lists(st.tuples(st.integers(min_value=0), st.integers(min_value=0), st.integers(0, 255)), max_size=30))
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_flipped_bytes_cost_no_paper_that_can_still_be_read(
    tmp_path_factory: pytest.TempPathFactory, flips: list[tuple[int, int, int]]
) -> None:
    files = sorted((HOME / "meta").glob("2022/*"))
    content = [bytearray(file.read_bytes()) for file in files]
    for file, at, byte in flips:
        changed = content[file % len(content)]
        changed[at % len(changed)] = byte
    folder = tmp_path_factory.mktemp("library")
    library = loaded(folder, {f"meta/2022/{file.name}": bytes(text) for file, text in zip(files, content, strict=True)})
    readable = {
        f"2022/{file.stem}"
        for file, text in zip(files, content, strict=True)
        if read_record(file.name, f"2022/{file.stem}", bytes(text)).record
    }
    assert library.papers.keys() == readable
    assert library.unreadable.keys() == {f"2022/{file.stem}" for file in files} - readable
    assert all(paper.title.strip() for paper in library.papers.values())


class TestMemory:
    def test_only_what_changed_is_parsed_and_only_its_papers_are_new(self, tmp_path: Path) -> None:
        shutil.copytree(HOME / "meta", tmp_path / "meta")
        shutil.copytree(HOME / "notes", tmp_path / "notes")
        memory = ReadingMemory()
        reader = LibraryReader(Settings(tmp_path), memory)
        before = reader.read()
        read = memory.read
        record = tmp_path / "meta/2024/Quest.prototxt"
        record.write_text("# a remark\n" + record.read_text())
        after = reader.read()
        assert memory.read == read + 1
        changed = [key for key, paper in after.papers.items() if paper is not before.papers[key]]
        assert changed == ["2024/Quest"]
        assert all(note is before.notes[path] for path, note in after.notes.items())

    def test_a_problem_moves_with_its_line(self, tmp_path: Path) -> None:
        record = 'paper {\n  title: "Quest"\n}\nbaseline {\n  methods: "2024/none"\n}\npub {\n  year: 2020\n}\n'
        write_files(tmp_path, {"meta/2024/Quest.prototxt": record})
        reader = LibraryReader(Settings(tmp_path))
        assert [problem.place.line for problem in reader.read().problems] == [5, 8]
        write_files(tmp_path, {"meta/2024/Quest.prototxt": f"# a remark\n{record}"})
        assert [problem.place.line for problem in reader.read().problems] == [6, 9]

    def test_other_settings_are_heeded(self, tmp_path: Path) -> None:
        write_files(tmp_path, {"meta/2024/Quest.prototxt": f'{QUEST}pub {{ where: "GH" }}', "notes/a.md": "[a](b)"})
        memory = ReadingMemory()
        plain = Settings(tmp_path)
        assert load(plain, memory).papers["2024/Quest"].venue == "GH"
        certain = dataclasses.replace(plain, aliases={"venue": {"GH": "GitHub"}}, exclude=("a.md",))
        assert load(certain, memory) == load(certain)
        assert load(certain, memory).papers["2024/Quest"].venue == "GitHub"


class Refusing:
    """A file system that does not give some files."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.errors: dict[str, OSError] = {}
        opened = FoundFile.content

        def content(file: FoundFile, limit: int) -> bytes:
            if file.path in self.errors:
                raise self.errors[file.path]
            return opened(file, limit)

        monkeypatch.setattr(FoundFile, "content", content)


@pytest.mark.parametrize("error", [OSError(24, "Too many open files"), FileNotFoundError(2, "No such file")])
@pytest.mark.parametrize("changes", [False, True])
def test_a_file_that_could_not_be_read_once_is_read_again_and_at_its_place(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: OSError,
    changes: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    texts = {f"meta/2024/{name}.yaml": f"paper: {{title: '{name}'}}" for name in "abc"}
    texts |= {"meta/2024/a.prototxt": QUEST, **{f"notes/{name}.md": f"# {name}" for name in "abc"}}
    write_files(tmp_path, texts)
    for path in texts:
        os.utime(tmp_path / path, (1, 1))
    monkeypatch.setattr(memory_module, "_CERTAIN_NS", 0)
    settings, refusing = Settings(tmp_path), Refusing(monkeypatch)
    reader = LibraryReader(settings)
    reader.read()
    for path in ("2024/a.prototxt", "2024/b.yaml", "a.md"):
        refusing.errors = {path: error}
        whole = f"{'notes' if path.endswith('.md') else 'meta'}/{path}"
        write_files(tmp_path, {whole: f"{texts[whole]}\n"})
        reader.read()
        refusing.errors = {}
        if changes:
            write_files(tmp_path, {whole: f"{texts[whole]}\n\n"})
        on, anew = reader.read(), load(settings)
        assert on == anew
        assert (list(on.papers), list(on.notes)) == (list(anew.papers), list(anew.notes))


NAMES = ["a", "A", "b"]
SUFFIXES = [".prototxt", ".yaml", ".yml"]
RECORDS = [
    "paper {",
    'paper { title: "T1" abbr: "a" } note { url: "note.md" } baseline { methods: "2023/a" methods: "a" }',
    'paper { title: "T2" abbr: "X" } note { url: "A/note.md" } cover { url: "c.svg" } same_work: "2024/a"',
    'paper { title: "T1" institutions: "Stanford" authors: "S Han, S. Han" } pub { year: 2024 where: "" }',
    'paper { title: "T3" institutions: "Stanford University" url: "https://arxiv.org/abs/2406.10774v1" }',
    'paper { title: "T4" url: "http://arxiv.org/pdf/2406.10774" } same_work: "2023/b" note { url: "../a/note.md" }',
    'paper { title: "T5" abbr: "x" authors: "S Han, B" } baseline { methods: "X" methods: "2024/A" methods: "2023/X" }',
    'paper { title: "T6" authors: "S. Han" } cover { url: "./../b/c.svg" } baseline { methods: "2023/a" }',
]
NOTES = [
    "# One\n\n[a](../../2023/a/note.md#two) ![c](c.svg)\n\n<a href='../../../meta/2024/a.prototxt'>x</a>",
    "# Two\n\n[a](#one) [r](../../../README.md) [b](../../../meta/2023/b.prototxt)",
    "---\ndraft: true\n---\n[a](Note.md) [b](../b/note.md)",
    b"\xff",
]


class Rebuilding(RuleBasedStateMachine):
    """Whatever happens to a library, what is read on equals what is read anew."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp())
        self.memory = ReadingMemory()
        self.settings = Settings(self.root)
        self.reader = LibraryReader(self.settings, self.memory)

    def teardown(self) -> None:
        shutil.rmtree(self.root)

    @rule(
        year=st.sampled_from(["2023", "2024"]),
        name=st.sampled_from(NAMES),
        suffix=st.sampled_from([".prototxt", ".prototxt", ".yaml"]),
        text=st.sampled_from(RECORDS),
    )
    def write_record(self, year: str, name: str, suffix: str, text: str) -> None:
        # As YAML none of them can be read: of two files with one key it is the other that is.
        write_files(self.root, {f"meta/{year}/{name}{suffix}": text})

    @rule(
        name=st.sampled_from(NAMES),
        old=st.sampled_from(SUFFIXES),
        new=st.sampled_from(SUFFIXES),
        other=st.sampled_from(RECORDS),
    )
    def write_two(self, name: str, old: str, new: str, other: str) -> None:
        # One of them for another file of the same key.
        (self.root / f"meta/2024/{name}{old}").unlink(missing_ok=True)
        text = RECORDS[1] if new == ".prototxt" else "paper: {title: T1}\nsame_work: 2023/a"
        write_files(self.root, {f"meta/2024/{name}{new}": text, "meta/2023/b.prototxt": other})

    @rule(year=st.sampled_from(["2023", "2024"]), name=st.sampled_from(NAMES), text=st.sampled_from(NOTES))
    def write_note(self, year: str, name: str, text: str | bytes) -> None:
        write_files(self.root, {f"notes/{year}/{name}/note.md": text})

    @rule(year=st.sampled_from(["2023", "2024"]), name=st.sampled_from(["a/c.svg", "b/c.svg", "A/index.md"]))
    def write_beside(self, year: str, name: str) -> None:
        write_files(self.root, {f"notes/{year}/{name}": "", "README.md": "read me"})

    @rule(choice=st.integers(min_value=0))
    def delete(self, choice: int) -> None:
        files = sorted(file for file in self.root.rglob("*") if file.is_file())
        if files:
            files[choice % len(files)].unlink()

    @rule(one=st.integers(min_value=0), other=st.integers(min_value=0))
    def rename(self, one: int, other: int) -> None:
        files = sorted(file for file in self.root.rglob("*") if file.is_file())
        if files:
            files[one % len(files)].replace(files[other % len(files)])

    @rule(exclude=st.sampled_from([(), ("b/",), ("*.svg",)]))
    def configure(self, exclude: tuple[str, ...]) -> None:
        self.settings = dataclasses.replace(self.settings, exclude=exclude)
        self.reader = LibraryReader(self.settings, self.memory)

    @invariant()
    def same(self) -> None:
        on, anew = self.reader.read(), load(self.settings)
        assert on == anew
        assert (list(on.papers), list(on.notes)) == (list(anew.papers), list(anew.notes))


TestRebuilding = Rebuilding.TestCase
TestRebuilding.settings = hypothesis_settings(stateful_step_count=20)


def test_a_record_whose_suffix_changes_keeps_its_place(tmp_path: Path) -> None:
    write_files(tmp_path, {f"meta/2024/{name}.yaml": "paper: {title: One}" for name in "abc"})
    settings = Settings(tmp_path)
    reader = LibraryReader(settings)
    reader.read()
    (tmp_path / "meta/2024/a.yaml").unlink()
    write_files(
        tmp_path,
        {
            "meta/2024/a.prototxt": 'paper { title: "One" }',
            "meta/2024/c.yaml": "paper: {title: Two}\nsame_work: 2024/b",
        },
    )
    on, anew = reader.read(), load(settings)
    assert list(on.papers) == list(anew.papers) == ["2024/a", "2024/b", "2024/c"]
    assert on == anew


def test_of_two_files_with_one_key_the_other_counts_once_the_first_is_gone(tmp_path: Path) -> None:
    record = 'paper { title: "A" }\n'
    files = {"meta/2024/A.prototxt": record, "meta/2024/A.yaml": "paper: {title: B}\n"}
    write_files(tmp_path, {**files, "notes/n.md": "# Note\n\n[A](../meta/2024/A.yaml)\n"})
    reader = LibraryReader(Settings(tmp_path))
    reader.read()
    (tmp_path / "meta/2024/A.prototxt").unlink()
    assert reader.read() == load(Settings(tmp_path))
    write_files(tmp_path, files)
    assert reader.read() == load(Settings(tmp_path))


def test_after_a_reading_that_raised_every_file_may_have_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(tmp_path, {"meta/2024/A.yaml": "paper: {title: A}\n", "notes/n.md": "# Note\n"})
    reader = LibraryReader(Settings(tmp_path))
    reader.read()
    write_files(tmp_path, {"meta/2024/A.yaml": "paper: {title: B}\n", "meta/2024/C.yaml": "paper: {title: C}\n"})
    with monkeypatch.context() as patched:
        patched.setattr("mkdocs_papers.library.load.find_notes", Mock(side_effect=OSError("once and never again")))
        with pytest.raises(OSError, match="once"):
            reader.read({"meta": {"2024/A.yaml", "2024/C.yaml"}, "notes": set[str]()}.get)
    assert reader.read({"meta": set[str](), "notes": set[str]()}.get) == load(Settings(tmp_path))
    long = "x" * 300
    assert reader.read({"meta": {f"2024/{long}.yaml"}, "notes": {long}}.get) == load(Settings(tmp_path))


def test_markdown_in_html_counts_where_the_site_reads_it(tmp_path: Path) -> None:
    text = "<div markdown>\n\n# Inside {#there}\n\n[a](b.md)\n\n</div>\n\n# Outside\n"
    write_files(tmp_path, {"notes/x.md": text})
    memory, read = ReadingMemory(), []
    for extensions in ((), ("toc", "extra"), ("markdown.extensions.md_in_html",), ("pymdownx.extra:x",), ("toc",)):
        load(settings_from({}, tmp_path, extensions), memory)
        ((_, _, note),) = memory.values("note")
        read.append((note.title, len(note.links), "there" in note.anchors))
    plain = ("Outside", 0, False)
    assert read == [plain, *[("Inside", 1, True)] * 3, plain]
