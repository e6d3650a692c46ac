"""Templates that many sites share are listed and compiled once for all of them: most of the time of a small build."""

import functools
import os
import sysconfig
from collections.abc import Iterator
from importlib.metadata import entry_points
from types import CodeType
from typing import Any

import jinja2
import mkdocs.utils
import mkdocs_macros.context
from jinja2.bccache import Bucket


class Compiled(jinja2.BytecodeCache):
    """Keeps what templates compile to, for environments that compile alike.

    Jinja asks by the template's place and the digest of its text. What a template compiles to depends on the
    environment too: on its settings, and on the filters and tests that the compiler may call with constants. Those are
    held, so that no other one is ever found at the same place in memory.
    """

    def __init__(self) -> None:
        self.codes: dict[tuple[Any, ...], CodeType] = {}
        self.held: list[object] = []

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.codes.get(self._name(bucket))

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code is not None
        self.held += [function for _, _, function in _called(bucket.environment)]
        self.codes[self._name(bucket)] = bucket.code

    def _name(self, bucket: Bucket) -> tuple[Any, ...]:
        environment = bucket.environment
        settings = (
            *(environment.autoescape, environment.trim_blocks, environment.lstrip_blocks),
            *(environment.keep_trailing_newline, environment.newline_sequence, environment.optimized),
            *(environment.is_async, environment.sandboxed, environment.finalize, environment.undefined),
            *(environment.block_start_string, environment.variable_start_string, environment.comment_start_string),
            *(environment.block_end_string, environment.variable_end_string, environment.comment_end_string),
            *(environment.line_statement_prefix, environment.line_comment_prefix, type(environment)),
        )
        called = frozenset((kind, name, id(function)) for kind, name, function in _called(environment))
        return (bucket.key, bucket.checksum, settings, called)


def _called(environment: jinja2.Environment) -> Iterator[tuple[str, str, object]]:
    """What the compiler may call: kind, name and the function itself."""
    for kind in ("filters", "tests"):
        for name, function in getattr(environment, kind).items():
            yield kind, name, function
    for name, extension in environment.extensions.items():
        yield "extensions", name, type(extension)


_INSTALLED = sysconfig.get_path("purelib")
_list = jinja2.FileSystemLoader.list_templates


@functools.cache
def _of_theme(folder: str) -> tuple[str, ...]:
    """The templates of an installed theme but for hidden ones: ten thousand icons, which MkDocs passes over."""
    every = _list(jinja2.FileSystemLoader(folder))
    return tuple([name for name in every if not any(part.startswith(".") for part in name.split("/"))])


def listed(loader: jinja2.FileSystemLoader) -> list[str]:
    """The templates that a loader finds; it looks once for those of an installed theme, which do not change."""
    found: set[str] = set()
    for folder in map(os.fspath, loader.searchpath):
        found.update(_of_theme(folder) if folder.startswith(_INSTALLED) else _list(jinja2.FileSystemLoader(folder)))
    return sorted(found)


def share() -> None:
    """Let environments of this process that have no cache of their own have the same one; list themes, ask git once."""
    cache = Compiled()
    begin = jinja2.Environment.__init__

    @functools.wraps(begin)
    def begin_with_cache(self: jinja2.Environment, *arguments: Any, **settings: Any) -> None:
        begin(self, *arguments, **settings)
        if self.bytecode_cache is None:
            self.bytecode_cache = cache

    # The macros plugin asks git a dozen questions about the folder that tests run in, at every build.
    asked = functools.cache(mkdocs_macros.context.get_git_info)
    mkdocs_macros.context.get_git_info = lambda: dict(asked())

    # MkDocs forgets at every build which themes are installed.
    vars(mkdocs.utils)["entry_points"] = functools.cache(entry_points)

    jinja2.Environment.__init__ = begin_with_cache  # type: ignore[method-assign]
    jinja2.FileSystemLoader.list_templates = listed  # type: ignore[method-assign, assignment]
