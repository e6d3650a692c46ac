"""People's names in parts, for what sorts and abbreviates them."""

import functools
from dataclasses import dataclass

from mkdocs_papers.library.model import Paper
from mkdocs_papers.library.names import one_line
from mkdocs_papers.records.authors import SUFFIX, is_ideograph


@dataclass(frozen=True, slots=True)
class Person:
    """A name in parts. Of a name that has no parts, a group's or one without spaces, all is `family`.

    Attributes:
        family: the name to sort by, without particles.
        given: the names before it.
        particle: lower-case words between both: ``van der``.
        suffix: ``Jr.``, ``III``.
    """

    family: str
    given: str = ""
    particle: str = ""
    suffix: str = ""

    @property
    def natural(self) -> str:
        """The name as it is said, without suffix: ``Guido van Rossum``."""
        return " ".join(filter(None, (self.given, self.particle, self.family)))

    @property
    def inverted(self) -> str:
        """The name with the family first, as RIS wants it: ``van Rossum, Guido, Jr.``."""
        family = " ".join(filter(None, (self.particle, self.family)))
        return ", ".join(filter(None, (family, self.given, self.suffix)))


def people(paper: Paper) -> tuple[Person, ...]:
    """The authors of a paper, their names in parts."""
    return tuple(person(name) for name in paper.authors if name.strip())


@functools.lru_cache(maxsize=50_000)
def person(name: str) -> Person:
    """The parts of a name written given name first, as BibTeX tells them apart.

    The last word is of the family name; from the first to the last lower-case word between it and the first word go the
    particles. A name with a comma that parts no suffix is left whole, and so is one in Chinese, Japanese or Korean
    characters.

    Args:
        name: as `Paper.authors` holds it, ``Guido van Rossum`` or ``Sammy Davis, Jr.``.
    """
    text = one_line(name)
    before, comma, after = text.partition(",")
    suffix = ""
    if comma:
        if not SUFFIX.fullmatch(after.strip()):
            return Person(text)
        suffix = after.strip()
    parts = before.split()
    if not comma and len(parts) > 2 and SUFFIX.fullmatch(parts[-1]):  # noqa: PLR2004 - a given and a family name
        suffix = parts.pop()
    if len(parts) < 2 or (not before.isascii() and any(map(is_ideograph, before))):  # noqa: PLR2004 - as above
        return Person(text)
    last = len(parts) - 1
    lower = [position for position in range(1, last) if is_lower(parts[position])] or [last]
    start, end = lower[0], min(lower[-1] + 1, last)
    return Person(" ".join(parts[end:]), " ".join(parts[:start]), " ".join(parts[start:end]), suffix)


def is_lower(word: str) -> bool:
    """Whether a word's first letter is a small one, which makes BibTeX take it for a particle."""
    return next((character for character in word if character.isalpha()), "").islower()
