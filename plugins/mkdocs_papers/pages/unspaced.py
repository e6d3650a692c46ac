"""Words in scripts that are written without spaces: Chinese, Japanese, and what Korean runs together.

A search that knows words by the spaces between them takes ``稀疏注意力机制`` for one word, and finds it by its
beginning only. But every word in there is the beginning of what is left of the run from some character on. So each of
these tails becomes a word that a page is found by, and no dictionary is needed: whatever stands in the text is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

LETTERS = (
    r"\u3005-\u3007"  # 々〆〇
    r"\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # Kana
    r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # Han
    r"\uac00-\ud7a3"  # Hangul
)
"""The characters of such words, as between the brackets of a regular expression, Python's or a browser's."""

MARK = "\u2063"
"""An invisible character, for a search engine to know a run in a text from a query, which has none."""

LONGEST_TAIL = 5
"""In characters. Terms are rarely longer, and each character more costs the index a fifth; longer queries are taken
apart, see `site.search.SEPARATOR`.
"""

_RUN = re.compile(f"[{LETTERS}]+")


def marked(text: str) -> str:
    """Text with `MARK` before each run."""
    return _RUN.sub(lambda run: f"{MARK}{run[0]}", text)


def tails(texts: Iterable[str]) -> list[str]:
    """The tails of all runs in some texts, each once, cut to `LONGEST_TAIL`, with `MARK` at the end."""
    runs = dict.fromkeys(run for text in texts for run in _RUN.findall(text))
    found = dict.fromkeys(run[start : start + LONGEST_TAIL] for run in runs for start in range(len(run)))
    return [f"{tail}{MARK}" for tail in found]
