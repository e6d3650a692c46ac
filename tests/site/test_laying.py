"""The pages of the build before are laid out in another process, until the build has read the library."""

from __future__ import annotations

import errno
import os
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path
from typing import IO

import pytest

from mkdocs_papers.library.memory import Stamp, stamp
from mkdocs_papers.site import laying
from mkdocs_papers.site.folding import digest_of, folded
from mkdocs_papers.site.laying import KeptPlace, Laying, laid_out
from mkdocs_papers.site.writing import write_new

CONSTANTS = [b"<head>\xc3\xa9</head>" * 20, b"<footer></footer>" * 20]


def page(number: int) -> bytes:
    """A page of the site."""
    return CONSTANTS[0] + f"Page {number} ü".encode() + CONSTANTS[1]


def write_pages(file: IO[bytes], count: int) -> Iterator[KeptPlace]:
    """Write a file of pages; gives where they are."""
    for number in range(count):
        chunk = folded(page(number), enumerate(CONSTANTS))
        assert chunk is not None
        yield KeptPlace(f"papers/{number}/index.html", file.tell(), len(chunk), digest_of(chunk).hex())
        file.write(chunk)


@pytest.fixture
def places(tmp_path: Path) -> list[KeptPlace]:
    """Where the pages are in the file ``pages``."""
    with (tmp_path / "pages").open("wb") as file:
        return list(write_pages(file, 200))


def there(folder: Path) -> dict[str, bytes]:
    """The files below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def order(tmp_path: Path, places: list[KeptPlace]) -> dict[str, object]:
    """What to do, as the other process reads it."""
    return {
        "pages": str(tmp_path / "pages"),
        "folder": str(tmp_path / "site"),
        "constants": [constant.decode() for constant in CONSTANTS],
        "places": [astuple(place) for place in places],
    }


def finished(tmp_path: Path, places: list[KeptPlace]) -> dict[str, Stamp]:
    """Lay out all pages in another process, and stop it then; gives the stamps."""
    process = Laying(tmp_path / "pages", tmp_path / "site", CONSTANTS, places)
    last = tmp_path / "site" / places[-1].address
    for _ in range(600):
        if last.exists() and last.stat().st_size:
            break
        time.sleep(0.05)
    return process.stop()


def test_another_process_writes_pages_and_gives_their_stamps(tmp_path: Path, places: list[KeptPlace]) -> None:
    site = tmp_path / "site"
    stamps = finished(tmp_path, places)
    assert there(site) == {place.address: page(number) for number, place in enumerate(places)}
    assert stamps == {place.address: stamp((site / place.address).stat()) for place in places}


def test_it_writes_no_more_once_it_is_stopped(tmp_path: Path, places: list[KeptPlace]) -> None:
    stopped = threading.Event()
    assert len(laid_out(order(tmp_path, places), stopped)) == len(places)
    stopped.set()
    assert laid_out({**order(tmp_path, places), "folder": str(tmp_path / "other")}, stopped) == {}
    assert there(tmp_path / "other") == {}


def test_stamps_are_those_of_what_is_there_whenever_it_is_stopped(tmp_path: Path, places: list[KeptPlace]) -> None:
    stamps = Laying(tmp_path / "pages", tmp_path / "site", CONSTANTS, places).stop()
    assert {address: stamp((tmp_path / "site" / address).stat()) for address in there(tmp_path / "site")} == stamps


def test_a_damaged_page_is_left_out(tmp_path: Path, places: list[KeptPlace]) -> None:
    content = bytearray((tmp_path / "pages").read_bytes())
    content[places[3].offset + 5] ^= 1
    (tmp_path / "pages").write_bytes(content)
    stamps = laid_out(order(tmp_path, places), threading.Event())
    assert stamps.keys() == {place.address for place in places} - {places[3].address}
    assert there(tmp_path / "site").keys() == stamps.keys()


def test_a_page_that_cannot_be_written_is_left_out(tmp_path: Path, places: list[KeptPlace]) -> None:
    (tmp_path / "site" / "papers").mkdir(parents=True)
    (tmp_path / "site" / "papers" / "3").write_text("in the way")
    stamps = laid_out(order(tmp_path, places), threading.Event())
    assert stamps.keys() == {place.address for place in places} - {places[3].address}


def test_nothing_is_left_of_a_page_that_could_not_be_written_whole(
    tmp_path: Path, places: list[KeptPlace], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(folders: set[str], path: str, content: bytes) -> Stamp | None:
        found = write_new(folders, path, content)
        if "/papers/3/" in path:
            os.truncate(path, 10)
            raise OSError(errno.ENOSPC, "No space left on device")
        return found

    monkeypatch.setattr(laying, "write_new", full)
    stamps = laid_out(order(tmp_path, places), threading.Event())
    assert there(tmp_path / "site").keys() == stamps.keys() == {place.address for place in places} - {places[3].address}
    assert not (tmp_path / "site/papers/3").exists()


def test_where_python_cannot_be_started_nothing_begins(
    tmp_path: Path, places: list[KeptPlace], monkeypatch: pytest.MonkeyPatch
) -> None:
    for executable in ("", None, str(tmp_path / "none")):
        monkeypatch.setattr(sys, "executable", executable)
        with pytest.raises(OSError, match=r"Python runs|No such file"):
            Laying(tmp_path / "pages", tmp_path / "site", CONSTANTS, places)


@pytest.mark.parametrize(
    "program",
    [
        "import sys; sys.exit(1)",
        "print('no stamps')",
        "print('[1]')",
        "print('[[\"a\", 1]]')",
        "print('{\"a\": 1}')",
        "import time; time.sleep(600)",
    ],
)
def test_a_process_that_fails_has_laid_out_nothing(
    tmp_path: Path, places: list[KeptPlace], program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "broken.py").write_text(program)
    monkeypatch.setattr(laying, "__name__", "broken")
    monkeypatch.setattr(laying, "_PATIENCE", 3)
    monkeypatch.syspath_prepend(tmp_path)
    assert Laying(tmp_path / "pages", tmp_path / "site", CONSTANTS, places).stop() == {}


def test_the_folder_one_works_in_is_not_imported_from(
    tmp_path: Path, places: list[KeptPlace], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit(1)")
    monkeypatch.chdir(tmp_path)
    # Some put other things there, which Python passes over.
    monkeypatch.setattr(sys, "path", ["", tmp_path / "none", *sys.path])
    assert finished(tmp_path, places).keys() == {place.address for place in places}
