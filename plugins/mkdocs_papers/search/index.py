"""The search index as files: small ones, of which a query needs a few.

- ``index.json``: how many pages there are, into how many files their texts are divided, and which words each vocabulary
  file begins with;
- ``words-*.json``: words in order, in how many pages each stands, how much it says at the most, and where its postings
  begin;
- ``pages-*.bin``: postings, four bytes each, least significant first: how much the word says of a page, in the highest
  byte, and the page's number; the greatest first;
- ``text-*.json``: what hits show of some pages. A page's number is that of its file times 256, and its place
  in there.

Which file a page or a word is in depends on its name alone, and files of words end at words that a checksum chooses. So
after a change of one page only the files of its own words are others, and they are what a build from nothing writes.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import sys
import zlib
from array import array
from bisect import insort
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from mkdocs_papers.search.document import Document, weights

VERSION = 1
ROOT = "index.json"

_PAGES_A_FILE = 4
"""So many texts are in a file on average, and at most twice as many: a power of two decides."""
_PLACES = 256
_NUMBER_BITS = 24
_NUMBERS = (1 << _NUMBER_BITS) - 1
_WORDS_A_FILE = 512
_POSTINGS_A_FILE = 32
"""So many words' postings are in a file on average; a word that stands in many pages has one of its own."""
_FREQUENT = 512


@dataclass(frozen=True, slots=True)
class Changes:
    """What is not as it was before: the content of files by their names, and the names of those that are gone."""

    written: Mapping[str, bytes]
    removed: frozenset[str]


class SearchIndex:
    """The index of a site, kept up from one state of its pages to the next."""

    def __init__(self) -> None:
        """Start with no page, and no file."""
        self._index = _Index([[]])

    def update(self, documents: Mapping[str, Document]) -> Changes:
        """Take in all pages as they are now.

        Args:
            documents: the pages by location.

        Returns:
            The files that differ from those of the call before; after none, all.
        """
        count = 1 << max(0, (len(documents) // _PAGES_A_FILE).bit_length() - 1)
        before = self._index
        if count == len(before.files_of_texts):
            return before.update(documents)
        # Every page is in another file now, and has another number.
        self._index = _Index([[] for _ in range(count)])
        written = self._index.update(documents).written
        return Changes(written, frozenset(before.names.keys() - written.keys()))


@dataclass(slots=True)
class _Index:
    """An index of so many files of texts.

    Attributes:
        files_of_texts: the locations of the pages in each.
        names: the words of each file of postings, and of each file of words, by its name.
    """

    files_of_texts: list[list[str]]
    names: dict[str, frozenset[str]] = field(default_factory=dict)
    _documents: dict[str, Document] = field(default_factory=dict)
    _postings: dict[str, array[int]] = field(default_factory=dict)
    _state: str = ""
    """A digest of which pages there are."""

    def update(self, documents: Mapping[str, Document]) -> Changes:
        """See `SearchIndex.update`."""
        before = self._documents
        changed = {location for location, document in documents.items() if not _same(before.get(location), document)}
        new = [documents[location] for location in changed]
        gone = [before[location] for location in (before.keys() - documents.keys()) | (changed & before.keys())]
        touched_texts = {self._text_file(document.location) for document in (*gone, *new)}
        moved = self._moved(touched_texts, gone, new)
        touched = self._take_out(gone + moved)
        if before.keys() != documents.keys() or not self._state:
            self._state = _digest("\n".join(sorted(documents)))
        self._documents = dict(documents)
        for file in touched_texts:
            self.files_of_texts[file] = []
        for location in documents:
            file = self._text_file(location)
            if file in touched_texts:
                insort(self.files_of_texts[file], location)
        touched |= self._put_in(new + moved)
        return self._changes(touched, touched_texts)

    def _text_file(self, location: str) -> int:
        return int.from_bytes(_hash(location)) % len(self.files_of_texts)

    def _moved(self, files: Iterable[int], gone: Iterable[Document], new: Iterable[Document]) -> list[Document]:
        """The pages that stay as they are, in whose file others come or go, so that they get another number."""
        went, came = {document.location for document in gone}, {document.location for document in new}
        if went == came:
            return []
        stay = itertools.chain.from_iterable(self.files_of_texts[file] for file in files)
        return [self._documents[location] for location in stay if location not in went]

    def _number(self, location: str) -> int:
        file = self._text_file(location)
        return file * _PLACES + self.files_of_texts[file].index(location)

    def _take_out(self, documents: Iterable[Document]) -> set[str]:
        touched: dict[str, set[int]] = {}
        for document in documents:
            number = self._number(document.location)
            for word in weights(document):
                touched.setdefault(word, set()).add(number)
        for word, numbers in touched.items():
            left = array("I", [each for each in self._postings[word] if each & _NUMBERS not in numbers])
            if left:
                self._postings[word] = left
            else:
                del self._postings[word]
        return set(touched)

    def _put_in(self, documents: Iterable[Document]) -> set[str]:
        touched: set[str] = set()
        postings = self._postings
        for document in documents:
            number = self._number(document.location)
            found = weights(document)
            touched.update(found)
            for word, weight in found.items():
                if word in postings:
                    postings[word].append(weight << _NUMBER_BITS | number)
                else:
                    postings[word] = array("I", [weight << _NUMBER_BITS | number])
        return touched

    # The files

    def _changes(self, touched: set[str], texts: Iterable[int]) -> Changes:
        before = self.names
        written: dict[str, bytes] = {}
        names: dict[str, frozenset[str]] = {}
        vocabulary: list[tuple[str, str]] = []
        for chosen in _cut(sorted(self._postings), _WORDS_A_FILE):
            file = f"words-{_digest(chosen[0])}.json"
            members = frozenset(chosen)
            parts = list(self._parts(chosen))
            vocabulary.append((chosen[0], file))
            names[file] = members
            if before.get(file) != members or not touched.isdisjoint(members):
                written[file] = self._words(parts)
            for part in parts:
                file = f"pages-{_digest(part[0])}.bin"
                names[file] = frozenset(part)
                if before.get(file) != names[file] or not touched.isdisjoint(part):
                    written[file] = self._pages(part)
        for number in texts:
            written[f"text-{number}.json"] = self._texts(number)
        names |= {f"text-{number}.json": frozenset() for number in range(len(self.files_of_texts))}
        names[ROOT] = frozenset((self._state, *itertools.chain.from_iterable(vocabulary)))
        if before.get(ROOT) != names[ROOT]:
            written[ROOT] = self._root(vocabulary)
        for file in names.keys() - before.keys() - written.keys():
            written[file] = self._texts(int(file.removeprefix("text-").removesuffix(".json")))
        self.names = names
        return Changes(written, frozenset(before.keys() - names.keys()))

    def _parts(self, chosen: Iterable[str]) -> Iterator[list[str]]:
        """The words whose postings are in a file each time; one that stands in many pages has one of its own."""
        for frequent, some in itertools.groupby(chosen, lambda word: len(self._postings[word]) >= _FREQUENT):
            if frequent:
                yield from ([word] for word in some)
            else:
                yield from _cut(some, _POSTINGS_A_FILE)

    def _root(self, vocabulary: Iterable[tuple[str, str]]) -> bytes:
        return _json(
            {
                "version": VERSION,
                "pages": len(self._documents),
                "texts": len(self.files_of_texts),
                # Pages are numbered anew where one comes or goes: what a browser has kept of other files is void then.
                "state": self._state,
                "words": list(vocabulary),
            }
        )

    def _words(self, parts: Iterable[list[str]]) -> bytes:
        files: list[tuple[int, str]] = []
        chosen: list[str] = []
        for part in parts:
            files.append((len(chosen), f"pages-{_digest(part[0])}.bin"))
            chosen += part
        return _json(
            {
                "words": "\n".join(chosen),
                "counts": [len(self._postings[word]) for word in chosen],
                "most": [max(self._postings[word]) >> _NUMBER_BITS for word in chosen],
                "files": files,
            }
        )

    def _pages(self, part: Iterable[str]) -> bytes:
        every = array("I")
        for word in part:
            every.extend(sorted(self._postings[word], reverse=True))
        if sys.byteorder == "big":
            every.byteswap()
        return every.tobytes()

    def _texts(self, number: int) -> bytes:
        documents = [self._documents[location] for location in self.files_of_texts[number]]
        return _json(
            [
                {
                    "location": document.location,
                    "title": document.title,
                    "about": document.about,
                    "kind": document.kind,
                    "facts": [", ".join(document.people), *document.subjects],
                    "parts": [[part.anchor, part.heading, part.text] for part in document.parts],
                }
                for document in documents
            ]
        )


def _same(one: Document | None, other: Document) -> bool:
    """Whether two are equal; most often they are the very same."""
    return one is other or one == other


def _cut(ordered: Iterable[str], size: int) -> Iterator[list[str]]:
    """Words in order, cut where a checksum says so: after one word of so many."""
    part: list[str] = []
    for word in ordered:
        part.append(word)
        if zlib.crc32(word.encode("utf-8", "surrogatepass")) % size == 0:
            yield part
            part = []
    if part:
        yield part


def _hash(name: str) -> bytes:
    return hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=6).digest()


def _digest(text: str) -> str:
    return _hash(text).hex()


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")
