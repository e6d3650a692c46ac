"""The library as files for other programs."""

from __future__ import annotations

import itertools

from mkdocs_papers.incremental.database import Database, transient
from mkdocs_papers.incremental.operators import Each
from mkdocs_papers.pages.exports.export import ExportContext
from mkdocs_papers.pages.exports.registry import EXPORTS
from mkdocs_papers.views import groups
from mkdocs_papers.views.inputs import PAPERS


@transient
def _entries(db: Database, directory_urls: bool, key: str) -> tuple[bytes, ...]:  # noqa: FBT001 - a query's name
    """A paper in each format."""
    paper, _ = groups.shown_paper(db, key)
    context = ExportContext(db, directory_urls)
    return tuple([export.encoded(paper, context) for export in EXPORTS])


_entries_of_each: Each[[bool], str, tuple[bytes, ...]] = Each(_entries, lambda db, _: PAPERS.names(db))


@transient
def export_files(db: Database, directory_urls: bool) -> tuple[tuple[str, bytes], ...]:  # noqa: FBT001 - a query's name
    """Path below the site's root, and content, of all papers in each format."""
    entries = _entries_of_each(db, directory_urls).values()
    columns = zip(*entries, strict=True) if entries else itertools.repeat(())
    return tuple([(export.file, export.joined(column)) for export, column in zip(EXPORTS, columns, strict=False)])
