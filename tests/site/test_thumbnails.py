"""Covers on a built site, and the cache of their thumbnails."""

from __future__ import annotations

import io
import os
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from mkdocs_papers.library.cache import KEY_VARIABLE
from mkdocs_papers.pages import pictures
from mkdocs_papers.pages.pictures import thumbnail
from mkdocs_papers.pages.thumbnails import Covers, Thumbnails
from mkdocs_papers.records.limits import LARGEST_THUMBNAIL
from tests.marked import defects_in
from tests.sites import build_site, rebuild

RECORD = 'paper { title: "Quest" abbr: "Quest" }\ncover { url: "cover.png" }\n'
PATH = "2024/Quest/cover.png"


def photo(seed: int = 1) -> bytes:
    """A picture of a kind that compresses badly."""
    buffer = io.BytesIO()
    Image.frombytes("RGB", (640, 480), random.Random(seed).randbytes(3 * 640 * 480)).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    cover = tmp_path / "notes" / PATH
    cover.parent.mkdir(parents=True)
    cover.write_bytes(photo())
    return tmp_path


def covers(project: Path) -> Covers:
    return Thumbnails(project, "notes").covers([PATH])


def cached(project: Path) -> list[Path]:
    return sorted((project / ".cache").rglob("*.webp"))


def test_a_listing_shows_the_thumbnail_and_leads_to_the_original(tmp_path: Path) -> None:
    built = build_site(tmp_path, {"meta/2024/Quest.prototxt": RECORD, f"notes/{PATH}": photo()})
    page = built.text("papers/index.html")
    found = re.search(r'<a href="([^"]*)" class="papers-thumb"><img src="([^"]*)"[^>]*>', page)
    assert found
    assert (built.site / "papers" / found[1]).resolve().read_bytes() == photo()
    shown = (built.site / "papers" / found[2]).resolve().read_bytes()
    assert len(shown) <= LARGEST_THUMBNAIL
    width, height = pictures.size(shown)
    assert f'width="{width}" height="{height}"' in found[0]
    assert 'loading="lazy"' in found[0]


def test_a_damaged_cover_costs_its_thumbnail_and_nothing_else(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"meta/2024/Quest.prototxt": RECORD, f"notes/{PATH}": photo()[:5000]}
    built = build_site(tmp_path, files, strict=False)
    assert defects_in(built.messages) == [("unusable-cover", f"notes/{PATH}", 1, 1)]
    page = built.text("papers/index.html")
    assert '"../notes/2024/Quest/cover.png" class="papers-thumb"><span class="papers-hidden">Cover of Quest<' in page
    assert "cover.png" in built.text("papers/2024/Quest/index.html")
    assert '<img src="../../../notes/2024/Quest/cover.png"' not in built.text("papers/2024/Quest/index.html")
    # Mended, it shows.
    (tmp_path / "notes" / PATH).write_bytes(photo())
    assert ".webp" in rebuild(tmp_path).text("papers/index.html")


def test_a_large_svg_shows_on_its_paper_and_as_a_link_in_listings(tmp_path: Path) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3">' + " " * LARGEST_THUMBNAIL + "</svg>"
    record = RECORD.replace("png", "svg")
    built = build_site(tmp_path, {"meta/2024/Quest.prototxt": record, "notes/2024/Quest/cover.svg": drawing})
    assert '<img src="../../../notes/2024/Quest/cover.svg"' in built.text("papers/2024/Quest/index.html")
    assert '<span class="papers-hidden">Cover of Quest</span></a>' in built.text("papers/index.html")


def test_what_was_made_before_is_taken_from_the_cache(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = covers(project)
    assert len(cached(project)) == 1
    monkeypatch.setattr("mkdocs_papers.pages.thumbnails.thumbnail", pytest.fail)
    assert covers(project) == first


def test_an_unchanged_cover_is_not_read_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    thumbnails = Thumbnails(project, "notes")
    first = thumbnails.covers([PATH])
    settled = thumbnails.covers([PATH])
    monkeypatch.setattr("mkdocs_papers.pages.thumbnails.thumbnail", pytest.fail)
    assert thumbnails.covers([PATH]) == settled == first


@pytest.mark.parametrize("damage", [b"", b"RIFF", b"not a picture at all", photo(2)])
def test_a_damaged_or_foreign_cache_is_not_believed(project: Path, damage: bytes) -> None:
    first = covers(project)
    (file,) = cached(project)
    file.write_bytes(damage)
    assert covers(project) == first


def test_a_file_under_the_wrong_name_is_not_believed(project: Path) -> None:
    first = covers(project)
    (file,) = cached(project)
    other = thumbnail(photo(2), ".png").content
    assert other is not None
    file.write_bytes(other)
    assert covers(project) == first


def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Takes the suffixes of the pictures that are drawn small from now on."""
    found: list[str] = []

    def draw(content: bytes, suffix: str) -> object:
        found.append(suffix)
        return thumbnail(content, suffix)

    monkeypatch.setattr("mkdocs_papers.pages.thumbnails.thumbnail", draw)
    return found


def _pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def _link(file: Path) -> None:
    file.symlink_to(file.rename(file.with_name("elsewhere")))


@pytest.mark.parametrize("put", [_pipe, _link])
def test_what_is_no_file_in_the_cache_is_not_read(
    project: Path, monkeypatch: pytest.MonkeyPatch, put: Callable[[Path], None]
) -> None:
    first = covers(project)
    (file,) = cached(project)
    put(file)
    made = drawn(monkeypatch)
    assert covers(project) == first
    assert made == [Path(PATH).suffix]


def test_with_a_key_nothing_counts_that_was_made_without(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = covers(project)
    monkeypatch.setenv(KEY_VARIABLE, "a secret")
    made = drawn(monkeypatch)
    for _ in range(2):
        assert covers(project).thumbnails == first.thumbnails
    assert made == [Path(PATH).suffix]


def test_another_version_makes_its_own(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = covers(project)
    monkeypatch.setattr("mkdocs_papers.pages.thumbnails.VERSION", "another")
    assert covers(project).thumbnails.keys().isdisjoint(first.thumbnails.keys())


def test_a_cache_that_cannot_be_written_costs_nothing(project: Path) -> None:
    (project / ".cache").write_text("in the way")
    found = covers(project)
    assert found.problems == ()
    assert len(found.thumbnails) == 1


def test_a_build_leaves_no_thumbnail_that_no_cover_uses(tmp_path: Path) -> None:
    build_site(tmp_path, {"meta/2024/Quest.prototxt": RECORD, f"notes/{PATH}": photo()})
    (before,) = cached(tmp_path)
    others = [before.with_name(name) for name in ("mine.webp", "a-b.webp", f"{before.name}.part")]
    for other in others:
        other.write_bytes(b"")
    (tmp_path / "notes" / PATH).write_bytes(photo(2))
    rebuild(tmp_path)
    assert not before.exists()
    assert len(set(cached(tmp_path)) - set(others)) == 1
    assert all(other.exists() for other in others)
    rebuild(tmp_path)
    assert len(set(cached(tmp_path)) - set(others)) == 1


def test_what_cannot_be_removed_from_the_cache_stays_and_the_rest_goes(project: Path) -> None:
    thumbnails = Thumbnails(project, "notes")
    thumbnails.covers([PATH])
    (used,) = cached(project)
    # A folder is not removed as a file is; what comes before and after it is.
    stale = [used.with_name(f"{letter * 32}-{letter * 16}.webp") for letter in "0af"]
    stale[1].mkdir()
    for path in (stale[0], stale[2]):
        path.write_bytes(b"")
    thumbnails.forget_others()
    assert set(cached(project)) == {used, stale[1]}


def test_without_a_cache_folder_there_is_nothing_to_remove(project: Path) -> None:
    (project / ".cache").write_text("in the way")
    thumbnails = Thumbnails(project, "notes")
    before = thumbnails.covers([PATH])
    thumbnails.forget_others()
    assert thumbnails.covers([PATH]) == before
    assert (project / ".cache").read_text() == "in the way"


def test_a_cover_that_cannot_be_read_is_a_problem(project: Path) -> None:
    (project / "notes" / PATH).unlink()
    (problem,) = covers(project).problems
    assert problem.code == "unusable-cover"
