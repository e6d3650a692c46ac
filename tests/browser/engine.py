"""The browse page's engine, its scripts loaded as modules into an empty page, for tests to call."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

import mkdocs_papers
from mkdocs_papers.pages.browse import browse_index, notes_file
from mkdocs_papers.pages.sources import Site
from mkdocs_papers.views.facets import FACETS
from tests.sites import serve_folder, write_files

FACET_NAMES = [*(facet.name for facet in FACETS), "comparedby", "key", "note"]
SCRIPTS = Path(mkdocs_papers.__file__).parent / "assets" / "browse"

_MODULES = [
    *("address", "exports", "facet-panels", "fold", "hue", "identifiers"),
    *("match", "order", "paper-index", "query", "wrapping"),
]
_LOAD = """async modules => {
    const loaded = await Promise.all(modules.map(name => import(`./${name}.js`)));
    window.engine = Object.assign({}, ...loaded);
}"""
_FIND = """
    if (a[2]) window.index.kept.delete("worded");
    const found = e.find(window.index, a[0], a[1] ? null : window.before);
    window.before = found;
    const keys = window.index.keys.filter((_, id) => found.standing[id] === 0);
    return [keys, found.examined, found.count];
"""
_COUNT = """
    const id = window.index.facetIds.get(a[0]);
    const { values } = window.index.facets[id];
    return Object.fromEntries(Array.from(e.count(window.index, id, window.before), (n, value) => [values[value], n]));
"""
_ORDER = """
    const found = e.find(window.index, e.parse(a[1], new Set(a[2])));
    return e.inOrder(window.index, found, a[0]).map(id => window.index.keys[id]);
"""

Term = dict[str, Any]
"""One term of a query, as the scripts have it."""


@dataclass(frozen=True, slots=True)
class Engine:
    """The engine in a page."""

    page: Page

    def call(self, script: str, *arguments: Any) -> Any:
        """Evaluate a script that sees what the modules export as ``e``, and the arguments as ``a``."""
        return self.page.evaluate(f"([a]) => {{ const e = window.engine; {script} }}", [list(arguments)])

    def parse(self, text: str) -> list[Term]:
        """The terms of a query."""
        terms: list[Term] = self.call("return e.parse(a[0], new Set(a[1]))", text, FACET_NAMES)
        return terms

    def load(self, site: Site) -> None:
        """Give it the index of a library, and the words of its notes."""
        index = json.loads(browse_index(site))
        notes = json.loads(notes_file(site))
        self.call("window.index = new e.PaperIndex(a[0]); index.takeNotes(a[1]); window.before = null", index, notes)

    def find(self, terms: list[Term], *, anew: bool = True, again: bool = False) -> tuple[list[str], int]:
        """The keys of the papers found, in the listing's order, and into how many papers' words it has looked.

        Args:
            terms: the query.
            anew: whether it must not make use of what it found before.
            again: whether it may know the answer from the last time that it was asked the same.
        """
        keys, examined, count = self.call(_FIND, terms, anew, not again)
        assert count == len(keys)
        return keys, examined

    def counts(self, facet: str) -> dict[str, int]:
        """How many papers have each value of a facet, after the last query."""
        counted: dict[str, int] = self.call(_COUNT, facet)
        return counted

    def order(self, sort: str, query: str = "") -> list[str]:
        """The keys of the papers that a query finds, in an order."""
        keys: list[str] = self.call(_ORDER, sort, query, FACET_NAMES)
        return keys


@contextmanager
def started_engine(page: Page, folder: Path) -> Iterator[Engine]:
    """An engine in an empty page.

    Args:
        page: the page.
        folder: where it is served from.
    """
    write_files(folder, {path.name: path.read_bytes() for path in SCRIPTS.iterdir()})
    write_files(folder, {"index.html": '<!doctype html><title>Engine</title><link rel="icon" href="data:,">'})
    with serve_folder(folder) as home:
        page.goto(home)
        page.evaluate(_LOAD, _MODULES)
        yield Engine(page)
