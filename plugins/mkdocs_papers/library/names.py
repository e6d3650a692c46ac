"""Words and names as people write them: tidied for display, folded for comparison, made one by aliases."""

import functools
import re
import string
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""Control characters, lone surrogates and non-characters: no HTML, XML or UTF-8 file can hold them."""

_UNUSABLE_IN_NAME = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")

_BETWEEN_WORDS = re.compile(r"[\s‐‑-]+")

_ASCII_FOLD = str.maketrans(
    {
        **{letter: letter.lower() for letter in string.ascii_uppercase},
        **dict.fromkeys(string.whitespace + "".join(c for c in string.punctuation if c not in "$+<=>^`|~")),
    }
)


def is_usable_name(path: str) -> bool:
    """Whether a file's path can stand in an address and on a line of text: no control character, no broken bytes."""
    return _UNUSABLE_IN_NAME.search(path) is None


def printable(path: str) -> str:
    """The path with U+FFFD in place of what makes it unusable."""
    return _UNUSABLE_IN_NAME.sub("\ufffd", path)


def one_line(text: str) -> str:
    """The text on one line: trimmed, runs of white space one space, unprintable characters replaced by U+FFFD."""
    line = " ".join(text.split())
    return line if line.isprintable() else _UNPRINTABLE.sub("\ufffd", line)


def paragraphs(text: str) -> str:
    """The text trimmed, each line end a line feed, unprintable characters replaced by U+FFFD."""
    return _UNPRINTABLE.sub("\ufffd", "\n".join(text.strip().splitlines()))


@functools.lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """The text without what two spellings of one name differ in: letter case, accents, punctuation and spaces.

    Mathematical and other symbols stay, so ``LoRA+`` and ``LoRA`` differ.
    """
    if text.isascii():
        return text.translate(_ASCII_FOLD)
    return "".join(
        c for c in unicodedata.normalize("NFKD", text.casefold()) if unicodedata.category(c)[0] not in "MPZC"
    ).casefold()


@functools.lru_cache(maxsize=100_000)
def fold_words(text: str) -> str:
    """The same, but what spaces and hyphens part stays parted: "Jae-joon Kim" is "Jae Joon Kim", not "Jaejoon Kim"."""
    return " ".join(filter(None, map(fold, _BETWEEN_WORDS.split(text))))


def fold_case(text: str) -> str:
    """The text without letter case, and with accented letters in one form (macOS stores them in another)."""
    return text.casefold() if text.isascii() else unicodedata.normalize("NFC", text.casefold())


@dataclass(frozen=True)
class Aliases:
    """Which spelling to use for each that people write."""

    spellings: Mapping[str, str] = field(default_factory=dict)

    @functools.cached_property
    def _exact(self) -> dict[str, str]:
        return {one_line(written): one_line(used) for written, used in self.spellings.items()}

    @functools.cached_property
    def _folded(self) -> dict[str, str]:
        return {fold_case(written): used for written, used in self._exact.items()}

    @functools.cached_property
    def chosen(self) -> frozenset[str]:
        """The spellings that the aliases lead to."""
        return frozenset(map(self.canonical, self._exact))

    def canonical(self, name: str) -> str:
        """The spelling to use for a name: as the table says, exactly or in other letter case, else as written."""
        seen = set()
        while self.spellings and name not in seen:
            seen.add(name)
            used = self._exact.get(name) or self._folded.get(fold_case(name), name)
            if used in seen:
                break
            name = used
        return name
