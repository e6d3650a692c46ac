"""``mkdocs serve`` as its owner runs it: a program of its own, asked over HTTP, while files change."""

from pathlib import Path

import pytest

from tests.served import CONFIG, served
from tests.site.libraries import PAIR
from tests.sites import write_files


def _sources(root: Path) -> set[str]:
    return {
        path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file() and ".cache" not in path.parts
    }


@pytest.mark.slow
def test_every_save_shows(tmp_path: Path) -> None:
    root = tmp_path / "project"
    with served(root, dict(PAIR)) as server:
        before = _sources(root)
        assert server.problems() == []

        # A note.
        write_files(root, {"notes/2024/Quest/note.md": "# Quest\n\nOther words, ![no](none.png)\n"})
        server.wait_for("notes/2024/Quest/note/", "Other words")
        server.wait_for("papers/2024/Quest/", "Other words")
        said = ["notes/2024/Quest/note.md:3:20 broken-image"]
        server.wait_for_problems(*said)
        assert "leads to a file that is not there" in server.get("notes/2024/Quest/note/")[1]

        # A record: its own page, and every page that shows it.
        record = str(PAIR["meta/2023/SparQ.yaml"])
        write_files(root, {"meta/2023/SparQ.yaml": record.replace("abbr: SparQ", "abbr: SparQling")})
        for path in ("papers/2023/SparQ/", "venues/", "venues/ICML/", "papers/2024/Quest/"):
            server.wait_for(path, "SparQling")
        assert server.problems() == said

        # A record that cannot be read: its problem stands at its address, the rest of the site goes on.
        write_files(root, {"meta/2023/SparQ.yaml": "paper:\n  title: [\n"})
        server.wait("papers/2023/SparQ/", lambda status, text: status == 200 and "meta/2023/SparQ.yaml:" in text)
        assert "SparQling" not in server.get("venues/")[1]
        assert server.get("papers/2024/Quest/")[0] == 200
        said.append("meta/2023/SparQ.yaml:3:1 syntax")
        server.wait_for_problems(*said)

        # Mended, without a restart.
        write_files(root, {"meta/2023/SparQ.yaml": record, "notes/2024/Quest/note.md": "# Quest\n\nMore words\n"})
        server.wait("papers/2023/SparQ/", lambda status, text: status == 200 and "Bandwidth-Efficient" in text)
        server.wait_for("notes/2024/Quest/note/", "More words")
        server.wait_for("venues/ICML/", "Bandwidth-Efficient")
        assert sorted(server.problems()[len(said) :]) == sorted(f"mended: {each}" for each in said)
        assert "papers-problems" not in server.get("notes/2024/Quest/note/")[1]

        # Records and notes that come and go.
        write_files(
            root, {"meta/2025/New.prototxt": 'paper { title: "A new paper" }\n', "notes/2025/new.md": "# New\n"}
        )
        server.wait_for("papers/2025/New/", "A new paper")
        server.wait_for("years/2025/", "A new paper")
        server.wait_for("notes/2025/new/", "New")
        (root / "meta/2025/New.prototxt").unlink()
        server.wait("papers/2025/New/", lambda status, _: status == 404)
        assert "A new paper" not in server.get("papers/")[1]

        assert _sources(root) == before | {"notes/2025/new.md"}


@pytest.mark.slow
def test_folders_that_come_later(tmp_path: Path) -> None:
    root = tmp_path / "project"
    with served(root, {}) as server:
        assert "meta/2024/Quest.prototxt" in server.wait_for("papers/", "meta/2024/Quest.prototxt")
        write_files(root, {path: content for path, content in PAIR.items() if path.startswith("meta/")})
        server.wait_for("papers/2023/SparQ/", "Bandwidth-Efficient")
        write_files(root, {path: content for path, content in PAIR.items() if path.startswith("notes/")})
        server.wait_for("notes/2024/Quest/note/", "Limits")
        server.wait("papers/2024/Quest/", lambda _, text: "quest.png" in text)
        # From now on they are watched like any other folder.
        write_files(root, {"notes/2024/Quest/note.md": "# Quest\n\nOther words\n"})
        server.wait_for("notes/2024/Quest/note/", "Other words")


@pytest.mark.slow
def test_drafts_and_docs(tmp_path: Path) -> None:
    root = tmp_path / "project"
    config = CONFIG.replace("[search, papers]", "[search, macros, papers]")
    note = "---\ndraft: true\n---\n\n# Unfinished\n"
    files = {
        **PAIR,
        "mkdocs.yml": config,
        "docs/index.md": "# Home\n\n{{ papers_count() }} papers\n",
        "notes/d.md": note,
    }
    with served(root, files) as server:
        assert "Unfinished" in server.wait_for("notes/d/", "Unfinished")
        assert "2 papers" in server.get("")[1]
        write_files(root, {"meta/2024/Third.prototxt": 'paper { title: "A third" }\n'})
        server.wait_for("", "3 papers")
        write_files(root, {"docs/index.md": "# Home\n\n{{ paper('2024/Thrid') }}\n"})
        server.wait_for_problems("notes/d.md:1:1 orphan-note", "docs/index.md:3:4 macro")
        server.wait_for("", "there is no paper")
        write_files(root, {"docs/index.md": "# Home\n\n{{ paper('2024/Third') }}\n"})
        server.wait_for("", "A third")
        assert "mended: docs/index.md:3:4 macro" in server.problems()
        assert len(server.problems()) == 3
        # A configuration that makes no sense does not end the preview.
        write_files(root, {"mkdocs.yml": config.replace("papers]", "papers: {page_size: 0}]")})
        server.wait_for_output("option 'page_size': 0 is no number of rows")
        write_files(root, {"mkdocs.yml": config, "docs/index.md": "# Home\n\nGood again\n"})
        server.wait_for("", "Good again")
        assert len(server.problems()) == 3
