"""Covers on a built site."""

import io
import random
import re
from pathlib import Path

import pytest
from PIL import Image

from mkdocs_papers.library.load import load
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.pages import rendition_cache
from mkdocs_papers.pages.library_pictures import LibraryPictures
from mkdocs_papers.pages.pictures import dimensions
from mkdocs_papers.pages.rendition_cache import RenditionCache
from mkdocs_papers.records.limits import LARGEST_THUMBNAIL
from tests.marked import defects_in
from tests.sites import build_site, rebuild

RECORD = 'paper { title: "Quest" abbr: "Quest" }\ncover { url: "cover.png" }\n'
PATH = "2024/Quest/cover.png"


def photo(seed: int = 1) -> bytes:
    """A picture of a kind that compresses badly."""
    buffer = io.BytesIO()
    Image.frombytes("RGB", (640, 480), random.Random(seed).randbytes(3 * 640 * 480)).save(
        buffer, "PNG", compress_level=1
    )
    return buffer.getvalue()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    cover = tmp_path / "notes" / PATH
    cover.parent.mkdir(parents=True)
    cover.write_bytes(photo())
    (tmp_path / "meta/2024").mkdir(parents=True)
    (tmp_path / "meta/2024/Quest.prototxt").write_text(RECORD)
    return tmp_path


def read(project: Path) -> LibraryPictures:
    """The pictures of a project, read in this process alone."""
    settings = Settings(project)
    pictures = LibraryPictures(settings, RenditionCache(settings))
    pictures.read(load(settings))
    return pictures


def test_a_listing_shows_the_thumbnail_and_leads_to_the_original(tmp_path: Path) -> None:
    built = build_site(tmp_path, {"meta/2024/Quest.prototxt": RECORD, f"notes/{PATH}": photo()})
    page = built.text("papers/index.html")
    found = re.search(r'<a href="([^"]*)" class="papers-thumb"><img src="([^"]*)"[^>]*>', page)
    assert found
    assert (built.site / "papers" / found[1]).resolve().read_bytes() == photo()
    shown = (built.site / "papers" / found[2]).resolve().read_bytes()
    assert len(shown) <= LARGEST_THUMBNAIL
    size = dimensions(shown, ".webp")
    assert size is not None
    assert f'width="{size[0]}" height="{size[1]}"' in found[0]
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


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pictures that are made from now on."""
    found: list[str] = []
    make = rendition_cache.make

    def counting(picture: str, job: rendition_cache.Job, file: str) -> rendition_cache.Made | None:
        found.append(Path(picture).name)
        return make(picture, job, file)

    monkeypatch.setattr(rendition_cache, "make", counting)
    return found


def test_what_was_made_before_is_taken_from_the_cache(project: Path, made: list[str]) -> None:
    first = read(project)
    assert made == ["cover.png"]
    again = read(project)
    assert (again.covers, again.cover_problems) == (first.covers, ())
    assert made == ["cover.png"]
    assert [picture.path for picture in first.covers.values()] != [None]


@pytest.mark.usefixtures("picture_processes")
def test_where_no_process_can_be_started_pictures_are_made_all_the_same(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(rendition_cache, "ProcessPoolExecutor", refuse)
    pictures = read(project)
    assert pictures.cover_problems == ()
    assert [picture.path is not None for picture in pictures.covers.values()] == [True]


def test_an_unchanged_library_asks_for_no_cover_again(project: Path, made: list[str]) -> None:
    settings = Settings(project)
    pictures, library = LibraryPictures(settings, RenditionCache(settings)), load(settings)
    pictures.read(library)
    first = pictures.covers
    pictures.read(library)
    assert pictures.covers is first
    (project / "notes" / PATH).write_bytes(photo(2))
    pictures.read(load(settings))
    assert pictures.covers != first
    assert made == ["cover.png"] * 2


def test_a_check_reads_covers_and_no_other_pictures(project: Path, made: list[str]) -> None:
    (project / "notes/2024/Quest/other.png").write_bytes(photo(2))
    settings = Settings(project)
    pictures = LibraryPictures(settings, RenditionCache(settings))
    pictures.read_covers(load(settings))
    assert list(pictures.files) == [PATH]
    assert made == ["cover.png"]


def test_another_version_makes_its_own(project: Path, made: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    first = read(project)
    monkeypatch.setattr(rendition_cache, "_OF", b"another")
    assert read(project).covers != first.covers
    assert made == ["cover.png"] * 2


def test_a_build_keeps_no_thumbnail_that_no_cover_uses(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"meta/2024/Quest.prototxt": RECORD, f"notes/{PATH}": photo()}
    build_site(tmp_path, files, {"plugins": ["search", {"papers": {"responsive_images": False}}]})
    folder = tmp_path / ".cache/mkdocs-papers/pictures"
    (before,) = folder.iterdir()
    (tmp_path / "notes" / PATH).write_bytes(photo(2))
    built = rebuild(tmp_path)
    (now,) = folder.iterdir()
    assert before != now
    assert len(built.paths(f"{rendition_cache.FOLDER}/*")) == 1


@pytest.mark.usefixtures("made")
def test_what_cannot_be_removed_from_the_cache_stays_and_the_rest_goes(project: Path) -> None:
    pictures = read(project)
    (used,) = (project / ".cache/mkdocs-papers/pictures").iterdir()
    # A folder is not removed as a file is; what comes before and after it is.
    stale = [used.with_name(letter * 32) for letter in "0af"]
    stale[1].mkdir()
    for path in (stale[0], stale[2]):
        path.write_bytes(b"")
    pictures._renditions.forget_others()  # noqa: SLF001 - as a build does at its end
    assert set(used.parent.iterdir()) == {used, stale[1]}


@pytest.mark.usefixtures("made")
def test_without_a_cache_folder_there_is_nothing_to_remove(project: Path) -> None:
    (project / ".cache").write_text("in the way")
    pictures = read(project)
    before = pictures.covers
    assert pictures.cover_problems == ()
    pictures._renditions.forget_others()  # noqa: SLF001 - as a build does at its end
    assert read(project).covers == before
    assert (project / ".cache").read_text() == "in the way"


def test_a_cover_that_cannot_be_read_is_a_problem(project: Path) -> None:
    settings = Settings(project)
    library = load(settings)
    (project / "notes" / PATH).unlink()
    pictures = LibraryPictures(settings, RenditionCache(settings))
    pictures.read(library)
    (problem,) = pictures.cover_problems
    assert (problem.code, problem.wrong) == ("unusable-cover", "the cover cannot be read")


@pytest.mark.usefixtures("made")
def test_a_cover_that_goes_after_it_was_read_is_a_problem(project: Path) -> None:
    settings = Settings(project)
    pictures = LibraryPictures(settings, RenditionCache(settings))
    pictures.read(load(settings))
    assert not pictures.cover_problems
    (project / "notes" / PATH).write_bytes(photo(2))
    library = load(settings)
    (project / "notes" / PATH).unlink()
    pictures.read(library)
    assert [problem.wrong for problem in pictures.cover_problems] == ["the cover cannot be read"]
    assert [cover.path for cover in pictures.covers.values()] == [None]


def test_a_cover_that_changes_while_it_is_read_is_shown_once_it_is_whole(
    project: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(project)
    pictures, library = LibraryPictures(settings, RenditionCache(settings)), load(settings)
    cover, make = project / "notes" / PATH, rendition_cache.make

    def changing(picture: str, job: rendition_cache.Job, file: str) -> rendition_cache.Made | None:
        cover.write_bytes(photo(3))
        return make(picture, job, file)

    with monkeypatch.context() as patch:
        patch.setattr(rendition_cache, "make", changing)
        pictures.read(library)
    assert [problem.wrong for problem in pictures.cover_problems] == ["the cover cannot be read"]
    cover.write_bytes(photo())
    pictures.read(load(settings))
    assert pictures.cover_problems == ()
    assert made == ["cover.png"] * 2
