"""Citation keys: what a paper is cited by in a manuscript, in every format the same."""

import functools
import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from mkdocs_papers.incremental.database import Database
from mkdocs_papers.incremental.operators import Groups
from mkdocs_papers.views.view_inputs import PAPERS

_UNSAFE = re.compile(r"[^A-Za-z0-9+._-]+")
"""What TeX, BibTeX, Biber or Pandoc cannot take in a citation key everywhere; ``:`` is active in French."""

_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")


def citation_key(db: Database, key: str) -> str:
    """What a paper of a library is cited by."""
    plain = _plain(key)
    alike = _alike.at(db, plain.casefold())
    return plain if len(alike) == 1 else citation_keys(alike)[key]


def citation_keys(keys: Iterable[str]) -> dict[str, str]:
    """The citation key of each record: ``2024/LoRA+`` becomes ``LoRA+2024``.

    No two are equal, not even up to letter case, for BibTeX does not look at it. Records whose stems differ only in
    what a citation key cannot hold (``2024/Tyr``, ``2024/Týr``) each get letters of their own after the year; which
    letters depends only on the record's key.
    """
    plain = {key: _plain(key) for key in keys}
    shared = Counter(candidate.casefold() for candidate in plain.values())
    return {
        # A plain key ends in a digit and one with letters in a letter: they cannot meet.
        key: candidate if shared[candidate.casefold()] == 1 else f"{candidate}-{_letters(key)}"
        for key, candidate in plain.items()
    }


@functools.lru_cache(maxsize=100_000)
def _plain(key: str) -> str:
    year, _, stem = key.partition("/")
    ascii_stem = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    return (_UNSAFE.sub("-", ascii_stem).strip("-.") or "paper") + year


_alike: Groups[[], str, str] = Groups(PAPERS, lambda key, _paper: (_plain(key).casefold(),))
"""The keys of the papers that want to be cited by the same, up to letter case."""


def _letters(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:8].translate(_LETTERS)
