"""Which files a library's folders hold."""

import os
import random
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from mkdocs_papers.library.folder import Listing, find_notes, find_records
from mkdocs_papers.library.memory import ReadingMemory
from mkdocs_papers.library.notes_folder import name_collisions, notes_folder
from mkdocs_papers.library.settings import Settings
from tests.sites import write_files


def records(folder: Path, *exclude: str) -> list[str]:
    return list(find_records(Settings(folder, exclude=exclude)).files)


def notes(folder: Path, *exclude: str) -> list[str]:
    return list(find_notes(Settings(folder, exclude=exclude)).files)


def test_records_are_the_record_files_in_folders_of_years(tmp_path: Path) -> None:
    names = ["2024/b.yaml", "2024/a.prototxt", "2024/c.YML", "2024/LoRA+.prototxt", "1989/obd.prototxt"]
    others = [
        "2024/a.txt",
        "2024/deeper/x.prototxt",
        "x.prototxt",
        "images/x.prototxt",
        "20245/x.yaml",
        "２０２４/x.yaml",
    ]
    write_files(tmp_path, {f"meta/{name}": "" for name in (*names, *others)})
    assert records(tmp_path) == [
        "1989/obd.prototxt",
        "2024/LoRA+.prototxt",
        "2024/a.prototxt",
        "2024/b.yaml",
        "2024/c.YML",
    ]


def test_of_one_key_the_prototxt_comes_first(tmp_path: Path) -> None:
    write_files(tmp_path, {f"meta/2024/a{suffix}": "" for suffix in (".yml", ".yaml", ".prototxt", ".b.yaml")})
    assert records(tmp_path) == ["2024/a.prototxt", "2024/a.yaml", "2024/a.yml", "2024/a.b.yaml"]


def test_many_files_at_once_are_in_order_too(tmp_path: Path) -> None:
    expected = [f"2024/{number}{suffix}" for number in range(100, 160) for suffix in (".yaml", ".b.yaml")]
    write_files(tmp_path, {f"meta/{name}": "" for name in reversed(expected)})
    assert records(tmp_path) == expected


def test_notes_are_all_files_at_any_depth(tmp_path: Path) -> None:
    write_files(tmp_path, {f"notes/{name}": "" for name in ("b.md", "2024/Quest/a.svg", "2024/Quest/note.md")})
    assert notes(tmp_path) == ["2024/Quest/a.svg", "2024/Quest/note.md", "b.md"]


def test_folders_that_are_not_there_hold_nothing(tmp_path: Path) -> None:
    (tmp_path / "meta").write_text("a file")
    assert records(tmp_path) == notes(tmp_path) == []


def test_a_leading_dot_and_exclude_keep_files_out(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        dict.fromkeys(
            (
                "notes/.a.md",
                "notes/.git/b.md",
                "notes/drafts/c.md",
                "notes/2024/d.tmp.md",
                "notes/2024/keep.tmp.md",
                "notes/2024/e.md",
                "meta/2024/.f.yaml",
                "meta/2023/g.yaml",
                "meta/2024/h.yaml",
            ),
            "",
        ),
    )
    exclude = ("drafts/", "*.tmp.md", "!keep.tmp.md", "/meta/2023")
    assert notes(tmp_path, *exclude) == ["2024/e.md", "2024/keep.tmp.md"]
    assert records(tmp_path, *exclude) == ["2024/h.yaml"]


def test_links_out_of_the_folder_are_left_out(tmp_path: Path) -> None:
    write_files(tmp_path, {"secret.yaml": "x", "secrets/2024/x.yaml": "x", "meta/2024/a.yaml": "", "notes/a.md": ""})
    for link in ("meta/2024/b.yaml", "notes/b.md"):
        (tmp_path / link).symlink_to(tmp_path / "secret.yaml")
    for link in ("meta/2023", "notes/all"):
        (tmp_path / link).symlink_to(tmp_path / "secrets" / "2024", target_is_directory=True)
    (tmp_path / "meta/2024/c.yaml").symlink_to(tmp_path / "meta/2024/a.yaml")
    (tmp_path / "notes/gone.md").symlink_to(tmp_path / "notes/nothing.md")
    assert records(tmp_path) == ["2024/a.yaml", "2024/c.yaml"]
    assert notes(tmp_path) == ["a.md"]


def test_a_library_behind_a_link_is_one(tmp_path: Path) -> None:
    write_files(tmp_path, {"elsewhere/a.md": ""})
    (tmp_path / "notes").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    assert notes(tmp_path) == ["a.md"]


def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    write_files(tmp_path, {"meta/2024/a.yaml": ""})
    os.mkfifo(tmp_path / "meta/2024/b.yaml")
    assert records(tmp_path) == ["2024/a.yaml"]


def test_names_that_no_address_can_hold_are_set_apart(tmp_path: Path) -> None:
    write_files(tmp_path, {"meta/2024/a\nb.yaml": "", "meta/2024/c.yaml": ""})
    (tmp_path / os.fsdecode(b"meta/2024/\xff.yaml")).write_text("")
    listing = find_records(Settings(tmp_path))
    assert list(listing.files) == ["2024/c.yaml"]
    assert listing.unusable == ("2024/a\ufffdb.yaml", "2024/\ufffd.yaml")


def test_any_depth_of_folders(tmp_path: Path) -> None:
    deep = [tmp_path / "notes"]
    for _ in range(1000):  # deeper than Python's functions may call each other
        deep.append(deep[-1] / "d")
    for folder in deep:
        folder.mkdir()
    (deep[-1] / "a.md").touch()
    try:
        assert notes(tmp_path) == ["d/" * 1000 + "a.md"]
    finally:  # pytest's own cleaning goes down by functions that call each other
        (deep[-1] / "a.md").unlink()
        for folder in reversed(deep):
            folder.rmdir()


def test_collisions_name_the_folder_not_what_is_in_it() -> None:
    folder = notes_folder(["2024/A/x.md", "2024/a/X.md", "2024/a/x.md", "b.md", "B.md"])
    assert list(name_collisions(folder.db)) == [("2024/A", "2024/a"), ("2024/a/X.md", "2024/a/x.md"), ("B.md", "b.md")]


def test_of_a_listing_that_goes_on_what_has_not_changed_is_the_very_same(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    write_files(tmp_path, {"notes/b.md": "b", "notes/a.md": "a", "notes/c\nd.md": "", "meta/2024/x.yaml": ""})
    before, records_before = find_notes(settings), find_records(settings)
    write_files(tmp_path, {"notes/b.md": "changed"})
    after = find_notes(settings, before)
    assert list(after.files) == ["a.md", "b.md"]
    assert after.files["a.md"] is before.files["a.md"]
    assert after.files["b.md"] == find_notes(settings).files["b.md"] != before.files["b.md"]
    assert after.unusable == before.unusable
    write_files(tmp_path, {"notes/0.md": ""})
    assert find_notes(settings, after) == find_notes(settings)
    assert list(find_notes(settings, after).files) == ["0.md", "a.md", "b.md"]
    again = find_records(settings, records_before)
    assert again.files["2024/x.yaml"] is records_before.files["2024/x.yaml"]


@pytest.fixture
def looked_into(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the folders that are listed; none of them is taken for one that may just have changed."""
    listed: list[str] = []
    scandir = os.scandir

    def counted(folder: str) -> AbstractContextManager[Iterator[os.DirEntry[str]]]:
        listed.append(str(folder).rstrip("/").rpartition("/")[2])
        return scandir(folder)

    monkeypatch.setattr("mkdocs_papers.library.folder.os.scandir", counted)
    monkeypatch.setattr("mkdocs_papers.library.memory.is_certain", lambda *_: True)
    return listed


def test_a_folder_is_listed_again_only_where_something_came_or_went(tmp_path: Path, looked_into: list[str]) -> None:
    write_files(tmp_path, {f"notes/2024/{name}/note.md": name for name in "abc"})
    settings, memory = Settings(tmp_path), ReadingMemory()
    first = find_notes(settings, None, memory)
    assert sorted(looked_into) == ["2024", "a", "b", "c", "notes"]
    looked_into.clear()
    (tmp_path / "notes/2024/a/note.md").write_text("another text")
    _pass_time(tmp_path)
    (tmp_path / "notes/2024/b/picture.svg").write_text("")
    second = find_notes(settings, first, memory)
    assert looked_into == ["b"]
    assert [path for path, file in second.files.items() if first.files.get(path) is not file] == [
        "2024/a/note.md",
        "2024/b/picture.svg",
    ]


@pytest.mark.usefixtures("looked_into")
def test_whatever_comes_and_goes_is_found_as_if_for_the_first_time(tmp_path: Path) -> None:
    write_files(
        tmp_path, {"notes/2024/a/note.md": "", "notes/2023/b.md": "", "elsewhere/c.md": "", "meta/2024/a.yaml": ""}
    )
    settings, memory, chance = Settings(tmp_path), ReadingMemory(), random.Random(1)
    notes, records = Listing(), Listing()
    for _ in range(150):
        _change_something(tmp_path, chance)
        _pass_time(tmp_path)
        notes, records = find_notes(settings, notes, memory), find_records(settings, records, memory)
        assert notes == find_notes(settings)
        assert records == find_records(settings)


@pytest.mark.usefixtures("looked_into")
def test_records_may_lie_among_the_notes(tmp_path: Path) -> None:
    write_files(tmp_path, dict.fromkeys(("lib/meta/2024/a.yaml", "lib/meta/2024/n.md", "lib/x.md"), ""))
    settings, memory = Settings(tmp_path, meta="lib/meta", notes="lib"), ReadingMemory()
    for _ in range(2):
        assert list(find_records(settings, None, memory).files) == ["2024/a.yaml"]
        assert list(find_notes(settings, None, memory).files) == ["meta/2024/a.yaml", "meta/2024/n.md", "x.md"]


def _pass_time(root: Path) -> None:
    """Wait until a change has another time on the disk than those before."""
    clock = root / "clock"
    clock.write_text("")
    before = clock.stat().st_mtime_ns
    while clock.stat().st_mtime_ns == before:
        clock.write_text("")


def _change_something(root: Path, chance: random.Random) -> None:
    """Add, edit, rename, move, remove or link a file or a folder of a library."""
    every = sorted(path for base in ("notes", "meta") for path in (root / base).rglob("*"))
    folders = [root / "notes", root / "meta", *[path for path in every if path.is_dir() and not path.is_symlink()]]
    name = chance.choice(("2024", "2025", "x", "y", "a.md", "b.yaml", ".z"))
    new = chance.choice(folders) / name
    some = chance.choice([*every, root / "nothing"])
    match chance.randrange(7):
        case 0 if not new.exists():
            new.mkdir()
        case 1 if not new.is_dir() and not new.is_symlink():
            new.write_text(str(chance.random()))
        case 2 if not os.path.lexists(new):
            new.symlink_to(chance.choice((root / "elsewhere/c.md", root / "notes/2023/b.md", root / "notes")))
        case 3 if not os.path.lexists(new) and os.path.lexists(some) and some not in (new, *new.parents):
            some.rename(new)
        case 4 if some.is_dir() and not some.is_symlink():
            shutil.rmtree(some)
        case 5 if os.path.lexists(some) and not some.is_dir():
            some.unlink()
        case _ if some.is_file() and not some.is_symlink():
            some.write_text(str(chance.random()))
