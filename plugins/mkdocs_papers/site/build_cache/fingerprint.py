"""Fingerprints of what pages depend on: configuration, theme, programs, the menu, and each page's own source."""

import dataclasses
import functools
import hashlib
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

import msgspec
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation
from mkdocs.utils import get_build_date

from mkdocs_papers.records.read import Places
from mkdocs_papers.site.files import PLUGIN, NoteFile, OwnFile, SourceFile
from mkdocs_papers.site.global_inputs import files_in, global_inputs

_PACKAGE = Path(__file__).parent.parent.parent

_BYTES = 16
"""The length of a page's fingerprint."""

_DATES = re.compile(rb"build_date_utc|update_date|\bnow\s*\(")
"""How a theme's template would print the day of the build."""

_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
"""In the name that Python gives an object: another one in each process."""

_NOT_SHOWN = frozenset({"site_dir", "watch", "dev_addr", "strict"})
"""Settings that no page shows."""


def configuration_fingerprint(config: MkDocsConfig) -> bytes:
    """A digest of all that every page depends on and that is known before the first page: 32 bytes."""
    root = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
    digest = hashlib.blake2b(digest_size=32)
    settings = {name: value for name, value in config.items() if name not in _NOT_SHOWN}
    machine, theme = (sys.version, sys.byteorder), (list(config.theme.dirs), _plain(vars(config.theme)))
    told = [machine, _programs(), _plain(settings), theme]
    digest.update(json.dumps(told, sort_keys=True).encode("utf-8", errors="surrogatepass"))
    if _shows_the_day(config):
        digest.update(get_build_date().encode())
    # Programs that are no installed distribution, such as a Markdown extension beside mkdocs.yml, have no version.
    own = [Path(file) for module in list(sys.modules.values()) if (file := _below(root, module))]
    for path in sorted({*files_in([_PACKAGE, *global_inputs(config), *own])}):
        content = Path(path).read_bytes()
        digest.update(f"\0{path}\0{len(content)}\0".encode("utf-8", errors="surrogateescape"))
        digest.update(content)
    return digest.digest()


@functools.cache
def _programs() -> list[str]:
    """What is installed, with its version: it stays so while this process runs."""
    return sorted({f"{each.name} {each.version}" for each in metadata.distributions()})


def menu_fingerprint(nav: Navigation, documents: Iterable[File]) -> bytes:
    """A digest of what pages show of others through the theme: the menu, titles, icons: 32 bytes."""
    text = json.dumps([str(nav), [_in_menu(file) for file in documents]], sort_keys=True)
    return hashlib.blake2b(text.encode("utf-8", errors="surrogatepass"), digest_size=32).digest()


def page_fingerprint(file: OwnFile, menu: bytes) -> bytes | None:
    """A digest of what a page is made from besides the configuration; None where there can be none."""
    if isinstance(file, NoteFile):
        # Front matter holds whatever YAML can say; MessagePack would say a date as a text.
        written = dataclasses.replace(file.note, meta={})
        source: object = (written, repr(file.note.meta), file.header)
    else:
        assert isinstance(file, SourceFile)  # noqa: S101 - there are no other pages of ours
        source = (file.source.template, file.source)
    return _digest((file.dest_uri, file.edit_uri, source), menu)


def _digest(value: object, key: bytes = b"") -> bytes | None:
    try:
        content = _ENCODER.encode(value)
    except (TypeError, ValueError, OverflowError, RecursionError):
        return None
    return hashlib.blake2b(content, digest_size=_BYTES, key=key).digest()


def _encoded(value: object) -> object:
    """What stands for a value that MessagePack has no form for."""
    if isinstance(value, str):  # Markup
        return str.__str__(value)
    if isinstance(value, Places):  # no part of what a record says
        return None
    raise TypeError(type(value))


_ENCODER = msgspec.msgpack.Encoder(enc_hook=_encoded)


def _below(root: Path, module: object) -> str | None:
    """The file of a module that lies below a folder and is not installed there."""
    file = getattr(module, "__file__", None)
    if not isinstance(file, str) or not file.startswith(f"{root}{os.sep}") or "site-packages" in file:
        return None
    return file if Path(file).is_file() else None


def _shows_the_day(config: MkDocsConfig) -> bool:
    return any(_DATES.search(path.read_bytes()) for folder in config.theme.dirs for path in _templates(folder))


def _templates(folder: str) -> Iterator[Path]:
    """The templates of a theme but for hidden ones: among those Material has the folders of ten thousand icons."""
    for where, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(where, name) for name in names if name.endswith(".html"))


def _in_menu(file: File) -> object:
    page = file.page
    # Of our own pages, whose front matter is made up, the menu shows the title.
    meta = {} if page is None or file.generated_by == PLUGIN else page.meta
    return [file.url, None if page is None else str(page.title), _plain(meta)]


def _plain(value: Any) -> Any:
    """A setting in JSON's values, the same in every process."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, set | frozenset):
        return sorted(map(repr, value))
    settings = getattr(value, "config", None)
    if isinstance(settings, Mapping):  # a plugin
        return [type(value).__qualname__, _plain(settings)]
    return _named(value)


def _named(value: object) -> str:
    """The name of a function or another object."""
    if isinstance(value, Callable):  # type: ignore[arg-type] # what isinstance takes
        name = getattr(value, "__qualname__", None)
        if isinstance(name, str):
            return f"{getattr(value, '__module__', '')}.{name}"
    return _ADDRESS.sub("", repr(value))
