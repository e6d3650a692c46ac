"""Whatever a record, a note or a link says: nothing from outside the notes folder comes onto the site."""

from pathlib import Path

import pytest

from tests.hostile import PATHS
from tests.marked import defects_in
from tests.site.wild import PICTURE
from tests.sites import build_site, write_files

SECRET = "The words that nobody may see"


def _assert_secret(site: Path) -> None:
    for path in site.rglob("*"):
        assert not path.is_symlink(), path
        if path.is_file():
            assert SECRET.encode() not in path.read_bytes(), path


def _outside(folder: Path) -> None:
    """What lies beside the notes, and links in them that lead there."""
    write_files(
        folder,
        {
            "secret.md": f"# Secret\n\n{SECRET}\n",
            "secret.png": SECRET,
            "outside/secret.md": f"# Secret\n\n{SECRET}\n",
            "outside/secret.prototxt": f'paper {{ title: "{SECRET}" }}\n',
            "notes/2024/real.md": "# Real\n",
            "notes/2024/real.png": PICTURE,
            "meta/2024/Real.prototxt": 'paper { title: "Real" }\nnote { url: "alias.md" }\n',
        },
    )
    for link, target in {
        "notes/2024/link.md": "../../secret.md",
        "notes/2024/link.png": "../../secret.png",
        "notes/2024/absolute.md": str((folder / "secret.md").resolve()),
        "notes/folder": "../outside",
        "notes/2024/alias.md": "real.md",
        "meta/2024/Link.prototxt": "../../outside/secret.prototxt",
        "meta/2023": "../outside",
        "notes/2024/loop": "loop",
    }.items():
        (folder / link).symlink_to(target)


def test_links_of_the_file_system(tmp_path: Path) -> None:
    _outside(tmp_path)
    built = build_site(tmp_path, {}, {"theme": {"name": "mkdocs"}}, strict=False)
    _assert_secret(built.site)
    assert "papers/2024/Link/index.html" not in built.paths()
    # A link that stays inside is as good as its file.
    assert "notes/2024/alias/index.html" in built.paths()
    assert built.warnings == ()


@pytest.mark.parametrize("field", ["note", "cover"])
def test_paths_in_records(tmp_path: Path, field: str) -> None:
    _outside(tmp_path)
    paths = (*PATHS, "2024/link.md", "link.png", "../folder/secret.md", "absolute.md", str(tmp_path / "secret.md"))
    files: dict[str, str | bytes] = {}
    for number, path in enumerate(paths):
        quoted = "".join(f"\\{ord(c):03o}" if ord(c) < 32 else f"\\{c}" if c in '"\\' else c for c in path)
        files[f"meta/2024/p{number}.prototxt"] = f'paper {{ title: "Paper {number}" }}\n{field} {{ url: "{quoted}" }}\n'
    built = build_site(tmp_path, files, {"theme": {"name": "mkdocs"}}, strict=False)
    _assert_secret(built.site)
    codes = {path: code for code, path, *_ in defects_in(built.messages) if path.startswith("meta/2024/p")}
    for number, path in enumerate(paths):
        assert f"papers/2024/p{number}/index.html" in built.paths()
        # White space alone means none.
        assert f"meta/2024/p{number}.prototxt" in codes or not path.strip(), path


def test_links_in_notes(tmp_path: Path) -> None:
    _outside(tmp_path)
    note = "\n\n".join(
        f'[a]({path}) ![b]({path}) <a href="{path}">c</a> <img src="{path}">'
        for path in (
            "../../secret.md",
            "../../../secret.png",
            "link.md",
            "/etc/passwd",
            "../folder/secret.md",
            "..%2F..%2Fsecret.md",
        )
    )
    built = build_site(
        tmp_path, {"notes/2024/real.md": f"# Real\n\n{note}\n"}, {"theme": {"name": "mkdocs"}}, strict=False
    )
    _assert_secret(built.site)
