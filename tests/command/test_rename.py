"""``mkdocs-papers rename`` and ``remove``."""

import json
import os
import shutil
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mkdocs_papers.command import journal
from mkdocs_papers.command.main import main
from mkdocs_papers.library.load import load
from mkdocs_papers.library.model import Attachment
from mkdocs_papers.library.settings import Settings
from tests.sites import write_files

Captured = pytest.CaptureFixture[str]

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9H0z"/></svg>\n'
FILES = {
    "mkdocs.yml": "site_name: T\nplugins: [papers]\n",
    "meta/2024/Quest.prototxt": (
        '# Mine.\npaper { title: "Quest" }  # as printed\ncover { url: "Quest.svg" }\nsame_work: "2025/Later"\n'
    ),
    "meta/2025/Later.yaml": (
        "paper:\n  title: Later\nbaseline:\n  methods:\n    - 2024/Quest  # the first\n    - TOVA\n"
    ),
    "meta/2023/H2O.prototxt": (
        'paper { title: "H2O" }\nbaseline { methods: ["None", "2024/Quest"] }\n'
        'note { url: "../../2024/Quest/more.md" }\ncover { url: "2024/Quest/pages.svg" }\n'
    ),
    "notes/2024/Quest/note.md": (
        "# Quest\n\n![pages](pages.svg) ![](../Quest.svg) [other](../Other/note.md) [more](more.md#more)\n"
        "[record](../../../meta/2024/Quest.prototxt) [H2O](../../../meta/2023/H2O.prototxt) [top](#quest)\n"
    ),
    "notes/2024/Quest/more.md": "# More\n",
    "notes/2024/Quest/pages.svg": SVG,
    "notes/2024/Quest.svg": SVG,
    "notes/2024/Other/note.md": "# Other\n\nSee [Quest](../Quest/note.md) and <img src='../Quest/pages.svg'>.\n",
    "meta/2024/Other.yaml": "paper:\n  title: Other\n",
    "docs/guide/index.md": (
        "---\ntitle: Guide\n---\n[Quest](../../meta/2024/Quest.prototxt), <img src=../../notes/2024/Quest/pages.svg>,\n"
        "[other](other.md) [H2O](../../meta/2023/H2O.prototxt)\n"
    ),
    "notes/all.md": (
        "# All\n\n[Quest](../meta/2024/Quest.prototxt?x#y), `../meta/2024/Quest.prototxt`, "
        "[note](2024/Quest/note.md#quest),\n"
        "[a]: ../meta/2024/Quest.prototxt\n"
    ),
}


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "library"
    write_files(folder, FILES)
    monkeypatch.chdir(folder)
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".cache" not in path.parts
    }


def problems(folder: Path) -> list[str]:
    return [str(problem) for problem in load(Settings(folder)).problems if problem.code != "orphan-note"]


def test_everything_follows(library: Path, capsys: Captured) -> None:
    assert problems(library) == []
    assert main(["rename", "2024/quest", "2025/Quest+"]) == 0
    assert problems(library) == []
    assert capsys.readouterr().out.splitlines()[-3:] == [
        "notes/2024/Quest -> notes/2025/Quest+",
        "notes/2024/Quest.svg -> notes/2025/Quest+.svg",
        "meta/2024/Quest.prototxt -> meta/2025/Quest+.prototxt",
    ]
    after = {path: content.decode() for path, content in tree(library).items()}
    assert after["meta/2025/Quest+.prototxt"] == (
        '# Mine.\npaper { title: "Quest" }  # as printed\ncover { url: "Quest+.svg" }\nsame_work: "2025/Later"\n'
        'former_keys: "2024/Quest"\n'
    )
    assert '- "2025/Quest+"  # the first\n    - TOVA\n' in after["meta/2025/Later.yaml"]
    assert 'methods: ["None", "2025/Quest+"]' in after["meta/2023/H2O.prototxt"]
    assert after["notes/2025/Quest+/note.md"] == (
        "# Quest\n\n![pages](pages.svg) ![](../Quest+.svg) [other](../../2024/Other/note.md) [more](more.md#more)\n"
        "[record](../../../meta/2025/Quest+.prototxt) [H2O](../../../meta/2023/H2O.prototxt) [top](#quest)\n"
    )
    assert (
        "[Quest](../../2025/Quest+/note.md) and <img src='../../2025/Quest+/pages.svg'>"
        in after["notes/2024/Other/note.md"]
    )
    assert after["notes/all.md"] == (
        "# All\n\n[Quest](../meta/2025/Quest+.prototxt?x#y), `../meta/2024/Quest.prototxt`, "
        "[note](2025/Quest+/note.md#quest),\n[a]: ../meta/2025/Quest+.prototxt\n"
    )
    assert after["docs/guide/index.md"] == (
        "---\ntitle: Guide\n---\n[Quest](../../meta/2025/Quest+.prototxt), "
        "<img src=../../notes/2025/Quest+/pages.svg>,\n[other](other.md) [H2O](../../meta/2023/H2O.prototxt)\n"
    )
    papers = load(Settings(library)).papers
    h2o = papers["2023/H2O"]
    assert h2o.note == Attachment("2025/Quest+/more.md")
    assert h2o.cover == Attachment("2025/Quest+/pages.svg")
    assert [each.key for each in papers["2025/Later"].baselines] == ["2025/Quest+", None]
    assert papers["2025/Later"].same_work == ("2025/Quest+",)


def test_a_note_that_leads_to_itself_the_long_way_round_follows(library: Path) -> None:
    note = "# Quest\n\n![a](../Quest/pages.svg) ![b](pages.svg) [c](../../2024/Quest/more.md#d)\n"
    (library / "notes/2024/Quest/note.md").write_text(note, encoding="utf-8")
    assert main(["rename", "2024/Quest", "2025/New"]) == 0
    assert (library / "notes/2025/New/note.md").read_text(encoding="utf-8") == (
        "# Quest\n\n![a](pages.svg) ![b](pages.svg) [c](more.md#d)\n"
    )


def test_another_letter_case_follows_too(library: Path) -> None:
    record = library / "meta/2024/Quest.prototxt"
    record.write_text('paper { title: "Quest" }\ncover { url: "../Quest/pages.svg" }\n', encoding="utf-8")
    assert main(["rename", "2024/Quest", "2024/QUEST"]) == 0
    assert problems(library) == []


def test_back_and_forth_is_as_before(library: Path) -> None:
    before = tree(library)
    assert main(["rename", "2024/Quest", "2025/Pages"]) == 0
    assert main(["rename", "2025/Pages", "2024/Quest"]) == 0
    after = tree(library)
    assert after.keys() == before.keys()
    assert {path for path in before if before[path] != after[path]} <= {
        path for path in before if path.startswith("meta/")
    }
    assert problems(library) == []


class KilledError(BaseException):
    """The program is killed."""


def _killing(at: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program be killed before or after a step: even numbers before, odd ones after it."""
    steps = iter(range(10**6))

    def killed(step: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any, **named: Any) -> Any:
            number = 2 * next(steps)
            if number == at:
                raise KilledError
            result = step(*arguments, **named)
            if number + 1 == at:
                raise KilledError
            return result

        return run

    for name in ("write_whole", "write_new"):
        monkeypatch.setattr(journal, name, killed(getattr(journal, name)))
    for name in ("rename", "unlink"):
        monkeypatch.setattr(Path, name, killed(getattr(Path, name)))


def test_killed_at_any_moment_the_same_command_finishes(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = tmp_path / "start"
    monkeypatch.chdir(tmp_path)
    command = ["rename", "2024/Quest", "2025/Quest+", "--config", str(library / "mkdocs.yml")]
    shutil.copytree(library, start)
    assert main(command) == 0
    wanted = tree(library)
    for at in range(100):
        shutil.rmtree(library)
        shutil.copytree(start, library)
        with monkeypatch.context() as patched:
            _killing(at, patched)
            try:
                main(command)
                ended = True
            except KilledError:
                ended = False
        if ended:
            assert at > 15
            return
        assert main(command) == 0
        assert tree(library) == wanted
    raise AssertionError("it never came to its end")


def test_the_same_command_again_changes_nothing(library: Path, capsys: Captured) -> None:
    assert main(["rename", "2024/Quest", "2025/Quest+"]) == 0
    before = tree(library)
    capsys.readouterr()
    assert main(["rename", "2024/Quest", "2025/Quest+"]) == 0
    assert capsys.readouterr() == ("", "2024/Quest is 2025/Quest+ already\n")
    assert tree(library) == before


def test_what_somebody_wrote_in_between_stays(library: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    with monkeypatch.context() as patched:
        _killing(1, patched)
        with pytest.raises(KilledError):
            main(["rename", "2024/Quest", "2025/Quest+"])
    (library / "notes/all.md").write_text("mine\n")
    capsys.readouterr()
    assert main(["rename", "2024/Quest", "2025/Quest+"]) == 1
    assert capsys.readouterr().err == "notes/all.md: has changed since, and is left as it is; see mkdocs-papers check\n"
    assert (library / "notes/all.md").read_text() == "mine\n"
    assert (library / "meta/2025/Quest+.prototxt").exists()


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("2024/Other", "there is a record 2024/Other already"),
        ("2024/other", "there is a record 2024/Other already"),
        ("2024/Quest", "2024/Quest is its key already"),
        ("../x", "'../x' is no key; write a year and a name, such as 2024/Quest"),
        ("2024/.x", "'2024/.x' is no key; write a year and a name, such as 2024/Quest"),
        ("2024/a/b", "'2024/a/b' is no key; write a year and a name, such as 2024/Quest"),
    ],
)
def test_keys_that_cannot_be(new: str, said: str, library: Path, capsys: Captured) -> None:
    before = tree(library)
    assert main(["rename", "2024/Quest", new]) == 2
    assert capsys.readouterr().err == f"{said}\n"
    assert tree(library) == before


def test_a_record_is_removed_once_what_leads_to_it_is_known(library: Path, capsys: Captured) -> None:
    assert main(["remove", "2024/Quest"]) == 1
    written, said = capsys.readouterr()
    assert written == ""
    assert said == (
        "meta/2023/H2O.prototxt:2:30: names it as a baseline\n"
        "meta/2025/Later.yaml:5:7: names it as a baseline\n"
        "notes/all.md:3:9: links to it\nnotes/all.md:4:6: links to it\ndocs/guide/index.md:4:9: links to it\n"
        "2024/Quest stays; --force removes it all the same\n"
    )
    assert (library / "meta/2024/Quest.prototxt").exists()
    assert main(["remove", "2024/Quest", "--force"]) == 0
    assert capsys.readouterr().out == "meta/2024/Quest.prototxt\n"
    assert not (library / "meta/2024/Quest.prototxt").exists()
    assert (library / "notes/2024/Quest/note.md").exists()
    assert main(["remove", "2024/Other"]) == 0
    assert capsys.readouterr() == ("meta/2024/Other.yaml\n", "notes/2024/Other/note.md: stays\n")
    assert not (library / "meta/2024").exists()


@pytest.mark.parametrize(
    ("writes", "moves"),
    [
        ([("../outside.md", "old", "new")], []),
        ([("mkdocs.yml", "site_name: T\nplugins: [papers]\n", "hooks: [x.py]\n")], []),
        ([("notes/link.md", "old", "new")], []),
        ([], [("mkdocs.yml", "../outside.md")]),
        ([], [("notes/2024/Quest/more.md", ".git/hooks/pre-commit")]),
        ([], [("notes/2024/Quest/more.md", "notes/.template.md")]),
        ([], [("notes/2024/Quest/more.md", "/outside.md")]),
        ([], [("notes", "meta/2024/x")]),
        ([("notes/a\0.md", "", "")], []),
        ([(5, "", "")], []),
    ],
)
def test_a_planted_journal_does_nothing(
    library: Path, capsys: Captured, writes: list[tuple[str, str, str]], moves: list[tuple[str, str]]
) -> None:
    outside = library.parent / "outside.md"
    outside.write_text("old", encoding="utf-8")
    (library / "notes/link.md").symlink_to(outside)
    texts = [(path, b64encode(one.encode()).decode(), b64encode(two.encode()).decode()) for path, one, two in writes]
    planted = {
        "about": "rename 2024/Quest 2025/Quest",
        "writes": [{"path": path, "before": before, "after": after} for path, before, after in texts],
        "moves": [{"source": source, "target": target} for source, target in moves],
    }
    (library / "meta/.rename.json").write_text(json.dumps(planted), encoding="utf-8")
    before = tree(library)
    assert main(["rename", "2024/Quest", "2025/Quest"]) == 2
    assert "remove it" in capsys.readouterr().err
    assert tree(library) == before
    assert outside.read_text(encoding="utf-8") == "old"


def test_a_pipe_is_no_journal_and_no_page(library: Path, capsys: Captured) -> None:
    os.mkfifo(library / "docs/pipe.md")
    os.mkfifo(library / "meta/.rename.json")
    assert main(["rename", "2024/Quest", "2025/Quest"]) == 2
    assert "is not what a rename leaves behind" in capsys.readouterr().err
    (library / "meta/.rename.json").unlink()
    assert main(["rename", "2024/Quest", "meta/2025/Quest.prototxt"]) == 0
    assert (library / "meta/2025/Quest.prototxt").is_file()
