"""The search index as files: small ones, of which a query needs a few.

- ``index.json``: how many pages there are, into how many files their texts and their neighbours are divided, and which
  words each file of words, and which ends each file of ends begins with;
- ``words-*.json``: words in order, in how many pages each stands, how much it says at the most, and where its postings
  begin;
- ``ends-*.json``: words in the order of what follows their first letter, for a slip in that letter;
- ``pages-*.bin``: postings, four bytes each, least significant first: how much the word says of a page, in the highest
  byte, and the page's number; the greatest first;
- ``rows-*.bin``: postings of words that stand in a row: the highest byte of their checksum, and the page's number; the
  lowest bits of the checksum say in which file;
- ``text-*.json``: what hits show of some pages. A page's number is that of its file times 256, and its place
  in there.

Which file a page or a word is in, and at which place, depends on its name, and files of words end at words that a
checksum chooses. So after a change of one page only the files of its own words are others, and they are what a build
from nothing writes.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import sys
import zlib
from array import array
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from mkdocs_papers.search.document import Document, weights

VERSION = 2
ROOT = "index.json"

_PAGES_A_FILE = 4
"""So many texts are in a file on average, and at most twice as many: a power of two decides."""
_TEXTS_A_ROWS = 8
"""So many files of texts there are for each file of rows."""
_PLACES = 256
_USUAL_PLACES = 32
"""The places that names choose among: more would make numbers longer, and fewer would be taken more often."""
_NUMBER_BITS = 24
_NUMBERS = (1 << _NUMBER_BITS) - 1
_WORDS_A_FILE = 512
_SHORTEST_END = 4
"""What follows the first letter of a word with a slip in it has so many letters at least."""
_POSTINGS_A_FILE = 32
"""So many words' postings are in a file on average; a word that stands in many pages has one of its own."""
_FREQUENT = 512

Name = TypeVar("Name", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Postings:
    """What an index has found out about its pages, as bytes: each posting as in the index's files.

    Attributes:
        words: by word.
        rows: by the number of the file.
    """

    words: Mapping[str, bytes]
    rows: Mapping[int, bytes]


@dataclass(frozen=True, slots=True)
class Changes:
    """What is not as it was before: the content of files by their names, and the names of those that are gone."""

    written: Mapping[str, bytes]
    removed: frozenset[str]


class SearchIndex:
    """The index of a site, kept up from one state of its pages to the next."""

    def __init__(self) -> None:
        """Start with no page, and no file."""
        self._index = _Index([{}])

    def resume(self, documents: Mapping[str, Document], postings: Postings) -> None:
        """Go on from what another index has found out; the files of the next call are all there are.

        Args:
            documents: its pages by location.
            postings: what `postings` gave.

        Raises:
            ValueError: there can be no such postings.
        """
        index = _Index([{} for _ in range(_count(documents))])
        index.resume(documents, postings)
        self._index = index

    def postings(self) -> Postings:
        """What there is to keep for `resume`."""
        return self._index.postings()

    def update(self, documents: Mapping[str, Document]) -> Changes:
        """Take in all pages as they are now.

        Args:
            documents: the pages by location.

        Returns:
            The files that differ from those of the call before; after none, all.
        """
        count, before = _count(documents), self._index
        if count == len(before.texts):
            return before.update(documents)
        # Every page is in another file now, and has another number.
        self._index = _Index([{} for _ in range(count)])
        written = self._index.update(documents).written
        return Changes(written, frozenset(before.names.keys() - written.keys()))


@dataclass(slots=True)
class _Index:
    """An index of so many files of texts.

    Attributes:
        texts: the locations of the pages in each file, with their places in there.
        names: the words of each file of words, ends and postings, by its name.
    """

    texts: list[dict[str, int]]
    names: dict[str, frozenset[str]] = field(default_factory=dict)
    _documents: dict[str, Document] = field(default_factory=dict)
    _postings: dict[str, array[int]] = field(default_factory=dict)
    _rows: dict[int, array[int]] = field(default_factory=dict)
    _state: str = ""
    """A digest of which pages there are."""

    def resume(self, documents: Mapping[str, Document], postings: Postings) -> None:
        """See `SearchIndex.resume`."""
        self._documents = dict(documents)
        for location in documents:
            self.texts[self._text_file(location)][location] = 0
        self.texts = list(map(_placed, self.texts))
        self._postings = {word: _array(content) for word, content in postings.words.items()}
        self._rows = {number: _array(content) for number, content in postings.rows.items()}

    def postings(self) -> Postings:
        """See `SearchIndex.postings`."""
        return Postings(
            {word: _bytes(found) for word, found in self._postings.items()},
            {number: _bytes(found) for number, found in self._rows.items()},
        )

    def update(self, documents: Mapping[str, Document]) -> Changes:
        """See `SearchIndex.update`."""
        before = self._documents
        changed = {location for location, document in documents.items() if not _same(before.get(location), document)}
        gone = before.keys() - documents.keys()
        locations = {file: set(self.texts[file]) for file in map(self._text_file, (*gone, *changed))}
        for location in changed:
            locations[self._text_file(location)].add(location)
        placed = {file: _placed(each.difference(gone)) for file, each in locations.items()}
        changed |= {
            location
            for file, places in placed.items()
            for location, place in self.texts[file].items()
            if places.get(location, place) != place
        }
        out = [(self._number(location), before[location]) for location in (changed & before.keys()) | gone]
        for file, places in placed.items():
            self.texts[file] = places
        put = [(self._number(location), documents[location]) for location in changed]
        touched = _moved(self._postings, map(_words_of, out), map(_words_of, put))
        rows = _moved(self._rows, map(self._rows_of, out), map(self._rows_of, put))
        if before.keys() != documents.keys() or not self._state:
            self._state = _digest("\n".join(sorted(documents)))
        self._documents = dict(documents)
        return self._changes(touched, rows, placed)

    def _text_file(self, location: str) -> int:
        return int.from_bytes(_hash(location)) % len(self.texts)

    def _number(self, location: str) -> int:
        file = self._text_file(location)
        return file * _PLACES + self.texts[file][location]

    def _rows_of(self, page: tuple[int, Document]) -> Iterable[tuple[int, int]]:
        number, document = page
        count = self._files_of_rows
        return {(row % count, row >> _NUMBER_BITS << _NUMBER_BITS | number) for row in document.rows()}

    @property
    def _files_of_rows(self) -> int:
        return max(1, len(self.texts) // _TEXTS_A_ROWS)

    # The files

    def _changes(self, touched: set[str], rows: Iterable[int], texts: Iterable[int]) -> Changes:
        before = self.names
        written: dict[str, bytes] = {}
        names: dict[str, frozenset[str]] = {}
        first: dict[str, list[tuple[str, str]]] = {"words": [], "ends": []}
        for chosen in _cut(sorted(self._postings), _WORDS_A_FILE):
            file = f"words-{_digest(chosen[0])}.json"
            names[file] = members = frozenset(chosen)
            parts = list(self._parts(chosen))
            first["words"].append((chosen[0], file))
            if before.get(file) != members or not touched.isdisjoint(members):
                written[file] = self._words(parts)
            for part in parts:
                file = _pages_file(part)
                names[file] = frozenset(part)
                if before.get(file) != names[file] or not touched.isdisjoint(part):
                    written[file] = _bytes(*[self._postings[word] for word in part])
        for chosen in _cut(sorted(filter(_has_end, self._postings), key=_end), _WORDS_A_FILE):
            file = f"ends-{_digest(chosen[0])}.json"
            names[file] = frozenset(chosen)
            first["ends"].append((_end(chosen[0])[0], file))
            if before.get(file) != names[file]:
                written[file] = _json(chosen)
        for number in range(self._files_of_rows):
            names[f"rows-{number}.bin"] = frozenset()
        for number in rows if before else range(self._files_of_rows):
            written[f"rows-{number}.bin"] = _bytes(self._rows.get(number, array("I")))
        for number in range(len(self.texts)):
            names[f"text-{number}.json"] = frozenset()
        for number in texts if before else range(len(self.texts)):
            written[f"text-{number}.json"] = self._texts(number)
        names[ROOT] = frozenset((self._state, *itertools.chain.from_iterable((*first["words"], *first["ends"]))))
        if before.get(ROOT) != names[ROOT]:
            written[ROOT] = self._root(first)
        self.names = names
        return Changes(written, frozenset(before.keys() - names.keys()))

    def _parts(self, chosen: Iterable[str]) -> Iterator[list[str]]:
        """The words whose postings are in a file each time; one that stands in many pages has one of its own."""
        for frequent, some in itertools.groupby(chosen, lambda word: len(self._postings[word]) >= _FREQUENT):
            if frequent:
                yield from ([word] for word in some)
            else:
                yield from _cut(some, _POSTINGS_A_FILE)

    def _root(self, first: Mapping[str, Iterable[tuple[str, str]]]) -> bytes:
        return _json(
            {
                "version": VERSION,
                "pages": len(self._documents),
                "texts": len(self.texts),
                "rows": self._files_of_rows,
                # Pages may be numbered anew where one comes or goes: what a browser has kept is void then.
                "state": self._state,
                **first,
            }
        )

    def _words(self, parts: Iterable[list[str]]) -> bytes:
        files: list[tuple[int, str]] = []
        chosen: list[str] = []
        for part in parts:
            files.append((len(chosen), _pages_file(part)))
            chosen += part
        return _json(
            {
                "words": "\n".join(chosen),
                "counts": [len(self._postings[word]) for word in chosen],
                "most": [self._postings[word][0] >> _NUMBER_BITS for word in chosen],
                "files": files,
            }
        )

    def _texts(self, number: int) -> bytes:
        return _json({place: self._documents[location].shown() for location, place in self.texts[number].items()})


def _count(documents: Mapping[str, Document]) -> int:
    """Into how many files the texts of pages are divided."""
    return 1 << max(0, (len(documents) // _PAGES_A_FILE).bit_length() - 1)


def _placed(locations: Iterable[str]) -> dict[str, int]:
    """The pages of a file of texts at their places: those that their names say, or the next that are free."""
    places: dict[int, str] = {}
    for location in sorted(locations):
        place = _hash(location)[0] % _USUAL_PLACES
        while place in places:
            place += 1
        places[place] = location
    return {location: place for place, location in places.items()}


def _moved(
    known: dict[Name, array[int]],
    out: Iterable[Iterable[tuple[Name, int]]],
    put: Iterable[Iterable[tuple[Name, int]]],
) -> set[Name]:
    """Take postings out and put others in.

    Args:
        known: the postings of each name, the greatest first.
        out: the names and postings of pages as they were.
        put: those of pages as they are.

    Returns:
        The names whose postings are others now.
    """
    removed: defaultdict[Name, set[int]] = defaultdict(set)
    for name, posting in itertools.chain.from_iterable(out):
        removed[name].add(posting)
    # Arrays, since the first time these are all that there are.
    added: defaultdict[Name, array[int]] = defaultdict(lambda: array("I"))
    for name, posting in itertools.chain.from_iterable(put):
        added[name].append(posting)
    touched: set[Name] = set()
    for name in removed.keys() | added.keys():
        before = known.pop(name, array("I"))
        gone = removed.get(name, set())
        left = [posting for posting in before if posting not in gone] if gone else list(before)
        now = array("I", sorted([*left, *added.get(name, ())], reverse=True))
        if now:
            known[name] = now
        if now != before:
            touched.add(name)
    return touched


def _words_of(page: tuple[int, Document]) -> Iterator[tuple[str, int]]:
    number, document = page
    for word, weight in weights(document).items():
        yield word, weight << _NUMBER_BITS | number


def _same(one: Document | None, other: Document) -> bool:
    """Whether two are equal; most often they are the very same."""
    return one is other or one == other


def _has_end(word: str) -> bool:
    """Whether a slip in the first letter of a word is looked for; a figure is another figure then."""
    return len(word) > _SHORTEST_END and not any(map(str.isdigit, word))


def _end(word: str) -> tuple[str, str]:
    """What follows the first letter of a word, and the word."""
    return word[1:], word


def _pages_file(part: list[str]) -> str:
    return f"pages-{_digest(part[0])}.bin"


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


def _bytes(*postings: array[int]) -> bytes:
    every = array("I")
    for each in postings:
        every.extend(each)
    if sys.byteorder == "big":
        every.byteswap()
    return every.tobytes()


def _array(content: bytes) -> array[int]:
    """What `_bytes` was given.

    Raises:
        ValueError: these are no postings.
    """
    found = array("I", content)
    if not found:
        raise ValueError("a word stands in no page")
    if sys.byteorder == "big":
        found.byteswap()
    return found


def _hash(name: str) -> bytes:
    return hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=6).digest()


def _digest(text: str) -> str:
    return _hash(text).hex()


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")
