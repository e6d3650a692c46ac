"""Files of the site are written whole, and work in the background is done and its failures are said."""

import threading
from pathlib import Path

import pytest

from mkdocs_papers.site.writer import Background, SiteWriter


@pytest.mark.parametrize("served", [True, False])
def test_a_file_is_written_with_its_folder_and_counted(tmp_path: Path, *, served: bool) -> None:
    writer = SiteWriter()
    writer.served = served
    for content in (b"", b"x" * 100_000, b"short"):
        writer.write(str(tmp_path / "a/b/c"), content)
        assert (tmp_path / "a/b/c").read_bytes() == content
    assert [path.name for path in (tmp_path / "a/b").iterdir()] == ["c"]
    assert writer.written == 3
    writer.begin()
    assert writer.written == 0
    assert not writer.served


def test_what_is_served_is_never_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writer, file = SiteWriter(), tmp_path / "a"
    file.write_bytes(b"before")
    writer.served = True

    def fail(_path: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="No space"):
        writer.write(str(file), b"after")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"before"}


def test_files_are_removed_with_the_folders_that_are_empty_then(tmp_path: Path) -> None:
    writer = SiteWriter()
    for path in ("site/a/b/c", "site/a/d", "site/e/f"):
        writer.write(str(tmp_path / path), b"")
    writer.remove([str(tmp_path / path) for path in ("site/a/b/c", "site/e/f", "site/e/none")], tmp_path / "site")
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")) == [
        "site",
        "site/a",
        "site/a/d",
    ]
    # A folder that went is made again.
    writer.write(str(tmp_path / "site/e/f"), b"again")
    assert (tmp_path / "site/e/f").read_bytes() == b"again"


def test_work_in_the_background_is_done_in_order() -> None:
    done: list[int] = []
    may_go_on = threading.Event()
    with Background() as background:
        background.do(lambda: may_go_on.wait(600))
        for number in range(100):
            background.do(lambda number=number: done.append(number))  # type: ignore[misc]
        assert done == []
        may_go_on.set()
        background.wait()
        assert done == list(range(100))


def test_what_goes_wrong_in_the_background_is_said() -> None:
    def fail() -> None:
        raise OSError("full")

    with pytest.raises(OSError, match="full"), Background() as background:
        background.do(fail)


def test_what_goes_wrong_in_the_foreground_comes_first() -> None:
    def both(background: Background) -> None:
        background.do(lambda: int("background"))
        raise OSError("foreground")

    with pytest.raises(OSError, match="foreground"), Background() as background:
        both(background)
