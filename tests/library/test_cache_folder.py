"""The cache folder: what is read of it is bounded and sealed, and what is written is whole."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.library.cache_folder import (
    KEY_VARIABLE,
    SEAL_BYTES,
    CacheError,
    cache_folder,
    make_cache_folder,
    read_bounded,
    remove_unfinished,
    seal,
)
from mkdocs_papers.library.store import load, save
from mkdocs_papers.library.whole_file import replace_file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = cache_folder(tmp_path, "things")
    make_cache_folder(found)
    return found


def test_a_file_is_read_up_to_its_bound(folder: Path) -> None:
    (folder / "a").write_bytes(b"12345")
    assert read_bounded(folder / "a", 5) == b"12345"
    with pytest.raises(CacheError, match=r"^a is larger than 0 MiB$"):
        read_bounded(folder / "a", 4)
    with pytest.raises(FileNotFoundError):
        read_bounded(folder / "b", 4)


def test_what_is_no_file_is_not_read(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    (folder / "file").write_bytes(b"")
    (folder / "link").symlink_to("file")
    for name in ("pipe", "link"):
        with pytest.raises(CacheError):
            read_bounded(folder / name, 5)


@pytest.mark.parametrize("level", [".cache", ".cache/mkdocs-papers", ".cache/mkdocs-papers/things"])
def test_a_folder_that_leads_elsewhere_is_neither_read_nor_written(folder: Path, tmp_path: Path, level: str) -> None:
    (folder / "a").write_bytes(b"1")
    moved = (tmp_path / level).rename(tmp_path / "elsewhere")
    (tmp_path / level).symlink_to(moved, target_is_directory=True)
    with pytest.raises(CacheError, match="is a link"):
        read_bounded(folder / "a", 5)
    with pytest.raises(OSError, match="is a link"):
        save(folder / "b", b"", 2)
    assert not (folder / "b").exists()


def test_a_project_may_lie_where_a_link_leads(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real", target_is_directory=True)
    file = cache_folder(tmp_path / "link", "things") / "a"
    save(file, b"", 1)
    assert load(file, b"", int) == 1


def test_a_run_that_is_killed_leaves_the_file_as_it_was(folder: Path) -> None:
    replace_file(folder / "a", [b"before"])

    def parts() -> Iterator[bytes]:
        yield b"half"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        replace_file(folder / "a", parts())
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {"a": b"before"}


def test_what_is_not_finished_goes(folder: Path) -> None:
    (folder / ".mkdocs-papers-abcd1234.tmp").write_bytes(b"half")
    (folder / "a").write_bytes(b"whole")
    remove_unfinished(folder)
    assert [path.name for path in folder.iterdir()] == ["a"]
    remove_unfinished(folder / "none")


@given(first=st.lists(st.binary(max_size=3), max_size=4), second=st.lists(st.binary(max_size=3), max_size=4))
def test_other_parts_have_another_seal(first: list[bytes], second: list[bytes]) -> None:
    assert len(seal(*first)) == SEAL_BYTES
    assert (seal(*first) == seal(*second)) == (first == second)


def test_another_key_gives_another_seal(monkeypatch: pytest.MonkeyPatch) -> None:
    seals = set()
    for key in (None, "a", "b"):
        if key is not None:
            monkeypatch.setenv(KEY_VARIABLE, key)
        seals.add(seal(b"content"))
    assert len(seals) == 3
