"""Did you mean: the known word that is nearest to an unknown one."""

from collections.abc import Iterable

_LONGEST = 100
"""Longer words get no suggestion: nobody mistypes them."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is most like this one, letter case aside, or None where none is alike.

    Of words that are equally alike the first one wins.
    """
    folded = word.strip().casefold()
    if not folded or len(folded) > _LONGEST:
        return None
    # Four megabytes, which a library without a mistake needs not.
    from rapidfuzz import process  # noqa: PLC0415
    from rapidfuzz.distance import Indel  # noqa: PLC0415

    words = {candidate: candidate.casefold() for candidate in known}
    alike = process.extractOne(folded, words, scorer=Indel.normalized_similarity, score_cutoff=0.7)
    return alike[2] if alike else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The clause ``did you mean 'title'?`` for the nearest known word, else an empty string."""
    match = nearest(word, known)
    return f"did you mean {match!r}?" if match else ""
