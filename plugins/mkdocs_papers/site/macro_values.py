"""The library as a variable of macros.

What a page of ``docs/`` prints of it goes through Markdown, where a title such as ``*b*`` would become markup. So each
text that it gives out is written in character references wherever Markdown or HTML would see more than text. What a
page asks of a text, or makes of it, goes by the text as it was written: its length, a part of it, its capitals.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import Any, Self

from jinja2.filters import do_striptags

from mkdocs_papers.library.model import Library
from mkdocs_papers.records.addresses import is_http_address

# Python-Markdown and the macros mark what they have set aside with the control and private characters.
_MORE_THAN_TEXT = re.compile("[!-/:-@\\[-`{-~\x00-\x1f\ue000-\uf8ff]")
_MORE_THAN_ADDRESS = re.compile("[\"$&'()*+<=>\\[-`{-~\x00-\x1f\ue000-\uf8ff]")
_REFERENCE = re.compile("&#([0-9]{2,5});")
_ADDRESSES = frozenset(("address", "pdf", "url"))
"""Attributes that hold an http(s) address: what parts an address stays, so that ``<{{ paper.url }}>`` is a link."""


class Text(str):
    """A text of the library: prints as plain text on a Markdown page, and compares as it was `written`."""

    __slots__ = ("written",)

    written: str

    def __new__(cls, written: str, *, address: bool = False) -> Self:
        """Take the text as it was written, and whether it is an http(s) address."""
        made = super().__new__(cls, (_MORE_THAN_ADDRESS if address else _MORE_THAN_TEXT).sub(_reference, written))
        made.written = written
        return made

    def __eq__(self, other: object) -> bool:
        """Whether both were written alike."""
        return self.written == as_written(other)

    def __lt__(self, other: object) -> bool:
        """Whether it comes first by what was written."""
        return self.written < str(as_written(other))

    def __hash__(self) -> int:
        """As the text that was written."""
        return hash(self.written)

    def __len__(self) -> int:
        """How many characters were written."""
        return len(self.written)

    def __iter__(self) -> Iterator[Any]:
        """The characters that were written."""
        return map(as_text, self.written)

    def __str__(self) -> Text:
        """The text itself: filters turn what they get into a text first."""
        return self

    def __html__(self) -> str:
        """It is HTML already, so the filter ``escape`` leaves it."""
        return super().__str__()


def _by_what_was_written(name: str) -> Callable[..., Any]:
    """A method of text that looks at what was written, and gives what it makes of that as text again."""
    method = getattr(str, name)

    @functools.wraps(method)
    def asked(text: Text, *values: object, **named: object) -> Any:
        return as_text(method(text.written, *map(as_written, values), **named))

    return asked


for _name in """
    __contains__ __getitem__ __gt__ __le__ __ge__ capitalize casefold center count endswith expandtabs find index
    isalnum isalpha isascii isdecimal isdigit islower isnumeric isspace istitle isupper ljust lower lstrip partition
    removeprefix removesuffix replace rfind rindex rjust rpartition rsplit rstrip split splitlines startswith strip
    swapcase title translate upper zfill
""".split():  # noqa: SIM905 - so many words read better than so many quoted ones
    setattr(Text, _name, _by_what_was_written(_name))


def _reference(match: re.Match[str]) -> str:
    character = match[0]
    return " " if character in "\t\n\r\x0b\x0c" else f"&#{ord(character)};"


class _Values(Mapping[Any, Any]):
    """A mapping whose values, and keys where they are printed, are text."""

    def __init__(self, values: Mapping[Any, Any]) -> None:
        self._values = values

    def __getitem__(self, key: object) -> Any:
        return as_text(self._values[key.written if isinstance(key, Text) else key])

    def __iter__(self) -> Iterator[Any]:
        return map(as_text, self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return Text(repr(dict(self._values)))


class _Attributes:
    """A value of the library whose texts print as text."""

    def __init__(self, value: object) -> None:
        self._value = value

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        value = getattr(self._value, name)
        if name in _ADDRESSES and isinstance(value, str) and is_http_address(value):
            return Text(value, address=True)
        return as_text(value)

    def __eq__(self, other: object) -> bool:
        return self._value == (other._value if isinstance(other, _Attributes) else other)

    def __hash__(self) -> int:
        return hash(self._value)

    def __repr__(self) -> str:
        return Text(repr(self._value))


def as_text(value: object) -> Any:
    """The value, with every text in it as `Text`."""
    if isinstance(value, str):
        return value if isinstance(value, Text) else Text(value)
    if isinstance(value, Mapping):
        return _Values(value)
    if isinstance(value, tuple | list | set | frozenset):
        return tuple(map(as_text, value))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _Attributes(value)
    return value


def as_written(value: object) -> object:
    """The value as the library has it, where a page got it from there, and perhaps put more to it."""
    if isinstance(value, Text):
        return value.written
    return _REFERENCE.sub(lambda found: chr(int(found[1])), value) if isinstance(value, str) else value


def adapt(filters: MutableMapping[str, Callable[..., Any]]) -> None:
    """Let Jinja's filters that take a text apart by themselves go by what was written.

    They would part or count the characters of a reference, and what is left of one may be markup: "#35;" is a heading.
    """
    for name in ("float", "int", "title", "urlencode", "wordcount", "wordwrap"):
        filters[name] = _on_what_was_written(filters[name], address=name == "urlencode")
    filters["striptags"] = _without_tags


def _on_what_was_written(function: Callable[..., Any], *, address: bool) -> Callable[..., Any]:
    @functools.wraps(function)  # and what Jinja has noted on it
    def asked(*values: object, **named: object) -> Any:
        if not any(isinstance(value, Text) for value in values):
            return function(*values, **named)
        made = function(*(value.written if isinstance(value, Text) else value for value in values), **named)
        return Text(made, address=address) if isinstance(made, str) else made

    return asked


def _without_tags(value: Any) -> str:
    """Jinja's filter ``striptags``, which would make markup of a text that has no tags to begin with."""
    return str(value) if isinstance(value, Text) else do_striptags(value)


class LibraryVariable:
    """The library as a variable of macros, read when it is used: macros are registered before it is loaded."""

    def __init__(self, library: Callable[[], Library]) -> None:
        self._library = library

    def __getattr__(self, name: str) -> Any:
        """Any attribute of the library."""
        if name.startswith("_"):
            raise AttributeError(name)
        return as_text(getattr(self._library(), name))

    def __repr__(self) -> str:
        return "library"
