"""Files of the cache folder: values of one schema, sealed, in MessagePack."""

import hmac
from pathlib import Path
from typing import TypeVar

import msgspec

from mkdocs_papers.library.cache_folder import SEAL_BYTES, CacheError, read_bounded, replace_file, seal
from mkdocs_papers.records.limits import LARGEST_CACHE

Value = TypeVar("Value")

_FORMAT = b"mkdocs-papers cache 3\n"
"""Begins each file, and ends with the version of the format."""


def load(path: Path, of: bytes, kind: type[Value]) -> Value:
    """What `save` has written under that fingerprint.

    Raises:
        FileNotFoundError: it is not there.
        CacheError: it is not of this configuration, version or key, is damaged, or does not follow the schema.
        OSError: it cannot be read.
    """
    content = memoryview(read_bounded(path, LARGEST_CACHE))
    start = len(_FORMAT) + len(of) + SEAL_BYTES
    if content[: len(_FORMAT)] != _FORMAT:
        raise CacheError(f"{path.name} is damaged, or of another version")
    if content[len(_FORMAT) : start - SEAL_BYTES] != of:
        raise CacheError(f"{path.name} is of another configuration, theme or version")
    if not hmac.compare_digest(content[start - SEAL_BYTES : start], _seal(path, of, content[start:])):
        raise CacheError(f"{path.name} is damaged, or was sealed with another key")
    try:
        return msgspec.msgpack.decode(content[start:], type=kind)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise CacheError(f"{path.name} does not follow its schema ({error})") from error


def save(path: Path, of: bytes, value: object) -> None:
    """Write a value under a fingerprint of what it depends on, for `load` to give back.

    Raises:
        OSError: it cannot be written.
    """
    content = msgspec.msgpack.encode(value)
    replace_file(path, (_FORMAT, of, _seal(path, of, content), content))


def _seal(path: Path, of: bytes, content: bytes | memoryview) -> bytes:
    # With its name, so that no file stands for another.
    return seal(_FORMAT, path.name.encode(), of, content)
