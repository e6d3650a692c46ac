"""How large the pictures beside notes are."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from mkdocs_papers.library import memory
from mkdocs_papers.library.memory import Stamp, stamp
from mkdocs_papers.pages.thumbnails import Thumbnails
from mkdocs_papers.site.picture_files import PictureFiles
from tests.sites import build_site, rebuild

RECORD = 'paper { title: "Query-Aware Sparsity" } note { url: "note.md" }'
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}"/>'


def read(sizes: PictureFiles, files: dict[str, Stamp]) -> dict[str, tuple[int, int]]:
    return {path: (picture.width, picture.height) for path, picture in sizes.of(files).items()}


def test_sizes_are_read_again_where_a_picture_changed(tmp_path: Path) -> None:
    sizes = PictureFiles(tmp_path)
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
    monkeypatch.setattr(memory, "_SETTLED_NS", 0)
    picture = tmp_path / "a.png"
    Image.new("L", (40, 20)).save(picture)
    files = {"a.png": stamp(picture.stat())}
    sizes, thumbnails = PictureFiles(tmp_path), Thumbnails(tmp_path, ".")
    picture.rename(tmp_path / "b.png")
    assert read(sizes, files) == {}
    assert thumbnails.covers(["a.png"], files).problems
    (tmp_path / "b.png").rename(picture)
    assert read(sizes, files) == {"a.png": (40, 20)}
    assert not thumbnails.covers(["a.png"], files).problems
    # Now that they are known, nothing of it is made again.
    assert sizes.of(files) is sizes.of(files)
    assert thumbnails.covers(["a.png"], files) is thumbnails.covers(["a.png"], files)


def test_pictures_in_notes_have_their_room(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "meta/2024/Quest.prototxt": RECORD,
        "notes/2024/Quest/note.md": '# Quest\n\n![pages](fig/pages.svg)\n\n<img src="./fig/pages.svg" width="60">\n',
        "notes/2024/Quest/fig/pages.svg": DRAWING.format(300, 200),
    }
    built = build_site(tmp_path, files)
    html = built.text("notes/2024/Quest/note/index.html")
    assert '<img width="300" height="200" alt="pages" src="../fig/pages.svg"' in html
    assert '<img height="40" src="../fig/pages.svg" width="60" loading="lazy" alt="">' in html
    (tmp_path / "notes/2024/Quest/fig/pages.svg").write_text(DRAWING.format(300, 100))
    assert '<img width="300" height="100"' in rebuild(tmp_path).text("notes/2024/Quest/note/index.html")
