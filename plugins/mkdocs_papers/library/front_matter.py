"""What the front matter of a note may say: the keys that this plugin, MkDocs and Material read, and their types.

Whoever reads such a key counts on its type: one of another type would stop the build. Other keys are the owner's.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeGuard

import yaml


def _is_text(value: object) -> bool:
    return isinstance(value, str | int | float | dt.date) and not isinstance(value, bool)


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def is_search(value: object) -> TypeGuard[dict[str, Any]]:
    """Whether a value says of a page what searches are to do with it."""
    if not isinstance(value, dict) or not isinstance(value.get("exclude", False), bool):
        return False
    boost = value.get("boost", 1)
    # YAML has numbers without end, and one that is none.
    return isinstance(boost, int | float) and 0 <= boost <= _MOST_BOOST


_MOST_BOOST = 1000
_TRUTHS = frozenset(("true", "false", "yes", "no", "on", "off"))
_TEXT = (_is_text, "write text")
_TEXTS = (_are_texts, "write a list of texts, [one, two]")
_TRUTH = (lambda value: isinstance(value, bool) or str(value).strip().casefold() in _TRUTHS, "write true or false")

KEYS: Mapping[str, tuple[Callable[[object], bool], str]] = {
    **dict.fromkeys(("title", "subtitle", "description", "author", "icon", "status"), _TEXT),
    **dict.fromkeys(("location", "revision_date", "edit_url", "canonical_url", "link"), _TEXT),
    **dict.fromkeys(("authors", "categories"), (lambda value: _is_text(value) or _are_texts(value), _TEXTS[1])),
    **dict.fromkeys(("draft", "comments", "render_macros", "pin"), _TRUTH),
    "date": (lambda value: _is_text(value) or isinstance(value, dict), "write a day, 2024-05-31"),
    # mkdocs-macros-plugin stops the build at it.
    "ignore_macros": (lambda _: False, "write 'render_macros: false'"),
    "hide": (_are_texts, "write a list, [navigation, toc]"),
    "search": (is_search, "write 'search: {exclude: true}' or 'search: {boost: 2}'"),
    "source": (lambda value: isinstance(value, str) or _are_texts(value), _TEXTS[1]),
    "template": (lambda value: isinstance(value, str), "write the name of a template, post.html"),
    "social": (lambda value: isinstance(value, dict), "write 'name: value' lines below it"),
    "tags": _TEXTS,
}
"""For each key whether a value is of its type, and what would be right
(https://www.mkdocs.org/user-guide/writing-your-docs/#yaml-style-meta-data and Material's reference)."""


def wrong_values(front: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """The keys of a front matter whose values are of another type than readers count on, each with what would be right.

    A key without a value says nothing, and so nothing wrong.
    """
    for name, value in front.items():
        fits, right = KEYS.get(name, (None, ""))
        if fits is not None and value is not None and not fits(value):
            yield name, right


def place_of(text: str, name: str) -> tuple[int, int] | None:
    """Where the value of a key begins in a YAML mapping: line and column from 0; None where it holds no such key."""
    root: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    for key, value in getattr(root, "value", ()):
        if str(key.value) == name:
            return value.start_mark.line, value.start_mark.column
    return None
