"""Did you mean: the known word that is nearest to an unknown one."""

import difflib
from collections.abc import Iterable

_LONGEST = 100
"""Longer words get no suggestion: nobody mistypes them, and comparing them takes time."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is most like this one, letter case aside, or None where none is alike.

    Of words that are equally alike the first one wins.
    """
    folded = word.strip().casefold()
    if not folded or len(folded) > _LONGEST:
        return None
    by_folded: dict[str, str] = {}
    for candidate in known:
        by_folded.setdefault(candidate.casefold(), candidate)
    if folded in by_folded:
        return by_folded[folded]
    alike = difflib.get_close_matches(folded, by_folded, n=1, cutoff=0.7)
    return by_folded[alike[0]] if alike else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The clause ``did you mean 'title'?`` for the nearest known word, else an empty string."""
    match = nearest(word, known)
    return f"did you mean {match!r}?" if match else ""
