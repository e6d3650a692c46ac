"""How large the pictures in the notes folder are."""

from pathlib import Path

import pytest
from PIL import Image

from mkdocs_papers.library import memory
from mkdocs_papers.library.memory import Stamp, stamp
from mkdocs_papers.library.model import Attachment, Library, Paper
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.pages.library_pictures import LibraryPictures
from mkdocs_papers.pages.rendition_cache import RenditionCache
from mkdocs_papers.records.record import Record
from mkdocs_papers.records.schema import PaperInfo
from tests.sites import build_site, rebuild

TEXT = 'paper { title: "Query-Aware Sparsity" } note { url: "note.md" }'
RECORD = Record("meta/2024/Quest.prototxt", "2024/Quest", PaperInfo(), {})
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}"/>'


def new(notes: Path) -> LibraryPictures:
    settings = Settings(notes, notes=".")
    return LibraryPictures(settings, RenditionCache(settings))


def read(pictures: LibraryPictures, files: dict[str, Stamp], cover: str | None = None) -> dict[str, tuple[int, int]]:
    papers = {"2024/Quest": Paper("2024/Quest", RECORD, "Quest", 2024, cover=Attachment(cover))} if cover else {}
    pictures.read(Library(papers, {}, stamps=files))
    return {path: (picture.width, picture.height) for path, picture in pictures.files.items()}


def test_sizes_are_read_again_where_a_picture_changed(tmp_path: Path) -> None:
    sizes = new(tmp_path)
    Image.new("L", (40, 20)).save(tmp_path / "a.PNG")
    (tmp_path / "b.svg").write_text(DRAWING.format(3, 2))
    (tmp_path / "damaged.png").write_bytes(b"nothing")
    (tmp_path / "data.csv").write_text("1,2")
    (tmp_path / "gone.png").write_bytes(b"")
    files = {path.name: stamp(path.stat()) for path in tmp_path.iterdir()}
    (tmp_path / "gone.png").unlink()
    assert read(sizes, files) == {"a.PNG": (40, 20), "b.svg": (3, 2)}
    (tmp_path / "b.svg").write_text(DRAWING.format(30, 20))
    files["b.svg"] = stamp((tmp_path / "b.svg").stat())
    assert read(sizes, files) == {"a.PNG": (40, 20), "b.svg": (30, 20)}


def test_a_picture_that_could_not_be_read_once_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_CERTAIN_NS", 0)
    picture = tmp_path / "a.png"
    Image.new("L", (40, 20)).save(picture)
    files = {"a.png": stamp(picture.stat())}
    pictures = new(tmp_path)
    picture.rename(tmp_path / "b.png")
    assert read(pictures, files, "a.png") == {}
    assert pictures.cover_problems
    (tmp_path / "b.png").rename(picture)
    assert read(pictures, files, "a.png") == {"a.png": (40, 20)}
    assert not pictures.cover_problems


def test_pictures_in_notes_have_their_room(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "meta/2024/Quest.prototxt": TEXT,
        "notes/2024/Quest/note.md": '# Quest\n\n![pages](fig/pages.svg)\n\n<img src="./fig/pages.svg" width="60">\n',
        "notes/2024/Quest/fig/pages.svg": DRAWING.format(300, 200),
    }
    built = build_site(tmp_path, files)
    html = built.text("notes/2024/Quest/note/index.html")
    assert '<img width="300" height="200" alt="pages" src="../fig/pages.svg"' in html
    assert '<img height="40" src="../fig/pages.svg" width="60" loading="lazy" alt="">' in html
    (tmp_path / "notes/2024/Quest/fig/pages.svg").write_text(DRAWING.format(300, 100))
    assert '<img width="300" height="100"' in rebuild(tmp_path).text("notes/2024/Quest/note/index.html")
