"""A rebuild leaves what a fresh build would leave, byte for byte, and renders no more than it must."""

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis.stateful import initialize, invariant, precondition

from mkdocs_papers.site.sitemap import Sitemap
from tests import log
from tests.edits import FIELDS
from tests.site.editing import COVER, FULL, Editor, differing, edit_field, start, start_with_full, steps
from tests.site.previews import Preview, tree
from tests.sites import write_files


class Editing(Editor):
    """Someone edits a library while it is served."""

    @initialize()
    def begin(self) -> None:
        self.start()
        with log.collected():
            self.preview = Preview(self.root, self.folder / "served")

    @precondition(lambda self: hasattr(self, "preview"))
    @invariant()
    def served_is_fresh(self) -> None:
        with log.collected():
            self.preview.save()
            self.steps += 1
            fresh = self.folder / f"fresh{self.steps}"
            assert differing(self.preview.tree(), self.preview.fresh(fresh)) == []
        shutil.rmtree(fresh)


Editing.TestCase.settings = steps(30)


TestEditing = pytest.mark.slow(Editing.TestCase)


@pytest.mark.slow
def test_a_change_of_any_field_leaves_what_a_fresh_build_leaves(tmp_path: Path) -> None:
    """Field by field, with all else as it is: a value that is added to many, or takes the place of one, and back.

    `tests/pages/test_kept_up.py` looks after each field at all that goes into pages; here some follow one another.
    """
    root = tmp_path / "project"
    start_with_full(root)
    with log.collected():
        preview = Preview(root, tmp_path / "served")
        *_, last = FIELDS
        for place, path in enumerate(FIELDS):
            edit_field(root, FULL[place % 2], path, place)
            assert preview.save(), f"everything was built for {path}"
            if place % 4 == 3 or path == last:
                fresh = tmp_path / "fresh"
                assert differing(preview.tree(), preview.fresh(fresh)) == [], path
                shutil.rmtree(fresh)


@pytest.fixture
def preview(tmp_path: Path) -> Preview:
    start(tmp_path / "project")
    with log.collected():
        return Preview(tmp_path / "project", tmp_path / "served")


def saved(preview: Preview, path: str, old: str, new: str) -> list[str]:
    """What a change of one file renders, as source paths in order."""
    file = preview.root / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    with log.collected():
        assert preview.save(), "everything was built"
    return sorted(preview.plugin.engine.rendered)


def test_a_word_in_a_note_renders_the_note_and_what_shows_its_first_lines(preview: Preview) -> None:
    assert saved(preview, "notes/2024/A/note.md", "First", "Changed") == ["notes/2024/A/note.md", "papers/2024/A.md"]


def test_a_word_in_docs_renders_that_page(preview: Preview) -> None:
    assert saved(preview, "docs/guide.md", "See", "Look at") == ["guide.md"]


def test_a_field_of_a_record_renders_what_shows_it(preview: Preview) -> None:
    # Its page, the listings that hold it, and the page whose macros list papers; B's page is not among them.
    rendered = saved(preview, "meta/2024/C.prototxt", "Gamma paper", "Delta paper")
    assert "papers/2024/C.md" in rendered
    assert {"index.md", "venues/ICLR.md", "authors/Ann-Lee.md", "papers/index.md"} <= set(rendered)
    assert not {"papers/2023/B.md", "authors/Bo-Chen.md", "keywords/kernels.md", "guide.md"} & set(rendered)


def test_a_page_with_macros_shows_what_no_listing_does(preview: Preview) -> None:
    # A listing shows no authors; a page whose macros ask for them does.
    assert "index.md" in saved(preview, "meta/2023/B.prototxt", "Bo Chen", "Ann Lee")
    assert b"By Ann Lee: 3." in preview.tree()["index.html"]


def test_a_title_in_the_menu_renders_everything(preview: Preview) -> None:
    file = preview.root / "docs/guide.md"
    file.write_text(file.read_text(encoding="utf-8").replace("# Guide", "# Manual"), encoding="utf-8")
    with log.collected():
        assert not preview.save()
    assert preview.whole == 2


def test_what_every_page_takes_in_renders_everything(tmp_path: Path) -> None:
    root = tmp_path / "project"
    start(root)
    text = (root / "mkdocs.yml").read_text(encoding="utf-8")
    snippets = (
        f"markdown_extensions:\n  - abbr\n  - pymdownx.snippets: {{base_path: ['{root}'], auto_append: [all.md]}}\n"
    )
    write_files(root, {"mkdocs.yml": text + snippets, "all.md": "*[First]: the first\n"})
    with log.collected():
        preview = Preview(root, tmp_path / "served")
        write_files(root, {"all.md": "*[First]: the very first\n"})
        assert not preview.save()
        assert "the very first" in (preview.site / "notes/2024/A/note/index.html").read_text(encoding="utf-8")


def test_an_untouched_project_renders_nothing(preview: Preview) -> None:
    before = tree(preview.site)
    with log.collected():
        assert preview.save()
    assert preview.plugin.engine.rendered == []
    assert preview.plugin.engine.written == 0
    assert tree(preview.site) == before


def test_a_cover_is_copied_and_renders_no_page(preview: Preview) -> None:
    write_files(preview.root, {"notes/2024/A/cover.svg": COVER.format(1).replace("<title>A", "<title>B")})
    with log.collected():
        assert preview.save()
    assert preview.plugin.engine.rendered == []
    assert b"<title>B" in (preview.site / "notes/2024/A/cover.svg").read_bytes()


def test_a_new_record_renders_no_page_of_a_long_listing_but_where_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    root = tmp_path / "project"
    papers = {
        f"meta/2024/p{number}.prototxt": f'paper {{\n  title: "Paper {number}"\n}}\n'
        f'pub {{\n  where: "ICLR"\n  year: 2024\n}}\nkeyword {{\n  words: pruning\n}}\n'
        for number in range(400)
    }
    config = "site_name: Test\nplugins:\n  - papers: {page_size: 50}\n"
    write_files(root, {"mkdocs.yml": config, "docs/about.md": "# About\n", **papers})
    with log.collected():
        preview = Preview(root, tmp_path / "served")
        write_files(root, {"meta/2024/p350a.prototxt": papers["meta/2024/p350.prototxt"].replace("350", "350a")})
        assert preview.save()
        assert differing(preview.tree(), preview.fresh(tmp_path / "fresh")) == []
        # One each of all papers, its year, its venue, its keyword and all venues.
        assert further_pages(preview) == 5
        assert len([path for path in preview.tree() if "/page/" in path]) > 30
        # What is said of all papers of a listing, such as their keywords, stands on its first page.
        saved(preview, "meta/2024/p210.prototxt", "pruning", "kernels")
        assert 0 < further_pages(preview) <= 6
        assert differing(preview.tree(), preview.fresh(tmp_path / "again")) == []


def further_pages(preview: Preview) -> int:
    """How many further pages of long listings were rendered."""
    return len([path for path in preview.plugin.engine.rendered if "/page/" in path])


@pytest.mark.parametrize(
    "template",
    [
        "{% for file in pages %}{{ file.page.canonical_url }} {{ file.page.content or '' }}\n{% endfor %}",
        "{% for file in pages %}{{ loop.index }} {{ file.page.canonical_url }}\n{% endfor %}",
        "{{ pages|length }} pages: {{ pages|map(attribute='page.canonical_url')|join(', ') }}",
        "{% for file in pages if '/B/' not in file.page.canonical_url %}{{ file.page.canonical_url }}\n{% endfor %}",
    ],
)
def test_a_sitemap_of_the_sites_own_says_what_pages_say_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, template: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    root = tmp_path / "project"
    config = "site_name: Test\ntheme: {name: material, font: false, custom_dir: overrides}\nplugins: [search, papers]\n"
    record = 'paper {\n  title: "Alpha"\n}\npub {\n  where: "ICLR"\n  year: 2024\n}\n'
    files = {"mkdocs.yml": config, "docs/index.md": "# Home\n\nWords.\n", "overrides/sitemap.xml": template}
    write_files(root, {**files, "meta/2024/A.prototxt": record})
    with log.collected():
        preview = Preview(root, tmp_path / "served")
        for name in "BC":
            write_files(root, {f"meta/2024/{name}.prototxt": record.replace("Alpha", name)})
            assert preview.save()
            assert differing(preview.tree(), preview.fresh(tmp_path / name)) == []
        (root / "meta/2024/A.prototxt").unlink()
        assert preview.save()
        assert differing(preview.tree(), preview.fresh(tmp_path / "gone")) == []


def test_a_sitemap_names_what_came_and_takes_over_the_rest(preview: Preview, monkeypatch: pytest.MonkeyPatch) -> None:
    listed, add = [], Sitemap.add

    def count(sitemap: Sitemap, context: Any) -> None:
        add(sitemap, context)
        listed.append(len(context["pages"]))

    monkeypatch.setattr(Sitemap, "add", count)
    record = (preview.root / "meta/2024/A.prototxt").read_text(encoding="utf-8")
    write_files(preview.root, {"meta/2024/New.prototxt": record})
    with log.collected():
        assert preview.save()
    # Those of MkDocs, and the new page.
    assert listed == [len(preview.plugin.engine.build.documents) + 1]


def test_no_empty_folder_stays_where_pages_go(preview: Preview) -> None:
    for record in (preview.root / "meta").rglob("*.prototxt"):
        record.unlink()
    with log.collected():
        assert preview.save()
    folders = [folder for folder in preview.site.rglob("*") if folder.is_dir()]
    assert [folder for folder in folders if not any(folder.iterdir())] == []


@pytest.mark.parametrize("failing", ["papers.bib", "index.html", "search/papers/text-0.json"])
def test_where_a_file_cannot_be_written_everything_is_built(
    preview: Preview, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    replace = os.replace

    def full(path: Path, target: Path) -> None:
        if str(target).endswith(failing):
            raise OSError(28, "No space left on device")
        replace(path, target)

    record = preview.root / "meta/2024/A.prototxt"
    record.write_text(record.read_text(encoding="utf-8").replace("Alpha", "Another"), encoding="utf-8")
    with log.collected() as found:
        with monkeypatch.context() as patched:
            patched.setattr(os, "replace", full)
            assert not preview.plugin.engine.rebuild()
            assert list(preview.site.rglob(".*")) == []
        assert not preview.save()
        assert differing(preview.tree(), preview.fresh(tmp_path / "fresh")) == []
    assert "No space left on device" in found.warnings[0]
    assert "everything is built" in found.warnings[0]


def test_a_picture_alone_in_its_folder_is_there_under_each_new_name(preview: Preview) -> None:
    folder = preview.root / "notes/2024/A/figures"
    write_files(preview.root, {"notes/2024/A/figures/0.svg": COVER.format(1)})
    with log.collected():
        preview.save()
        for number in range(10):
            (folder / f"{number}.svg").rename(folder / f"{number + 1}.svg")
            assert preview.save()
            assert [path.name for path in (preview.site / "notes/2024/A/figures").iterdir()] == [f"{number + 1}.svg"]


def test_a_link_in_other_letter_case_follows_the_records_that_come_and_go(preview: Preview) -> None:
    def shown() -> bool:
        assert preview.save()
        return 'href="../../papers/2025/' in preview.tree()["notes/wrong/index.html"].decode()

    one, other = (preview.root / f"meta/2025/{name}.yaml" for name in ("Nine", "nINE"))
    with log.collected():
        write_files(preview.root, {"notes/wrong.md": "# Wrong\n\n[Nine](../meta/2025/NINE.yaml)\n"})
        assert not shown()
        write_files(preview.root, {"meta/2025/Nine.yaml": "paper: {title: Nine}\n"})
        assert shown()
        write_files(preview.root, {"meta/2025/nINE.yaml": "paper: {title: Other}\n"})
        assert not shown(), "which of two is meant nobody knows"
        one.unlink()
        assert shown()
        other.unlink()
        assert not shown()
