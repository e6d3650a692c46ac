"""When papers were added, from the git repository of a project to its pages."""

import re
import subprocess
from pathlib import Path

import pytest

from tests import log
from tests.repositories import Repository
from tests.site.editing import differing
from tests.site.previews import Preview, tree
from tests.sites import build_site, rebuild


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A project of two papers and a note, added on the second and the third of January 1970, the older paper last."""
    made = Repository(tmp_path / "project")
    build_site(made.root, {})
    made.write(".gitignore", "site/\n.cache/\n")
    made.write("meta/2024/First.prototxt", 'paper {\n  title: "The first"\n}\n')
    made.commit()
    made.write("meta/2020/Second.prototxt", 'update_time: 1700000000\npaper {\n  title: "The second"\n}\n')
    made.write("notes/2024/First/note.md", "# A note on the first\n\nWords.\n")
    made.commit()
    return made


KEYS = ("2020/Second", "2024/First")


def newest(page: str) -> list[tuple[str, str]]:
    """The titles of the newest papers of a home page, each with its date."""
    listed = re.search(r'<ul class="papers-newest".*?</ul>', page, re.DOTALL)
    assert listed
    return re.findall(r'<li[^>]*><a href="[^"]*">([^<]*)</a>.*?<time datetime="([^"]*)">', listed[0], re.DOTALL)


def rows(page: str) -> list[str]:
    return re.findall(r'<tr data-paper="([^"]*)"', page)


def test_the_last_added_come_first_with_the_day_of_their_commits(repository: Repository) -> None:
    (repository.root / "docs/index.md").unlink()
    built = rebuild(repository.root)
    assert newest(built.text("index.html")) == [("The second", "1970-01-03"), ("The first", "1970-01-02")]
    assert rows(built.text("papers/index.html")) == ["2020/Second", "2024/First"]
    # A single note: its date tells it from no other.
    assert "<time" not in built.text("notes/index.html")
    colophons = [
        re.search(r'<p class="papers-quiet papers-colophon">(.*)</p>', built.text(f"papers/{key}/index.html"))
        for key in KEYS
    ]
    assert [re.sub("<.*?>", "", found[1]) for found in colophons if found] == [
        "Added 1970-01-03 · Record updated 2023-11-14",
        "Added 1970-01-02",
    ]
    assert re.findall(r"<updated>(.*?)</updated>", built.text("feed.xml")) == [
        "1970-01-03T00:00:00Z",  # the feed itself
        "1970-01-03T00:00:00Z",
        "1970-01-03T00:00:00Z",
        "1970-01-02T00:00:00Z",
    ]


def test_the_same_commit_gives_the_same_bytes_with_a_cache_and_without(repository: Repository, tmp_path: Path) -> None:
    first = rebuild(repository.root, site=tmp_path / "first")
    again = rebuild(repository.root, site=tmp_path / "again")
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", repository.folder, clone], check=True)
    elsewhere = rebuild(clone, site=tmp_path / "elsewhere")
    assert differing(tree(first.site), tree(again.site)) == []
    assert differing(tree(first.site), tree(elsewhere.site)) == []


def test_a_shallow_clone_says_so_once_and_goes_by_the_records(repository: Repository, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", "--depth=1", repository.folder.as_uri(), clone], check=True)
    built = rebuild(clone)
    assert sum("fetch-depth: 0" in message for message in built.messages) == 1
    assert rows(built.text("papers/index.html")) == ["2024/First", "2020/Second"]
    with log.collected() as logged:
        preview = Preview(clone, tmp_path / "served")
        (clone / "notes/2024/First/note.md").write_text("# Another note\n", encoding="utf-8")
        assert preview.save()
    assert sum("fetch-depth: 0" in record.getMessage() for record in logged.records) == 1


def test_a_save_is_the_newest_and_a_commit_dates_it(repository: Repository, tmp_path: Path) -> None:
    with log.collected():
        preview = Preview(repository.root, tmp_path / "served")
        page = preview.site / "papers/index.html"
        repository.write("meta/1999/Third.prototxt", 'paper {\n  title: "The third"\n}\n')
        assert preview.save()
        assert rows(page.read_text(encoding="utf-8")) == ["1999/Third", "2020/Second", "2024/First"]
        assert differing(preview.tree(), preview.fresh(tmp_path / "fresh")) == []
        repository.commit()
        (watched,) = [path for path in preview.plugin.context.config.watch if path.endswith("HEAD")]
        assert Path(watched).read_text(encoding="utf-8").count("\n") == 3
        assert preview.save()
        assert "1970-01-04T00:00:00Z" in (preview.site / "feed.xml").read_text(encoding="utf-8")
        assert differing(preview.tree(), preview.fresh(tmp_path / "committed")) == []


def test_a_commit_of_before_is_checked_out(repository: Repository, tmp_path: Path) -> None:
    with log.collected():
        preview = Preview(repository.root, tmp_path / "served")
        repository.git("checkout", "--quiet", "HEAD~1")
        assert preview.save()
        assert differing(preview.tree(), preview.fresh(tmp_path / "fresh")) == []
    assert rows((preview.site / "papers/index.html").read_text(encoding="utf-8")) == ["2024/First"]
