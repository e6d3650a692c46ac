"""Names of people: one at a time."""

import re
import unicodedata
from collections.abc import Iterable

from mkdocs_papers.records.placeholders import is_placeholder

_COMMA = re.compile("[,，、]")
_SEMICOLON = re.compile("[;；]")
_ENTITY = re.compile(r"&#?\w+;")
SUFFIX = re.compile(r"(?:Jr|Sr|Ph\.?D|M\.?D|Esq)\.?|I{2,3}|IV", re.IGNORECASE)
"""What stands after a name and is no part of it."""
_SUFFIXES = re.compile(rf"(?:,\s*(?:{SUFFIX.pattern}))+\Z", re.IGNORECASE)

_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)+|[^\W\d_]")
_IN_NAMES = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f.'’·-])*")
_EDGES = ",，、 \t\r\n\u00a0\u3000"
_LONGEST = 200
"""What is longer is no one's name, in characters."""
_MOST_WORDS = 6
_MOST_IDEOGRAPHS = 4
_OF_BODIES = frozenset(
    """
    academy agency ai alliance association authority bureau center centre club collaboration college committee community
    company consortium
    corporation council department division faculty foundation for group inc institute institution lab laboratories
    laboratory labs library llc ltd ministry museum network of office organization partnership press project research
    school society studio team technologies technology the union university
    """.split()  # noqa: SIM905 - so many words read better than so many quoted ones
)
"""Words in the names of bodies, which may hold commas and "and" themselves."""


def speaks_of_body(name: str) -> bool:
    """Whether a word in a name is one of bodies, and of no family."""
    return not _OF_BODIES.isdisjoint(name.lower().split())


def split_names(text: str) -> tuple[str, ...]:
    """The names in one value of ``paper.authors``, which should hold one but in old records holds several.

    Names are separated by semicolons, which stand in no name, or else by commas, Chinese ones included, and by "and"
    where there is a comma, too; a suffix such as ``Jr.`` stays with its name. But "Smith, John A." is one person and
    "Institute of Arts and Letters, Kiln" one body: by commas only full names are parted (see `are_people`), unless the
    text is too long to be one name. Without a separator the text is one name, trimmed.
    """
    parts = [text] if _ENTITY.search(text) else _SEMICOLON.split(text)
    return tuple([name for part in parts for name in _between_commas(part)])


def is_one_name(name: str) -> bool:
    """Whether a name that `split_names` gives holds no comma, but for one before a suffix."""
    return not _COMMA.search(_SUFFIXES.sub("", name))


def are_certain(text: str) -> bool:
    """Whether it is certain which names `split_names` gives: each is one, and none was cut for its length."""
    return all(map(is_one_name, split_names(text))) and all(
        len(part) <= _LONGEST or are_people(split_names(part)) for part in _SEMICOLON.split(text)
    )


def are_people(names: Iterable[str]) -> bool:
    """Whether each is certainly the full name of a person, so that they are several people, and no parts of one name.

    A full name has a given and a family name, no word that speaks of a body, and does not end with an initial, unless
    all of them do: "Smith J., Roe A.". Chinese, Japanese and Korean ones have no space and few characters.
    """
    # What a template left there is no name, and so no part of one.
    people = [_SUFFIXES.sub("", name) for name in names if not is_placeholder(name)]
    if not all(map(_may_be_full, people)):
        return False
    abbreviated = [_INITIALS.fullmatch(name.split()[-1]) is not None for name in people]
    return all(abbreviated) or not any(abbreviated)


def _between_commas(text: str) -> tuple[str, ...]:
    parts = _COMMA.split(text)
    if len(parts) == 1:
        return (text.strip(),) if text.strip() else ()
    names: list[str] = []
    for part in parts:
        for name in _around_and(part):
            if names and SUFFIX.fullmatch(name):
                names[-1] += f", {name}"
            else:
                names.append(name)
    uncertain = len(names) > 1 and not are_people(names) and len(text) <= _LONGEST
    return (text.strip(_EDGES),) if uncertain else tuple(names)


def _may_be_full(name: str) -> bool:
    """Whether a name may be the full one of a person."""
    words = name.split()
    if len(words) == 1:
        return 1 < len(name) <= _MOST_IDEOGRAPHS and all(map(is_ideograph, name))
    if not 1 < len(words) <= _MOST_WORDS or not all(map(_IN_NAMES.fullmatch, words)):
        return False
    # Particles are small, as in Guido van Rossum; but "van der Berg" is only a family name.
    return not (words[0][0].islower() or words[-1][0].islower()) and not speaks_of_body(name)


def is_ideograph(character: str) -> bool:
    """Whether a character is Chinese, Japanese or Korean."""
    return unicodedata.name(character, "").startswith(("CJK", "HANGUL", "HIRAGANA", "KATAKANA"))


def _around_and(part: str) -> list[str]:
    """The names on both sides of the word "and", trimmed, empty ones left out."""
    words = part.split()
    if not {"and", "&"}.intersection(words):
        return [part.strip()] if words else []
    names: list[list[str]] = [[]]
    for word in words:
        if word in {"and", "&"}:
            names.append([])
        else:
            names[-1].append(word)
    return [" ".join(name) for name in names if name]
