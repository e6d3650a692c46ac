"""The project's cache folder: what one run remembers for the next, and anybody may delete."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(".cache") / "mkdocs-papers"


def cache_folder(root: Path, name: str) -> Path:
    """The cache folder of that name, which may not be there.

    Args:
        root: the project's root folder.
        name: what is remembered there.
    """
    return root / _FOLDER / name


def make_cache_folder(folder: Path) -> None:
    """Make a cache folder, and keep it out of git, whether or not the project's owner has thought of that.

    Raises:
        OSError: it cannot be made.
    """
    folder.mkdir(parents=True, exist_ok=True)
    ignored = folder.parent / ".gitignore"
    if not ignored.exists():
        ignored.write_text("*\n", encoding="utf-8")
