"""In which language a note is written."""

import re
from collections import Counter
from collections.abc import Mapping

from mkdocs_papers.library.model import Note

_LOOKED_AT = 1500
"""So many characters of a note tell its language."""

_SCRIPTS: tuple[tuple[str, float, re.Pattern[str]], ...] = (
    ("ko", 0.1, re.compile("[\uac00-\ud7af\u1100-\u11ff]")),
    # Kana stand among Chinese characters, which are more.
    ("ja", 0.03, re.compile("[\u3040-\u30ff]")),
    ("zh", 0.1, re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")),
    ("ru", 0.1, re.compile("[\u0400-\u04ff]")),
)
"""Languages by their letters, a script that holds another's before that, and the share of a text from which they tell.
Notes in Chinese hold many words in Latin letters."""

_WORDS: Mapping[str, str] = {
    "en": "the of and to is in that for with are this which as on by",
    "de": "der die und das ist nicht ein eine mit den von zu auf wird sich",
    "fr": "le la les des et est une dans que pour qui sur par pas du",
    "es": "el la los las y es una en que para por con del se no",
    "it": "il la di che è un una per con non sono del della i gli",
    "pt": "o a os as e é uma em que para por com do da não",
}
"""Frequent words of languages in Latin letters."""
_FREQUENT = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_ANY = frozenset().union(*_FREQUENT.values())
_WORD = re.compile(r"[^\W\d_]+")


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
    if not text.isascii():
        for language, share, letters in _SCRIPTS:
            if len(letters.findall(text)) > share * len(text):
                return language
    words = Counter(filter(_ANY.__contains__, _WORD.findall(text.casefold())))
    known = {language: sum([words[word] for word in frequent]) for language, frequent in _FREQUENT.items()}
    best = max(known, key=known.__getitem__)
    return best if known[best] else None
