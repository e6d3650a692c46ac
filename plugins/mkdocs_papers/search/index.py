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

import bisect
import functools
import hashlib
import itertools
import json
import operator
import sys
import zlib
from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

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

_FEW = 16
"""More postings than this are sorted anew."""

Name = TypeVar("Name", bound=Hashable)

_Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Postings:
    """What an index has found out about its pages, as bytes: each posting as in the index's files."""

    words: Mapping[str, bytes]
    rows: Mapping[int, bytes]


@dataclass(frozen=True, slots=True)
class Changes:
    """What is not as it was before: the content of files by their names, and the names of those that are gone."""

    written: Mapping[str, bytes]
    removed: frozenset[str]


class SearchIndex:
    """The index of a site, updated from one state of its pages to the next."""

    def __init__(self) -> None:
        self._index = _Index([{}])

    def resume(self, documents: Mapping[str, Document], postings: Postings) -> None:
        """Go on from what another index has found out; the files of the next call are all there are.

        Raises:
            ValueError: there can be no such postings.
        """
        index = _Index([{} for _ in range(_count(documents))])
        index.resume(documents, postings)
        self._index = index

    def postings(self) -> Postings:
        """What there is to keep for `resume`."""
        return self._index.postings()

    def update(self, documents: Mapping[str, Document], among: Iterable[str] | None = None) -> Changes:
        """Take in all pages as they are now.

        It gives the files that differ from those of the call before; after none, all.

        Args:
            documents: the pages by location.
            among: the locations among which are all those whose page is another than in the call before, or has come
                or gone; all of them where that is not said.
        """
        count, before = _count(documents), self._index
        if count == len(before.texts):
            return before.update(documents, among)
        # Every page is in another file now, and has another number.
        self._index = _Index([{} for _ in range(count)])
        written = self._index.update(documents).written
        return Changes(written, frozenset(before.files().difference(written)))


@dataclass(slots=True)
class _Index:
    """An index of so many files of texts.

    Attributes:
        texts: the locations of the pages in each file, with their places in there.
        names: the words of each file of words, ends and postings, by its name.
    """

    texts: list[dict[str, int]]
    names: Mapping[str, _Words] = field(default_factory=dict)
    _documents: dict[str, Document] = field(default_factory=dict)
    _postings: dict[str, array[int]] = field(default_factory=dict)
    _rows: dict[int, array[int]] = field(default_factory=dict)
    _words: list[_Words] = field(default_factory=list)
    """The words of each file of words."""
    _pages: dict[_Words, list[_Words]] = field(default_factory=dict)
    """The words of each file of postings, by those of the file of words."""
    _frequent: set[str] = field(default_factory=set)
    """The words whose postings have a file of their own."""
    _ends: list[_Words] = field(default_factory=list)
    _state: str = ""
    """A digest of which pages there are."""
    _root: bytes = b""

    def resume(self, documents: Mapping[str, Document], postings: Postings) -> None:
        """See `SearchIndex.resume`."""
        self._documents = dict(documents)
        for location in documents:
            self.texts[self._text_file(location)][location] = 0
        self.texts = list(map(_placed, self.texts))
        self._postings = {word: _array(content) for word, content in postings.words.items()}
        self._rows = {number: _array(content) for number, content in postings.rows.items()}
        self._put_in_order(self._postings)
        self._frequent = set(filter(self._is_frequent, self._postings))

    def postings(self) -> Postings:
        """See `SearchIndex.postings`."""
        return Postings(
            {word: _bytes(found) for word, found in self._postings.items()},
            {number: _bytes(found) for number, found in self._rows.items()},
        )

    def files(self) -> set[str]:
        """The names of all files."""
        rows, texts = range(self._files_of_rows), range(len(self.texts))
        return {ROOT, *self.names, *map(_rows_file, rows), *map(_texts_file, texts)}

    def update(self, documents: Mapping[str, Document], among: Iterable[str] | None = None) -> Changes:
        """See `SearchIndex.update`."""
        before, is_first = self._documents, not self._state
        among = documents.keys() | before.keys() if among is None else among
        gone = {location for location in among if location in before and location not in documents}
        changed = {each for each in among if each in documents and not _same(before.get(each), documents[each])}
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
        touched, moved = _moved(self._postings, map(_words_of, out), map(_words_of, put))
        self._put_in_order(moved)
        rows, _ = _moved(self._rows, map(self._rows_of, out), map(self._rows_of, put))
        if is_first or gone or not changed <= before.keys():
            self._state = _digest("\n".join(sorted(documents)))
        for location in gone:
            del before[location]
        before.update({location: documents[location] for location in changed})
        if is_first:
            return self._changes(touched, range(self._files_of_rows), range(len(self.texts)))
        return self._changes(touched, rows, placed)

    def _put_in_order(self, moved: Collection[str]) -> None:
        """Take words that have come or gone into the files of words and of ends."""
        self._words = _divided(self._words, moved)
        self._ends = _divided(self._ends, list(filter(_has_end, moved)), _end)

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
        frequent = set(filter(self._is_frequent, touched))
        crossed = frequent.symmetric_difference(self._frequent & touched)
        self._frequent = self._frequent - touched | frequent
        written: dict[str, bytes] = {}
        names: dict[str, _Words] = {}
        parts = self._pages = {chosen: self._pages.get(chosen, []) for chosen in self._words}
        for chosen in self._words:
            file = _file("words", chosen[0])
            names[file] = chosen
            if before.get(file) != chosen or not crossed.isdisjoint(chosen):
                parts[chosen] = list(self._parts(chosen))
            if before.get(file) != chosen or not touched.isdisjoint(chosen):
                written[file] = self._words_of_file(parts[chosen])
                for part in parts[chosen]:
                    if before.get(_pages_file(part)) != part or not touched.isdisjoint(part):
                        written[_pages_file(part)] = _bytes(*[self._postings[word] for word in part])
            names.update({_pages_file(part): part for part in parts[chosen]})
        for chosen in self._ends:
            file = _file("ends", chosen[0])
            names[file] = chosen
            if before.get(file) != chosen:
                written[file] = _json(chosen)
        written.update({_rows_file(number): _bytes(self._rows.get(number, array("I"))) for number in rows})
        written.update({_texts_file(number): self._texts(number) for number in texts})
        root = self._as_root()
        if root != self._root:
            written[ROOT] = self._root = root
        self.names = names
        return Changes(written, frozenset(before.keys() - names.keys()))

    def _parts(self, chosen: Iterable[str]) -> Iterator[_Words]:
        """The words whose postings are in a file each time; one that stands in many pages has one of its own."""
        for frequent, some in itertools.groupby(chosen, self._is_frequent):
            if frequent:
                yield from ((word,) for word in some)
            else:
                parts, rest = _cut(some, _POSTINGS_A_FILE)
                yield from (*parts, rest) if rest else parts

    def _is_frequent(self, word: str) -> bool:
        return len(self._postings.get(word, ())) >= _FREQUENT

    def _as_root(self) -> bytes:
        return _json(
            {
                "version": VERSION,
                "pages": len(self._documents),
                "texts": len(self.texts),
                "rows": self._files_of_rows,
                # Pages may be numbered anew where one comes or goes: what a browser has kept is void then.
                "state": self._state,
                "words": [(chosen[0], _file("words", chosen[0])) for chosen in self._words],
                "ends": [(_end(chosen[0])[0], _file("ends", chosen[0])) for chosen in self._ends],
            }
        )

    def _words_of_file(self, parts: Iterable[_Words]) -> bytes:
        files: list[tuple[int, str]] = []
        chosen: list[str] = []
        for part in parts:
            files.append((len(chosen), _pages_file(part)))
            chosen += part
        postings = [self._postings[word] for word in chosen]
        return _json(
            {
                "words": "\n".join(chosen),
                "counts": [*map(len, postings)],
                "most": [each[0] >> _NUMBER_BITS for each in postings],
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
    known: dict[Name, array[int]], out: Iterable[Iterable[tuple[Name, int]]], put: Iterable[Iterable[tuple[Name, int]]]
) -> tuple[set[Name], list[Name]]:
    """Take postings out and put others in.

    Args:
        known: the postings of each name, the greatest first.
        out: the names and postings of pages as they were.
        put: those of pages as they are.

    Returns:
        The names whose postings are others now, and those among them that have come or gone.
    """
    removed: defaultdict[Name, set[int]] = defaultdict(set)
    for name, posting in itertools.chain.from_iterable(out):
        removed[name].add(posting)
    # Arrays, since the first time these are all that there are.
    added: defaultdict[Name, array[int]] = defaultdict(lambda: array("I"))
    for name, posting in itertools.chain.from_iterable(put):
        added[name].append(posting)
    touched: set[Name] = set()
    moved: list[Name] = []
    for name in removed.keys() | added.keys():
        gone, came = removed.get(name, set()), added.get(name, array("I"))
        if gone.symmetric_difference(came):
            touched.add(name)
            if (name in known) != _changed(known, name, gone, came):
                moved.append(name)
    return touched, moved


def _changed(known: dict[Name, array[int]], name: Name, gone: set[int], came: array[int]) -> bool:
    """Change the postings of a name; gives whether it has any then."""
    postings = known.setdefault(name, array("I"))
    if len(gone) + len(came) > _FEW:
        known[name] = array("I", sorted([*gone.symmetric_difference(postings), *came], reverse=True))
    else:
        # Most often one or two, among thousands.
        for posting in gone:
            place = bisect.bisect_left(postings, -posting, key=operator.neg)
            # An index of a build before may hold anything.
            if postings[place : place + 1] == array("I", (posting,)):
                del postings[place]
        for posting in came:
            postings.insert(bisect.bisect_left(postings, -posting, key=operator.neg), posting)
    if not known[name]:
        del known[name]
    return name in known


def _words_of(page: tuple[int, Document]) -> Iterable[tuple[str, int]]:
    number, document = page
    return [(word, weight << _NUMBER_BITS | number) for word, weight in weights(document).items()]


def _same(one: Document | None, other: Document) -> bool:
    """Whether two are equal; most often they are the very same."""
    return one is other or one == other


def _has_end(word: str) -> bool:
    """Whether a slip in the first letter of a word is looked for; a figure is another figure then."""
    return len(word) > _SHORTEST_END and not any(map(str.isdigit, word))


def _end(word: str) -> tuple[str, str]:
    """What follows the first letter of a word, and the word."""
    return word[1:], word


def _file(kind: str, first: str) -> str:
    """The file of words or of ends that begins with a word."""
    return f"{kind}-{_digest(first)}.json"


def _pages_file(part: _Words) -> str:
    return _pages_from(part[0])


@functools.lru_cache(maxsize=1 << 14)
def _pages_from(first: str) -> str:
    return f"pages-{_digest(first)}.bin"


def _rows_file(number: int) -> str:
    return f"rows-{number}.bin"


def _texts_file(number: int) -> str:
    return f"text-{number}.json"


def _divided(parts: Iterable[_Words], moved: Iterable[str], key: Callable[[str], Any] = str) -> list[_Words]:
    """Words in order, as `_cut` divides them, after some have come or gone; a part without any of these stays."""
    ordered = sorted(moved, key=key)
    if not ordered:
        return list(parts)
    divided: list[_Words] = []
    start = 0
    left: _Words = ()
    *others, last = parts or [()]
    for part in (*others, last):
        end = len(ordered) if part is last else bisect.bisect(ordered, key(part[-1]), key=key)
        if left or end > start:
            words = sorted({*left, *part}.symmetric_difference(ordered[start:end]), key=key)
            whole, left = _cut(words, _WORDS_A_FILE)
            divided += whole
        else:
            divided.append(part)
        start = end
    return [*divided, left] if left else divided


def _cut(ordered: Iterable[str], size: int) -> tuple[list[_Words], _Words]:
    """Words in order, cut where a checksum says so, after one word of so many; and those behind the last cut."""
    parts: list[_Words] = []
    part: list[str] = []
    for word in ordered:
        part.append(word)
        if zlib.crc32(word.encode("utf-8", "surrogatepass")) % size == 0:
            parts.append(tuple(part))
            part = []
    return parts, tuple(part)


def _bytes(*postings: array[int]) -> bytes:
    every = array("I")
    for each in postings:
        every.extend(each)
    if sys.byteorder == "big":
        every.byteswap()
    return every.tobytes()


def _array(content: bytes) -> array[int]:
    """What `_bytes` was given."""
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
