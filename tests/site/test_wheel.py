"""The wheel: it holds everything, and works where nothing of this repository is."""

import os
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.linkcheck import dead_links
from tests.programs import run
from tests.sites import ROOT, write_files

PACKAGE = ROOT / "plugins" / "mkdocs_papers"

# Somebody else's site, in six lines.
SITE = {
    "mkdocs.yml": """\
site_name: Our reading list
site_url: https://example.org/reading/
theme:
  name: material
  font: false
plugins: [search, papers]
""",
    "docs/index.md": "# Our reading list\n\n[All papers](papers/index.md)\n",
    "meta/2024/Quest.prototxt": 'paper { title: "Query-Aware Sparsity" abbr: "Quest" }\nnote { url: "note.md" }\n',
    "meta/2023/gptq.yaml": "paper:\n  title: Post-training quantisation\npub:\n  where: ICLR\n",
    "notes/2024/Quest/note.md": "# Quest\n\n![pages](a%20b.svg) and [GPTQ](../../../meta/2023/gptq.yaml), $x^2$\n",
    "notes/2024/Quest/a b.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
}


def _build(target: str, project: Path, folder: Path) -> Path:
    run(sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", folder, cwd=project)
    (built,) = folder.iterdir()
    return built


def _names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an empty environment into which the wheel was installed.

    The packages that the wheel depends on are borrowed from the environment of the tests, so that no network is needed;
    the plugin itself comes from the wheel.
    """
    folder = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", "--without-pip", folder, cwd=folder)
    paths = {"base": str(folder), "platbase": str(folder)}
    program = Path(sysconfig.get_path("scripts", "venv", paths)) / ("python.exe" if os.name == "nt" else "python")
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", program]
    run(*pip, "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=folder)
    borrowed = sysconfig.get_path("purelib") + "\n"
    write_files(Path(sysconfig.get_path("purelib", "venv", paths)), {"borrowed.pth": borrowed})
    return program


def test_the_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    held = {name for name in _names(wheel) if ".dist-info/" not in name}
    files = {path.relative_to(PACKAGE.parent).as_posix() for path in PACKAGE.rglob("*") if path.is_file()}
    assert held == {path for path in files if "__pycache__" not in path}
    assert {Path(path).suffix for path in held} >= {".py", ".html", ".css", ".js", ".typed"}


def test_the_source_archive_makes_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    with tarfile.open(_build("sdist", ROOT, tmp_path / "sdist")) as archive:
        archive.extractall(tmp_path, filter="data")
    (source,) = tmp_path.glob("mkdocs_papers-*")
    assert _names(_build("wheel", source, tmp_path / "wheel")) == _names(wheel)


@pytest.mark.slow
def test_on_somebody_elses_site(python: Path, tmp_path: Path) -> None:
    write_files(tmp_path, SITE)
    imported = run(python, "-c", "import mkdocs_papers; print(mkdocs_papers.__file__)", cwd=tmp_path)
    assert Path(imported.strip()).is_relative_to(python.parent.parent)
    run(python, "-m", "mkdocs", "build", "--strict", cwd=tmp_path)
    assert dead_links(tmp_path / "site", "https://example.org/reading/") == []
    for page in ("papers/2024/Quest", "papers/2023/gptq", "notes/2024/Quest/note", "venues", "papers"):
        assert (tmp_path / "site" / page / "index.html").is_file()
    assert (tmp_path / "site" / "papers.json").is_file()


@pytest.mark.slow
def test_the_command(python: Path, tmp_path: Path) -> None:
    write_files(tmp_path, SITE)
    program = python.parent / ("mkdocs-papers.exe" if os.name == "nt" else "mkdocs-papers")
    run(program, "check", cwd=tmp_path)
