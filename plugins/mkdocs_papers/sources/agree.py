"""Whether two sources speak of one paper: by its title and its authors, and only by both."""

import difflib
import functools
import re
import unicodedata
from collections.abc import Sequence

from anyascii import anyascii

from mkdocs_papers.sources.found import Found

TITLES = 0.90
"""Titles that are as alike as this may be of one paper (1 is equal)."""

AUTHORS = 0.80
"""So large a share of the authors has to be the same."""

_NUMBERS = re.compile(r"[0-9]+|\b(?:i{2,3}|iv|vi{0,3}|ix)\b", re.IGNORECASE)
_WORDS = re.compile(r"[^\W_]+")
_IN_BRACKETS = re.compile(r"\s\([^()]*\)")
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
"""How those who have no such letters write them."""


def agrees(one: Found, other: Found) -> bool:
    """Whether both are of one paper: title and authors agree."""
    return alike(one.title, other.title) >= TITLES and shared_authors(one.authors, other.authors) >= AUTHORS


@functools.lru_cache(maxsize=1024)
def folded(text: str) -> str:
    """A text without letter case, accents and all but letters and digits."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if character.isalnum())


def alike(title: str | None, other: str | None) -> float:
    """How alike two titles are, from 0 to 1. Titles with other numbers in them are those of two papers."""
    if not title or not other:
        return 0.0
    if _numbers(title) != _numbers(other):
        return 0.0
    one, two = (folded(text.replace("&", " and ")) for text in (title, other))
    return difflib.SequenceMatcher(None, one, two, autojunk=False).ratio() if one and two else 0.0


def shared_authors(authors: Sequence[str], others: Sequence[str]) -> float:
    """Which share of the authors both name, from 0 to 1, of the longer list; the order does not count."""
    left = list(others)
    shared = 0
    for author in authors:
        match = next((other for other in left if same_person(author, other)), None)
        if match is not None:
            left.remove(match)
            shared += 1
    return shared / max(len(authors), len(others), 1)


def same_person(name: str, other: str) -> bool:
    """Whether two names may be one person's: the same words, in any letters, or family name and first initial."""
    if _may_be_same(name, other):
        return True
    written_out = (each.lower().translate(_UMLAUTS) for each in (name, other))
    return name.isascii() != other.isascii() and _may_be_same(*written_out)


def _may_be_same(name: str, other: str) -> bool:
    words, others = _words(name), _words(other)
    if not words or not others:
        return False
    joined, other_joined = "".join(words), "".join(others)
    unspaced = not joined.isascii() or not other_joined.isascii()
    if joined.isascii() != other_joined.isascii():  # of a Chinese name the other is pinyin without tones
        words, others = (tuple(anyascii(word).casefold() for word in each) for each in (words, others))
        joined, other_joined = "".join(words), "".join(others)
    if sorted(words) == sorted(others) or joined == other_joined:
        return True
    # The family stands at the one end or the other.
    if unspaced and len(joined) == len(other_joined) and other_joined in joined + joined:
        return True
    return words[-1] == others[-1] and words[0][0] == others[0][0]


def fuller(authors: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    """The authors, with names written out that another source writes out of the same people in the same order."""
    if len(authors) != len(others) or not all(map(same_person, authors, others)):
        return tuple(authors)
    return tuple(
        other if is_abbreviated(name) and not is_abbreviated(other) else name
        for name, other in zip(authors, others, strict=True)
    )


def is_abbreviated(name: str) -> bool:
    """Whether the first given name is an initial only."""
    words = _words(name)
    return len(words) > 1 and len(words[0]) == 1 and words[0].isascii()


@functools.lru_cache(maxsize=4096)
def _words(name: str) -> tuple[str, ...]:
    before = name.partition(",")[0] if "," in name else name
    decomposed = unicodedata.normalize("NFKD", before.casefold())
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    words = _WORDS.findall(_IN_BRACKETS.sub("", plain)) or _WORDS.findall(plain)
    if words[:1] == ["the"] and len(words) > 1:
        del words[0]
    if len(words) > 2 and words[-1] in _SUFFIXES:  # noqa: PLR2004  # given name, family, suffix
        del words[-1]
    return tuple(words)


def _numbers(title: str) -> list[str]:
    return sorted(number.casefold() for number in _NUMBERS.findall(title))
