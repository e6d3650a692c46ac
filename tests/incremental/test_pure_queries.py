"""Queries read nothing that can change but through the database."""

import dis
import functools
import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

import mkdocs_papers
from mkdocs_papers.incremental.database import Node, Query
from mkdocs_papers.pages.sources import Site
from tests.pages.papers import FULL, site

PACKAGE = Path(mkdocs_papers.__file__).parent
MODULES = [
    f"mkdocs_papers.{room}.{path.stem}"
    for room in ("library", "views", "pages")
    for path in sorted((PACKAGE / room).glob("*.py"))
]
QUERIES = {
    found.name: found
    for module in MODULES
    for found in vars(importlib.import_module(module)).values()
    if isinstance(found, Query)
}
OUTSIDE = {"open", "time", "random", "environ", "getenv", "read_text", "read_bytes", "stat", "iterdir", "glob", "now"}
"""Names by which programs reach what is outside of them."""


def codes(code: CodeType) -> Iterator[CodeType]:
    """The code of a function and of all functions in it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from codes(constant)


def test_there_are_queries() -> None:
    assert {"relations.resolved", "paper_pages.paper_page", "related.related", "groups.all_values"} <= QUERIES.keys()


def test_two_queries_look_at_the_disk() -> None:
    assert {name for name, found in QUERIES.items() if found.outside} == {"edits.edits_of_file", "targets._on_disk"}


def test_a_query_names_nothing_outside_the_database() -> None:
    for name, query in QUERIES.items():
        function: Any = query.function
        code = getattr(function, "__code__", None)
        if query.outside or code is None:  # an operator over another query
            continue
        assert function.__closure__ is None, f"what {name} closes over may change"
        used = {each for part in codes(code) for each in part.co_names}
        assert not used & OUTSIDE, name
        variables = {each for each in used if isinstance(function.__globals__.get(each), dict | list | set)}
        # A table of constants is read and never written.
        assert not {each for part in codes(code) for each in _stored(part)} & variables, name


def _stored(code: CodeType) -> set[str]:
    """The global names that a function binds."""
    return {step.argval for step in dis.get_instructions(code) if step.opname == "STORE_GLOBAL"}


FORBIDDEN = {"open", "os.listdir", "os.scandir", "socket.connect", "subprocess.Popen", "os.system"}


class Watched(Site):
    """A site whose queries may not touch the disk or the network."""

    running = 0

    def run(self, node: Node, function: Callable[..., Any]) -> Any:
        Watched.running += 1
        try:
            return super().run(node, function)
        finally:
            Watched.running -= 1


@functools.cache
def watch() -> None:
    """From here on whatever a query asks of the system fails."""

    # It stays for as long as the process, and so must what it looks at.
    def hook(event: str, values: tuple[object, ...], site: type[Watched] = Watched) -> None:
        is_import = event == "open" and str(values[0]).endswith((".py", ".pyc"))
        if site.running and event in FORBIDDEN and not is_import:
            raise AssertionError(event)

    sys.addaudithook(hook)


def test_no_query_touches_the_disk_or_the_network() -> None:
    plain = site(FULL)
    watch()
    watched = Watched(plain.library, plain.settings, plain.options, keeps_up=True)
    assert list(watched.sources()) == list(plain.sources())
    assert list(watched.files()) == list(plain.files())
    Watched.running = 1
    try:
        with pytest.raises(AssertionError, match="open"):
            (PACKAGE / "py.typed").read_text(encoding="utf-8")
    finally:
        Watched.running = 0
