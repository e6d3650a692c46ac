"""What every page of a site depends on besides its own sources: configuration, theme, programs, the menu.

Where any of it changes, every page may change, so everything is built.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.utils import get_build_date

from mkdocs_papers.library.memory import Stamp, stamp
from mkdocs_papers.site.files import PLUGIN

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File
    from mkdocs.structure.nav import Navigation

_PACKAGE = Path(__file__).parent.parent

_INHERIT = re.compile(r"(?m)^INHERIT:\s*[\"']?([^\"'\n#]+?)[\"']?\s*(?:#.*)?$")

_DATES = re.compile(rb"build_date_utc|update_date|\bnow\s*\(")
"""How a theme's template would print the day of the build."""

_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
"""In the name that Python gives an object: another one in each process."""

_IS_NOT_SHOWN = frozenset({"site_dir", "watch", "dev_addr", "strict"})
"""Settings that no page shows."""


def outside(config: MkDocsConfig) -> list[Path]:
    """Files and folders on which every page depends.

    They are the configuration, the theme's overrides, hooks, the macros' own files, and what every page takes in.
    """
    found: list[Path] = []
    path = Path(config.config_file_path) if config.config_file_path else None
    while path is not None and path.is_file() and path not in found:
        found.append(path)
        inherited = _INHERIT.search(path.read_text(encoding="utf-8", errors="replace"))
        path = path.parent / inherited[1] if inherited else None
    if config.theme.custom_dir:
        found.append(Path(config.theme.custom_dir))
    found += [Path(hook) for hook in config.hooks]
    return found + _of_macros(config) + _of_snippets(config)


def _of_macros(config: MkDocsConfig) -> list[Path]:
    macros = config.plugins.get("macros")
    if macros is None:
        return []
    root = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
    name = macros.config.get("module_name") or "main"
    found = [root / f"{name}.py", root / name]
    for each in macros.config.get("include_yaml") or ():
        found += [root / value for value in (each.values() if isinstance(each, dict) else [each])]
    if macros.config.get("include_dir"):
        found.append(root / macros.config["include_dir"])
    return found


def _of_snippets(config: MkDocsConfig) -> list[Path]:
    """The files that the snippets extension puts below every page."""
    options = config.mdx_configs.get("pymdownx.snippets") or {}
    bases = options.get("base_path", ".")
    bases = [bases] if isinstance(bases, str | os.PathLike) else bases
    # The extension looks for them from the folder in which MkDocs runs.
    return [Path(base, name).resolve() for base in bases for name in options.get("auto_append") or ()]


def snapshot(paths: Iterable[Path]) -> dict[str, Stamp]:
    """The stamps of files and of all files below folders, by path; whatever is not there is left out."""
    return {path: stamp(os.stat(path)) for path in _files(paths)}  # noqa: PTH116 - many thousands of them


def _files(paths: Iterable[Path]) -> Iterable[str]:
    for path in paths:
        if path.is_file():
            yield os.fspath(path)
        elif path.is_dir():
            yield from _files_below(os.fspath(path))


def _files_below(folder: str) -> Iterable[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _files_below(entry.path)
            elif entry.is_file():
                yield entry.path


def ground_digest(config: MkDocsConfig) -> bytes:
    """A digest of all that every page depends on and that is known before the first page: 32 bytes.

    Args:
        config: the configuration, after all plugins have had their say.
    """
    root = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
    digest = hashlib.blake2b(digest_size=32)
    programs = sorted({f"{each.name} {each.version}" for each in metadata.distributions()})
    settings = {name: value for name, value in config.items() if name not in _IS_NOT_SHOWN}
    told = [sys.version, programs, _plain(settings), list(config.theme.dirs), _plain(vars(config.theme))]
    digest.update(json.dumps(told, sort_keys=True).encode("utf-8", errors="surrogatepass"))
    if _shows_the_day(config):
        digest.update(get_build_date().encode())
    # Programs that are no installed distribution, such as a Markdown extension beside mkdocs.yml, have no version.
    own = [Path(file) for module in list(sys.modules.values()) if (file := _below(root, module))]
    for path in sorted({*_files([_PACKAGE, *outside(config), *own])}):
        content = Path(path).read_bytes()
        digest.update(f"\0{path}\0{len(content)}\0".encode("utf-8", errors="surrogateescape"))
        digest.update(content)
    return digest.digest()


def _below(root: Path, module: object) -> str | None:
    """The file of a module that lies below a folder and is not installed there."""
    file = getattr(module, "__file__", None)
    if not isinstance(file, str) or not file.startswith(f"{root}{os.sep}") or "site-packages" in file:
        return None
    return file if Path(file).is_file() else None


def _shows_the_day(config: MkDocsConfig) -> bool:
    templates = (path for folder in config.theme.dirs for path in Path(folder).rglob("*.html"))
    return any(_DATES.search(path.read_bytes()) for path in templates)


def menu_digest(nav: Navigation, documents: Iterable[File]) -> bytes:
    """A digest of what pages show of others through the theme: the menu, titles, icons: 32 bytes."""
    told = [str(nav), [_told(file) for file in documents]]
    text = json.dumps(told, sort_keys=True)
    return hashlib.blake2b(text.encode("utf-8", errors="surrogatepass"), digest_size=32).digest()


def _told(file: File) -> object:
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
