"""A page as the search knows it, and how much each word says of it."""

import itertools
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated

import msgspec

from mkdocs_papers.search.words import FUNCTION_WORDS, counted, neighbours, words

MOST = 255
"""The greatest weight of a word."""

MOST_BOOST = 1000
"""The greatest number that the words of a page can be multiplied by."""

_IDENTIFIER = _NAME = MOST
_TITLE, _SHORT_TITLE = 70, 110
_FIRST_AUTHOR, _PEOPLE, _SUBJECT, _HEADING = 90, 70, 45, 50
_TEXT = 26
_INSIDE = 0.6
"""What a word counts for that is a part of another, or made of two."""
_USUAL_WORDS = 300
"""In a text of so many words, one that stands there once counts half of `_TEXT`."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page: what a heading stands over.

    Attributes:
        anchor: of the heading; empty for what comes before the first.
        heading: plain text; empty where there is none.
        text: plain text, each paragraph on a line.
    """

    anchor: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """A page as the search knows it. All is plain text.

    Attributes:
        location: its address, relative to the site's root.
        title: what a hit shows.
        about: what a hit says besides the title, such as venue and year; may be empty.
        kind: what kind of page it is, in the reader's language; empty where its title says enough.
        names: what it goes by, such as an abbreviation.
        identifiers: words by which nothing else goes, such as a DOI, in small letters.
        people: names of people; the first one stands for the page, as in a citation.
        subjects: other short texts that say what it is about.
        hidden: other words that it is found by, and that no hit shows.
        parts: its text.
        boost: how much more it counts than others that fit as well.
    """

    location: str
    title: str
    about: str = ""
    kind: str = ""
    names: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    boost: Annotated[float, msgspec.Meta(ge=0, le=MOST_BOOST)] = 1.0

    def shown(self) -> dict[str, object]:
        """What hits show of it, in JSON's values."""
        return {
            "location": self.location,
            "title": self.title,
            "about": self.about,
            "kind": self.kind,
            "facts": [", ".join(self.people), *self.subjects],
            "parts": [[part.anchor, part.heading, part.text] for part in self.parts],
        }

    def rows(self) -> frozenset[int]:
        """Which words stand in a row in what hits show of it; see `neighbours`."""
        parts = itertools.chain.from_iterable((part.heading, part.text) for part in self.parts)
        texts = (self.title, self.about, ", ".join(self.people), *self.subjects, *parts)
        return frozenset(itertools.chain.from_iterable(map(neighbours, texts)))


def weights(document: Document) -> Mapping[str, int]:
    """How much each word says of a page, from 1 to `MOST`.

    It depends only on the page, so that a change of one page changes no other's.
    """
    found: dict[str, float] = {}

    def put(texts: Iterable[str], weight: float) -> None:
        for text in texts:
            for word, alone in words(text):
                value = weight if alone else weight * _INSIDE
                if value > found.get(word, 0):
                    found[word] = value

    title = [word for word, alone in words(document.title) if alone]
    put([document.title], _TITLE + _SHORT_TITLE / math.sqrt(len(title) or 1))
    put(document.people[:1], _FIRST_AUTHOR)
    put(document.people[1:], _PEOPLE)
    put([*document.subjects, *document.hidden, document.about], _SUBJECT)
    put([part.heading for part in document.parts], _HEADING)
    for name in document.names:
        put([name], _TITLE + _SHORT_TITLE / 2)
        put_whole = [word for word, alone in words(name) if alone]
        if len(put_whole) == 1 or (put_whole and "+" in name):
            found[put_whole[0]] = _NAME
    found.update(dict.fromkeys(document.identifiers, float(_IDENTIFIER)))
    counts = counted(part.text for part in document.parts)
    length = 0.5 + 0.5 * counts.total() / _USUAL_WORDS
    for (word, alone), count in counts.items():
        weight = _TEXT * count / (count + length) * (1 if alone else _INSIDE)
        found[word] = found.get(word, 0) + weight
    return {
        word: min(MOST, round(value * document.boost)) or 1
        for word, value in found.items()
        if word not in FUNCTION_WORDS
    }
