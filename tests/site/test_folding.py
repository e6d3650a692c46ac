"""Pages come back from the form in which they are kept."""

from __future__ import annotations

import io

import pytest

from mkdocs_papers.site.folding import DamagedError, digest_of, folded, read_chunk, unfolded

CONSTANTS = [(0, b"a" * 300), (1, b"b" * 300)]


@pytest.mark.parametrize(
    "output", [b"", b"x", b"a" * 300, b"x" + b"a" * 300 + b"y" + b"b" * 300, b"b" * 300 + b"a" * 300]
)
def test_pages_that_share_nothing_with_others_are_kept_whole(output: bytes) -> None:
    chunk = folded(output, CONSTANTS)
    assert chunk is not None
    assert unfolded(chunk, [text for _, text in CONSTANTS]) == output


def test_what_is_shared_is_kept_once() -> None:
    chunk = folded(b"x" + b"a" * 300 + b"y" + b"b" * 300, CONSTANTS)
    assert chunk == b"x\x000\x00y\x001\x00"


def test_a_page_with_a_nul_is_not_kept() -> None:
    assert folded(b"a\0b", CONSTANTS) is None


def test_a_damaged_page_is_none() -> None:
    pages = io.BytesIO(b"before, the page, after")
    chunk = b"the page"
    assert read_chunk(pages, 8, 8, digest_of(chunk)) == chunk
    for damaged in (b"before, the PAGE, after", b"before, the p"):
        with pytest.raises(DamagedError):
            read_chunk(io.BytesIO(damaged), 8, 8, digest_of(chunk))
