"""The files on which every page of a site depends: configuration, overrides, hooks, macros, snippets.

Where one of them changes, every page may change, so everything is built.
"""

import contextlib
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from mkdocs_papers.library.memory import Stamp, stamp

_INHERIT = re.compile(r"(?m)^INHERIT:\s*[\"']?([^\"'\n#]+?)[\"']?\s*(?:#.*)?$")


def global_inputs(config: MkDocsConfig) -> list[Path]:
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
    # By names that are relative to the configuration, wherever MkDocs runs; it says that they are a list.
    hooks: Any = config.hooks
    found += [Path(module.__file__) for module in hooks.values() if module.__file__]
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
    found: dict[str, Stamp] = {}
    for path in files_in(paths):
        # An editor may have removed it since.
        with contextlib.suppress(OSError):
            found[path] = stamp(os.stat(path))  # noqa: PTH116 - many thousands of them
    return found


def files_in(paths: Iterable[Path]) -> Iterator[str]:
    """The files among some paths, and all files below the folders among them."""
    for path in paths:
        if path.is_file():
            yield os.fspath(path)
        elif path.is_dir():
            yield from _files_below(os.fspath(path))


def _files_below(folder: str) -> Iterator[str]:
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            # A link to itself is neither.
            with contextlib.suppress(OSError):
                if entry.is_dir():
                    if entry.name != "__pycache__":
                        yield from _files_below(entry.path)
                elif entry.is_file():
                    yield entry.path
