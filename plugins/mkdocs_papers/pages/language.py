"""The interface's words, one table a language, in ``languages/``.

A language is a TOML file of keys and texts; a text may hold ``{n}`` and other names. A key that is there
with ``.one`` as well has a singular. To add a language, add a file.
"""

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_FOLDER = Path(__file__).parent.parent / "languages"
_DEFAULT = "en"


@dataclass(frozen=True)
class Language:
    """The interface's words in one language, such as ``zh``, by key."""

    code: str
    texts: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key, its names filled in."""
        if values.get("n") == 1 and f"{key}.one" in self.texts:
            key = f"{key}.one"
        text = self.texts[key]
        return text.format(**values) if values else text

    def find(self, key: str) -> str | None:
        """The text of a key as it stands, or None."""
        return self.texts.get(key)


@functools.cache
def language(code: str) -> Language:
    """The language of that code (``zh-Hant`` and ``zh_CN`` fall back to ``zh``), else English; English fills gaps."""
    name = code.replace("_", "-").split("-")[0].lower()
    path = _FOLDER / f"{name}.toml"
    texts = _read(_FOLDER / f"{_DEFAULT}.toml")
    if name.isalpha() and path.is_file():
        return Language(name, {**texts, **_read(path)})
    return Language(_DEFAULT, texts)


def _read(path: Path) -> dict[str, str]:
    return {str(key): str(text) for key, text in tomllib.loads(path.read_text(encoding="utf-8")).items()}
