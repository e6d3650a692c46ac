"""How a page is kept: with numbers in place of the text that it shares with others, and found by where it begins.

Apart from `kept`, so that a process that does no more than write pages out again need not read all of MkDocs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import IO

_DIGEST = 16


class DamagedError(Exception):
    """A kept page is not what was kept."""


def folded(output: bytes, constants: Iterable[tuple[int, bytes]]) -> bytes | None:
    """A page with numbers in place of the text that it shares with others; None for one that holds a NUL.

    Args:
        output: the page.
        constants: text that it shares, in order, each with its number.
    """
    if b"\0" in output:
        return None
    parts = []
    position = 0
    for number, constant in constants:
        found = output.find(constant, position)
        if found >= 0:
            parts += [output[position:found], str(number).encode()]
            position = found + len(constant)
    parts.append(output[position:])
    return b"\0".join(parts)


def unfolded(chunk: bytes, constants: Sequence[bytes]) -> bytes:
    """The page that was folded into a chunk, given the text of each number."""
    parts = chunk.split(b"\0")
    parts[1::2] = [constants[int(number)] for number in parts[1::2]]
    return b"".join(parts)


def digest_of(chunk: bytes) -> bytes:
    """What tells a chunk from a damaged one."""
    return hashlib.blake2b(chunk, digest_size=_DIGEST).digest()


def read_chunk(pages: IO[bytes], offset: int, length: int, digest: bytes) -> bytes:
    """A page as it lies in a file of pages, folded.

    Args:
        pages: the file.
        offset: where the page begins in it.
        length: how many bytes it has there.
        digest: what `digest_of` gave for them.

    Raises:
        DamagedError: it is not the page that was kept.
        OSError: it cannot be read.
    """
    pages.seek(offset)
    chunk = pages.read(length)
    if digest_of(chunk) != digest:
        raise DamagedError("a kept page is damaged")
    return chunk
