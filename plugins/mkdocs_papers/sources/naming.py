"""Names of records: short words that a person can read, type and put into an address."""

import re
from collections.abc import Iterator

from anyascii import anyascii

_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9+._-]*|\+[A-Za-z0-9+._-]*")
_SYMBOLS = {"#": "-sharp ", "*": "-star ", "&": " and ", "@": " at ", "%": " percent ", "$": "", "\\": "", "'": ""}
"""Symbols that a name may be told apart by, as words; those of math say nothing by themselves."""

_EMPTY = re.compile(
    "an?|and|are|as|at|by|can|do|does|for|from|how|in|into|is|its?|of|on|or|over|than|that|the|their|towards?|to|under|using"
    "|via|vs|we|what|when|where|which|why|with|without",
    re.IGNORECASE,
)
"""Words that tell no title from another."""

_RESERVED = re.compile(r"index|readme|con|prn|aux|nul|(?:com|lpt)[0-9]", re.IGNORECASE)
"""Names that are special on a site, or to Windows."""

_LONGEST = 60
_MOST_WORDS = 5
_MOST_NICKNAME_WORDS = 3
_MOST_NICKNAME_LETTERS = 30


def nickname(title: str | None, abstract: str | None = None) -> str | None:
    """The method's nickname, which stands before the colon of many titles; None where it may be something else.

    One word with a capital, a digit or a symbol inside counts (``LoRA``, ``H2O``). Others count where the abstract has
    them within a sentence, with the same capitals: "we propose Quest".
    """
    before, colon, _ = (title or "").partition(": ")
    name = before.strip()
    words = name.split()
    if not colon or not words or len(words) > _MOST_NICKNAME_WORDS or len(name) > _MOST_NICKNAME_LETTERS or "$" in name:
        return None
    if len(words) == 1 and (any(c.isupper() or c.isdigit() for c in name[1:]) or name.endswith("+")):
        return name
    capitals = all(word[0].isupper() or word[0].isdigit() for word in words)
    within = re.search(rf"(?<=[\w,(] ){re.escape(name)}(?![\w+-])|(?<=\(){re.escape(name)}\)", abstract or "")
    return name if capitals and within else None


def stems(name: str | None, title: str | None) -> Iterator[str]:
    """Names for a record, the best first: the nickname, the title's first telling words, and these with numbers."""
    given: list[str] = []
    words = _words(title or "")
    telling = [word for word in words if len(words) <= _MOST_WORDS or not _EMPTY.fullmatch(word)] or words
    short = stem(name) if name else ""
    first = [short] if short else []
    first += [stem(" ".join(telling[:count])) for count in (_MOST_WORDS, _MOST_WORDS + 3)]
    for candidate in first:
        if candidate and candidate not in given:
            given.append(candidate)
            yield candidate
    base, number = given[0] if given else "paper", 1
    if not given:
        yield base
    while True:
        number += 1
        yield f"{base}-{number}"


def stem(text: str) -> str:
    """A text as a name: letters, digits and ``+ . _ -``, what is between its words one hyphen.

    ``C++`` stays what it is, and so does ``LoRA+``; letters of other scripts become Latin ones.
    """
    name = "-".join(_words(text))
    if len(name) > _LONGEST:
        name = name[: _LONGEST + 1].rpartition("-")[0] or name[:_LONGEST]
    name = name.strip("-.")
    return f"{name}-paper" if _RESERVED.fullmatch(name) else name


def _words(text: str) -> list[str]:
    for symbol, word in _SYMBOLS.items():
        text = text.replace(symbol, word)
    return [word.strip("-._") for word in _WORD.findall(anyascii(text)) if word.strip("-._")]
