"""The words of a text, as the index knows them and as queries ask for them.

``assets/search/words.js`` takes texts apart in the same way; ``tests/search/words.toml`` holds both to it.
"""

import functools
import itertools
import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator

UNSPACED = (
    r"\u3005-\u3007"  # 々〆〇
    r"\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # Kana
    r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # Han
    r"\uac00-\ud7a3"  # Hangul
)
"""The characters of scripts that are written without spaces, as between the brackets of a regular expression."""

_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"})
"""Letters that have no accent to leave out."""

_JOINED = r"{word}(?:[-.:/_+]{word})*\+{{0,2}}"
_ASCII = re.compile(_JOINED.format(word="[A-Za-z0-9]+"))
_WORDS = re.compile(f"[{UNSPACED}]+|" + _JOINED.format(word=f"(?:(?![{UNSPACED}])[^\\W_])+"))
_ASCII_WORD = re.compile(r"[a-z0-9]+\+{0,2}")
_WORD = re.compile(f"([{UNSPACED}]+)|(?:(?![{UNSPACED}])[^\\W_])+\\+{{0,2}}")
_RUN = re.compile(f"[{UNSPACED}]")
_JOINERS = re.compile(r"[-.:/_+]+")
_CAMEL = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+")
_SHORTEST_PIECE = 3

FUNCTION_WORDS = frozenset(
    "a an and are as at be by for from in is it its of on or that the this to via with".split()  # noqa: SIM905 - legible
)
"""They say nothing of a page, so they are not in the index, and a query's are left out."""


def fold(text: str) -> str:
    """A text in small letters without accents; letters of full width become common ones."""
    lower = text.lower().translate(_LETTERS)
    if lower.isascii():
        return lower
    parts = unicodedata.normalize("NFKD", lower)
    return unicodedata.normalize("NFC", "".join([each for each in parts if not "\u0300" <= each <= "\u036f"])).lower()


def words(text: str) -> Iterator[tuple[str, bool]]:
    """The words of a text, in its order, each with whether it stands there by itself.

    Words that a hyphen or the like joins are words, and so is the whole where none of its parts says anything: ``2:4``,
    ``N:M``, ``LoRA+``, ``2406.10774``. Two words in one are words too: ``flash`` and ``attention`` in FlashAttention,
    ``flashattention`` in Flash-Attention. Of a run without spaces, every two neighbouring characters are a word.
    """
    for piece in _pieces(text):
        yield from _of(piece)


def counted(texts: Iterable[str]) -> Counter[tuple[str, bool]]:
    """How often each word stands in texts; see `words`."""
    found: Counter[tuple[str, bool]] = Counter()
    for piece, count in Counter(itertools.chain.from_iterable(map(_pieces, texts))).items():
        for word in _of(piece):
            found[word] = found.get(word, 0) + count
    return found


def _pieces(text: str) -> list[str]:
    """The joined words and the runs without spaces of a text."""
    text = unicodedata.normalize("NFKC", text)
    return (_ASCII if text.isascii() else _WORDS).findall(text)


def _of(piece: str) -> Iterable[tuple[str, bool]]:
    if piece.isascii() or not _RUN.match(piece):
        return _of_joined(piece)
    run = fold(piece)
    return [(run[at : at + 2], True) for at in range(len(run))]


@functools.lru_cache(maxsize=100_000)
def _of_joined(text: str) -> tuple[tuple[str, bool], ...]:
    return tuple(_each_of_joined(text))


def _each_of_joined(text: str) -> Iterator[tuple[str, bool]]:
    whole = fold(text)
    parts = [part for part in _JOINERS.split(whole) if part]
    if is_whole(whole, parts):
        yield whole, True
        yield from ((part, True) for part in parts if len(part) > 1 or part.isdigit())
    else:
        yield from ((part, True) for part in parts)
    if len(parts) == 2 and "-" in whole:  # noqa: PLR2004 - two words in one
        yield "".join(parts), False
    if text.isascii() and not (text.islower() or text.isupper()):
        for part in _JOINERS.split(text):
            pieces = _CAMEL.findall(part)
            if len(pieces) > 1:
                yield from ((piece.lower(), False) for piece in pieces if len(piece) >= _SHORTEST_PIECE)


def neighbours(text: str) -> Iterator[int]:
    """A checksum (CRC-32) of every two words of a text that stand in a row, with the function words between them.

    Parts of joined words are words here. A run without spaces has no neighbours: its own words overlap already.
    """
    before = between = ""
    for word in _row(text):
        if word in FUNCTION_WORDS:
            between += f" {word}"
            continue
        if before and word:
            yield zlib.crc32(f"{before}{between} {word}".encode("utf-8", "surrogatepass"))
        before, between = word, ""


def _row(text: str) -> list[str]:
    """The words of a text in its order, folded, an empty one for each run without spaces."""
    text = unicodedata.normalize("NFKC", text)
    if text.isascii():
        return _ASCII_WORD.findall(text.lower())
    return ["" if found[1] else fold(found[0]) for found in _WORD.finditer(text)]


def is_whole(whole: str, parts: list[str]) -> bool:
    """Whether joined words are one word: where one of them is a letter or holds a figure, or a plus ends them."""
    if len(parts) == 1:
        return whole != parts[0]
    return whole.endswith("+") or any(len(part) == 1 or any(map(str.isdigit, part)) for part in parts)
