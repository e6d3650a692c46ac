"""A build that takes over pages of the build before leaves what a build from nothing leaves, and believes nothing."""

from __future__ import annotations

import hashlib
import os
import pickle
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule
from mkdocs.config import load_config

from mkdocs_papers.library import memory
from mkdocs_papers.library.memory import Stamp, stamp
from mkdocs_papers.site import kept
from mkdocs_papers.site.laying import Laying
from mkdocs_papers.site.plugin import PapersPlugin
from tests import log
from tests.site.editing import CONFIG, COVER, Editor, differing, note, record, start, steps
from tests.site.previews import tree
from tests.sites import Build, rebuild, write_files

CACHE = ".cache/mkdocs-papers/build"
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


Rebuilding.TestCase.settings = steps(20, fewer=50)

TestRebuilding = pytest.mark.slow(Rebuilding.TestCase)


class Adding(Rebuilding):
    """The same where each build only adds to what the first one wrote, and lays it out first, as in large libraries."""

    @initialize()
    def begin(self) -> None:
        self.start()
        # A library so large would take minutes.
        self.share, kept._SHARE = kept._SHARE, 0  # noqa: SLF001
        self.many, kept._MANY = kept._MANY, 1  # noqa: SLF001

    def teardown(self) -> None:
        kept._SHARE, kept._MANY = self.share, self.many  # noqa: SLF001
        super().teardown()


Adding.TestCase.settings = steps(20, fewer=50)

TestAdding = pytest.mark.slow(Adding.TestCase)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project that was built once."""
    root = tmp_path / "project"
    start(root)
    rebuild(root, strict=False)
    return root


def test_the_first_build_renders_all_and_the_second_nothing(tmp_path: Path) -> None:
    start(tmp_path / "project")
    assert "papers/2024/A.md" in rendered(tmp_path / "project")
    first = tree(tmp_path / "project/site")
    assert rendered(tmp_path / "project") == []
    assert plugin(tmp_path / "project").engine.written == 0
    assert tree(tmp_path / "project/site") == first


def test_without_the_site_all_is_written_and_nothing_rendered(root: Path) -> None:
    first = tree(root / "site")
    shutil.rmtree(root / "site")
    assert rendered(root) == []
    assert plugin(root).engine.written == sum(not file.in_nav for file in plugin(root).assembly.own.values())
    assert tree(root / "site") == first


@pytest.fixture
def laid(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Stamp]]:
    """Has pages laid out in a small library too, to the last; gives what was laid out in each build."""
    found: list[dict[str, Stamp]] = []
    stop = Laying.stop

    def finish(self: Laying) -> dict[str, Stamp]:
        # In a small library the build would be faster than the start of another process.
        before, deadline = -1, time.monotonic() + 60
        while (now := sum(1 for _ in self.folder.rglob("*"))) != before or (not now and time.monotonic() < deadline):
            before = now
            time.sleep(0.5)
        found.append(stop(self))
        return found[-1]

    monkeypatch.setattr(kept, "_MANY", 1)
    monkeypatch.setattr(Laying, "stop", finish)
    return found


def test_without_the_site_pages_are_laid_out_and_those_that_changed_written_again(
    root: Path, laid: list[dict[str, Stamp]]
) -> None:
    shutil.rmtree(root / "site")
    write_files(root, {"notes/2024/A/note.md": note("Other words", "2023/B")})
    (root / "meta/2024/C.prototxt").unlink()
    rebuild(root, strict=False)
    built = tree(root / "site")
    assert len(laid) == 1
    assert "papers/2024/C/index.html" in laid[0]
    engine = plugin(root).engine
    # MkDocs itself writes the pages of the menu.
    assert engine.written == len(set(engine.rendered) - set(ALWAYS)) > 0
    assert built == tree(from_nothing(root, root.parent / "fresh").site)
    assert not (root / "site/papers/2024/C").exists()


def test_where_the_site_lies_there_nothing_is_laid_out(root: Path, laid: list[dict[str, Stamp]]) -> None:
    rebuild(root, strict=False)
    assert laid == []


def test_a_cache_that_turns_out_unusable_leaves_nothing_that_was_laid_out(
    root: Path, laid: list[dict[str, Stamp]]
) -> None:
    first = tree(root / "site")
    shutil.rmtree(root / "site")
    _flip(root / CACHE / "state")
    rebuild(root, strict=False)
    assert len(laid) == 1
    assert laid[0]
    assert tree(root / "site") == first
    assert not list((root / "site").glob(".*"))


def test_without_another_process_all_is_written_in_this_one(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = tree(root / "site")
    shutil.rmtree(root / "site")
    monkeypatch.setattr(kept, "_MANY", 1)
    monkeypatch.setattr(sys, "executable", str(root / "no-such-program"))
    rebuild(root, strict=False)
    assert tree(root / "site") == first


@pytest.mark.parametrize(
    ("old", "new"), [("x.md", "x/index.md"), ("x/README.md", "x/index.md"), ("x.md", "x/index.html")]
)
def test_what_has_taken_the_address_of_another_page_is_not_taken_for_it(
    root: Path, laid: list[dict[str, Stamp]], monkeypatch: pytest.MonkeyPatch, old: str, new: str
) -> None:
    monkeypatch.setattr(kept, "_SHARE", 0)
    write_files(root, {f"notes/2024/A/{old}": "# Old\n\nOld words.\n"})
    # Written in full, then added to.
    shutil.rmtree(root / ".cache")
    rebuild(root, strict=False)
    (root / f"notes/2024/A/{old}").unlink()
    write_files(root, {f"notes/2024/A/{new}": "# New\n\nNew words.\n"})
    rebuild(root, strict=False)
    # By the stamp of a file that was written some time before it is read, it is known.
    time.sleep(2.1)
    rebuild(root, strict=False)
    shutil.rmtree(root / "site")
    for _ in range(2):
        rebuild(root, strict=False)
        assert "New words." in (root / "site/notes/2024/A/x/index.html").read_text(encoding="utf-8")
    # And back: what is kept of the old page is right again, but not what lies in the site.
    (root / f"notes/2024/A/{new}").unlink()
    write_files(root, {f"notes/2024/A/{old}": "# Old\n\nOld words.\n"})
    rebuild(root, strict=False)
    assert "Old words." in (root / "site/notes/2024/A/x/index.html").read_text(encoding="utf-8")
    assert differing(tree(root / "site"), tree(from_nothing(root, root.parent / "fresh").site)) == []
    assert len(laid) == 1


@pytest.mark.parametrize("name", ["state", "pages", "last"])
@pytest.mark.parametrize("site", ["there", "gone", "empty"])
def test_without_one_of_its_files_the_cache_is_none(
    root: Path, monkeypatch: pytest.MonkeyPatch, name: str, site: str
) -> None:
    first = tree(root / "site")
    monkeypatch.setattr(kept, "_MANY", 1)
    if site != "there":
        shutil.rmtree(root / "site")
    if site == "empty":
        (root / "site").mkdir()
    (root / CACHE / name).unlink()
    rebuild(root, strict=False)
    assert tree(root / "site") == first
    assert len(plugin(root).engine.rendered) > len(ALWAYS)


def test_an_empty_folder_of_the_site_is_no_site(root: Path, laid: list[dict[str, Stamp]]) -> None:
    first = tree(root / "site")
    shutil.rmtree(root / "site")
    (root / "site").mkdir()
    rebuild(root, strict=False)
    assert len(laid) == 1
    assert laid[0]
    assert tree(root / "site") == first


@pytest.mark.parametrize("option", ["", "incremental: false"])
def test_what_an_interrupted_build_has_left_goes_with_the_next(root: Path, option: str) -> None:
    first = tree(root / "site")
    if option:
        config = (root / "mkdocs.yml").read_text(encoding="utf-8")
        assert "  - papers:\n" in config
        (root / "mkdocs.yml").write_text(
            config.replace("  - papers:\n", f"  - papers:\n      {option}\n"), encoding="utf-8"
        )
    write_files(root / "site", {".papers-kept/papers/old/index.html": "Left over."})
    rebuild(root, strict=False)
    assert tree(root / "site").keys() == first.keys()


def test_where_links_lead_nothing_is_moved_or_removed(root: Path, tmp_path: Path) -> None:
    first = tree(root / "site")
    outside = tmp_path / "outside"
    write_files(outside, {"mine/index.html": "Mine."})
    (root / "site/.papers-kept").symlink_to(outside, target_is_directory=True)
    shutil.rmtree(root / "site/papers")
    (root / "site/papers").symlink_to(outside, target_is_directory=True)
    rebuild(root, strict=False)
    assert (outside / "mine/index.html").read_text(encoding="utf-8") == "Mine."
    assert not (root / "site/.papers-kept").exists()
    assert {path for path in first if not path.startswith("papers/")} <= tree(root / "site").keys()


@pytest.mark.parametrize("address", ["/etc/x", "../x/y", "a/../../x", "C:/x", "a\\..\\x/y", "index.html"])
def test_an_address_that_leads_out_of_the_site_is_not_laid_out(address: str) -> None:
    assert not kept._is_inside(address)  # noqa: SLF001 - what a forged cache would say


def test_a_picture_that_lies_there_as_it_was_left_is_not_copied_again(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "_SETTLED_NS", 0)
    cover, copy = root / "notes/2024/A/cover.svg", root / "site/notes/2024/A/cover.svg"
    rebuild(root, strict=False)
    before = stamp(copy.stat())
    rebuild(root, strict=False)
    assert stamp(copy.stat()) == before
    cover.write_text(COVER.format(2), encoding="utf-8")
    rebuild(root, strict=False)
    assert copy.read_text(encoding="utf-8") == COVER.format(2)
    copy.write_text("not the cover", encoding="utf-8")
    rebuild(root, strict=False)
    assert copy.read_text(encoding="utf-8") == COVER.format(2)
    cover.unlink()
    rebuild(root, strict=False)
    assert not copy.exists()
    assert differing(tree(root / "site"), tree(from_nothing(root, tmp_path / "fresh").site)) == []


def test_a_picture_that_was_only_just_written_is_copied_again(root: Path) -> None:
    copy = root / "site/notes/2024/A/cover.svg"
    (root / "notes/2024/A/cover.svg").write_text(COVER.format(2), encoding="utf-8")
    rebuild(root, strict=False)
    before = stamp(copy.stat())
    rebuild(root, strict=False)
    assert stamp(copy.stat()) != before


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
    # Whatever is written in full again, or only added to: both are taken over.
    assert rendered(root) == []
    write_files(root, {"notes/2024/A/note.md": note("First", "2023/B")})
    assert rendered(root) == ["notes/2024/A/note.md", "papers/2024/A.md"]


def test_one_edit_in_a_larger_library_is_added_to_what_is_there(tmp_path: Path) -> None:
    root = tmp_path / "project"
    start(root)
    papers = {
        f"meta/2021/P{n}.prototxt": record(f"Paper {n}", "ACL", "Wu", "other", "SGD", cover=False) for n in range(60)
    }
    write_files(root, papers)
    rebuild(root, strict=False)
    state, pages = (root / CACHE / "state").read_bytes(), (root / CACHE / "pages").read_bytes()
    write_files(root, {"notes/2024/A/note.md": note("Changed", "2023/B")})
    assert len(rendered(root)) == 2
    assert (root / CACHE / "state").read_bytes() == state
    assert (root / CACHE / "pages").read_bytes() == pages
    assert rendered(root) == []
    shutil.rmtree(root / "site")
    assert rendered(root) == []
    assert differing(tree(root / "site"), tree(from_nothing(root, tmp_path / "fresh").site)) == []


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


def test_a_page_that_was_not_kept_is_not_taken_from_an_older_build(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_SHARE", 0)
    write_files(root, {"notes/2023/B/note.md": '# B\n\n--8<-- "x.md"\n'})
    rebuild(root, strict=False)
    first = tree(root / "site")
    rebuild(root, strict=False)
    assert tree(root / "site") == first


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
    file.write_bytes(file.read_bytes().replace(b"kept build 1", b"kept build 0", 1))


def _of_another_ground(file: Path) -> None:
    content = bytearray(file.read_bytes())
    place = content.index(b"\n") + 1
    content[place] ^= 1
    file.write_bytes(content)


@pytest.mark.parametrize("name", ["state", "pages", "last"])
@pytest.mark.parametrize("damage", [_cut, _empty, _flip, _of_another_version, _of_another_ground])
def test_a_file_that_is_not_as_it_was_written_is_said_in_one_line_and_not_used(
    root: Path, name: str, damage: Callable[[Path], None]
) -> None:
    first = tree(root / "site")
    if name == "pages" and damage in (_of_another_version, _of_another_ground):
        # In this file the head stands behind what it is of.
        file = root / CACHE / name
        content = file.read_bytes()
        place = content.rindex(b"mkdocs-papers kept")
        file.write_bytes(content[: place + 20] + b"X" + content[place + 21 :])
    else:
        damage(root / CACHE / name)
    built = rebuild(root, strict=False)
    assert [line for line in built.messages if "cannot be used" in line] == [
        line for line in built.messages if str(root / CACHE) in line
    ]
    assert len([line for line in built.messages if "cannot be used" in line]) == 1
    assert tree(root / "site") == first
    assert len(plugin(root).engine.rendered) > len(ALWAYS)


def test_a_damaged_page_is_rendered(root: Path) -> None:
    first = tree(root / "site")
    file = root / CACHE / "pages"
    content = bytearray(file.read_bytes())
    content[content.index(b"Alpha paper")] ^= 1
    file.write_bytes(content)
    shutil.rmtree(root / "site")
    built = rebuild(root, strict=False)
    assert len([line for line in built.messages if "a kept page is damaged" in line]) == 1
    assert tree(root / "site") == first


def test_a_file_that_would_call_something_is_not_read(root: Path) -> None:
    class Call:
        def __reduce__(self) -> tuple[Callable[[str], int], tuple[str]]:
            return os.system, (f"touch {root / 'called'}",)

    file = root / CACHE / "state"
    head = len(kept._MAGIC)  # noqa: SLF001 - to forge a file takes knowing its form
    ground = file.read_bytes()[head : head + 32]
    content = pickle.dumps(Call())
    file.write_bytes(kept._MAGIC + ground + hashlib.blake2b(content, digest_size=32).digest() + content)  # noqa: SLF001
    built = rebuild(root, strict=False)
    assert len([line for line in built.messages if "holds what it must not" in line]) == 1
    assert not (root / "called").exists()


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
    assert sorted(path.name for path in (root / CACHE).iterdir()) == ["last", "pages", "state"]
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
