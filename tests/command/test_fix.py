"""``mkdocs-papers check --fix``: the smallest change that mends what has one safe answer."""

import contextlib
import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mkdocs_papers.command import fixing, writing
from mkdocs_papers.command.main import main
from mkdocs_papers.command.writing import write_whole
from mkdocs_papers.library.load import load
from mkdocs_papers.library.model import Library
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.records.problem import Edit
from mkdocs_papers.records.record import Reading
from tests.command import killed
from tests.libraries import PIXEL
from tests.programs import run
from tests.sites import ROOT, write_files

Captured = pytest.CaptureFixture[str]

BEFORE = """\
# Read in June.\r
paper {\r
  title: "Quest "   # a space too many\r
  url: "http://arxiv.org/abs/2406.10774v1"\r
  authors: "Jiaming Tang, Yilong Zhao"\r
}\r
note { url: "Note.md" }\r
cover: < url: 'quest/COVER.svg', >\r
baseline {\r
  methods: "2022/FlashAttention"\r
}\r
"""
AFTER = """\
# Read in June.\r
paper {\r
  title: "Quest"   # a space too many\r
  url: "https://arxiv.org/abs/2406.10774v1"\r
  authors: "Jiaming Tang"\r
  authors: "Yilong Zhao"\r
}\r
note { url: "note.md" }\r
cover: < url: 'Quest/cover.svg', >\r
baseline {\r
  methods: "2022/flashattention"\r
}\r
"""
YAML_BEFORE = """\
# A remark.
paper:
  title: ' FlashAttention'
  authors:
    - Tri Dao, Daniel Y. Fu  # both
note: {url: ../Quest/note.md}
"""
YAML_AFTER = """\
# A remark.
paper:
  title: 'FlashAttention'
  authors:
    - Tri Dao
    - Daniel Y. Fu  # both
note: {url: ../Quest/note.md}
"""
FILES = {
    "mkdocs.yml": "plugins: [papers]\n",
    "meta/2024/Quest.prototxt": BEFORE,
    "meta/2022/flashattention.prototxt": 'paper { title: "FlashAttention" abbr: "FlashAttention" }\n',
    "notes/2024/Quest/note.md": "# Quest\n\n![a](Cover.svg)\n[b](../../../meta/2024/quest.prototxt#L1)\n",
    "notes/2024/Quest/cover.svg": PIXEL,
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_files(tmp_path, FILES)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def content(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_comments_layout_and_line_ends_stay(project: Path, capsys: Captured) -> None:
    assert main(["check", "--fix"]) == 0
    assert (project / "meta/2024/Quest.prototxt").read_bytes().decode() == AFTER
    assert (project / "notes/2024/Quest/note.md").read_text() == (
        "# Quest\n\n![a](cover.svg)\n[b](../../../meta/2024/Quest.prototxt#L1)\n"
    )
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "meta/2024/Quest.prototxt: 6 changes\nnotes/2024/Quest/note.md: 2 changes\nno problems\n"


def test_nothing_else_is_touched_and_a_second_time_changes_nothing(project: Path) -> None:
    before = content(project)
    main(["check", "--fix"])
    after = content(project)
    changed = {path for path in after if after[path] != before.get(path)}
    assert changed == {"meta/2024/Quest.prototxt", "notes/2024/Quest/note.md"}
    assert before.keys() == after.keys()
    times = {path: (project / path).stat().st_mtime_ns for path in after}
    main(["check", "--fix"])
    assert content(project) == after
    assert times == {path: (project / path).stat().st_mtime_ns for path in after}


def test_only_the_paths_that_were_named(project: Path) -> None:
    main(["check", "--fix", "notes"])
    assert (project / "meta/2024/Quest.prototxt").read_bytes().decode() == BEFORE
    assert "cover.svg" in (project / "notes/2024/Quest/note.md").read_text()


def test_a_code_that_is_switched_off_is_not_mended(project: Path) -> None:
    write_files(project, {"mkdocs.yml": "plugins: [papers: {levels: {stray-space: off, joined-authors: off}}]"})
    main(["check", "--fix"])
    text = (project / "meta/2024/Quest.prototxt").read_bytes().decode()
    assert '"Quest "' in text
    assert '"Jiaming Tang, Yilong Zhao"' in text
    assert '"note.md"' in text


def test_yaml(project: Path) -> None:
    (project / "meta/2022/flashattention.prototxt").unlink()
    write_files(project, {"meta/2022/flashattention.yaml": YAML_BEFORE})
    main(["check", "--fix", "meta/2022"])
    assert (project / "meta/2022/flashattention.yaml").read_text() == YAML_AFTER


def test_permissions_and_links_stay(project: Path) -> None:
    record = project / "meta/2024/Quest.prototxt"
    record.chmod(0o640)
    real = project / "meta/2024/real.txt"
    record.rename(real)
    record.symlink_to("real.txt")
    main(["check", "--fix"])
    assert record.is_symlink()
    assert real.read_bytes().decode() == AFTER
    assert real.stat().st_mode & 0o777 == 0o640


def test_a_file_that_cannot_be_written(project: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, content: bytes, *, expected: bytes) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(fixing, "write_whole", refuse)
    assert main(["check", "--fix"]) == 2
    assert "Permission denied" in capsys.readouterr().err
    assert content(project)["meta/2024/Quest.prototxt"].decode() == BEFORE


def test_a_failure_half_way_leaves_the_old_file_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a"
    file.write_text("old")

    def fail(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space left"):
        write_whole(file, b"new", expected=b"old")
    assert content(tmp_path) == {"a": b"old"}


def test_a_record_that_could_no_longer_be_read_stays(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fixing, "read_record", lambda *_: Reading(None))
    assert main(["check", "--fix"]) == 1
    assert content(project)["meta/2024/Quest.prototxt"].decode() == BEFORE
    assert "cover.svg" in (project / "notes/2024/Quest/note.md").read_text()


def test_a_note_that_is_not_utf8_stays(project: Path) -> None:
    note = b"# Caf\xe9\n\n![a](Cover.svg)\n"
    write_files(project, {"notes/2024/Quest/note.md": note})
    assert main(["check", "--fix"]) == 1
    assert content(project)["notes/2024/Quest/note.md"] == note


class TestWhatIsNotCertain:
    @pytest.mark.parametrize(
        "value",
        [
            "Smith, John A.",
            "van der Berg, Jan",
            "King, Martin, Jr.",
            "Institute of Arts and Letters, Kiln",
            "Null, null",
        ],
    )
    @pytest.mark.parametrize("suffix", ["prototxt", "yaml"])
    def test_one_person_or_body_stays_one(self, project: Path, capsys: Captured, value: str, suffix: str) -> None:
        text = {
            "prototxt": f'paper {{\n  title: "A"\n  authors: "{value}"\n}}\n',
            "yaml": f"paper:\n  title: A\n  authors:\n    - {value}\n",
        }[suffix]
        write_files(project, {f"meta/2023/a.{suffix}": text})
        assert main(["check", "--fix", "meta/2023"]) == 1
        assert (project / f"meta/2023/a.{suffix}").read_text() == text
        assert load(Settings(project)).papers["2023/a"].authors == (value,)
        assert f"{value!r} may be one author or several; write one in each value" in capsys.readouterr().out

    @pytest.mark.parametrize("name", ["Null", "null", "NULL", "Yes", "no", "On", "off", "TRUE", "false", "y", "N"])
    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("authors: {},", "authors: {!r}"),
            ("authors:\n    - {},", "authors:\n    - {!r}"),
            ("authors:\n    - {}; Jane Roe", "authors:\n    - {!r}\n    - Jane Roe"),
            ("authors: {}; Jane Roe", "authors: [{!r}, Jane Roe]"),
            ("authors: [A Roe, {}；Jane Roe]", "authors: [A Roe, {!r}, Jane Roe]"),
            ("authors: [A Roe, {}；]", "authors: [A Roe, {!r}]"),
        ],
    )
    def test_words_of_yaml_get_quotes(self, project: Path, name: str, before: str, after: str) -> None:
        start = "paper:\n  title: A\n  "
        write_files(project, {"meta/2023/a.yaml": start + before.format(name) + "\n"})
        assert main(["check", "--fix", "meta/2023"]) == 0
        text = (project / "meta/2023/a.yaml").read_text()
        assert text == start + after.format(name).replace("'", '"') + "\n"
        assert name in load(Settings(project)).papers["2023/a"].authors
        assert name in yaml.safe_load(text)["paper"]["authors"]

    def test_a_comma_in_a_name_that_goes_into_a_list(self, project: Path) -> None:
        write_files(project, {"meta/2023/a.yaml": "paper:\n  title: A\n  authors: Guy L. Steele, Jr., Jane Roe\n"})
        assert main(["check", "--fix", "meta/2023"]) == 0
        assert '  authors: ["Guy L. Steele, Jr.", Jane Roe]\n' in (project / "meta/2023/a.yaml").read_text()

    def test_a_key_with_a_colon(self, project: Path) -> None:
        other = 'paper { title: "C" abbr: "Sea" }\n'
        record = "paper: {title: A}\nbaseline:\n  methods:\n    - 2024/Sea\n    - '2024/Sea'\nsame_work: [2024/sea]\n"
        write_files(project, {"meta/2024/c: d.prototxt": other, "meta/2023/a.yaml": record})
        assert main(["check", "--fix", "meta/2023"]) == 0
        assert (project / "meta/2023/a.yaml").read_text() == (
            "paper: {title: A}\nbaseline:\n  methods:\n    - \"2024/c: d\"\n    - '2024/c: d'\n"
            'same_work: ["2024/c: d"]\n'
        )

    @pytest.mark.parametrize("quote", ["'", '"'])
    def test_a_key_with_the_quote_around_it(self, project: Path, quote: str) -> None:
        record = f"paper {{ title: 'A' }}\nbaseline {{ methods: {quote}2024/Sea{quote} }}\n"
        write_files(
            project,
            {f"meta/2024/c{quote}d.prototxt": "paper { title: 'C' abbr: 'Sea' }\n", "meta/2023/a.prototxt": record},
        )
        assert main(["check", "--fix", "meta/2023"]) == 1
        assert (project / "meta/2023/a.prototxt").read_text() == record


class TestWhatOthersDo:
    def test_an_owner_who_saves_after_the_library_was_read(
        self, project: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        record = project / "meta/2024/Quest.prototxt"
        saves = iter(["# A remark of some length.\r\n" + BEFORE, "# Another\r\n" + BEFORE])

        def load_and_save(*arguments: Any) -> Library:
            library = load(*arguments)
            if text := next(saves, None):
                record.write_bytes(text.encode())
            return library

        monkeypatch.setattr(fixing, "read_library", load_and_save)
        assert main(["check", "--fix"]) == 0
        assert record.read_bytes().decode() == "# Another\r\n" + AFTER

    def test_an_owner_who_saves_while_the_new_content_is_written(
        self, project: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        record = project / "meta/2024/Quest.prototxt"
        synced = os.fsync
        saves = iter(["# A remark.\r\n" + BEFORE])

        def save_too(handle: int) -> None:
            synced(handle)
            if text := next(saves, None):
                record.write_bytes(text.encode())

        monkeypatch.setattr(os, "fsync", save_too)
        assert main(["check", "--fix"]) == 0
        assert record.read_bytes().decode() == "# A remark.\r\n" + AFTER

    def test_saves_in_the_moment_of_the_exchange_are_put_back(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = tmp_path / "a"
        file.write_bytes(b"old")
        exchanged = writing.exchange
        saves = iter([b"second", b"third", b"fourth"])

        def save_first(one: Path, other: Path) -> bool:
            if text := next(saves, None):
                (tmp_path / "b").write_bytes(text)
                (tmp_path / "b").replace(file)
            return exchanged(one, other)

        monkeypatch.setattr(writing, "exchange", save_first)
        assert not write_whole(file, b"new", expected=b"old")
        assert content(tmp_path) == {"a": b"fourth"}

    def test_an_exchange_as_macos_calls_it(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: list[tuple[bytes, bytes, int]] = []

        def renamex_np(one: bytes, other: bytes, flags: int) -> int:
            asked.append((one, other, flags))
            held = [Path(os.fsdecode(path)).read_bytes() for path in (one, other)]
            for path, content in zip((other, one), held, strict=True):
                Path(os.fsdecode(path)).write_bytes(content)
            return 0

        monkeypatch.setattr(writing, "_LIBRARY", SimpleNamespace(renamex_np=renamex_np))
        file = tmp_path / "a.txt"
        file.write_bytes(b"old")
        assert write_whole(file, b"new", expected=b"old")
        assert file.read_bytes() == b"new"
        ((_, other, flags),) = asked
        assert (os.fsdecode(other), flags) == (str(file), 2)

    def test_without_an_exchange_the_content_is_compared(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(writing, "exchange", lambda *_: False)
        file = tmp_path / "a"
        file.write_bytes(b"old")
        assert not write_whole(file, b"new", expected=b"else")
        assert content(tmp_path) == {"a": b"old"}
        assert write_whole(file, b"new", expected=b"old")
        assert content(tmp_path) == {"a": b"new"}

    def test_what_a_killed_run_left_goes_at_the_next(self, project: Path) -> None:
        (project / "docs").mkdir()
        left = {".mkdocs-papers-abcdefg1.tmp": "half", ".hidden.tmp": "kept", "mkdocs-papers-abcdefg1.tmp": "kept"}
        write_files(
            project,
            {f"{folder}/{name}": text for folder in ("meta/2024", "notes/2024/Quest") for name, text in left.items()},
        )
        main(["check", "--fix", "docs"])
        assert not list(project.rglob(".mkdocs-papers-*"))
        assert len(list(project.rglob("*.tmp"))) == 4

    def test_what_would_say_something_else_stays(self, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Whatever edits a check proposes, a file says the same afterwards, or is not touched."""
        note, record = project / "notes/2024/Quest/note.md", project / "meta/2024/Quest.prototxt"
        before = note.read_bytes(), record.read_bytes()

        def worse(text: str, edits: Iterable[Edit]) -> str:
            return text.replace("Quest", "Guest", 1)

        monkeypatch.setattr(fixing, "apply", worse)
        assert main(["check", "--fix"]) == 1
        assert (note.read_bytes(), record.read_bytes()) == before


def meaning(library: Library) -> dict[str, tuple[object, ...]]:
    """What a library says, addresses without scheme and letter case and places aside."""
    return {
        key: (
            paper.title,
            paper.authors,
            paper.institutions,
            *(str(address).replace("http:", "https:") for address in (paper.url, paper.note, paper.cover)),
            paper.venue,
            paper.keywords,
            paper.baselines,
            paper.same_work,
            paper.doi,
        )
        for key, paper in library.papers.items()
    }


TEXTS = st.text(alphabet="aA ,.\"\\'#:\t注", max_size=12) | st.sampled_from(
    [
        "A. Roe, B. Poe",
        " x",
        "x ",
        "Jr., A",
        "http://arxiv.org/abs/1234.56789 ",
        "doi:10.1/x",
        "Note.md",
        "../quest/NOTE.md",
        "2024/QUEST",
        "2024/sea",
        "Null",
        "no,",
        "null; A. Roe",
        "King, Martin, Jr.",
        "Smith, John A.",
        "Guy L. Steele, Jr., Jane Roe",
        "https://doi.org/10.1/x",
    ]
)


@st.composite
def records(draw: st.DrawFn) -> tuple[str, str]:
    """A record with odd values, by suffix."""
    values = {name: draw(TEXTS) for name in ("title", "abbr", "url", "doi")}
    authors = draw(st.lists(TEXTS, max_size=2))
    note, method = draw(TEXTS), draw(TEXTS)
    quote = draw(st.sampled_from("\"'"))
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))

    def literal(text: str) -> str:
        if not quote:
            # Where it would be something else than this text without quotes, it has some.
            with contextlib.suppress(yaml.YAMLError):
                if yaml.load(f"[{text}]", yaml.BaseLoader) == [text]:  # noqa: S506 - it makes texts alone
                    return text
            return json.dumps(text, ensure_ascii=False)
        return quote + text.replace("\\", "\\\\").replace(quote, f"\\{quote}").replace("\t", "\\t") + quote

    if draw(st.booleans()):
        lines = ["paper {", *(f"  {name}: {literal(value)}  # {name}" for name, value in values.items())]
        lines += [f"  authors: {literal(author)}" for author in authors]
        lines += ["}", f"note {{ url: {literal(note)} }}", "baseline {", f"  methods: {literal(method)}", "}", ""]
        return "prototxt", end.join(lines)
    quote = draw(st.sampled_from(['"', ""]))
    lines = ["paper:", *(f"  {name}: {literal(value)}  # {name}" for name, value in values.items())]
    lines += ["  authors:", *(f"    - {literal(author)}" for author in authors)] if authors else []
    lines += [f"note: {{url: {literal(note)}}}", "baseline:", f"  methods: [{literal(method)}]", ""]
    return "yaml", end.join(lines)


@given(records())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_fixing_changes_no_meaning_and_ends(tmp_path_factory: pytest.TempPathFactory, record: tuple[str, str]) -> None:
    suffix, text = record
    folder = tmp_path_factory.mktemp("library")
    write_files(
        folder,
        {
            f"meta/2023/odd.{suffix}": text,
            "meta/2024/Quest.prototxt": 'paper { title: "Quest" }',
            "meta/2024/c: d.prototxt": 'paper { title: "C" abbr: "Sea" }',
            "notes/2023/odd/note.md": "# A\n\n[b](../QUEST/note.md#b) ![c](../quest/NOTE.md 'd')\n",
            "notes/2023/Quest/note.md": "# B",
        },
    )
    plain = Settings(folder)
    before = load(plain)
    fixing.fix(plain, lambda _path: True)
    after = load(plain)
    assert meaning(after) == meaning(before)
    assert not any(problem.edits for problem in after.problems)
    assert {problem.code for problem in after.problems} <= {problem.code for problem in before.problems}
    assert fixing.fix(plain, lambda _path: True) == {}


def test_killed_at_any_moment_every_file_is_the_old_or_the_new(tmp_path: Path) -> None:
    write_files(tmp_path, {"meta/2024/.keep": ""})
    printed = run(sys.executable, "-m", "tests.command.killed", cwd=tmp_path, variables={"PYTHONPATH": str(ROOT)})
    old, new = ([killed.FORM.format(f"{title}{end}") for title in killed.TITLES] for end in (" ", ""))
    *found, last = map(json.loads, printed.splitlines())
    assert last == new
    mended = [sum(text == new[place] for place, text in enumerate(texts)) for texts in found]
    assert all(text in (old[place], new[place]) for texts in found for place, text in enumerate(texts))
    # Killed while each of them was written.
    assert all(mended.count(count) > 5 for count in range(len(new)))
