"""Files of the cache folder are read as they were written, or refused with the reason."""

from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec
import pytest

from mkdocs_papers.library import store
from mkdocs_papers.library.cache_folder import CacheError, cache_folder, make_cache_folder
from mkdocs_papers.library.store import load, save
from mkdocs_papers.library.whole_file import replace_file

OF = b"c" * 32


@pytest.fixture
def file(tmp_path: Path) -> Path:
    folder = cache_folder(tmp_path, "things")
    make_cache_folder(folder)
    save(folder / "a", OF, {"word": 1})
    return folder / "a"


def test_what_is_written_is_read(file: Path) -> None:
    assert load(file, OF, dict[str, int]) == {"word": 1}


class Things(msgspec.Struct, frozen=True):
    many: dict[str, bytes] = {}
    few: tuple[int, ...] = ()
    numbered: dict[int, str] = msgspec.field(name="by number", default_factory=dict)


def test_mappings_are_written_entry_by_entry(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    things = Things({str(number): bytes(1000) for number in range(100)}, (1, 2), {3: "three"})
    longest = 0

    def written(path: Path, parts: Iterable[bytes]) -> None:
        nonlocal longest
        listed = list(parts)
        longest = max(map(len, listed))
        replace_file(path, listed)

    monkeypatch.setattr(store, "replace_file", written)
    for value in (things, Things()):
        save(file, OF, value)
        assert load(file, OF, Things) == value
        assert longest < 2000


@pytest.mark.parametrize(
    ("damage", "why"),
    [
        (lambda content: content.replace(b"cache 4", b"cache 2"), "a is damaged, or of another version"),
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
