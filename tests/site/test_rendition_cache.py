"""Pictures at several widths, on a built site and in the cache."""

import io
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from turbohtml import Element, parse

from mkdocs_papers.library import store
from mkdocs_papers.library.cache_folder import KEY_VARIABLE
from mkdocs_papers.pages import rendition_cache
from mkdocs_papers.pages.rendition_cache import FOLDER, Job, Made
from mkdocs_papers.pages.renditions import VERSION, Rendition
from tests.marked import defects_in
from tests.site.previews import Preview
from tests.sites import Build, build_site, rebuild

RECORD = 'paper { title: "Quest" abbr: "Quest" }\nnote { url: "note.md" }\ncover { url: "cover.png" }\n'
NOTE = "# Quest\n\n![first](first.png)\n\nWords.\n\n![second](second.png)\n"
BESIDE = "notes/2024/Quest"
PAGE = "notes/2024/Quest/note/index.html"
PAPER = "papers/2024/Quest/index.html"


def drawing(seed: int, size: tuple[int, int] = (700, 400)) -> bytes:
    """A picture of a kind that WebP makes smaller."""
    image = Image.frombytes("RGB", (20, 10), random.Random(seed).randbytes(600)).resize(size, Image.Resampling.BICUBIC)
    buffer = io.BytesIO()
    image.save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


FILES: dict[str, str | bytes] = {
    "meta/2024/Quest.prototxt": RECORD,
    f"{BESIDE}/note.md": NOTE,
    f"{BESIDE}/first.png": drawing(1),
    f"{BESIDE}/second.png": drawing(2),
    f"{BESIDE}/cover.png": drawing(3),
    f"{BESIDE}/nobody.png": drawing(4),
}


def images(built: Build, page: str) -> list[Element]:
    return list(parse(built.text(page)).select("article img"))


def candidates(built: Build, page: str, image: Element) -> dict[int, bytes]:
    """The files of a picture's ``srcset``, by their widths."""
    pairs = [part.split() for part in (image.attr("srcset") or "").split(",") if part]
    folder = (built.site / page).parent
    return {int(width.removesuffix("w")): (folder / address).resolve().read_bytes() for address, width in pairs}


def kept(project: Path) -> list[Path]:
    return sorted((project / ".cache/mkdocs-papers/pictures").iterdir())


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pictures that are made from now on."""
    made: list[str] = []
    make = rendition_cache.make

    def counting(picture: str, job: Job, file: str) -> Made | None:
        made.append(Path(picture).name)
        return make(picture, job, file)

    monkeypatch.setattr(rendition_cache, "make", counting)
    return made


@pytest.mark.usefixtures("picture_processes")
def test_notes_and_papers_show_pictures_at_several_widths(tmp_path: Path) -> None:
    built = build_site(tmp_path, FILES)
    first, second = images(built, PAGE)
    (cover,) = images(built, PAPER)
    for page, image, name in ((PAGE, first, "first"), (PAGE, second, "second"), (PAPER, cover, "cover")):
        original = FILES[f"{BESIDE}/{name}.png"]
        found = candidates(built, page, image)
        assert list(found) == [480, 700]
        for width, content in found.items():
            with Image.open(io.BytesIO(content)) as made:
                assert (made.format, made.width) == ("WEBP", width)
            assert len(content) <= 0.8 * len(original)
        link = image.closest("a")
        assert link is not None
        assert (built.site / page).parent.joinpath(link.attr("href") or "").resolve().read_bytes() == original
    assert [first.attr("width"), first.attr("height")] == ["700", "400"]
    assert (first.attr("sizes"), cover.attr("sizes")) == ("min(100vw - 32px, 700px)", "min(100vw - 32px, 480px)")
    assert [image.attr("loading") for image in (first, second, cover)] == [None, "lazy", "lazy"]
    # With the cover's thumbnail. What nobody shows is not made, and the next build gives the same bytes.
    assert len(built.paths(f"{FOLDER}/*")) == 6 + 1
    again = rebuild(tmp_path, site=tmp_path / "again")
    assert {path: (again.site / path).read_bytes() for path in again.paths()} == {
        path: (built.site / path).read_bytes() for path in built.paths()
    }


def test_the_option_leaves_pictures_as_they_are(tmp_path: Path) -> None:
    built = build_site(tmp_path, FILES, {"plugins": ["search", {"papers": {"responsive_images": False}}]})
    assert [image.attr("srcset") for page in (PAGE, PAPER) for image in images(built, page)] == [None] * 3
    # The thumbnail of the cover.
    assert len(built.paths(f"{FOLDER}/*")) == len(kept(tmp_path)) == 1


def test_sanitized_notes_keep_the_plugins_own_candidates_and_no_others(tmp_path: Path) -> None:
    outside, own = ("https://example.org/x.png 2x", "second.png 2x")
    note = f'{NOTE}\n<img src="first.png" srcset="{outside}">\n\n<img src="first.png" srcset="{own}">\n'
    plugins = ["search", {"papers": {"sanitize_notes": True}}]
    built = build_site(tmp_path, {**FILES, f"{BESIDE}/note.md": note}, {"plugins": plugins})
    first, second, third, fourth = images(built, PAGE)
    assert [list(candidates(built, PAGE, image)) for image in (first, second)] == [[480, 700]] * 2
    assert (first.attr("sizes"), second.attr("loading")) == ("min(100vw - 32px, 700px)", "lazy")
    assert (third.attr("srcset"), fourth.attr("srcset")) == (None, f"../{own}")


def test_a_second_build_makes_nothing_and_forgets_what_no_page_shows(tmp_path: Path, counted: list[str]) -> None:
    build_site(tmp_path, FILES)
    assert sorted(counted) == ["cover.png", "cover.png", "first.png", "second.png"]
    others = [kept(tmp_path)[0].with_name(name) for name in ("mine.txt", "0" * 31)]
    for other in others:
        other.write_bytes(b"")
    counted.clear()
    before = set(kept(tmp_path))
    (tmp_path / BESIDE / "second.png").write_bytes(drawing(5))
    built = rebuild(tmp_path)
    assert counted == ["second.png"]
    assert list(candidates(built, PAGE, images(built, PAGE)[1])) == [480, 700]
    assert len(before - set(kept(tmp_path))) == len(set(kept(tmp_path)) - before) == 1


def _planted(file: Path) -> None:
    """As somebody writes it who has no key."""
    webp = io.BytesIO()
    Image.new("RGB", (480, 100), "red").save(webp, "WEBP")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(KEY_VARIABLE)
        store.save(file, VERSION.encode(), Made((Rendition(480, 100, webp.getvalue()),)))


def _link(file: Path) -> None:
    file.symlink_to(file.rename(file.with_name("elsewhere")))


def _other(file: Path) -> None:
    file.write_bytes(next(each for each in file.parent.iterdir() if each != file).read_bytes())


def _broken(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def _pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


@pytest.mark.parametrize("put", [_planted, _link, _other, _broken, _pipe, lambda file: file.write_bytes(b"")])
def test_a_planted_or_broken_file_in_the_cache_is_never_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, counted: list[str], put: Callable[[Path], None]
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, "a secret")
    built = build_site(tmp_path, FILES)
    first = {path: (built.site / path).read_bytes() for path in built.paths(f"{FOLDER}/*")}
    counted.clear()
    put(kept(tmp_path)[1])
    again = rebuild(tmp_path)
    assert len(counted) == 1
    assert {path: (again.site / path).read_bytes() for path in again.paths(f"{FOLDER}/*")} == first


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / ".cache").write_text("in the way")
    built = build_site(tmp_path, FILES)
    assert list(candidates(built, PAGE, images(built, PAGE)[0])) == [480, 700]


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        (drawing(1)[:-2000], "the picture is damaged (OSError)"),
        (b"\x89PNG", "the picture is no picture of a known format"),
    ],
)
def test_a_picture_that_cannot_be_read_is_shown_as_it_is_and_is_a_problem(
    tmp_path: Path, content: bytes, wrong: str
) -> None:
    for built in (
        build_site(tmp_path, {**FILES, f"{BESIDE}/first.png": content}, strict=False),
        rebuild(tmp_path, strict=False),
    ):
        assert defects_in(built.messages) == [("unusable-picture", f"{BESIDE}/first.png", 1, 1)]
        assert [wrong in message for message in built.warnings] == [True]
        first, second = images(built, PAGE)
        assert (first.attr("src"), first.attr("srcset")) == ("../first.png", None)
        assert list(candidates(built, PAGE, second)) == [480, 700]


def test_a_damaged_cover_is_one_problem(tmp_path: Path) -> None:
    built = build_site(tmp_path, {**FILES, f"{BESIDE}/cover.png": drawing(3)[:-2000]}, strict=False)
    assert [code for code, *_ in defects_in(built.messages)] == ["unusable-cover"]


def _dies(picture: str, job: Job, file: str) -> None:
    if Path(picture).name == "first.png":
        os.kill(os.getpid(), signal.SIGKILL)
    rendition_cache.make(picture, job, file)


@pytest.mark.usefixtures("picture_processes")
def test_what_stops_the_program_that_reads_it_costs_itself_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rendition_cache, "_make_elsewhere", _dies)
    built = build_site(tmp_path, {**FILES, "meta/2024/Quest.prototxt": RECORD.partition("cover")[0]}, strict=False)
    assert defects_in(built.messages) == [("unusable-picture", f"{BESIDE}/first.png", 1, 1)]
    first, second = images(built, PAGE)
    assert (first.attr("srcset"), list(candidates(built, PAGE, second))) == (None, [480, 700])


SCRIPT = """\
print("begins", flush=True)
from mkdocs.commands.build import build
from mkdocs.config import load_config
build(load_config("mkdocs.yml"))
"""


def test_a_program_that_does_not_ask_for_its_name_runs_once(tmp_path: Path) -> None:
    build_site(tmp_path, FILES)
    shutil.rmtree(tmp_path / ".cache")
    (tmp_path / "build.py").write_text(SCRIPT)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "build.py"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert (done.stdout, "Error" in done.stderr) == ("begins\n", False)
    assert len(kept(tmp_path)) == 4


def test_a_save_makes_its_own_and_removes_what_is_shown_no_more(tmp_path: Path, counted: list[str]) -> None:
    site = build_site(tmp_path, FILES).site
    counted.clear()
    preview = Preview(tmp_path, site)
    assert counted == []

    def shown() -> set[str]:
        return {path.name for path in (site / FOLDER).iterdir()}

    before = shown()
    (tmp_path / BESIDE / "second.png").write_bytes(drawing(5))
    assert preview.save()
    assert counted == ["second.png"]
    assert (len(before), len(before - shown()), len(shown() - before)) == (7, 2, 2)
    assert preview.tree() == preview.fresh(tmp_path / "fresh")
    (tmp_path / BESIDE / "note.md").write_text("# Quest\n")
    assert preview.save()
    assert len(shown()) == 3
    assert preview.tree() == preview.fresh(tmp_path / "fresh")


def test_the_pages_that_wait_for_pictures_are_rendered_last(tmp_path: Path) -> None:
    others = {f"meta/2024/P{n}.prototxt": f'paper {{ title: "P{n}" authors: "Ann Lee" }}\n' for n in range(3)}
    build_site(tmp_path, {**FILES, **others})
    preview = Preview(tmp_path, tmp_path / "site")
    plugin = preview.plugin
    rendered = [path for path in plugin.engine.rendered if path in plugin.engine.build.assembly.own]
    ours = [path for path in rendered if path not in plugin.engine.build.assembly.in_nav]
    assert len(ours) > 5
    assert ours[-1] == "notes/2024/Quest/note.md"
    (tmp_path / "meta/2024/P4.prototxt").write_text('paper { title: "P4" }\n', encoding="utf-8")
    assert preview.save()
    assert preview.tree() == preview.fresh(tmp_path / "fresh")
