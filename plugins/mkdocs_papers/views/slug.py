"""Slugs: a name as one segment of an address, fit for every file system."""

import functools
import hashlib
import re
import unicodedata
from collections.abc import Iterable

_LONGEST = 80
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d|index|readme|page)$", re.IGNORECASE)
"""Names that Windows or MkDocs gives a meaning of its own, and ``page``, which paged listings use."""


@functools.lru_cache(maxsize=100_000)
def slug(name: str) -> str:
    """A name as one segment of an address: letters and digits of any script, ``-``, ``_``, ``.`` and ``+``.

    Two names may share a slug; see `slugs`.
    """
    text = re.sub(r"[^\w.+-]+", "-", unicodedata.normalize("NFC", name)).strip("-.")
    if not text:
        return "x-" + hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    if len(text.encode()) > _LONGEST:
        digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        text = text.encode()[: _LONGEST - 9].decode("utf-8", "ignore").rstrip("-.") + "-" + digest
    return f"{text}-" if _RESERVED.match(text) else text


_NUMBERED = re.compile(r"(?:-[0-9]+)+$")


def family(slug: str) -> str:
    """What those slugs have in common of which one can be in the way of another: they differ in case and numbers only.

    Names whose slugs are of different families get the same from `slugs`, together or apart.
    """
    return _NUMBERED.sub("", slug.casefold())


def slugs(names: Iterable[str]) -> dict[str, str]:
    """A slug for each name, none like another up to letter case (such folders cannot live on every machine)."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in sorted(set(names)):
        wanted = candidate = slug(name)
        number = 2
        while candidate.casefold() in taken:
            candidate = f"{wanted}-{number}"
            number += 1
        taken.add(candidate.casefold())
        found[name] = candidate
    return found
