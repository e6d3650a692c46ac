"""``mkdocs serve`` without the server: a project that is built once and rebuilt after saves, in process."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mkdocs.commands import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from mkdocs_papers.site.plugin import PapersPlugin

SERVED_AT = "http://127.0.0.1:8000/"


@dataclass
class Preview:
    """A project as ``mkdocs serve`` shows it.

    Attributes:
        root: the project's folder, with mkdocs.yml.
        site: where the site goes.
        whole: how many times everything was built.
    """

    root: Path
    site: Path
    whole: int = 0
    plugin: PapersPlugin = field(init=False)

    def __post_init__(self) -> None:
        """Build the site for the first time, with plugins of its own."""
        with _own_plugins():
            self._build()
            self._cache = dict(_plugin_cache())

    def save(self) -> bool:
        """Rebuild the site after a change of its sources.

        Returns:
            Whether only what changed was rendered.
        """
        if self.plugin.engine.rebuild():
            return True
        with _own_plugins():
            _plugin_cache().update(self._cache)
            self._build()
        return False

    def tree(self) -> dict[str, bytes]:
        """All files of the site, by path."""
        return tree(self.site)

    def fresh(self, site: Path) -> dict[str, bytes]:
        """What a freshly started preview of the same sources shows."""
        return Preview(self.root, site).tree()

    def _build(self) -> None:
        config: MkDocsConfig = load_config(str(self.root / "mkdocs.yml"), site_dir=str(self.site))
        config.plugins.on_startup(command="serve", dirty=False)
        config.site_url = SERVED_AT
        build.build(config, serve_url=SERVED_AT)
        found = config.plugins["papers"]
        assert isinstance(found, PapersPlugin)
        self.plugin = found
        self.whole += 1


def tree(folder: Path) -> dict[str, bytes]:
    """All files below a folder, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def _plugin_cache() -> dict[str, Any]:
    # Where MkDocs keeps plugins that live across the rebuilds of one server; here several servers share a process.
    cache: dict[str, Any] = dict(MkDocsConfig._schema)["plugins"].plugin_cache  # type: ignore[attr-defined] # noqa: SLF001 - no public way
    return cache


@contextlib.contextmanager
def _own_plugins() -> Iterator[None]:
    cache = _plugin_cache()
    before = dict(cache)
    cache.clear()
    try:
        yield
    finally:
        cache.clear()
        cache.update(before)
