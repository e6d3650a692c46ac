"""A build that takes over pages of the build before leaves what a build from nothing leaves, and believes nothing."""

import contextlib
import os
import random
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule
from mkdocs.config import load_config

import mkdocs_papers
from mkdocs_papers.library import store
from mkdocs_papers.library.cache_folder import KEY_VARIABLE, SEAL_BYTES, CacheError
from mkdocs_papers.library.load import load
from mkdocs_papers.library.memory import ReadingMemory
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.records.limits import LARGEST_CACHED_PAGE
from mkdocs_papers.records.read import read_record
from mkdocs_papers.search.document import Document, Part, weights
from mkdocs_papers.search.index import Postings
from mkdocs_papers.site.build_cache.cache import BuildCache
from mkdocs_papers.site.build_cache.pages import CachedIndex, CachedPage, CachedPages, Compressor
from mkdocs_papers.site.build_cache.readings import CachedReadings, CachedRecord, known_readings, readings_of
from mkdocs_papers.site.plugin import PapersPlugin
from tests import log
from tests.site.editing import CONFIG, COVER, Editor, differing, note, record, start, steps
from tests.site.previews import tree
from tests.sites import Build, rebuild, write_files

CACHE = ".cache/mkdocs-papers/build"
FILES = ["index", "pages", "readings"]
ALWAYS = [
    *("authors/index.md", "guide.md", "index.md", "institutions/index.md", "keywords/index.md", "notes/index.md"),
    *("papers/index.md", "stats/index.md", "venues/index.md", "years/index.md"),
]
"""The pages of the menu, which MkDocs itself builds every time."""


def from_nothing(root: Path, site: Path) -> Build:
    """What a build without a cache gives; the project's cache stays as it is."""
    cache, aside = root / ".cache", root.parent / "cache-aside"
    if cache.exists():
        cache.rename(aside)
    built = rebuild(root, strict=False, site=site)
    shutil.rmtree(cache, ignore_errors=True)
    if aside.exists():
        aside.rename(cache)
    return built


def rendered(root: Path) -> list[str]:
    """Build; the pages that were rendered besides those that always are, as source paths in order."""
    rebuild(root, strict=False)
    return sorted(set(plugin(root).engine.rendered) - set(ALWAYS))


def plugin(root: Path) -> PapersPlugin:
    """The plugin that has built a project: MkDocs keeps it."""
    found = load_config(str(root / "mkdocs.yml")).plugins["papers"]
    assert isinstance(found, PapersPlugin)
    return found


class Rebuilding(Editor):
    """Someone edits a library and builds it again and again."""

    @initialize()
    def begin(self) -> None:
        self.start()

    @rule()
    def delete_site(self) -> None:
        shutil.rmtree(self.root / "site", ignore_errors=True)

    @rule(chosen=st.randoms(use_true_random=False))
    def change_site(self, chosen: object) -> None:
        files = sorted(path for path in (self.root / "site").rglob("*.html")) if (self.root / "site").exists() else []
        if files:
            chosen.choice(files).write_text("Something else.", encoding="utf-8")  # type: ignore[attr-defined]
            write_files(self.root, {"site/papers/left-over/index.html": "Left over."})

    @rule(chosen=st.randoms(use_true_random=False), cut=st.booleans())
    def damage_cache(self, chosen: object, *, cut: bool) -> None:
        folder = self.root / CACHE
        if folder.exists():
            file = chosen.choice(sorted(folder.iterdir()))  # type: ignore[attr-defined]
            content = bytearray(file.read_bytes())
            place = chosen.randrange(len(content))  # type: ignore[attr-defined]
            if cut:
                del content[place:]
            else:
                content[place] ^= 1
            file.write_bytes(content)

    @precondition(lambda self: hasattr(self, "root"))
    @invariant()
    def built_is_from_nothing(self) -> None:
        with log.collected():
            built = rebuild(self.root, strict=False)
            self.steps += 1
            fresh = from_nothing(self.root, self.folder / f"fresh{self.steps}")
        assert differing(tree(built.site), tree(fresh.site)) == []
        assert [line for line in built.warnings if "in it is damaged" not in line] == list(fresh.warnings)
        shutil.rmtree(fresh.site)


Rebuilding.TestCase.settings = steps(30)

TestRebuilding = pytest.mark.slow(Rebuilding.TestCase)


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Where a project was built once, and a copy of it as it was then."""
    folder = tmp_path_factory.mktemp("built")
    root, copy = folder / "work" / "project", folder / "project"
    start(root)
    rebuild(root, strict=False)
    return root, shutil.copytree(root, copy, symlinks=True)


@pytest.fixture
def root(built_once: tuple[Path, Path]) -> Path:
    """A project that was built once, in the folder that it was built in: its cache counts there."""
    root, copy = built_once
    shutil.rmtree(root.parent)
    return shutil.copytree(copy, root, symlinks=True)


def test_the_first_build_renders_all_and_the_second_nothing(tmp_path: Path) -> None:
    start(tmp_path / "project")
    assert "papers/2024/A.md" in rendered(tmp_path / "project")
    first = tree(tmp_path / "project/site")
    assert rendered(tmp_path / "project") == []
    assert tree(tmp_path / "project/site") == first


def test_without_the_site_all_is_written_and_nothing_rendered(root: Path) -> None:
    first = tree(root / "site")
    shutil.rmtree(root / "site")
    assert rendered(root) == []
    assert tree(root / "site") == first


@pytest.mark.parametrize(
    ("old", "new"), [("x.md", "x/index.md"), ("x/README.md", "x/index.md"), ("x.md", "x/index.html")]
)
def test_what_has_taken_the_address_of_another_page_is_not_taken_for_it(root: Path, old: str, new: str) -> None:
    write_files(root, {f"notes/2024/A/{old}": "# Old\n\nOld words.\n"})
    rebuild(root, strict=False)
    (root / f"notes/2024/A/{old}").unlink()
    write_files(root, {f"notes/2024/A/{new}": "# New\n\nNew words.\n"})
    for _ in range(2):
        rebuild(root, strict=False)
        assert "New words." in (root / "site/notes/2024/A/x/index.html").read_text(encoding="utf-8")
    (root / f"notes/2024/A/{new}").unlink()
    write_files(root, {f"notes/2024/A/{old}": "# Old\n\nOld words.\n"})
    rebuild(root, strict=False)
    assert "Old words." in (root / "site/notes/2024/A/x/index.html").read_text(encoding="utf-8")
    assert differing(tree(root / "site"), tree(from_nothing(root, root.parent / "fresh").site)) == []


@pytest.mark.parametrize("name", FILES)
def test_without_one_of_its_files_the_cache_is_none(root: Path, name: str) -> None:
    first = tree(root / "site")
    (root / CACHE / name).unlink()
    rebuild(root, strict=False)
    assert tree(root / "site") == first
    assert len(plugin(root).engine.rendered) > len(ALWAYS)


def test_where_a_hook_takes_a_page_away_all_others_are_written(tmp_path: Path) -> None:
    root = tmp_path / "project"
    start(root)
    hook = (
        "from mkdocs.plugins import event_priority\n\n\n@event_priority(-200)\ndef on_files(files, config):\n"
        "    files.remove(files.get_file_from_path('papers/2024/C.md'))\n    return files\n"
    )
    named = CONFIG.replace("  - papers:\n", "  - papers:\n      incremental_plugins: [hook.py]\n")
    write_files(root, {"hook.py": hook, "mkdocs.yml": f"{named}hooks: [hook.py]\n"})
    rebuild(root, strict=False)
    first = tree(root / "site")
    assert "papers/2023/B/index.html" in first
    assert "papers/2024/C/index.html" not in first
    rebuild(root, strict=False)
    shutil.rmtree(root / "site")
    assert "papers/2023/B.md" not in rendered(root)
    assert tree(root / "site") == first


def test_a_note_renders_itself_and_what_shows_its_first_lines(root: Path) -> None:
    write_files(root, {"notes/2024/A/note.md": note("Changed", "2023/B")})
    assert rendered(root) == ["notes/2024/A/note.md", "papers/2024/A.md"]
    assert rendered(root) == []
    write_files(root, {"notes/2024/A/note.md": note("First", "2023/B")})
    assert rendered(root) == ["notes/2024/A/note.md", "papers/2024/A.md"]


def test_a_record_renders_what_shows_it(root: Path) -> None:
    write_files(
        root, {"meta/2024/C.prototxt": record("Delta paper", "ICLR", "Ann Lee", "other", "2024/A", cover=False)}
    )
    found = rendered(root)
    assert {"papers/2024/C.md", "venues/ICLR.md", "authors/Ann-Lee.md"} <= set(found)
    assert not {"papers/2023/B.md", "authors/Bo-Chen.md", "keywords/kernels.md"} & set(found)


def test_a_page_that_others_have_in_their_menu_renders_all(root: Path) -> None:
    write_files(root, {"docs/more.md": "# More\n"})
    assert "papers/2023/B.md" in rendered(root)


def test_a_note_with_macros_or_snippets_is_always_rendered(root: Path) -> None:
    macros = "---\nrender_macros: true\n---\n# A\n\n{{ papers_count() }}\n"
    write_files(root, {"notes/2024/A/note.md": macros, "notes/2023/B/note.md": '# B\n\n--8<-- "x.md"\n'})
    rebuild(root, strict=False)
    assert rendered(root) == ["notes/2023/B/note.md", "notes/2024/A/note.md"]


def test_what_is_wrong_is_said_every_time(root: Path) -> None:
    write_files(root, {"notes/2024/A/note.md": "# A\n\n![lost](lost.png)\n"})
    first, second = rebuild(root, strict=False), rebuild(root, strict=False)
    assert first.warnings
    assert second.warnings == first.warnings


def test_a_changed_file_of_the_site_is_put_right(root: Path) -> None:
    first = tree(root / "site")
    page = root / "site/papers/2024/A/index.html"
    status = page.stat()
    page.write_bytes(page.read_bytes().replace(b"Alpha", b"Omega"))
    os.utime(page, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert rendered(root) == []
    assert tree(root / "site") == first


def test_the_option_turns_it_off(tmp_path: Path) -> None:
    root = tmp_path / "project"
    start(root)
    text = (root / "mkdocs.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(text.replace("- papers:", "- papers:\n      incremental: false"), encoding="utf-8")
    rebuild(root, strict=False)
    assert not (root / CACHE).exists()


def test_a_plugin_that_may_look_at_several_pages_stands_in_the_way(tmp_path: Path) -> None:
    root = tmp_path / "project"
    start(root)
    text = (root / "mkdocs.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(f"{text}hooks: [hook.py]\n", encoding="utf-8")
    write_files(root, {"hook.py": "def on_post_page(output, **_):\n    return output\n"})
    built = rebuild(root, strict=False)
    assert not (root / CACHE).exists()
    assert len([line for line in built.messages if "because of the plugin 'hook.py'" in line]) == 1
    named = text.replace("- papers:", "- papers:\n      incremental_plugins: [hook.py]")
    (root / "mkdocs.yml").write_text(f"{named}hooks: [hook.py]\n", encoding="utf-8")
    rebuild(root, strict=False)
    assert (root / CACHE).exists()
    # What the hook does is part of every page. (In one process MkDocs loads it only once.)
    write_files(root, {"hook.py": "def on_post_page(output, **_):\n    return output + '<!-- hooked -->'\n"})
    assert "papers/2024/A.md" in rendered(root)


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-10])


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _flip(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[-40] ^= 1
    file.write_bytes(content)


def _of_another_version(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b"cache 4", b"cache 3", 1))


def _of_another_configuration(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[content.index(b"\n") + 1] ^= 1
    file.write_bytes(content)


def _fifo(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def _link(file: Path) -> None:
    other = file.rename(file.with_name("elsewhere"))
    file.symlink_to(other)


def _folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def _huge(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.truncate(3 * 1024**3)  # takes no room: it is sparse


DAMAGE = [_cut, _empty, _flip, _of_another_version, _of_another_configuration, _fifo, _link, _folder, _huge]


def small_cache(folder: Path) -> BuildCache:
    """A cache with one page and one reading, as the next build finds it."""
    cache = BuildCache(folder, b"c" * 32)
    record = CachedRecord(b"digest", None, ())
    cache.keep_readings(CachedReadings({"meta/2024/A.yaml": record}, {}))
    cache.keep("a.md", b"fingerprint", b"<h1>A</h1>", {}, Document("a/", "A"))
    cache.close(lambda: ({"b/": Document("b/", "B")}, Postings({"word": b"\1\0\0\7"}, {0: b"\2\0\0\7"})))
    return BuildCache(folder, b"c" * 32)


def taken(cache: BuildCache) -> bytes | None:
    """The page of `small_cache`, if it is taken over."""
    found = cache.take("a.md", b"fingerprint", "a/", lambda _: None)
    return None if found is None else found.output


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", DAMAGE)
def test_a_file_that_is_not_as_it_was_written_is_said_in_one_line_and_not_used(
    tmp_path: Path, name: str, damage: Callable[[Path], None]
) -> None:
    folder = tmp_path / "build"
    cache = small_cache(folder)
    damage(folder / name)
    with log.collected() as found:
        cache.open()
    said = [record.getMessage() for record in found.records]
    assert len(said) == 1
    assert "cannot be used" in said[0]
    assert str(folder) in said[0]
    assert taken(cache) is None
    assert cache.readings == CachedReadings()


def test_a_small_cache_is_used(tmp_path: Path) -> None:
    cache = small_cache(tmp_path)
    cache.open()
    assert taken(cache) == b"<h1>A</h1>"
    assert cache.readings.records
    assert cache.take("a.md", b"another", "a/", lambda _: None) is None
    assert cache.take("b.md", b"fingerprint", "b/", lambda _: None) is None
    documents, postings = cache.index() or ({}, None)
    assert documents == {"a/": Document("a/", "A"), "b/": Document("b/", "B")}
    assert postings == Postings({"word": b"\1\0\0\7"}, {0: b"\2\0\0\7"})


@pytest.mark.parametrize("name", FILES)
def test_a_damaged_cache_changes_no_byte_of_the_site(root: Path, name: str) -> None:
    first = tree(root / "site")
    _flip(root / CACHE / name)
    built = rebuild(root, strict=False)
    assert len([line for line in built.messages if "cannot be used" in line]) == 1
    assert tree(root / "site") == first
    assert len(plugin(root).engine.rendered) > len(ALWAYS)


def test_a_cache_folder_that_is_a_link_is_neither_read_nor_written(root: Path, tmp_path: Path) -> None:
    first = tree(root / "site")
    outside = (root / ".cache").rename(tmp_path / "outside")
    before = tree(outside)
    (root / ".cache").symlink_to(outside, target_is_directory=True)
    assert len(rendered(root)) > 0
    assert tree(outside) == before
    assert tree(root / "site") == first


# Attacks: whoever writes to the cache knows this code


def planted(root: Path, name: str, change: Callable[[Any], Any]) -> None:
    """Change a file of the cache as somebody would who has everything but the key."""
    file = root / CACHE / name
    content = file.read_bytes()
    start = content.index(b"\n") + 1
    of, body = content[start : start + 32], content[start + 32 + SEAL_BYTES :]
    value = change(msgspec.msgpack.decode(body))
    store.save(file, of, value)


def _say_planted(pages: dict[str, Any]) -> dict[str, Any]:
    # The words of a page, compressed, in place of another's.
    for path, page in pages["pages"].items():
        if path == "papers/2024/A.md":
            page[3] = pages["pages"]["papers/2024/C.md"][3]
    return pages


def test_with_a_key_a_planted_page_does_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "project"
    start(root)
    monkeypatch.setenv(KEY_VARIABLE, "a secret")
    rebuild(root, strict=False)
    first = tree(root / "site")
    assert rendered(root) == []
    # Sealed by somebody without the key, and with another.
    for other in ("", "guessed"):
        monkeypatch.setenv(KEY_VARIABLE, other)
        planted(root, "pages", _say_planted)
        monkeypatch.setenv(KEY_VARIABLE, "a secret")
        built = rebuild(root, strict=False)
        assert len([line for line in built.messages if "sealed with another key" in line]) == 1
        assert tree(root / "site") == first
        assert rendered(root) == []


def test_without_a_key_a_planted_page_counts_as_the_guide_says(root: Path) -> None:
    planted(root, "pages", _say_planted)
    assert rendered(root) == []
    assert "Gamma paper" in (root / "site/papers/2024/A/index.html").read_text(encoding="utf-8")
    guide = Path(__file__).parents[2] / "docs/guide/publishing.md"
    assert "whoever can write to the cache writes the site" in " ".join(
        guide.read_text(encoding="utf-8").casefold().split()
    )


def test_no_page_of_the_cache_leads_out_of_the_site(root: Path) -> None:
    before = {path for path in root.parent.rglob("*") if ".cache" not in path.parts}
    outside = ("../../planted.md", "/planted.md", "../planted/index.html", "a/../../planted.md", "C:\\planted.md")

    def add(pages: dict[str, Any]) -> dict[str, Any]:
        page = pages["pages"]["papers/2024/A.md"]
        pages["pages"] |= dict.fromkeys(outside, page)
        return pages

    planted(root, "pages", add)
    assert rendered(root) == []
    assert {path for path in root.parent.rglob("*") if ".cache" not in path.parts} == before


def test_an_index_that_cannot_be_is_made_anew(root: Path) -> None:
    first = tree(root / "site")

    def say(words: dict[str, bytes]) -> Callable[[dict[str, Any]], dict[str, Any]]:
        return lambda index: {**index, "words": words}

    for words in ({"word": b"odd"}, {"": b""}):
        planted(root, "index", say(words))
        assert rendered(root) == []
        assert tree(root / "site") == first


def test_the_index_goes_on_from_that_of_the_build_before(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    weighed: list[str] = []

    def weights_of(document: Document) -> Mapping[str, int]:
        weighed.append(document.location)
        return weights(document)

    monkeypatch.setattr("mkdocs_papers.search.index.weights", weights_of)
    assert rendered(root) == []
    assert weighed == []
    write_files(root, {"notes/2024/A/note.md": note("Another word", "2023/B")})
    rebuild(root, strict=False)
    # As it was, and as it is.
    assert weighed == ["notes/2024/A/note/"] * 2
    assert differing(tree(root / "site"), tree(from_nothing(root, root.parent / "fresh").site)) == []


@pytest.mark.parametrize("location", ["javascript:alert(1)", "https://example.org/", "../", "papers/2024/C/"])
def test_no_hit_of_the_cache_leads_elsewhere(root: Path, location: str) -> None:
    first = tree(root / "site")

    def lead(pages: dict[str, Any]) -> dict[str, Any]:
        pages["pages"]["papers/2024/A.md"][2]["location"] = location
        return pages

    planted(root, "pages", lead)
    assert rendered(root) == ["papers/2024/A.md"]
    assert tree(root / "site") == first


@pytest.mark.parametrize("boost", [float("nan"), float("inf"), -1.0])
def test_what_a_hit_counts_is_a_number(root: Path, boost: float) -> None:
    def weigh(pages: dict[str, Any]) -> dict[str, Any]:
        pages["pages"]["papers/2024/A.md"][2]["boost"] = boost
        return pages

    planted(root, "pages", weigh)
    built = rebuild(root, strict=False)
    assert [line for line in built.messages if "pages does not follow its schema" in line]


def test_a_page_that_says_that_it_is_huge_is_rendered(root: Path) -> None:
    first = tree(root / "site")
    huge = zstandard.compress(bytes(LARGEST_CACHED_PAGE + 1))
    silent = zstandard.ZstdCompressor(write_content_size=False).compress(bytes(1024**2))

    def blow_up(pages: dict[str, Any]) -> dict[str, Any]:
        pages["pages"]["papers/2024/A.md"][3] = huge
        pages["pages"]["papers/2023/B.md"][3] = silent
        pages["pages"]["papers/2024/C.md"][3] = b"no page"
        return pages

    planted(root, "pages", blow_up)
    built = rebuild(root, strict=False)
    assert len([line for line in built.messages if "cannot be used" in line]) == 3
    assert tree(root / "site") == first


def test_a_page_that_is_too_large_is_not_kept(tmp_path: Path) -> None:
    cache = BuildCache(tmp_path, b"")
    for size in (LARGEST_CACHED_PAGE, LARGEST_CACHED_PAGE + 1):
        cache.keep(f"{size}.md", b"of", bytes(size), {}, None)
    cache.keep_readings(CachedReadings({"meta/2024/A.prototxt": CachedRecord(b"", None, ())}))
    cache.close(lambda: ({}, Postings({}, {})))
    again = BuildCache(tmp_path, b"")
    again.open()
    pages = [
        again.take(f"{size}.md", b"of", "", lambda _: None) for size in (LARGEST_CACHED_PAGE, LARGEST_CACHED_PAGE + 1)
    ]
    assert [page and len(page.output) for page in pages] == [LARGEST_CACHED_PAGE, None]


def test_pages_take_little_room_however_large_the_first_of_them_is() -> None:
    some = random.Random(0)
    theme, rows = ([some.randbytes(15).hex() for _ in range(length)] for length in (700, 5000))
    papers = [" ".join([f"{piece} {number}" for piece in theme]).encode() for number in range(1000, 1009)]
    half = len(papers[0]) // 2
    listing = papers[0][:half] + "\n".join(rows).encode() + papers[0][half:]
    compressor = Compressor()
    large, *small = map(compressor.compress, (listing, *papers))
    assert compressor.decompress(large) == listing
    assert list(map(Compressor(compressor.dictionary).decompress, small)) == papers
    assert max(map(len, small)) < len(papers[0]) // 20


def test_no_macro_runs_at_the_word_of_the_cache(root: Path) -> None:
    words = "# A\n\nThis is {{ papers_count() }}.\n"
    write_files(root, {"notes/2024/A/note.md": words})
    rebuild(root, strict=False)

    def more(readings: dict[str, Any]) -> dict[str, Any]:
        note = readings["notes"]["notes/2024/A/note.md"]
        readings["notes"]["notes/2024/A/note.md"] = [*note, {"render_macros": True}]
        return readings

    planted(root, "readings", more)
    (root / CACHE / "pages").unlink()
    rebuild(root, strict=False)
    assert "{{ papers_count() }}" in (root / "site/notes/2024/A/note/index.html").read_text(encoding="utf-8")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text() | st.integers(0, 9), inner, max_size=5),
    max_leaves=10,
)


@pytest.mark.parametrize("kind", [CachedIndex, CachedReadings, CachedPages])
@settings(deadline=None)
@given(value=VALUES)
def test_whatever_a_file_holds_it_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, kind: type[object], value: object
) -> None:
    path = tmp_path_factory.mktemp("cache") / "values"
    store.save(path, b"x" * 32, value)
    with contextlib.suppress(CacheError):
        assert isinstance(store.load(path, b"x" * 32, kind), kind)


@settings(deadline=None)
@given(data=st.data(), value=VALUES)
def test_no_field_of_another_type_is_read(data: st.DataObject, value: object) -> None:
    page = CachedPage(b"x", (("docs", "a", None),), ({"location": "a/", "title": "t", "text": "x", "boost": 2},), b"x")
    record = read_record("meta/a/b.yaml", "a/b", b"paper:\n  title: T\npub:\n  where: X\n  year: 2024\n").record
    assert record is not None
    readings = CachedReadings({"meta/a/b.yaml": CachedRecord(b"x", record.info, ())}, {})
    document = Document("a/", "A", names=("a",), parts=(Part("b", "B", "text"),), boost=0.5)
    other = CachedPage(b"x", (), document, b"x")
    index = CachedIndex(b"x", {"c/": document}, {"word": b"four"}, {1: b"four"})
    for whole in (CachedPages(b"d", {"a.md": page, "b.md": other}), index, readings):
        plain = msgspec.msgpack.decode(msgspec.msgpack.encode(whole))
        places = list(_places(plain))
        parent, key = data.draw(st.sampled_from(places))
        parent[key] = value
        # Either it says so, or the value is of the right type.
        with contextlib.suppress(msgspec.ValidationError):
            read = msgspec.msgpack.decode(msgspec.msgpack.encode(plain), type=type(whole))
            assert msgspec.msgpack.decode(msgspec.msgpack.encode(read), type=type(whole)) == read


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Everywhere in a value where another could stand."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield value, key
        if isinstance(inner, dict | list):
            yield from _places(inner)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.slow
@settings(
    deadline=None,
    max_examples=settings().max_examples // 10,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data(), value=VALUES)
def test_a_build_survives_whatever_stands_in_a_field(root: Path, name: str, data: st.DataObject, value: object) -> None:
    def put(whole: Any) -> Any:
        parent, key = data.draw(st.sampled_from(list(_places(whole))))
        parent[key] = value
        return whole

    with log.collected():
        planted(root, name, put)
        rebuild(root, strict=False)


def test_what_is_read_of_the_cache_is_what_the_files_say(tmp_path: Path) -> None:
    start(tmp_path)
    write_files(tmp_path, {"meta/2024/D.yaml": "paper: [\n", "notes/x.md": "---\ndraft: true\n---\n# X\n\n[a](b.md)\n"})
    library = Settings(tmp_path)
    memory = ReadingMemory()
    first = load(library, memory)
    kept = msgspec.msgpack.decode(msgspec.msgpack.encode(readings_of(memory)), type=CachedReadings)
    again = ReadingMemory()
    again.known = known_readings(kept, library)
    assert load(library, again) == first
    assert again.read == 0
    # Places too, which are looked up in the file.
    for key, paper in first.papers.items():
        other = load(library, again).papers[key].record
        assert dict(other.places) == dict(paper.record.places)


def test_nothing_is_pickled() -> None:
    package = Path(mkdocs_papers.__file__).parent
    words = ("pickle", "marshal", "shelve", "dill", "eval(", "exec(")
    found = [
        f"{path.name}: {word}"
        for path in package.rglob("*.py")
        for word in words
        if re.search(rf"(?<![\w.]){re.escape(word)}", path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_a_build_that_dies_leaves_the_last_cache(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path.name: path.read_bytes() for path in (root / CACHE).iterdir()}

    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    write_files(root, {"notes/2024/A/cover.svg": COVER.format(2), "docs/more.md": "# More\n"})
    monkeypatch.setattr(PapersPlugin, "on_post_build", die)
    with pytest.raises(KeyboardInterrupt):
        rebuild(root, strict=False)
    monkeypatch.undo()
    kept_still = {name: (root / CACHE / name).read_bytes() for name in before}
    assert kept_still == before
    rebuild(root, strict=False)
    assert sorted(path.name for path in (root / CACHE).iterdir()) == FILES
    assert tree(root / "site") == tree(from_nothing(root, root.parent / "fresh").site)


def test_a_build_that_fails_leaves_nothing_of_its_own(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError("a template is wrong")

    monkeypatch.setattr(PapersPlugin, "on_nav", fail)
    with pytest.raises(ValueError, match="a template is wrong"):
        rebuild(root, strict=False)
    monkeypatch.undo()
    assert [path.name for path in (root / "site").iterdir() if path.name.startswith(".")] == []
    assert rendered(root) == []
    assert tree(root / "site") == tree(from_nothing(root, root.parent / "fresh").site)
