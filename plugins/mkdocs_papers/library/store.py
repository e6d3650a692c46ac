"""Files of the cache folder: values of one schema, sealed, in MessagePack."""

import hashlib
import hmac
import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from mkdocs_papers.library.cache_folder import SEAL_BYTES, CacheError, make_cache_folder, read_bounded, seal
from mkdocs_papers.library.whole_file import replace_file
from mkdocs_papers.records.limits import LARGEST_CACHE

Value = TypeVar("Value")

_FORMAT = b"mkdocs-papers cache 4\n"
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
    if not hmac.compare_digest(content[start - SEAL_BYTES : start], _seal(path, of, [content[start:]])):
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
    # Encoded twice: as a whole it would take as much memory again as all pages that a build keeps.
    begin = (_FORMAT, of, _seal(path, of, _pieces(value)))
    make_cache_folder(path.parent)
    replace_file(path, itertools.chain(begin, _pieces(value)))


def _pieces(value: object) -> Iterator[bytes]:
    """A value in MessagePack, of a struct's mappings one entry after another."""
    encode = msgspec.msgpack.Encoder().encode
    if not isinstance(value, msgspec.Struct) or value.__struct_config__.array_like:
        yield encode(value)
        return
    yield _map_of(len(value.__struct_fields__))
    for name, encoded in zip(value.__struct_fields__, value.__struct_encode_fields__, strict=True):
        field = getattr(value, name)
        yield encode(encoded)
        if isinstance(field, dict):
            yield _map_of(len(field))
            yield from (encode(key) + encode(each) for key, each in field.items())
        else:
            yield encode(field)


def _map_of(length: int) -> bytes:
    """What a mapping of so many entries begins with: "map 32" of https://github.com/msgpack/msgpack/blob/master/spec.md."""
    return b"\xdf" + length.to_bytes(4, "big")


def _seal(path: Path, of: bytes, content: Iterable[bytes | memoryview]) -> bytes:
    digest = hashlib.sha256()
    for piece in content:
        digest.update(piece)
    # With its name, so that no file stands for another.
    return seal(_FORMAT, path.name.encode(), of, digest.digest())
