"""Names in capitals, as some publishers and databases have them, in the letters that people write them in."""

import re
from collections.abc import Sequence

from mkdocs_papers.records.authors import SUFFIX, speaks_of_body

_WORD = re.compile(r"[^\W\d_]+")
_VOWEL = re.compile("[AEIOUYÀ-ÆÈ-ÏÒ-ÖØ-Ý]")
_PARTICLES = frozenset(
    """
    al bin da de del della den der des di do dos du el ibn la le ten ter van von zu zur
    """.split()  # noqa: SIM905 - one list
)
_LONG = 4
"""So many letters, one a vowel among them, are a name and no initials."""


def without_capitals(names: Sequence[str]) -> tuple[str, ...]:
    """Names in capitals as people write them, where that is certain; else the names as they are.

    All of them have to be in capitals, but for groups, and one has to end in a family name and not in initials. Whether
    a short word is a name or initials is told by the others: a given name that is written out says that all are.

    Args:
        names: the authors of one paper, given name first.
    """
    people = [name for name in names if " " in name and not speaks_of_body(name)]
    words = [name.split() for name in people]
    if not all(name.isupper() for name in people) or not any(_is_long(each[-1]) for each in words):
        return tuple(names)
    are_full = any(_is_long(word) for each in words for word in each[:-1] if word.lower() not in _PARTICLES)
    return tuple(_written(name.split(), are_full=are_full) if name in people else name for name in names)


def _is_long(word: str) -> bool:
    return len(word) >= _LONG and "." not in word and _VOWEL.search(word) is not None


def _written(words: Sequence[str], *, are_full: bool) -> str:
    """One name; its first words are initials, or with `are_full` names where they may be."""
    last = max((place for place, word in enumerate(words) if not SUFFIX.fullmatch(word)), default=0)
    written = []
    for place, word in enumerate(words):
        is_name = _VOWEL.search(word) and "." not in word and (are_full or len(word) >= _LONG)
        if 0 < place < last and word.lower() in _PARTICLES:
            written.append(word.lower())
        elif place > last:
            written.append(word if set(word) <= set("IV") else word.capitalize())
        else:
            written.append(_WORD.sub(_capitalized, word) if place == last or is_name else word)
    return " ".join(written)


def _capitalized(word: re.Match[str]) -> str:
    name = word[0]
    return f"Mc{name[2:].capitalize()}" if name.startswith("MC") and len(name) > _LONG else name.capitalize()
