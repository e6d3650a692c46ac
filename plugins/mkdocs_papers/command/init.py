"""``mkdocs-papers init``: a library that runs."""

import argparse
import json
import shlex
import sys
from importlib.resources.abc import Traversable
from pathlib import Path

from mkdocs_papers.command.configuration import ConfigurationError
from mkdocs_papers.command.note import STARTER, TEMPLATE
from mkdocs_papers.command.writing import remove_leftovers, write_new
from mkdocs_papers.records.json_schema import SCHEMA, json_schema

_NAMES = {
    "template.md": TEMPLATE,
    "gitignore": ".gitignore",
    "pre-commit-config.yaml": ".pre-commit-config.yaml",
    "issue-forms": ".github/ISSUE_TEMPLATE",
    "workflows": ".github/workflows",
}
"""Files and folders that are called otherwise in a library: the package has rules of its own for hidden ones."""

DESCRIPTION = (
    "Write a library that runs: its configuration, a home page, a record and a note to follow, "
    "workflows that publish it and check pull requests. A file that is there stays. Prints what it writes."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="where; it may be there already")
    parser.add_argument("--name", help="what the library is called (the folder's name)")


def run(arguments: argparse.Namespace) -> int:
    """Begin a library."""
    folder: Path = arguments.folder
    if (folder / "mkdocs.yml").exists():
        raise ConfigurationError(f"{folder / 'mkdocs.yml'}: there is a site already; see the guide on moving a folder")
    name = arguments.name or folder.resolve().name.replace("-", " ").replace("_", " ")
    remove_leftovers(folder)
    for path, content in contents(name).items():
        file = folder / path
        try:
            write_new(file, content.encode())
            print(file.as_posix())
        except FileExistsError:
            print(f"{file.as_posix()}: is there already, and stays as it is", file=sys.stderr)
    there = "" if folder.resolve() == Path.cwd() else f"cd {shlex.quote(folder.as_posix())} && "
    print(f"next: {there}mkdocs serve", file=sys.stderr)
    return 0


def contents(name: str) -> dict[str, str]:
    """The files of a new library, by path, in the order in which they are written."""
    found = dict(_below(STARTER, ""))
    found["docs/index.md"] = found["docs/index.md"].replace("SITE_NAME", name)
    found[f"meta/{SCHEMA}"] = json_schema()
    # Last: where it is, a library is there already, and an `init` that is killed can be run again until then.
    configuration = found.pop("mkdocs.yml").replace("SITE_NAME", json.dumps(name, ensure_ascii=False))
    return {**found, "mkdocs.yml": configuration}


def _below(folder: Traversable, at: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for each in sorted(folder.iterdir(), key=lambda each: each.name):
        path = at + _NAMES.get(each.name, each.name)
        if each.is_dir():
            found += _below(each, f"{path}/")
        else:
            found.append((path, each.read_text(encoding="utf-8")))
    return found
