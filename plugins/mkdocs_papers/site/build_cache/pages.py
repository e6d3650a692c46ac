"""Finished pages, cached so that a page whose source has not changed is not rendered again."""

import hashlib
from collections.abc import Mapping
from typing import TypedDict

import msgspec
import zstandard

from mkdocs_papers.library.cache_folder import CacheError
from mkdocs_papers.records.limits import LARGEST_CACHED_PAGE
from mkdocs_papers.search.document import Document

_LEVEL = 1
"""How hard zstd tries: with a page for a dictionary even this leaves a twentieth."""

_MOST_OF_A_PAGE = 32 * 1024
"""So much of a page is a dictionary: of a larger one this level of zstd finds little again."""


class Entry(TypedDict, total=False):
    """An entry of a search index; ``tags`` and ``boost`` are Material's."""

    location: str
    title: str
    text: str
    tags: list[str]
    boost: int | float


Found = Document | tuple[Entry, ...] | None
"""What the search finds on a page: as our index knows it, or the entries of the search plugin's own index."""


class CachedPage(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A page that a build has written.

    Attributes:
        fingerprint: of what it was made from.
        lookups: the paths that it asked for, each with the folder that it is relative to and the address that it had.
        found: what the search finds on it.
        output: the page, compressed.
    """

    fingerprint: bytes
    lookups: tuple[tuple[str, str, str | None], ...]
    found: Found
    output: bytes


class CachedPages(msgspec.Struct, frozen=True):
    """The pages of a build.

    Attributes:
        dictionary: a page of the site, or both ends of it, from whose text the others are compressed.
        pages: by source path.
    """

    dictionary: bytes = b""
    pages: dict[str, CachedPage] = {}


class CachedIndex(msgspec.Struct, frozen=True):
    """The search index of a build.

    Attributes:
        of: a digest of what it finds on the pages in the cache.
        others: the pages that are not among them, as the index knows them, by location.
    """

    of: bytes = b""
    others: dict[str, Document] = {}
    words: dict[str, bytes] = {}
    rows: dict[int, bytes] = {}


class Compressor:
    """Compresses pages with both ends of the first as a dictionary (Zstandard, RFC 8878): these are the theme's."""

    def __init__(self, dictionary: bytes = b"") -> None:
        self.dictionary = dictionary
        self._use(dictionary)

    def _use(self, dictionary: bytes) -> None:
        self.dictionary = dictionary
        words = zstandard.ZstdCompressionDict(dictionary, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
        self._compressor = zstandard.ZstdCompressor(level=_LEVEL, dict_data=words)
        self._decompressor = zstandard.ZstdDecompressor(dict_data=words)

    def compress(self, output: bytes) -> bytes:
        """A page compressed."""
        if not self.dictionary:
            half = _MOST_OF_A_PAGE // 2
            self._use(output if len(output) <= _MOST_OF_A_PAGE else output[:half] + output[-half:])
        # A copy of the right size: the compressor's own bytes leave a hole in the memory behind each page.
        return bytes(memoryview(self._compressor.compress(output)))

    def decompress(self, content: bytes) -> bytes:
        """The page that was compressed.

        Raises:
            CacheError: it is none, or too large.
        """
        try:
            if zstandard.get_frame_parameters(content).content_size > LARGEST_CACHED_PAGE:
                raise CacheError("a file is too large")
            return self._decompressor.decompress(content)
        except zstandard.ZstdError as error:
            raise CacheError(f"a file is damaged ({error})") from error


def found_digest(pages: Mapping[str, CachedPage]) -> bytes:
    """A digest of what the search finds on pages: 16 bytes."""
    digest, encoder = hashlib.blake2b(digest_size=16), msgspec.msgpack.Encoder()
    for page in pages.values():
        digest.update(encoder.encode(page.found))
    return digest.digest()


def documents_of(pages: Mapping[str, CachedPage]) -> dict[str, Document]:
    """Pages as our index knows them, by location."""
    return {page.found.location: page.found for page in pages.values() if isinstance(page.found, Document)}


def belongs_to(found: Found, url: str) -> bool:
    """Whether what the search finds leads to a page and nowhere else, and is whole."""
    if isinstance(found, Document):
        return found.location == url
    return found is None or all(
        {"location", "title", "text"} <= entry.keys() and entry["location"].partition("#")[0] == url for entry in found
    )
