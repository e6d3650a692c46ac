"""In which language a note is written."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping

from mkdocs_papers.library.model import Note

_LOOKED_AT = 4000
"""So many characters of a note tell its language."""
_ENOUGH = 0.15
"""The share of letters from which on a script says the language: notes in Chinese hold many words in Latin letters."""

_SCRIPTS: Mapping[str, str] = {"HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh", "CYRILLIC": "ru"}
"""Languages by how Unicode's names of their letters begin, a script that holds another's letters before that."""

_WORDS: Mapping[str, str] = {
    "en": "the of and to is in that for with are this which as on by",
    "de": "der die und das ist nicht ein eine mit den von zu auf wird sich",
    "fr": "le la les des et est une dans que pour qui sur par pas du",
    "es": "el la los las y es una en que para por con del se no",
    "it": "il la di che è un una per con non sono del della i gli",
    "pt": "o a os as e é uma em que para por com do da não",
}
"""Frequent words of languages in Latin letters."""


def language_of(note: Note) -> str | None:
    """The language of a note, as ISO 639-1 has it: ``en``, ``zh``.

    Its front matter's ``language`` or ``lang`` counts first; else its letters and most frequent words tell. None where
    they do not.
    """
    for name in ("language", "lang"):
        said = note.meta.get(name)
        if isinstance(said, str) and (found := re.match(r"[a-z]{2,3}(?![a-z])", said.strip().casefold())):
            return found[0]
    text = f"{note.title} {note.text}"[:_LOOKED_AT]
    letters = [letter for letter in text if letter.isalpha()]
    if not text.isascii():
        scripts = Counter(unicodedata.name(letter, "").partition(" ")[0] for letter in letters if letter > "\u02af")
        for script, language in _SCRIPTS.items():
            # Kana stand among Chinese characters, which are more.
            enough = _ENOUGH / 3 if language == "ja" else _ENOUGH
            if scripts[script] > enough * len(letters):
                return language
    words = Counter(re.findall(r"[^\W\d_]+", text.casefold()))
    known = {language: sum(words[word] for word in frequent.split()) for language, frequent in _WORDS.items()}
    best = max(known, key=lambda language: known[language])
    return best if known[best] else None
