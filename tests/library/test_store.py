"""Files of the cache folder are read as they were written, or refused with the reason."""

from collections.abc import Callable
from pathlib import Path

import pytest

from mkdocs_papers.library.cache_folder import CacheError, cache_folder, make_cache_folder
from mkdocs_papers.library.store import load, save

OF = b"c" * 32


@pytest.fixture
def file(tmp_path: Path) -> Path:
    folder = cache_folder(tmp_path, "things")
    make_cache_folder(folder)
    save(folder / "a", OF, {"word": 1})
    return folder / "a"


def test_what_is_written_is_read(file: Path) -> None:
    assert load(file, OF, dict[str, int]) == {"word": 1}


@pytest.mark.parametrize(
    ("damage", "why"),
    [
        (lambda content: content.replace(b"cache 3", b"cache 2"), "a is damaged, or of another version"),
        (lambda content: content.replace(OF, b"d" * 32), "a is of another configuration, theme or version"),
        (lambda content: content[:-1] + b"\2", "a is damaged, or was sealed with another key"),
        (lambda content: content[:30], "a is of another configuration, theme or version"),
        (lambda content: content[:0], "a is damaged, or of another version"),
    ],
)
def test_anything_else_is_refused(file: Path, damage: Callable[[bytes], bytes], why: str) -> None:
    file.write_bytes(damage(file.read_bytes()))
    with pytest.raises(CacheError) as refused:
        load(file, OF, dict[str, int])
    assert str(refused.value) == why


def test_one_file_stands_for_no_other(file: Path) -> None:
    other = file.rename(file.with_name("b"))
    with pytest.raises(CacheError, match=r"^b is damaged, or was sealed with another key$"):
        load(other, OF, dict[str, int])


def test_what_follows_another_schema_is_refused(file: Path) -> None:
    with pytest.raises(CacheError, match=r"^a does not follow its schema \(Expected `str`, got `int`"):
        load(file, OF, dict[str, str])
