"""Folding as the browse page's scripts do it (``fold.js``), once more in Python."""

import re
import unicodedata

_SPACE = re.compile("[\\t\\n\\v\\f\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff]+")
"""White space as JavaScript understands it."""

_ACCENTS = dict.fromkeys(range(0x300, 0x370))
_PLAIN = str.maketrans({
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i", "ς": "σ",
})  # fmt: skip


def fold(text: str) -> str:
    """A text without letter case, accents, width and superfluous white space."""
    bare = unicodedata.normalize("NFKD", text).translate(_ACCENTS).lower().translate(_ACCENTS)
    return _SPACE.sub(" ", bare.translate(_PLAIN)).strip(" ")
